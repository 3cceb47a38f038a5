"""What marks come to when they are counted: numbers that are added and taken away as marks come and go."""

from collections.abc import Iterable
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from tracemark.tracing.matching.kernels import kernel
from tracemark.tracing.matching.keys import BITS, PACKED, SYMBOLS, WIDTH, Codes, Keys
from tracemark.tracing.matching.numberings import kind_of

Array = NDArray[Any]
Counts = NDArray[np.int64]

PAIRS = ((0, 1), (0, 2), (0, 3), (0, 4), (0, 5), (1, 2), (1, 4), (1, 5), (0, 6), (1, 6))
"""Attributes of which pairs are counted: what maker and model are seen with."""

PATTERNS = 1 << PACKED
"""Patterns of fewer than ten characters: binary numbers with a 1 before the first place, and 1 for a letter."""

_AT_ONCE = 1 << 18
_SMALLEST_TABLE = 1 << 12
_SCATTER = np.int64(0x9E3779B97F4A7C1)


class Counted(NamedTuple):
    """How often each key occurs; keys rising, none that does not occur."""

    keys: Keys
    counts: Counts


class Tally(NamedTuple):
    """The counts of some marks.

    `singles` counts known values of attributes (`single_key`), `pairs` pairs of them (`pair_key`), `patterns` which
    character follows which pattern with each maker (`pattern_key`), and `places` (21, 37) which stands at each place.
    """

    singles: Counted
    pairs: Counted
    patterns: Counted
    places: Counts


def single_key(column: int, value: int) -> int:
    """Return the key of a value of an attribute."""
    return column << 32 | value


def pair_key(number: int, first: int, second: int) -> int:
    """Return the key of two values; `number` is the place of their attributes among `PAIRS`."""
    return number << 56 | first << 28 | (second & 0xFFFFFFF)


@kernel
def pattern_key(maker: int, pattern: int, code: int) -> int:
    """Return the key of a character behind a pattern; the maker is -1 where unknown."""
    return ((maker + 1) << (PACKED + BITS)) | (pattern << BITS) | code


def parts_of_pattern_keys(keys: Keys) -> tuple[Counts, Counts, Counts]:
    """Return maker, pattern and code of each key."""
    return (keys >> (PACKED + BITS)) - 1, keys >> BITS & (PATTERNS - 1), keys & ((1 << BITS) - 1)


def tally_of(codes: Codes, attributes: Array) -> Tally:
    """Count marks: codes of their serials (n, 20) and attributes (n, 7)."""
    tally = NO_TALLY
    for start in range(0, len(codes), _AT_ONCE):
        rows = slice(start, start + _AT_ONCE)
        tally = added(tally, _tally_of_some(codes[rows], attributes[rows].astype(np.int64)))
    return tally


def added(one: Tally, other: Tally) -> Tally:
    """Return the tally of the marks of both."""
    return Tally(
        _sum((one.singles, other.singles)),
        _sum((one.pairs, other.pairs)),
        _sum((one.patterns, other.patterns)),
        one.places + other.places,
    )


def less(one: Tally, other: Tally) -> Tally:
    """Return the tally without marks that are among its own."""
    singles, pairs, patterns = (
        Counted(each.keys, -each.counts) for each in (other.singles, other.pairs, other.patterns)
    )
    return added(one, Tally(singles, pairs, patterns, -other.places))


def _tally_of_some(codes: Codes, attributes: Counts) -> Tally:
    columns = range(attributes.shape[1])
    singles = [attributes[attributes[:, each] >= 0, each] | single_key(each, 0) for each in columns]
    pairs = []
    for number, (first, second) in enumerate(PAIRS):
        both = attributes[(attributes[:, first] >= 0) & (attributes[:, second] >= 0)]
        pairs.append(pair_key(number, 0, 0) | both[:, first] << 28 | both[:, second])
    keys = np.empty(codes.shape[0] * PACKED, np.int64)
    places = np.zeros((WIDTH + 1, SYMBOLS), np.int64)
    count = _list_patterns(codes, attributes[:, 0].copy(), keys, places)
    return Tally(
        _sum(_counted(each) for each in singles), _sum(_counted(each) for each in pairs), _counted(keys[:count]), places
    )


def _sum(several: Iterable[Counted]) -> Counted:
    listed = list(several)
    keys, own = np.unique(np.concatenate([each.keys for each in listed]), return_inverse=True)
    counts = np.zeros(len(keys), np.int64)
    np.add.at(counts, own, np.concatenate([each.counts for each in listed]))
    return Counted(keys[counts > 0], counts[counts > 0])


def _counted(keys: Keys) -> Counted:
    found, counts = _count(np.ascontiguousarray(keys))
    order = np.argsort(found)
    return Counted(found[order], counts[order])


@kernel
def _list_patterns(codes: Codes, makers: Counts, keys: Keys, places: Counts) -> int:
    """List the key of each character of serials and its pattern, and count it at its place; return how many."""
    count = 0
    for row in range(codes.shape[0]):
        if codes[row, 0] == 0:
            continue
        pattern = 1
        for place in range(WIDTH + 1):
            code = codes[row, place] if place < WIDTH else 0
            places[place, code] += 1
            if pattern < PATTERNS:
                keys[count] = pattern_key(makers[row], pattern, code)
                count += 1
                pattern = 2 * pattern + kind_of(code)
            if code == 0:
                break
    return count


@kernel
def _count(keys: Keys) -> tuple[Keys, Counts]:
    """Return each key once, and how often it occurs; a table is searched from the place a key is scattered to."""
    size = _SMALLEST_TABLE
    held, counts = np.full(size, -1, np.int64), np.zeros(size, np.int64)
    used = 0
    place = 0
    for key in keys:
        if held[place] != key:
            place = ((key * _SCATTER) >> 20) & (size - 1)
            while held[place] != key and held[place] >= 0:
                place = (place + 1) & (size - 1)
        if held[place] < 0:
            held[place] = key
            used += 1
        counts[place] += 1
        if 2 * used > size:
            size *= 2
            larger, theirs = np.full(size, -1, np.int64), np.zeros(size, np.int64)
            for old in range(len(held)):
                if held[old] >= 0:
                    new = ((held[old] * _SCATTER) >> 20) & (size - 1)
                    while larger[new] >= 0:
                        new = (new + 1) & (size - 1)
                    larger[new], theirs[new] = held[old], counts[old]
            held, counts = larger, theirs
            place = 0
    return held[held >= 0], counts[held >= 0]


_NOTHING = Counted(np.zeros(0, np.int64), np.zeros(0, np.int64))

NO_TALLY = Tally(_NOTHING, _NOTHING, _NOTHING, np.zeros((WIDTH + 1, SYMBOLS), np.int64))
"""The tally of no marks."""
