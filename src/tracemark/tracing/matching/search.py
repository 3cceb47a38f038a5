from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tracemark.tracing.matching.channels import (
    GAP_EACH,
    INSERTED,
    LOST,
    LOST_EACH,
    MISSED,
    NEVER,
    SWAPPED,
    Channel,
)
from tracemark.tracing.matching.kernels import kernel
from tracemark.tracing.matching.segments import JUMP, SYMBOLS, Segment

Rows = NDArray[np.int64]
Costs = NDArray[np.int32]
Codes = NDArray[np.uint8]

_WHOLE = -1
"""Instead of a place to split at: the whole reading may cost the whole bound."""

_MOST_ERRORS = 3

_TWO = 2

_ERRORS_WORTH_A_SCAN = 1
"""With more errors than this nearly every row must be looked at closely."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What a search may spend: trie nodes before rows are scanned instead, rows scanned, rows returned."""

    nodes: int
    scanned: int
    rows: int


@dataclass(frozen=True, slots=True)
class Hits:
    """Rows of a segment whose serial explains the reading at a cost within the bound, in the order of rows.

    `complete` is False when a limit was reached and rows may be missing.
    """

    rows: Rows
    costs: Costs
    complete: bool


def find_rows(segment: Segment, channel: Channel, bound: int, limits: Limits) -> Hits:
    """Find every row whose serial explains the reading at a cost of at most `bound`.

    Each end of a reading begins one descent: if the reading as a whole costs no more than the bound, then one of its
    halves costs no more than half of it, and a descent that starts with that half has few branches. Where both ends are
    unknown, or where a descent grows too wide, the rows are scanned.
    """
    open_head, open_tail = bool(channel.gaps[0]), bool(channel.gaps[-1])
    if open_head and open_tail:
        return _scanned(segment, channel, bound, limits)
    split = _WHOLE if open_head or open_tail or len(channel) == 1 else _middle(channel)
    found = []
    if not open_head:
        found.append(_descended(segment, channel, bound, split, limits, backward=False))
    if open_head or split != _WHOLE:
        mirrored = len(channel) - split if split != _WHOLE else _WHOLE
        found.append(_descended(segment, channel.backward(), bound, mirrored, limits, backward=True))
    grown_wide = not all(each.complete for each in found)
    if grown_wide and len(segment) <= limits.scanned and _errors(channel, bound) <= _ERRORS_WORTH_A_SCAN:
        return _scanned(segment, channel, bound, limits)
    return _joined(found, limits)


def _middle(channel: Channel) -> int:
    """Return the place that has half of what is known before it, at least 1 and less than the length."""
    weight = np.minimum(channel.costs[:, 1:].max(axis=1), 1)
    half = int(np.searchsorted(np.cumsum(weight), (weight.sum() + 1) // 2)) + 1
    return min(max(half, 1), len(channel) - 1)


def _descended(segment: Segment, channel: Channel, bound: int, split: int, limits: Limits, *, backward: bool) -> Hits:
    half_bound = bound // 2 if not backward else bound - bound // 2 - 1
    serials, jumps = segment.serials, segment.forward_jumps
    if backward:
        serials, jumps = segment.backward_serials, segment.backward_jumps
    first, last, costs, complete = _descend(
        serials,
        jumps,
        channel.costs,
        channel.known,
        channel.gaps,
        channel.edits,
        split,
        max(half_bound, 0),
        bound,
        limits.nodes,
        limits.rows,
    )
    rows, row_costs = _spread(first, last, costs, segment.backward_rows, int(backward))
    return Hits(rows, row_costs, complete)


def _errors(channel: Channel, bound: int) -> int:
    """Return how many errors of the cheapest kind the bound pays for; a swap counts as two."""
    misread = channel.costs[channel.costs > 0].min()
    return bound // max(int(min(misread, *channel.edits[:SWAPPED], channel.edits[SWAPPED] // 2)), 1)


def _scanned(segment: Segment, channel: Channel, bound: int, limits: Limits) -> Hits:
    errors = min(_errors(channel, bound), _MOST_ERRORS)
    rows, costs, complete = _scan(
        segment.serials[: limits.scanned],
        channel.costs,
        channel.known,
        channel.gaps,
        channel.edits,
        errors,
        bound,
        limits.rows,
    )
    return Hits(rows, costs, complete and len(segment) <= limits.scanned and _errors(channel, bound) <= _MOST_ERRORS)


def _joined(found: list[Hits], limits: Limits) -> Hits:
    """Return each row once, at its lower cost."""
    complete = all(each.complete for each in found)
    rows = np.concatenate([each.rows for each in found])
    costs = np.concatenate([each.costs for each in found])
    order = np.lexsort((costs, rows))
    rows, costs = rows[order], costs[order]
    first = np.ones(len(rows), bool)
    first[1:] = rows[1:] != rows[:-1]
    return Hits(rows[first][: limits.rows], costs[first][: limits.rows], complete and int(first.sum()) <= limits.rows)


@kernel
def step_row(  # noqa: PLR0913, PLR0917 - one row of a table with six ways into each cell, compiled
    new: Costs,
    last: Costs,
    before: Costs,
    true: int,
    previous: int,
    depth: int,
    costs: Costs,
    known: Codes,
    gaps: Codes,
    edits: Costs,
    split: int,
    half_bound: int,
    bound: int,
) -> int:
    """Fill the row of `depth` true characters and return the least cost that can still grow out of it.

    `new[j]` is the least cost of explaining the first j places; one more element behind the last place stands for a
    reading that ended while the serial went on. Before the place `split` a cost must keep within `half_bound`.
    """
    places = costs.shape[0]
    least = NEVER
    value = last[0] + (edits[GAP_EACH] if gaps[0] else edits[MISSED])
    cut = edits[LOST] + depth * edits[LOST_EACH]
    if not gaps[0] and cut < value:
        value = cut
    if value > bound or (split > 0 and value > half_bound):
        value = NEVER
    new[0] = value
    least = min(least, value)
    for j in range(1, places + 1):
        value = last[j - 1] + costs[j - 1, true]
        other = new[j - 1] + edits[INSERTED]
        value = min(value, other)
        if depth > 1 and j > 1 and true != previous and known[j - 2] == true and known[j - 1] == previous:
            value = min(value, before[j - 2] + edits[SWAPPED])
        if j == split and value > half_bound:
            value = NEVER
        # What is missed exactly at the split belongs to the other half.
        value = min(value, last[j] + (edits[GAP_EACH] if gaps[j] else edits[MISSED]))
        if value > bound or (j < split and value > half_bound):
            value = NEVER
        new[j] = value
        least = min(least, value)
        # A swap that only the next character completes must keep the branch alive.
        if j < places and known[j] == true:
            least = min(least, last[j - 1] + edits[SWAPPED])
    value = min(last[places + 1], last[places] + edits[LOST]) + edits[LOST_EACH]
    if value > bound:
        value = NEVER
    new[places + 1] = value
    return int(min(least, value))


@kernel
def start_row(new: Costs, edits: Costs, split: int, half_bound: int, bound: int) -> None:
    """Fill the row of no true character."""
    places = new.shape[0] - 2
    for j in range(places + 1):
        value = j * edits[INSERTED]
        if value > bound or (j <= split and value > half_bound):
            value = NEVER
        new[j] = value
    new[places + 1] = NEVER


@kernel
def _descend(  # noqa: C901, PLR0912, PLR0913, PLR0915, PLR0917 - compiled: a call into a loop costs more than its length
    serials: Codes,
    jumps: Rows,
    costs: Costs,
    known: Codes,
    gaps: Codes,
    edits: Costs,
    split: int,
    half_bound: int,
    bound: int,
    most_nodes: int,
    most_rows: int,
) -> tuple[Rows, Rows, Costs, bool]:
    """Walk the trie of sorted serials; return first row, last row + 1 and cost of each serial that fits."""
    width = serials.shape[1]
    places = costs.shape[0]
    table = np.empty((width + 1, places + 2), np.int32)
    start_row(table[0], edits, split, half_bound, bound)
    ends = np.zeros(width + 1, np.int64)
    at = np.zeros(width + 1, np.int64)
    prefixes = np.zeros(JUMP + 1, np.int64)
    path = np.zeros(width + 1, np.uint8)
    ends[0] = serials.shape[0]
    first = np.empty(64, np.int64)
    last = np.empty(64, np.int64)
    found_costs = np.empty(64, np.int32)
    found = 0
    nodes = 0
    rows = 0
    depth = 0
    while depth >= 0:
        if depth < JUMP:
            code = at[depth]
            if code >= SYMBOLS:
                depth -= 1
                continue
            at[depth] = code + 1
            span = SYMBOLS ** (JUMP - 1 - depth)
            prefix = prefixes[depth] * SYMBOLS + code
            begin = jumps[prefix * span]
            end = jumps[(prefix + 1) * span]
            if end <= begin:
                continue
        else:
            begin = at[depth]
            stop = ends[depth]
            if begin >= stop:
                depth -= 1
                continue
            code = int(serials[begin, depth])
            prefix = 0
            if serials[stop - 1, depth] == code:
                end = stop
            else:
                stride = 1
                low = begin
                while low + stride < stop and serials[low + stride, depth] == code:
                    low += stride
                    stride *= 2
                end = min(low + stride, stop)
                while end - low > 1:
                    middle = (low + end) >> 1
                    if serials[middle, depth] == code:
                        low = middle
                    else:
                        end = middle
            at[depth] = end
        nodes += 1
        if nodes > most_nodes:
            return first[:found], last[:found], found_costs[:found], False
        deeper = depth
        cost = NEVER
        if code > 0:
            deeper = depth + 1
            two_up = depth - 1 if depth > 0 else 0
            least = step_row(
                table[deeper],
                table[depth],
                table[two_up],
                code,
                int(path[depth]),
                deeper,
                costs,
                known,
                gaps,
                edits,
                split,
                half_bound,
                bound,
            )
            if least > bound:
                continue
        if code == 0 or deeper == width:
            if deeper > 0:
                cost = min(table[deeper, places], table[deeper, places + 1])
            if cost <= bound:
                if found == len(first):
                    first = np.concatenate((first, np.empty_like(first)))
                    last = np.concatenate((last, np.empty_like(last)))
                    found_costs = np.concatenate((found_costs, np.empty_like(found_costs)))
                first[found] = begin
                last[found] = end
                found_costs[found] = cost
                found += 1
                rows += end - begin
                if rows > most_rows:
                    return first[:found], last[:found], found_costs[:found], False
            continue
        path[deeper] = code
        ends[deeper] = end
        if deeper < JUMP:
            at[deeper] = 0
            prefixes[deeper] = prefix
        else:
            at[deeper] = begin
        depth = deeper
    return first[:found], last[:found], found_costs[:found], True


@kernel
def _spread(
    first: Rows, last: Rows, costs: Costs, backward_rows: NDArray[np.int32], backward: int
) -> tuple[Rows, Costs]:
    """Return the rows of ranges of rows, as rows of the forward order."""
    total = 0
    for i in range(len(first)):
        total += last[i] - first[i]
    rows = np.empty(total, np.int64)
    row_costs = np.empty(total, np.int32)
    filled = 0
    for i in range(len(first)):
        for row in range(first[i], last[i]):
            rows[filled] = backward_rows[row] if backward else row
            row_costs[filled] = costs[i]
            filled += 1
    return rows, row_costs


@kernel
def _scan(  # noqa: C901, PLR0913, PLR0917 - as above
    serials: Codes,
    costs: Costs,
    known: Codes,
    gaps: Codes,
    edits: Costs,
    errors: int,
    bound: int,
    most_rows: int,
) -> tuple[Rows, Costs, bool]:
    """Try every row: first a bit-parallel automaton that allows `errors` errors of any kind, then the exact cost."""
    places = costs.shape[0]
    fits = np.zeros(SYMBOLS, np.uint64)
    for symbol in range(1, SYMBOLS):
        for j in range(places):
            if costs[j, symbol] == 0:
                fits[symbol] |= np.uint64(1) << np.uint64(j)
    stays = np.uint64(0)
    for j in range(places + 1):
        if gaps[j]:
            stays |= np.uint64(1) << np.uint64(j)
    final = np.uint64(1) << np.uint64(places)
    table = np.empty((serials.shape[1] + 1, places + 2), np.int32)
    start_row(table[0], edits, -1, 0, bound)
    rows = np.empty(64, np.int64)
    row_costs = np.empty(64, np.int32)
    found = 0
    for row in range(serials.shape[0]):
        if not _may_fit(serials, row, fits, stays, final, errors):
            continue
        cost = _row_cost(serials[row], costs, known, gaps, edits, bound, table)
        if cost > bound:
            continue
        if found == most_rows:
            return rows[:found], row_costs[:found], False
        if found == len(rows):
            rows = np.concatenate((rows, np.empty_like(rows)))
            row_costs = np.concatenate((row_costs, np.empty_like(row_costs)))
        rows[found] = row
        row_costs[found] = cost
        found += 1
    return rows[:found], row_costs[:found], True


@kernel
def _may_fit(
    serials: Codes, row: int, fits: NDArray[np.uint64], stays: np.uint64, final: np.uint64, errors: int
) -> bool:
    """Tell whether the serial fits with at most so many errors, three being all there is room for. Never wrongly False.

    Bit j of a state says that j places are explained; there is a state for each number of errors. Lost ends cost one
    error however long they are, so the first and the last bit hold from the first error on.
    Source: Wu and Manber, "Fast text searching allowing errors", 1992.
    """
    one = np.uint64(1)
    ends = one | final
    none = one
    first = none | none << one | ends
    second = first | first << one
    third = second | second << one
    for place in range(serials.shape[1]):
        code = serials[row, place]
        if code == 0:
            break
        fit = fits[code]
        new = (none & fit) << one | (none & stays)
        if errors > 0:
            newer = (first & fit) << one | (first & (stays | ends)) | none | (none | new) << one | one
            if errors >= _TWO:
                newest = (second & fit) << one | (second & (stays | ends)) | first | (first | newer) << one | one
                if errors > _TWO:
                    third = (third & fit) << one | (third & (stays | ends)) | second | (second | newest) << one | one
                second = newest
            first = newer
        elif new == 0:
            return False
        none = new
    state = none
    if errors == 1:
        state = first
    elif errors == _TWO:
        state = second
    elif errors > _TWO:
        state = third
    return bool((state & final) != 0)


@kernel
def _row_cost(serial: Codes, costs: Costs, known: Codes, gaps: Codes, edits: Costs, bound: int, table: Costs) -> int:
    """Return the least cost of reading this serial so; `table` has its first row filled."""
    places = costs.shape[0]
    depth = 0
    previous = 0
    while depth < len(serial) and serial[depth] > 0:
        true = int(serial[depth])
        before = table[depth - 1] if depth > 0 else table[0]
        depth += 1
        least = step_row(
            table[depth], table[depth - 1], before, true, previous, depth, costs, known, gaps, edits, -1, 0, bound
        )
        if least > bound:
            return NEVER
        previous = true
    if depth == 0:
        return NEVER
    return int(min(table[depth, places], table[depth, places + 1]))


AGREES, LOOKS_ALIKE, MISREAD, ADDED, LEFT_OUT, SWAPS, LOST_HEAD, LOST_TAIL = range(8)
OPERATIONS = ("agree", "look_alike", "misread", "added", "left_out", "swapped", "lost_head", "lost_tail")


@kernel
def align(  # noqa: C901 - each way into a cell is told apart
    serial: Codes, costs: Costs, known: Codes, gaps: Codes, edits: Costs, look_alike_bound: int
) -> NDArray[np.int64]:
    """Count what happened between this serial and the reading, in the order of `OPERATIONS`.

    A place read wrongly at a cost within `look_alike_bound` was confused by the eye. Unreadable places and what gaps
    swallow are not counted.
    """
    counts = np.zeros(8, np.int64)
    places = costs.shape[0]
    table = np.empty((serial.shape[0] + 1, places + 2), np.int32)
    start_row(table[0], edits, -1, 0, NEVER - 1)
    if _row_cost(serial, costs, known, gaps, edits, NEVER - 1, table) >= NEVER:
        return counts
    depth = 0
    while depth < len(serial) and serial[depth] > 0:
        depth += 1
    j = places
    if table[depth, places + 1] < table[depth, places]:
        opened = False
        while not opened:
            counts[LOST_TAIL] += 1
            depth -= 1
            opened = table[depth + 1, places + 1] == table[depth, places] + edits[LOST] + edits[LOST_EACH]
    while depth > 0 or j > 0:
        here = table[depth, j]
        if j == 0:
            if not gaps[0]:
                counts[LOST_HEAD] += depth
            break
        if depth == 0:
            counts[ADDED] += j
            break
        true = int(serial[depth - 1])
        if here == table[depth - 1, j - 1] + costs[j - 1, true]:
            _count_place(counts, costs[j - 1], true, look_alike_bound)
            depth -= 1
            j -= 1
        elif here == table[depth - 1, j] + (edits[GAP_EACH] if gaps[j] else edits[MISSED]):
            counts[LEFT_OUT] += 0 if gaps[j] else 1
            depth -= 1
        elif here == table[depth, j - 1] + edits[INSERTED]:
            counts[ADDED] += 1
            j -= 1
        else:
            counts[SWAPS] += 1
            depth -= 2
            j -= 2
    return counts


@kernel
def _count_place(counts: NDArray[np.int64], costs: NDArray[Any], true: int, look_alike_bound: int) -> None:
    if costs[true] > look_alike_bound:
        counts[MISREAD] += 1
    elif costs[true] > 0:
        counts[LOOKS_ALIKE] += 1
    else:
        for symbol in range(1, SYMBOLS):
            if costs[symbol] > 0:
                counts[AGREES] += 1
                break
