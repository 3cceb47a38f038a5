from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tracemark.authorities import Role
from tracemark.cli.options import Db, Json, node_at, operator, writer
from tracemark.cli.output import complain, complain_of, console, print_json, print_line, say

if TYPE_CHECKING:
    from tracemark.reporting import Revision

Name = Annotated[str, typer.Argument(metavar="STATEMENT", help="Its name, such as SX-2026-000004.")]


def add_to(app: typer.Typer) -> None:
    """Add the commands of this room."""
    part = typer.Typer(
        help="Statistics that the State states: people, training, victims, violence.", no_args_is_help=True
    )
    part.command("series")(series)
    part.command("import")(import_statistics)
    part.command("list")(list_statements)
    part.command("show")(show)
    part.command("withdraw")(withdraw)
    part.command("approve")(approve)
    part.command("decline")(decline)
    app.add_typer(part, name="statistics")


def series(as_json: Json = False) -> None:
    """List what can be stated, and by what each number must or may be told."""
    from tracemark.reporting import statistics

    for each in statistics().values():
        if as_json:
            told = {"series": each.id, "unit": each.unit, "paragraph": str(each.paragraph), "counts": each.counts.value}
            print_json({**told, "needs": each.needs, "may": each.may})
        else:
            told_by = f"{', '.join(each.needs)} ({', '.join(each.may)})"
            console.print(f"{each.id}  {say(f'figures.{each.id}')}  [{told_by}]", soft_wrap=True, markup=False)


def import_statistics(
    file: Annotated[Path, typer.Argument(help="A table (CSV, XLSX, ODS), a number a row.", exists=True)],
    document: Annotated[str, typer.Option(help="Where the numbers come from.")],
    note: Annotated[str, typer.Option(help="Why statements that are there already are to be superseded.")] = "",
    db: Db = None,
    as_json: Json = False,
) -> None:
    """State the statistics of a table: all or, where anything is wrong, nothing; each fault names row and field.

    What is stated already for a series and year is superseded once a second person approves.
    """
    from tracemark import node, reporting

    opened = node_at(db)
    try:
        stated = node.state_table(opened, file, document, note, writer(opened, Role.POINT_OF_CONTACT))
    except reporting.StatisticsRefused as refused:
        complain_of("cli.statistics_refused", file=file.name)
        complain(refused.findings)
        raise typer.Exit(1) from None
    if as_json:
        print_json({"new": stated.new, "proposed": stated.proposed, "unchanged": stated.unchanged})
    else:
        print_line(
            "cli.statistics_stated",
            new=len(stated.new),
            proposed=len(stated.proposed),
            unchanged=len(stated.unchanged),
        )


def list_statements(db: Db = None, as_json: Json = False) -> None:
    """List what is stated, by series and year."""
    from tracemark.reporting import statement_list

    node = node_at(db)
    for each in statement_list(actor=operator(node, Role.AUDITOR), stores=node.stores):
        told = each.statement
        if as_json:
            versions = len(each.versions)
            print_json({"statement": each.dossier, "series": told.series, "year": told.year, "total": told.total,
                        "versions": versions, "withdrawn": each.withdrawn, "waits": bool(each.waiting)})  # fmt: skip
        else:
            print_line(
                "cli.statistics_withdrawn_line" if each.withdrawn else "cli.statistics_line",
                statement=each.dossier, what=say(f"figures.{told.series}"), year=str(told.year), total=told.total,
            )  # fmt: skip


def show(name: Name, db: Db = None, as_json: Json = False) -> None:
    """Print a statement with all its versions, the newest last."""
    from tracemark.reporting import statement_record

    node = node_at(db)
    found = statement_record(name=name, actor=operator(node, Role.AUDITOR), stores=node.stores)
    if as_json:
        versions = [{"event": position, **told.plain()} for position, told in found.versions]
        print_json(
            {"statement": name, "withdrawn": found.withdrawn, "versions": versions, "waiting": _plain(found.waiting)}
        )
        return
    for position, told in found.versions:
        what = say(f"figures.{told.series}")
        print_line("cli.statistics_version", event=position, what=what, year=str(told.year), total=told.total)
        for each in told.cells:
            said = ", ".join(each.splits.values()) or say("figures.not_said")
            console.print(f"    {each.number}  {said}  {each.reason}".rstrip(), soft_wrap=True, markup=False)
    if found.withdrawn:
        print_line("cli.statistics_withdrawn")
    if waiting := found.waiting:
        what = say("web.statistics.waits_withdrawal")
        if waiting.statement:
            what = say("web.statistics.waits", total=waiting.statement.total)
        console.print(f"{what} {waiting.note} ({waiting.proposed_by})", soft_wrap=True, markup=False)


def _plain(waiting: "Revision | None") -> dict[str, object] | None:
    if waiting is None:
        return None
    told = waiting.statement.plain() if waiting.statement else None
    return {"statement": told, "document": waiting.document, "note": waiting.note, "proposed_by": waiting.proposed_by}


def withdraw(name: Name, note: Annotated[str, typer.Option(help="Why.")], db: Db = None) -> None:
    """Propose to withdraw a statement: once a second person approves, its series and year count as not stated."""
    from tracemark.reporting import withdraw_statistics

    node = node_at(db)
    actor = writer(node, Role.POINT_OF_CONTACT)
    withdraw_statistics(name=name, note=note, actor=actor, stores=node.stores, clock=node.clock)
    print_line("web.statistics.proposed", statement=name)


def approve(name: Name, db: Db = None) -> None:
    """Approve what another person proposed for a statement: from now on figures count so."""
    from tracemark.reporting import approve_statistics

    node = node_at(db)
    approve_statistics(name=name, actor=writer(node, Role.APPROVER), stores=node.stores, clock=node.clock)
    print_line("web.statistics.done_approve", statement=name)


def decline(name: Name, reason: Annotated[str, typer.Option(help="Why.")], db: Db = None) -> None:
    """Decline what was proposed for a statement, and say why: it stays as it is."""
    from tracemark.reporting import decline_statistics

    node = node_at(db)
    actor = writer(node, Role.APPROVER)
    decline_statistics(name=name, reason=reason, actor=actor, stores=node.stores, clock=node.clock)
    print_line("web.statistics.done_decline", statement=name)
