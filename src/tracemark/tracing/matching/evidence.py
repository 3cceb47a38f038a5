import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from tracemark.tracing.matching.alignments import LOST_TAIL, align
from tracemark.tracing.matching.channels import NATS, Channel
from tracemark.tracing.matching.parameters import Weights
from tracemark.tracing.matching.populations import Population
from tracemark.tracing.matching.scoring import (
    Feature,
    attribute_likelihoods,
    best_likelihood,
    strangers_attributes,
)
from tracemark.tracing.matching.search import Hits, Limits, find_rows
from tracemark.tracing.matching.segments import COLUMNS, Segment
from tracemark.tracing.matching.strangers import (
    block_of,
    distances,
    flat_probability,
    log,
    reading_probability,
    running_places,
    serial_probabilities,
    tail_likelihoods,
)

Floats = NDArray[np.float64]
Rows = NDArray[np.int64]

_MAKER = COLUMNS.index("maker")
_NOWHERE = -1
_BLOCK_SIDE = 1500
_BESIDE = 2
"""Serials that differ in no more than so many last places stand beside each other."""
_WORTH_A_LOOK = 0.01
_MOST_OCCUPIED = 2000


@dataclass(frozen=True)
class Weighing:
    """All that evidence is weighed against: the register, its population, what was stated, and the weights.

    `absent` is the prior probability that the weapon is not in the register.
    """

    segments: Sequence[Segment]
    population: Population
    features: tuple[Feature, ...]
    weights: Weights
    absent: float

    @cached_property
    def mark_count(self) -> int:
        """The number of marks searched."""
        return sum(map(len, self.segments))

    @cached_property
    def weapon_count(self) -> int:
        """The number of weapons that bear them."""
        return sum(int(segment.weapon_count[0]) for segment in self.segments)

    @cached_property
    def odds(self) -> float:
        """Prior odds that the weapon is not here."""
        return self.absent / max(1 - self.absent, 1e-12)

    @cached_property
    def stated(self) -> dict[str, int]:
        """The codes stated, by column."""
        return {feature.column: feature.value for feature in self.features}

    @cached_property
    def group(self) -> int:
        """The group of makers whose numbering a stranger of the stated maker would have."""
        maker = self.stated.get("maker", _NOWHERE)
        return self.population.group_of(maker if maker >= 0 else self.population.maker_of(self.stated.get("model", -1)))

    @cached_property
    def limits(self) -> Limits:
        """What one search may spend."""
        return Limits(self.weights.most_nodes, self.weights.most_scanned, self.weights.most_rows)


@dataclass(frozen=True, slots=True)
class Found:
    """The rows that may bear what one reading says, in the order of segments and rows.

    `segment` is the place among the segments, `row` the row there, `cost` in thousandths of a natural logarithm,
    `attributes` the log-likelihood of what was stated. `of_group`, `of_everyone` and `of_nobody` are the probabilities
    of the reading for strangers. Where `crowded`, so many rows fit that they were not all gathered.
    """

    segment: Rows
    row: Rows
    cost: Rows
    weapon: Rows
    attributes: Floats
    of_group: float
    of_everyone: float
    of_nobody: float
    complete: bool
    crowded: bool

    @property
    def weapon_count(self) -> int:
        """The number of weapons among the rows."""
        return len(np.unique(self.weapon))

    @property
    def logs(self) -> Floats:
        """The log-likelihood of reading and attributes, row by row."""
        return self.attributes - self.cost / NATS


@dataclass(frozen=True, slots=True)
class Together:
    """All readings together, weapon by weapon.

    `weights` are posterior odds but for a common factor exp(-scale). `best` has shape (readings, weapons): the place of
    the best row among those found for the reading, -1 where the weapon bears nothing like it.
    """

    weapons: Rows
    weights: Floats
    best: Rows
    scale: float


def gathered(channel: Channel, weighing: Weighing) -> Found:
    """Gather rows at a growing bound of cost, until what is still missing can no longer matter."""
    weights = weighing.weights
    of_group = reading_probability(channel, weighing.population, weighing.group)
    of_everyone = reading_probability(channel, weighing.population, 0) if weighing.group else of_group
    of_nobody = flat_probability(channel)
    best_possible = best_likelihood(weighing.features)
    strangers = _strangers_log((of_group,), (of_everyone,), (of_nobody,), 0.0, weighing)
    found = _no_rows(of_group, of_everyone, of_nobody)
    for stage in weights.stages:
        hits = [find_rows(segment, channel, round(stage * NATS), weighing.limits) for segment in weighing.segments]
        new = _found(hits, found, weighing)
        if len(found.row) and not new.complete:
            return replace(found, complete=False)
        found = new
        best = float(found.logs.max(initial=-math.inf))
        if not found.complete or best_possible - stage < max(best - weights.margin, strangers - weights.margin_absent):
            break
    return found


def combined(found: Sequence[Found], weighing: Weighing) -> Together:
    """Weigh all readings of one weapon together.

    Of several marks of a weapon the one that fits a reading best speaks for it: a weapon is no likelier to be found for
    bearing its number three times. A weapon that bears nothing like one of the readings is judged on that reading as
    one whose component was exchanged.
    """
    weapons = np.unique(np.concatenate([each.weapon for each in found]))
    logs = np.zeros(len(weapons))
    attributes = np.full(len(weapons), -math.inf)
    best = np.full((len(found), len(weapons)), _NOWHERE, np.int64)
    for number, each in enumerate(found):
        place = np.searchsorted(weapons, each.weapon)
        dearest_first = np.argsort(-each.cost, kind="stable")
        best[number, place[dearest_first]] = dearest_first
        exchanged = log(weighing.weights.other_component * each.of_group)
        fits = best[number] != _NOWHERE
        logs += np.where(fits, each.cost[best[number]] / -NATS, exchanged) if len(each.cost) else exchanged
        np.maximum.at(attributes, place, each.attributes)
    logs += attributes
    scale = float(logs.max(initial=-math.inf)) if len(logs) else 0.0
    return Together(weapons, np.exp(logs - scale), best, scale)


def strangers_weight(found: Sequence[Found], together: Together, weighing: Weighing) -> float:
    """Return the posterior weight of a weapon from outside that happens to be like this, on the scale of `together`."""
    occupied = _occupied(found[0], weighing) if len(found) == 1 and weighing.stated.get("maker", -1) >= 0 else 0.0
    of_group = tuple(each.of_group for each in found)
    of_everyone = tuple(each.of_everyone for each in found)
    of_nobody = tuple(each.of_nobody for each in found)
    return math.exp(min(_strangers_log(of_group, of_everyone, of_nobody, occupied, weighing) - together.scale, 700.0))


def neighbours_weight(
    channels: Sequence[Channel], found: Sequence[Found], together: Together, order: Rows, weighing: Weighing
) -> tuple[float, dict[int, int]]:
    """Return the posterior weight of weapons from outside that are neighbours of the candidates in `order`.

    Weapons are made and bought in runs of consecutive numbers: where the register holds many of a run, a weapon it does
    not hold is likely to be of the same run, and to differ from a candidate only in what could not be read. Also
    returns for each candidate that was looked at how many weapons stand beside it.
    """
    weight = 0.0
    beside: dict[int, int] = {}
    blocks: dict[tuple[int, int], int] = {}
    for place in map(int, order):
        if together.weights[place] < _WORTH_A_LOOK:
            continue
        ratios: list[float] = []
        for number, each in enumerate(found):
            hit = int(together.best[number, place])
            if hit == _NOWHERE:
                continue
            segment = weighing.segments[int(each.segment[hit])]
            row, most = int(each.row[hit]), len(weighing.weights.neighbour)
            shared = max(running_places(segment.serials[row])[0] - most, 1)
            first, last = block_of(segment.serials, row, shared, _BLOCK_SIDE)
            block = (int(each.segment[hit]), first)
            if number == 0 and block in blocks:
                beside[place] = blocks[block]
                ratios = []
                break
            ratio, count = _neighbours(channels[number], each, hit, (first, last), weighing)
            ratios.append(ratio)
            blocks[block] = beside[place] = count
        weight += together.weights[place] * min(ratios, default=0.0)
    return weight, beside


def _no_rows(of_group: float, of_everyone: float, of_nobody: float) -> Found:
    none = np.zeros(0, np.int64)
    return Found(none, none, none, none, np.zeros(0), of_group, of_everyone, of_nobody, complete=True, crowded=False)


def _found(hits: Sequence[Hits], before: Found, weighing: Weighing) -> Found:
    """Return what the segments' hits amount to; probabilities for strangers are those found `before`."""
    segments = weighing.segments
    attributes = np.concatenate([segment.attributes[each.rows] for segment, each in zip(segments, hits, strict=True)])
    return replace(
        before,
        segment=np.repeat(np.arange(len(hits)), [len(each.rows) for each in hits]),
        row=np.concatenate([each.rows for each in hits]),
        cost=np.concatenate([each.costs for each in hits]).astype(np.int64),
        weapon=np.concatenate(
            [segment.weapons[each.rows].astype(np.int64) for segment, each in zip(segments, hits, strict=True)]
        ),
        attributes=attribute_likelihoods(weighing.features, attributes),
        complete=all(each.complete for each in hits),
        crowded=any(not each.complete and len(each.rows) >= weighing.limits.rows for each in hits),
    )


def _strangers_log(
    of_group: Sequence[float],
    of_everyone: Sequence[float],
    of_nobody: Sequence[float],
    occupied: float,
    weighing: Weighing,
) -> float:
    """Return the log weight of a stranger, in units of one weapon of the register."""
    of_maker, of_others = strangers_attributes(weighing.features, weighing.weights)
    attributes = math.prod(feature.others for feature in weighing.features)
    probability = (
        of_maker * max(math.prod(of_group) - (1 - weighing.weights.reused) * occupied, 0.0)
        + of_others * math.prod(of_everyone)
        + weighing.weights.unlike * attributes * math.prod(of_nobody)
    )
    return log(probability) + log(weighing.odds) + log(weighing.weapon_count)


def _occupied(found: Found, weighing: Weighing) -> float:
    """Return the probability of the readings that numbers already given to weapons of the stated maker would explain.

    A stranger of the same maker hardly bears a number that the maker gave to a weapon in the register.
    """
    total = 0.0
    for number, segment in enumerate(weighing.segments):
        of_segment = np.flatnonzero(found.segment == number)[:_MOST_OCCUPIED]
        rows = found.row[of_segment]
        of_maker = segment.attributes[rows, _MAKER] == weighing.stated["maker"]
        rows, costs = rows[of_maker], found.cost[of_segment][of_maker]
        serials = np.ascontiguousarray(segment.serials[rows])
        fresh = np.ones(len(rows), bool)
        fresh[1:] = (serials[1:] != serials[:-1]).any(axis=1)
        probabilities = serial_probabilities(serials[fresh], weighing.population, weighing.group)
        total += float((probabilities * np.exp(costs[fresh] / -NATS)).sum())
    return total


def _neighbours(
    channel: Channel, found: Found, hit: int, block: tuple[int, int], weighing: Weighing
) -> tuple[float, int]:
    """Return the weight of the candidate's unrecorded neighbours in units of its own, and how many are recorded."""
    marks_each = weighing.mark_count / weighing.weapon_count
    segment, row = weighing.segments[int(found.segment[hit])], int(found.row[hit])
    serial, cost, most = segment.serials[row], int(found.cost[hit]), len(weighing.weights.neighbour)
    away = distances(segment.serials, block[0], block[1], row, running_places(serial)[0])
    near = away <= most
    alike = np.exp(
        attribute_likelihoods(weighing.features, segment.attributes[block[0] : block[1]][near]) - found.attributes[hit]
    )
    inside = (found.segment == found.segment[hit]) & (found.row >= block[0]) & (found.row < block[1])
    matched = away[found.row[inside] - block[0]]
    matched_weights = np.exp((cost - found.cost[inside]) / NATS)
    lost_tail = align(serial, channel.costs, channel.known, channel.gaps, channel.edits, 0)[LOST_TAIL] > 0
    freedoms, tail_costs = tail_likelihoods(channel, serial, most, lost_tail=bool(lost_tail))
    total = 0.0
    for places, share in enumerate(weighing.weights.neighbour, start=1):
        endings = freedoms[places - 1] * math.exp(min(tail_costs[places - 1], cost / NATS))
        taken = float(matched_weights[matched <= places].sum()) / marks_each
        within = away[near] <= places
        free = 1 - (1 - weighing.weights.reused) * min(1.0, float(within.sum()) / marks_each / 10.0**places)
        unrecorded = max(endings - taken, 0.0) * free + weighing.weights.reused * min(taken, endings)
        drawn = float(alike[within].sum()) / marks_each
        total += share * unrecorded * drawn / 10.0**places
    beside = int(((away > 0) & (away <= _BESIDE)).sum())
    return total * weighing.odds, beside
