from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse

from tracemark import diversion, intake, recordkeeping, stockpiles, wording
from tracemark.authorities import Permission, may
from tracemark.intake import HeldRow
from tracemark.kernel import Finding
from tracemark.recordkeeping import Amendment, Custody, EventKind, Proposal, Sealed, Status, Step, WeaponRecord
from tracemark.tracing import case_id
from tracemark.weapons import WeaponId
from tracemark.web.access import Desk, needs
from tracemark.web.assembly import tenures
from tracemark.web.diagrams import drawing_of
from tracemark.web.naming import name_of
from tracemark.web.pages import page
from tracemark.web.said import say, spoken, term
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
    "judgement",
    "outcome",
    "note",
)
_STATES = ("from_state", "to_state")
_TERMS = {"judgement": "tracing.verdict", "outcome": "tracing.outcome"}
_WEAPONS = ("as", "other_weapon", "recovered_as")


@dataclass(frozen=True, slots=True)
class Line:
    """One event as the timeline shows it: whom, which weapons and which trace case it names, and what else it says.

    `amendments` are the corrections by which it came to say so, `waiting` those that somebody proposes.
    """

    sealed: Sealed
    lawful: bool
    last_lawful: bool
    people: tuple[tuple[str, str], ...]
    weapons: tuple[tuple[str, WeaponId], ...]
    case: str
    details: tuple[tuple[str, str], ...]
    findings: tuple[Finding, ...]
    recovery: bool
    amendments: tuple[Amendment, ...]
    waiting: tuple[Proposal, ...]


@needs(Permission.RECORD_READ)
def weapon_page(desk: Desk, weapon: WeaponId) -> HttpResponse:
    """Show one weapon: what it is, its marks on a drawing, its life, its parts over time, and how far custody leads."""
    record = record_of(desk, weapon)
    named = recordkeeping.persons_named(weapon=weapon, actor=desk.actor, stores=desk.node.stores)
    marks = {mark.id: mark for mark in record.state.marks}
    looked_at = recordkeeping.examined(record=record, actor=desk.actor, stores=desk.node.stores)
    waiting = recordkeeping.corrections_waiting(weapon=weapon, actor=desk.actor, stores=desk.node.stores)
    return page(
        desk,
        "web/weapon/weapon.html",
        told=_answer(record, desk.node.agency_names),
        looked_at=looked_at,
        inspections=[(each, marks.get(each.mark)) for each in looked_at.inspections],
        weapon=weapon,
        record=record,
        state=record.state,
        custody=record.custody,
        drawing=drawing_of(record.state),
        lines=list(lines_of(record, waiting)),
        came_back=_came_back(record),
        judged_rows=_judged_rows(desk, weapon),
        voided=[each for each in record.amendments if each.after is None],
        waiting=waiting,
        **diverted(record),
        opens_proposals=any(may(desk.actor, each) for each in recordkeeping.PROPOSAL_READERS_OF_ALL),
        tenures=tenures(record.steps),
        identified_as=identified_as(record),
        persons=[recordkeeping.person_commitment(each) for each in named],
        kept=recordkeeping.kept(
            [step.sealed.event for step in record.steps], desk.node.terms, on=desk.node.clock.now().date()
        ),
    )


def _answer(record: WeaponRecord, names: Mapping[str, str]) -> list[str]:
    """Say first how far custody leads; of a record that was found to be another's, that it is told there."""
    if other := identified_as(record):
        return [say("web.weapon.told_there", weapon=other)]
    return wording.custody_sentences(record.custody, names, to=spoken())


def _came_back(record: WeaponRecord) -> Finding | None:
    """Return what is to be said of a weapon that was destroyed and recovered since, None of any other."""
    recovery = stockpiles.reappeared(step.sealed for step in record.steps)
    return stockpiles.reappearance_finding(record.state.weapon, recovery) if recovery else None


def identified_as(record: WeaponRecord) -> WeaponId | None:
    """The weapon for which another identity stands, where this record was found to be one of it."""
    if record.state.status is not Status.IDENTIFIED:
        return None
    named = [each.sealed.event.details for each in record.steps if each.sealed.event.kind is EventKind.IDENTIFIED]
    return WeaponId(int(str(named[-1]["as"])))


def diverted(record: WeaponRecord) -> dict[str, Any]:
    """Return where, when and how the weapon left lawful hands, as an officer found it, and how long that took."""
    point = diversion.point_in(record)
    return {"point": point, "took": diversion.time_to_diversion(record.steps, point) if point else None}


def record_of(desk: Desk, weapon: WeaponId) -> WeaponRecord:
    """Read a weapon's record as the officer may see it."""
    return recordkeeping.weapon_record(weapon=weapon, actor=desk.actor, stores=desk.node.stores)


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
        weapons=tuple((name, WeaponId(int(str(details[name])))) for name in _WEAPONS if details.get(name)),
        case=_case(step.sealed),
        details=tuple(
            (name, _told(name, details[name])) for name in _SHOWN if isinstance(details.get(name), str | int)
        ),
        findings=step.findings,
        recovery=recovery,
        amendments=amended,
        waiting=waiting,
    )


def _case(sealed: Sealed) -> str:
    """The trace case an event belongs to: the one it names, or the one it opened."""
    if sealed.event.kind is EventKind.TRACE_REQUESTED:
        return case_id(sealed.position)
    return str(sealed.event.details.get("case", ""))


def _told(name: str, value: object) -> str:
    """Say a value of a detail: a word of a room, a State by its name, or the value itself."""
    if name in _TERMS:
        return term(value, _TERMS[name])
    return name_of("country", str(value)) if name in _STATES else str(value)
