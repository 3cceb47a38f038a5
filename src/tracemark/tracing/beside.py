"""A reading laid beside the serial that the search compared it with, place by place, in the signs as written.

The search tells how many places agree, look alike and differ, and not which. The laying costs what the search's own
channel says, and the number of look-alikes is the one it told, so that picture and words agree.
"""

import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from tracemark.kernel import Plain
from tracemark.marking import fold_serial
from tracemark.tracing.matching import Certainty, Reading, Weights, parse_reading

_WRITTEN = re.compile(r"\[[^\]]*\]|.", re.DOTALL)
_DOUBT = "(?)"


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
    cost: float = field(default=0.0, compare=False)


def signs_read(reading: Reading) -> list[Sign]:
    """Return the places of a reading in the signs the examiner wrote, of whatever script."""
    text = reading.raw.strip()
    body = text.removesuffix(_DOUBT) if reading.certainty is Certainty.DOUBTFUL else text
    found: list[Sign] = []
    for written in _WRITTEN.findall(body):
        if written == "[" or not reading.places:
            break
        places = parse_reading(written).places
        for place in places:
            if not (place.gap and found and found[-1].gap):
                found.append(Sign(_shown(written, len(places), place.allowed), place.allowed, place.gap))
    if [(each.allowed, each.gap) for each in found] == [(each.allowed, each.gap) for each in reading.places]:
        return found
    return [Sign("/".join(each.allowed) or "?", each.allowed, each.gap) for each in reading.places]


def signs_recorded(serial: str) -> list[Sign]:
    """Return the places of a serial on record in its own signs; what separates them says nothing."""
    return [
        Sign(written if len(fold_serial(written)) == 1 else folded, folded)
        for written in serial
        for folded in fold_serial(written)
    ]


def lay_beside(reading: Reading, serial: str, weights: Weights, told: Mapping[str, Plain]) -> list[Cell]:
    """Lay a reading beside a serial on record. `told` are the facts of the search's reason on that serial."""
    laid = _Laying(signs_read(reading), signs_recorded(serial), weights, _power(reading, weights)).cells()
    alike = sorted((each.cost, place) for place, each in enumerate(laid) if each.how is Agreement.DIFFERS)
    closest = {place for _, place in alike[: int(str(told.get("look_alike", 0)))]}
    return [replace(each, how=Agreement.LOOKS_ALIKE) if place in closest else each for place, each in enumerate(laid)]


def _shown(written: str, places: int, allowed: str) -> str:
    if written.startswith("["):
        return "/".join(written[1:-1])
    return written if places == 1 else allowed


def _power(reading: Reading, weights: Weights) -> float:
    if reading.certainty is Certainty.DOUBTFUL:
        return weights.certainty["doubtful"]
    return weights.certainty["marked" if reading.marked else "plain"]


_Path = tuple[float, tuple[Cell, ...]]


class _Laying:
    """The cheapest way from a serial to a reading, through a table of all beginnings of both."""

    def __init__(self, read: list[Sign], recorded: list[Sign], weights: Weights, power: float) -> None:
        self._read, self._recorded, self._misread, self._power = read, recorded, weights.misread, power
        self._of = {name: -math.log(chance) for name, chance in weights.channel.items()}
        self._table: dict[tuple[int, int], _Path] = {(0, 0): (0.0, ())}

    def cells(self) -> list[Cell]:
        rows, columns = len(self._read), len(self._recorded)
        for row in range(rows + 1):
            for column in range(columns + 1):
                if row or column:
                    self._table[row, column] = min(self._ways(row, column), key=lambda path: path[0])
        ends = [self._table[rows, columns], *(self._lost(rows, column) for column in range(columns))]
        return list(min(ends, key=lambda path: path[0])[1])

    def _ways(self, row: int, column: int) -> Iterator[_Path]:
        """Yield the ways into a place of the table: both go on, only the reading does, only the serial does."""
        read = self._read[row - 1] if row else None
        if read and read.gap:
            yield self._table[row - 1, column]
        if column:
            yield from self._only_recorded(row, column, in_gap=bool(read and read.gap))
        if read and not read.gap:
            yield self._step(
                (row - 1, column), self._of["inserted"] * self._power, Cell(read.written, "", Agreement.ADDED)
            )
            if column:
                yield self._both(read, row, column)
        if row > 1 and column > 1 and self._crossed(row, column):
            yield self._swapped(row, column)

    def _only_recorded(self, row: int, column: int, *, in_gap: bool) -> Iterator[_Path]:
        sign = self._recorded[column - 1]
        if in_gap:
            yield self._step((row, column - 1), self._of["gap_each"], _absent(sign, Agreement.GAP))
        else:
            missed = self._of["missed"] * self._power
            yield self._step((row, column - 1), missed, _absent(sign, Agreement.LEFT_OUT))
        if not row:
            head = tuple(_absent(each, Agreement.LOST) for each in self._recorded[:column])
            yield self._of["lost"] + column * self._of["lost_each"], head

    def _lost(self, row: int, column: int) -> _Path:
        """The serial went on where the reading ended."""
        cost, cells = self._table[row, column]
        tail = [_absent(each, Agreement.LOST) for each in self._recorded[column:]]
        return cost + self._of["lost"] + len(tail) * self._of["lost_each"], (*cells, *tail)

    def _both(self, read: Sign, row: int, column: int) -> _Path:
        sign = self._recorded[column - 1]
        if not read.allowed:
            return self._step((row - 1, column - 1), 0.0, _pair(read, sign, Agreement.UNREAD))
        if sign.allowed in read.allowed:
            same = sign.written.casefold() in read.written.casefold().split("/")
            how = Agreement.AGREES if same else Agreement.FOLDS
            return self._step((row - 1, column - 1), 0.0, _pair(read, sign, how))
        cost = min(self._cost(each, sign.allowed) for each in read.allowed) * self._power
        return self._step((row - 1, column - 1), cost, _pair(read, sign, Agreement.DIFFERS, cost))

    def _cost(self, one: str, other: str) -> float:
        chance = self._misread.get(one + other) or self._misread.get(other + one)
        return -math.log(chance) if chance else self._of["other"]

    def _crossed(self, row: int, column: int) -> bool:
        read, recorded = self._read[row - 2 : row], self._recorded[column - 2 : column]
        known = all(len(each.allowed) == 1 for each in read)
        crossed = read[0].allowed == recorded[1].allowed and read[1].allowed == recorded[0].allowed
        return known and crossed and read[0].allowed != read[1].allowed

    def _swapped(self, row: int, column: int) -> _Path:
        cost, cells = self._table[row - 2, column - 2]
        pairs = zip(self._read[row - 2 : row], self._recorded[column - 2 : column], strict=True)
        return cost + self._of["swapped"], (*cells, *(_pair(*each, Agreement.SWAPPED) for each in pairs))

    def _step(self, before: tuple[int, int], cost: float, cell: Cell) -> _Path:
        so_far, cells = self._table[before]
        return so_far + cost, (*cells, cell)


def _pair(read: Sign, recorded: Sign, how: Agreement, cost: float = 0.0) -> Cell:
    return Cell(read.written, recorded.written, how, recorded.allowed, cost)


def _absent(recorded: Sign, how: Agreement) -> Cell:
    return Cell("", recorded.written, how, recorded.allowed)
