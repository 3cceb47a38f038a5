"""Where a series of numbers goes: a line that one odd value does not bend, and an interval that it does widen."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import combinations
from math import sqrt
from statistics import fmean, median

LEAST = 4
"""With fewer observations of different days nothing is forecast: a line through three says little of its own error."""

SURENESS = 90
"""In how many of 100 series the next value lies within the interval, if the trend goes on and errors are normal."""

_YEAR = 365.25
_QUANTILES = (
    *(6.314, 2.920, 2.353, 2.132, 2.015, 1.943, 1.895, 1.860, 1.833, 1.812),
    *(1.796, 1.782, 1.771, 1.761, 1.753, 1.746, 1.740, 1.734, 1.729, 1.725),
    *(1.721, 1.717, 1.714, 1.711, 1.708, 1.706, 1.703, 1.701, 1.699, 1.697),
)
"""Student's t at 95 %, for 1, 2, … 30 degrees of freedom; what is beyond 30 takes the last."""

Point = tuple[date, Decimal]


@dataclass(frozen=True, slots=True)
class Forecast:
    """What to expect on a day, if the trend goes on: a value, and the interval it lies in at `SURENESS` of 100.

    `yearly` is by how much the line rises in a year, negative where it falls; `observations` those it rests on.
    """

    on: date
    value: float
    low: float
    high: float
    yearly: float
    observations: int


def forecast(points: Iterable[Point], on: date, *, most: float | None = None) -> Forecast | None:
    """Draw the line through observations on to a day; None where there are too few of different days.

    The slope is the median of all slopes between two observations (Theil and Sen), the height the median of what is
    left. The interval is that of a regression, with the spread of all that lies off the line, odd values included.
    Numbers that were never negative do not become so, nor larger than `most` (100 for a percentage).

    Source: Sen, "Estimates of the regression coefficient based on Kendall's tau", 1968.
    """
    known = sorted(dict(sorted(points)).items())
    if len(known) < LEAST:
        return None
    days = [float(day.toordinal()) for day, _ in known]
    values = [float(value) for _, value in known]
    slope = median((later - value) / (then - day)
                   for (day, value), (then, later) in combinations(zip(days, values, strict=True), 2))  # fmt: skip
    height = median(value - slope * day for day, value in zip(days, values, strict=True))
    at = float(on.toordinal())
    reach = _reach(days, [value - height - slope * day for day, value in zip(days, values, strict=True)], at)
    floor = 0.0 if min(values) >= 0 else float("-inf")
    ceiling = float("inf") if most is None else most
    middle = height + slope * at
    value, low, high = (min(max(each, floor), ceiling) for each in (middle, middle - reach, middle + reach))
    return Forecast(on, value, low, high, slope * _YEAR, len(known))


def _reach(days: Sequence[float], off: Sequence[float], at: float) -> float:
    """Return half the width of the interval."""
    free, middle = len(days) - 2, fmean(days)
    spread = sqrt(sum(each * each for each in off) / free)
    lever = 1 + 1 / len(days) + (at - middle) ** 2 / sum((day - middle) ** 2 for day in days)
    return _QUANTILES[min(free, len(_QUANTILES)) - 1] * spread * sqrt(lever)
