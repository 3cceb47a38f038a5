"""How many weapons, or purchases of weapons, the rows of a range of serials stand for."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from tracemark.tracing.matching.kernels import inner
from tracemark.tracing.matching.keys import BITS, Keys, Lows, first_at_least, low_at
from tracemark.tracing.matching.numberings import DIGITS

FEW = 32
"""Among no more rows than these weapons are counted, among more it is rows."""

_MANY = 256
"""Among no more rows than these a lot is counted once, if lots are; among more it is rows."""

_LONGEST = 64
"""So far on either side a lot is followed to tell how many weapons are of it."""

_ONE_MORE, _ONE_MORE_AND_ZEROS = 1, (55, 3511, 224_695)
"""How much greater a packed number is than the one before: by its last digit, or as one to three 9s become 0."""


class Marks(NamedTuple):
    """Serials sorted by maker, of which each one's rows begin at `makers`, with the weapon that bears each."""

    high: Keys
    lows: Lows
    weapons: NDArray[np.int64]
    makers: NDArray[np.int64]


@inner
def among(
    marks: Marks,
    begin: int,
    end: int,
    rows: NDArray[np.int32],
    but: int,
    once: bool,  # noqa: FBT001 - compiled
    whole: int,
) -> int:
    """Count the weapons of a range without weapon `but`; those of a lot `once`, where the `whole` is of few rows."""
    if not once:
        return weapons_among(marks, begin, end, rows, but)
    return _lots_among(marks, begin, end, rows, but) if whole <= _MANY else end - begin


@inner
def weapons_among(marks: Marks, begin: int, end: int, rows: NDArray[np.int32], but: int) -> int:
    """Count the weapons of a range of a trie without weapon `but`; of many rows, count rows."""
    if end - begin > FEW:
        return end - begin
    count = 0
    last = -1
    for place in range(begin, end):
        row = rows[place] if len(rows) else place
        same = last >= 0 and marks.weapons[row] == marks.weapons[last] and _alike(marks, last, row)
        if not same and marks.weapons[row] != but:
            count += 1
        last = row
    return count


@inner
def _lots_among(marks: Marks, begin: int, end: int, rows: NDArray[np.int32], but: int) -> int:
    """Count the weapons of a range of a trie without weapon `but`, those of one maker's consecutive numbers once."""
    count = 0
    last = -1
    for place in range(begin, end):
        row = rows[place] if len(rows) else place
        if marks.weapons[row] == but:
            continue
        if last < 0:
            count += 1
        elif _alike(marks, last, row):
            count += marks.weapons[row] != marks.weapons[last]
        else:
            count += not (_follows(marks, last, row) and _of_one_maker(marks.makers, last, row))
        last = row
    return count


@inner
def lot_of(marks: Marks, row: int, begin: int, end: int) -> int:
    """Return how many of a maker's rows, from `begin` to `end`, are of consecutive numbers with one row."""
    first, last = row, row
    while first > max(begin, row - _LONGEST) and _goes_on(marks, first - 1, first):
        first -= 1
    while last + 1 < min(end, row + _LONGEST) and _goes_on(marks, last, last + 1):
        last += 1
    return last - first + 1


@inner
def _goes_on(marks: Marks, one: int, other: int) -> bool:
    return _alike(marks, one, other) or _follows(marks, one, other)


@inner
def _alike(marks: Marks, one: int, other: int) -> bool:
    """Tell whether two rows have one number."""
    return bool(marks.high[one] == marks.high[other] and low_at(marks.lows, one) == low_at(marks.lows, other))


@inner
def _follows(marks: Marks, one: int, other: int) -> bool:
    """Tell whether the number of a row is the next after another's: its last digits one more, all else alike."""
    if low_at(marks.lows, one) != low_at(marks.lows, other):
        return False
    step, key = marks.high[other] - marks.high[one], marks.high[one]
    while step > 0 and step & 63 == 0 and (key & 63 == 0 or key & 63 > DIGITS):
        step >>= BITS
        key >>= BITS
    digit = key & 63
    if digit == DIGITS:
        return bool(step in _ONE_MORE_AND_ZEROS)
    return bool(0 < digit < DIGITS and step == _ONE_MORE)


@inner
def _of_one_maker(makers: NDArray[np.int64], one: int, other: int) -> bool:
    least, most = min(one, other), max(one, other)
    following = first_at_least(makers, 0, len(makers), least + 1)
    return following == len(makers) or makers[following] > most
