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
    """Return what two readings say of one number: one probe for each way in which their places go together.

    There is none where it is out of the question that they are of one number.
    """
    ways = _ways(one, other)
    dearest = min(ways[0].cost + _NEGLIGIBLE, _of_two(one, other) + _NEGLIGIBLE)
    return [_probe(way, one, other) for way in ways if way.cost <= dearest]


class _Step(NamedTuple):
    """One step of a way: from where in each reading to where, and at what cost beside that of its columns.

    A column is a character on the metal: the place of each reading that is of it, -1 where there is none.
    """

    at: tuple[int, int]
    to: tuple[int, int]
    columns: tuple[tuple[int, int], ...]
    cost: int = 0


class _Way(NamedTuple):
    cost: float
    steps: tuple[_Step, ...]


def _ways(one: Probe, other: Probe) -> list[_Way]:
    """Return the cheapest ways to go through both readings, at the cost of a number of no known scheme."""
    ends = len(one.known), len(other.known)
    explained = [np.exp(each.costs / -NATS) for each in (one, other)]
    alike = np.zeros((ends[0] + 1, ends[1] + 1))
    """What a column costs; the last row and column are for -1."""
    alike[:-1, :-1] = _cost((explained[0] * FLAT) @ explained[1].T)
    alike[:-1, -1], alike[-1, :-1] = (_cost(each @ FLAT) for each in explained)
    reached: dict[tuple[int, int], list[_Way]] = {(0, 0): [_Way(0.0, ())]}
    for at in np.ndindex(ends[0] + 1, ends[1] + 1):
        reached[at] = kept = heapq.nsmallest(_MOST_WAYS, reached[at], key=lambda way: way.cost)
        for step in _onward(at, one, other):
            spent = step.cost + sum(float(alike[column]) for column in step.columns)
            reached.setdefault(step.to, []).extend(_Way(way.cost + spent, (*way.steps, step)) for way in kept)
    return reached[ends]


def _of_two(one: Probe, other: Probe) -> float:
    """Return what the readings cost as of two numbers."""
    return float(sum(_cost(np.exp(each.costs / -NATS) @ FLAT).sum() for each in (one, other)))


def _onward(at: tuple[int, int], one: Probe, other: Probe) -> Iterator[_Step]:
    place, beside = at
    left, left_beside = len(one.known) - place, len(other.known) - beside
    if left and left_beside:
        yield _Step(at, (place + 1, beside + 1), ((place, beside),))
    if left:
        passed = _passed(other, beside, first=not place, last=left == 1)
        yield _Step(at, (place + 1, beside), ((place, -1),), passed)
        yield _Step(at, (place + 1, beside), (), int(one.edits[INSERTED]))
    if left_beside:
        passed = _passed(one, place, first=not beside, last=left_beside == 1)
        yield _Step(at, (place, beside + 1), ((-1, beside),), passed)
        yield _Step(at, (place, beside + 1), (), int(other.edits[INSERTED]))
    pair, turned = one.known[place : place + 2].tolist(), other.known[beside : beside + 2].tolist()
    if len(pair) == len(turned) == 2 and pair == turned[::-1] and pair[0] != pair[1] and all(pair):  # noqa: PLR2004
        there = place + 2, beside + 2
        yield _Step(at, there, ((place, -1), (place + 1, -1)), int(other.edits[SWAPPED]))
        yield _Step(at, there, ((-1, beside), (-1, beside + 1)), int(one.edits[SWAPPED]))


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
    """Return the reading that one way makes; what its steps cost besides is put on the places beside them."""
    costs: list[Costs] = []
    gaps = [one.gaps[0] & other.gaps[0]]
    added = 0
    for step in way.steps:
        added += step.cost
        for place, beside in step.columns:
            of_one = one.costs[place] if place >= 0 else 0
            of_other = other.costs[beside] if beside >= 0 else 0
            costs.append(np.minimum(of_one + of_other + added, NEVER).astype(np.int32))
            gaps.append(np.uint8(0))
            added = 0
        gaps[-1] |= one.gaps[step.to[0]] & other.gaps[step.to[1]]
    table = np.array(costs, np.int32).reshape(-1, SYMBOLS)
    table[-1:] = np.minimum(table[-1:] + added, NEVER)
    edits = np.minimum(one.edits + other.edits, NEVER).astype(np.int32)
    edits[SWAPPED] = NEVER
    return probe_of(table, np.zeros(len(table), np.uint8), np.array(gaps, np.uint8), edits)


def _cost(probability: Floats) -> Floats:
    costs: Floats = -np.log(np.maximum(probability, math.exp(-NEVER / NATS) + 1e-300)) * NATS
    return costs
