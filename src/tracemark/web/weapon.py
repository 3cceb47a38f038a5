from collections.abc import Iterable
from dataclasses import dataclass

from django.http import HttpResponse

from tracemark import recordkeeping
from tracemark.authorities import Permission
from tracemark.kernel import Finding
from tracemark.recordkeeping import Custody, Sealed, Step, WeaponRecord
from tracemark.weapons import WeaponId
from tracemark.web.access import Desk, needs
from tracemark.web.assembly import tenures
from tracemark.web.diagrams import drawing_of
from tracemark.web.pages import page

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
_PEOPLE = ("holder", "from", "to", "custodian")


@dataclass(frozen=True, slots=True)
class Line:
    """One event as the timeline shows it: who it names, what else it says, and what stands against it."""

    sealed: Sealed
    lawful: bool
    last_lawful: bool
    people: tuple[tuple[str, str], ...]
    details: tuple[tuple[str, str], ...]
    findings: tuple[Finding, ...]
    recovery: bool


@needs(Permission.RECORD_READ)
def weapon_page(desk: Desk, weapon: WeaponId) -> HttpResponse:
    """Show one weapon: what it is, its marks on a drawing, its life, its parts over time, and how far custody leads."""
    record = recordkeeping.weapon_record(weapon=weapon, actor=desk.actor, stores=desk.node.stores)
    return page(
        desk,
        "web/weapon/weapon.html",
        weapon=weapon,
        record=record,
        state=record.state,
        custody=record.custody,
        drawing=drawing_of(record.state),
        lines=list(lines_of(record)),
        tenures=tenures(record.steps),
        kept=recordkeeping.kept(
            [step.sealed.event for step in record.steps], desk.node.terms, on=desk.node.clock.now().date()
        ),
        person=record.state.holder.removeprefix("person:") if record.state.holder.startswith("person:") else "",
    )


def lines_of(record: WeaponRecord) -> Iterable[Line]:
    """Yield the lines of the timeline, oldest first."""
    for step in record.steps:
        yield _line(step, record.custody)


def _line(step: Step, custody: Custody) -> Line:
    details = step.sealed.event.details
    recovery = step.sealed.event.kind in recordkeeping.RECOVERIES
    return Line(
        sealed=step.sealed,
        lawful=step.lawful or (recovery and not step.findings),
        last_lawful=step is custody.last_lawful,
        people=tuple((name, str(details[name])) for name in _PEOPLE if details.get(name)),
        details=tuple((name, str(details[name])) for name in _SHOWN if isinstance(details.get(name), str | int)),
        findings=step.findings,
        recovery=recovery,
    )
