from typing import TYPE_CHECKING, Annotated

import typer

from tracemark.authorities import Role
from tracemark.cli.options import Db, Json, node_at, operator, writer
from tracemark.cli.output import console, fail, print_json, print_line, say

if TYPE_CHECKING:
    from tracemark.reporting import Publication

Name = Annotated[str, typer.Argument(metavar="PUBLICATION", help="Its name, such as PF-2026-000017.")]
Reason = Annotated[str, typer.Option(help="Why, for those who read it later.")]


def add_to(app: typer.Typer) -> None:
    """Add the commands of this room."""
    part = typer.Typer(
        help="Publish figures with small numbers withheld, as two persons, and draw them again.", no_args_is_help=True
    )
    part.command("propose")(propose)
    part.command("approve")(approve)
    part.command("decline")(decline)
    part.command("withdraw")(withdraw)
    part.command("list")(list_publications)
    part.command("verify")(verify)
    app.add_typer(part, name="publish")


def propose(
    figure: Annotated[str, typer.Argument(metavar="ID", help="A figure by its name; `figures` lists them.")],
    first: Annotated[str, typer.Option("--from", metavar="DATE", help="A year, month or day.")],
    last: Annotated[str, typer.Option("--to", metavar="DATE", help="A year, month or day, itself included.")],
    by: Annotated[
        list[str] | None, typer.Option("--by", metavar="NAME", help="Break it down; said twice at most.")
    ] = None,
    least: Annotated[int, typer.Option(help="Numbers from 1 to below this are withheld.", min=1)] = 5,
    reason: Reason = "",
    db: Db = None,
) -> None:
    """Draw a figure and propose to publish it; one that stands published is revised, with a reason."""
    from tracemark import reporting
    from tracemark.cli import drawn

    node = node_at(db)
    found = drawn.drawn_from(node, figure, first, last, tuple(by or ()))
    name = reporting.propose_publication(
        drawn=found,
        actor=writer(node, Role.POINT_OF_CONTACT),
        stores=node.stores,
        clock=node.clock,
        least=least,
        reason=reason,
    )
    print_line("cli.publication_proposed", publication=name)


def approve(name: Name, db: Db = None) -> None:
    """Publish what another person proposed."""
    from tracemark import reporting

    node = node_at(db)
    actor = writer(node, Role.APPROVER)
    reporting.approve_publication(name=name, actor=actor, stores=node.stores, clock=node.clock)
    print_line("cli.publication_done", publication=name)


def decline(name: Name, reason: Reason = "", db: Db = None) -> None:
    """Decline what was proposed, and say why."""
    from tracemark import reporting

    node = node_at(db)
    actor = writer(node, Role.APPROVER)
    reporting.decline_publication(name=name, reason=reason, actor=actor, stores=node.stores, clock=node.clock)
    print_line("cli.publication_done", publication=name)


def withdraw(name: Name, reason: Reason = "", db: Db = None) -> None:
    """Take a published figure back, and say why."""
    from tracemark import reporting

    node = node_at(db)
    actor = writer(node, Role.APPROVER)
    reporting.withdraw_publication(name=name, reason=reason, actor=actor, stores=node.stores, clock=node.clock)
    print_line("cli.publication_done", publication=name)


def list_publications(db: Db = None, as_json: Json = False) -> None:
    """List publications, the newest first: what waits, what stands, what was revised or taken back."""
    from tracemark import reporting

    node = node_at(db)
    found = list(reporting.visible_publications(operator(node, Role.AUDITOR), node.stores))
    if not found and not as_json:
        print_line("cli.nothing_listed")
    for each in found:
        if as_json:
            print_json(reporting.public_plain(each))
        else:
            console.print(_line(each), soft_wrap=True)


def verify(name: Name, db: Db = None) -> None:
    """Draw a published figure again at the head it was published at; status 0 only where it is the same."""
    from tracemark import reporting
    from tracemark.cli import drawn

    node = node_at(db)
    try:
        found = reporting.publication_of(name, node.stores.dossiers.events(name))
    except KeyError:
        fail("reporting.no_such_publication", publication=name)
    try:
        same = drawn.drawn_again(node, found)
    except ValueError as error:
        fail(
            "cli.publication_redefined" if str(error) == "definition" else "cli.not_a_figure_to_publish",
            publication=name,
        )
    if not same:
        fail("cli.publication_differs", publication=name)
    print_line("cli.publication_same", publication=name)


def _line(each: "Publication") -> str:
    value = say("web.public.withheld") if each.table.value is None else each.table.value
    period = f"{each.table.period.first} - {each.table.period.last}"
    standing = say(f"recordkeeping.standing_{each.standing.value}")
    return f"{each.name}  {standing}  {say(f'figures.{each.table.figure}')}  {period}  {value}"
