import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tracemark.tracing.matching.channels import NATS, Costs
from tracemark.tracing.matching.kernels import kernel
from tracemark.tracing.matching.keys import first_at_least
from tracemark.tracing.matching.parameters import Weights
from tracemark.tracing.matching.scoring import Feature, Stated, likelihood, stated_of
from tracemark.tracing.matching.search import NO_MAKER, Hits, Limits
from tracemark.tracing.matching.segments import COLUMNS, UNKNOWN, Segment, Shelf
from tracemark.tracing.matching.strangers import log

Floats = NDArray[np.float64]
Rows = NDArray[np.int64]


@dataclass(frozen=True)
class Weighing:
    """All that evidence is weighed against: the register, what was stated of the weapon, and the weights.

    `absent` is the prior probability that the weapon is not in the register.
    """

    segments: Sequence[Segment]
    features: tuple[Feature, ...]
    weights: Weights
    absent: float

    @cached_property
    def largest(self) -> Segment:
        """The segment that tells what strangers look like."""
        return max(self.segments, key=len)

    @cached_property
    def mark_count(self) -> int:
        """The number of marks searched."""
        return sum(segment.standing_marks for segment in self.segments)

    @cached_property
    def weapon_count(self) -> int:
        """The number of weapons that bear them."""
        return sum(segment.standing_weapons for segment in self.segments)

    @cached_property
    def outside_log(self) -> float:
        """How much likelier, before anything is compared, the weapon is not here than this one; a natural logarithm."""
        return log(self.absent / max(1 - self.absent, 1e-12)) + log(self.weapon_count)

    @cached_property
    def shelves(self) -> list[Shelf]:
        """The serials of each segment."""
        return [segment.shelf for segment in self.segments]

    @cached_property
    def rows_of_maker(self) -> list[tuple[int, int]]:
        """The rows of the stated maker in each segment, `NO_MAKER` where none was stated."""
        maker = self.maker
        return [segment.of_maker(maker.value) if maker else NO_MAKER for segment in self.segments]

    @cached_property
    def stated(self) -> Stated:
        """The features as arrays."""
        return stated_of(self.features)

    @cached_property
    def maker(self) -> Feature | None:
        """What was stated of the maker, if the register has weapons of that maker."""
        return next((each for each in self.features if each.column == COLUMNS[0] and each.value >= 0), None)

    @cached_property
    def strangers_maker(self) -> tuple[int, str] | None:
        """The maker that a stranger is of, if it is as stated, and the attribute that tells so: it, or the model."""
        if self.maker is not None:
            return self.maker.value, COLUMNS[0]
        stated = {each.column: each.value for each in self.features}
        implied = self.largest.population.maker_of(stated.get(COLUMNS[1], UNKNOWN))
        tells = self.weights.implied_maker and COLUMNS[0] not in stated and implied >= 0
        return (implied, COLUMNS[1]) if tells else None

    @cached_property
    def other_makers_deficit(self) -> int:
        """How far a weapon of another maker falls short of the best possible, in thousandths of a natural logarithm."""
        maker = self.maker
        return 0 if maker is None else int((maker.agrees - max(maker.differs, maker.silent)) * NATS)

    @cached_property
    def promised(self) -> int:
        """The bound within which all is found, or said not to be; in thousandths of a natural logarithm."""
        return round(self.weights.stages[-1] * NATS)

    @cached_property
    def reach(self) -> int:
        """The bound beyond which nothing is looked for, in thousandths of a natural logarithm."""
        return round(self.weights.reach * NATS)

    @cached_property
    def stages(self) -> tuple[int, ...]:
        """The bounds that are tried one after the other, in thousandths of a natural logarithm."""
        return (*(round(stage * NATS) for stage in self.weights.stages), self.reach)

    def limits(self, bound: int) -> Limits:
        """What one search within a bound may spend."""
        weights = self.weights
        nodes = weights.most_nodes if bound <= self.promised else weights.most_nodes_beyond
        return Limits(nodes, weights.most_scanned, weights.most_rows)

    @cached_property
    def limits_of_few(self) -> Limits:
        """What the search for a longer list may spend."""
        return Limits(self.weights.most_nodes_for_few, 0, self.weights.most_rows)

    @cached_property
    def limits_of_others(self) -> Limits:
        """What the search for what is true to the reading, of other makers than stated, may spend."""
        return Limits(self.weights.most_nodes_for_others, 0, self.weights.most_rows)


@dataclass(frozen=True, slots=True)
class Found:
    """The rows that may bear what one reading says, in the order of segments and rows.

    `segment` is the place among the segments, `row` the row there, `cost` in thousandths of a natural logarithm,
    `attributes` the log-likelihood of what was stated. `outside` is the reading's log weight for a stranger in units of
    one weapon of the register, `chance` its probability for one. Where `crowded`, so many rows fit that they were not
    all gathered.
    """

    segment: Rows
    row: Rows
    cost: Rows
    weapon: Rows
    attributes: Floats
    outside: float
    chance: float
    complete: bool
    crowded: bool

    def at(self, places: Rows) -> "Found":
        """Return the rows at some places of these."""
        return replace(
            self,
            segment=self.segment[places],
            row=self.row[places],
            cost=self.cost[places],
            weapon=self.weapon[places],
            attributes=self.attributes[places],
        )

    @property
    def weapon_count(self) -> int:
        """The number of weapons among the rows."""
        return len(np.unique(self.weapon))


def found_of(hits: Sequence[Hits], weighing: Weighing, outside: float, chance: float) -> Found:
    """Return what the hits of the segments amount to; rows of weapons that are passed over are left out."""
    parts = [
        _weighed(
            each.rows,
            each.costs,
            segment.weapons,
            segment.superseded,
            segment.left_out,
            segment.attributes,
            weighing.stated,
        )
        for segment, each in zip(weighing.segments, hits, strict=True)
    ]
    alone = len(parts) == 1
    row, cost, weapon, attributes = parts[0] if alone else map(np.concatenate, zip(*parts, strict=True))
    return Found(
        segment=np.zeros_like(row) if alone else np.repeat(np.arange(len(parts)), [len(each[0]) for each in parts]),
        row=row,
        cost=cost,
        weapon=weapon,
        attributes=attributes,
        outside=outside,
        chance=chance,
        complete=all(each.complete for each in hits),
        crowded=any(each.crowded for each in hits),
    )


@kernel
def _weighed(
    rows: Rows,
    costs: Costs,
    weapons: NDArray[Any],
    superseded: Rows,
    left_out: int,
    attributes: NDArray[Any],
    stated: Stated,
) -> tuple[Rows, Rows, Rows, Floats]:
    """Return rows, costs, weapons and log-likelihoods of what was stated, but for weapons that are passed over."""
    kept, cost = np.empty(len(rows), np.int64), np.empty(len(rows), np.int64)
    weapon, likely = np.empty(len(rows), np.int64), np.empty(len(rows), np.float64)
    count = 0
    for place in range(len(rows)):
        row = rows[place]
        bearer = int(weapons[row])
        at = first_at_least(superseded, 0, len(superseded), bearer)
        if bearer == left_out or (at < len(superseded) and superseded[at] == bearer):
            continue
        kept[count], cost[count], weapon[count] = row, costs[place], bearer
        likely[count] = likelihood(attributes, row, stated)
        count += 1
    return kept[:count], cost[:count], weapon[:count], likely[:count]


@kernel
def rivals(attributes: Floats, cost: Rows, listed: int) -> tuple[float, float]:
    """Return the log-likelihood of the best of some rows, and of the last that is listed; infinite where all are."""
    top = np.full(listed, -np.inf)
    for row in range(len(cost)):
        value = attributes[row] - cost[row] / NATS
        place = listed - 1
        if value <= top[place]:
            continue
        while place > 0 and top[place - 1] < value:
            top[place] = top[place - 1]
            place -= 1
        top[place] = value
    return top[0], top[listed - 1] if len(cost) > listed else np.inf


@kernel
def others_odds(attributes: Floats, cost: Rows, weapon: Rows, outside: float) -> float:
    """Return the odds of all other weapons found, and of one from outside, against the best."""
    best = 0
    for row in range(len(cost)):
        if attributes[row] - cost[row] / NATS > attributes[best] - cost[best] / NATS:
            best = row
    greatest = attributes[best] - cost[best] / NATS
    odds = math.exp(min(outside - greatest, 700.0))
    for row in range(len(cost)):
        if weapon[row] != weapon[best]:
            odds += math.exp(attributes[row] - cost[row] / NATS - greatest)
    return odds
