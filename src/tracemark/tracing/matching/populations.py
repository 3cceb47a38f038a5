from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tracemark.tracing.matching.escapes import Marks, escapes_of
from tracemark.tracing.matching.kernels import kernel
from tracemark.tracing.matching.keys import SYMBOLS, first_at_least

Array = NDArray[Any]

EVERYONE = 0
"""The group of all makers together; groups from 1 are single makers with marks enough to know their numbering."""

_MAKER, _MODEL, _CALIBRE, _COUNTRY, _YEAR, _KIND = range(6)
_PAIRS = (
    (_MAKER, _MODEL),
    (_MAKER, _CALIBRE),
    (_MAKER, _COUNTRY),
    (_MAKER, _YEAR),
    (_MAKER, _KIND),
    (_MODEL, _CALIBRE),
    (_MODEL, _YEAR),
    (_MODEL, _KIND),
)
_MOST_GROUPS = 255
_ENOUGH_MARKS = 256
_SMOOTHING = 5.0
_PREFIX = "population_"


@dataclass(frozen=True, slots=True)
class Population:
    """How makers, models and characters are distributed among the marks of a segment: what a stranger would look like.

    `characters` counts, by group and place, the characters of serials, shape (groups, 21, 37), code 0 where a serial
    ended. `escapes` (32, 4, 10) is how often a weapon's serial goes on as no other of that beginning does, by the
    number of others (its binary logarithm), of ways in which they go on, and of characters behind. `groups` is the
    group of each maker. `single_*` and `pair_*` count values of attributes and pairs of values: keys sorted, counts
    beside.
    """

    characters: Array
    escapes: Array
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
    def size(self) -> int:
        """The number of marks counted."""
        return int(self.characters[EVERYONE, 0].sum())

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
    characters = np.zeros((int(groups.max(initial=0)) + 1, codes.shape[1] + 1, SYMBOLS), np.uint32)
    _count_characters(codes, makers, groups, characters)
    attributes = attributes.astype(np.int32)
    single_keys, single_counts = _singles(attributes)
    pair_keys, pair_counts = _pairs(attributes)
    return Population(
        characters,
        escapes_of(marks),
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


@kernel
def _count_characters(
    codes: NDArray[np.uint8], makers: NDArray[np.int32], groups: NDArray[np.int16], characters: NDArray[np.uint32]
) -> None:
    for row in range(codes.shape[0]):
        if codes[row, 0] == 0:
            continue
        group = groups[makers[row]] if makers[row] >= 0 else 0
        for place in range(characters.shape[1]):
            code = codes[row, place] if place < codes.shape[1] else 0
            characters[0, place, code] += 1
            if group > 0:
                characters[group, place, code] += 1
            if code == 0:
                break
