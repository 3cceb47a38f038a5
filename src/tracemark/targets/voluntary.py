from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from tracemark.instruments import Level
from tracemark.kernel import Citation, Plain, cite
from tracemark.recordkeeping import EventKind, Sealed, fold_steps
from tracemark.targets.links import DevelopmentGoal

LEVELS = (Level.NATIONAL, Level.REGIONAL)
"""Whose a target can be."""


class Direction(StrEnum):
    """Which way is better."""

    RISE = "rise"
    FALL = "fall"


class Window(StrEnum):
    """What each value of a figure counts: a year, a quarter, a month, or all since the baseline."""

    YEAR = "year"
    QUARTER = "quarter"
    MONTH = "month"
    TOTAL = "total"


class Funding(StrEnum):
    """How far the money is there."""

    UNFUNDED = "unfunded"
    SOUGHT = "sought"
    PLEDGED = "pledged"
    PARTLY = "partly"
    FUNDED = "funded"


@dataclass(frozen=True, slots=True)
class Aim:
    """What is to be reached: from a baseline to a goal by a day, measured by a figure or by what somebody records.

    `figure` is the id of one of `reporting.figures()`, "" where values are recorded with their source; `window` is what
    each of its values counts. `cell` restricts it to one cell of its breakdown, as pairs of disaggregation and value;
    with `share` the value is the cell's percentage of the whole figure. `responsible` is an agency's code or an
    organisation. `cost` is in `currency` (ISO 4217), None where nobody says. `request` names a request for assistance;
    `gaps` are questions of the national report whose gaps it answers; `serves` are further commitments, such as those
    of the Goals. Source: BMS7 MEAS.1, BMS7 ASSIST.3, BMS7 DEV.3.
    """

    title: str
    commitment: Citation
    baseline: Decimal
    baseline_on: date
    goal: Decimal
    due: date
    direction: Direction
    responsible: str
    indicator: str = ""
    figure: str = ""
    window: Window = Window.YEAR
    unit: str = ""
    level: Level = Level.NATIONAL
    cost: Decimal | None = None
    currency: str = ""
    funding: Funding = Funding.UNFUNDED
    funding_source: str = ""
    request: str = ""
    note: str = ""
    cell: tuple[tuple[str, str], ...] = ()
    share: bool = False
    gaps: tuple[str, ...] = ()
    serves: tuple[Citation, ...] = ()
    development: tuple[DevelopmentGoal, ...] = ()

    def plain(self) -> dict[str, Plain]:
        """Return the form kept in the record; what says nothing is left out."""
        told = {name: _plain(getattr(self, name)) for name in self.__slots__} | {"cell": dict(self.cell)}
        return {name: value for name, value in told.items() if value not in ("", None, [], {})}

    @classmethod
    def of_plain(cls, plain: Mapping[str, Any]) -> "Aim":
        """Read it from the record."""
        return cls(**{name: READ.get(name, str)(value) for name, value in plain.items()})

    def reached(self, value: Decimal) -> bool:
        """Whether a value is the goal or better."""
        return value >= self.goal if self.direction is Direction.RISE else value <= self.goal

    def share_of_way(self, value: Decimal) -> Decimal:
        """Return which share of the way from the baseline to the goal a value is: 0 at the one, 1 at the other.

        Below 0 it went the wrong way. Where both are the same, it is 1 as long as the goal is kept, else 0.
        """
        if self.goal == self.baseline:
            return Decimal(int(self.reached(value)))
        return (value - self.baseline) / (self.goal - self.baseline)

    def share_of_time(self, today: date) -> Decimal:
        """Return which share of the time from the baseline to the due day has gone, 0 to 1."""
        gone, whole = (today - self.baseline_on).days, (self.due - self.baseline_on).days
        return min(max(Decimal(gone) / whole, Decimal(0)), Decimal(1))


def _plain(value: object) -> Plain:
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    if isinstance(value, DevelopmentGoal):
        return value.plain()
    if isinstance(value, bool):
        return value or None
    if isinstance(value, Decimal):
        return amount_text(value)
    if isinstance(value, date):
        return value.isoformat()
    return None if value is None else str(value)


def amount_text(value: Decimal) -> str:
    """Write a number as the record keeps it: decimal digits, no exponent, no zeros that say nothing."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


READ: Mapping[str, Any] = {
    "commitment": cite,
    **dict.fromkeys(("baseline", "goal", "cost"), Decimal),
    **dict.fromkeys(("baseline_on", "due"), date.fromisoformat),
    "direction": Direction,
    "window": Window,
    "level": Level,
    "funding": Funding,
    "cell": lambda told: tuple(sorted(told.items())),
    "share": bool,
    "gaps": tuple,
    "serves": lambda told: tuple(map(cite, told)),
    "development": lambda told: tuple(map(DevelopmentGoal.of_plain, told)),
}
"""How the fields of an aim that are more than text are read from what the record keeps."""


@dataclass(frozen=True, slots=True)
class Observation:
    """A value on a day. `head` is the record it was drawn at, SIZE.ROOT; "" where somebody recorded it, with `source`.

    `position` is where it stands in the record, -1 before it does.
    """

    on: date
    value: Decimal
    source: str = ""
    head: str = ""
    by: str = ""
    position: int = -1


@dataclass(frozen=True, slots=True)
class TargetStep:
    """One step of a target: what was done, when, by whom and why."""

    position: int
    kind: EventKind
    on: str
    by: str
    reason: str


@dataclass(frozen=True, slots=True)
class Target:
    """A target as its events tell it: running, met, missed or closed.

    `observations` stand by day, one each: a later one of the same day replaces the earlier, as a figure drawn at a
    newer head does. `first` is the aim as it was set, `aim` as it was last revised.
    """

    name: str
    authority: str
    first: Aim
    aim: Aim
    standing: str = "running"
    observations: tuple[Observation, ...] = ()
    steps: tuple[TargetStep, ...] = ()

    @property
    def latest(self) -> Observation | None:
        """The observation of the latest day after the baseline."""
        since = [each for each in self.observations if each.on > self.aim.baseline_on]
        return since[-1] if since else None

    @property
    def revised(self) -> bool:
        """Whether the aim is no longer what it was set to."""
        return self.first != self.aim


def target_of(name: str, events: Sequence[Sealed]) -> Target:
    """Fold a target's events into what is true of it now.

    Raises:
        KeyError: none of the events opens it.
    """
    return fold_steps(name, events, _set, _after)


def _set(sealed: Sealed, details: Mapping[str, Any]) -> Target:
    aim = Aim.of_plain(details["contents"])
    return Target(details["dossier"], sealed.event.authority, aim, aim, steps=(_step(sealed, details),))


def _after(known: Target, sealed: Sealed, details: Mapping[str, Any]) -> Target:
    event = sealed.event
    if event.kind is EventKind.TARGET_OBSERVED:
        seen = Observation(
            on=event.happened.first,
            value=Decimal(details["value"]),
            source=details.get("source", ""),
            head=details.get("head", ""),
            by=event.by,
            position=sealed.position,
        )
        return replace(known, observations=with_observation(known.observations, seen))
    steps = (*known.steps, _step(sealed, details))
    if event.kind is EventKind.TARGET_REVISED:
        return replace(known, aim=Aim.of_plain(details["contents"]), steps=steps)
    return replace(known, standing=event.kind.value.removeprefix("target_"), steps=steps)


def with_observation(known: Sequence[Observation], seen: Observation) -> tuple[Observation, ...]:
    """Return observations by day with one more, which replaces that of the same day."""
    return tuple(sorted((*(each for each in known if each.on != seen.on), seen), key=lambda each: each.on))


def _step(sealed: Sealed, details: Mapping[str, Any]) -> TargetStep:
    event = sealed.event
    reason = details.get("reason", details.get("note", ""))
    return TargetStep(sealed.position, event.kind, str(event.happened), event.by, reason)
