import csv
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table as Printed

from tracemark import intake
from tracemark.authorities import Role
from tracemark.cli.options import Create, Db, Json, node_set_up, node_to_try, writer
from tracemark.cli.output import console, fail, print_json, reader_language, say
from tracemark.cli.progress import progress
from tracemark.intake import IntakeReport
from tracemark.kernel import Finding
from tracemark.wording import finding_text

_SHOWN = 20


def add_to(app: typer.Typer) -> None:
    """Add the commands of this room."""
    app.command("import")(import_file)
    app.command("profiles")(profiles)


def import_file(
    file: Annotated[
        Path,
        typer.Argument(help="A CSV, XLSX, XLS or ODS file; an EPCIS or NIEM document.", exists=True, dir_okay=False),
    ],
    profile: Annotated[
        str, typer.Option("--profile", "-p", help="A shipped profile's name, or a TOML file of your own.")
    ],
    dry: Annotated[bool, typer.Option("--dry-run", help="Say what an import would do; write nothing.")] = False,
    report: Annotated[Path | None, typer.Option(help="Write every finding here, as CSV.")] = None,
    sheet: Annotated[
        str, typer.Option(metavar="NAME", help="The sheet of a spreadsheet; else the one with the profile's columns.")
    ] = "",
    heading_row: Annotated[
        int,
        typer.Option(
            metavar="ROW",
            help="The row of the column names; else the first that names them.",
            min=0,
            show_default=False,
        ),
    ] = 0,
    db: Db = None,
    create: Create = False,
    as_json: Json = False,
) -> None:
    """Import a table of weapons; the same file twice changes nothing, an interrupted import goes on where it was."""
    if not (Path(profile).is_file() or profile in intake.shipped_profiles()):
        fail("cli.no_such_profile", profile=profile, profiles=sorted(intake.shipped_profiles()))
    if report:
        report.open("a").close()  # a report that cannot be written is told before anything is imported
    node = node_to_try(db) if dry else node_set_up(db, create=create)
    actor = writer(node, Role.REGISTRY_OFFICER)
    taken = node.intake_of(file, profile, sheet=sheet, heading_row=heading_row)
    with progress() as bar:
        task = bar.add_task(file.name, total=taken.table.total)
        done = intake.dry_run if dry else intake.import_table
        found = done(
            intake=taken,
            actor=actor,
            stores=node.stores,
            clock=node.clock,
            progress=lambda rows, total: bar.update(task, completed=rows, total=total),
        )
    if report and not found.already:
        _write_report(report, found)
    if as_json:
        print_json(_plain(found))
    else:
        _print_report(found)


def profiles(as_json: Json = False) -> None:
    """List the shipped import profiles."""
    names = sorted(intake.shipped_profiles())
    if as_json:
        print_json({"profiles": names})
    else:
        console.print("\n".join(names))


def _print_report(found: IntakeReport) -> None:
    if found.already:
        console.print(say("cli.already_imported", file=found.file, at=found.already), style="bold")
    if found.resumed_at_row:
        console.print(say("cli.resumed", rows=found.resumed_at_row))
    _print_reading(found)
    for finding in found.about_table:
        console.print(_line(finding))
    counted = "cli.would_import" if found.dry else "cli.imported"
    console.print(
        say(counted, rows=found.rows, imported=found.imported, held=found.held, refused=found.refused), style="bold"
    )
    if found.unchanged:
        console.print(say("cli.unchanged", count=found.unchanged))
    table = Printed(box=None, pad_edge=False, header_style="bold")
    for column in ("grade", "rows", "meaning"):
        table.add_column(say(f"cli.column_{column}"))
    for grade, count in sorted(found.grades.items()):
        table.add_row(grade.value, str(count), say(f"intake.grade_{grade.value}"))
    console.print(table)
    for finding in found.findings[:_SHOWN]:
        console.print(_line(finding), soft_wrap=True)
    if len(found.findings) > _SHOWN:
        console.print(say("cli.more_findings", count=len(found.findings) - _SHOWN))


def _print_reading(found: IntakeReport) -> None:
    """Say how the file was read: its sheet or its encoding, where the heading stands, how dates are written."""
    if found.sheet:
        console.print(say("cli.sheet_read", file=found.file, sheet=found.sheet))
    elif found.encoding:
        console.print(say("cli.table_read", file=found.file, encoding=found.encoding, delimiter=found.delimiter))
    if found.heading_row > 1:
        console.print(say("cli.heading_found", row=found.heading_row))
    for column, dates in found.dates.items():
        forms = ((say(f"intake.dates_{name.value}"), count) for name, count in dates.formats.items())
        formats = [f"{form} ({count})" for form, count in forms]
        if formats:
            console.print(say("cli.dates_read", column=column, formats=formats))


def _write_report(path: Path, found: IntakeReport) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        written = csv.writer(file)
        written.writerow(["file", "row", "field", "value", "code", "finding", "suggestion"])
        for finding in (*found.about_table, *found.findings):
            facts = finding.facts
            text = finding_text(finding, to=reader_language())
            said = (facts.get("field", ""), facts.get("value", ""), finding.code, text, facts.get("suggestion", ""))
            cells = (intake.disarmed(str(cell)) for cell in said)
            written.writerow([intake.disarmed(found.file), facts.get("row", ""), *cells])


def _line(finding: Finding) -> str:
    place = say("cli.in_row", row=finding.facts["row"]) + " " if finding.facts.get("row") else ""
    return place + finding_text(finding, to=reader_language())


def _plain(found: IntakeReport) -> dict[str, object]:
    """Return all that the printed report says; what it says in words of codes is in `said`."""
    return {
        **found.plain(),
        "dry": found.dry,
        "resumed_at_row": found.resumed_at_row,
        "about_table": list(map(_finding, found.about_table)),
        "findings": list(map(_finding, found.findings)),
        "duplicates": [asdict(each) for each in found.duplicates],
    }


def _finding(finding: Finding) -> dict[str, object]:
    said = finding_text(finding, to=reader_language())
    grave = {"severity": intake.severity(finding).value, "source": str(finding.source), "said": said}
    return {"code": finding.code, **grave, **finding.facts}
