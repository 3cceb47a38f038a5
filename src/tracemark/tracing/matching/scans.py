import numpy as np
from numpy.typing import NDArray

from tracemark.tracing.matching.alignments import Codes, Costs, Rows, row_cost, start_row
from tracemark.tracing.matching.channels import Probe
from tracemark.tracing.matching.kernels import kernel
from tracemark.tracing.matching.keys import SYMBOLS, WIDTH, Keys, Lows, low_at, unpack

_TWO = 2


@kernel
def scan(  # noqa: C901, PLR0913, PLR0917 - compiled
    high: Keys, lows: Lows, begin: int, end: int, probe: Probe, errors: int, bound: int, most_rows: int
) -> tuple[Rows, Costs, bool]:
    """Try every row from `begin` to before `end`.

    First a bit-parallel automaton that allows `errors` errors of any kind, then the exact cost.
    """
    places = len(probe.known)
    fits = np.zeros(SYMBOLS, np.uint64)
    for symbol in range(1, SYMBOLS):
        for j in range(places):
            if probe.costs[j, symbol] == 0:
                fits[symbol] |= np.uint64(1) << np.uint64(j)
    stays = np.uint64(0)
    for j in range(places + 1):
        if probe.gaps[j]:
            stays |= np.uint64(1) << np.uint64(j)
    final = np.uint64(1) << np.uint64(places)
    table = np.empty((WIDTH + 1, places + 2), np.int32)
    start_row(table[0], probe.edits, -1, 0, bound)
    codes = np.zeros(WIDTH, np.uint8)
    rows = np.empty(64, np.int64)
    costs = np.empty(64, np.int32)
    found = 0
    for row in range(begin, end):
        length = unpack(high[row], low_at(lows, row), codes)
        if not _may_fit(codes, length, fits, stays, final, errors):
            continue
        cost = row_cost(codes, probe, bound, table)
        if cost > bound:
            continue
        if found == most_rows:
            return rows[:found], costs[:found], False
        if found == len(rows):
            rows, costs = np.concatenate((rows, rows)), np.concatenate((costs, costs))
        rows[found] = row
        costs[found] = cost
        found += 1
    return rows[:found], costs[:found], True


@kernel
def _may_fit(
    codes: Codes, length: int, fits: NDArray[np.uint64], stays: np.uint64, final: np.uint64, errors: int
) -> bool:
    """Tell whether the serial fits with at most so many errors, from one to three. Never wrongly False.

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
    for place in range(length):
        fit = fits[codes[place]]
        new = (none & fit) << one | (none & stays)
        newer = (first & fit) << one | (first & (stays | ends)) | none | (none | new) << one | one
        if errors >= _TWO:
            newest = (second & fit) << one | (second & (stays | ends)) | first | (first | newer) << one | one
            if errors > _TWO:
                third = (third & fit) << one | (third & (stays | ends)) | second | (second | newest) << one | one
            second = newest
        first = newer
        none = new
    state = first
    if errors == _TWO:
        state = second
    elif errors > _TWO:
        state = third
    return bool((state & final) != 0)
