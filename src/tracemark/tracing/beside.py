"""A reading laid beside the serial that the search compared it with, place by place, in the signs as written."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from tracemark.marking import fold_serial
from tracemark.tracing.matching import Place, Reading, Step, shortened


class Agreement(StrEnum):
    """How one place of a reading stands to the record. `FOLDS`: the same once both are folded, in other signs."""

    AGREES = "agrees"
    FOLDS = "folds"
    UNREAD = "unread"
    LOOKS_ALIKE = "looks_alike"
    DIFFERS = "differs"
    SWAPPED = "swapped"
    ADDED = "added"
    LEFT_OUT = "left_out"
    LOST = "lost"
    GAP = "gap"


@dataclass(frozen=True, slots=True)
class Sign:
    """One place as it was written, and the folded characters it may be: none where it could not be read."""

    written: str
    allowed: str = ""
    gap: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """One place of both: what was read, what stands on record, how they agree. `folded` is the record's sign folded."""

    read: str
    recorded: str
    how: Agreement
    folded: str = ""


_HOW = {
    "look_alike": Agreement.LOOKS_ALIKE,
    "misread": Agreement.DIFFERS,
    "added": Agreement.ADDED,
    "left_out": Agreement.LEFT_OUT,
    "swapped": Agreement.SWAPPED,
    "lost_head": Agreement.LOST,
    "lost_tail": Agreement.LOST,
    "unread": Agreement.UNREAD,
    "in_gap": Agreement.GAP,
}


def signs_read(reading: Reading) -> list[Sign]:
    """Return the places of a reading in the signs the examiner wrote, of whatever script."""
    return [Sign(_written(each), each.allowed, each.gap) for each in reading.places]


def signs_recorded(serial: str) -> list[Sign]:
    """Return the places of a serial on record in its own signs; what separates them says nothing."""
    return [
        Sign(written if len(fold_serial(written)) == 1 else folded, folded)
        for written in serial
        for folded in fold_serial(written)
    ]


def lay_beside(reading: Reading, serial: str, steps: Sequence[Step]) -> list[Cell]:
    """Lay a reading beside a serial on record as the search did: `steps` are those of its reason on that serial."""
    places = reading.places if any(each.gap for each in reading.places) else shortened(reading.places)
    read = [Sign(_written(each), each.allowed) for each in places if not each.gap]
    recorded = shortened(tuple(signs_recorded(serial)))
    return [
        _cell(
            None if step.place is None else read[step.place],
            None if step.at is None else recorded[step.at],
            step.how,
        )
        for step in steps
    ]


def _written(place: Place) -> str:
    return "/".join(place.written or place.allowed) or "?"


def _cell(read: Sign | None, recorded: Sign | None, how: str) -> Cell:
    agreement = _HOW.get(how)
    if agreement is None:
        same = read and recorded and recorded.written.casefold() in read.written.casefold().split("/")
        agreement = Agreement.AGREES if same else Agreement.FOLDS
    return Cell(
        read.written if read else "",
        recorded.written if recorded else "",
        agreement,
        recorded.allowed if recorded else "",
    )
