from collections.abc import Mapping

from rich.table import Table

from tracemark.cli.output import console, print_line, reader_language, say, say_date
from tracemark.recordkeeping import Kept, Step, WeaponRecord
from tracemark.weapons import describe, weapon_text
from tracemark.wording import amendment_text, custody_sentences, finding_text, holder_text


def print_record(record: WeaponRecord, names: Mapping[str, str]) -> None:
    """Print a weapon's description, its chain of custody, and how far it can be followed.

    `names` are those of agencies, by code.
    """
    state = record.state
    console.print()
    console.print(f"{weapon_text(state.weapon)}  {describe(state.description)}", style="bold")
    table = Table(box=None, pad_edge=False, header_style="bold")
    for column in ("on", "event", "who", "place", "lawful"):
        table.add_column(say(f"cli.column_{column}"))
    for step in record.steps:
        table.add_row(*_row(step, record))
    console.print(table)
    for line in custody_sentences(record.custody, names, to=reader_language()):
        console.print(line, style="bold")


def print_retention(kept: Kept) -> None:
    """Print until when the record must be kept, and what asks it."""
    if kept.until is None:
        print_line("cli.kept_for_ever", source=kept.source)
    else:
        print_line("cli.kept_until", until=say_date(kept.until), source=kept.source)


def _row(step: Step, record: WeaponRecord) -> tuple[str, str, str, str, str]:
    event = step.sealed.event
    marks = [finding_text(finding, to=reader_language()) for finding in step.findings]
    put_right = [amendment_text(each, to=reader_language()) for each in record.amended(step.sealed.position)]
    lawful = say("cli.lawful_yes" if step.lawful else "cli.lawful_no")
    return (
        say_date(event.happened),
        _kind(step),
        holder_text(step.who, to=reader_language()) or "–",
        str(event.details.get("place", "")),
        "; ".join([*(marks or [lawful]), *put_right]),
    )


def _kind(step: Step) -> str:
    return say(f"recordkeeping.kind_{step.sealed.event.kind.value}")
