from collections.abc import Iterable
from dataclasses import dataclass

from django.http import HttpResponse

from tracemark import intake, recordkeeping
from tracemark.authorities import Permission, may
from tracemark.intake import HeldRow
from tracemark.kernel import Finding
from tracemark.recordkeeping import Amendment, Custody, Proposal, Sealed, Step, WeaponRecord
from tracemark.weapons import WeaponId
from tracemark.web.access import Desk, needs
from tracemark.web.assembly import tenures
from tracemark.web.diagrams import drawing_of
from tracemark.web.pages import page
from tracemark.web.templatetags.speech import HOLDERS

_SHOWN = (
    "place",
    "licence",
    "lot",
    "from_state",
    "to_state",
    "method",
    "certificate",
    "circumstances",
    "decision",
    "note",
)


@dataclass(frozen=True, slots=True)
class Line:
    """One event as the timeline shows it: who it names, what else it says, and what stands against it.

    `amendments` are the corrections by which it came to say so, `waiting` those that somebody proposes.
    """

    sealed: Sealed
    lawful: bool
    last_lawful: bool
    people: tuple[tuple[str, str], ...]
    details: tuple[tuple[str, str], ...]
    findings: tuple[Finding, ...]
    recovery: bool
    amendments: tuple[Amendment, ...]
    waiting: tuple[Proposal, ...]


@needs(Permission.RECORD_READ)
def weapon_page(desk: Desk, weapon: WeaponId) -> HttpResponse:
    """Show one weapon: what it is, its marks on a drawing, its life, its parts over time, and how far custody leads."""
    record = recordkeeping.weapon_record(weapon=weapon, actor=desk.actor, stores=desk.node.stores)
    waiting = recordkeeping.corrections_waiting(weapon=weapon, actor=desk.actor, stores=desk.node.stores)
    return page(
        desk,
        "web/weapon/weapon.html",
        weapon=weapon,
        record=record,
        state=record.state,
        custody=record.custody,
        drawing=drawing_of(record.state),
        lines=list(lines_of(record, waiting)),
        judged_rows=_judged_rows(desk, weapon),
        voided=[each for each in record.amendments if each.after is None],
        waiting=waiting,
        opens_proposals=any(may(desk.actor, each) for each in recordkeeping.PROPOSAL_READERS_OF_ALL),
        tenures=tenures(record.steps),
        person=record.state.holder.removeprefix("person:") if record.state.holder.startswith("person:") else "",
    )


def _judged_rows(desk: Desk, weapon: WeaponId) -> list[tuple[HeldRow, str]]:
    """Return the rows of files that were judged to be this weapon, each with its file's name."""
    stores = desk.node.stores
    rows = intake.rows_judged(weapon=weapon, actor=desk.actor, stores=stores)
    files = {run: stores.intake.run(run).table for run in {each.run for each in rows}}
    return [(each, files[each.run]) for each in rows]


def lines_of(record: WeaponRecord, waiting: Iterable[Proposal] = ()) -> Iterable[Line]:
    """Yield the lines of the timeline, oldest first."""
    proposed = tuple(waiting)
    for step in record.steps:
        position = step.sealed.position
        on_it = tuple(each for each in proposed if each.subject == str(position))
        yield _line(step, record.custody, record.amended(position), on_it)


def _line(step: Step, custody: Custody, amended: tuple[Amendment, ...], waiting: tuple[Proposal, ...]) -> Line:
    details = step.sealed.event.details
    recovery = step.sealed.event.kind in recordkeeping.RECOVERIES
    return Line(
        sealed=step.sealed,
        lawful=step.lawful or (recovery and not step.findings),
        last_lawful=step is custody.last_lawful,
        people=tuple((name, str(details[name])) for name in HOLDERS if details.get(name)),
        details=tuple((name, str(details[name])) for name in _SHOWN if isinstance(details.get(name), str | int)),
        findings=step.findings,
        recovery=recovery,
        amendments=amended,
        waiting=waiting,
    )
