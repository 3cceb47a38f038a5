from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer
from rich.table import Table

from tracemark.authorities import Role
from tracemark.cli.options import Db, Json, node_at, operator, writer
from tracemark.cli.output import console, fail, print_json, print_line, print_list, reader_language, say, say_state

if TYPE_CHECKING:
    from tracemark.node import Node

Cohort = Annotated[str, typer.Argument(metavar="COHORT", help="The cohort's name, such as FC-2026-000001.")]
Nomination = Annotated[str, typer.Argument(metavar="NOMINATION", help="The nomination's name, such as FN-2026-000001.")]
Day = Annotated[str, typer.Option("--on", metavar="DAY", help="The day it was; by default today.")]


def hold(
    cohort: Cohort,
    module: Annotated[str, typer.Argument(metavar="MODULE", help="The module's code.")],
    present: Annotated[list[str] | None, typer.Option(metavar="NOMINATION", help="Who was there; repeat it.")] = None,
    passed: Annotated[list[str] | None, typer.Option(metavar="NOMINATION", help="Who passed; repeat it.")] = None,
    on: Day = "",
    db: Db = None,
) -> None:
    """Record that a module was held: who was there, and who passed its assessment."""
    from tracemark import fellowship

    by = acting(node_at(db), Role.POINT_OF_CONTACT)
    held = fellowship.Held(module, _day(on, by), tuple(present or ()), tuple(passed or ()))
    fellowship.hold_module(cohort=cohort, held=held, **by)
    print_line("cli.fellowship_done", name=cohort)


def cost(
    cohort: Cohort,
    amount: Annotated[str, typer.Argument(metavar="NUMBER", help="What was spent, in the cohort's currency.")],
    what: Annotated[str, typer.Argument(metavar="WHAT", help="For what.")],
    on: Day = "",
    db: Db = None,
) -> None:
    """Record money spent on a cohort; what its funds do not give is refused."""
    from tracemark import fellowship
    from tracemark.cli.targets import number_in

    by = acting(node_at(db), Role.POINT_OF_CONTACT)
    fellowship.book_cost(cohort=cohort, cost=fellowship.Cost(_day(on, by), number_in(amount), what), **by)
    print_line("cli.fellowship_done", name=cohort)


def certify(nomination: Nomination, db: Db = None) -> None:
    """Certify a fellow who completed the course; who assessed does not certify."""
    from tracemark import fellowship

    fellowship.certify_fellow(nomination=nomination, **acting(node_at(db), Role.APPROVER))
    print_line("cli.fellowship_done", name=nomination)


def certificate(
    nomination: Nomination,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar="FILE", help="Write it as a PDF. Else: print the token."),
    ] = None,
    db: Db = None,
    as_json: Json = False,
) -> None:
    """Print a fellow's certificate with its signed token. That the name was read for it is recorded."""
    from tracemark import fellowship

    node = node_at(db)
    actor = operator(node, Role.POINT_OF_CONTACT)
    try:
        if output is None:
            by: dict[str, Any] = {"actor": actor, "stores": node.stores, "clock": node.clock}
            told, token = fellowship.fellow_certificate(nomination=nomination, **by)
        else:
            output.write_bytes(node.papers.fellow_certificate(nomination, actor, reader_language()))
            print_line("cli.fellowship_written", file=str(output))
            return
    except KeyError:
        fail("fellowship.not_certified", nomination=nomination)
    if as_json:
        print_json({"certificate": told.plain(), "token": token})
    else:
        console.print(token, soft_wrap=True)


def check(
    token: Annotated[str, typer.Argument(metavar="FILE_OR_TOKEN", help="The text of the QR code, or a file with it.")],
    key: Annotated[str, typer.Option("--key", metavar="KEY", help="The issuing node's public key: name+id+key.")],
    as_json: Json = False,
) -> None:
    """Check a fellow's certificate against a node's public key. No register is opened and nobody is asked.

    Ends with status 1 where the key did not sign it, or something was changed.
    """
    from tracemark import node
    from tracemark.cli.transfers import token_text

    found = node.check_fellow(token_text(token), key)
    if as_json:
        print_json({"ok": True, "certificate": found.plain()})
        return
    modules = [title for title, _ in found.modules]
    state = say_state(found.state)
    print_line("cli.fellowship_good", fellow=found.fellow, state=state, course=found.course, modules=modules)


def complete(cohort: Cohort, db: Db = None) -> None:
    """Close a cohort whose course is over."""
    from tracemark import fellowship

    fellowship.complete_cohort(cohort=cohort, **acting(node_at(db), Role.APPROVER))
    print_line("cli.fellowship_done", name=cohort)


def tell(
    nomination: Nomination,
    month: Annotated[int, typer.Argument(metavar="MONTH", help="6 or 12.")],
    in_post: Annotated[
        Literal["yes", "no", "unknown"], typer.Option(help="Whether the fellow still works on small arms control.")
    ] = "unknown",
    applied: Annotated[list[str] | None, typer.Option(metavar="MODULE", help="A module in use; repeat it.")] = None,
    trained: Annotated[int, typer.Option(help="How many colleagues the fellow trained since.", min=0)] = 0,
    note: Annotated[str, typer.Option(help="What else is to be said; nothing that tells who it is.")] = "",
    db: Db = None,
) -> None:
    """Record what became of the training 6 or 12 months after the course."""
    from tracemark import fellowship

    by = acting(node_at(db), Role.POINT_OF_CONTACT)
    known = {"yes": True, "no": False}.get(in_post)
    told = fellowship.FollowUp(month, by["clock"].now().date(), known, tuple(applied or ()), trained, note)
    fellowship.follow_up(nomination=nomination, told=told, **by)
    print_line("cli.fellowship_done", name=nomination)


def due(
    overdue: Annotated[bool, typer.Option("--overdue", help="Only what is overdue; status 1 if there is any.")] = False,
    db: Db = None,
    as_json: Json = False,
) -> None:
    """List the follow-ups that are still to be told, the first due first."""
    from tracemark import fellowship

    node = node_at(db)
    actor = operator(node, Role.AUDITOR)
    found = fellowship.follow_ups_due(actor=actor, stores=node.stores, clock=node.clock)
    found = [each for each in found if each.overdue or not overdue]
    if as_json:
        print_json({"due": fellowship.due_plain(found)})
    else:
        table = table_of("name", "state", "month", "due")
        for each in found:
            table.add_row(each.nomination, say_state(each.state), str(each.month), each.due.isoformat())
        print_list(table)
    if overdue and found:
        raise typer.Exit(1)


def count_alumni(db: Db = None, as_json: Json = False) -> None:
    """Count the fellows of each cohort by sex, State and agency, and the follow-ups that were told."""
    from tracemark import fellowship

    node = node_at(db)
    found = fellowship.alumni(actor=operator(node, Role.AUDITOR), stores=node.stores, clock=node.clock)
    if as_json:
        print_json({"alumni": fellowship.alumni_plain(found)})
        return
    table = table_of("name", "fellows", "women", "men", "states", "certified", "follow_ups")
    for each in found:
        sexes = (str(each.by_sex.get(sex, 0)) for sex in ("female", "male"))
        told = f"{each.told}/{each.due}"
        table.add_row(each.cohort, str(each.fellows), *sexes, str(len(each.by_state)), str(each.certified), told)
    print_list(table)


COMMANDS = (
    ("hold", hold),
    ("cost", cost),
    ("certify", certify),
    ("certificate", certificate),
    ("check", check),
    ("complete", complete),
    ("tell", tell),
    ("due", due),
    ("alumni", count_alumni),
)
"""What is done with a cohort once it is selected."""


def acting(node: "Node", role: Role) -> dict[str, Any]:
    """Return who acts in a role, on which stores, and when."""
    return {"actor": writer(node, role), "stores": node.stores, "clock": node.clock}


def _day(text: str, by: dict[str, Any]) -> date:
    from tracemark.cli.targets import day_in

    today: date = by["clock"].now().date()
    return day_in(text) if text else today


def table_of(*columns: str) -> Table:
    """Return an empty table with these columns."""
    heads = (say(f"fellowship.column_{each}") for each in columns)
    return Table(*heads, box=None, pad_edge=False, header_style="bold")
