"""How a serial may go on from any place of it, and how probable that makes what was read of the rest."""

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from tracemark.tracing.matching.channels import GAP_EACH, INSERTED, LOST, LOST_EACH, MISSED, NATS, Costs
from tracemark.tracing.matching.kernels import inner, kernel
from tracemark.tracing.matching.keys import SYMBOLS
from tracemark.tracing.matching.numberings import DIGITS, Numbering, kind_of

Floats = NDArray[np.float64]


class Fit(NamedTuple):
    """How probable each true character makes what each place was read as, `explained` (37, places).

    `least` is what the characters that fit worst make of a place, as most do; `better` (places, 37) are the others, and
    `counts` how many they are.
    """

    explained: Floats
    least: Floats
    better: NDArray[np.uint8]
    counts: NDArray[np.int64]


@kernel
def fit_of(costs: Costs) -> Fit:
    """Return how well characters fit places."""
    places = costs.shape[0]
    explained, least = np.zeros((SYMBOLS, places)), np.empty(places)
    better, counts = np.empty((places, SYMBOLS), np.uint8), np.zeros(places, np.int64)
    for j in range(places):
        dearest = 0
        for symbol in range(1, SYMBOLS):
            dearest = max(dearest, costs[j, symbol])
        least[j] = math.exp(dearest / -NATS)
        for symbol in range(1, SYMBOLS):
            explained[symbol, j] = least[j]
            if costs[j, symbol] < dearest:
                explained[symbol, j] = math.exp(costs[j, symbol] / -NATS)
                better[j, counts[j]] = symbol
                counts[j] += 1
    return Fit(explained, least, better, counts)


@kernel
def reached_from(numbering: Numbering, start: int) -> NDArray[np.int64]:
    """Return the nodes that can be reached from one, each before those it is followed by."""
    seen = np.zeros(numbering.shares.shape[0], np.uint8)
    found = np.empty(numbering.shares.shape[0], np.int64)
    found[0] = start
    count = 1
    place = 0
    seen[start] = 1
    while place < count:
        for letter in range(2):
            following = numbering.follows[found[place], letter]
            if not seen[following]:
                seen[following] = 1
                found[count] = following
                count += 1
        place += 1
    return found[:count]


@inner
def go_on(  # noqa: PLR0913, PLR0917 - compiled
    new: Floats,
    at: int,
    last: Floats,
    depth: int,
    explained: Floats,
    symbol: int,
    weight: float,
    gaps: NDArray[np.uint8],
    edits: Floats,
) -> None:
    """Fill row `at` for one character more than row `depth` of `last`: how probable it is to have read j places so.

    Row `symbol` of `explained` is how probable the last character makes each place; `weight` its share, which
    `explained` already holds where it stands for several.
    """
    places = explained.shape[1]
    lost = 0.0 if gaps[0] else edits[LOST] * edits[LOST_EACH] ** (depth + 1)
    new[at, 0] = weight * (last[depth, 0] * (edits[GAP_EACH] if gaps[0] else edits[MISSED]) + lost)
    for j in range(1, places + 1):
        passed = edits[GAP_EACH] if gaps[j] else edits[MISSED]
        new[at, j] = last[depth, j - 1] * explained[symbol, j - 1] + weight * last[depth, j] * passed
        new[at, j] += new[at, j - 1] * edits[INSERTED]
    new[at, places + 1] = weight * (last[depth, places + 1] + last[depth, places] * edits[LOST]) * edits[LOST_EACH]


@inner
def fill_rest(
    rest: Floats,
    classes: Floats,
    reached: NDArray[np.int64],
    numbering: Numbering,
    fit: Fit,
    gaps: NDArray[np.uint8],
    edits: Floats,
) -> None:
    """Fill how probable it is to read the places from j on, for a serial that stands at a node of the numbering.

    `classes` is how probable each place is there for a digit and for a letter.
    """
    places = len(fit.least)
    for back in range(len(reached) - 1, -1, -1):
        node = reached[back]
        stops = numbering.shares[node, 0]
        digits = 0.0
        for symbol in range(1, DIGITS + 1):
            digits += numbering.shares[node, symbol]
        letters = max(1.0 - stops - digits, 0.0)
        for j in range(places):
            classes[node, 0, j], classes[node, 1, j] = digits * fit.least[j], letters * fit.least[j]
            for better in range(fit.counts[j]):
                symbol = fit.better[j, better]
                more = fit.explained[symbol, j] - fit.least[j]
                classes[node, kind_of(symbol), j] += numbering.shares[node, symbol] * more
        rest[node] = 0.0
        digit, letter = numbering.follows[node, 0], numbering.follows[node, 1]
        for j in range(places + 1, -1, -1):
            further = digits * rest[digit, j] + letters * rest[letter, j]
            if j == places + 1:
                rest[node, j] = stops + edits[LOST_EACH] * further
                continue
            value = (edits[GAP_EACH] if gaps[j] else edits[MISSED]) * further
            if j == places:
                beyond = digits * rest[digit, j + 1] + letters * rest[letter, j + 1]
                value += stops + edits[LOST] * edits[LOST_EACH] * beyond
            else:
                value += classes[node, 0, j] * rest[digit, j + 1] + classes[node, 1, j] * rest[letter, j + 1]
                value += edits[INSERTED] * rest[node, j + 1]
            rest[node, j] = value
