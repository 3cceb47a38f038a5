from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from tracemark.kernel import PartialDate, Plain
from tracemark.recordkeeping.events import Event, Sealed
from tracemark.recordkeeping.kinds import EventKind

Change = tuple[str, Plain | None, Plain | None]
"""A detail's name, what stood there, what stands there now; None where there was nothing."""


@dataclass(frozen=True, slots=True)
class Amendment:
    """A correction that stands in the record: which event it put right, what stood there before and what stands since.

    `correction` is the sealed event of the correction, whose `by` approved it; `after` is None where the corrected
    event was entered in error and counts no more.
    """

    correction: Sealed
    before: Sealed
    after: Event | None

    @property
    def corrects(self) -> int:
        """The place in the record of the event that was put right."""
        return self.before.position

    @property
    def proposed_by(self) -> str:
        """The account that proposed the correction; "" where the record does not say."""
        return str(self.correction.event.details.get("proposed_by", ""))

    @property
    def reason(self) -> str:
        """Why it was corrected."""
        return str(self.correction.event.details.get("reason", ""))

    @property
    def happened_before(self) -> PartialDate | None:
        """The date as it stood, where the correction changed it."""
        before = self.before.event.happened
        return before if self.after is not None and self.after.happened != before else None

    @property
    def changes(self) -> list[Change]:
        """The details that the correction changed; none where the event counts no more."""
        return changed_details(self.before.event.details, self.after.details) if self.after else []


def amendments_of(events: Iterable[Sealed]) -> list[Amendment]:
    """Return what corrections put right in a weapon's events, in the order of the record. Source: ITI 11."""
    standing: dict[int, Sealed] = {}
    found: list[Amendment] = []
    for sealed in sorted(events, key=lambda each: each.position):
        if sealed.event.kind is not EventKind.CORRECTED:
            standing[sealed.position] = sealed
        elif before := standing.pop(int(str(sealed.event.details["corrects"])), None):
            after = corrected(before.event, sealed.event.details)
            found.append(Amendment(sealed, before, after))
            if after:
                standing[before.position] = replace(before, event=after)
    return found


def corrected(event: Event, correction: Mapping[str, Plain]) -> Event | None:
    """Return what an event says after a correction in its JSON form; None where it counts no more."""
    if correction.get("void"):
        return None
    happened = PartialDate.parse(str(correction["happened"])) if "happened" in correction else event.happened
    details = correction.get("details")
    return replace(event, happened=happened, details=event.details if details is None else details)  # type: ignore[arg-type]


def changed_details(before: Mapping[str, Plain], after: Mapping[str, Plain]) -> list[Change]:
    """Return the details in which two readings of one event differ, by name."""
    names = sorted(before.keys() | after.keys())
    return [(name, before.get(name), after.get(name)) for name in names if before.get(name) != after.get(name)]
