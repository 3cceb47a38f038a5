"""A plan's year: what was due, what was done, what is late, what was spent; and its indicators over the years."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from tracemark.targets.forecasts import Forecast, forecast
from tracemark.targets.plans import OVER, ActivityStatus, Gathering, Kpi, Plan, Work
from tracemark.targets.voluntary import Direction


@dataclass(frozen=True, slots=True)
class PlanYear:
    """A plan's report on a year, up to `until`: its last day, or the day of the report where the year is not over.

    `due` ended in the year by the plan, `done` was done in it, `late` ought to have ended by `until` and had not,
    `begun` ought to have begun by then and had not. `spent` is by activity. `budget` is that of what was due.
    """

    year: int
    until: date
    due: tuple[Work, ...]
    done: tuple[Work, ...]
    done_late: tuple[Work, ...]
    late: tuple[Work, ...]
    not_begun: tuple[Work, ...]
    dropped: tuple[Work, ...]
    spent: Mapping[str, Decimal]
    budget: Decimal

    @property
    def spent_in_all(self) -> Decimal:
        """What was spent in the year."""
        return sum(self.spent.values(), Decimal(0))

    @property
    def on_time(self) -> int:
        """How many of those due were done by the day they were due."""
        return sum(each.done_on is not None and each.done_on <= each.activity.end for each in self.due)


def plan_year(plan: Plan, year: int, today: date) -> PlanYear:
    """Report on a year of a plan. Source: BMS7 MEAS.2."""
    first, last = date(year, 1, 1), date(year, 12, 31)
    until = min(last, today)
    works = plan.works.values()
    due = tuple(each for each in works if first <= each.activity.end <= last and each.on(until) is not _DROPPED)
    done = tuple(each for each in works if each.done_on is not None and first <= each.done_on <= until)
    spent = {
        each.activity.code: amount
        for each in works
        if (amount := sum((told.spent for told in each.told if first <= told.on <= until), Decimal(0)))
    }
    return PlanYear(
        year=year,
        until=until,
        due=due,
        done=done,
        done_late=tuple(each for each in done if each.done_on is not None and each.done_on > each.activity.end),
        late=tuple(each for each in works if each.activity.end <= until and each.on(until) not in OVER),
        not_begun=tuple(
            each for each in works if each.activity.start <= until and each.on(until) is ActivityStatus.PLANNED
        ),
        dropped=tuple(each for each in works if each.on(until) is _DROPPED and _dropped_since(each, first)),
        spent=spent,
        budget=sum((each.activity.budget or Decimal(0) for each in due), Decimal(0)),
    )


_DROPPED = ActivityStatus.DROPPED


def _dropped_since(work: Work, first: date) -> bool:
    return any(each.status is _DROPPED and each.on >= first for each in work.told)


class Course(StrEnum):
    """Where an indicator goes, over the years that all members reported."""

    BETTER = "better"
    WORSE = "worse"
    STEADY = "steady"
    TOO_FEW = "too_few"


@dataclass(frozen=True, slots=True)
class KpiYear:
    """A region's value in a year. It is None unless every member reported: what is missing is not zero."""

    year: int
    value: Decimal | None
    reported: int
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class KpiLine:
    """An indicator over the years, with its trend where at least four years are whole."""

    kpi: Kpi
    years: tuple[KpiYear, ...]
    course: Course
    trend: Forecast | None


def kpi_lines(plan: Plan) -> list[KpiLine]:
    """Return a plan's indicators over all its years for which any of them has a value. Source: BMS7 SUM.R1."""
    years = sorted({year for reported in plan.data.values() for year in reported})
    return [_line(plan, kpi, years) for kpi in plan.kpis.values()]


def _line(plan: Plan, kpi: Kpi, years: list[int]) -> KpiLine:
    reported = plan.data.get(kpi.code, {})
    members = plan.frame.members or tuple(sorted({name for values in reported.values() for name in values}))
    found = tuple(_year(kpi, year, reported.get(year, {}), members) for year in years)
    points = [(date(each.year, 12, 31), each.value) for each in found if each.value is not None]
    trend = forecast(points, date(points[-1][0].year + 1, 12, 31)) if points else None
    return KpiLine(kpi, found, _course(kpi, trend), trend)


def _year(kpi: Kpi, year: int, values: Mapping[str, Decimal], members: tuple[str, ...]) -> KpiYear:
    missing = tuple(each for each in members if each not in values)
    known = [values[each] for each in members if each in values]
    return KpiYear(year, None if missing or not known else _gathered(kpi, known), len(known), missing)


def _gathered(kpi: Kpi, values: list[Decimal]) -> Decimal:
    if kpi.gathers is Gathering.COUNT:
        return Decimal(sum(value > 0 for value in values))
    total = sum(values, Decimal(0))
    return total if kpi.gathers is Gathering.SUM else (total / len(values)).quantize(Decimal("0.01"))


def _course(kpi: Kpi, trend: Forecast | None) -> Course:
    if trend is None:
        return Course.TOO_FEW
    if trend.yearly == 0:
        return Course.STEADY
    rises = trend.yearly > 0
    return Course.BETTER if rises is (kpi.direction is Direction.RISE) else Course.WORSE
