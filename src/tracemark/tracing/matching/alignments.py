from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from tracemark.tracing.matching.channels import GAP_EACH, INSERTED, LOST, LOST_EACH, MISSED, NEVER, SWAPPED, Probe
from tracemark.tracing.matching.kernels import inner, kernel

Rows = NDArray[np.int64]
Costs = NDArray[np.int32]
Codes = NDArray[np.uint8]


@inner
def step_row(  # noqa: PLR0913, PLR0917 - one row of a table with six ways into each cell, compiled
    new: Costs,
    last: Costs,
    before: Costs,
    true: int,
    previous: int,
    depth: int,
    costs: Costs,
    known: Codes,
    gaps: Codes,
    edits: Costs,
    split: int,
    half_bound: int,
    bound: int,
) -> int:
    """Fill the row of `depth` true characters and return the least cost that can still grow out of it.

    `new[j]` is the least cost of explaining the first j places; one more element behind the last place stands for a
    reading that ended while the serial went on. Before the place `split` a cost must keep within `half_bound`.
    """
    places = costs.shape[0]
    least = NEVER
    value = last[0] + (edits[GAP_EACH] if gaps[0] else edits[MISSED])
    cut = edits[LOST] + depth * edits[LOST_EACH]
    if not gaps[0] and cut < value:
        value = cut
    if value > bound or (split > 0 and value > half_bound):
        value = NEVER
    new[0] = value
    least = min(least, value)
    for j in range(1, places + 1):
        value = last[j - 1] + costs[j - 1, true]
        other = new[j - 1] + edits[INSERTED]
        value = min(value, other)
        if depth > 1 and j > 1 and true != previous and known[j - 2] == true and known[j - 1] == previous:
            value = min(value, before[j - 2] + edits[SWAPPED])
        if j == split and value > half_bound:
            value = NEVER
        # What is missed exactly at the split belongs to the other half.
        value = min(value, last[j] + (edits[GAP_EACH] if gaps[j] else edits[MISSED]))
        if value > bound or (j < split and value > half_bound):
            value = NEVER
        new[j] = value
        least = min(least, value)
        # A swap that only the next character completes must keep the branch alive.
        if j < places and known[j] == true:
            least = min(least, last[j - 1] + edits[SWAPPED])
    value = min(last[places + 1], last[places] + edits[LOST]) + edits[LOST_EACH]
    if value > bound:
        value = NEVER
    new[places + 1] = value
    return int(min(least, value))


@inner
def start_row(new: Costs, edits: Costs, split: int, half_bound: int, bound: int) -> None:
    """Fill the row of no true character."""
    places = new.shape[0] - 2
    for j in range(places + 1):
        value = j * edits[INSERTED]
        if value > bound or (j <= split and value > half_bound):
            value = NEVER
        new[j] = value
    new[places + 1] = NEVER


@inner
def row_cost(serial: Codes, probe: Probe, bound: int, table: Costs) -> int:
    """Return the least cost of reading this serial so; `table` has its first row filled."""
    costs, known, gaps, edits = probe.costs, probe.known, probe.gaps, probe.edits
    places = costs.shape[0]
    depth = 0
    previous = 0
    while depth < len(serial) and serial[depth] > 0:
        true = int(serial[depth])
        before = table[depth - 1] if depth > 0 else table[0]
        depth += 1
        least = step_row(
            table[depth], table[depth - 1], before, true, previous, depth, costs, known, gaps, edits, -1, 0, bound
        )
        if least > bound:
            return NEVER
        previous = true
    if depth == 0:
        return NEVER
    return int(min(table[depth, places], table[depth, places + 1]))


AGREES, LOOKS_ALIKE, MISREAD, ADDED, LEFT_OUT, SWAPPED_PLACES, LOST_HEAD, LOST_TAIL, UNREAD, IN_GAP = range(10)
OPERATIONS = (
    *("agree", "look_alike", "misread", "added", "left_out", "swapped", "lost_head", "lost_tail"),
    *("unread", "in_gap"),
)
"""What can happen between a serial and a reading, place by place; of a swap there are two, one for each place."""

_NONE = -1


class Step(NamedTuple):
    """One place of a reading beside one of the serial, from 0, None where there is none; `how` is an operation."""

    place: int | None
    at: int | None
    how: str


def aligned(serial: Codes, probe: Probe) -> tuple[Step, ...]:
    """Lay a reading beside a serial at the least cost, from the beginning to the end of both."""
    return tuple(
        Step(place if place >= 0 else None, at if at >= 0 else None, OPERATIONS[how])
        for place, at, how in _align(serial, probe).tolist()
    )


@kernel
def _align(serial: Codes, probe: Probe) -> NDArray[np.int64]:  # noqa: C901 - each way is told apart
    """Return steps: a place of the reading, one of the serial (-1 for none), and the number of the operation."""
    costs, gaps, edits = probe.costs, probe.gaps, probe.edits
    places = costs.shape[0]
    table = np.empty((serial.shape[0] + 1, places + 2), np.int32)
    steps = np.empty((serial.shape[0] + places, 3), np.int64)
    first = len(steps)
    start_row(table[0], edits, -1, 0, NEVER - 1)
    if row_cost(serial, probe, NEVER - 1, table) >= NEVER:
        return steps[:0]
    depth = 0
    while depth < len(serial) and serial[depth] > 0:
        depth += 1
    j = places
    if table[depth, places + 1] < table[depth, places]:
        opened = False
        while not opened:
            depth -= 1
            first -= 1
            steps[first] = (_NONE, depth, LOST_TAIL)
            opened = table[depth + 1, places + 1] == table[depth, places] + edits[LOST] + edits[LOST_EACH]
    while depth > 0 or j > 0:
        here = table[depth, j]
        first -= 1
        if j == 0:
            depth -= 1
            steps[first] = (_NONE, depth, IN_GAP if gaps[0] else LOST_HEAD)
            continue
        if depth == 0:
            j -= 1
            steps[first] = (j, _NONE, ADDED)
            continue
        true = int(serial[depth - 1])
        if here == table[depth - 1, j - 1] + costs[j - 1, true]:
            depth -= 1
            j -= 1
            steps[first] = (j, depth, _how_read(costs[j], true))
        elif here == table[depth - 1, j] + (edits[GAP_EACH] if gaps[j] else edits[MISSED]):
            depth -= 1
            steps[first] = (_NONE, depth, IN_GAP if gaps[j] else LEFT_OUT)
        elif here == table[depth, j - 1] + edits[INSERTED]:
            j -= 1
            steps[first] = (j, _NONE, ADDED)
        else:
            steps[first] = (j - 1, depth - 1, SWAPPED_PLACES)
            first -= 1
            depth -= 2
            j -= 2
            steps[first] = (j, depth, SWAPPED_PLACES)
    return steps[first:]


@kernel
def _how_read(costs: NDArray[Any], true: int) -> int:
    """Tell how a place was read: what costs less than any misreading was confused by the eye."""
    dearest = costs[1:].max()
    if dearest == 0:
        return UNREAD
    if costs[true] == 0:
        return AGREES
    return LOOKS_ALIKE if costs[true] < dearest else MISREAD
