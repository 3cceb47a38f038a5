from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from tracemark.tracing.matching.channels import Channel
from tracemark.tracing.matching.evidence import Bearers, Found, Part, Rows, Weighing, bearers_of, found_of, weighed
from tracemark.tracing.matching.kernels import kernel
from tracemark.tracing.matching.scoring import Stated
from tracemark.tracing.matching.search import (
    NO_HITS,
    NO_MAKER,
    Hits,
    Limits,
    Sides,
    apart_from,
    found_beside,
    found_within,
)
from tracemark.tracing.matching.segments import Shelf

_NOTHING = -1
"""Left for weapons of other makers than stated: they are not searched for."""


@dataclass(slots=True)
class Pursuit:
    """One reading that is searched for. `outside` and `chance` are those of what is found.

    `best` is the log-likelihood of a weapon that agrees in everything; bounds are how far a weapon may fall short of
    it, in thousandths of a natural logarithm: beyond `farthest` it cannot matter beside a stranger, and none is beyond
    `dearest`. `exact` keeps, by segment, what other makers have that is true to the reading: no step finds it anew.
    `ahead` is all within a bound, `looked`, that further steps may come to.
    """

    channel: Channel
    sides: Sides
    weighing: Weighing
    outside: float
    chance: float
    best: float
    farthest: int
    dearest: int
    exact: dict[int, Hits] = field(default_factory=dict)
    ahead: Found | None = None
    looked: int = 0

    def look_ahead(self, bound: int) -> None:
        """Find all within a bound at once, if the limits allow: steps below it then need no search of their own.

        Where nothing is true to the reading most steps come to be taken, and each searches all that the last one did.
        What is open at both ends is scanned, which takes the longer the farther it looks.
        """
        gaps = self.channel.forward.gaps
        if not (gaps[0] and gaps[-1]):
            self.ahead, self.looked = self.all_within(bound, self.weighing.limits(bound)), bound

    def within(self, bound: int) -> Found:
        """Find the rows within a bound."""
        limits = self.weighing.limits(bound)
        numbers = range(len(self.weighing.segments))
        return self._foreseen(bound) or self._found([self._part(each, bound, limits, whole=False) for each in numbers])

    def whole_within(self, bound: int) -> Found | None:
        """Find the rows within a bound if the usual limits allow for all of them."""
        return self._foreseen(bound) or self.all_within(bound, self.weighing.limits(bound))

    def all_within(self, bound: int, limits: Limits) -> Found | None:
        """Find the rows within a bound if the limits allow for all of them; what stops short is given up at once."""
        parts: list[Part] = []
        for number in range(len(self.weighing.segments)):
            parts.append(self._part(number, bound, limits, whole=True))
            if not parts[-1].complete:
                return None
        return self._found(parts)

    def found(self, hits: Sequence[Hits]) -> Found:
        """Return what the hits of the segments amount to; rows of weapons that are passed over are left out."""
        weighing = self.weighing
        return self._found(
            [
                weighed(each, number, bearers_of(segment), weighing.stated)
                for number, (segment, each) in enumerate(zip(weighing.segments, hits, strict=True))
            ]
        )

    def _found(self, parts: Sequence[Part]) -> Found:
        return found_of(parts, self.outside, self.chance)

    def _foreseen(self, bound: int) -> Found | None:
        """Return what of the look ahead is within a bound, if it went as far."""
        if self.ahead is None or bound > self.looked:
            return None
        left = bound - self.weighing.other_makers_deficit
        if self.weighing.maker and 0 <= left < self.channel.cheapest_error:
            left = self.channel.cheapest_error - 1
            self._keep_exact(self.ahead, left)
        ends = np.array(self.weighing.rows_of_maker)
        return self.ahead.at(_near(self.ahead.segment, self.ahead.row, self.ahead.cost, ends, bound, left))

    def _keep_exact(self, ahead: Found, bound: int) -> None:
        for number in range(len(self.weighing.segments)):
            true = (ahead.segment == number) & (ahead.cost <= bound)
            if number not in self.exact:
                costs = ahead.cost[true].astype(np.int32)
                self.exact[number] = Hits(ahead.row[true], costs, complete=True, crowded=False)

    def _part(self, number: int, bound: int, limits: Limits, *, whole: bool) -> Part:
        """Search a segment: the stated maker's weapons within the bound, others within what is left of it for them.

        Where the `whole` is wanted or nothing, what stops short is not searched on.
        """
        weighing, segment = self.weighing, self.weighing.segments[number]
        left, bound = bound - weighing.other_makers_deficit, min(bound, weighing.bounds.reach)
        beside = weighing.maker is not None and left >= 0
        exact = self._exact(number, limits) if beside and left < self.channel.cheapest_error else NO_HITS
        return _part_of(
            segment.shelf,
            self.sides,
            weighing.rows_of_maker[number],
            bound,
            left if beside else _NOTHING,
            limits,
            exact,
            whole,
            number,
            bearers_of(segment),
            weighing.stated,
        )

    def _exact(self, number: int, limits: Limits) -> Hits:
        """Return what in a segment is true to the reading, whoever made it."""
        if number not in self.exact:
            self.exact[number] = self._true(number, limits, whole=False)
        return self.exact[number]

    def _true(self, number: int, limits: Limits, *, whole: bool) -> Hits:
        without_error = self.channel.cheapest_error - 1
        return found_within(self.weighing.segments[number].shelf, self.sides, without_error, limits, NO_MAKER, whole)

    def true_of_others(self, number: int) -> Hits:
        """Return what in a segment is true to the reading and of another maker than stated, if that costs little."""
        hits = self.exact.get(number) or self._true(number, self.weighing.limits_of_others, whole=True)
        rows, costs = apart_from(hits.rows, hits.costs, self.weighing.rows_of_maker[number])
        return Hits(rows, costs, hits.complete, hits.crowded)

    def as_promised(self, found: Found, bound: int) -> Found:
        """Return what was found as complete, or not, that was all which a search within `bound` did not complete."""
        return found._replace(complete=bound > self.weighing.bounds.promised)

    def step(self, bound: int, needed: int) -> int:
        """Return the next bound on the way from one that was searched to the one that is needed."""
        needed = min(needed, max(self.farthest, bound))
        return next((stage for stage in self.weighing.bounds.stages if bound < stage < needed), needed)


@kernel
def _part_of(  # noqa: PLR0913, PLR0917 - compiled
    shelf: Shelf,
    sides: Sides,
    own: tuple[int, int],
    bound: int,
    left: int,
    limits: Limits,
    exact: Hits,
    whole: bool,  # noqa: FBT001 - compiled
    number: int,
    bearers: Bearers,
    stated: Stated,
) -> Part:
    """Search a segment and weigh what is found: one maker's weapons or all, and others where something is `left`."""
    if left < 0:
        hits = found_within(shelf, sides, bound, limits, own, whole)
    else:
        hits = found_beside(shelf, sides, own, bound, left, limits, exact, whole)
    return weighed(hits, number, bearers, stated)


@kernel
def _near(segment: Rows, row: Rows, cost: Rows, of_maker: NDArray[np.int64], bound: int, left: int) -> Rows:
    """Return the places of rows that are within a bound, those of others than the maker within what is left of it."""
    places = np.empty(len(row), np.int64)
    count = 0
    for place in range(len(row)):
        begin, end = of_maker[segment[place]]
        if cost[place] <= (bound if begin <= row[place] < end else left):
            places[count] = place
            count += 1
    return places[:count]
