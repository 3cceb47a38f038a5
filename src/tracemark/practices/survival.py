"""How long something lasts that is only looked at now and then: Turnbull's estimate, and intervals of what it says.

A mark that was whole at one age and not at a later one failed somewhere between; one that was whole when last read has
not failed yet. Ages are whole years.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import sqrt

import numpy as np
from numpy.typing import NDArray

_Z = 1.959963984540054
_CHI = 3.841458820694124
"""The 95 % point of chi-squared with one degree of freedom."""
_ROUNDS, _HALVINGS, _ENOUGH = 2_000, 14, 1e-7
_LEAST = 1e-12

Span = tuple[int, int | None]
"""The first and the last year of life in which it can have failed; None where it has not failed yet."""
_Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Share:
    """So many of so many, with the 95 % interval after Wilson; all as shares from 0 to 1."""

    part: int
    whole: int
    low: float
    high: float

    @property
    def value(self) -> float:
        return self.part / self.whole


@dataclass(frozen=True, slots=True)
class Lasting:
    """The share that lasts longer than an age in years, with its 95 % interval."""

    years: int
    share: float
    low: float
    high: float


def wilson(part: int, whole: int) -> Share:
    """Return a share with its 95 % interval after Wilson, which holds for few and for extreme shares, too.

    Raises:
        ValueError: there is no whole, or the part is larger.
    """
    if not 0 <= part <= whole or not whole:
        raise ValueError(f"{part} of {whole}")
    share, square = part / whole, _Z * _Z
    middle = (share + square / (2 * whole)) / (1 + square / whole)
    reach = _Z * sqrt(share * (1 - share) / whole + square / (4 * whole * whole)) / (1 + square / whole)
    low = 0.0 if part == 0 else max(middle - reach, 0.0)
    return Share(part, whole, low, 1.0 if part == whole else min(middle + reach, 1.0))


def lasting(spans: Mapping[Span, int], years: Sequence[int]) -> list[Lasting]:
    """Estimate which share lasts longer than each of some ages, from how many failed in each span.

    The estimate is that of Turnbull (nonparametric maximum likelihood, by his self-consistent iteration from equal
    masses). The interval holds every share that a likelihood ratio test at 95 % does not reject; where the data do not
    tell when in a span something failed, it covers all they allow.

    Raises:
        ValueError: there are no spans, or one ends before it begins.
    """
    table, counts = _table(spans)
    free = _fit(table, counts, np.ones((1, table.shape[1])), None)
    best = _likelihood(table, counts, free)[0]
    ages = [each for each in years if each < table.shape[1]]
    after = np.array([np.arange(table.shape[1]) >= age for age in ages]) if ages else np.zeros((0, table.shape[1]))
    shares = (after * free).sum(axis=1)
    lows = _bound(table, counts, after, shares, best, upward=False)
    highs = _bound(table, counts, after, shares, best, upward=True)
    return [Lasting(*each) for each in zip(ages, map(float, shares), map(float, lows), map(float, highs), strict=True)]


def _table(spans: Mapping[Span, int]) -> tuple[_Floats, _Floats]:
    """Return, a row a span, in which years it can have failed (the last column: later than all), and how many did."""
    if not spans or any(last is not None and last < first for first, last in spans):
        raise ValueError("no spans, or one that ends before it begins")
    beyond = 1 + max(first if last is None else last for first, last in spans)
    table = np.zeros((len(spans), beyond + 1))
    for row, (first, last) in enumerate(spans):
        table[row, first : beyond + 1 if last is None else last + 1] = 1
    return table, np.array(list(spans.values()), dtype=float)


def _fit(table: _Floats, counts: _Floats, start: _Floats, held: tuple[_Floats, _Floats] | None) -> _Floats:
    """Return the likeliest masses, a row for each row of `start`; `held` says what share of each lies after."""
    masses = start / start.sum(axis=1, keepdims=True)
    before = np.full(len(masses), -np.inf)
    for _ in range(_ROUNDS):
        masses = masses * ((counts / np.maximum(masses @ table.T, _LEAST)) @ table)
        masses = masses / masses.sum(axis=1, keepdims=True) if held is None else _held(masses, *held)
        now = _likelihood(table, counts, masses)
        if (np.abs(now - before) < _ENOUGH).all():
            break
        before = now
    fitted: _Floats = masses
    return fitted


def _held(masses: _Floats, after: _Floats, shares: _Floats) -> _Floats:
    late, early = masses * after, masses * (1 - after)
    parts = []
    for part, share in ((late, shares), (early, 1 - shares)):
        parts.append(part * (share / np.maximum(part.sum(axis=1), _LEAST))[:, None])
    held: _Floats = parts[0] + parts[1]
    return held


def _likelihood(table: _Floats, counts: _Floats, masses: _Floats) -> _Floats:
    found: _Floats = np.log(np.maximum(masses @ table.T, _LEAST)) @ counts
    return found


def _bound(table: _Floats, counts: _Floats, after: _Floats, shares: _Floats, best: float, *, upward: bool) -> _Floats:
    """Return the last share on one side of the estimate that the data do not reject, by halving."""
    inner, outer = shares.copy(), np.full(len(shares), 1.0 if upward else 0.0)
    if not len(shares):
        return inner
    outer = np.where(_rejected(table, counts, after, outer, best), outer, np.nan)
    open_end = np.isnan(outer)
    outer = np.where(open_end, 1.0 if upward else 0.0, outer)
    inner = np.where(open_end, outer, inner)
    for _ in range(_HALVINGS):
        middle = (inner + outer) / 2
        rejected = _rejected(table, counts, after, middle, best)
        outer, inner = np.where(rejected, middle, outer), np.where(rejected, inner, middle)
    return inner


def _rejected(table: _Floats, counts: _Floats, after: _Floats, shares: _Floats, best: float) -> NDArray[np.bool_]:
    start = _held(np.ones_like(after), after, shares)
    found = _fit(table, counts, start, (after, shares))
    rejected: NDArray[np.bool_] = 2 * (best - _likelihood(table, counts, found)) > _CHI
    return rejected
