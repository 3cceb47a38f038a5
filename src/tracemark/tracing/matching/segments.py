from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from tracemark.tracing.matching.countings import Marks
from tracemark.tracing.matching.kernels import kernel
from tracemark.tracing.matching.keys import (
    BITS,
    PACKED,
    WIDTH,
    Codes,
    Keys,
    Lows,
    encode_serials,
    first_at_least,
    low_at,
    lows_of,
    pack,
    pack_backward,
    unpack,
)
from tracemark.tracing.matching.populations import Population, population_of, sealed
from tracemark.tracing.matching.spaces import Memory, Space
from tracemark.tracing.matching.tallies import Tally, tally_of

Array = NDArray[Any]

COLUMNS = ("maker", "model", "calibre", "country", "year", "kind", "import_country")
"""What a weapon is compared in. `country` is the State of manufacture, `import_country` the one of its import mark."""

UNKNOWN = -1

NOBODY = -1
"""Stands for a weapon where none is left out."""

JUMP = 3
"""Characters of a beginning that the jump tables know."""

MARKS_A_WEAPON = 256
"""Registers number a weapon's marks from this many times its own number on: one byte a mark is kept of it."""

_MAKER = COLUMNS.index("maker")
_APART = frozenset({"population", "superseded", "superseded_marks", "left_out", "behind", "as_marks", "shelf"})


@dataclass(frozen=True, slots=True)
class MarkColumns:
    """Marks to build a segment of, one row each, in any order.

    `serials` are folded, "" where the mark bears none, or codes (n, 20) as `encode_serials` returns them. `attributes`
    has one column for each of `COLUMNS`: codes of the index, the year itself, -1 where unknown.
    """

    marks: Array
    weapons: Array
    serials: Sequence[str] | Codes
    attributes: Array

    @property
    def codes(self) -> Codes:
        """The codes of the serials."""
        return self.serials if isinstance(self.serials, np.ndarray) else encode_serials(self.serials)


class Trie(NamedTuple):
    """Serials in the order of their keys: a sorted list is a trie, in which the rows of a beginning lie together.

    `rows` tells the row of the segment of each key; it is empty where the two are the same. `jumps` tells where each
    beginning of three characters starts; it is empty where the list is sorted by maker first.
    """

    keys: Array
    rows: Array
    jumps: Array


class Shelf(NamedTuple):
    """Serials of a segment, row by row and in its four orders, as kernels ask for them."""

    high: Array
    lows: Lows
    by_maker: Trie
    by_maker_backward: Trie
    forward: Trie
    backward: Trie


@dataclass(frozen=True, slots=True)
class Segment:
    """Marks in four orders: forward and backward, as a whole and maker by maker; never changed once built.

    Rows of `high` and `lows` (the serial), `mark_numbers`, `weapons` and `attributes` (n, 7) are sorted by maker,
    serial and mark. A mark's identity is 256 times its weapon's, and its number.
    `makers` tells where each maker's rows start: maker m's at place m + 1, those of unknown maker at 0. The other
    orders hold keys and the row of each. `weapon_count` has one element.

    Rows of weapons in `superseded` (rising) are passed over: other segments have what these weapons bear now. They are
    `superseded_marks` rows. The marks of the weapon `left_out` are found by nobody. `behind` says that the register has
    more than its segments have, which is being read. None of these is kept in files. `as_marks` and `shelf` are serials
    and their orders once more, as kernels ask for them.
    """

    high: Array
    low_masks: Array
    low_before: Array
    low_values: Array
    mark_numbers: Array
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
    superseded: Array = field(default_factory=lambda: np.zeros(0, np.int64))
    superseded_marks: int = 0
    left_out: int = NOBODY
    behind: bool = False
    as_marks: Marks = field(init=False, repr=False)
    shelf: Shelf = field(init=False, repr=False)

    def __post_init__(self) -> None:
        orders = (
            self.trie(backward=backward, by_maker=by_maker) for by_maker in (True, False) for backward in (False, True)
        )
        object.__setattr__(self, "as_marks", Marks(self.high, self.lows, self.weapons, self.makers))
        object.__setattr__(self, "shelf", Shelf(self.high, self.lows, *orders))

    def __len__(self) -> int:
        return len(self.weapons)

    def arrays(self) -> dict[str, Array]:
        """Return all that the segment is made of, by name, to be kept as files."""
        own = {name: getattr(self, name) for name in _own()}
        return own | self.population.arrays()

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, Array]) -> "Segment":
        """Make a segment of arrays that `arrays` returned; memory-mapped ones are read as they are needed."""
        own: dict[str, Any] = {name: sealed(arrays[name]) for name in _own()}
        return cls(population=Population.from_arrays(arrays), **own)

    @property
    def lows(self) -> Lows:
        """What stands behind the first ten places of serials."""
        return Lows(self.low_masks, self.low_before, self.low_values)

    @property
    def marks(self) -> NDArray[np.int64]:
        """The marks of all rows; they take eight bytes each."""
        return mark_identities(self.weapons, self.mark_numbers)

    def mark(self, row: int) -> int:
        """Return the mark of one row."""
        return int(self.weapons[row]) * MARKS_A_WEAPON + int(self.mark_numbers[row])

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

    @property
    def standing_marks(self) -> int:
        """The number of marks that are searched."""
        return len(self) - self.superseded_marks

    @property
    def standing_weapons(self) -> int:
        """The number of weapons that are searched."""
        return int(self.weapon_count[0]) - len(self.superseded)

    def without(self, weapons: Array) -> "Segment":
        """Return the same segment with the rows of some weapons passed over; of those it has not, nothing is noted."""
        gone = np.union1d(self.superseded, np.asarray(weapons, np.int64))
        marks = np.zeros(len(gone), np.int64)
        _count_of(self.weapons, gone, marks)
        return replace(self, superseded=gone[marks > 0], superseded_marks=int(marks.sum()))

    def but_for(self, weapon: int) -> "Segment":
        """Return the segment as it is searched for the likes of one of its own weapons."""
        return replace(self, left_out=weapon)

    def stands(self, weapons: Array) -> NDArray[np.bool_]:
        """Tell of each of some of its rows' weapons whether it is searched here."""
        stands: NDArray[np.bool_] = np.asarray(weapons) != self.left_out
        if len(self.superseded):
            places = np.minimum(np.searchsorted(self.superseded, weapons), len(self.superseded) - 1)
            stands &= self.superseded[places] != weapons
        return stands

    def serial(self, row: int) -> NDArray[np.uint8]:
        """Return the codes of one row's serial (20)."""
        codes = np.zeros(WIDTH, np.uint8)
        unpack(self.high[row], low_at(self.lows, row), codes)
        return codes


def build_segment(columns: MarkColumns) -> Segment:
    """Sort marks into a segment. The same marks in any order make the same segment."""
    codes, marks = columns.codes, np.asarray(columns.marks, np.int64)
    high, low = pack(codes)
    attributes = _narrow_attributes(np.asarray(columns.attributes, np.int32))
    rising = None if bool((marks[1:] > marks[:-1]).all()) else np.argsort(marks, kind="stable")
    order = _by(attributes[:, _MAKER], _by(high, _by(low, rising) if low.any() else rising))
    high, low, codes, attributes = high[order], low[order], codes[order], np.ascontiguousarray(attributes[order])
    lows, weapons = lows_of(low), np.asarray(columns.weapons, np.int64)[order]
    backward = pack_backward(codes)
    of_all, back_of_all = np.argsort(high, kind="stable"), np.argsort(backward, kind="stable")
    back_of_makers = back_of_all[np.argsort(attributes[back_of_all, _MAKER], kind="stable")]
    orders: dict[str, Array] = {
        "high": high,
        "low_masks": lows.masks,
        "low_before": lows.before,
        "low_values": lows.values,
        "mark_numbers": _narrow_numbers(marks[order] - weapons * MARKS_A_WEAPON),
        "weapons": _narrow(weapons),
        "attributes": attributes,
        "maker_backward_keys": backward[back_of_makers],
        "maker_backward_rows": back_of_makers.astype(np.int32),
        "forward_keys": high[of_all],
        "forward_rows": of_all.astype(np.int32),
        "backward_keys": backward[back_of_all],
        "backward_rows": back_of_all.astype(np.int32),
    }
    counts = np.bincount(attributes[:, _MAKER].astype(np.int64) + 1, minlength=1)
    return assembled(orders, tally_of(codes, attributes), counts, Memory())


def assembled(orders: Mapping[str, Array], tally: Tally, by_maker: NDArray[np.int64], space: Space) -> Segment:
    """Make a segment of its rows and orders, and of what was counted of them.

    `by_maker` is the number of rows of each maker, those of unknown maker first; no row may have one of the last.
    """
    last = int(np.flatnonzero(by_maker).max(initial=0))
    starts = np.concatenate([[0], np.cumsum(by_maker[: last + 1])])
    lows = Lows(*(orders[name] for name in ("low_masks", "low_before", "low_values")))
    population = population_of(tally, Marks(orders["high"], lows, orders["weapons"], starts))
    counted = {
        "makers": starts,
        "forward_jumps": _jumps(orders["forward_keys"]),
        "backward_jumps": _jumps(orders["backward_keys"]),
        "weapon_count": np.array([_distinct(orders["weapons"])]),
        **population.arrays(),
    }
    kept = {}
    for name, array in counted.items():
        kept[name] = space.empty(name, array.shape, array.dtype)
        kept[name][...] = array
    return Segment.from_arrays({**orders, **kept})


def _own() -> list[str]:
    return [each.name for each in fields(Segment) if each.name not in _APART]


@kernel
def _count_of(weapons: Array, asked: NDArray[np.int64], counts: NDArray[np.int64]) -> None:
    """Count the rows of each of the weapons asked for, which are rising."""
    if len(asked) == 0:
        return
    least, greatest = asked[0], asked[-1]
    for row in range(len(weapons)):
        weapon = weapons[row]
        if least <= weapon <= greatest:
            place = first_at_least(asked, 0, len(asked), weapon)
            if asked[place] == weapon:
                counts[place] += 1


def _by(keys: Array, order: Array | None) -> Array:
    """Return an order sorted by `keys`, those alike as they stand in `order`."""
    return np.argsort(keys, kind="stable") if order is None else order[np.argsort(keys[order], kind="stable")]


def _narrow(identities: NDArray[np.int64]) -> Array:
    """Keep identities in four bytes where they fit; a hundred million marks are read faster so."""
    fits = not len(identities) or int(identities.max()) < 2**31
    return identities.astype(np.int32) if fits else identities


def _narrow_numbers(numbers: NDArray[np.int64]) -> Array:
    """Keep the numbers of marks in one byte where they fit, as those of registers do."""
    fits = int(numbers.min(initial=0)) >= 0 and int(numbers.max(initial=0)) < MARKS_A_WEAPON
    return numbers.astype(np.uint8) if fits else numbers


def mark_identities(weapons: Array, numbers: Array) -> NDArray[np.int64]:
    """Return the identities of marks."""
    return weapons.astype(np.int64) * MARKS_A_WEAPON + numbers


@kernel
def mark_identity(weapon: int, number: int) -> int:
    """Return the identity of a mark."""
    return int(weapon) * MARKS_A_WEAPON + int(number)


def _distinct(weapons: Array) -> int:
    rising = np.sort(weapons)
    return int(np.count_nonzero(rising[1:] != rising[:-1])) + min(len(rising), 1)


def _narrow_attributes(attributes: NDArray[np.int32]) -> Array:
    """Keep attributes in two bytes where they fit; sorting by maker is fastest so."""
    fits = int(attributes.max(initial=0)) < 2**15 and int(attributes.min(initial=0)) >= -(2**15)
    return attributes.astype(np.int16) if fits else attributes


def _jumps(keys: Keys) -> NDArray[np.int64]:
    """Return where each beginning of three characters starts, and at the end the number of rows."""
    beginnings = np.arange((1 << (BITS * JUMP)) + 1, dtype=np.int64)
    return np.searchsorted(keys, beginnings << (BITS * (PACKED - JUMP))).astype(np.int64)


_NO_ROWS = sealed(np.zeros(0, np.int32))
_NO_JUMPS = sealed(np.zeros(0, np.int64))
