from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from itertools import count
from typing import Any

from tracemark.kernel import Citation, Plain, cite
from tracemark.recordkeeping import EventKind, Sealed, fold_steps
from tracemark.targets.voluntary import Direction, amount_text


class PlanKind(StrEnum):
    """What a plan is of: small arms, women, peace and security, or a region's roadmap."""

    SALW = "salw"
    WPS = "wps"
    ROADMAP = "roadmap"


class ActivityStatus(StrEnum):
    """Where an activity stands."""

    PLANNED = "planned"
    UNDERWAY = "underway"
    BLOCKED = "blocked"
    DONE = "done"
    DROPPED = "dropped"


OVER = (ActivityStatus.DONE, ActivityStatus.DROPPED)
"""The statuses of what is no longer due."""


class Gathering(StrEnum):
    """How a region's value comes from its members' values: their sum, their mean, or how many are above zero."""

    SUM = "sum"
    MEAN = "mean"
    COUNT = "count"


@dataclass(frozen=True, slots=True)
class Goal:
    """A goal of a plan, by its code in the plan."""

    code: str
    title: str


@dataclass(frozen=True, slots=True)
class Activity:
    """What somebody will do from one day to another, both included, for a goal of the plan.

    `owner` is an agency's code or an organisation; `budget` is in the plan's currency, None where nobody says;
    `depends` are codes of activities that must be done before; `joint` is what the same activity is called in every
    plan that has it, "" where only its title says so. `targets` are names of dossiers; `gaps` are questions of the
    national report whose gaps it answers; `practices` are those it follows, as name and version: `GP-2026-000001@2`.
    """

    code: str
    goal: str
    title: str
    owner: str
    start: date
    end: date
    budget: Decimal | None = None
    depends: tuple[str, ...] = ()
    commitments: tuple[Citation, ...] = ()
    targets: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    joint: str = ""
    gaps: tuple[str, ...] = ()
    practices: tuple[str, ...] = ()

    def plain(self) -> dict[str, Plain]:
        """Return the form kept in the record; what says nothing is left out."""
        return plain_of(self)

    @classmethod
    def of_plain(cls, plain: Mapping[str, Any]) -> "Activity":
        """Read it from the record."""
        return cls(**{name: _READ.get(name, _same)(value) for name, value in plain.items()})

    def outside(self, frame: "Frame") -> date | None:
        """Return a day of it that lies outside a plan's days, None where all lie within."""
        if self.start < frame.first:
            return self.start
        return self.end if self.end > frame.last else None


@dataclass(frozen=True, slots=True)
class Kpi:
    """An indicator of a plan's goal, reported once a year by each member; `level` says for whom, in free words."""

    code: str
    goal: str
    title: str
    unit: str = ""
    level: str = ""
    gathers: Gathering = Gathering.SUM
    direction: Direction = Direction.RISE

    def plain(self) -> dict[str, Plain]:
        """Return the form kept in the record; what says nothing is left out."""
        return plain_of(self)

    @classmethod
    def of_plain(cls, plain: Mapping[str, Any]) -> "Kpi":
        """Read it from the record."""
        return cls(**{name: _READ.get(name, _same)(value) for name, value in plain.items()})


@dataclass(frozen=True, slots=True)
class Frame:
    """What a plan is, without its activities: `members` are the States (or parts of one) that report its indicators."""

    title: str
    kind: PlanKind
    first: date
    last: date
    currency: str = ""
    goals: tuple[Goal, ...] = ()
    members: tuple[str, ...] = ()
    source: str = ""

    def plain(self) -> dict[str, Plain]:
        """Return the form kept in the record; what says nothing is left out."""
        return plain_of(self)

    @classmethod
    def of_plain(cls, plain: Mapping[str, Any]) -> "Frame":
        """Read it from the record."""
        return cls(**{name: _READ.get(name, _same)(value) for name, value in plain.items()})


def plain_of(noun: Activity | Kpi | Frame) -> dict[str, Plain]:
    """Return a noun's fields as JSON says them; what says nothing is left out."""
    told = {name: _plain(getattr(noun, name)) for name in noun.__slots__}
    return {name: value for name, value in told.items() if value not in ("", None, [])}


def _plain(value: object) -> Plain:
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    if isinstance(value, Goal):
        return {"code": value.code, "title": value.title}
    if isinstance(value, Decimal):
        return amount_text(value)
    if isinstance(value, date):
        return value.isoformat()
    return None if value is None else str(value)


def _same(value: str) -> str:
    return value


_READ: Mapping[str, Any] = {
    **dict.fromkeys(("start", "end", "first", "last"), date.fromisoformat),
    **dict.fromkeys(("depends", "targets", "themes", "members", "gaps", "practices"), tuple),
    "budget": Decimal,
    "commitments": lambda told: tuple(map(cite, told)),
    "goals": lambda told: tuple(Goal(each["code"], each["title"]) for each in told),
    "kind": PlanKind,
    "gathers": Gathering,
    "direction": Direction,
}


@dataclass(frozen=True, slots=True)
class Told:
    """What was reported of an activity on a day: its status, and what was spent since the last report."""

    on: date
    status: ActivityStatus
    spent: Decimal = Decimal(0)
    note: str = ""
    by: str = ""


@dataclass(frozen=True, slots=True)
class Work:
    """An activity with what was reported of it, by day."""

    activity: Activity
    told: tuple[Told, ...] = ()

    def on(self, day: date) -> ActivityStatus:
        """Return its status on a day."""
        known = [each.status for each in self.told if each.on <= day]
        return known[-1] if known else ActivityStatus.PLANNED

    @property
    def status(self) -> ActivityStatus:
        """The status reported last."""
        return self.told[-1].status if self.told else ActivityStatus.PLANNED

    @property
    def done_on(self) -> date | None:
        """The day on which it was done, None while it is not."""
        if self.status is not ActivityStatus.DONE:
            return None
        days = (each.on for each in reversed(self.told) if each.status is ActivityStatus.DONE)
        return next(days)

    @property
    def spent(self) -> Decimal:
        """What was spent in all."""
        return sum((each.spent for each in self.told), Decimal(0))

    def late(self, day: date) -> bool:
        """Whether it ought to have ended before a day and has not."""
        return self.activity.end < day and self.on(day) not in OVER


@dataclass(frozen=True, slots=True)
class Plan:
    """A plan as its events tell it: running or closed. `data` goes from KPI to year to member to value."""

    name: str
    authority: str
    frame: Frame
    works: Mapping[str, Work] = field(default_factory=dict)
    kpis: Mapping[str, Kpi] = field(default_factory=dict)
    data: Mapping[str, Mapping[int, Mapping[str, Decimal]]] = field(default_factory=dict)
    standing: str = "running"
    reason: str = ""

    def waits_for(self, work: Work) -> tuple[str, ...]:
        """Return the activities that must be done before another, and are not."""
        return tuple(code for code in work.activity.depends if self.works[code].status is not ActivityStatus.DONE)

    def waiting_for(self, code: str) -> tuple[str, ...]:
        """Return the activities, neither done nor dropped, that depend on another."""
        return tuple(
            each.activity.code
            for each in self.works.values()
            if code in each.activity.depends and each.status not in OVER
        )

    def late(self, day: date) -> list[Work]:
        """Return the activities that ought to have ended before a day and have not."""
        return [each for each in self.works.values() if each.late(day)]

    @property
    def commitments(self) -> frozenset[Citation]:
        """Every commitment that an activity serves, dropped ones left out."""
        kept = (each for each in self.works.values() if each.status is not ActivityStatus.DROPPED)
        return frozenset(citation for each in kept for citation in each.activity.commitments)

    @property
    def budget(self) -> Decimal:
        """What all activities may cost, as far as anybody says."""
        return sum((each.activity.budget or Decimal(0) for each in self.works.values()), Decimal(0))

    @property
    def spent(self) -> Decimal:
        """What was spent in all."""
        return sum((each.spent for each in self.works.values()), Decimal(0))


def plan_of(name: str, events: Sequence[Sealed]) -> Plan:
    """Fold a plan's events into what is true of it now.

    Raises:
        KeyError: none of the events opens it.
    """
    return fold_steps(name, events, _adopted, _after)


def _adopted(sealed: Sealed, details: Mapping[str, Any]) -> Plan:
    return Plan(details["dossier"], sealed.event.authority, Frame.of_plain(details["contents"]))


def _after(known: Plan, sealed: Sealed, details: Mapping[str, Any]) -> Plan:
    kind = sealed.event.kind
    if kind is EventKind.PLAN_ACTIVITY_SET:
        activity = Activity.of_plain(details["contents"])
        told = known.works[activity.code].told if activity.code in known.works else ()
        return replace(known, works={**known.works, activity.code: Work(activity, told)})
    if kind is EventKind.PLAN_ACTIVITY_REPORTED:
        work = known.works[details["activity"]]
        told = (*work.told, _told(sealed, details))
        by_day = tuple(sorted(told, key=lambda each: each.on))
        return replace(known, works={**known.works, work.activity.code: replace(work, told=by_day)})
    if kind is EventKind.PLAN_KPI_SET:
        kpi = Kpi.of_plain(details["contents"])
        return replace(known, kpis={**known.kpis, kpi.code: kpi})
    if kind is EventKind.PLAN_KPI_REPORTED:
        code, year = details["kpi"], int(details["year"])
        values = {member: Decimal(value) for member, value in details["contents"].items()}
        years = known.data.get(code, {})
        return replace(known, data={**known.data, code: {**years, year: {**years.get(year, {}), **values}}})
    return replace(known, standing="closed", reason=details["reason"])


def _told(sealed: Sealed, details: Mapping[str, Any]) -> Told:
    event = sealed.event
    status, spent = ActivityStatus(details["status"]), Decimal(details.get("spent", "0"))
    return Told(event.happened.first, status, spent, details.get("note", ""), event.by)


def next_code(plan: Plan) -> str:
    """Return a code that no activity of a plan has yet: A and a number."""
    return next(code for number in count(len(plan.works) + 1) if (code := f"A{number}") not in plan.works)


def cycle_in(activities: Iterable[Activity]) -> tuple[str, ...]:
    """Return activities that wait for each other in a ring, the first again at the end; () where none do."""
    depends = {each.code: each.depends for each in activities}
    clear = set[str]()
    for start in depends:
        path, waiting = list[str](), [iter((start,))]
        while waiting:
            code = next(waiting[-1], None)
            if code is None:
                waiting.pop()
                if path:
                    clear.add(path.pop())
            elif code in path:
                return (*path[path.index(code) :], code)
            elif code not in clear:
                path.append(code)
                waiting.append(iter(depends.get(code, ())))
    return ()
