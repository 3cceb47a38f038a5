"""How far a target is, where it goes, and what is to be said early."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from tracemark.kernel import Finding, Plain, cite
from tracemark.targets.forecasts import LEAST, Forecast, forecast
from tracemark.targets.voluntary import Aim, Direction, Funding, Observation, Target, Window, amount_text

_TARGETS = cite("BMS7 MEAS.1")
_RESOURCES = cite("BMS7 ASSIST.3")
_PERCENT = Decimal(100)

_BEHIND = Decimal("0.1")
"""By how much the share of the way may lie behind the share of the time before a target without forecast is off."""

_STALE_DAYS = {Window.YEAR: 548, Window.TOTAL: 137, Window.QUARTER: 137, Window.MONTH: 46}
"""After how many days without an observation the last one is old: half as many again as the window is long."""


class Outlook(StrEnum):
    """What is to be expected of a target; the last three are how it ended."""

    REACHED = "reached"
    ON_TRACK = "on_track"
    UNCERTAIN = "uncertain"
    OFF_TRACK = "off_track"
    OVERDUE = "overdue"
    UNOBSERVED = "unobserved"
    MET = "met"
    MISSED = "missed"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Progress:
    """How a target stands on a day. Shares are of the way and of the time, 1 being all; `way` is None without a value.

    `reasons` say why it is not simply on track, and what else should be known, the gravest first.
    """

    outlook: Outlook
    way: Decimal | None
    time: Decimal
    latest: Observation | None
    forecast: Forecast | None
    reasons: tuple[Finding, ...]


def progress_of(target: Target, today: date) -> Progress:
    """Say how far a target is and whether it will be reached, from what was observed up to a day.

    With a forecast: on track where the whole interval reaches the goal, off track where none of it does, else
    uncertain. Without one: off track where the share of the way lies a tenth behind the share of the time.

    Source: BMS7 MEAS.1.
    """
    aim, latest = target.aim, target.latest
    way = None if latest is None else aim.share_of_way(latest.value)
    expected = _forecast(target)
    outlook = _outlook(target, today, way, expected)
    running = target.standing == "running"
    reasons = tuple(_reasons(target, today, outlook, way, expected)) if running else ()
    return Progress(outlook, way, aim.share_of_time(today), latest, expected, reasons)


def _forecast(target: Target) -> Forecast | None:
    aim = target.aim
    if target.latest is None:
        return None
    seen = [(each.on, each.value) for each in target.observations if each.on > aim.baseline_on]
    most = 100.0 if aim.unit == "percent" else None
    return forecast([(aim.baseline_on, aim.baseline), *seen], aim.due, most=most)


def _outlook(target: Target, today: date, way: Decimal | None, expected: Forecast | None) -> Outlook:
    latest = target.latest
    if target.standing != "running":
        return Outlook(target.standing)
    if latest is not None and target.aim.reached(latest.value):
        return Outlook.REACHED
    if today > target.aim.due:
        return Outlook.OVERDUE
    if latest is None or way is None:
        return Outlook.UNOBSERVED
    if expected is not None:
        return _expected_outlook(target.aim, expected)
    behind = way + _BEHIND < target.aim.share_of_time(latest.on)
    return Outlook.OFF_TRACK if behind or way < 0 else Outlook.ON_TRACK


def _expected_outlook(aim: Aim, expected: Forecast) -> Outlook:
    worst, best = expected.low, expected.high
    if aim.direction is Direction.FALL:
        worst, best = best, worst
    if aim.reached(Decimal(worst)):
        return Outlook.ON_TRACK
    return Outlook.UNCERTAIN if aim.reached(Decimal(best)) else Outlook.OFF_TRACK


def _reasons(
    target: Target, today: date, outlook: Outlook, way: Decimal | None, expected: Forecast | None
) -> Iterator[Finding]:
    aim, latest = target.aim, target.latest
    facts: dict[str, Plain] = {"goal": amount_text(aim.goal), "due": aim.due.isoformat()}
    if outlook is Outlook.REACHED:
        yield Finding("targets.goal_reached", _TARGETS, facts)
    if outlook is Outlook.OVERDUE:
        yield Finding("targets.past_due", _TARGETS, facts)
    if latest is None or way is None:
        yield Finding("targets.unobserved", _TARGETS, {"since": aim.baseline_on.isoformat()})
    else:
        if way < 0:
            values = {"value": amount_text(latest.value), "baseline": amount_text(aim.baseline)}
            yield Finding("targets.wrong_way", _TARGETS, values)
        if expected is None and outlook is not Outlook.REACHED:
            time = aim.share_of_time(latest.on)
            if outlook is Outlook.OFF_TRACK:
                shares = {"way": int(way * _PERCENT), "time": int(time * _PERCENT)}
                yield Finding("targets.behind_time", _TARGETS, shares)
            yield Finding("targets.too_few_observations", _TARGETS, {"count": _days(target), "least": LEAST})
        elif expected is not None and outlook in (Outlook.OFF_TRACK, Outlook.UNCERTAIN):
            code = "targets.forecast_short" if outlook is Outlook.OFF_TRACK else "targets.forecast_uncertain"
            yield Finding(code, _TARGETS, {**facts, "low": rounded(expected.low), "high": rounded(expected.high)})
        if (today - latest.on).days > _STALE_DAYS[aim.window]:
            yield Finding("targets.observation_old", _TARGETS, {"on": latest.on.isoformat()})
    if aim.cost and aim.funding in (Funding.UNFUNDED, Funding.SOUGHT):
        yield Finding("targets.unfunded", _RESOURCES, {"cost": amount_text(aim.cost), "currency": aim.currency})


def _days(target: Target) -> int:
    """Return how many days have a value, that of the baseline included."""
    return 1 + sum(each.on > target.aim.baseline_on for each in target.observations)


def rounded(value: float) -> str:
    """Write a forecast number: whole from 100 on, with one place below."""
    return f"{value:.0f}" if abs(value) >= 100 else f"{value:.1f}".removesuffix(".0")  # noqa: PLR2004 - as it says
