import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from tracemark.tracing.matching.channels import NATS
from tracemark.tracing.matching.kernels import kernel
from tracemark.tracing.matching.keys import first_at_least
from tracemark.tracing.matching.parameters import Weights
from tracemark.tracing.matching.scoring import Feature, Stated, likelihood, stated_of
from tracemark.tracing.matching.search import NO_MAKER, Hits, Limits
from tracemark.tracing.matching.segments import COLUMNS, UNKNOWN, Segment
from tracemark.tracing.matching.strangers import log

Floats = NDArray[np.float64]
Rows = NDArray[np.int64]


class Bounds(NamedTuple):
    """How far a search goes, in thousandths of a natural logarithm.

    All within `promised` is found, or said not to be; beyond `reach` nothing is looked for; `stages` are tried one
    after the other.
    """

    promised: int
    reach: int
    stages: tuple[int, ...]


@lru_cache(maxsize=16)
def bounds_of(weights: Weights) -> Bounds:
    """Return the bounds of a version of the weights."""
    stages = (*weights.stages, weights.reach)
    return Bounds(
        round(weights.stages[-1] * NATS), round(weights.reach * NATS), tuple(round(each * NATS) for each in stages)
    )


@dataclass(slots=True)
class Weighing:
    """All that evidence is weighed against: the register, what was stated of the weapon, and the weights.

    `absent` is the prior probability that the weapon is not in the register, `outside_log` how much likelier that is,
    before anything is compared, than that it is this one, a natural logarithm. `largest` is the segment that tells what
    strangers look like; `stated` the features as arrays; `maker` what was stated of the maker, if the register has
    weapons of that maker, `rows_of_maker` its rows in each segment (`NO_MAKER` where none was stated), and
    `other_makers_deficit` how far a weapon of another maker falls short of the best possible.
    """

    segments: Sequence[Segment]
    features: tuple[Feature, ...]
    weights: Weights
    absent: float
    bounds: Bounds = field(init=False)
    largest: Segment = field(init=False)
    outside_log: float = field(init=False)
    stated: Stated = field(init=False)
    maker: Feature | None = field(init=False)
    rows_of_maker: list[tuple[int, int]] = field(init=False)
    other_makers_deficit: int = field(init=False)

    def __post_init__(self) -> None:
        weapons = sum(segment.standing_weapons for segment in self.segments)
        maker = next((each for each in self.features if each.column == COLUMNS[0] and each.value >= 0), None)
        self.bounds = bounds_of(self.weights)
        self.largest = max(self.segments, key=len)
        self.outside_log = log(self.absent / max(1 - self.absent, 1e-12)) + log(weapons)
        self.stated = stated_of(self.features)
        self.maker = maker
        self.rows_of_maker = [each.of_maker(maker.value) if maker else NO_MAKER for each in self.segments]
        self.other_makers_deficit = int((maker.agrees - max(maker.differs, maker.silent)) * NATS) if maker else 0

    @property
    def mark_count(self) -> int:
        """The number of marks searched."""
        return sum(segment.standing_marks for segment in self.segments)

    @property
    def strangers_maker(self) -> tuple[int, str] | None:
        """The maker that a stranger is of, if it is as stated, and the attribute that tells so: it, or the model."""
        if self.maker is not None:
            return self.maker.value, COLUMNS[0]
        stated = {each.column: each.value for each in self.features}
        implied = self.largest.population.maker_of(stated.get(COLUMNS[1], UNKNOWN))
        tells = self.weights.implied_maker and COLUMNS[0] not in stated and implied >= 0
        return (implied, COLUMNS[1]) if tells else None

    def limits(self, bound: int) -> Limits:
        """What one search within a bound may spend."""
        weights = self.weights
        nodes = weights.most_nodes if bound <= self.bounds.promised else weights.most_nodes_beyond
        return Limits(nodes, weights.most_scanned, weights.most_rows)

    @property
    def limits_of_few(self) -> Limits:
        """What the search for a longer list may spend."""
        return Limits(self.weights.most_nodes_for_few, 0, self.weights.most_rows)

    @property
    def limits_of_others(self) -> Limits:
        """What the search for what is true to the reading, of other makers than stated, may spend."""
        return Limits(self.weights.most_nodes_for_others, 0, self.weights.most_rows)


class Found(NamedTuple):
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
        return self._replace(
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


class Bearers(NamedTuple):
    """The weapons that bear the marks of a segment, those that are passed over, and their attributes."""

    weapons: NDArray[Any]
    superseded: Rows
    left_out: int
    attributes: NDArray[Any]


class Part(NamedTuple):
    """What was found in one segment, as `Found` has it of all."""

    segment: Rows
    row: Rows
    cost: Rows
    weapon: Rows
    attributes: Floats
    complete: bool
    crowded: bool


def bearers_of(segment: Segment) -> Bearers:
    """Return the weapons of a segment, as kernels ask for them."""
    return Bearers(segment.weapons, segment.superseded, segment.left_out, segment.attributes)


def found_of(parts: Sequence[Part], outside: float, chance: float) -> Found:
    """Return what the parts found in the segments amount to."""
    if len(parts) == 1:
        (one,) = parts
        return Found(*one[:5], outside, chance, one.complete, one.crowded)
    return Found(
        np.concatenate([each.segment for each in parts]),
        np.concatenate([each.row for each in parts]),
        np.concatenate([each.cost for each in parts]),
        np.concatenate([each.weapon for each in parts]),
        np.concatenate([each.attributes for each in parts]),
        outside,
        chance,
        all(each.complete for each in parts),
        any(each.crowded for each in parts),
    )


@kernel
def weighed(hits: Hits, number: int, bearers: Bearers, stated: Stated) -> Part:
    """Return what the hits in a segment, of this number, amount to, but for weapons that are passed over."""
    rows, costs = hits.rows, hits.costs
    weapons, superseded, attributes = bearers.weapons, bearers.superseded, bearers.attributes
    kept, cost = np.empty(len(rows), np.int64), np.empty(len(rows), np.int64)
    weapon, likely = np.empty(len(rows), np.int64), np.empty(len(rows), np.float64)
    count = 0
    for place in range(len(rows)):
        row = rows[place]
        bearer = int(weapons[row])
        at = first_at_least(superseded, 0, len(superseded), bearer)
        if bearer == bearers.left_out or (at < len(superseded) and superseded[at] == bearer):
            continue
        kept[count], cost[count], weapon[count] = row, costs[place], bearer
        likely[count] = likelihood(attributes, row, stated)
        count += 1
    segment = np.full(count, number)
    return Part(segment, kept[:count], cost[:count], weapon[:count], likely[:count], hits.complete, hits.crowded)


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
