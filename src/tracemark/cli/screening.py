from typing import TYPE_CHECKING, Annotated, Any

import typer

from tracemark import transfers
from tracemark.authorities import Permission, Role, require
from tracemark.cli.options import Db, Json, node_at, operator, writer
from tracemark.cli.output import console, fail, print_json, print_line, say, say_state
from tracemark.transfers import Denied

if TYPE_CHECKING:
    from tracemark.node import Node


def add_to(app: typer.Typer) -> None:
    """Add the commands of listed parties."""
    part = typer.Typer(help="Parties to which nothing is to go.", no_args_is_help=True)
    part.command("list")(list_parties)
    part.command("add")(add)
    part.command("remove")(remove)
    app.add_typer(part, name="party")


def list_parties(db: Db = None, as_json: Json = False) -> None:
    """List the parties to which nothing is to go, natural persons without their names."""
    node = node_at(db)
    require(operator(node, Role.LICENSING_OFFICER), Permission.LICENCE_READ)
    found = transfers.denied_parties(node.stores)
    if as_json:
        print_json({"parties": [_plain(each) for each in found]})
        return
    if not found:
        print_line("web.transfers.no_denied")
    for each in found:
        name = say("web.transfers.a_person") if each.person else "; ".join((each.name, *each.aliases))
        whose = f" ({say_state(each.state)})" if each.state else ""
        console.print(f"{each.dossier}  {name}{whose}  {each.reason}", soft_wrap=True, markup=False)


def add(
    name: Annotated[str, typer.Argument(metavar="NAME", help="Its name, in any script.")],
    reason: Annotated[str, typer.Option("--reason", metavar="TEXT", help="Why nothing is to go to it.")],
    alias: Annotated[
        list[str] | None, typer.Option("--alias", metavar="NAME", help="Another name it uses; give it for each.")
    ] = None,
    state: Annotated[str, typer.Option("--state", metavar="XX", help="The State it is of, ISO alpha-2.")] = "",
    source: Annotated[str, typer.Option("--source", metavar="TEXT", help="The document that says so.")] = "",
    person: Annotated[
        bool, typer.Option("--person", help="A natural person: the names lie beside the record, and can be erased.")
    ] = False,
    db: Db = None,
    as_json: Json = False,
) -> None:
    """List a party to which nothing is to go."""
    node = node_at(db)
    denied = Denied("", name, tuple(alias or ()), state, reason, person)
    listed = transfers.list_party(denied=denied, source=source, **_acting(node))
    if as_json:
        print_json({"party": listed})
    else:
        print_line("cli.party_listed", party=listed)


def remove(
    party: Annotated[str, typer.Argument(metavar="PARTY", help="Its name on the list, such as PA-2026-000001.")],
    reason: Annotated[str, typer.Option("--reason", metavar="TEXT", help="Why it is taken off the list.")],
    db: Db = None,
    as_json: Json = False,
) -> None:
    """Take a party off the list. That it stood there stays on record; a person's names wait to be erased."""
    node = node_at(db)
    try:
        transfers.delist_party(party=party, reason=reason, **_acting(node))
    except KeyError:
        fail("cli.no_such_party", party=party)
    if as_json:
        print_json({"party": party})
    else:
        print_line("cli.party_delisted", party=party)


def _plain(known: Denied) -> dict[str, object]:
    return {
        "party": known.dossier, "name": known.name, "aliases": list(known.aliases), "state": known.state,
        "reason": known.reason, "person": known.person,
    }  # fmt: skip


def _acting(node: "Node") -> dict[str, Any]:
    return {"actor": writer(node, Role.LICENSING_OFFICER), "stores": node.stores, "clock": node.clock}
