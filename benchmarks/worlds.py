"""All weapons ever made, by no real maker: identity i, from 0 on, says everything of a weapon.

A world is a table of models. What weapon i is follows from its model and its place in the model's production, so that
hundreds of millions of weapons need no memory, and a weapon that no register holds is drawn like one that is held.
"""

from typing import Any, NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

Array = NDArray[Any]

WEAPONS = 400_000_000
MAKERS = 300
COUNTRIES = 40
CALIBRES = 48
KINDS = 8
ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
WIDTH = 14
"""Places of the longest serial."""

EPOCHS = 3
"""How often at most a maker numbers anew in another way, less one."""

WAYS = (
    "plain", "padded", "model_prefix", "letter_suffix", "factory_year", "block_letters", "two_letters", "year_letter",
    "letter_both_ends", "model_digits",
)  # fmt: skip
"""The ways in which makers number, in the order of the kernel's cases."""
_COMMON = (0.2, 0.08, 0.15, 0.1, 0.08, 0.12, 0.08, 0.07, 0.06, 0.06)

COLUMNS = ("maker", "model", "calibre", "country", "year", "kind")


class World(NamedTuple):
    """Models, one row each, sorted by maker; `firsts` (models + 1) tells the first weapon of each.

    `calibres` and `countries` have two columns: what most weapons of the model have, and what some have. `starts` is
    the number the model's first weapon bears: with most makers every model starts near 1, so that one number is borne
    by weapons of several models. `relatives` groups makers that are taken for each other (successors, licensees),
    `calibre_families` calibres of several names. `ways` and `changes` (makers, epochs) say how a maker numbers, and in
    which year it begins so. `scripts` is 0 for makers that mark in Latin signs, 1 in Cyrillic letters, 2 in Arabic
    digits.
    """

    makers: Array
    firsts: Array
    calibres: Array
    countries: Array
    years: Array
    spans: Array
    kinds: Array
    starts: Array
    letters: Array
    first_models: Array
    relatives: Array
    calibre_families: Array
    ways: Array
    changes: Array
    factories: Array
    widths: Array
    scripts: Array

    @property
    def size(self) -> int:
        """How many weapons there are."""
        return int(self.firsts[-1])


def world(seed: int, weapons: int = WEAPONS) -> World:
    """Draw makers, whose shares follow a power law, and their models."""
    chance = np.random.default_rng([seed, 1])
    shares = 1 / (np.arange(MAKERS) + 2.0)
    model_counts = np.clip(chance.geometric(0.07, MAKERS), 1, 40)
    first_models = np.concatenate([[0], np.cumsum(model_counts)])
    makers = np.repeat(np.arange(MAKERS), model_counts)
    within = np.arange(len(makers)) - first_models[makers]
    popular = shares[makers] / (within + 1.3)
    per_maker = np.bincount(makers, popular / shares[makers])
    produced = np.maximum((popular / per_maker[makers] * weapons / shares.sum()).astype(np.int64), 20)
    firsts = np.concatenate([[0], np.cumsum(produced)])
    years = chance.integers(1900, 2012, len(makers))
    homes = np.minimum(chance.geometric(0.12, MAKERS) - 1, COUNTRIES - 1)
    abroad = chance.integers(0, COUNTRIES, len(makers))
    changes = np.sort(chance.integers(1935, 2010, (MAKERS, EPOCHS)), axis=1)
    changes[:, 0] = 0
    usual = np.minimum(chance.geometric(0.1, len(makers)) - 1, CALIBRES - 1)
    other = np.minimum(chance.geometric(0.1, len(makers)) - 1, CALIBRES - 1)
    shared = chance.random(MAKERS) < 0.6
    consecutive = firsts[:-1] - firsts[first_models[makers]]
    return World(
        makers=makers,
        firsts=firsts,
        calibres=np.stack([usual, other], axis=1),
        countries=np.stack([homes[makers], np.where(chance.random(len(makers)) < 0.15, abroad, homes[makers])], axis=1),
        years=years,
        spans=np.minimum(chance.integers(4, 45, len(makers)), 2025 - years),
        kinds=np.minimum(chance.geometric(0.35, len(makers)) - 1, KINDS - 1),
        starts=np.where(shared[makers], chance.choice([0, 1000, 10_000, 100_000], len(makers)), consecutive),
        letters=chance.integers(10, 36, (len(makers), 3)),
        first_models=first_models,
        relatives=chance.integers(0, 70, MAKERS),
        calibre_families=np.arange(CALIBRES) // 3,
        ways=chance.choice(len(WAYS), (MAKERS, EPOCHS), p=_COMMON),
        changes=changes,
        factories=chance.integers(1, 99, MAKERS),
        widths=chance.integers(5, 9, MAKERS),
        scripts=chance.choice(3, MAKERS, p=[0.88, 0.09, 0.03]),
    )


def describe(of: World, weapons: Array) -> tuple[Array, Array]:
    """Return serials (n, `WIDTH`), 0 behind the end and else place in `ALPHABET` + 1, and attributes (n, 6)."""
    models = (np.searchsorted(of.firsts, weapons, "right") - 1).astype(np.int16)
    serials, attributes = np.zeros((len(weapons), WIDTH), np.uint8), np.empty((len(weapons), 6), np.int16)
    _describe(np.asarray(weapons, np.int64), models, of, serials, attributes)
    return serials, attributes


@njit(cache=True, nogil=True)
def _digits(serial: Array, at: int, number: int, least: int) -> int:
    """Write a number of at least so many digits; return the place behind it."""
    size, rest = 1, number
    while rest >= 10:
        rest //= 10
        size += 1
    size = max(size, least)
    for place in range(at + size - 1, at - 1, -1):
        serial[place] = 1 + number % 10
        number //= 10
    return at + size


@njit(cache=True, nogil=True)
def _letter(number: int) -> int:
    """Return a letter as makers use them in turn: without I and O, which are mistaken for digits."""
    letter = number % 24
    return 11 + letter + (1 if letter >= 8 else 0) + (1 if letter >= 13 else 0)


@njit(cache=True, nogil=True)
def _number(  # noqa: C901, PLR0912, PLR0913, PLR0917 - one branch a way of numbering, and a kernel has no objects.
    serial: Array, way: int, run: int, year: int, maker: int, model: int, letters: Array, rest: Array
) -> None:
    """Number a weapon; `rest` holds the maker's factory code and the width it pads to."""
    at = 0
    if way == 0:
        _digits(serial, 0, run + 1, 1)
    elif way == 1:
        _digits(serial, 0, run + 1, rest[1])
    elif way == 2:
        for place in range(1 + model % 3):
            serial[at] = letters[place] + 1
            at += 1
        _digits(serial, at, run + 1, 4)
    elif way == 3:
        at = _digits(serial, 0, run % 100_000, 5)
        serial[at] = _letter(run // 100_000)
        if run >= 2_400_000:
            serial[at + 1] = _letter(run // 2_400_000)
    elif way == 4:
        at = _digits(serial, 0, rest[0], 2)
        at = _digits(serial, at, year % 100, 2)
        _digits(serial, at, run % 1_000_000, 5)
    elif way == 5:
        block = run // 1000
        for turn in (576 * 24, 576, 24, 1):
            if turn < 576 * 24 or block >= 576 * 24:
                serial[at] = _letter(block // turn)
                at += 1
        _digits(serial, at, run % 1000, 3)
    elif way == 6:
        serial[0] = _letter(run // 10_000)
        serial[1] = _letter(run // 240_000 + maker)
        _digits(serial, 2, run % 10_000, 4)
    elif way == 7:
        at = _digits(serial, 0, year % 100, 2)
        serial[at] = _letter(maker + run // 100_000)
        _digits(serial, at + 1, run % 100_000, 5)
    elif way == 8:
        serial[0] = letters[0] + 1
        at = _digits(serial, 1, run % 1_000_000, 6)
        serial[at] = _letter(run // 1_000_000 + maker)
    else:
        at = _digits(serial, 0, 100 + model % 900, 3)
        _digits(serial, at, run % 10_000_000, 5)


@njit(cache=True, nogil=True)
def _chance(weapon: int, what: int) -> float:
    """Return a number from 0 to 1 that is always the same for a weapon and a purpose (the mixer of splitmix64)."""
    mixed = np.uint64(weapon) * np.uint64(8) + np.uint64(what)
    mixed = (mixed + np.uint64(1)) * np.uint64(0x9E3779B97F4A7C15)
    mixed = (mixed ^ (mixed >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return float((mixed ^ (mixed >> np.uint64(31))) >> np.uint64(11)) / 2.0**53


@njit(cache=True, nogil=True)
def _describe(weapons: Array, models: Array, of: World, serials: Array, attributes: Array) -> None:
    rest = np.zeros(2, np.int64)
    for row in range(len(weapons)):
        weapon, model = weapons[row], models[row]
        maker, place = of.makers[model], weapon - of.firsts[model]
        year = of.years[model] + place * (of.spans[model] + 1) // (of.firsts[model + 1] - of.firsts[model])
        epoch = 0
        while epoch + 1 < of.changes.shape[1] and year >= of.changes[maker, epoch + 1]:
            epoch += 1
        rest[0], rest[1] = of.factories[maker], of.widths[maker]
        way, run = of.ways[maker, epoch], of.starts[model] + place
        _number(serials[row], way, run, year, maker, model, of.letters[model], rest)
        attributes[row, 0], attributes[row, 1] = maker, model
        attributes[row, 2] = of.calibres[model, 1 if _chance(weapon, 0) < 0.12 else 0]
        attributes[row, 3] = of.countries[model, 1 if _chance(weapon, 1) < 0.5 else 0]
        attributes[row, 4], attributes[row, 5] = year, of.kinds[model]
