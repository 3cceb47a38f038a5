from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tracemark.tracing.matching.alignments import Codes, Costs, Rows, start_row, step_row
from tracemark.tracing.matching.channels import (
    NEVER,
    SWAPPED,
    Channel,
)
from tracemark.tracing.matching.kernels import kernel
from tracemark.tracing.matching.scans import scan
from tracemark.tracing.matching.segments import JUMP, SYMBOLS, Segment

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
    rows, costs, complete = scan(
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
