"""Walking the trie of sorted serials, and leaving each branch as soon as it costs more than the bound."""

import numpy as np

from tracemark.tracing.matching.alignments import Codes, Costs, Rows, start_row, step_row
from tracemark.tracing.matching.channels import GAP_EACH, LOST, LOST_EACH, MISSED, NEVER, SWAPPED, Probe
from tracemark.tracing.matching.kernels import kernel
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
    keys = trie.keys
    table = np.empty((WIDTH + 1, len(probe.known) + 2), np.int32)
    start_row(table[0], probe.edits, split, half_bound, bound)
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
    wanted[0] = wanted_characters(table, 0, path, probe, split, half_bound, bound)
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
            at[depth] = _edge(trie, prefixes[depth] | code << shift, depth, at[depth], ends[depth])
            continue
        prefix = prefixes[depth] | code << shift
        first = at[depth]
        last = _edge(trie, prefix + (np.int64(1) << shift), depth, first, ends[depth])
        at[depth] = last
        nodes += 1
        if nodes > most_nodes:
            return rows[:found], costs[:found], False
        if code == 0:
            places = len(probe.known)
            cost = min(table[depth, places], table[depth, places + 1]) if depth > 0 else NEVER
            if cost <= bound:
                if found + last - first > most_rows:
                    return rows[:found], costs[:found], False
                while found + last - first > len(rows):
                    rows, costs = np.concatenate((rows, rows)), np.concatenate((costs, costs))
                for place in range(first, last):
                    rows[found] = trie.rows[place] if len(trie.rows) else place
                    costs[found] = cost
                    found += 1
            continue
        deeper = depth + 1
        path[deeper] = code
        if _step(table, deeper, path, probe, split, half_bound, bound) > bound:
            continue
        if deeper < PACKED and last - first > _FEW:
            at[deeper], ends[deeper], prefixes[deeper] = first, last, prefix
            wanted[deeper] = wanted_characters(table, deeper, path, probe, split, half_bound, bound)
            depth = deeper
            continue
        for place in range(first, last):
            row = trie.rows[place] if len(trie.rows) else place
            length = unpack(high[row], low_at(lows, row), codes)
            nodes += 1 + (length - deeper) // 2
            if nodes > most_nodes:
                return rows[:found], costs[:found], False
            cost = _rest_of_row(codes, length, deeper, backward, table, path, probe, split, half_bound, bound)
            if cost <= bound:
                if found == most_rows:
                    return rows[:found], costs[:found], False
                if found == len(rows):
                    rows, costs = np.concatenate((rows, rows)), np.concatenate((costs, costs))
                rows[found] = row
                costs[found] = cost
                found += 1
    return rows[:found], costs[:found], True


@kernel
def _edge(trie: Trie, target: int, depth: int, low: int, high: int) -> int:
    """Return the first place from `low` on whose key is at least `target`, which differs first at `depth`."""
    if depth < JUMP and len(trie.jumps):
        return int(min(max(trie.jumps[target >> (BITS * (PACKED - JUMP))], low), high))
    return first_at_least(trie.keys, low, high, target)


@kernel
def _step(table: Costs, depth: int, path: Rows, probe: Probe, split: int, half_bound: int, bound: int) -> int:
    return step_row(
        table[depth],
        table[depth - 1],
        table[max(depth - 2, 0)],
        path[depth],
        path[depth - 1],
        depth,
        probe.costs,
        probe.known,
        probe.gaps,
        probe.edits,
        split,
        half_bound,
        bound,
    )


@kernel
def _rest_of_row(  # noqa: PLR0913, PLR0917 - compiled
    codes: Codes,
    length: int,
    depth: int,
    backward: bool,  # noqa: FBT001 - compiled
    table: Costs,
    path: Rows,
    probe: Probe,
    split: int,
    half_bound: int,
    bound: int,
) -> int:
    """Return the cost of one serial of which `depth` characters were walked."""
    while depth < length:
        path[depth + 1] = codes[length - 1 - depth] if backward else codes[depth]
        depth += 1
        if _step(table, depth, path, probe, split, half_bound, bound) > bound:
            return NEVER
    return int(min(table[length, len(probe.known)], table[length, len(probe.known) + 1]))


@kernel
def wanted_characters(  # noqa: C901 - compiled: each way in which a serial can go on is told apart
    table: Costs, depth: int, path: Rows, probe: Probe, split: int, half_bound: int, bound: int
) -> int:
    """Return the characters, one bit each, with which a serial can go on at a cost within the bounds.

    Bit 0, the end, is always among them. A character too many costs a look; one too few would lose a row.
    """
    row = table[depth]
    edits = probe.edits
    places = len(probe.known)
    head = edits[LOST] + (depth + 1) * edits[LOST_EACH]
    if probe.gaps[0] == 0 and head <= (half_bound if split > 0 else bound):
        return _EVERY | 1
    if min(row[places] + edits[LOST], row[places + 1]) + edits[LOST_EACH] <= bound:
        return _EVERY | 1
    wanted = np.int64(1)
    for j in range(places + 1):
        spent = row[j]
        if spent >= NEVER:
            continue
        passed = edits[GAP_EACH] if probe.gaps[j] else edits[MISSED]
        if spent + passed <= (half_bound if j < split else bound):
            return _EVERY | 1
        if j == places:
            continue
        limit = half_bound if j < split else bound
        level = 0
        mask = np.int64(0)
        while level < SYMBOLS and spent + probe.levels[j, level] <= limit:
            mask = probe.masks[j, level]
            level += 1
        wanted |= mask
        if j + 1 < places and spent + edits[SWAPPED] <= bound:
            wanted |= np.int64(1) << np.int64(probe.known[j + 1])
    if depth > 0:
        before = table[depth - 1]
        for j in range(places - 1):
            if before[j] + edits[SWAPPED] <= bound and probe.known[j + 1] == path[depth]:
                wanted |= np.int64(1) << np.int64(probe.known[j])
    return int(wanted)
