from typing import Any

import numpy as np
from numpy.typing import NDArray

from tracemark.tracing.matching.kernels import kernel
from tracemark.tracing.matching.keys import WIDTH, Codes, Keys, unpack
from tracemark.tracing.matching.segments import Segment, assembled

Array = NDArray[Any]
Places = NDArray[np.int32]

_GONE = -1


def merge_segments(one: Segment, other: Segment) -> Segment:
    """Merge two segments, without what is superseded in either, into the one that would be built of what is left.

    Codes of attributes mean the same in both. Every order is merged in one pass; nothing is sorted.
    """
    makers = _aligned(one.makers, other.makers)
    whole = (np.array([0, len(one)]), np.array([0, len(other)]))
    places = _places(one, other, makers)
    count = one.standing_marks + other.standing_marks
    pairs = ((one, places[0]), (other, places[1]))
    orders = {name: _gathered(pairs, name, count) for name in ("high", "low", "marks", "weapons", "attributes")}
    for name, ranges in (("maker_backward", makers), ("forward", whole), ("backward", whole)):
        keys, rows = np.empty(count, np.int64), np.empty(count, np.int32)
        first, second = ((getattr(each, f"{name}_keys"), getattr(each, f"{name}_rows")) for each, _ in pairs)
        _merge(*first, places[0], ranges[0], *second, places[1], ranges[1], keys, rows)
        orders |= {f"{name}_keys": keys, f"{name}_rows": rows}
    codes = np.zeros((count, WIDTH), np.uint8)
    _unpack_all(orders["high"], orders["low"], codes)
    return assembled(orders, codes)


def _aligned(one: Array, other: Array) -> tuple[Array, Array]:
    """Let both tell where rows start of as many makers."""
    most = max(len(one), len(other))
    first, second = (np.concatenate([each, np.full(most - len(each), each[-1])]) for each in (one, other))
    return first, second


def _places(one: Segment, other: Segment, makers: tuple[Array, Array]) -> tuple[Places, Places]:
    """Return the row that each row of both has in the merged segment."""
    places = [np.zeros(len(each), np.int32) for each in (one, other)]
    for each, of in zip((one, other), places, strict=True):
        of[~each.stands(each.weapons)] = _GONE
    _place(one.high, one.low, one.marks, places[0], makers[0], other.high, other.low, other.marks, places[1], makers[1])
    return places[0], places[1]


def _gathered(pairs: tuple[tuple[Segment, Places], ...], name: str, count: int) -> Array:
    columns = [getattr(segment, name) for segment, _ in pairs]
    gathered = np.empty((count, *columns[0].shape[1:]), np.result_type(*columns))
    for column, (_, places) in zip(columns, pairs, strict=True):
        _scatter(column, places, gathered)
    return gathered


@kernel
def _scatter(column: Array, places: Places, gathered: Array) -> None:
    for row in range(len(places)):
        if places[row] >= 0:
            gathered[places[row]] = column[row]


@kernel
def _place(  # noqa: PLR0913, PLR0917 - compiled
    high: Keys,
    low: Keys,
    marks: Array,
    places: Places,
    makers: Array,
    other_high: Keys,
    other_low: Keys,
    other_marks: Array,
    other_places: Places,
    other_makers: Array,
) -> None:
    count = 0
    for maker in range(len(makers) - 1):
        one, other = makers[maker], other_makers[maker]
        end, other_end = makers[maker + 1], other_makers[maker + 1]
        while one < end or other < other_end:
            if one < end and places[one] < 0:
                one += 1
                continue
            if other < other_end and other_places[other] < 0:
                other += 1
                continue
            if one == end:
                first = False
            elif other == other_end or high[one] != other_high[other]:
                first = other == other_end or high[one] < other_high[other]
            elif low[one] != other_low[other]:
                first = low[one] < other_low[other]
            else:
                first = marks[one] < other_marks[other]
            if first:
                places[one] = count
                one += 1
            else:
                other_places[other] = count
                other += 1
            count += 1


@kernel
def _merge(  # noqa: PLR0913, PLR0917 - compiled
    keys: Keys,
    rows: Array,
    places: Places,
    starts: Array,
    other_keys: Keys,
    other_rows: Array,
    other_places: Places,
    other_starts: Array,
    merged_keys: Keys,
    merged_rows: Places,
) -> None:
    count = 0
    for part in range(len(starts) - 1):
        one, other = starts[part], other_starts[part]
        end, other_end = starts[part + 1], other_starts[part + 1]
        while one < end or other < other_end:
            place = places[rows[one]] if one < end else 0
            other_place = other_places[other_rows[other]] if other < other_end else 0
            if place < 0:
                one += 1
            elif other_place < 0:
                other += 1
            elif other == other_end or (
                one < end
                and (keys[one] < other_keys[other] or (keys[one] == other_keys[other] and place < other_place))
            ):
                merged_keys[count], merged_rows[count] = keys[one], place
                one += 1
                count += 1
            else:
                merged_keys[count], merged_rows[count] = other_keys[other], other_place
                other += 1
                count += 1


@kernel
def _unpack_all(high: Keys, low: Keys, codes: Codes) -> None:
    for row in range(len(high)):
        unpack(high[row], low[row], codes[row])
