"""Going through all serials for a reading that is exact where it is legible: one comparison a serial and place."""

from typing import NamedTuple

import numpy as np

from tracemark.tracing.matching.alignments import Costs, Rows, row_cost, start_row
from tracemark.tracing.matching.channels import Probe
from tracemark.tracing.matching.kernels import kernel
from tracemark.tracing.matching.keys import (
    BITS,
    FIRST_SHIFT,
    PACKED,
    WIDTH,
    Keys,
    Lows,
    first_at_least,
    is_long,
    low_at,
    unpack,
)
from tracemark.tracing.matching.segments import Trie

_BLOCK = 2048
_CHARACTER = (1 << BITS) - 1


class Sieve(NamedTuple):
    """What a key must hold: `value` under `mask`, shifted down by 0 to `shifts` - 1 places.

    `anywhere` is for a run of which nobody knows how far behind the beginning it stands. `last_value` under `last_mask`
    is what stands at the end of a serial, its last character lowest.
    """

    mask: int
    value: int
    last_mask: int
    last_value: int
    shifts: int
    anywhere: bool


@kernel
def sieve_of(probe: Probe) -> Sieve:
    """Return the sieve of a reading: its places from the beginning, or its longest run where the beginning is open.

    Nothing that fits without error is held back.
    """
    last_mask, last_value = _ending(probe)
    if not probe.gaps[0]:
        mask, value = _pattern(probe, 0, _until_gap(probe))
        return Sieve(mask, value, last_mask, last_value, 1, False)  # noqa: FBT003 - compiled
    begin, end = 0, 0
    for place in range(len(probe.known)):
        run_end = _run_end(probe, place)
        if run_end - place > end - begin:
            begin, end = place, run_end
    end = min(end, begin + PACKED)
    mask, value = _pattern(probe, begin, end)
    empty = BITS * (PACKED - (end - begin))
    return Sieve(mask >> empty, value >> empty, last_mask, last_value, PACKED - (end - begin) + 1, True)  # noqa: FBT003


@kernel
def _pattern(probe: Probe, begin: int, end: int) -> tuple[int, int]:
    mask, value = np.int64(0), np.int64(0)
    for place in range(begin, min(end, begin + PACKED)):
        shift = FIRST_SHIFT - BITS * (place - begin)
        mask |= np.int64(_CHARACTER if probe.known[place] else 0) << shift
        value |= np.int64(probe.known[place]) << shift
    if end == len(probe.known) and not probe.gaps[-1] and end < PACKED:
        mask |= (np.int64(1) << (BITS * (PACKED - end))) - 1
    return int(mask), int(value)


@kernel
def _ending(probe: Probe) -> tuple[int, int]:
    """Return mask and value of the last places, as far as the last gap."""
    mask, value = np.int64(0), np.int64(0)
    for back in range(min(len(probe.known), PACKED)):
        place = len(probe.known) - 1 - back
        if probe.gaps[place + 1]:
            break
        mask |= np.int64(_CHARACTER if probe.known[place] else 0) << BITS * back
        value |= np.int64(probe.known[place]) << BITS * back
    return int(mask), int(value)


@kernel
def _until_gap(probe: Probe) -> int:
    end = 0
    while end < len(probe.known) and (end == 0 or not probe.gaps[end]):
        end += 1
    return end


@kernel
def _run_end(probe: Probe, begin: int) -> int:
    """Return the place behind those that are known from one on."""
    end = begin
    while end < len(probe.known) and probe.known[end] and (end == begin or not probe.gaps[end]):
        end += 1
    return end


@kernel
def sift(  # noqa: C901, PLR0913, PLR0917 - compiled
    trie: Trie, begin: int, end: int, high: Keys, lows: Lows, sieve: Sieve, probe: Probe, bound: int, most_rows: int
) -> tuple[Rows, Costs, bool]:
    """Return the rows of the keys from `begin` to before `end` that pass and fit within the bound, and their costs.

    `high` and `lows` hold their serials, `probe` the reading from its beginning. A sieve for anywhere asks for the trie
    whose rows stand in its order. False where there are too many.
    """
    keys, order = trie.keys, trie.rows
    table = np.empty((WIDTH + 1, len(probe.known) + 2), np.int32)
    start_row(table[0], probe.edits, -1, 0, bound)
    codes = np.zeros(WIDTH, np.uint8)
    rows, costs = np.empty(256, np.int64), np.empty(256, np.int32)
    found = 0
    passes = np.zeros(_BLOCK, np.uint8)
    if not sieve.anywhere:
        begin, end = _beginning_so(keys, begin, end, sieve)
    for block in range(begin, end, _BLOCK):
        size = min(_BLOCK, end - block)
        passes[:size] = 0
        for shift in range(sieve.shifts):
            down = BITS * shift
            for place in range(size):
                passes[place] |= ((keys[block + place] >> down) & sieve.mask) == sieve.value
        if sieve.anywhere:
            # Of a serial of more than ten places a run may stand behind those of its key.
            for place in range(size):
                passes[place] |= is_long(lows, block + place)
        for place in range(size):
            if not passes[place] or not _ends_so(keys[block + place], sieve):
                continue
            row = order[block + place] if len(order) else block + place
            unpack(high[row], low_at(lows, row), codes)
            cost = row_cost(codes, probe, bound, table)
            if cost > bound:
                continue
            if found == most_rows:
                return rows[:found], costs[:found], False
            if found == len(rows):
                rows, costs = np.concatenate((rows, rows)), np.concatenate((costs, costs))
            rows[found] = row
            costs[found] = cost
            found += 1
    return rows[:found], costs[:found], True


@kernel
def _ends_so(key: int, sieve: Sieve) -> bool:
    """Tell whether a serial may end as it must. A key that is full may not hold the end."""
    if key & _CHARACTER:
        return True
    while key and key & _CHARACTER == 0:
        key >>= BITS
    return key & sieve.last_mask == sieve.last_value


@kernel
def _beginning_so(keys: Keys, begin: int, end: int, sieve: Sieve) -> tuple[int, int]:
    """Narrow a range of keys to those that begin as they must, up to the first place that is not known."""
    shift = FIRST_SHIFT
    while shift >= 0 and (sieve.mask >> shift) & _CHARACTER == _CHARACTER:
        shift -= BITS
    least = sieve.value >> (shift + BITS) << (shift + BITS)
    first = first_at_least(keys, begin, end, least)
    return first, first_at_least(keys, first, end, least + (1 << (shift + BITS)))
