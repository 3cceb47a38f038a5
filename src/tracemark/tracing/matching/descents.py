"""Walking the trie of sorted serials, and leaving each branch as soon as it costs more than the bound.

Of the table of costs only cells within the bound are filled: one bit each in `alive`, by depth, tells which they are.
"""

import numpy as np
from numpy.typing import NDArray

from tracemark.tracing.matching.alignments import Codes, Costs, Rows, start_row
from tracemark.tracing.matching.channels import (
    GAP_EACH,
    INSERTED,
    LOST,
    LOST_EACH,
    MISSED,
    NEVER,
    SWAPPED,
    Probe,
)
from tracemark.tracing.matching.kernels import inner, kernel
from tracemark.tracing.matching.keys import (
    BITS,
    FIRST_SHIFT,
    PACKED,
    SYMBOLS,
    WIDTH,
    Keys,
    Lows,
    first_at_least,
    low_at,
    unpack,
)
from tracemark.tracing.matching.segments import JUMP, Trie

_EVERY = (1 << SYMBOLS) - 2
"""All characters, one bit each; bit 0 is the end of a serial."""

_FEW = 3
"""So few rows are walked one by one."""

_CHARACTER = (1 << BITS) - 1

Alive = NDArray[np.int64]


@kernel
def descend(  # noqa: C901, PLR0912, PLR0913, PLR0915, PLR0917 - compiled: a call into a loop costs more than its length
    trie: Trie,
    begin: int,
    end: int,
    backward: bool,  # noqa: FBT001 - compiled
    high: Keys,
    lows: Lows,
    probe: Probe,
    split: int,
    half_bound: int,
    bound: int,
    most_nodes: int,
    most_rows: int,
) -> tuple[Rows, Costs, bool]:
    """Return the rows from `begin` to before `end` of a trie whose serial fits, and what each costs.

    Rows are those of the segment, whose serials `high` and `lows` hold. Before the place `split` of the reading a cost
    must keep within `half_bound`. The last value is False when a limit was reached.
    """
    keys, order = trie.keys, trie.rows
    table = np.empty((WIDTH + 1, len(probe.known) + 2), np.int32)
    alive = np.zeros(WIDTH + 1, np.int64)
    start_row(table[0], probe.edits, split, half_bound, bound)
    for j in range(len(probe.known) + 1):
        alive[0] |= np.int64(table[0, j] < NEVER) << j
    at = np.empty(PACKED + 1, np.int64)
    ends = np.empty(PACKED + 1, np.int64)
    prefixes = np.zeros(PACKED + 1, np.int64)
    wanted = np.empty(PACKED + 1, np.int64)
    path = np.zeros(WIDTH + 1, np.int64)
    codes = np.zeros(WIDTH, np.uint8)
    rows = np.empty(64, np.int64)
    costs = np.empty(64, np.int32)
    found = 0
    nodes = 0
    depth = 0
    at[0], ends[0] = begin, end
    wanted[0] = wanted_characters(table, alive, 0, path, probe, split, half_bound, bound)
    while depth >= 0:
        shift = FIRST_SHIFT - BITS * depth
        if at[depth] >= ends[depth]:
            depth -= 1
            continue
        code = (keys[at[depth]] >> shift) & 63
        rest = wanted[depth] >> code
        if rest == 0:
            depth -= 1
            continue
        skipped = 0
        while rest & 1 == 0:
            rest >>= 1
            skipped += 1
        if skipped > 0:
            code += skipped
            at[depth] = edge(trie, prefixes[depth] | code << shift, depth, at[depth], ends[depth])
            continue
        prefix = prefixes[depth] | code << shift
        first = at[depth]
        last = edge(trie, prefix + (np.int64(1) << shift), depth, first, ends[depth])
        at[depth] = last
        nodes += 1
        if nodes > most_nodes:
            return rows[:found], costs[:found], False
        if code == 0:
            cost = _ended(table, alive, depth) if depth > 0 else NEVER
            if cost <= bound:
                if found + last - first > most_rows:
                    return rows[:found], costs[:found], False
                while found + last - first > len(rows):
                    rows, costs = np.concatenate((rows, rows)), np.concatenate((costs, costs))
                for place in range(first, last):
                    rows[found] = order[place] if len(order) else place
                    costs[found] = cost
                    found += 1
            continue
        deeper = depth + 1
        path[deeper] = code
        if not _step(table, alive, deeper, path, probe, split, half_bound, bound):
            continue
        if deeper < PACKED and last - first > _FEW:
            at[deeper], ends[deeper], prefixes[deeper] = first, last, prefix
            wanted[deeper] = wanted_characters(table, alive, deeper, path, probe, split, half_bound, bound)
            depth = deeper
            continue
        for place in range(first, last):
            length = _rest_of_key(keys[place], deeper, path)
            if length == PACKED:
                row = order[place] if len(order) else place
                length = unpack(high[row], low_at(lows, row), codes)
                _rest_of_serial(codes, length, deeper, backward, path)
            nodes += 1 + (length - deeper) // 2
            if nodes > most_nodes:
                return rows[:found], costs[:found], False
            at_end = deeper
            while at_end < length and _step(table, alive, at_end + 1, path, probe, split, half_bound, bound):
                at_end += 1
            cost = _ended(table, alive, length) if at_end == length else NEVER
            if cost <= bound:
                row = order[place] if len(order) else place
                if found == most_rows:
                    return rows[:found], costs[:found], False
                if found == len(rows):
                    rows, costs = np.concatenate((rows, rows)), np.concatenate((costs, costs))
                rows[found] = row
                costs[found] = cost
                found += 1
    return rows[:found], costs[:found], True


@inner
def edge(trie: Trie, target: int, depth: int, low: int, high: int) -> int:
    """Return the first place from `low` on whose key is at least `target`, which differs first at `depth`."""
    if depth < JUMP and len(trie.jumps):
        return int(min(max(trie.jumps[target >> (BITS * (PACKED - JUMP))], low), high))
    return first_at_least(trie.keys, low, high, target)


@inner
def _rest_of_key(key: int, depth: int, path: Rows) -> int:
    """Write what stands in a key behind so many characters into the path; return how many it has in all."""
    while depth < PACKED:
        code = (key >> (FIRST_SHIFT - BITS * depth)) & _CHARACTER
        if code == 0:
            break
        depth += 1
        path[depth] = code
    return depth


@inner
def _rest_of_serial(codes: Codes, length: int, depth: int, backward: bool, path: Rows) -> None:  # noqa: FBT001 - compiled
    """Write what stands in a serial behind so many characters into the path."""
    while depth < length:
        path[depth + 1] = codes[length - 1 - depth] if backward else codes[depth]
        depth += 1


@inner
def _ended(table: Costs, alive: Alive, depth: int) -> int:
    """Return the cost of a serial that ends at a depth."""
    places = table.shape[1] - 2
    cost = NEVER
    if alive[depth] >> places & 1:
        cost = table[depth, places]
    if alive[depth] >> (places + 1) & 1:
        cost = min(cost, table[depth, places + 1])
    return int(cost)


@inner
def _step(  # noqa: C901, PLR0912, PLR0913, PLR0917 - one row of a table with six ways into each cell, compiled
    table: Costs, alive: Alive, depth: int, path: Rows, probe: Probe, split: int, half_bound: int, bound: int
) -> bool:
    """Fill the cells of the row of `depth` characters that are within the bound, as `step_row` does.

    False where nothing within the bound can grow out of it.
    """
    costs, known, gaps, edits = probe.costs, probe.known, probe.gaps, probe.edits
    places = costs.shape[0]
    true, previous = path[depth], path[depth - 1]
    last = alive[depth - 1]
    before = alive[depth - 2] if depth > 1 and true != previous else np.int64(0)
    kept = np.int64(0)
    pending = False
    cut = edits[LOST] + depth * edits[LOST_EACH]
    opens = not gaps[0] and cut <= (half_bound if split > 0 else bound)
    todo = (last | last << 1 | before << 2 | np.int64(opens)) & ((np.int64(2) << places) - 1)
    j = 0
    while todo >> j:
        if not todo >> j & 1:
            j += 1
            continue
        value = NEVER
        if j == 0:
            if opens:
                value = cut
        elif last >> (j - 1) & 1:
            value = table[depth - 1, j - 1] + costs[j - 1, true]
            # A swap that only the next character completes must keep the branch alive.
            if j < places and known[j] == true and table[depth - 1, j - 1] + edits[SWAPPED] <= bound:
                pending = True
        if j > 0 and kept >> (j - 1) & 1:
            value = min(value, table[depth, j - 1] + edits[INSERTED])
        if j > 1 and before >> (j - 2) & 1 and known[j - 2] == true and known[j - 1] == previous:
            value = min(value, table[depth - 2, j - 2] + edits[SWAPPED])
        if j == split and value > half_bound:
            value = NEVER
        # What is missed exactly at the split belongs to the other half.
        if last >> j & 1:
            value = min(value, table[depth - 1, j] + (edits[GAP_EACH] if gaps[j] else edits[MISSED]))
        if value <= (half_bound if j < split else bound):
            table[depth, j] = value
            kept |= np.int64(1) << j
            if j < places and value + edits[INSERTED] <= bound:
                todo |= np.int64(2) << j
        j += 1
    value = NEVER
    if last >> (places + 1) & 1:
        value = table[depth - 1, places + 1]
    if last >> places & 1:
        value = min(value, table[depth - 1, places] + edits[LOST])
    value += edits[LOST_EACH]
    if value <= bound:
        table[depth, places + 1] = value
        kept |= np.int64(2) << places
    alive[depth] = kept
    return pending or kept != 0


@inner
def wanted_characters(  # noqa: C901, PLR0913, PLR0917 - compiled: each way in which a serial can go on
    table: Costs, alive: Alive, depth: int, path: Rows, probe: Probe, split: int, half_bound: int, bound: int
) -> int:
    """Return the characters, one bit each, with which a serial can go on at a cost within the bounds.

    Bit 0, the end, is always among them. A character too many costs a look; one too few would lose a row.
    """
    edits = probe.edits
    places = len(probe.known)
    head = edits[LOST] + (depth + 1) * edits[LOST_EACH]
    if probe.gaps[0] == 0 and head <= (half_bound if split > 0 else bound):
        return _EVERY | 1
    here = alive[depth]
    if here >> places & 1 and table[depth, places] + edits[LOST] + edits[LOST_EACH] <= bound:
        return _EVERY | 1
    if here >> (places + 1) & 1 and table[depth, places + 1] + edits[LOST_EACH] <= bound:
        return _EVERY | 1
    wanted = np.int64(1)
    j = 0
    here &= (np.int64(2) << places) - 1
    while here >> j:
        if not here >> j & 1:
            j += 1
            continue
        spent = table[depth, j]
        limit = half_bound if j < split else bound
        passed = edits[GAP_EACH] if probe.gaps[j] else edits[MISSED]
        if spent + passed <= limit:
            return _EVERY | 1
        if j < places:
            level = 0
            mask = np.int64(0)
            while level < SYMBOLS and spent + probe.levels[j, level] <= limit:
                mask = probe.masks[j, level]
                level += 1
            wanted |= mask
            if j + 1 < places and spent + edits[SWAPPED] <= bound:
                wanted |= np.int64(1) << np.int64(probe.known[j + 1])
        j += 1
    if depth > 0:
        for j in range(places - 1):
            swaps = alive[depth - 1] >> j & 1 and probe.known[j + 1] == path[depth]
            if swaps and table[depth - 1, j] + edits[SWAPPED] <= bound:
                wanted |= np.int64(1) << np.int64(probe.known[j])
    return int(wanted)
