"""A register of weapons of a world, with the errors of its clerks."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from benchmarks.worlds import ALPHABET, WIDTH, Array, World, describe

MARKS_A_WEAPON = 1.25
LOT = 18
"""Mean size of a lot of consecutive numbers."""
IN_LOTS = 0.25
"""Share of weapons that were bought in lots, as forces, police and dealers buy; the others came singly."""
MISTYPED = 0.01
RECORDED = ((0.0, 0.005), (0.05, 0.01), (0.03, 0.02), (0.05, 0.01), (0.3, 0.03), (0.01, 0.01))
"""How often an attribute, in the order of `COLUMNS`, is missing, and how often it is wrong."""
_CHUNK = 1 << 22
_SIGNS = np.frombuffer(b"\0" + ALPHABET.encode(), np.uint8)


@dataclass(frozen=True)
class Register:
    """Weapons, one row each: identity in the world, serial and attributes as recorded; `marks` are rows of weapons.

    `codes` has shape (n, `WIDTH`): 0 behind the end, else place in `ALPHABET` + 1; `recorded` (n, 6), -1 where nothing
    is recorded.
    """

    weapons: Array
    codes: Array
    recorded: Array
    marks: Array

    @cached_property
    def recorded_serials(self) -> list[str]:
        """The serials of all weapons as texts; a register of a hundred million had better not be asked."""
        return texts(self.codes)

    @cached_property
    def sorted_weapons(self) -> Array:
        return np.sort(self.weapons)

    def holds(self, weapons: Array) -> Array:
        """Tell which weapons of the world are in the register."""
        places = np.minimum(np.searchsorted(self.sorted_weapons, weapons), len(self.weapons) - 1)
        found: Array = self.sorted_weapons[places] == weapons
        return found


def texts(codes: Array) -> list[str]:
    """Return serials as texts."""
    return [each.decode() for each in _SIGNS[codes].view(f"S{WIDTH}").ravel().tolist()]


def register(of: World, mark_count: int, seed: int, in_lots: float = IN_LOTS) -> Register:
    """Draw a register: weapons bought in lots and singly, typing errors, attributes missing or wrong."""
    chance = np.random.default_rng([seed, 3])
    count = max(1, int(mark_count / MARKS_A_WEAPON))
    weapons = bought(of, count, in_lots, chance)
    codes, recorded = np.empty((count, WIDTH), np.uint8), np.empty((count, 6), np.int16)
    for start in range(0, count, _CHUNK):
        part = slice(start, start + _CHUNK)
        codes[part], recorded[part] = describe(of, weapons[part])
        _mistype(codes[part], chance)
        misrecord(recorded[part], chance)
    twice = chance.integers(0, count, mark_count - count, dtype=np.int32)
    return Register(weapons, codes, recorded, np.concatenate([np.arange(count, dtype=np.int32), twice]))


def faultless(of: World, registered: Register) -> Register:
    """Return a register of the same weapons in which no clerk erred."""
    codes, truth = np.empty_like(registered.codes), np.empty_like(registered.recorded)
    for start in range(0, len(codes), _CHUNK):
        part = slice(start, start + _CHUNK)
        codes[part], truth[part] = describe(of, registered.weapons[part])
    return Register(registered.weapons, codes, truth, registered.marks)


def bought(of: World, count: int, in_lots: float, chance: np.random.Generator) -> Array:
    """Draw so many different weapons of the world, a share of them in lots of consecutive numbers, in any order."""
    a_lot = in_lots / (in_lots + LOT * (1 - in_lots))
    found = np.zeros(0, np.int64)
    while len(found) < count:
        purchases = int((count - len(found)) / (1 + a_lot * (LOT - 1)) * 1.05) + 64
        sizes = np.where(chance.random(purchases) < a_lot, chance.geometric(1 / LOT, purchases), 1)
        starts = chance.integers(0, of.size, purchases)
        ends = of.firsts[np.searchsorted(of.firsts, starts, "right")]
        sizes = np.minimum(sizes, ends - starts)
        within = np.arange(int(sizes.sum())) - np.repeat(np.cumsum(sizes) - sizes, sizes)
        found = _rising(np.concatenate([found, np.repeat(starts, sizes) + within]))
    return chance.permutation(found)[:count]


def _rising(numbers: Array) -> Array:
    """Return each number once, sorted. `np.unique` scatters them over a table, at ten times the cost of sorting."""
    numbers.sort()
    first = np.ones(len(numbers), bool)
    np.not_equal(numbers[1:], numbers[:-1], out=first[1:])
    return numbers[first]


def _mistype(codes: Array, chance: np.random.Generator) -> None:
    """Replace one place of a few serials by another sign of its kind."""
    rows = np.flatnonzero(chance.random(len(codes), np.float32) < MISTYPED)
    places = (chance.random(len(rows)) * (codes[rows] > 0).sum(axis=1)).astype(np.int64)
    digits = codes[rows, places] <= 10
    codes[rows, places] = np.where(digits, chance.integers(1, 11, len(rows)), chance.integers(11, 37, len(rows)))


def misrecord(attributes: Array, chance: np.random.Generator) -> None:
    """Leave attributes out, or take another weapon's."""
    for column, (missing, wrong) in enumerate(RECORDED):
        draw = chance.random(len(attributes), np.float32)
        rows = np.flatnonzero((draw >= missing) & (draw < missing + wrong))
        attributes[rows, column] = attributes[chance.integers(0, len(attributes), len(rows)), column]
        attributes[draw < missing, column] = -1
