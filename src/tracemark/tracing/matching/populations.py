from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tracemark.tracing.matching.concentrations import Marks, concentrations_of
from tracemark.tracing.matching.kernels import kernel
from tracemark.tracing.matching.keys import first_at_least
from tracemark.tracing.matching.numberings import Numbering, numbering_of

Array = NDArray[Any]

EVERYONE = 0
"""The group of all makers together; groups from 1 are single makers with marks enough to know their numbering."""

_MAKER, _MODEL, _CALIBRE, _COUNTRY, _YEAR, _KIND, _IMPORT_COUNTRY = range(7)
_PAIRS = (
    (_MAKER, _MODEL),
    (_MAKER, _CALIBRE),
    (_MAKER, _COUNTRY),
    (_MAKER, _YEAR),
    (_MAKER, _KIND),
    (_MODEL, _CALIBRE),
    (_MODEL, _YEAR),
    (_MODEL, _KIND),
    (_MAKER, _IMPORT_COUNTRY),
    (_MODEL, _IMPORT_COUNTRY),
)
_MOST_GROUPS = 255
_ENOUGH_MARKS = 32
_SMOOTHING = 5.0
_PREFIX = "population_"


@dataclass(frozen=True, slots=True)
class Population:
    """How numbers and attributes are distributed among the marks of a segment: what a stranger would look like.

    `shares`, `follows`, `starts` and `sizes` are the ways of numbering by group; `concentrations` (3, 32, 4, 10) how
    far they speak beside the serials at hand. `groups` is the group of each maker. `single_*` and `pair_*` count values
    of attributes and pairs of values: keys sorted, counts beside.
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
    makers_of_models: Array

    def arrays(self) -> dict[str, Array]:
        """Return the tables by name, to be kept beside the segment they describe."""
        return {_PREFIX + name: getattr(self, name) for name in self.__slots__}

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, Array]) -> "Population":
        """Make a population of what `arrays` returned."""
        return cls(**{name: sealed(arrays[_PREFIX + name]) for name in cls.__slots__})

    @property
    def numbering(self) -> Numbering:
        """The ways of numbering of all groups."""
        return Numbering(self.shares, self.follows, self.starts, self.sizes)

    def share(self, column: int, value: int) -> float:
        """Return the share of `value` among known values of `column`; half a mark's share for what was never seen."""
        known = _count(self.single_keys, self.single_counts, _single(column, UNKNOWN_TOTAL))
        seen = _count(self.single_keys, self.single_counts, _single(column, value)) if value >= 0 else 0
        return (seen + 0.5) / (known + 1.0)

    def share_given(self, column: int, value: int, given: int, given_value: int) -> float:
        """Return the share of `value` among weapons whose column `given` is `given_value`, drawn towards the whole."""
        if given_value < 0 or (given, column) not in _PAIRS:
            return self.share(column, value)
        together = _count(self.pair_keys, self.pair_counts, _pair(_PAIRS.index((given, column)), given_value, value))
        among = _count(self.single_keys, self.single_counts, _single(given, given_value))
        return (together * (value >= 0) + _SMOOTHING * self.share(column, value)) / (among + _SMOOTHING)

    def group_of(self, maker: int) -> int:
        """Return the group whose numbering is nearest to the maker's."""
        return int(self.groups[maker]) if 0 <= maker < len(self.groups) else EVERYONE

    def maker_of(self, model: int) -> int:
        """Return the maker most often seen with a model, -1 where none was."""
        return int(self.makers_of_models[model]) if 0 <= model < len(self.makers_of_models) else -1


def sealed(array: Array) -> Array:
    """Return a read-only view, so that kernels are compiled for one kind of array, from memory or from a file."""
    view = np.asarray(array).view()
    view.setflags(write=False)
    return view


UNKNOWN_TOTAL = 2**31 - 1
"""Stands among the single values for their sum."""


def population_of(codes: NDArray[np.uint8], marks: Marks, attributes: Array) -> Population:
    """Count the characters of serials, how they go on, and the values of attributes, row by row the same marks."""
    makers = np.ascontiguousarray(attributes[:, _MAKER], np.int32)
    groups = _groups(makers)
    # Marks of unknown maker stand first among those sorted by maker.
    by_maker = np.concatenate([[EVERYONE], groups]).astype(np.int64)
    numbering = numbering_of(codes, by_maker[makers + 1], int(groups.max(initial=0)) + 1)
    attributes = attributes.astype(np.int32)
    single_keys, single_counts = _singles(attributes)
    pair_keys, pair_counts = _pairs(attributes)
    return Population(
        *numbering,
        concentrations_of(marks, numbering, by_maker),
        groups,
        single_keys,
        single_counts,
        pair_keys,
        pair_counts,
        _makers_of_models(attributes),
    )


def _groups(makers: NDArray[np.int32]) -> NDArray[np.int16]:
    counts = np.bincount(makers[makers >= 0], minlength=1)
    largest = np.argsort(-counts, kind="stable")[:_MOST_GROUPS]
    groups = np.zeros(len(counts), np.int16)
    enough = largest[counts[largest] >= _ENOUGH_MARKS]
    groups[enough] = np.arange(1, len(enough) + 1)
    return groups


def _single(column: int, value: int) -> int:
    return column << 32 | value


def _pair(number: int, first: int, second: int) -> int:
    return (number << 56) | (first << 28) | (second & 0xFFFFFFF)


def _singles(attributes: NDArray[np.int32]) -> tuple[Array, Array]:
    keys, counts = [], []
    for column in range(attributes.shape[1]):
        values, found = np.unique(attributes[attributes[:, column] >= 0, column], return_counts=True)
        keys += [*(values.astype(np.int64) + _single(column, 0)), _single(column, UNKNOWN_TOTAL)]
        counts += [*found, found.sum()]
    return np.array(keys, np.int64), np.array(counts, np.int64)


def _pairs(attributes: NDArray[np.int32]) -> tuple[Array, Array]:
    keys, counts = [], []
    for number, (first, second) in enumerate(_PAIRS):
        both = attributes[(attributes[:, first] >= 0) & (attributes[:, second] >= 0)].astype(np.int64)
        found = np.unique(both[:, first] << 28 | both[:, second], return_counts=True)
        keys.append(found[0] + _pair(number, 0, 0))
        counts.append(found[1])
    return np.concatenate(keys), np.concatenate(counts)


def _makers_of_models(attributes: NDArray[np.int32]) -> NDArray[np.int32]:
    both = attributes[(attributes[:, _MAKER] >= 0) & (attributes[:, _MODEL] >= 0)].astype(np.int64)
    pairs, counts = np.unique(both[:, _MODEL] << 28 | both[:, _MAKER], return_counts=True)
    makers = np.full(int(both[:, _MODEL].max(initial=-1)) + 1, -1, np.int32)
    rising = np.argsort(counts, kind="stable")
    makers[pairs[rising] >> 28] = pairs[rising] & 0xFFFFFFF
    return makers


@kernel
def _count(keys: Array, counts: Array, key: int) -> int:
    place = first_at_least(keys, 0, len(keys), key)
    return counts[place] if place < len(keys) and keys[place] == key else 0
