from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tracemark.authorities import Role
from tracemark.cli.options import Db, Json, node_at, operator, writer
from tracemark.cli.output import complain_of, console, fail, print_json, print_line, say, say_state

if TYPE_CHECKING:
    from tracemark.tracing import LostList

Name = Annotated[str, typer.Argument(metavar="LIST", help="The list's name, such as LL-2026-000001.")]


def add_to(app: typer.Typer) -> None:
    """Add the commands of this part of a room."""
    part = typer.Typer(
        help="Lists of lost and stolen weapons: shared to other nodes, kept of others, and compared.",
        no_args_is_help=True,
    )
    part.command("share")(share)
    part.command("import")(import_list)
    part.command("list")(list_lists)
    part.command("show")(show)
    part.command("look")(look)
    app.add_typer(part, name="lost")


def share(
    to: Annotated[str, typer.Option("--to", metavar="NODE", help="The node's name, as `peer list` has it.")],
    hashed: Annotated[
        bool, typer.Option("--hashed", help="Send marks hashed under a salt, so that only who knows one finds it.")
    ] = False,
    db: Db = None,
    as_json: Json = False,
) -> None:
    """Post what the register says is lost or stolen to another node; it replaces the list that it had before."""
    from tracemark import node as nodes
    from tracemark import tracing

    node = node_at(db)
    form = tracing.ListForm.HASHED if hashed else tracing.ListForm.FULL
    shared = nodes.share_lost_list(node, to, form, writer(node, Role.TRACING_ANALYST))
    if as_json:
        print_json(tracing.lost_list_plain(shared))
    else:
        print_line("cli.lost_list_shared", list=shared.name, to=to, count=shared.size)


def import_list(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A CSV or XLSX file, such as an extract of iARMS.")],
    from_state: Annotated[str, typer.Option("--from", metavar="STATE", help="Whose list it is, ISO alpha-2.")] = "",
    db: Db = None,
    as_json: Json = False,
) -> None:
    """Keep a list that came as a file; a row that is wrong is named, and nothing is kept until all are right."""
    from tracemark import node as nodes
    from tracemark import tracing
    from tracemark.weapons import catalogue

    if from_state and from_state not in catalogue().states:
        fail("cli.no_such_state", state=from_state)
    node = node_at(db)
    kept, faults = nodes.import_lost_list(node, file, from_state, writer(node, Role.TRACING_ANALYST))
    if as_json:
        told = tracing.lost_list_plain(kept) if kept else None
        print_json({"list": told, "faults": [{"file": file.name, **each.plain()} for each in faults]})
    else:
        for each in faults:
            why = say(each.code, value=each.value)
            field = say(f"tracing.lost_field_{each.field}")
            complain_of("cli.lost_row", file=file.name, row=each.row, field=field, why=why)
        if kept:
            print_line("cli.lost_list_kept", list=kept.name, count=kept.size)
    if faults:
        raise typer.Exit(1)


def list_lists(db: Db = None, as_json: Json = False) -> None:
    """List the lists that were shared and that are kept, with how many weapons fit, the newest first."""
    from tracemark import tracing

    node = node_at(db)
    found = tracing.lost_lists(actor=operator(node, Role.AUDITOR), stores=node.stores)
    if as_json:
        print_json({"lists": [tracing.lost_list_plain(each) for each in found]})
        return
    if not found:
        print_line("cli.nothing_listed")
    for each in found:
        _line(each)


def show(
    name: Name,
    entries: Annotated[
        bool, typer.Option("--entries", help="Show its weapons too, where it is kept in full; that is noted.")
    ] = False,
    db: Db = None,
    as_json: Json = False,
) -> None:
    """Show a list with every weapon that fits."""
    from tracemark import tracing

    node = node_at(db)
    try:
        known = tracing.lost_list_named(name, node.stores)
    except KeyError:
        fail("cli.no_such_lost_list", list=name)
    reader = operator(node, Role.TRACING_ANALYST)
    told = tracing.lost_entries(name=name, actor=reader, bureau=node.bureau) if entries else []
    if as_json:
        print_json({**tracing.lost_list_plain(known), "entries": [each.plain() for each in told]})
        return
    _line(known)
    for hit in known.hits:
        fit, where = say(f"tracing.lost_fit_{hit.found.fit.value}"), say(f"tracing.lost_where_{hit.found.where.value}")
        console.print(f"  {hit.found.entry + 1}  {hit.found.weapon}  {fit}; {where}  {hit.at}", soft_wrap=True)
    for each in told:
        console.print("  ".join(str(value) for value in each.plain().values()), soft_wrap=True)


def look(db: Db = None, as_json: Json = False) -> None:
    """Compare the lists that are kept with what the register tells since they were compared; `deliver` does it too."""
    from tracemark import node as nodes

    found = nodes.look_for_lost(node_at(db))
    if as_json:
        hits = [{"list": name, "weapon": each.weapon, **each.plain()} for name, each in found.hits]
        print_json({"lists": found.lists, "position": found.position, "hits": hits})
    else:
        print_line("cli.lost_looked", lists=found.lists, count=len(found.hits))


def _line(known: "LostList") -> None:
    whose = say("cli.lost_to" if known.ours else "cli.lost_from", who=known.peer or known.source)
    state = say_state(known.state) if known.state else ""
    counts = say("cli.lost_counts", entries=known.size, count=len(known.hits))
    console.print(f"{known.name}  {whose}  {state}  {say(f'tracing.lost_form_{known.form.value}')}  {counts}")
