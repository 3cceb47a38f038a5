"""A reading laid beside a serial on record, place by place, for the eye.

It shows; it does not weigh. What a candidate's chance rests on is the search's own comparison, told in its reasons.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from tracemark.marking import fold_serial, look_alike_key
from tracemark.tracing import Reading

_COSTS = {"agrees": 0.0, "unread": 0.2, "looks_alike": 1.0, "differs": 2.0, "added": 2.5, "left_out": 2.5, "gap": 0.05}


@dataclass(frozen=True, slots=True)
class Cell:
    """One place: what was read, what stands on record, and how they agree (a key of the costs)."""

    read: str
    recorded: str
    how: str


@dataclass(frozen=True, slots=True)
class Echo:
    """One place of a reading as it was understood; `how` is sure, one_of, unread or gap."""

    text: str
    how: str


def echoed(reading: Reading) -> list[Echo]:
    """Return how a reading was understood, place by place."""
    return [_echo(place.allowed, gap=place.gap) for place in reading.places]


def aligned(reading: Reading, serial: str) -> list[Cell]:
    """Lay a reading beside a serial so that as many places as possible agree."""
    return _aligned(tuple((each.allowed, each.gap) for each in reading.places), fold_serial(serial))[1]


def distance(reading: Reading, serial: str) -> float:
    """Return how far a reading lies from a serial, to choose the mark it is laid beside."""
    return _aligned(tuple((each.allowed, each.gap) for each in reading.places), fold_serial(serial))[0]


Places = tuple[tuple[str, bool], ...]
Path = tuple[float, list[Cell]]


@lru_cache(maxsize=256)
def _aligned(places: Places, serial: str) -> Path:
    rows: list[list[Path]] = [[(0.0, [])] * (len(serial) + 1) for _ in range(len(places) + 1)]
    for row in range(len(places) + 1):
        for column in range(len(serial) + 1):
            if row or column:
                rows[row][column] = min(_ways(rows, row, column, places, serial), key=lambda path: path[0])
    return rows[-1][-1]


def _ways(rows: list[list[Path]], row: int, column: int, places: Places, serial: str) -> Iterator[Path]:
    """Yield the ways into a cell of the table: both go on, only the reading does, only the serial does."""
    allowed, gap = places[row - 1] if row else ("", False)
    sign = serial[column - 1] if column else ""
    if row and column and not gap:
        yield _step(rows[row - 1][column - 1], Cell(_shown(allowed), sign, _agreement(allowed, sign)))
    if row and gap:
        yield rows[row - 1][column]
    elif row:
        yield _step(rows[row - 1][column], Cell(_shown(allowed), "", "added"))
    if column and row and gap:
        yield _step(rows[row][column - 1], Cell("", sign, "gap"))
    elif column:
        yield _step(rows[row][column - 1], Cell("", sign, "left_out"))


def _step(path: Path, cell: Cell) -> Path:
    return path[0] + _COSTS[cell.how], [*path[1], cell]


def _agreement(allowed: str, sign: str) -> str:
    if not allowed:
        return "unread"
    if sign in allowed:
        return "agrees"
    alike = any(look_alike_key(each) == look_alike_key(sign) for each in allowed)
    return "looks_alike" if alike else "differs"


def _shown(allowed: str) -> str:
    return "/".join(allowed) or "?"


def _echo(allowed: str, *, gap: bool) -> Echo:
    if gap:
        return Echo("…", "gap")
    return Echo(_shown(allowed), "unread" if not allowed else "sure" if len(allowed) == 1 else "one_of")
