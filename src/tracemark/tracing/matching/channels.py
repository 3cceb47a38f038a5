import math
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tracemark.marking import SERIAL_ALPHABET
from tracemark.tracing.matching.parameters import Weights
from tracemark.tracing.matching.readings import Certainty, Place, Reading
from tracemark.tracing.matching.segments import SYMBOLS, shortened

NATS = 1000
"""Costs are whole thousandths of a natural logarithm, so that they add up alike in every order."""

NEVER = 1 << 28
"""The cost of what cannot be; a few of them still fit into 32 bits."""

INSERTED, MISSED, SWAPPED, LOST, LOST_EACH, GAP_EACH = range(6)
_EDITS = ("inserted", "missed", "swapped", "lost", "lost_each", "gap_each")

Costs = NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Channel:
    """A reading as the search sees it: what each place costs for each true character.

    `costs` has shape (m, 37), column 0 (the end) never; `known` the code of the one character a place holds, else 0;
    `gaps` (m + 1) is 1 where any number of characters may stand before a place, or at the end; `edits` the costs of the
    six errors of structure.
    """

    costs: Costs
    known: NDArray[np.uint8]
    gaps: NDArray[np.uint8]
    edits: Costs

    def __len__(self) -> int:
        return len(self.known)

    @property
    def legible(self) -> int:
        """The number of places that not every character fits."""
        return int((self.costs[:, 1:].max(axis=1) > 0).sum())

    def backward(self) -> "Channel":
        """Return the same reading, read from its end."""
        return Channel(
            np.ascontiguousarray(self.costs[::-1]),
            np.ascontiguousarray(self.known[::-1]),
            np.ascontiguousarray(self.gaps[::-1]),
            self.edits,
        )


def channel_of(reading: Reading, weights: Weights) -> Channel:
    """Return the channel of a reading: how improbable each true character makes what was read.

    Where a segment would have shortened a serial as long as the reading, the reading is shortened alike.
    """
    power = _power(reading, weights)
    places = shortened(reading.places) if not any(place.gap for place in reading.places) else reading.places
    letters = [place for place in places if not place.gap]
    gaps = np.zeros(len(letters) + 1, np.uint8)
    before = 0
    for place in places:
        gaps[before] |= place.gap
        before += not place.gap
    confusions = _confusions(weights)
    costs = np.array([_place_costs(place, confusions, power) for place in letters], np.int32).reshape(-1, SYMBOLS)
    known = np.array([_known(place) for place in letters], np.uint8)
    return Channel(costs, known, gaps, _edits(weights, power))


def _power(reading: Reading, weights: Weights) -> float:
    if reading.certainty is Certainty.DOUBTFUL:
        return weights.certainty["doubtful"]
    return weights.certainty["marked" if reading.marked else "plain"]


def _known(place: Place) -> int:
    return SERIAL_ALPHABET.index(place.allowed) + 1 if len(place.allowed) == 1 else 0


def _place_costs(place: Place, confusions: NDArray[np.float64], power: float) -> NDArray[Any]:
    if not place.allowed:
        costs = np.zeros(SYMBOLS)
    else:
        rows = [SERIAL_ALPHABET.index(each) + 1 for each in place.allowed]
        costs = np.rint(confusions[rows].min(axis=0) * power)
    costs[0] = NEVER
    return costs


@lru_cache(maxsize=4)
def _confusions_of(misread: tuple[tuple[str, float], ...], other: float) -> NDArray[np.float64]:
    costs = np.full((SYMBOLS, SYMBOLS), _cost(other))
    for pair, probability in misread:
        one, two = (SERIAL_ALPHABET.index(each) + 1 for each in pair)
        costs[one, two] = costs[two, one] = _cost(probability)
    np.fill_diagonal(costs, 0)
    return costs


def _confusions(weights: Weights) -> NDArray[np.float64]:
    """Return the cost of reading one character (row) for another (column)."""
    return _confusions_of(tuple(weights.misread.items()), weights.channel["other"])


def _edits(weights: Weights, power: float) -> Costs:
    """Return the costs of errors of structure; being sure of what one sees makes only the first two rarer."""
    powers = [power, power, 1.0, 1.0, 1.0, 1.0]
    return np.array(
        [round(_cost(weights.channel[name]) * each) for name, each in zip(_EDITS, powers, strict=True)], np.int32
    )


def _cost(probability: float) -> float:
    return -math.log(probability) * NATS
