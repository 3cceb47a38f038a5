from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from tracemark.recordkeeping import EventKind, Sealed, current, fold_steps
from tracemark.weapons import WeaponId


class Reason(StrEnum):
    """Why an investigation was opened."""

    VARIANCE = "variance"
    REPORT = "report"
    ALARM = "alarm"
    INSPECTION = "inspection"


class Conclusion(StrEnum):
    """What an investigation found."""

    CLERICAL = "clerical"
    MISPLACED = "misplaced"
    ISSUED_UNRECORDED = "issued_unrecorded"
    LOST = "lost"
    STOLEN = "stolen"
    DIVERTED = "diverted"
    UNFOUNDED = "unfounded"


@dataclass(frozen=True, slots=True)
class Investigation:
    """What became of a variance or a report, as its dossier tells it.

    `signal` is the signal of diversion that it follows from, "" for none. `missing` weapons were not where the record
    has them, `extra` ones were where it has none. `notes` are what was said, each with account and day. `finding` is ""
    while it is open.
    """

    name: str
    opened: int
    opened_by: str
    opened_on: str
    authority: str
    reason: str
    site: str = ""
    count: str = ""
    signal: str = ""
    missing: tuple[WeaponId, ...] = ()
    extra: tuple[WeaponId, ...] = ()
    due: str = ""
    notes: tuple[tuple[str, str, str], ...] = ()
    finding: str = ""
    closed_by: str = ""

    @property
    def open(self) -> bool:
        """Whether it still goes on."""
        return not self.finding


def investigation_of(name: str, events: Sequence[Sealed]) -> Investigation:
    """Fold an investigation's events into what is true of it now.

    Raises:
        KeyError: none of the events opens it.
    """
    return fold_steps(name, events, _opened, _after)


def _opened(sealed: Sealed, details: Mapping[str, Any]) -> Investigation:
    event = sealed.event
    plain: dict[str, Any] = {each: details[each] for each in ("site", "count", "signal", "due") if each in details}
    said = _note(sealed, details)
    opened = Investigation(
        details["dossier"], sealed.position, event.by, str(event.happened), event.authority, details["reason"]
    )
    missing, extra = (tuple(map(WeaponId, details.get(each, ()))) for each in ("absent", "extra"))
    return replace(opened, notes=said, missing=missing, extra=extra, **plain)


def _after(known: Investigation, sealed: Sealed, details: Mapping[str, Any]) -> Investigation:
    known = replace(known, notes=(*known.notes, *_note(sealed, details)), due=details.get("due", known.due))
    if sealed.event.kind is EventKind.INVESTIGATION_CLOSED:
        return replace(known, finding=details["finding"], closed_by=sealed.event.by)
    return known


def _note(sealed: Sealed, details: Mapping[str, Any]) -> tuple[tuple[str, str, str], ...]:
    said = details.get("note", "")
    return ((said, sealed.event.by, str(sealed.event.happened)),) if said else ()


_SHOWS = frozenset(
    {
        *(EventKind.ISSUED, EventKind.RETURNED, EventKind.STORED, EventKind.COUNTED, EventKind.INSPECTED),
        *(EventKind.LOST, EventKind.STOLEN, EventKind.SEIZED, EventKind.FOUND, EventKind.SURRENDERED),
        *(EventKind.SHIPPED, EventKind.TRANSFERRED, EventKind.DESTROYED, EventKind.MARKED, EventKind.REPAIRED),
    }
)


def seen_in(events: Iterable[Sealed]) -> list[Sealed]:
    """Return the events, as corrected, that show a weapon in somebody's hands."""
    return [each for each in current(events) if each.event.kind in _SHOWS - {EventKind.LOST, EventKind.STOLEN}]


def accounted_for(events: Iterable[Sealed], since: int) -> bool:
    """Whether the record, behind a position, shows a weapon in somebody's hands or says that it is gone."""
    return any(each.position > since and each.event.kind in _SHOWS for each in events)
