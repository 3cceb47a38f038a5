from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from tracemark.tracing.matching.concentrations import Marks
from tracemark.tracing.matching.keys import BITS, PACKED, WIDTH, Keys, encode_serials, pack, pack_backward, unpack
from tracemark.tracing.matching.populations import Population, population_of, sealed

Array = NDArray[Any]

COLUMNS = ("maker", "model", "calibre", "country", "year", "kind")

UNKNOWN = -1

NOBODY = -1
"""Stands for a weapon where none is left out."""

JUMP = 3
"""Characters of a beginning that the jump tables know."""

_MAKER = COLUMNS.index("maker")
_NO_ARRAYS = frozenset({"population", "left_out"})


@dataclass(frozen=True, slots=True)
class MarkColumns:
    """Marks to build a segment of, one row each, in any order.

    `serials` are folded, "" where the mark bears none. `attributes` has shape (n, 6), columns as in `COLUMNS`: codes of
    the index, the year itself, -1 where unknown.
    """

    marks: Array
    weapons: Array
    serials: Sequence[str]
    attributes: Array


class Trie(NamedTuple):
    """Serials in the order of their keys: a sorted list is a trie, in which the rows of a beginning lie together.

    `rows` tells the row of the segment of each key; it is empty where the two are the same. `jumps` tells where each
    beginning of three characters starts; it is empty where the list is sorted by maker first.
    """

    keys: Array
    rows: Array
    jumps: Array


@dataclass(frozen=True, slots=True)
class Segment:
    """Marks in four orders: forward and backward, as a whole and maker by maker; never changed once built.

    Rows of `high`, `low` (the serial), `marks`, `weapons` and `attributes` (n, 6) are sorted by maker and serial.
    `makers` tells where each maker's rows start: maker m's at place m + 1, those of unknown maker at 0. The other
    orders hold keys and the row of each. `weapon_count` has one element. The marks of the weapon `left_out` stand in
    the segment and are found by nobody.
    """

    high: Array
    low: Array
    marks: Array
    weapons: Array
    attributes: Array
    makers: Array
    maker_backward_keys: Array
    maker_backward_rows: Array
    forward_keys: Array
    forward_rows: Array
    forward_jumps: Array
    backward_keys: Array
    backward_rows: Array
    backward_jumps: Array
    weapon_count: Array
    population: Population
    left_out: int = NOBODY

    def __len__(self) -> int:
        return len(self.marks)

    def arrays(self) -> dict[str, Array]:
        """Return all that the segment is made of, by name, to be kept as files."""
        own = {field.name: getattr(self, field.name) for field in fields(self) if field.name not in _NO_ARRAYS}
        return own | self.population.arrays()

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, Array]) -> "Segment":
        """Make a segment of arrays that `arrays` returned; memory-mapped ones are read as they are needed."""
        own: dict[str, Any] = {
            field.name: sealed(arrays[field.name]) for field in fields(cls) if field.name not in _NO_ARRAYS
        }
        return cls(**own, population=Population.from_arrays(arrays))

    def without(self, weapon: int) -> "Segment":
        """Return the segment as it is searched for the likes of one of its own weapons."""
        return replace(self, left_out=weapon)

    def trie(self, *, backward: bool, by_maker: bool) -> Trie:
        """Return one of the four orders."""
        if by_maker and backward:
            return Trie(self.maker_backward_keys, self.maker_backward_rows, _NO_JUMPS)
        if by_maker:
            return Trie(self.high, _NO_ROWS, _NO_JUMPS)
        if backward:
            return Trie(self.backward_keys, self.backward_rows, self.backward_jumps)
        return Trie(self.forward_keys, self.forward_rows, self.forward_jumps)

    def of_maker(self, maker: int) -> tuple[int, int]:
        """Return the first row of a maker and the one behind its last; two equal ones where it has none."""
        if not 0 <= maker < len(self.makers) - 2:
            return 0, 0
        return int(self.makers[maker + 1]), int(self.makers[maker + 2])

    def serial(self, row: int) -> NDArray[np.uint8]:
        """Return the codes of one row's serial (20)."""
        codes = np.zeros(WIDTH, np.uint8)
        unpack(self.high[row], self.low[row], codes)
        return codes


def build_segment(columns: MarkColumns) -> Segment:
    """Sort marks into a segment."""
    codes = encode_serials(columns.serials)
    high, low = pack(codes)
    attributes = _narrow_attributes(np.asarray(columns.attributes, np.int32))
    order = _by(attributes[:, _MAKER], _by(high, np.argsort(low, kind="stable") if low.any() else None))
    high, low, codes, attributes = high[order], low[order], codes[order], np.ascontiguousarray(attributes[order])
    backward = pack_backward(codes)
    of_all, back_of_all = np.argsort(high, kind="stable"), np.argsort(backward, kind="stable")
    back_of_makers = back_of_all[np.argsort(attributes[back_of_all, _MAKER], kind="stable")]
    weapons = _narrow(np.asarray(columns.weapons, np.int64))[order]
    counts = np.bincount(attributes[:, _MAKER].astype(np.int64) + 1, minlength=1)
    starts = np.concatenate([[0], np.cumsum(counts)])
    return Segment.from_arrays(
        {
            "high": high,
            "low": low,
            "marks": _narrow(np.asarray(columns.marks, np.int64))[order],
            "weapons": weapons,
            "attributes": attributes,
            "makers": starts,
            "maker_backward_keys": backward[back_of_makers],
            "maker_backward_rows": back_of_makers.astype(np.int32),
            "forward_keys": high[of_all],
            "forward_rows": of_all.astype(np.int32),
            "forward_jumps": _jumps(high),
            "backward_keys": backward[back_of_all],
            "backward_rows": back_of_all.astype(np.int32),
            "backward_jumps": _jumps(backward),
            "weapon_count": np.array([len(np.unique(weapons))]),
        }
        | population_of(codes, Marks(high, low, weapons, starts), attributes).arrays()
    )


def _by(keys: Array, order: Array | None) -> Array:
    """Return an order sorted by `keys`, those alike as they stand in `order`."""
    return np.argsort(keys, kind="stable") if order is None else order[np.argsort(keys[order], kind="stable")]


def _narrow(identities: NDArray[np.int64]) -> Array:
    """Keep identities in four bytes where they fit; a hundred million marks are read faster so."""
    fits = not len(identities) or int(identities.max()) < 2**31
    return identities.astype(np.int32) if fits else identities


def _narrow_attributes(attributes: NDArray[np.int32]) -> Array:
    """Keep attributes in two bytes where they fit; sorting by maker is fastest so."""
    fits = int(attributes.max(initial=0)) < 2**15 and int(attributes.min(initial=0)) >= -(2**15)
    return attributes.astype(np.int16) if fits else attributes


def _jumps(keys: Keys) -> NDArray[np.int64]:
    """Return where each beginning of three characters starts, and at the end the number of rows."""
    beginnings = keys >> (BITS * (PACKED - JUMP))
    return np.concatenate([[0], np.cumsum(np.bincount(beginnings, minlength=1 << (BITS * JUMP)))])


_NO_ROWS = sealed(np.zeros(0, np.int32))
_NO_JUMPS = sealed(np.zeros(0, np.int64))
