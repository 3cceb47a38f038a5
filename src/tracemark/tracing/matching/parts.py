"""Readings of several parts of one weapon, weighed as of one number or of several.

One of the parts that were read, nobody knows which, bears the number its weapon goes by. Each other part bears the same,
unless it was exchanged and bears any. That holds of weapons in the register and of those outside alike: where two
readings may be of one number, the second tells no more of a stranger than it adds to the first.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from tracemark.tracing.matching.channels import NATS, Channel, Probe
from tracemark.tracing.matching.consensus import laid_over
from tracemark.tracing.matching.evidence import Floats, Found, Rows, Weighing, stranger_of
from tracemark.tracing.matching.strangers import log

NOWHERE = -1

_HUNDREDTH = math.log(100)


@dataclass(frozen=True, slots=True)
class Together:
    """All readings together, weapon by weapon.

    `weights` are posterior odds but for a common factor exp(-scale), `outside` those of a weapon from outside. `best`
    has shape (readings, weapons): the place of the best row among those found for the reading, -1 where the weapon bears
    nothing like it. `beyond` is how much more the readings say together than each for itself, a natural logarithm.
    """

    weapons: Rows
    weights: Floats
    best: Rows
    outside: float
    beyond: Floats


def combined(channels: Sequence[Channel], found: Sequence[Found], weighing: Weighing) -> Together:
    """Weigh all readings of one weapon together.

    Of several marks of a weapon the one that fits a reading best speaks for it: a weapon is no likelier to be found for
    bearing its number three times. A weapon that bears nothing like one of the readings is judged on that reading as
    one whose component was exchanged.
    """
    weapons = np.unique(np.concatenate([each.weapon for each in found]))
    attributes = np.full(len(weapons), -math.inf)
    best = np.full((len(found), len(weapons)), NOWHERE, np.int64)
    explained = np.full((len(found), len(weapons)), -math.inf)
    for number, each in enumerate(found):
        place = np.searchsorted(weapons, each.weapon)
        dearest_first = np.argsort(-each.cost, kind="stable")
        best[number, place[dearest_first]] = dearest_first
        fits = best[number] != NOWHERE
        explained[number, fits] = each.cost[best[number, fits]] / -NATS
        np.maximum.at(attributes, place, each.attributes)
    chances = np.array([[log(each.chance)] for each in found])
    exchanged = log(weighing.weights.other_component)
    apart = np.where(best == NOWHERE, exchanged + chances, explained).sum(axis=0)
    if weighing.weights.one_number and len(found) > 1:
        logs = _of_one_number(explained, chances, exchanged)
        outside, chance = _strangers(list(_shared(channels, found, weighing)), chances, exchanged)
        beyond = logs - chance - (apart - chances.sum())
    else:
        logs, beyond = apart, np.zeros(len(weapons))
        outside = found[0].outside + float(chances[1:].sum())
    logs = logs + attributes
    scale = float(logs.max(initial=-math.inf)) if len(logs) else 0.0
    return Together(weapons, np.exp(logs - scale), best, math.exp(min(outside - scale, 700.0)), beyond)


def _of_one_number(explained: Floats, chances: Floats, exchanged: float) -> Floats:
    """Return the log-likelihood of all readings for each weapon, by those of each for its marks (readings, weapons)."""
    own = math.log1p(-math.exp(exchanged))
    each = np.logaddexp(own + explained, exchanged + chances)
    found: Floats = each.sum(axis=0) + np.logaddexp.reduce(explained - each, axis=0) - math.log(len(explained))
    return found


@dataclass(frozen=True, slots=True)
class _Shared:
    """Readings taken as of one number: the log weight of a stranger with such a number, and its log probability."""

    readings: frozenset[int]
    outside: float
    chance: float


def _strangers(shared: Sequence[_Shared], chances: Floats, exchanged: float) -> tuple[float, float]:
    """Return the log weight of a stranger of whom all this was read, and its log probability."""
    own, count = math.log1p(-math.exp(exchanged)), len(chances)
    outside, chance = [], []
    for each in shared:
        alike = len(each.readings)
        others = sum(float(chances[number, 0]) for number in range(count) if number not in each.readings)
        others += math.log(alike / count) + (alike - 1) * own + (count - alike) * exchanged
        outside.append(each.outside + others)
        chance.append(each.chance + others)
    return float(np.logaddexp.reduce(outside)), float(np.logaddexp.reduce(chance))


def _shared(channels: Sequence[Channel], found: Sequence[Found], weighing: Weighing) -> Iterator[_Shared]:
    """Yield the readings one by one, and together as far as a stranger's number is likely to explain them all."""
    alone = [
        _Shared(frozenset([number]), each.outside, log(each.chance)) for number, each in enumerate(found)
    ]
    yield from alone
    tried: set[frozenset[int]] = set()
    joined: set[int] = set()
    for first in range(len(channels)):
        if first in joined:
            continue
        one, probes = alone[first], [channels[first].forward]
        for other in range(len(channels)):
            readings = one.readings | {other}
            if other == first or readings in tried:
                continue
            tried.add(readings)
            more, ways = _joined(readings, probes, channels[other].forward, weighing)
            yield more
            if more.chance + log(1 - weighing.weights.other_component) > (
                one.chance + alone[other].chance + log(weighing.weights.other_component)
            ):
                one, probes = more, ways
        joined |= one.readings


def _joined(
    readings: frozenset[int], probes: Sequence[Probe], other: Probe, weighing: Weighing
) -> tuple[_Shared, list[Probe]]:
    """Take one more reading as of the same number; return also what they make together, but for what is improbable."""
    ways = [way for each in probes for way in laid_over(each, other)]
    strangers = [stranger_of(each, weighing) for each in ways]
    chances = [log(chance) for _, chance in strangers]
    kept = [way for way, chance in zip(ways, chances, strict=True) if chance > max(chances) - _HUNDREDTH]
    outside = float(np.logaddexp.reduce([each for each, _ in strangers]))
    return _Shared(readings, outside, float(np.logaddexp.reduce(chances))), kept
