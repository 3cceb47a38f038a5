from dataclasses import dataclass

import numpy as np

from tracemark.tracing.matching.alignments import Costs, Rows
from tracemark.tracing.matching.channels import SWAPPED, Channel, Probe
from tracemark.tracing.matching.descents import descend
from tracemark.tracing.matching.kernels import kernel
from tracemark.tracing.matching.keys import first_at_least
from tracemark.tracing.matching.scans import scan
from tracemark.tracing.matching.segments import Segment, Trie
from tracemark.tracing.matching.sieves import sieve_of, sift

_WHOLE = -1
"""Instead of a place to split at: the whole reading may cost the whole bound."""

_MOST_ERRORS = 3

_NO_ROWS: Rows = np.zeros(0, np.int64)
_NO_COSTS: Costs = np.zeros(0, np.int32)


@dataclass(frozen=True, slots=True)
class Limits:
    """What a search may spend: trie nodes before rows are scanned instead, rows scanned, rows returned."""

    nodes: int
    scanned: int
    rows: int


@dataclass(frozen=True, slots=True)
class Hits:
    """Rows of a segment whose serial explains the reading at a cost within the bound, in the order of rows.

    `complete` is False when a limit was reached and rows may be missing; `crowded` when it was that of rows.
    """

    rows: Rows
    costs: Costs
    complete: bool = True
    crowded: bool = False


def find_rows(
    segment: Segment,
    channel: Channel,
    bound: int,
    limits: Limits,
    maker: int | None = None,
    *,
    whole: bool = False,
) -> Hits:
    """Find every row whose serial explains the reading at a cost of at most `bound`, of one maker or of all.

    Each end of a reading begins one descent: if the reading as a whole costs no more than the bound, then one of its
    halves costs no more than half of it, and a descent that starts with that half has few branches. A bound below the
    cost of any error needs one descent only, and where that takes too long all serials are compared. Where both ends
    are unknown the rows are scanned. Where the `whole` is wanted or nothing, the second descent and the comparison of
    all serials are left out when the first descent stops short or cannot be made.
    """
    begin, end = (0, len(segment)) if maker is None else segment.of_maker(maker)
    if begin == end:
        return Hits(_NO_ROWS, _NO_COSTS)
    open_head, open_tail = bool(channel.forward.gaps[0]), bool(channel.forward.gaps[-1])
    if open_head and open_tail:
        if bound < channel.cheapest_error:
            if whole:
                return Hits(_NO_ROWS, _NO_COSTS, complete=False)
            in_order = segment.trie(backward=False, by_maker=True)
            return _sifted(segment, channel, bound, limits, (begin, end), in_order, channel.forward)
        return _scanned(segment, channel, begin, end, bound, limits)
    split = channel.middle
    if bound < channel.cheapest_error:
        backward = open_head or (not open_tail and channel.firmer_behind)
        found = [_descended(segment, channel, bound, _WHOLE, limits, (begin, end), backward=backward, maker=maker)]
        if not (found[0].complete or found[0].crowded or whole):
            trie = segment.trie(backward=backward, by_maker=maker is not None)
            probe = channel.backward if backward else channel.forward
            found = [_sifted(segment, channel, bound, limits, (begin, end), trie, probe)]
    else:
        if open_head or open_tail or len(channel) == 1:
            split = _WHOLE
        found = []
        if not open_head:
            found.append(_descended(segment, channel, bound, split, limits, (begin, end), backward=False, maker=maker))
        if open_head or (split != _WHOLE and not (whole and not found[0].complete)):
            mirrored = len(channel) - split if split != _WHOLE else _WHOLE
            found.append(
                _descended(segment, channel, bound, mirrored, limits, (begin, end), backward=True, maker=maker)
            )
    return _joined(found, limits)


def _descended(  # noqa: PLR0913 - what is searched for, where, and how much it may cost
    segment: Segment,
    channel: Channel,
    bound: int,
    split: int,
    limits: Limits,
    rows: tuple[int, int],
    *,
    backward: bool,
    maker: int | None,
) -> Hits:
    half_bound = bound // 2 if not backward else bound - bound // 2 - 1
    found, costs, complete = descend(
        segment.trie(backward=backward, by_maker=maker is not None),
        rows[0],
        rows[1],
        backward,
        segment.high,
        segment.lows,
        channel.backward if backward else channel.forward,
        split,
        max(half_bound, 0),
        bound,
        limits.nodes,
        limits.rows,
    )
    return Hits(found, costs, complete, not complete and len(found) >= limits.rows)


def _sifted(
    segment: Segment,
    channel: Channel,
    bound: int,
    limits: Limits,
    rows: tuple[int, int],
    trie: Trie,
    probe: Probe,
) -> Hits:
    """Compare every serial with a reading that is to be true to it; `probe` is the reading in the trie's direction."""
    sieve = sieve_of(probe)
    found, costs, complete = sift(
        trie, rows[0], rows[1], segment.high, segment.lows, sieve, channel.forward, bound, limits.rows
    )
    order = np.argsort(found)
    return Hits(found[order], costs[order], complete, not complete)


def _errors(channel: Channel, bound: int) -> int:
    """Return how many errors of the cheapest kind the bound pays for; a swap counts as two."""
    return bound // max(min(channel.cheapest_error, int(channel.forward.edits[SWAPPED]) // 2), 1)


def _scanned(segment: Segment, channel: Channel, begin: int, end: int, bound: int, limits: Limits) -> Hits:
    errors = min(_errors(channel, bound), _MOST_ERRORS)
    last = min(end, begin + limits.scanned)
    rows, costs, complete = scan(segment.high, segment.lows, begin, last, channel.forward, errors, bound, limits.rows)
    crowded = not complete and len(rows) >= limits.rows
    return Hits(rows, costs, complete and last == end and _errors(channel, bound) <= _MOST_ERRORS, crowded)


def _joined(found: list[Hits], limits: Limits) -> Hits:
    """Return each row once, at its lower cost."""
    if len(found) == 1:
        return found[0]
    rows, costs = once(*(np.concatenate([getattr(each, name) for each in found]) for name in ("rows", "costs")))
    complete = all(each.complete for each in found) and len(rows) <= limits.rows
    crowded = any(each.crowded for each in found) or len(rows) > limits.rows
    return Hits(rows[: limits.rows], costs[: limits.rows], complete, crowded)


@kernel
def once(rows: Rows, costs: Costs) -> tuple[Rows, Costs]:
    """Return each row once, at its lowest cost, in the order of rows."""
    order = np.argsort(rows)
    count = 0
    kept, least = np.empty_like(rows), np.empty_like(costs)
    for place in order:
        if count > 0 and kept[count - 1] == rows[place]:
            least[count - 1] = min(least[count - 1], costs[place])
        else:
            kept[count], least[count] = rows[place], costs[place]
            count += 1
    return kept[:count], least[:count]


@kernel
def without(rows: Rows, costs: Costs, known: Rows) -> tuple[Rows, Costs]:
    """Return the rows that are not among those known, which are in order, with their costs."""
    count = 0
    kept, least = np.empty_like(rows), np.empty_like(costs)
    for place in range(len(rows)):
        at = first_at_least(known, 0, len(known), rows[place])
        if at == len(known) or known[at] != rows[place]:
            kept[count], least[count] = rows[place], costs[place]
            count += 1
    return kept[:count], least[:count]
