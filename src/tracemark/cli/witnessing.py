from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from tracemark import recordkeeping
from tracemark.authorities import Role
from tracemark.cli.options import Db, Json, node_at, operator, writer
from tracemark.cli.output import complain_of, console, fail, print_json, print_line, say
from tracemark.recordkeeping import Neighbour, NotACheckpoint, VerifierKey

if TYPE_CHECKING:
    from tracemark.node import Contact

_TROUBLE = frozenset({"alarm", "refused", "witness_ahead", "no_answer"})


def add_to(app: typer.Typer) -> None:
    """Add the commands of this room."""
    part = typer.Typer(help="Witness the records of other nodes, and have one's own witnessed.", no_args_is_help=True)
    part.command("add")(add)
    part.command("list")(list_neighbours)
    part.command("ask")(ask)
    part.command("watch")(watch)
    part.command("alarms")(alarms)
    part.command("explain")(explain)
    part.command("head")(head)
    app.add_typer(part, name="witness")


def add(
    key: Annotated[str, typer.Argument(metavar="KEY", help="The key of its record: name+hexid+base64.")],
    address: Annotated[str, typer.Option(help="Where it answers, such as https://node.example.")] = "",
    silent_after: Annotated[int, typer.Option(help="After how many hours without a head it is silent.", min=1)] = 48,
    may_ask: Annotated[bool, typer.Option("--may-ask", help="Answer it where it asks privately.")] = False,
    cosigns: Annotated[bool, typer.Option("--cosigns", help="Choose it as a witness of our own record.")] = False,
    db: Db = None,
) -> None:
    """Watch the record of another node, or change how it is watched."""
    node = node_at(db)
    try:
        neighbour = Neighbour(VerifierKey.parse(key), address.rstrip("/"), silent_after, cosigns, may_ask)
    except NotACheckpoint:
        fail("cli.not_a_key", text=key)
    node.witnessing.put_neighbour(neighbour, writer(node, Role.POINT_OF_CONTACT))
    print_line("cli.witness_added", name=neighbour.name)


def list_neighbours(db: Db = None, as_json: Json = False) -> None:
    """List the nodes that are watched, what was seen of each last, and who cosigns our own record."""
    node = node_at(db)
    found = node.witnessing.watched(operator(node, Role.AUDITOR))
    if not found and not as_json:
        print_line("cli.witness_none")
    for each in found:
        told, seen = each.neighbour, each.seen
        if as_json:
            print_json({"name": told.name, "key": str(told.key), "address": told.address, "cosigns": told.cosigns,
                        "silent_after": told.silent_after, "silent": each.silent,
                        "size": seen.head.size if seen else None, "seen_at": seen.at if seen else None})  # fmt: skip
        elif seen is None:
            print_line("cli.witness_unseen", name=told.name)
        else:
            code = "cli.witness_silent" if each.silent else "cli.witness_seen"
            print_line(code, name=told.name, count=seen.head.size, at=seen.at)


def ask(db: Db = None, as_json: Json = False) -> None:
    """Have our newest head cosigned by the witnesses that were chosen; for a timer. Status 1 where one did not."""
    node = node_at(db)
    found = node.witnessing.ask_witnesses(writer(node, Role.POINT_OF_CONTACT))
    _tell(found, "cli.witness_none_chosen" if node.stores.records.size() else "cli.empty_record", as_json=as_json)


def watch(db: Db = None, as_json: Json = False) -> None:
    """Look at the newest head of each node that is watched; for a timer. Status 1 where an alarm sounds."""
    node = node_at(db)
    _tell(node.witnessing.watch(writer(node, Role.POINT_OF_CONTACT)), "cli.witness_none", as_json=as_json)


def alarms(db: Db = None, as_json: Json = False) -> None:
    """List alarms, the newest first, each with the signed heads that show it; status 1 while one is unexplained."""
    node = node_at(db)
    found = recordkeeping.alarms(operator(node, Role.AUDITOR), node.stores)
    trouble = node.witnessing.own_trouble()
    if trouble:
        complain_of("cli.own_record_behind", size=trouble.size)
    elif not found and not as_json:
        print_line("cli.alarms_none")
    for each in found:
        if as_json:
            print_json({"alarm": each.name, "kind": each.kind.value, "log": each.origin, "heads": each.heads,
                        "standing": each.standing.value, "sounded": each.sounded_at,
                        "explanation": each.explanation})  # fmt: skip
        else:
            standing = say(f"recordkeeping.standing_{each.standing.value}")
            what = say(f"recordkeeping.alarm_{each.kind.value}", name=each.origin)
            console.print(f"{each.name}  {each.sounded_at}  {standing}  {what}", soft_wrap=True)
    if trouble or any(each.standing is recordkeeping.AlarmStanding.SOUNDED for each in found):
        raise typer.Exit(1)


def explain(
    name: Annotated[str, typer.Argument(metavar="ALARM", help="Its name, such as AL-2026-000001.")],
    reason: Annotated[str, typer.Option(help="What was behind it.")],
    db: Db = None,
) -> None:
    """Say what was behind an alarm; it stays on record with its evidence."""
    node = node_at(db)
    actor = writer(node, Role.POINT_OF_CONTACT)
    recordkeeping.explain_alarm(name=name, reason=reason, actor=actor, stores=node.stores, clock=node.clock)
    print_line("cli.alarm_explained", alarm=name)


def head(
    least: Annotated[int, typer.Option(help="How many witnesses must have cosigned; status 1 otherwise.", min=0)] = 0,
    db: Db = None,
) -> None:
    """Print our newest head with the signatures of its witnesses."""
    node = node_at(db)
    newest = node.witnessing.own_head()
    if newest is None:
        fail("cli.empty_record")
    typer.echo(str(newest), nl=False)
    if (count := len(node.witnessing.cosigners(newest))) < least:
        fail("cli.proof_few", count=count, least=least)


def _tell(contacts: "Sequence[Contact]", none: str, *, as_json: bool) -> None:
    if not contacts and not as_json:
        print_line(none)
    for each in contacts:
        if as_json:
            print_json({"name": each.name, "outcome": each.outcome, "alarm": each.alarm, "why": each.why})
        else:
            print_line(f"cli.witness_outcome_{each.outcome}", name=each.name, alarm=each.alarm, why=each.why)
    if any(each.outcome in _TROUBLE for each in contacts):
        raise typer.Exit(1)
