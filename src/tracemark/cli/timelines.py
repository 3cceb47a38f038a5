from rich.table import Table

from tracemark.cli.output import console, print_line, reader_language, say, say_date
from tracemark.recordkeeping import Custody, Kept, Step, WeaponRecord
from tracemark.weapons import describe, weapon_text
from tracemark.wording import finding_text, holder_text


def print_record(record: WeaponRecord) -> None:
    """Print a weapon's description, its chain of custody, and how far it can be followed."""
    state = record.state
    console.print()
    console.print(f"{weapon_text(state.weapon)}  {describe(state.description)}", style="bold")
    table = Table(box=None, pad_edge=False, header_style="bold")
    for column in ("on", "event", "who", "place", "lawful"):
        table.add_column(say(f"cli.column_{column}"))
    for step in record.steps:
        table.add_row(*_row(step))
    console.print(table)
    for line in custody_lines(record.custody):
        console.print(line, style="bold")


def print_retention(kept: Kept) -> None:
    """Print until when the record must be kept, and what asks it."""
    if kept.until is None:
        print_line("cli.kept_for_ever", source=kept.source)
    else:
        print_line("cli.kept_until", until=say_date(kept.until), source=kept.source)


def custody_lines(custody: Custody) -> list[str]:
    """Say the last lawful holder, the day the weapon left lawful hands, and the time from there to recovery."""
    if custody.last_lawful is None:
        return [say("cli.no_lawful_holder")]
    event = custody.last_lawful.sealed.event
    holder = holder_text(custody.holder, to=reader_language())
    lines = [say("cli.last_lawful", holder=holder, kind=_kind(custody.last_lawful), on=say_date(event.happened))]
    if custody.diverted:
        lines.append(
            say("cli.left_on", kind=_kind(custody.diverted), on=say_date(custody.diverted.sealed.event.happened))
        )
    if custody.days_to_recovery:
        least, most = custody.days_to_recovery
        days = str(least) if least == most else f"{least}–{most}"
        lines.append(say("cli.days_to_recovery", days=days))
    return lines


def _row(step: Step) -> tuple[str, str, str, str, str]:
    event = step.sealed.event
    marks = "; ".join(finding_text(finding, to=reader_language()) for finding in step.findings)
    lawful = say("cli.lawful_yes" if step.lawful else "cli.lawful_no")
    return (
        say_date(event.happened),
        _kind(step),
        holder_text(step.who, to=reader_language()),
        str(event.details.get("place", "")),
        marks or lawful,
    )


def _kind(step: Step) -> str:
    return say(f"recordkeeping.kind_{step.sealed.event.kind.value}")
