"""What a weapon that is not in the register would look like: how probable the reading is for a stranger.

Serials are predicted as texts are compressed: a stranger's serial begins like many in the register, goes on as some of
those do, and at some point as none does, which the register itself has taught how often to expect. Source: Cleary and
Witten, "Data compression using adaptive coding and partial string matching", 1984.
"""

import math
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from tracemark.tracing.matching.channels import (
    GAP_EACH,
    INSERTED,
    LOST,
    LOST_EACH,
    MISSED,
    NATS,
    SWAPPED,
    Channel,
)
from tracemark.tracing.matching.escapes import FEW, WAYS, Marks, size_class, weapons_among
from tracemark.tracing.matching.kernels import kernel
from tracemark.tracing.matching.keys import BITS, FIRST_SHIFT, PACKED, SYMBOLS, WIDTH, first_at_least
from tracemark.tracing.matching.populations import EVERYONE, Population
from tracemark.tracing.matching.scoring import Stated, likelihood
from tracemark.tracing.matching.segments import Segment, Trie

Floats = NDArray[np.float64]

_FLAT = np.array([0.0] + [0.08] * 10 + [0.2 / 26] * 26)
"""Characters of serials the register never saw the like of: four in five are digits."""

_FLAT_LENGTHS = 7.0
"""Such serials have about so many lengths, equally probable."""

_MOST_NODES = 300
_NEGLIGIBLE = 1e-2
_NOTHING_LEFT = 1e-9
_LOCAL = 4096
"""Among no more rows than these a stranger is described as they are, among more as weapons are in general."""


@dataclass(frozen=True, slots=True)
class Outside:
    """How probable a reading is for a stranger: alone, and together with the attributes stated."""

    reading: float
    together: float


class Around(NamedTuple):
    """What describes strangers: the attributes stated, their probability for a stranger in general, a maker left out.

    `factor` is the probability of being among the rows walked at all; `but` a maker's code, -2 for none.
    """

    attributes: NDArray[np.int16]
    stated: Stated
    usual: float
    factor: float
    but: int


def flat_probability(channel: Channel) -> float:
    """Return the probability of the reading for a weapon numbered in a way the register does not know."""
    return float(np.prod(np.exp(channel.forward.costs / -NATS) @ _FLAT)) / _FLAT_LENGTHS


def outside(channel: Channel, segment: Segment, around: Around, maker: int | None) -> Outside:
    """Return the probability of the reading for strangers numbered as the register's weapons are, of one maker or all.

    Where a maker has no rows, strangers are numbered as all are.
    """
    population = segment.population
    begin, end = (0, 0) if maker is None else segment.of_maker(maker)
    trie = segment.trie(backward=False, by_maker=begin < end)
    if begin == end:
        begin, end = 0, len(segment)
    group = EVERYONE if maker is None else population.group_of(maker)
    usual = character_shares(population, group)
    probe = channel.forward
    reading, together = _walk(
        trie,
        begin,
        end,
        Marks(segment.high, segment.low, segment.weapons, segment.makers),
        usual,
        population.escapes,
        np.exp(probe.costs / -NATS),
        probe.known,
        probe.gaps,
        np.exp(probe.edits / -NATS),
        around,
    )
    return Outside(float(reading), float(together))


def character_shares(population: Population, group: int) -> Floats:
    """Return how often each character, or the end, stands at each place of the group's serials, shape (21, 37).

    Each place sums to 1. A group's shares are drawn towards everyone's, and these a little towards equal shares.
    """
    every = population.characters[EVERYONE] + 0.02
    every /= every.sum(axis=1, keepdims=True)
    shares: Floats = every if group == EVERYONE else population.characters[group] + 4.0 * every
    shares = shares / shares.sum(axis=1, keepdims=True)
    shares[WIDTH] = 0.0
    shares[WIDTH, 0] = 1.0
    return shares


@kernel
def _walk(  # noqa: C901, PLR0912, PLR0913, PLR0915, PLR0917 - compiled: a call into a loop costs more than its length
    trie: Trie,
    begin: int,
    end: int,
    marks: Marks,
    usual: Floats,
    escapes: Floats,
    explained: Floats,
    known: NDArray[np.uint8],
    gaps: NDArray[np.uint8],
    edits: Floats,
    around: Around,
) -> tuple[float, float]:
    """Sum the probability of the reading over all serials: beginnings that stand in the trie, and what may follow."""
    places = explained.shape[0]
    rest = np.zeros((WIDTH + 2, places + 2))
    shares = np.zeros((WIDTH + 1, places))
    _fill_rest(rest, shares, usual, explained, gaps, edits)
    forward = np.zeros((PACKED + 1, places + 2))
    forward[0, 0] = 1.0
    for j in range(1, places + 1):
        forward[0, j] = forward[0, j - 1] * edits[INSERTED]
    unseen_step = np.zeros(places + 2)
    averaged = np.zeros((places, 1))
    probability = np.zeros(PACKED + 1)
    described = np.zeros(PACKED + 1)
    prefixes = np.zeros(PACKED + 1, np.int64)
    path = np.zeros(PACKED + 1, np.int64)
    firsts = np.zeros((PACKED + 1, SYMBOLS + 1), np.int64)
    codes = np.zeros((PACKED + 1, SYMBOLS + 1), np.int64)
    children = np.zeros(PACKED + 1, np.int64)
    at = np.zeros(PACKED + 1, np.int64)
    begins = np.zeros(PACKED + 1, np.int64)
    ends = np.zeros(PACKED + 1, np.int64)
    stays = np.zeros(PACKED + 1)
    sizes = np.zeros(PACKED + 1, np.int64)
    begins[0], ends[0] = begin, end
    probability[0] = 1.0
    pure = 0.0
    total = 0.0
    nodes = 0
    depth = 0
    entering = True
    hoped = 0.0
    for j in range(places + 1):
        hoped += forward[0, j] * rest[0, j]
    while depth >= 0:
        if entering:
            nodes += 1
            shift = FIRST_SHIFT - BITS * depth
            first = begins[depth]
            count = 0
            seen = 0.0
            while first < ends[depth]:
                code = (trie.keys[first] >> shift) & 63
                firsts[depth, count] = first
                codes[depth, count] = code
                seen += usual[depth, code]
                count += 1
                first = first_at_least(trie.keys, first, ends[depth], prefixes[depth] + ((code + 1) << shift))
            firsts[depth, count] = ends[depth]
            children[depth] = count
            at[depth] = 0
            sizes[depth] = weapons_among(marks, begins[depth], ends[depth], trie.rows, -1)
            described[depth] = _described(trie.rows, begins[depth], ends[depth], around)
            unseen = 1.0 - seen
            escape = 0.0
            if unseen > _NOTHING_LEFT:
                escape = escapes[size_class(max(sizes[depth], 1)), min(count, WAYS) - 1, depth]
                for j in range(places):
                    averaged[j, 0] = shares[depth, j]
                    for child in range(count):
                        averaged[j, 0] -= usual[depth, codes[depth, child]] * explained[j, codes[depth, child]]
                goes_on = unseen
                ends_here = 0.0
                if codes[depth, 0] != 0:
                    goes_on -= usual[depth, 0]
                    ends_here = usual[depth, 0] * (forward[depth, places] + forward[depth, places + 1])
                _go_on(unseen_step, forward[depth], depth + 1, averaged, 0, max(goes_on, 0.0), gaps, edits)
                mass = ends_here
                for j in range(places + 2):
                    mass += unseen_step[j] * rest[depth + 1, j]
                mass *= probability[depth] * escape / unseen
                pure += mass
                total += mass * described[depth]
            stays[depth] = 1.0 - escape
            entering = False
        if at[depth] == children[depth]:
            depth -= 1
            continue
        child = at[depth]
        at[depth] = child + 1
        code = codes[depth, child]
        first, last = firsts[depth, child], firsts[depth, child + 1]
        share = probability[depth] * stays[depth]
        if children[depth] > 1:
            share *= weapons_among(marks, first, last, trie.rows, -1) / sizes[depth]
        if code == 0:
            mass = share * (forward[depth, places] + forward[depth, places + 1])
            if mass > 0:
                pure += mass
                total += mass * _described(trie.rows, first, last, around)
            continue
        deeper = depth + 1
        _go_on(forward[deeper], forward[depth], deeper, explained, code, 1.0, gaps, edits)
        if depth > 0:
            for j in range(2, places + 1):
                if known[j - 2] == code and known[j - 1] == path[depth] and code != path[depth]:
                    forward[deeper, j] += forward[depth - 1, j - 2] * edits[SWAPPED]
        hope = 0.0
        for j in range(places + 2):
            hope += forward[deeper, j] * rest[deeper, j]
        mass = share * hope
        if mass < _NEGLIGIBLE * max(pure, hoped) or nodes >= _MOST_NODES or deeper == PACKED:
            pure += mass
            total += mass * described[depth]
            continue
        path[deeper] = code
        prefixes[deeper] = prefixes[depth] | code << (FIRST_SHIFT - BITS * depth)
        begins[deeper], ends[deeper] = first, last
        probability[deeper] = share
        depth = deeper
        entering = True
    return pure, total


@kernel
def _go_on(  # noqa: PLR0913, PLR0917 - compiled
    new: Floats,
    last: Floats,
    depth: int,
    explained: Floats,
    code: int,
    weight: float,
    gaps: NDArray[np.uint8],
    edits: Floats,
) -> None:
    """Fill the row of `depth` characters: how probable it is to have read the first j places so.

    The last character is `code`; `weight` is its share, which `explained` already holds where it stands for several.
    """
    places = explained.shape[0]
    new[0] = weight * (
        last[0] * edits[GAP_EACH] if gaps[0] else last[0] * edits[MISSED] + edits[LOST] * edits[LOST_EACH] ** depth
    )
    for j in range(1, places + 1):
        passed = edits[GAP_EACH] if gaps[j] else edits[MISSED]
        new[j] = last[j - 1] * explained[j - 1, code] + weight * last[j] * passed + new[j - 1] * edits[INSERTED]
    new[places + 1] = weight * (last[places + 1] + last[places] * edits[LOST]) * edits[LOST_EACH]


@kernel
def _fill_rest(
    rest: Floats, shares: Floats, usual: Floats, explained: Floats, gaps: NDArray[np.uint8], edits: Floats
) -> None:
    """Fill how probable it is to read the places from j on, for a serial of which `depth` characters are behind.

    Its characters stand as usual at their places, each for itself. `shares` is how probable each place is there.
    """
    places = explained.shape[0]
    for depth in range(WIDTH + 1):
        for j in range(places):
            for symbol in range(1, SYMBOLS):
                shares[depth, j] += usual[depth, symbol] * explained[j, symbol]
    for depth in range(WIDTH, -1, -1):
        stops, goes_on = usual[depth, 0], 1.0 - usual[depth, 0]
        rest[depth, places + 1] = stops + goes_on * edits[LOST_EACH] * rest[depth + 1, places + 1]
        for j in range(places, -1, -1):
            passed = edits[GAP_EACH] if gaps[j] else edits[MISSED]
            value = goes_on * passed * rest[depth + 1, j]
            if j == places:
                value += stops + goes_on * edits[LOST] * edits[LOST_EACH] * rest[depth + 1, places + 1]
            else:
                value += shares[depth, j] * rest[depth + 1, j + 1] + edits[INSERTED] * rest[depth, j + 1]
            rest[depth, j] = value


@kernel
def _described(rows: NDArray[np.int32], begin: int, end: int, around: Around) -> float:
    """Return how probable the attributes stated are for a stranger that is numbered like these rows."""
    if end - begin > _LOCAL:
        return around.usual
    step = max((end - begin) // FEW, 1)
    count = 0
    likely = 0.0
    for place in range(begin, end, step):
        row = rows[place] if len(rows) else place
        count += 1
        if around.attributes[row, 0] != around.but:
            likely += math.exp(likelihood(around.attributes, row, around.stated))
    return (likely * around.factor + 2.0 * around.usual) / (count + 2.0)


def log(value: float) -> float:
    """Return the natural logarithm, of nothing a very small one."""
    return math.log(max(value, 1e-300))
