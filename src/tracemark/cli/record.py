from pathlib import Path
from typing import Annotated

import typer

from tracemark import recordkeeping
from tracemark.authorities import Role
from tracemark.cli.options import Db, Json, node_at, operator, own_terms, text_of, writer
from tracemark.cli.output import complain, console, errors, fail, fail_for, print_json, print_line, say
from tracemark.cli.progress import progress, teller
from tracemark.cli.timelines import print_record, print_retention
from tracemark.kernel import PartialDate
from tracemark.recordkeeping import Checkpoint, Fault, Floor, NotACheckpoint, Term, WeaponRecord
from tracemark.weapons import describe, parse_weapon, weapon_text

_LARGE = 100_000
"""From how many events on a person waits long enough to be told how far it is."""

_INTERRUPTED = 130
"""The exit status of who was told to stop by the keyboard."""

_BASE = "https://register.invalid/"


def add_to(app: typer.Typer) -> None:
    """Add the commands of this room."""
    app.command("weapon")(weapon)
    app.command("retention")(retention)
    app.command("verify")(verify)
    app.command("redraw")(redraw)
    app.command("head")(head)
    app.command("take-over")(take_over)
    app.command("change-key")(change_key)
    export = typer.Typer(help="Write the record out for others.", no_args_is_help=True)
    export.command("tiles")(export_tiles)
    export.command("epcis")(export_epcis)
    export.command("parquet")(export_parquet)
    app.add_typer(export, name="export")


def weapon(
    identity: Annotated[str, typer.Argument(metavar="ID", help="The weapon's identity, such as W-123.")],
    db: Db = None,
    as_json: Json = False,
) -> None:
    """Show one weapon: what it is, its chain of custody, its last lawful holder."""
    node = node_at(db)
    try:
        known = parse_weapon(identity)
        actor = operator(node, Role.REGISTRY_OFFICER)
        record = recordkeeping.weapon_record(weapon=known, actor=actor, stores=node.stores)
        held = recordkeeping.retention_of(
            weapon=known, terms=node.terms, actor=actor, stores=node.stores, clock=node.clock
        )
    except (ValueError, KeyError):
        fail("cli.no_such_weapon", weapon=identity)
    if as_json:
        until = str(held.until) if held.until else None
        print_json(record_plain(record) | {"retention": {"until": until, "source": held.source}})
    else:
        print_record(record, node.agency_names)
        print_retention(held)


def retention(as_json: Json = False) -> None:
    """Show how long records are kept at the least, and where the State's own terms fall short; status 1 if they do."""
    terms = own_terms()
    short = recordkeeping.below_floor(terms)
    if as_json:
        print_json(
            {"floors": list(map(_floor, recordkeeping.floors())), "terms": list(map(_term, terms)), "ok": not short}
        )
    else:
        for floor in recordkeeping.floors():
            print_line("cli.retention_floor", **_floor(floor))
        for term in terms:
            print_line("cli.retention_term" if term.years else "cli.retention_for_ever", **_term(term))
    complain(short)
    if short:
        raise typer.Exit(1)


def verify(
    against: Annotated[
        Path | None, typer.Option(help="A signed head kept elsewhere, as a file.", exists=True, dir_okay=False)
    ] = None,
    every_head: Annotated[
        bool, typer.Option("--every-head", help="Check the signature of each head, and not of the newest one only.")
    ] = False,
    earlier_key: Annotated[
        list[str] | None,
        typer.Option(
            metavar="TEXT", help="With --every-head: a public key that signed before the first change of key."
        ),
    ] = None,
    register: Annotated[
        bool,
        typer.Option(
            "--register", help="Compare what the register says of each weapon and trace with its events, too."
        ),
    ] = False,
    files: Annotated[
        bool, typer.Option("--files", help="Compare the pictures that events name with those kept, too.")
    ] = False,
    db: Db = None,
    as_json: Json = False,
) -> None:
    """Verify the whole record; name each event that was changed, deleted, inserted or moved."""
    node = node_at(db, any_key=True)
    kept = _checkpoint(against) if against else None
    keys = [_key(each) for each in earlier_key or ()]
    actor = operator(node, Role.AUDITOR)
    size = node.stores.records.size()
    with progress(shown=size >= _LARGE, threaded=False) as bar:
        task = bar.add_task(say("cli.verifying"), total=size)
        try:
            found = node.verify(
                actor,
                kept,
                with_register=register,
                with_files=files,
                every_head=every_head,
                earlier_keys=keys,
                told=teller(bar, task),
            )
        except KeyboardInterrupt:
            bar.stop()
            errors.print(say("cli.verifying_interrupted"), markup=False)
            raise typer.Exit(_INTERRUPTED) from None
        bar.update(task, completed=found.events, refresh=True)
    head = found.head
    if as_json:
        plain_head = {"size": head.size, "root": head.root.hex(), "checkpoint": str(head)} if head else None
        print_json(
            {
                "ok": found.ok,
                "events": found.events,
                "head": plain_head,
                "with_register": found.with_register,
                "faults": list(map(_fault, found.faults)),
            }
        )
    else:
        for fault in found.faults:
            console.print(
                say(f"recordkeeping.fault_{fault.fault.value}", **_fault(fault)), style="bold red", markup=False
            )
        console.print(
            say("cli.verified" if found.ok else "cli.not_verified", count=found.events, faults=len(found.faults))
        )
        if not register:
            console.print(say("cli.register_not_compared"))
    if not found.ok:
        raise typer.Exit(1)


def _key(text: str) -> recordkeeping.VerifierKey:
    try:
        return recordkeeping.VerifierKey.parse(text)
    except recordkeeping.NotACheckpoint:
        return fail("cli.not_a_key", text=text)


def redraw(db: Db = None) -> None:
    """Draw weapons, traces and the search index anew from the record, where `verify --register` finds faults."""
    # Loaded with the node that this command opens.
    from tracemark.node import RecordDoubtful

    node = node_at(db)
    try:
        redrawn = node.redraw(writer(node, Role.REGISTRY_OFFICER))
    except RecordDoubtful:
        fail("cli.redraw_refused")
    console.print(say("cli.redrawn", count=redrawn.weapons, cases=redrawn.cases))


def head(
    db: Db = None,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Where to keep it; standard output otherwise.")
    ] = None,
) -> None:
    """Print the newest signed head of the record, to be kept elsewhere and verified against later."""
    newest = node_at(db).stores.records.head()
    if newest is None:
        fail("cli.empty_record")
    elif output:
        output.write_text(str(newest), "utf-8")
        print_line("cli.head_written", count=newest.size, file=str(output))
    else:
        typer.echo(str(newest), nl=False)


def take_over(
    agency: Annotated[str, typer.Argument(metavar="AGENCY", help="The code of the maker, dealer or importer.")],
    ended: Annotated[str, typer.Option(metavar="DATE", help="Its last day, month or year: 2026-05-17, 2026-05, 2026.")],
    note: Annotated[str, typer.Option(help="What was handed in: ledgers, boxes, in what state.")],
    weapons: Annotated[
        int | None, typer.Option(help="How many weapons the records are of, once counted.", min=0)
    ] = None,
    db: Db = None,
) -> None:
    """Seal that a closed company's records went to the State, and end the company in the list of agencies."""
    node = node_at(db)
    try:
        last = PartialDate.parse(ended)
    except ValueError:
        fail("cli.not_a_date", text=ended)
    sealed = recordkeeping.take_over_records(
        agency=agency,
        ended=last,
        weapons=weapons,
        note=note,
        actor=writer(node, Role.REGISTRY_OFFICER),
        stores=node.stores,
        clock=node.clock,
    )
    console.print(say("cli.taken_over", agency=agency, event=sealed.position))


def change_key(
    reason: Annotated[str, typer.Option(help="Why the record goes on under another key.")], db: Db = None
) -> None:
    """Seal that the record is signed with another key from here on: that of TRACEMARK_KEY, put there beforehand."""
    node = node_at(db, any_key=True)
    actor = writer(node, Role.REGISTRY_OFFICER)
    sealed = recordkeeping.change_key(key=node.key, reason=reason, actor=actor, stores=node.stores, clock=node.clock)
    console.print(say("cli.key_changed", event=sealed.position, key=str(node.key)), soft_wrap=True)


def export_tiles(
    directory: Annotated[Path, typer.Argument(metavar="DIR", help="Where to write; an earlier export is continued.")],
    db: Db = None,
) -> None:
    """Write the log as static files (C2SP tiles), so that another State can mirror and witness it."""
    node = node_at(db)
    count = node.export_tiles(directory, operator(node, Role.AUDITOR))
    console.print(say("cli.tiles_written", count=count, directory=str(directory)))


def export_parquet(
    directory: Annotated[Path, typer.Argument(metavar="DIR", help="Where to write; an earlier export is continued.")],
    db: Db = None,
    as_json: Json = False,
) -> None:
    """Write the record as columns (Parquet), for rules, figures and other programs. Again: only what is new."""
    # DuckDB is loaded for those who export.
    from tracemark import node as nodes

    node = node_at(db)
    with progress() as bar:
        task = bar.add_task(say("cli.exporting"), total=None)
        try:
            _, added = nodes.export_parquet(
                node,
                directory,
                operator(node, Role.AUDITOR),
                lambda done, size: bar.update(task, completed=done, total=size),
            )
        except nodes.SnapshotForeign:
            fail("cli.snapshot_foreign", place=str(directory))
        except nodes.SnapshotDamaged as error:
            fail_for(error, "cli.snapshot_damaged", place=str(directory))
    if as_json:
        print_json({"events": added.events, "files": added.files, "bytes": added.bytes, "size": added.size})
    else:
        print_line("cli.parquet_written", count=added.events, files=added.files, size=added.size, place=str(directory))


def export_epcis(
    identity: Annotated[str, typer.Argument(metavar="ID", help="The weapon's identity, such as W-123.")],
    base: Annotated[str, typer.Option(help="The address under which others know this register's things.")] = _BASE,
    db: Db = None,
) -> None:
    """Print a weapon's life as an EPCIS 2.0 document."""
    node = node_at(db)
    try:
        print_json(node.epcis_of(parse_weapon(identity), operator(node, Role.REGISTRY_OFFICER), base))
    except (ValueError, KeyError):
        fail("cli.no_such_weapon", weapon=identity)


def record_plain(record: WeaponRecord) -> dict[str, object]:
    """Return a weapon's record as JSON-ready values."""
    state, custody = record.state, record.custody
    return {
        "weapon": weapon_text(state.weapon),
        "description": state.description.plain(),
        "name": describe(state.description),
        "status": state.status.value,
        "holder": state.holder,
        "custodian": state.custodian,
        "place": state.place,
        "components": [recordkeeping.component_plain(component) for component in state.components],
        "marks": [mark.plain() for mark in state.marks],
        "events": [
            {
                "event": step.sealed.position,
                "kind": step.sealed.event.kind.value,
                "happened": str(step.sealed.event.happened),
                "authority": step.sealed.event.authority,
                "details": step.sealed.event.details,
                "lawful": step.lawful,
                "findings": [
                    {"code": each.code, "source": str(each.source), "facts": each.facts} for each in step.findings
                ],
            }
            for step in record.steps
        ],
        "custody": {
            "holder": custody.holder,
            "left_on": str(custody.left_on) if custody.left_on else None,
            "stage": custody.stage,
            "days_to_recovery": custody.days_to_recovery,
        },
    }


def _floor(floor: Floor) -> dict[str, object]:
    return {"retention": floor.retention, "years": floor.years, "source": str(floor.source)}


def _term(term: Term) -> dict[str, object]:
    return {
        "retention": term.retention,
        "years": term.years,
        "source": term.source,
        "since": str(term.since),
        "until": str(term.until) if term.until else None,
    }


def _fault(fault: Fault) -> dict[str, object]:
    return {"event": fault.event, "fault": fault.fault.value, "other": fault.other, "place": fault.place}


def _checkpoint(path: Path) -> Checkpoint:
    try:
        return Checkpoint.parse(text_of(path))
    except NotACheckpoint:
        fail("cli.not_a_checkpoint", file=str(path))
