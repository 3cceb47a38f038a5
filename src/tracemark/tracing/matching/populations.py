from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tracemark.tracing.matching.concentrations import concentrations_of
from tracemark.tracing.matching.countings import Marks
from tracemark.tracing.matching.kernels import kernel
from tracemark.tracing.matching.keys import SYMBOLS, first_at_least
from tracemark.tracing.matching.numberings import Numbering, numbering_of
from tracemark.tracing.matching.tallies import (
    PAIRS,
    PATTERNS,
    Counted,
    Tally,
    pair_key,
    parts_of_pattern_keys,
    single_key,
)

Array = NDArray[Any]

EVERYONE = 0
"""The group of all makers together; groups from 1 are single makers with marks enough to know their numbering."""

_MAKER_AND_MODEL = 0
_MAKER, _COLUMNS = 0, 7
_MOST_GROUPS = 255
_ENOUGH_MARKS = 32
_SMOOTHING = 5.0
_PREFIX = "population_"


@dataclass(frozen=True, slots=True)
class Population:
    """How numbers and attributes are distributed among the marks of a segment: what a stranger would look like.

    `shares`, `follows`, `starts` and `sizes` are the ways of numbering by group; `concentrations` (2, 3, 32, 4, 10) how
    far they speak beside the serials at hand. `groups` is the group of each maker. `single_*`, `pair_*`, `pattern_*`
    and `places` are the tally from which all else but the concentrations follows; `known` counts known values by
    attribute. `singles` are the counts of `single_keys`, looked up for every question.
    """

    shares: Array
    follows: Array
    starts: Array
    sizes: Array
    concentrations: Array
    groups: Array
    single_keys: Array
    single_counts: Array
    pair_keys: Array
    pair_counts: Array
    pattern_keys: Array
    pattern_counts: Array
    places: Array
    known: Array
    makers_of_models: Array
    singles: Mapping[int, int] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        singles = zip(self.single_keys.tolist(), self.single_counts.tolist(), strict=True)
        object.__setattr__(self, "singles", dict(singles))

    def arrays(self) -> dict[str, Array]:
        """Return the tables by name, to be kept beside the segment they describe."""
        return {_PREFIX + name: getattr(self, name) for name in _tables()}

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, Array]) -> "Population":
        """Make a population of what `arrays` returned."""
        return cls(**{name: sealed(arrays[_PREFIX + name]) for name in _tables()})

    @property
    def numbering(self) -> Numbering:
        """The ways of numbering of all groups."""
        return Numbering(self.shares, self.follows, self.starts, self.sizes)

    @property
    def tally(self) -> Tally:
        """What was counted."""
        return Tally(
            Counted(self.single_keys, self.single_counts),
            Counted(self.pair_keys, self.pair_counts),
            Counted(self.pattern_keys, self.pattern_counts),
            self.places,
        )

    def count(self, column: int, value: int) -> int:
        """Return how many marks have a known value of a column."""
        return self.singles.get(single_key(column, value), 0)

    def share(self, column: int, value: int) -> float:
        """Return the share of `value` among known values of `column`; half a mark's share for what was never seen."""
        seen = self.count(column, value) if value >= 0 else 0
        return (seen + 0.5) / (int(self.known[column]) + 1.0)

    def share_given(self, column: int, value: int, given: int, given_value: int) -> float:
        """Return the share of `value` among weapons whose column `given` is `given_value`, drawn towards the whole."""
        if given_value < 0 or (given, column) not in PAIRS:
            return self.share(column, value)
        together = _count(self.pair_keys, self.pair_counts, pair_key(PAIRS.index((given, column)), given_value, value))
        among = self.count(given, given_value)
        return (together * (value >= 0) + _SMOOTHING * self.share(column, value)) / (among + _SMOOTHING)

    def group_of(self, maker: int) -> int:
        """Return the group whose numbering is nearest to the maker's."""
        return int(self.groups[maker]) if 0 <= maker < len(self.groups) else EVERYONE

    def maker_of(self, model: int) -> int:
        """Return the maker most often seen with a model, -1 where none was."""
        return int(self.makers_of_models[model]) if 0 <= model < len(self.makers_of_models) else -1


def _tables() -> list[str]:
    return [each.name for each in fields(Population) if each.init]


def sealed(array: Array) -> Array:
    """Return a read-only view, so that kernels are compiled for one kind of array, from memory or from a file."""
    view = np.asarray(array).view()
    view.setflags(write=False)
    return view


def population_of(tally: Tally, marks: Marks) -> Population:
    """Tell of marks that were counted what strangers look like; how serials go on is asked of the marks themselves."""
    groups = _groups(tally.singles)
    # Marks of unknown maker stand first among those sorted by maker.
    by_maker = np.concatenate([[EVERYONE], groups]).astype(np.int64)
    numbering = numbering_of(_seen(tally.patterns, by_maker), tally.places)
    known = np.bincount(tally.singles.keys >> 32, tally.singles.counts, minlength=_COLUMNS).astype(np.int64)
    return Population(
        *numbering,
        concentrations_of(marks, numbering, by_maker),
        groups,
        *tally.singles,
        *tally.pairs,
        *tally.patterns,
        tally.places,
        known,
        _makers_of_models(tally.pairs),
    )


def _groups(singles: Counted) -> NDArray[np.int16]:
    makers, counts = (each[: np.searchsorted(singles.keys, single_key(_MAKER + 1, 0))] for each in singles)
    groups = np.zeros(int(makers.max(initial=0)) + 1, np.int16)
    largest = np.argsort(-counts, kind="stable")[:_MOST_GROUPS]
    enough = largest[counts[largest] >= _ENOUGH_MARKS]
    groups[makers[enough]] = np.arange(1, len(enough) + 1)
    return groups


def _seen(patterns: Counted, by_maker: NDArray[np.int64]) -> NDArray[np.uint32]:
    """Return which character follows which pattern in each group, and in all together."""
    seen = np.zeros((int(by_maker.max()) + 1, PATTERNS, SYMBOLS), np.uint32)
    makers, following, codes = parts_of_pattern_keys(patterns.keys)
    groups = by_maker[makers + 1]
    np.add.at(seen[EVERYONE], (following, codes), patterns.counts.astype(np.uint32))
    own = groups != EVERYONE
    seen[groups[own], following[own], codes[own]] = patterns.counts[own]
    return seen


def _makers_of_models(pairs: Counted) -> NDArray[np.int32]:
    end = np.searchsorted(pairs.keys, pair_key(_MAKER_AND_MODEL + 1, 0, 0))
    found, models = pairs.keys[:end] >> 28, pairs.keys[:end] & 0xFFFFFFF
    makers = np.full(int(models.max(initial=-1)) + 1, -1, np.int32)
    # The last one written stays: of as many marks the later maker.
    rising = np.argsort(pairs.counts[:end], kind="stable")
    makers[models[rising]] = found[rising]
    return makers


@kernel
def _count(keys: Array, counts: Array, key: int) -> int:
    place = first_at_least(keys, 0, len(keys), key)
    return counts[place] if place < len(keys) and keys[place] == key else 0
