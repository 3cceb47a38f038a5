"""How long something lasts that is only looked at now and then: Turnbull's estimate, and intervals of what it says.

A mark that was whole at one age and not at a later one failed somewhere between; one that was whole when last read has
not failed yet. Ages are rounded to years: year 0 of a life lasts until age 1.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import sqrt

import numpy as np
from numpy.typing import NDArray

_Z = 1.959963984540054
_CHI = 3.841458820694124
"""The 95 % point of chi-squared with one degree of freedom."""
_ROUNDS, _TRIALS = 2_000, 300
_ENOUGH, _NEAR = 1e-9, 1e-5
"""By how little the logarithm of the likelihood may still grow: for the estimate, and for what it is held against."""
_LEAST = 1e-12
_TRIED = np.sin(np.linspace(0, np.pi / 2, 61)) ** 2
"""The shares that are held against the data: dense where they are extreme."""

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
    ends = _ends(table, counts, after, shares, best) if ages else []
    return [Lasting(age, float(share), *end) for age, share, end in zip(ages, shares, ends, strict=True)]


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
    for _ in range(_ROUNDS if held is None else _TRIALS):
        masses = masses * ((counts / np.maximum(masses @ table.T, _LEAST)) @ table)
        masses = masses / masses.sum(axis=1, keepdims=True) if held is None else _held(masses, *held)
        now = _likelihood(table, counts, masses)
        if (np.abs(now - before) < (_ENOUGH if held is None else _NEAR)).all():
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


def _ends(table: _Floats, counts: _Floats, after: _Floats, shares: _Floats, best: float) -> list[tuple[float, float]]:
    """Return, for each age, the shares between which the data reject none, read between the shares that are tried."""
    rows = np.repeat(after, len(_TRIED), axis=0)
    tried = np.tile(_TRIED, len(after))
    fitted = _fit(table, counts, _held(np.ones_like(rows), rows, tried), (rows, tried))
    drops = np.sqrt(np.maximum(2 * (best - _likelihood(table, counts, fitted)), 0)).reshape(len(after), -1)
    return [_between(float(share), drop) for share, drop in zip(shares, drops, strict=True)]


def _between(share: float, drops: _Floats) -> tuple[float, float]:
    below, above = share > _TRIED, share < _TRIED
    low = _end([share, *_TRIED[below][::-1]], [0.0, *drops[below][::-1]], 0.0)
    return low, _end([share, *_TRIED[above]], [0.0, *drops[above]], 1.0)


def _end(shares: Sequence[float], drops: Sequence[float], edge: float) -> float:
    """Return where, going away from the estimate, the data begin to reject; the edge where they do not."""
    rising = np.maximum.accumulate(drops)
    return float(np.interp(sqrt(_CHI), rising, shares)) if rising[-1] > sqrt(_CHI) else edge
