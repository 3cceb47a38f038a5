from typing import NamedTuple

import numpy as np

from tracemark.tracing.matching.alignments import Costs, Rows
from tracemark.tracing.matching.channels import SWAPPED, Channel, Probe, turned
from tracemark.tracing.matching.descents import descend
from tracemark.tracing.matching.kernels import kernel
from tracemark.tracing.matching.keys import first_at_least
from tracemark.tracing.matching.scans import scan
from tracemark.tracing.matching.segments import Segment, Shelf, Trie
from tracemark.tracing.matching.sieves import sieve_of, sift

_WHOLE = -1
"""Instead of a place to split at: the whole reading may cost the whole bound."""

_MOST_ERRORS = 3

NO_MAKER = (-1, -1)
"""Instead of a maker's rows: those of all makers."""


class Limits(NamedTuple):
    """What a search may spend: trie nodes before rows are scanned instead, rows scanned, rows returned."""

    nodes: int
    scanned: int
    rows: int


class Hits(NamedTuple):
    """Rows of a segment whose serial explains the reading at a cost within the bound, each once.

    `complete` is False when a limit was reached and rows may be missing; `crowded` when it was that of rows.
    """

    rows: Rows
    costs: Costs
    complete: bool
    crowded: bool


NO_HITS = Hits(np.zeros(0, np.int64), np.zeros(0, np.int32), complete=True, crowded=False)


class Sides(NamedTuple):
    """A `Channel` as kernels see it."""

    forward: Probe
    middle: int
    cheapest_error: int
    firmer_behind: bool


def sides_of(channel: Channel) -> Sides:
    """Return a reading as kernels see it."""
    return Sides(channel.forward, channel.middle, channel.cheapest_error, channel.firmer_behind)


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
    rows = NO_MAKER if maker is None else segment.of_maker(maker)
    return found_within(segment.shelf, sides_of(channel), bound, limits, rows, whole)


@kernel
def found_within(
    shelf: Shelf,
    sides: Sides,
    bound: int,
    limits: Limits,
    of_maker: tuple[int, int],
    whole: bool,  # noqa: FBT001 - compiled
) -> Hits:
    """Find as `find_rows` does, among one maker's rows or, of `NO_MAKER`, all."""
    rows = of_maker if of_maker[0] >= 0 else (0, len(shelf.high))
    if rows[0] == rows[1]:
        return Hits(np.empty(0, np.int64), np.empty(0, np.int32), True, False)  # noqa: FBT003 - compiled
    if bound < sides.cheapest_error:
        return _true_within(shelf, sides, bound, limits, rows, of_maker[0] >= 0, whole)
    return _near_within(shelf, sides, bound, limits, rows, of_maker[0] >= 0, whole)


@kernel
def _true_within(
    shelf: Shelf,
    sides: Sides,
    bound: int,
    limits: Limits,
    rows: tuple[int, int],
    by_maker: bool,  # noqa: FBT001 - compiled
    whole: bool,  # noqa: FBT001 - compiled
) -> Hits:
    """Find what a reading explains without an error."""
    open_head, open_tail = bool(sides.forward.gaps[0]), bool(sides.forward.gaps[-1])
    if open_head and open_tail:
        if whole:
            return Hits(np.empty(0, np.int64), np.empty(0, np.int32), False, False)  # noqa: FBT003 - compiled
        return _sifted(shelf, shelf.by_maker, sides.forward, sides, bound, limits, rows)
    backward = open_head or (not open_tail and sides.firmer_behind)
    hits = _descended(shelf, sides, bound, _WHOLE, limits, rows, by_maker, backward)
    if hits.complete or hits.crowded or whole:
        return hits
    probe = turned(sides.forward) if backward else sides.forward
    return _sifted(shelf, _trie(shelf, by_maker, backward), probe, sides, bound, limits, rows)


@kernel
def _near_within(
    shelf: Shelf,
    sides: Sides,
    bound: int,
    limits: Limits,
    rows: tuple[int, int],
    by_maker: bool,  # noqa: FBT001 - compiled
    whole: bool,  # noqa: FBT001 - compiled
) -> Hits:
    """Find what a reading explains with errors that cost no more than the bound."""
    open_head, open_tail = bool(sides.forward.gaps[0]), bool(sides.forward.gaps[-1])
    if open_head and open_tail:
        return _scanned(shelf, sides, bound, limits, rows)
    places = len(sides.forward.known)
    if open_head or open_tail or places == 1:
        return _descended(shelf, sides, bound, _WHOLE, limits, rows, by_maker, open_head)
    ahead = _descended(shelf, sides, bound, sides.middle, limits, rows, by_maker, False)  # noqa: FBT003 - compiled
    if whole and not ahead.complete:
        return ahead
    behind = _descended(shelf, sides, bound, places - sides.middle, limits, rows, by_maker, True)  # noqa: FBT003
    return _joined(ahead, behind, limits)


@kernel
def found_beside(  # noqa: PLR0913, PLR0917 - compiled
    shelf: Shelf,
    sides: Sides,
    of_maker: tuple[int, int],
    bound: int,
    left: int,
    limits: Limits,
    exact: Hits,
    whole: bool,  # noqa: FBT001 - compiled
) -> Hits:
    """Find one maker's rows within the bound, and those of others within what is `left` of it for them.

    `exact` is what is true to the reading, whoever made it. Where the `whole` is wanted or nothing, what stops short is
    not searched on. One maker's rows stand first.
    """
    others = exact
    if left >= sides.cheapest_error:
        others = found_within(shelf, sides, left, limits, (-1, -1), whole)
    if whole and not others.complete:
        return others
    own = found_within(shelf, sides, bound, limits, of_maker, whole)
    rows, costs = apart_from(others.rows, others.costs, of_maker)
    return Hits(
        np.concatenate((own.rows, rows)),
        np.concatenate((own.costs, costs)),
        own.complete and others.complete,
        own.crowded,
    )


@kernel
def _trie(shelf: Shelf, by_maker: bool, backward: bool) -> Trie:  # noqa: FBT001 - compiled
    if by_maker:
        return shelf.by_maker_backward if backward else shelf.by_maker
    return shelf.backward if backward else shelf.forward


@kernel
def _descended(  # noqa: PLR0913, PLR0917 - what is searched for, where, and how much it may cost
    shelf: Shelf,
    sides: Sides,
    bound: int,
    split: int,
    limits: Limits,
    rows: tuple[int, int],
    by_maker: bool,  # noqa: FBT001 - compiled
    backward: bool,  # noqa: FBT001 - compiled
) -> Hits:
    half_bound = bound // 2 if not backward else bound - bound // 2 - 1
    found, costs, complete = descend(
        _trie(shelf, by_maker, backward),
        rows[0],
        rows[1],
        backward,
        shelf.high,
        shelf.lows,
        turned(sides.forward) if backward else sides.forward,
        split,
        max(half_bound, 0),
        bound,
        limits.nodes,
        limits.rows,
    )
    return Hits(found, costs, complete, not complete and len(found) >= limits.rows)


@kernel
def _sifted(
    shelf: Shelf, trie: Trie, probe: Probe, sides: Sides, bound: int, limits: Limits, rows: tuple[int, int]
) -> Hits:
    """Compare every serial with a reading that is to be true to it; `probe` is the reading in the trie's direction."""
    found, costs, complete = sift(
        trie, rows[0], rows[1], shelf.high, shelf.lows, sieve_of(probe), sides.forward, bound, limits.rows
    )
    found, costs = once(found, costs)
    return Hits(found, costs, complete, not complete)


@kernel
def _errors(sides: Sides, bound: int) -> int:
    """Return how many errors of the cheapest kind the bound pays for; a swap counts as two."""
    return bound // max(min(sides.cheapest_error, int(sides.forward.edits[SWAPPED]) // 2), 1)


@kernel
def _scanned(shelf: Shelf, sides: Sides, bound: int, limits: Limits, rows: tuple[int, int]) -> Hits:
    errors = _errors(sides, bound)
    last = min(rows[1], rows[0] + limits.scanned)
    found, costs, complete = scan(
        shelf.high, shelf.lows, rows[0], last, sides.forward, min(errors, _MOST_ERRORS), bound, limits.rows
    )
    crowded = not complete and len(found) >= limits.rows
    return Hits(found, costs, complete and last == rows[1] and errors <= _MOST_ERRORS, crowded)


@kernel
def _joined(one: Hits, other: Hits, limits: Limits) -> Hits:
    """Return each row once, at its lower cost."""
    rows, costs = once(np.concatenate((one.rows, other.rows)), np.concatenate((one.costs, other.costs)))
    many = len(rows) > limits.rows
    complete = one.complete and other.complete and not many
    return Hits(rows[: limits.rows], costs[: limits.rows], complete, one.crowded or other.crowded or many)


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
def apart_from(rows: Rows, costs: Costs, of_maker: tuple[int, int]) -> tuple[Rows, Costs]:
    """Leave out one maker's rows."""
    count = 0
    kept, their = np.empty_like(rows), np.empty_like(costs)
    for place in range(len(rows)):
        if not of_maker[0] <= rows[place] < of_maker[1]:
            kept[count], their[count] = rows[place], costs[place]
            count += 1
    return kept[:count], their[:count]


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
