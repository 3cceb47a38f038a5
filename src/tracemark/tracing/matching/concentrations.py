"""How far the serials at hand tell how a weapon's serial goes on, and how far only its maker's numbering does."""

import numpy as np
from numpy.typing import NDArray

from tracemark.tracing.matching.countings import Marks, among, lot_of, weapons_among
from tracemark.tracing.matching.kernels import inner, kernel
from tracemark.tracing.matching.keys import BITS, FIRST_SHIFT, PACKED, first_at_least
from tracemark.tracing.matching.numberings import Numbering, after

Floats = NDArray[np.float64]

WAYS = 4
"""So many ways of going on, or more, are counted alike."""

_SIZES = 32
_MOST_ASKED = 50_000
_CONCENTRATIONS = np.geomspace(0.02, 2000, 11)
_NOVELTIES = np.geomspace(0.002, 5000, 13)
_PRIOR_HERE = 8.0
_SPREAD_OF_CONCENTRATION = 2.0
_SPREAD_OF_NOVELTY = 1.0
_LEAST = 1e-6


def concentrations_of(marks: Marks, numbering: Numbering, groups: NDArray[np.int64]) -> Floats:
    """Ask weapons spread over the register: had you been absent, how well would the others have told your serial?

    Where k of those that begin alike go on with a character of share s in the maker's way of numbering, its probability
    is in proportion to k + c s, and to v c s where none does: c is a Dirichlet prior's concentration, and v tells how
    much likelier than that a character is that nobody bears yet, as in runs of numbers. Returns c, v and the share that
    nobody bore on average, shape (2, 3, 32, 4, 10), by how many others there are (binary logarithm), in how many ways
    they go on, and how many characters are behind. Where few could be asked c and v are drawn towards what is best at
    any number of characters, and that towards what is usual in texts, c the number of ways and v 1. `groups` is the
    group in the numbering of each maker, at its place among `marks.makers`.

    First stands what holds where every weapon counts, then what holds where weapons of consecutive numbers, which were
    bought together, count once and are asked as one: whoever is absent was in none of the purchases that are here.

    A run of numbers that are all taken must not be taken for one where the next weapon would stand: less than the share
    on average is therefore never reckoned with, and what is missing is lost.
    """
    return np.stack([_learnt(marks, numbering, groups, once=once) for once in (False, True)])


def _learnt(marks: Marks, numbering: Numbering, groups: NDArray[np.int64], *, once: bool) -> Floats:
    logs = np.zeros((_SIZES, WAYS, PACKED, len(_CONCENTRATIONS), len(_NOVELTIES)))
    asked, free = np.zeros((_SIZES, WAYS, PACKED)), np.zeros((_SIZES, WAYS, PACKED))
    step = max(1, len(marks.high) // _MOST_ASKED)
    _ask(marks, step, numbering, groups, _CONCENTRATIONS, _NOVELTIES, once, logs, asked, free)
    ways = np.log(np.arange(1, WAYS + 1))[:, np.newaxis, np.newaxis]
    concentrations, novelties = np.log(_CONCENTRATIONS)[:, np.newaxis], np.log(_NOVELTIES)
    usual = ((concentrations - ways) / _SPREAD_OF_CONCENTRATION) ** 2 + (novelties / _SPREAD_OF_NOVELTY) ** 2
    anywhere = logs.sum(axis=2) - usual / 2
    share = np.minimum(1.0, _PRIOR_HERE / np.maximum(asked.sum(axis=2), _PRIOR_HERE))
    together = logs + (share[..., np.newaxis, np.newaxis] * anywhere)[:, :, np.newaxis]
    weights = np.exp(together - together.max(axis=(-2, -1), keepdims=True))
    weights /= weights.sum(axis=(-2, -1), keepdims=True)
    found = [np.exp((weights * each).sum(axis=(-2, -1))) for each in (concentrations, novelties)]
    return np.stack([*found, free / np.where(asked > 0, asked, 1.0)])


@inner
def size_class(others: int) -> int:
    """Return the binary logarithm of a number from 1 on, rounded down."""
    found = 0
    while others > 1:
        others >>= 1
        found += 1
    return found


@kernel
def _ask(  # noqa: C901, PLR0913, PLR0917 - compiled
    marks: Marks,
    step: int,
    numbering: Numbering,
    groups: NDArray[np.int64],
    concentrations: Floats,
    novelties: Floats,
    once: bool,  # noqa: FBT001 - compiled
    logs: Floats,
    asked: Floats,
    free: Floats,
) -> None:
    none = np.zeros(0, np.int32)
    maker = 0
    for row in range(0, len(marks.high), step):
        while marks.makers[maker + 1] <= row:
            maker += 1
        begin, end = marks.makers[maker], marks.makers[maker + 1]
        key, weapon = marks.high[row], marks.weapons[row]
        node = numbering.starts[groups[maker]]
        weight = 1.0 / lot_of(marks, row, begin, end) if once else 1.0
        for depth in range(PACKED):
            if key == 0:
                break
            together = 0
            shift = FIRST_SHIFT - BITS * depth
            code = (key >> shift) & 63
            # The shares were learnt of this weapon too, and must not know it here.
            learnt = max(numbering.sizes[node] - 1, 1.0)
            share = max((numbering.shares[node, code] * (learnt + 1) - 1) / learnt, _LEAST)
            seen = 0.0
            ways = 0
            own = 0
            first = begin
            begun, ended = begin, begin
            while first < end:
                other = marks.high[first] >> shift
                last = first_at_least(marks.high, first, end, (other + 1) << shift)
                like = among(marks, first, last, none, weapon, once, end - begin)
                together += like
                if like > 0:
                    ways += 1
                    seen += share if other & 63 == code else numbering.shares[node, other & 63]
                if other & 63 == code:
                    own = like
                    begun, ended = first, last
                first = last
            others = together if once else weapons_among(marks, begin, end, none, weapon)
            if others == 0:
                break
            unseen = max(1.0 - seen, share if own == 0 else _LEAST)
            size, way = size_class(others), min(ways, WAYS) - 1
            for one in range(len(concentrations)):
                for two in range(len(novelties)):
                    prior = concentrations[one] * (1.0 if own > 0 else novelties[two]) * share
                    whole = others + concentrations[one] * (1.0 - unseen + novelties[two] * unseen)
                    logs[size, way, depth, one, two] += weight * np.log((own + prior) / whole)
            asked[size, way, depth] += weight
            free[size, way, depth] += weight * unseen
            if own == 0 or code == 0:
                break
            begin, end = begun, ended
            node = after(numbering, node, code)
