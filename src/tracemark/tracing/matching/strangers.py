"""What a weapon that is not in the register would look like: how probable the reading is for a stranger."""

import math
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tracemark.tracing.matching.channels import GAP_EACH, INSERTED, LOST, LOST_EACH, MISSED, NATS, Channel
from tracemark.tracing.matching.kernels import kernel
from tracemark.tracing.matching.populations import EVERYONE, Population
from tracemark.tracing.matching.segments import SYMBOLS

Floats = NDArray[np.float64]

_FLAT = np.array([0.0] + [0.08] * 10 + [0.2 / 26] * 26)
"""Characters of serials the register never saw the like of: four in five are digits."""

_FLAT_LENGTHS = 7.0
"""Such serials have about so many lengths, equally probable."""

DIGITS = slice(1, 11)

_NEGLIGIBLE = 1e-7
"""Lengths rarer than this add nothing to a sum."""


def reading_probability(channel: Channel, population: Population, group: int) -> float:
    """Return the probability of the reading for a weapon numbered as the group's weapons are, place by place."""
    explained = np.exp(channel.costs / -NATS)
    edits = np.exp(channel.edits / -NATS)
    return _reading_probability(
        explained,
        channel.gaps,
        edits,
        population.characters[group],
        population.characters[EVERYONE],
        population.lengths[group],
        population.lengths[EVERYONE],
    )


def flat_probability(channel: Channel) -> float:
    """Return the probability of the reading for a weapon numbered in a way the register does not know."""
    return float(np.prod(np.exp(channel.costs / -NATS) @ _FLAT)) / _FLAT_LENGTHS


def serial_probabilities(serials: NDArray[np.uint8], population: Population, group: int) -> Floats:
    """Return the probability of each whole serial (rows of codes) among the group's."""
    return _serial_probabilities(
        serials,
        population.characters[group],
        population.characters[EVERYONE],
        population.lengths[group],
        population.lengths[EVERYONE],
    )


def running_places(serial: NDArray[np.uint8]) -> tuple[int, int]:
    """Return where the running number of a serial ends, and how many places follow it.

    Weapons of one run differ in the last digits; a letter behind them is common to all.
    """
    digits = np.flatnonzero((serial >= DIGITS.start) & (serial < DIGITS.stop))
    length = int((serial > 0).sum())
    end = int(digits[-1]) + 1 if len(digits) else length
    return end, length - end


def tail_likelihoods(
    channel: Channel, serial: NDArray[np.uint8], most: int, *, lost_tail: bool
) -> tuple[Floats, Floats]:
    """Return how the last digits of the running number were read, for the last one, two, ... `most` of them.

    First how many other endings would have been read alike, each weighed by how likely; then the cost of this serial's
    own ending, in natural logarithms. Places that a gap or a lost end swallowed could have been anything.
    """
    end, behind = running_places(serial)
    freedom, cost = np.full(most, 10.0), np.zeros(most)
    swallowed = lost_tail
    for back in range(most):
        place, true = len(channel) - 1 - behind - back, end - 1 - back
        swallowed = swallowed or place < 0 or true < 0 or bool(channel.gaps[place + 1 :].any())
        if not swallowed:
            freedom[back] = np.exp(channel.costs[place, DIGITS] / -NATS).sum()
            cost[back] = channel.costs[place, serial[true]] / NATS
    return np.cumprod(freedom), np.cumsum(cost)


@kernel
def _smoothed(own: NDArray[np.uint32], every: NDArray[np.uint32], into: Floats) -> None:
    """Draw a group's shares of characters towards everyone's, and these a little towards equal shares."""
    every_total = 0.02 * (SYMBOLS - 1)
    own_total = 4.0
    for symbol in range(1, SYMBOLS):
        every_total += every[symbol]
        own_total += own[symbol]
    into[0] = 0.0
    for symbol in range(1, SYMBOLS):
        into[symbol] = (own[symbol] + 4.0 * (every[symbol] + 0.02) / every_total) / own_total


@kernel
def _length_share(length: int, own: NDArray[np.uint32], every: NDArray[np.uint32]) -> float:
    return float((own[length] + 3.0 * (every[length] + 0.1) / (every.sum() + 2.0)) / (own.sum() + 3.0))


@kernel
def _reading_probability(
    explained: Floats,
    gaps: NDArray[np.uint8],
    edits: Floats,
    own: NDArray[np.uint32],
    every: NDArray[np.uint32],
    own_lengths: NDArray[np.uint32],
    every_lengths: NDArray[np.uint32],
) -> float:
    places = explained.shape[0]
    shares = np.empty(SYMBOLS)
    matches = np.empty(places)
    last = np.empty(places + 2)
    new = np.empty(places + 2)
    total = 0.0
    for length in range(1, own.shape[0]):
        of_length = _length_share(length, own_lengths, every_lengths)
        if of_length < _NEGLIGIBLE:
            continue
        last[0] = 1.0
        last[places + 1] = 0.0
        for j in range(1, places + 1):
            last[j] = last[j - 1] * edits[INSERTED]
        for place in range(length):
            _smoothed(own[length, place], every[length, place], shares)
            for j in range(places):
                matches[j] = 0.0
                for symbol in range(1, SYMBOLS):
                    matches[j] += explained[j, symbol] * shares[symbol]
            new[0] = last[0] * edits[GAP_EACH] if gaps[0] else edits[LOST] * edits[LOST_EACH] ** (place + 1)
            for j in range(1, places + 1):
                passed = edits[GAP_EACH] if gaps[j] else edits[MISSED]
                new[j] = last[j - 1] * matches[j - 1] + last[j] * passed + new[j - 1] * edits[INSERTED]
            new[places + 1] = (last[places + 1] + last[places] * edits[LOST]) * edits[LOST_EACH]
            last, new = new, last
        total += of_length * (last[places] + last[places + 1])
    return total


@kernel
def _serial_probabilities(
    serials: NDArray[np.uint8],
    own: NDArray[np.uint32],
    every: NDArray[np.uint32],
    own_lengths: NDArray[np.uint32],
    every_lengths: NDArray[np.uint32],
) -> Floats:
    found = np.zeros(serials.shape[0])
    shares = np.empty(SYMBOLS)
    for row in range(serials.shape[0]):
        length = 0
        while length < serials.shape[1] and serials[row, length] > 0:
            length += 1
        probability = _length_share(length, own_lengths, every_lengths)
        for place in range(length):
            _smoothed(own[length, place], every[length, place], shares)
            probability *= shares[serials[row, place]]
        found[row] = probability
    return found


@kernel
def block_of(serials: NDArray[np.uint8], row: int, shared: int, most: int) -> tuple[int, int]:
    """Return first row and last row + 1 of the serials around `row` that share its first places.

    At most `most` rows on either side. Serials of other lengths may lie between.
    """
    first = row
    while first > 0 and row - first < most and _same(serials, first - 1, row, shared):
        first -= 1
    last = row + 1
    while last < serials.shape[0] and last - row < most and _same(serials, last, row, shared):
        last += 1
    return first, last


@kernel
def distances(serials: NDArray[np.uint8], first: int, last: int, row: int, end: int) -> NDArray[np.int64]:
    """Return for each row how many last places of the running number it does not share with `row`.

    Counted from the first place that differs. The running number ends at place `end`. 0 is the same serial; 99 one that
    differs behind the number or in length.
    """
    found = np.empty(last - first, np.int64)
    for other in range(first, last):
        away = 0
        for place in range(serials.shape[1]):
            if serials[other, place] != serials[row, place]:
                if place >= end or serials[other, place] == 0:
                    away = 99
                    break
                away = max(away, end - place)
        found[other - first] = away
    return found


@kernel
def _same(serials: NDArray[Any], one: int, other: int, places: int) -> bool:
    place = 0
    while place < places and serials[one, place] == serials[other, place]:
        place += 1
    return place == places


def log(value: float) -> float:
    """Return the natural logarithm, of nothing a very small one."""
    return math.log(max(value, 1e-300))
