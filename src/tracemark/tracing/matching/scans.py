import numpy as np
from numpy.typing import NDArray

from tracemark.tracing.matching.alignments import Codes, Costs, Rows, row_cost, start_row
from tracemark.tracing.matching.kernels import kernel
from tracemark.tracing.matching.segments import SYMBOLS

_TWO = 2


@kernel
def scan(  # noqa: C901, PLR0913, PLR0917 - as above
    serials: Codes,
    costs: Costs,
    known: Codes,
    gaps: Codes,
    edits: Costs,
    errors: int,
    bound: int,
    most_rows: int,
) -> tuple[Rows, Costs, bool]:
    """Try every row: first a bit-parallel automaton that allows `errors` errors of any kind, then the exact cost."""
    places = costs.shape[0]
    fits = np.zeros(SYMBOLS, np.uint64)
    for symbol in range(1, SYMBOLS):
        for j in range(places):
            if costs[j, symbol] == 0:
                fits[symbol] |= np.uint64(1) << np.uint64(j)
    stays = np.uint64(0)
    for j in range(places + 1):
        if gaps[j]:
            stays |= np.uint64(1) << np.uint64(j)
    final = np.uint64(1) << np.uint64(places)
    table = np.empty((serials.shape[1] + 1, places + 2), np.int32)
    start_row(table[0], edits, -1, 0, bound)
    rows = np.empty(64, np.int64)
    row_costs = np.empty(64, np.int32)
    found = 0
    for row in range(serials.shape[0]):
        if not _may_fit(serials, row, fits, stays, final, errors):
            continue
        cost = row_cost(serials[row], costs, known, gaps, edits, bound, table)
        if cost > bound:
            continue
        if found == most_rows:
            return rows[:found], row_costs[:found], False
        if found == len(rows):
            rows = np.concatenate((rows, np.empty_like(rows)))
            row_costs = np.concatenate((row_costs, np.empty_like(row_costs)))
        rows[found] = row
        row_costs[found] = cost
        found += 1
    return rows[:found], row_costs[:found], True


@kernel
def _may_fit(
    serials: Codes, row: int, fits: NDArray[np.uint64], stays: np.uint64, final: np.uint64, errors: int
) -> bool:
    """Tell whether the serial fits with at most so many errors, three being all there is room for. Never wrongly False.

    Bit j of a state says that j places are explained; there is a state for each number of errors. Lost ends cost one
    error however long they are, so the first and the last bit hold from the first error on.
    Source: Wu and Manber, "Fast text searching allowing errors", 1992.
    """
    one = np.uint64(1)
    ends = one | final
    none = one
    first = none | none << one | ends
    second = first | first << one
    third = second | second << one
    for place in range(serials.shape[1]):
        code = serials[row, place]
        if code == 0:
            break
        fit = fits[code]
        new = (none & fit) << one | (none & stays)
        if errors > 0:
            newer = (first & fit) << one | (first & (stays | ends)) | none | (none | new) << one | one
            if errors >= _TWO:
                newest = (second & fit) << one | (second & (stays | ends)) | first | (first | newer) << one | one
                if errors > _TWO:
                    third = (third & fit) << one | (third & (stays | ends)) | second | (second | newest) << one | one
                second = newest
            first = newer
        elif new == 0:
            return False
        none = new
    state = none
    if errors == 1:
        state = first
    elif errors == _TWO:
        state = second
    elif errors > _TWO:
        state = third
    return bool((state & final) != 0)
