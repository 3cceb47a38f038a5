"""Readings of several parts of one weapon, weighed as of one number or of several.

One of the parts that were read, nobody knows which, bears the number its weapon goes by. Each other part bears the
same, unless it was exchanged and bears any. That holds of weapons in the register and of those outside alike: where two
readings may be of one number, the second tells no more of a stranger than it adds to the first.
"""

import itertools
import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from tracemark.tracing.matching.channels import NATS, Channel, Probe
from tracemark.tracing.matching.consensus import laid_over
from tracemark.tracing.matching.evidence import Floats, Found, Rows, Weighing
from tracemark.tracing.matching.gathering import stranger_of
from tracemark.tracing.matching.kernels import kernel
from tracemark.tracing.matching.keys import first_at_least
from tracemark.tracing.matching.strangers import log

NOWHERE = -1

_MOST_PARTS = 4


@dataclass(frozen=True, slots=True)
class Together:
    """All readings together, weapon by weapon.

    `weights` are posterior odds but for a common factor, `outside` those of a weapon from outside. `best` has shape
    (readings, weapons): the place of the best row among those found for the reading, -1 where the weapon bears nothing
    like it. `beyond` is how much more the readings say together than each for itself, a natural logarithm.
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
    one whose component was exchanged. The few readings that say most may be of one number; more are weighed apart.
    """
    borne = found[0].weapon if len(found) == 1 else np.concatenate([each.weapon for each in found])
    weapons = _each_once(np.sort(borne))
    attributes = np.full(len(weapons), -math.inf)
    best = np.full((len(found), len(weapons)), NOWHERE, np.int64)
    explained = np.full((len(found), len(weapons)), -math.inf)
    for number, each in enumerate(found):
        _best_rows(each.weapon, each.cost, each.attributes, weapons, best[number], explained[number], attributes)
    if len(found) == 1:
        logs, outside, beyond = explained[0], found[0].outside, np.zeros(len(weapons))
    else:
        logs, outside, beyond = _of_several(channels, found, best, explained, weighing)
    logs = logs + attributes
    scale = float(logs.max(initial=-math.inf)) if len(logs) else 0.0
    return Together(weapons, np.exp(logs - scale), best, math.exp(min(outside - scale, 700.0)), beyond)


def _of_several(
    channels: Sequence[Channel], found: Sequence[Found], best: Rows, explained: Floats, weighing: Weighing
) -> tuple[Floats, float, Floats]:
    """Return the log-likelihood of all readings for each weapon, a stranger's log weight, and what is beyond each."""
    chances = np.array([[log(each.chance)] for each in found])
    exchanged = np.array([[log(weighing.weights.other_component * each.chance)] for each in found])
    apart = np.where(best == NOWHERE, exchanged, explained).sum(axis=0)
    if not weighing.weights.one_number:
        return apart, found[0].outside + float(chances[1:].sum()), np.zeros(len(apart))
    logs, outside, chance = _as_parts(channels, found, explained, weighing)
    return logs, outside, logs - chance - (apart - chances.sum())


@kernel
def _each_once(rising: Rows) -> Rows:
    kept = np.empty_like(rising)
    count = 0
    for place in range(len(rising)):
        if place == 0 or rising[place] != rising[place - 1]:
            kept[count] = rising[place]
            count += 1
    return kept[:count]


@kernel
def _best_rows(
    weapon: Rows, cost: Rows, likely: Floats, weapons: Rows, best: Rows, explained: Floats, attributes: Floats
) -> None:
    """Note for each of the weapons, in their order, what one reading found.

    The row that costs least, the last of several, and its log-likelihood; the greatest of what was stated.
    """
    for row in range(len(weapon)):
        place = first_at_least(weapons, 0, len(weapons), weapon[row])
        if best[place] == NOWHERE or cost[row] <= cost[best[place]]:
            best[place], explained[place] = row, cost[row] / -NATS
        attributes[place] = max(attributes[place], likely[row])


def _as_parts(
    channels: Sequence[Channel], found: Sequence[Found], explained: Floats, weighing: Weighing
) -> tuple[Floats, float, float]:
    """Return the log-likelihood of all readings for each weapon, and the log weight and probability for a stranger."""
    chances = np.array([[log(each.chance)] for each in found])
    exchanged = log(weighing.weights.other_component)
    telling = np.sort(np.argsort(chances[:, 0], kind="stable")[:_MOST_PARTS])
    others = np.delete(np.arange(len(found)), telling)
    logs = of_parts(explained[telling], chances[telling], exchanged)
    # What only the others name has none of these parts.
    logs = np.where(np.isneginf(logs), (exchanged + chances[telling]).sum(), logs)
    logs += np.where(np.isneginf(explained[others]), exchanged + chances[others], explained[others]).sum(axis=0)
    shared = _shared([(channels[each].forward, found[each]) for each in telling], weighing)
    outside, chance = of_strangers(shared, chances[telling], exchanged)
    beside = float(chances[others].sum())
    return logs, outside + beside, chance + beside


def of_parts(explained: Floats, chances: Floats, exchanged: float) -> Floats:
    """Return the log-likelihood of all readings for each weapon.

    `explained` (readings, weapons) is that of each reading where the part bears the weapon's number, `chances`
    (readings, 1) where it bears any, `exchanged` the log probability of that for each part but one.
    """
    own = math.log1p(-math.exp(exchanged))
    each = np.logaddexp(own + explained, exchanged + chances)
    found: Floats = each.sum(axis=0) + np.logaddexp.reduce(explained - each, axis=0) - math.log(len(explained))
    return found


@dataclass(frozen=True, slots=True)
class Shared:
    """Readings taken as of one number: the log weight of a stranger with such a number, and its log probability."""

    readings: frozenset[int]
    outside: float
    chance: float


def of_strangers(shared: Sequence[Shared], chances: Floats, exchanged: float) -> tuple[float, float]:
    """Return the log weight of a stranger of whom all this was read, and its log probability.

    It is what `of_parts` says of weapons, summed over all numbers that a stranger may bear.
    """
    own, count = math.log1p(-math.exp(exchanged)), len(chances)
    outside, chance = [], []
    for each in shared:
        alike = len(each.readings)
        others = sum(float(chances[number, 0]) for number in range(count) if number not in each.readings)
        others += math.log(alike / count) + (alike - 1) * own + (count - alike) * exchanged
        outside.append(each.outside + others)
        chance.append(each.chance + others)
    return float(np.logaddexp.reduce(outside)), float(np.logaddexp.reduce(chance))


def _shared(read: Sequence[tuple[Probe, Found]], weighing: Weighing) -> list[Shared]:
    """Return the readings one by one, and as many of them together as one number of a stranger may explain."""
    found = [Shared(frozenset([number]), each.outside, log(each.chance)) for number, (_, each) in enumerate(read)]
    ways = {each.readings: [read[number][0]] for number, each in enumerate(found)}
    for size in range(1, len(read)):
        for some in itertools.combinations(range(len(read)), size + 1):
            known = ways.get(frozenset(some[:-1]), [])
            probes = [way for each in known for way in laid_over(each, read[some[-1]][0])]
            if probes:
                strangers = [stranger_of(each, weighing) for each in probes]
                least = max(chance for _, chance in strangers) / 100
                ways[frozenset(some)] = [
                    way for way, (_, chance) in zip(probes, strangers, strict=True) if chance >= least
                ]
                outside = float(np.logaddexp.reduce([each for each, _ in strangers]))
                found.append(Shared(frozenset(some), outside, log(sum(chance for _, chance in strangers))))
    return found
