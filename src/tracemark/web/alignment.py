"""Readings place by place, for the eye: as they were understood, and beside the serials on record."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from tracemark.marking import Mark, fold_serial
from tracemark.tracing import Candidate, Cell, Reading, Reason, Sign, lay_beside, signs_read

_SERIAL_REASONS = ("tracing.serial_agrees", "tracing.reading_on_no_mark")


@dataclass(frozen=True, slots=True)
class Echo:
    """One place of a reading as it was understood; `how` is sure, one_of, unread or gap."""

    text: str
    how: str


@dataclass(frozen=True, slots=True)
class Beside:
    """A reading laid beside the serial that the search compared it with. `folded` pairs signs with Latin ones."""

    text: str
    serial: str
    cells: list[Cell]
    folded: list[tuple[str, str]]


def echoed(reading: Reading) -> list[Echo]:
    """Return how a reading was understood, place by place, in the signs as written."""
    return [_echo(each) for each in signs_read(reading)]


def folded_signs(signs: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """Return the signs that are compared by another than themselves, each once, with the Latin one it counts as."""
    return list(dict.fromkeys((one, other) for one, other in signs if other and one.casefold() != other.casefold()))


def signs_of_reading(reading: Reading) -> list[tuple[str, str]]:
    """Return the signs a reading was written in, each with the Latin one it counts as; alternatives are left out."""
    return [(each.written, each.allowed) for each in signs_read(reading) if len(each.allowed) == 1]


def laid_beside(readings: Sequence[Reading], candidate: Candidate, marks: Sequence[Mark]) -> list[Beside]:
    """Lay each legible reading beside the serial that the search compared it with, as its reasons tell."""
    reasons = (each for each in candidate.reasons if each.code in _SERIAL_REASONS)
    pairs = zip((each for each in readings if each.legible), reasons, strict=False)
    return [_beside(reading, reason, marks) for reading, reason in pairs if reason.steps]


def _beside(reading: Reading, reason: Reason, marks: Sequence[Mark]) -> Beside:
    compared = str(reason.facts["serial"])
    serial = next(_as_recorded(compared, marks), compared)
    cells = lay_beside(reading, serial, reason.steps)
    signs = [*signs_of_reading(reading), *((each.recorded, each.folded) for each in cells)]
    return Beside(reading.raw, serial, cells, folded_signs(signs))


def _as_recorded(compared: str, marks: Iterable[Mark]) -> Iterator[str]:
    """The search keeps serials folded; the record has them as they were written."""
    return (mark.serial for mark in marks if fold_serial(mark.serial) == compared)


def _echo(sign: Sign) -> Echo:
    if sign.gap:
        return Echo("…", "gap")
    return Echo(sign.written, "unread" if not sign.allowed else "sure" if len(sign.allowed) == 1 else "one_of")
