"""What a weapon that is not in the register would look like: how probable the reading is for a stranger.

Serials are predicted as texts are compressed: a stranger's serial begins like many in the register and goes on as some
of those do or as its maker's way of numbering has it; how far each is to be believed the register itself has taught.
Source: Cleary and Witten, "Data compression using adaptive coding and partial string matching", 1984; MacKay and Peto,
"A hierarchical Dirichlet language model", 1995.
"""

import math
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from tracemark.tracing.matching.channels import INSERTED, NATS, SWAPPED, Costs, Probe
from tracemark.tracing.matching.concentrations import WAYS, size_class
from tracemark.tracing.matching.continuations import fill_rest, fit_of, go_on, reached_from
from tracemark.tracing.matching.countings import FEW, Marks, among, weapons_among
from tracemark.tracing.matching.descents import edge
from tracemark.tracing.matching.kernels import inner, kernel
from tracemark.tracing.matching.keys import BITS, FIRST_SHIFT, PACKED, SYMBOLS
from tracemark.tracing.matching.numberings import Numbering, after, kind_of
from tracemark.tracing.matching.populations import EVERYONE
from tracemark.tracing.matching.scoring import Stated, likelihood
from tracemark.tracing.matching.segments import Segment, Trie

Floats = NDArray[np.float64]

FLAT = np.array([0.0] + [0.08] * 10 + [0.2 / 26] * 26)
"""Characters of serials the register never saw the like of: four in five are digits."""

_FLAT_LENGTHS = 7.0
"""Such serials have about so many lengths, equally probable."""

_MOST_NODES = 300
_NEGLIGIBLE = 3e-2
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

    `factor` is the probability of being among the rows walked at all; `but` a maker's code, -2 for none; `beside` how
    many weapons' worth what is usual counts beside those that a stranger is numbered like; `once` whether weapons that
    were bought together count once.
    """

    attributes: NDArray[np.int16]
    stated: Stated
    usual: float
    factor: float
    but: int
    beside: float
    once: bool


def flat_probability(reading: Probe) -> float:
    """Return the probability of the reading for a weapon numbered in a way the register does not know."""
    return _flat(reading.costs) / _FLAT_LENGTHS


@kernel
def _flat(costs: Costs) -> float:
    product = 1.0
    for place in costs:
        explained = 0.0
        for symbol in range(SYMBOLS):
            explained += FLAT[symbol] * math.exp(place[symbol] / -NATS)
        product *= explained
    return product


def outside(probe: Probe, segment: Segment, around: Around, maker: int | None, negligible: float = 0.0) -> Outside:
    """Return the probability of the reading for strangers numbered as the register's weapons are, of one maker or all.

    Where a maker has no rows, strangers are numbered as all are. A branch of the trie that is less probable than
    `negligible`, or than three hundredths of the whole, is not looked into: it is taken for what is usual.
    """
    population = segment.population
    begin, end = (0, 0) if maker is None else segment.of_maker(maker)
    trie = segment.trie(backward=False, by_maker=begin < end)
    if begin == end:
        begin, end = 0, len(segment)
    group = EVERYONE if maker is None else population.group_of(maker)
    reading, together = _walk(
        trie,
        begin,
        end,
        segment.as_marks,
        population.numbering,
        int(population.starts[group]),
        population.concentrations[int(around.once)],
        probe.costs,
        probe.known,
        probe.gaps,
        probe.edits,
        around,
        negligible,
        segment.left_out,
    )
    return Outside(float(reading), float(together))


@kernel
def _walk(  # noqa: C901, PLR0912, PLR0913, PLR0915, PLR0917 - compiled: a call into a loop costs more than its length
    trie: Trie,
    begin: int,
    end: int,
    marks: Marks,
    numbering: Numbering,
    start: int,
    concentrations: Floats,
    costs: Costs,
    known: NDArray[np.uint8],
    gaps: NDArray[np.uint8],
    edit_costs: Costs,
    around: Around,
    negligible: float,
    left_out: int,
) -> tuple[float, float]:
    """Sum the probability of the reading over all serials: beginnings that stand in the trie, and what may follow.

    What only the weapon `left_out` bears counts as borne by nobody.
    """
    fit = fit_of(costs)
    explained = fit.explained
    edits = np.exp(edit_costs / -NATS)
    places = costs.shape[0]
    keys, order = trie.keys, trie.rows
    shares, follows = numbering.shares, numbering.follows
    reached = reached_from(numbering, start)
    rest = np.empty((shares.shape[0], places + 2))
    classes = np.empty((shares.shape[0], 2, places))
    fill_rest(rest, classes, reached, numbering, fit, gaps, edits)
    forward = np.zeros((PACKED + 1, places + 2))
    forward[0, 0] = 1.0
    for j in range(1, places + 1):
        forward[0, j] = forward[0, j - 1] * edits[INSERTED]
    unseen_step = np.zeros((1, places + 2))
    unseen = np.zeros((1, places))
    unseen_share = np.zeros(2)
    probability = np.zeros(PACKED + 1)
    described = np.zeros(PACKED + 1)
    prefixes = np.zeros(PACKED + 1, np.int64)
    path = np.zeros(PACKED + 1, np.int64)
    node_at = np.zeros(PACKED + 1, np.int64)
    firsts = np.zeros((PACKED + 1, SYMBOLS), np.int64)
    lasts = np.zeros((PACKED + 1, SYMBOLS), np.int64)
    codes = np.zeros((PACKED + 1, SYMBOLS), np.int64)
    children = np.zeros(PACKED + 1, np.int64)
    at = np.zeros(PACKED + 1, np.int64)
    begins = np.zeros(PACKED + 1, np.int64)
    ends = np.zeros(PACKED + 1, np.int64)
    weights = np.zeros(PACKED + 1)
    wholes = np.zeros(PACKED + 1)
    likes = np.zeros((PACKED + 1, SYMBOLS), np.int64)
    begins[0], ends[0] = begin, end
    probability[0] = 1.0
    node_at[0] = start
    pure = 0.0
    total = 0.0
    nodes = 0
    depth = 0
    entering = True
    hoped = 0.0
    for j in range(places + 1):
        hoped += forward[0, j] * rest[start, j]
    while depth >= 0:
        node = node_at[depth]
        if entering:
            nodes += 1
            shift = FIRST_SHIFT - BITS * depth
            first = begins[depth]
            count, together = 0, 0
            unseen_share[0], unseen_share[1] = 0.0, 0.0
            for code in range(1, SYMBOLS):
                unseen_share[kind_of(code)] += shares[node, code]
            while first < ends[depth]:
                code = (keys[first] >> shift) & 63
                last = edge(trie, prefixes[depth] + ((code + 1) << shift), depth, first, ends[depth])
                like = among(marks, first, last, order, left_out, around.once, ends[depth] - begins[depth])
                if like > 0:
                    likes[depth, count] = like
                    together += like
                    firsts[depth, count], lasts[depth, count], codes[depth, count] = first, last, code
                    if code > 0:
                        unseen_share[kind_of(code)] -= shares[node, code]
                    count += 1
                first = last
            stops = count > 0 and codes[depth, 0] == 0
            children[depth] = count
            at[depth] = 0
            size = together
            if not around.once:
                size = weapons_among(marks, begins[depth], ends[depth], order, left_out)
                likes[depth, 0] = size if count == 1 else likes[depth, 0]
            described[depth] = _described(marks, order, begins[depth], ends[depth], around, left_out)
            size = max(size, 1)
            scale, way = size_class(size), max(min(count, WAYS) - 1, 0)
            weights[depth] = concentrations[0, scale, way, depth]
            unheard = weights[depth] * concentrations[1, scale, way, depth]
            unseen_whole = unseen_share[0] + unseen_share[1] + (0.0 if stops else shares[node, 0])
            free = max(unseen_whole, concentrations[2, scale, way, depth])
            wholes[depth] = size + weights[depth] * (1.0 - unseen_whole) + unheard * free
            mass = 0.0
            if not stops:
                mass += shares[node, 0] * (forward[depth, places] + forward[depth, places + 1])
            for letter in range(2):
                if unseen_share[letter] < _NOTHING_LEFT:
                    continue
                for j in range(places):
                    unseen[0, j] = classes[node, letter, j]
                for child in range(count):
                    code = codes[depth, child]
                    if code > 0 and kind_of(code) == letter:
                        for j in range(places):
                            unseen[0, j] -= shares[node, code] * explained[code, j]
                go_on(unseen_step, 0, forward, depth, unseen, 0, unseen_share[letter], gaps, edits)
                following = follows[node, letter]
                for j in range(places + 2):
                    mass += unseen_step[0, j] * rest[following, j]
            mass *= probability[depth] * unheard / wholes[depth]
            pure += mass
            total += mass * described[depth]
            entering = False
        if at[depth] == children[depth]:
            depth -= 1
            continue
        child = at[depth]
        at[depth] = child + 1
        code = codes[depth, child]
        first, last = firsts[depth, child], lasts[depth, child]
        share = probability[depth] * (likes[depth, child] + weights[depth] * shares[node, code]) / wholes[depth]
        if code == 0:
            mass = share * (forward[depth, places] + forward[depth, places + 1])
            if mass > 0:
                pure += mass
                total += mass * _described(marks, order, first, last, around, left_out)
            continue
        deeper = depth + 1
        go_on(forward, deeper, forward, depth, explained, code, 1.0, gaps, edits)
        if depth > 0:
            for j in range(2, places + 1):
                if known[j - 2] == code and known[j - 1] == path[depth] and code != path[depth]:
                    forward[deeper, j] += forward[depth - 1, j - 2] * edits[SWAPPED]
        hope = 0.0
        following = after(numbering, node, code)
        for j in range(places + 2):
            hope += forward[deeper, j] * rest[following, j]
        mass = share * hope
        if mass < max(negligible, _NEGLIGIBLE * max(pure, hoped)) or nodes >= _MOST_NODES or deeper == PACKED:
            pure += mass
            total += mass * described[depth]
            continue
        path[deeper] = code
        prefixes[deeper] = prefixes[depth] | code << (FIRST_SHIFT - BITS * depth)
        begins[deeper], ends[deeper] = first, last
        probability[deeper] = share
        node_at[deeper] = following
        depth = deeper
        entering = True
    return pure, total


@inner
def _described(marks: Marks, rows: NDArray[np.int32], begin: int, end: int, around: Around, left_out: int) -> float:
    """Return how probable the attributes stated are for a stranger that is numbered like these rows."""
    if end - begin > _LOCAL:
        return around.usual
    step = max((end - begin) // FEW, 1)
    count = 0
    likely = 0.0
    for place in range(begin, end, step):
        row = rows[place] if len(rows) else place
        if marks.weapons[row] == left_out:
            continue
        count += 1
        if around.attributes[row, 0] != around.but:
            likely += math.exp(likelihood(around.attributes, row, around.stated))
    return (likely * around.factor + around.beside * around.usual) / (count + around.beside)


def log(value: float) -> float:
    """Return the natural logarithm, of nothing a very small one."""
    return math.log(max(value, 1e-300))
