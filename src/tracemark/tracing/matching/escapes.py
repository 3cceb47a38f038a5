"""How predictable a register's serials are: what each weapon's serial teaches about a weapon that is not there."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from tracemark.tracing.matching.kernels import kernel
from tracemark.tracing.matching.keys import BITS, FIRST_SHIFT, PACKED, Keys, first_at_least

Floats = NDArray[np.float64]

WAYS = 4
"""So many ways of going on, or more, are counted alike."""

_SIZES = 32
_MOST_ASKED = 50_000
_PRIOR, _PRIOR_HERE = 2.0, 8.0
FEW = 32
"""Among no more rows than these weapons are counted, among more it is rows."""


class Marks(NamedTuple):
    """Serials sorted by maker, of which each one's rows begin at `makers`, with the weapon that bears each."""

    high: Keys
    low: Keys
    weapons: NDArray[np.int64]
    makers: NDArray[np.int64]


def escapes_of(marks: Marks) -> Floats:
    """Ask weapons spread over the register: had you been absent, would the others have told how your serial goes on?

    Returns shape (32, 4, 10): the share that went on as no other of the same maker and the same beginning does, by how
    many others there are (binary logarithm), in how many ways they go on, and how many characters are behind. Where few
    could be asked it is drawn towards the share at any number of characters, and that towards what is usual in texts:
    ways / (others + ways).
    """
    asked, escaped = np.zeros((_SIZES, WAYS, PACKED)), np.zeros((_SIZES, WAYS, PACKED))
    step = max(1, len(marks.high) // _MOST_ASKED)
    _ask(marks, step, asked, escaped)
    others = 1.5 * 2.0 ** np.arange(_SIZES)[:, np.newaxis]
    ways = np.arange(1, WAYS + 1)
    anywhere = (escaped.sum(axis=2) + _PRIOR * ways / (others + ways)) / (asked.sum(axis=2) + _PRIOR)
    found: Floats = (escaped + _PRIOR_HERE * anywhere[:, :, np.newaxis]) / (asked + _PRIOR_HERE)
    return found


@kernel
def size_class(others: int) -> int:
    """Return the binary logarithm of a number from 1 on, rounded down."""
    found = 0
    while others > 1:
        others >>= 1
        found += 1
    return found


@kernel
def weapons_among(marks: Marks, begin: int, end: int, rows: NDArray[np.int32], but: int) -> int:
    """Count the weapons of a range of a trie without weapon `but`; of many rows, count rows."""
    if end - begin > FEW:
        return end - begin
    count = 0
    last = -1
    for place in range(begin, end):
        row = rows[place] if len(rows) else place
        same = last >= 0 and (
            marks.weapons[row] == marks.weapons[last]
            and marks.high[row] == marks.high[last]
            and marks.low[row] == marks.low[last]
        )
        if not same and marks.weapons[row] != but:
            count += 1
        last = row
    return count


@kernel
def _ask(marks: Marks, step: int, asked: Floats, escaped: Floats) -> None:
    none = np.zeros(0, np.int32)
    maker = 0
    for row in range(0, len(marks.high), step):
        while marks.makers[maker + 1] <= row:
            maker += 1
        begin, end = marks.makers[maker], marks.makers[maker + 1]
        key, weapon = marks.high[row], marks.weapons[row]
        for depth in range(PACKED):
            others = weapons_among(marks, begin, end, none, weapon)
            if others == 0 or key == 0:
                break
            shift = FIRST_SHIFT - BITS * depth
            code = (key >> shift) & 63
            ways = 0
            own = 0
            first = begin
            begun, ended = begin, begin
            while first < end and (ways < WAYS or first <= row):
                other = marks.high[first] >> shift
                last = first_at_least(marks.high, first, end, (other + 1) << shift)
                like = weapons_among(marks, first, last, none, weapon)
                ways += like > 0
                if other & 63 == code:
                    own = like
                    begun, ended = first, last
                first = last
            size, way = size_class(others), min(ways, WAYS) - 1
            asked[size, way, depth] += 1
            if own == 0:
                escaped[size, way, depth] += 1
                break
            if code == 0:
                break
            begin, end = begun, ended
