"""Which cells of a table may not be published, so that nobody can be told from a small number.

A table is published with its sums, and what stands in it can be reckoned back from them: a single missing cell of a row
is the row's sum without the others. Cells and sums are therefore edges between the lines they stand in. A missing one
can be reckoned exactly where it is the only way between its two lines, and cannot where it closes a ring of missing
ones. Every ring here is of cells above nothing, so each can be one more or one less, and all that is published stands.
"""

import heapq
from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import count

SUM = "\x00sum"
"""Stands in a key for the sum over that breakdown."""

Key = tuple[str, ...]
_Line = tuple[int, str]

_MOST_BREAKDOWNS = 2


def with_sums(cells: Mapping[Key, int]) -> dict[Key, int]:
    """Return a table of one or two breakdowns with all its sums, each under a key in which `SUM` stands.

    Raises:
        ValueError: it has more breakdowns, whose sums are not guarded here.
    """
    whole: dict[Key, int] = dict(cells)
    for key, number in cells.items():
        if len(key) > _MOST_BREAKDOWNS:
            raise ValueError("a table of more than two breakdowns")
        for kept in _sums_of(key):
            whole[kept] = whole.get(kept, 0) + number
    return whole


def suppressed(cells: Mapping[Key, int], least: int, also: Collection[Key] = ()) -> frozenset[Key]:
    """Return the keys, of cells and of sums, that may not be published where numbers from 1 to below `least` may not.

    Besides those it names others, of the smallest numbers that do, so that none can be reckoned from what is published.
    Nothing (0) is published. Where a small number cannot be guarded the whole table is withheld. `also` are withheld
    whatever their number, because of something outside of the table.
    """
    whole = {key: number for key, number in with_sums(cells).items() if number}
    hidden = {key for key, number in whole.items() if number < least or key in also}
    waiting = sorted(hidden)
    while waiting:
        added = _ring(waiting.pop(), whole, hidden)
        if added is None:
            return frozenset(with_sums(cells))
        new = added - hidden
        hidden |= new
        waiting += sorted(new)
    return frozenset(hidden)


def _sums_of(key: Key) -> Iterator[Key]:
    if len(key) == 1:
        yield (SUM,)
    elif key:
        yield from ((key[0], SUM), (SUM, key[1]), (SUM, SUM))


def _lines(key: Key) -> tuple[_Line, _Line]:
    """The two lines a cell stands in; all cells of a table of one breakdown stand in the same two."""
    return ((0, key[0]), (1, key[1])) if len(key) > 1 else ((0, ""), (1, ""))


def _ring(key: Key, whole: Mapping[Key, int], hidden: Iterable[Key]) -> set[Key] | None:
    """Return the cheapest way between the two lines of a cell, itself not used; what is hidden already costs nothing.

    None where there is no other way.
    """
    ends: dict[_Line, list[tuple[Key, _Line]]] = {}
    for each in whole:
        if each != key:
            first, second = _lines(each)
            ends.setdefault(first, []).append((each, second))
            ends.setdefault(second, []).append((each, first))
    start, goal = _lines(key)
    known, turn = set(hidden), count()
    reached = set[_Line]()
    ahead: list[tuple[int, int, _Line, frozenset[Key]]] = [(0, next(turn), start, frozenset())]
    while ahead:
        cost, _, line, way = heapq.heappop(ahead)
        if line == goal:
            return set(way)
        if line in reached:
            continue
        reached.add(line)
        for each, other in ends.get(line, ()):
            if other not in reached:
                price = 0 if each in known else whole[each]
                heapq.heappush(ahead, (cost + price, next(turn), other, way | {each}))
    return None
