from collections.abc import Callable, Sequence
from functools import partial, reduce
from itertools import combinations
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from tracemark.tracing.matching.kernels import kernel
from tracemark.tracing.matching.keys import (
    WIDTH,
    Codes,
    Keys,
    Lows,
    counted_before,
    empty_masks,
    first_at_least,
    is_long,
    low_at,
    low_place,
    mark,
    unpack,
)
from tracemark.tracing.matching.segments import Segment, assembled, mark_identity
from tracemark.tracing.matching.spaces import Memory, Space
from tracemark.tracing.matching.tallies import Tally, added, less, tally_of

Array = NDArray[Any]
Places = NDArray[np.int32]
"""Where each row or key goes; `_GONE` for what is superseded."""

_GONE = -1
_WINDOW = 1 << 20


class _Rows(NamedTuple):
    high: Keys
    lows: Lows
    weapons: Array
    mark_numbers: Array


class _Order(NamedTuple):
    keys: Keys
    rows: Array
    places: Places


def merge_segments(parts: Sequence[Segment], space: Space | None = None) -> Segment:
    """Merge segments, without what is superseded in them, into the one that would be built of what is left.

    Codes of attributes mean the same in all. Nothing is sorted: where a row goes is its place among its own, and how
    many of each other part come before it. What was counted is added, and what is superseded taken away. It needs eight
    bytes a mark in memory, beside `space`.
    """
    space = space or Memory()
    makers = _aligned([each.makers for each in parts])
    places = _places(parts, makers)
    count = sum(each.standing_marks for each in parts)
    orders = {name: _gathered(parts, places, name, count, space) for name in _COLUMNS}
    orders |= _lows(parts, places, count, space)
    whole = [np.array([0, len(each)]) for each in parts]
    for name, starts in (("maker_backward", makers), ("forward", whole), ("backward", whole)):
        orders |= _ordered(parts, places, name, starts, count, space)
    tally = reduce(added, (_tally(part, own) for part, own in zip(parts, places, strict=True)))
    left = np.sum([_left(part, own, each) for part, own, each in zip(parts, places, makers, strict=True)], axis=0)
    return assembled(orders, tally, left, space)


_COLUMNS = ("high", "mark_numbers", "weapons", "attributes")


def _aligned(makers: Sequence[Array]) -> list[Array]:
    """Let all tell where rows start of as many makers."""
    most = max(map(len, makers))
    return [np.concatenate([each, np.full(most - len(each), each[-1])]) for each in makers]


def _places(parts: Sequence[Segment], makers: Sequence[Array]) -> list[Places]:
    """Return the row that each row of each part has in the merged segment."""
    places = [np.empty(len(each), np.int32) for each in parts]
    for each, own in zip(parts, places, strict=True):
        _count_standing(each.weapons, each.superseded, own)
    rows = [_Rows(each.high, each.lows, each.weapons, each.mark_numbers) for each in parts]
    for one, other in combinations(range(len(parts)), 2):
        _place_rows(rows[one], makers[one], places[one], rows[other], makers[other], places[other])
    return places


def _fill(count: int, writers: Sequence[Callable[[int, int], int]]) -> None:
    """Let the parts write in turn what goes to the next few places, so that files are written from end to end."""
    at = [0] * len(writers)
    for end in range(_WINDOW, count + _WINDOW, _WINDOW):
        at = [write(begin, end) for write, begin in zip(writers, at, strict=True)]


def _gathered(parts: Sequence[Segment], places: Sequence[Places], name: str, count: int, space: Space) -> Array:
    columns = [getattr(each, name) for each in parts]
    gathered = space.empty(name, (count, *columns[0].shape[1:]), np.result_type(*columns))
    _fill(count, [partial(_scatter, column, own, gathered) for column, own in zip(columns, places, strict=True)])
    return gathered


def _lows(parts: Sequence[Segment], places: Sequence[Places], count: int, space: Space) -> dict[str, Array]:
    masks = empty_masks(count)
    for part, own in zip(parts, places, strict=True):
        mark(masks, _long_places(part.lows, own))
    before = counted_before(masks)
    values = space.empty("low_values", (int(np.bitwise_count(masks).sum(dtype=np.int64)),), np.int64)
    for part, own in zip(parts, places, strict=True):
        _scatter_lows(part.lows, own, Lows(masks, before, values))
    kept = {
        name: space.empty(name, each.shape, each.dtype) for name, each in (("low_masks", masks), ("low_before", before))
    }
    kept["low_masks"][:], kept["low_before"][:] = masks, before
    return {**kept, "low_values": values}


def _ordered(
    parts: Sequence[Segment],
    places: Sequence[Places],
    name: str,
    starts: Sequence[Array],
    count: int,
    space: Space,
) -> dict[str, Array]:
    names = f"{name}_keys", f"{name}_rows"
    orders = [
        _Order(getattr(part, names[0]), getattr(part, names[1]), own) for part, own in zip(parts, places, strict=True)
    ]
    ranks = [np.empty(len(each), np.int32) for each in parts]
    for order, own in zip(orders, ranks, strict=True):
        _count_left(order, own)
    for one, other in combinations(range(len(parts)), 2):
        _place_keys(orders[one], starts[one], ranks[one], orders[other], starts[other], ranks[other])
    keys, rows = space.empty(names[0], (count,), np.int64), space.empty(names[1], (count,), np.int32)
    _fill(count, [partial(_scatter_order, order, own, keys, rows) for order, own in zip(orders, ranks, strict=True)])
    return dict(zip(names, (keys, rows), strict=True))


def _tally(part: Segment, places: Places) -> Tally:
    """Return the counts of what is left of a part."""
    if not part.superseded_marks:
        return part.population.tally
    gone = np.flatnonzero(places == _GONE)
    codes = np.zeros((len(gone), WIDTH), np.uint8)
    _unpack_rows(part.high, part.lows, gone, codes)
    return less(part.population.tally, tally_of(codes, part.attributes[gone]))


def _left(part: Segment, places: Places, makers: Array) -> Array:
    """Return how many rows are left of each maker, those of unknown maker first."""
    counts = np.diff(makers)
    if part.superseded_marks:
        gone = part.attributes[np.flatnonzero(places == _GONE), 0].astype(np.int64) + 1
        counts -= np.bincount(gone, minlength=len(counts))
    return counts


@kernel
def _count_standing(weapons: Array, superseded: NDArray[np.int64], places: Places) -> None:
    """Number the rows that are not superseded."""
    count = 0
    for row in range(len(weapons)):
        weapon = weapons[row]
        at = first_at_least(superseded, 0, len(superseded), weapon) if len(superseded) else 0
        if at < len(superseded) and superseded[at] == weapon:
            places[row] = _GONE
        else:
            places[row] = count
            count += 1


@kernel
def _count_left(order: _Order, ranks: Places) -> None:
    """Number the keys whose row is not superseded."""
    count = 0
    for place in range(len(order.rows)):
        if order.places[order.rows[place]] < 0:
            ranks[place] = _GONE
        else:
            ranks[place] = count
            count += 1


@kernel
def _unpack_rows(high: Keys, lows: Lows, rows: NDArray[np.int64], codes: Codes) -> None:
    for place in range(len(rows)):
        unpack(high[rows[place]], low_at(lows, rows[place]), codes[place])


@kernel
def _scatter(column: Array, places: Places, gathered: Array, begin: int, end: int) -> int:
    """Write the rows from `begin` on that go before place `end`, and return the first that does not."""
    for row in range(begin, len(places)):
        if places[row] >= end:
            return row
        if places[row] >= 0:
            gathered[places[row]] = column[row]
    return len(places)


@kernel
def _scatter_order(order: _Order, ranks: Places, keys: Keys, rows: Places, begin: int, end: int) -> int:
    """Write the keys from `begin` on that go before place `end`, and return the first that does not."""
    for place in range(begin, len(ranks)):
        if ranks[place] >= end:
            return place
        if ranks[place] >= 0:
            keys[ranks[place]] = order.keys[place]
            rows[ranks[place]] = order.places[order.rows[place]]
    return len(ranks)


@kernel
def _long_places(lows: Lows, places: Places) -> NDArray[np.int64]:
    found = np.empty(len(lows.values), np.int64)
    count = 0
    for row in range(len(places)):
        if is_long(lows, row) and places[row] >= 0:
            found[count] = places[row]
            count += 1
    return found[:count]


@kernel
def _scatter_lows(lows: Lows, places: Places, merged: Lows) -> None:
    for row in range(len(places)):
        if is_long(lows, row) and places[row] >= 0:
            merged.values[low_place(merged, places[row])] = low_at(lows, row)


@kernel
def _place_rows(
    rows: _Rows, makers: Array, places: Places, other_rows: _Rows, other_makers: Array, other_places: Places
) -> None:
    """Move the rows of two parts behind those of the other that come before them: by maker, serial and mark."""
    passed = 0
    other_passed = 0
    for maker in range(len(makers) - 1):
        one, other = makers[maker], other_makers[maker]
        end, other_end = makers[maker + 1], other_makers[maker + 1]
        while one < end or other < other_end:
            if one == end or other == other_end:
                first = other == other_end
            elif rows.high[one] != other_rows.high[other]:
                first = rows.high[one] < other_rows.high[other]
            else:
                low, other_low = low_at(rows.lows, one), low_at(other_rows.lows, other)
                if low != other_low:
                    first = low < other_low
                else:
                    first = mark_identity(rows.weapons[one], rows.mark_numbers[one]) <= mark_identity(
                        other_rows.weapons[other], other_rows.mark_numbers[other]
                    )
            if first:
                if places[one] >= 0:
                    places[one] += other_passed
                    passed += 1
                one += 1
            else:
                if other_places[other] >= 0:
                    other_places[other] += passed
                    other_passed += 1
                other += 1


@kernel
def _place_keys(
    order: _Order, starts: Array, ranks: Places, other_order: _Order, other_starts: Array, other_ranks: Places
) -> None:
    """Move the keys of two parts behind those of the other that come before them; those alike stand as their rows."""
    passed = 0
    other_passed = 0
    for part in range(len(starts) - 1):
        one, other = starts[part], other_starts[part]
        end, other_end = starts[part + 1], other_starts[part + 1]
        while one < end or other < other_end:
            if one == end or other == other_end:
                first = other == other_end
            elif order.keys[one] != other_order.keys[other]:
                first = order.keys[one] < other_order.keys[other]
            else:
                first = order.places[order.rows[one]] < other_order.places[other_order.rows[other]]
            if first:
                if ranks[one] >= 0:
                    ranks[one] += other_passed
                    passed += 1
                one += 1
            else:
                if other_ranks[other] >= 0:
                    other_ranks[other] += passed
                    other_passed += 1
                other += 1
