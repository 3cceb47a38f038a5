"""Drawings of targets and plans: the way to a goal over time, an indicator over years, activities as bars."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal

from tracemark import wording
from tracemark.targets import Activity, ActivityStatus, KpiLine, Plan, TargetRecord
from tracemark.web.charts import ABOVE, ACROSS, BAR, WIDTH, Box, Chart, Label, Path, drawn, short
from tracemark.web.said import say, spoken
from tracemark.web.trends import Series, Trend

_MARGIN, _ROW, _TOP = 12, 46, 26
_LOOKS = {
    ActivityStatus.PLANNED: "weak",
    ActivityStatus.UNDERWAY: "medium",
    ActivityStatus.DONE: "lawful",
    ActivityStatus.DROPPED: "dropped",
    ActivityStatus.BLOCKED: "strong",
}


def way_trend(record: TargetRecord) -> Trend:
    """Draw the values of a target, the straight way from its baseline to its goal, and where it goes."""
    aim, expected = record.target.aim, record.progress.forecast
    values = {aim.baseline_on: aim.baseline}
    values |= {each.on: each.value for each in record.target.observations if each.on > aim.baseline_on}
    days = sorted({*values, aim.due})
    series = [
        Series(say("web.targets.observed"), tuple(values.get(each) for each in days)),
        Series(say("web.targets.straight_way"), tuple(_on_the_way(record, each) for each in days)),
    ]
    if expected is not None:
        last = max(values)
        for code, end in (("forecast", expected.value), ("low", expected.low), ("high", expected.high)):
            ends = {last: values[last], aim.due: Decimal(end).quantize(Decimal("0.1"))}
            series.append(Series(say(f"web.targets.{code}"), tuple(ends.get(each) for each in days)))
    return Trend(tuple(wording.date_text(each, to=spoken()) for each in days), tuple(series), "line")


def _on_the_way(record: TargetRecord, day: date) -> Decimal:
    aim = record.target.aim
    return (aim.baseline + (aim.goal - aim.baseline) * aim.share_of_time(day)).quantize(Decimal("0.1"))


def kpi_trend(line: KpiLine) -> Trend:
    """Draw an indicator over the years; a year that a member did not report has no value."""
    years = tuple(str(each.year) for each in line.years)
    return Trend(years, (Series(line.kpi.title, tuple(each.value for each in line.years)),), "line")


def gantt_chart(plan: Plan, today: date, *, mirrored: bool) -> Chart:
    """Draw the activities of a plan as bars over its years, what waits for what as lines, and today as one across."""
    works = list(plan.works.values())
    first = min((plan.frame.first, *(each.activity.start for each in works)))
    last = max((plan.frame.last, *(each.activity.end for each in works)))
    rows = {each.activity.code: turn for turn, each in enumerate(works)}
    height = _TOP + _ROW * len(works) + 8

    def across(day: date) -> float:
        return _MARGIN + (WIDTH - _MARGIN - 12) * (day - first).days / max((last - first).days, 1)

    paths, boxes, labels = list[Path](), list[Box](), list[Label]()
    for year in range(first.year, last.year + 1):
        x = across(max(date(year, 1, 1), first))
        paths.append(Path(f"M{x:.1f} {_TOP - 6}V{height}", "axis"))
        labels.append(Label(x + 3, 14, str(year)))
    for work in works:
        each, y = work.activity, _TOP + _ROW * rows[work.activity.code]
        x, end = across(each.start), across(each.end + timedelta(days=1))
        look = "strong" if work.late(today) else _LOOKS[work.status]
        boxes.append(Box((x, y + ABOVE), (max(end - x, 2), BAR), look))
        labels.append(Label(_MARGIN, y + 11, short(f"{each.code} {each.title}", ACROSS)))
        paths += [_wait(plan.works[code].activity, each, rows, across) for code in each.depends]
    if first <= today <= last:
        paths.append(Path(f"M{across(today):.1f} {_TOP - 6}V{height}", "today"))
    return drawn(height, (), paths, boxes, labels, mirrored=mirrored)


def _wait(before: Activity, after: Activity, rows: dict[str, int], across: Callable[[date], float]) -> Path:
    x, y = across(before.end), _TOP + _ROW * rows[before.code] + ABOVE + BAR / 2
    to, at = across(after.start), _TOP + _ROW * rows[after.code] + ABOVE + BAR / 2
    return Path(f"M{x:.1f} {y}C{x + 14:.1f} {y} {to - 14:.1f} {at} {to:.1f} {at}", "link lawful")
