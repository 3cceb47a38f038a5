from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from tracemark.tracing.matching.channels import NATS
from tracemark.tracing.matching.parameters import Weights
from tracemark.tracing.matching.scoring import Feature, Stated, stated_of
from tracemark.tracing.matching.search import Limits
from tracemark.tracing.matching.segments import COLUMNS, Segment
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
    def stated(self) -> Stated:
        """The features as arrays."""
        return stated_of(self.features)

    @cached_property
    def maker(self) -> Feature | None:
        """What was stated of the maker, if the register has weapons of that maker."""
        return next((each for each in self.features if each.column == COLUMNS[0] and each.value >= 0), None)

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

    @property
    def weapon_count(self) -> int:
        """The number of weapons among the rows."""
        return len(np.unique(self.weapon))
