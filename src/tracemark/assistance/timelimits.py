"""By when requests and grants are acted on, what those who share money out agree on, which States are which: data."""

import calendar
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from functools import cache
from importlib.resources import files
from typing import Any

from tracemark.assistance.matching import Policy
from tracemark.assistance.needs import Merit

_FRIDAY, _HUNDRED = 4, 100


@dataclass(frozen=True, slots=True)
class TimeLimits:
    """Time limits in force since a day; see `timelimits.toml`."""

    since: date
    objection_working_days: int
    acknowledge_working_days: int
    follow_up_months: int
    silence_days: int
    call_days: int
    source: str


def time_limits(on: date) -> TimeLimits:
    """Return the time limits of a day."""
    return TimeLimits(**_in_force("timelimits.toml", "limits", on))


def agreed_policy(on: date) -> Policy:
    """Return the policy of a day for those who agreed on no other."""
    told = _in_force("policies.toml", "policy", on)
    return Policy(
        merits={Merit(name): Fraction(points, _HUNDRED) for name, points in told["merits"].items()},
        most_programmes=told["most_programmes"],
        region_most=Fraction(told["region_most_percent"], _HUNDRED),
        region_least=Fraction(told["region_least_percent"], _HUNDRED),
    )


def group_merits(state: str, on: date) -> frozenset[Merit]:
    """Return what speaks for a State's needs by the lists of a day: least developed, a small island."""
    told = _in_force("groups.toml", "groups", on)
    return frozenset(each for each in (Merit.LEAST_DEVELOPED, Merit.SMALL_ISLAND) if state in told[each].split())


def after_working_days(day: date, count: int) -> date:
    """Return the day so many working days (Monday to Friday) after another."""
    while count:
        day += timedelta(days=1)
        count -= day.weekday() <= _FRIDAY
    return day


def after_months(day: date, count: int) -> date:
    """Return the same day so many months later, or the last of that month."""
    year, month = divmod(day.year * 12 + day.month - 1 + count, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


@cache
def _read(file: str) -> Mapping[str, list[dict[str, Any]]]:
    return tomllib.loads((files("tracemark.assistance") / file).read_text("utf-8"))


def _in_force(file: str, name: str, on: date) -> dict[str, Any]:
    """Return the last entry that began by a day; the first where the day lies before all."""
    known = sorted(_read(file)[name], key=lambda each: each["since"])
    return ([each for each in known if each["since"] <= on] or known[:1])[-1]
