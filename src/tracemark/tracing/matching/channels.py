import math
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from tracemark.marking import SERIAL_ALPHABET, resembles
from tracemark.tracing.matching.kernels import kernel
from tracemark.tracing.matching.keys import SYMBOLS, shortened
from tracemark.tracing.matching.parameters import Weights
from tracemark.tracing.matching.readings import Certainty, Place, Reading

NATS = 1000
"""Costs are whole thousandths of a natural logarithm, so that they add up alike in every order."""

NEVER = 1 << 28
"""The cost of what cannot be; a few of them still fit into 32 bits."""

INSERTED, MISSED, SWAPPED, LOST, LOST_EACH, GAP_EACH = range(6)
_EDITS = ("inserted", "missed", "swapped", "lost", "lost_each", "gap_each")

Costs = NDArray[np.int32]

_UNREADABLE = 0
"""The row of the table of confusions for a place that could be anything: no serial holds its code."""


class Probe(NamedTuple):
    """A reading as the search sees it: what each place costs for each true character.

    `costs` has shape (m, 37), column 0 (the end) never; `known` the code of the one character a place holds, else 0;
    `gaps` (m + 1) is 1 where any number of characters may stand before a place, or at the end; `edits` the costs of the
    six errors of structure. `levels` (m, 37) are the different costs of a place in rising order, filled up with never;
    `masks` beside them the characters, one bit each, that cost at most so much.
    """

    costs: Costs
    known: NDArray[np.uint8]
    gaps: NDArray[np.uint8]
    edits: Costs
    levels: Costs
    masks: NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Channel:
    """A reading ready to be searched for.

    `middle` is the place that has half of what is legible before it, at least 1 and less than the length;
    `cheapest_error` the least cost of a reading that is not true to the serial; `firmer_behind` tells whether more
    places on end are read at the end than at the beginning; `legible` counts the places that not every character fits.
    """

    forward: Probe
    middle: int
    cheapest_error: int
    firmer_behind: bool
    legible: int

    def __len__(self) -> int:
        return len(self.forward.known)


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
    known = np.array([_code(place.allowed) for place in letters], np.uint8)
    costs = _confusions(weights, power)[known]
    for at, place in enumerate(letters):
        if len(place.allowed) > 1 or place.doubtful or not all(map(str.isascii, place.written)):
            costs[at] = _place_costs(place, weights, weights.certainty["doubtful"] if place.doubtful else power)
    edits = _edits(weights, power, _power_of_ends(reading, gaps, weights))
    forward = probe_of(costs, known, gaps, edits)
    return Channel(forward, *_shape(forward))


@kernel
def _shape(probe: Probe) -> tuple[int, int, bool, int]:
    """Return middle, cheapest error, whether the end is firmer, and the number of legible places."""
    places = len(probe.known)
    legible = 0
    cheapest = probe.edits[: LOST + 1].min()
    for place in range(places):
        legible += probe.levels[place, 1] < NEVER
        for cost in probe.levels[place, :2]:
            if 0 < cost < cheapest:
                cheapest = cost
    half, before = 0, 0
    while half < places and before < (legible + 1) // 2:
        before += probe.levels[half, 1] < NEVER
        half += 1
    ahead, behind = 0, 0
    while ahead < places and probe.known[ahead] and not probe.gaps[ahead]:
        ahead += 1
    while behind < places and probe.known[places - 1 - behind] and not probe.gaps[places - behind]:
        behind += 1
    return min(max(half, 1), max(places - 1, 1)), int(cheapest), behind > ahead, legible


@kernel
def turned(probe: Probe) -> Probe:
    """Return a reading from its end to its beginning."""
    return Probe(
        probe.costs[::-1].copy(),
        probe.known[::-1].copy(),
        probe.gaps[::-1].copy(),
        probe.edits,
        probe.levels[::-1].copy(),
        probe.masks[::-1].copy(),
    )


def _code(allowed: str) -> int:
    """Return the code of the one character that a place may hold, `_UNREADABLE` where it may hold several."""
    return SERIAL_ALPHABET.index(allowed) + 1 if len(allowed) == 1 else _UNREADABLE


def _place_costs(place: Place, weights: Weights, power: float) -> Costs:
    """Return what each true character costs; a sign of another script may also be one that it looks like."""
    rows = [_code(each) for each in place.allowed] or [_UNREADABLE]
    costs: Costs = _confusions(weights, power)[rows].min(axis=0)
    alike = [_code(each) for sign in place.written if not sign.isascii() for each in resembles(sign)]
    costs[alike] = np.minimum(costs[alike], round(_cost(weights.channel["resembles"]) * power))
    return costs


def probe_of(costs: Costs, known: NDArray[np.uint8], gaps: NDArray[np.uint8], edits: Costs) -> Probe:
    """Return a probe with the levels of its costs."""
    levels = np.full(costs.shape, NEVER, np.int32)
    masks = np.zeros(costs.shape, np.int64)
    _levels(costs, levels, masks)
    return Probe(costs, known, gaps, edits, levels, masks)


def _power(reading: Reading, weights: Weights) -> float:
    if reading.certainty is Certainty.DOUBTFUL:
        return weights.certainty["doubtful"]
    return weights.certainty["marked" if reading.marked else "plain"]


@lru_cache(maxsize=16)
def _confusions(weights: Weights, power: float) -> Costs:
    """Return the cost of reading one character (row) for another (column); the first row is for what is unreadable."""
    costs = np.full((SYMBOLS, SYMBOLS), _cost(weights.channel["other"]))
    for pair, probability in weights.misread.items():
        one, two = map(_code, pair)
        costs[one, two] = costs[two, one] = _cost(probability)
    costs[_UNREADABLE] = 0
    np.fill_diagonal(costs, 0)
    scaled = np.rint(costs * power).astype(np.int32)
    scaled[:, 0] = NEVER
    return scaled


def _power_of_ends(reading: Reading, gaps: NDArray[np.uint8], weights: Weights) -> float:
    """Return how much rarer it is that an end is gone without a word, where words were said of others."""
    if gaps[0] or gaps[-1]:
        return weights.certainty["end_said"]
    return weights.certainty["marked"] if reading.marked and reading.certainty is Certainty.SURE else 1.0


@lru_cache(maxsize=16)
def _edits(weights: Weights, power: float, power_of_ends: float) -> Costs:
    """Return the costs of errors of structure; being sure of what one sees says nothing about copying."""
    powers = [power, power, 1.0, power_of_ends, 1.0, 1.0]
    costs = [_cost(weights.channel[name]) * power for name, power in zip(_EDITS, powers, strict=True)]
    return np.array([round(each) for each in costs], np.int32)


def _cost(probability: float) -> float:
    return -math.log(probability) * NATS


@kernel
def _levels(costs: Costs, levels: Costs, masks: NDArray[np.int64]) -> None:
    for place in range(costs.shape[0]):
        mask = np.int64(0)
        level = 0
        below = -1
        while True:
            least = NEVER
            for symbol in range(1, costs.shape[1]):
                if below < costs[place, symbol] < least:
                    least = costs[place, symbol]
            if least == NEVER:
                break
            for symbol in range(1, costs.shape[1]):
                if costs[place, symbol] == least:
                    mask |= np.int64(1) << symbol
            levels[place, level] = least
            masks[place, level] = mask
            level += 1
            below = least
