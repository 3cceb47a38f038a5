"""Two readings of what may be one number, as readings of that number: laid over each other place by place.

A number fits both where it fits what they make together, at the sum of what it costs in each. How their places go
together is not known where ends are lost or a place is left out; every way that is not far less probable is returned.
"""

import heapq
import math
from collections.abc import Iterator
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
    NEVER,
    SWAPPED,
    Costs,
    Probe,
    probe_of,
)
from tracemark.tracing.matching.keys import SYMBOLS
from tracemark.tracing.matching.strangers import FLAT

Floats = NDArray[np.float64]

_MOST_WAYS = 4
_NEGLIGIBLE = 7 * NATS
"""A way so much dearer than the cheapest is left out, in thousandths of a natural logarithm."""


def laid_over(one: Probe, other: Probe) -> list[Probe]:
    """Return what two readings say of one number: one probe for each way in which their places go together."""
    ways = _ways(one, other)
    return [_probe(way, one, other) for way in ways if way.cost <= ways[0].cost + _NEGLIGIBLE]


class _Step(NamedTuple):
    """One step of a way: how far each reading had come, how far each goes on, what the one costs that stays behind.

    Without a `character` nothing stands on the metal: a place is one too many.
    """

    at: tuple[int, int]
    on: tuple[int, int]
    cost: int
    character: bool


class _Way(NamedTuple):
    cost: float
    steps: tuple[_Step, ...]


def _ways(one: Probe, other: Probe) -> list[_Way]:
    """Return the cheapest ways to go through both readings, at the cost of a number of no known scheme."""
    ends = len(one.known), len(other.known)
    explained = [np.exp(each.costs / -NATS) for each in (one, other)]
    alike = _cost((explained[0] * FLAT) @ explained[1].T)
    alone = [_cost(each @ FLAT) for each in explained]
    reached: dict[tuple[int, int], list[_Way]] = {(0, 0): [_Way(0.0, ())]}
    for place in range(ends[0] + 1):
        for beside in range(ends[1] + 1):
            at = place, beside
            reached[at] = kept = heapq.nsmallest(_MOST_WAYS, reached[at], key=lambda way: way.cost)
            for step in _onward(at, (one, other), ends):
                there = at[0] + step.on[0], at[1] + step.on[1]
                spent = float(step.cost)
                if step.character:
                    spent += alike[at] if all(step.on) else alone[step.on[1]][at[step.on[1]]]
                reached.setdefault(there, []).extend(_Way(way.cost + spent, (*way.steps, step)) for way in kept)
    return reached[ends]


def _onward(at: tuple[int, int], readings: tuple[Probe, Probe], ends: tuple[int, int]) -> Iterator[_Step]:
    left = [end - place for place, end in zip(at, ends, strict=True)]
    if all(left):
        yield _Step(at, (1, 1), 0, character=True)
    for ahead, on in enumerate(((1, 0), (0, 1))):
        if left[ahead]:
            passed = _passed(readings[1 - ahead], at[1 - ahead], first=not at[ahead], last=left[ahead] == 1)
            yield _Step(at, on, passed, character=True)
            yield _Step(at, on, int(readings[ahead].edits[INSERTED]), character=False)


def _passed(reading: Probe, place: int, *, first: bool, last: bool) -> int:
    """Return what it costs a reading that the other has one more character before this place: left out, or lost."""
    edits = reading.edits
    if reading.gaps[place]:
        return int(edits[GAP_EACH])
    costs = [int(edits[MISSED])]
    if not place:
        costs.append(int(edits[LOST_EACH] + edits[LOST] * first))
    if place == len(reading.known):
        costs.append(int(edits[LOST_EACH] + edits[LOST] * last))
    return min(costs)


def _probe(way: _Way, one: Probe, other: Probe) -> Probe:
    """Return the reading that one way makes; what a place too many costs is put on the places beside it."""
    costs: list[Costs] = []
    gaps = [one.gaps[0] & other.gaps[0]]
    added = 0
    for step in way.steps:
        place, beside = step.at
        if step.character:
            of_one = one.costs[place] if step.on[0] else 0
            of_other = other.costs[beside] if step.on[1] else 0
            costs.append(np.minimum(of_one + of_other + step.cost, NEVER).astype(np.int32))
            gaps.append(np.uint8(0))
        else:
            added += step.cost
        gaps[-1] |= one.gaps[place + step.on[0]] & other.gaps[beside + step.on[1]]
    table = np.array(costs, np.int32).reshape(-1, SYMBOLS)
    table[:1] = np.minimum(table[:1] + added, NEVER)
    edits = np.minimum(one.edits + other.edits, NEVER).astype(np.int32)
    edits[SWAPPED] = NEVER
    return probe_of(table, np.zeros(len(table), np.uint8), np.array(gaps, np.uint8), edits)


def _cost(probability: Floats) -> Floats:
    costs: Floats = -np.log(np.maximum(probability, math.exp(-NEVER / NATS) + 1e-300)) * NATS
    return costs
