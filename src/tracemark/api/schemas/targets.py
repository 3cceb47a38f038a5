from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import BaseModel, Field, StringConstraints

from tracemark.api.schemas.fields import Coming, Flag, Line, Said, Text, WholeDay, Word, Written
from tracemark.instruments import Level
from tracemark.kernel import Citation, cite
from tracemark.targets import (
    Activity,
    ActivityStatus,
    Aim,
    Comparison,
    DevelopmentGoal,
    Direction,
    Funding,
    KpiReport,
    Observation,
    TargetRecord,
    Told,
    Window,
    comparison_plain,
    target_plain,
)

Amount = Annotated[Decimal, Written(r"^-?[0-9]{1,15}(\.[0-9]{1,6})?$", Decimal)]
"""A decimal as text, such as `1200.50`."""
Money = Annotated[Decimal, Written(r"^[0-9]{1,15}(\.[0-9]{1,6})?$", Decimal)]
"""An amount of money as text."""
Cited = Annotated[
    Citation, Written(r"^[A-Za-z0-9][A-Za-z0-9_./-]{0,30} [A-Za-z0-9_.-]{1,30}(\([a-z0-9_.)(-]{1,30}\))?$", cite)
]
"""A paragraph of an instrument, such as `PoA II.18`."""
Currency = Annotated[str, StringConstraints(pattern=r"^([A-Z]{3})?$")]
"""ISO 4217, or "" where none is named."""


class DevelopmentIn(Coming):
    """A goal of a national development plan: which document, of which day, and the goal as it is named there."""

    document: Word
    on: WholeDay
    goal: Word

    def noun(self) -> DevelopmentGoal:
        """Return it as the rooms know it."""
        return DevelopmentGoal(self.document, self.on, self.goal)


class AimIn(Coming):
    """What a target asks: from a baseline to a goal by a day. `figure` measures it, or `indicator` says what does.

    `cell` restricts the figure to one cell of its breakdown, such as {"sex": "female"}; with `share` the value is the
    cell's percentage of the whole. `gaps` are questions of the national report; `serves` are further commitments.
    """

    title: Word
    commitment: Cited
    baseline: Amount
    baseline_on: WholeDay
    goal: Amount
    due: WholeDay
    direction: Direction
    responsible: Word
    indicator: Line = ""
    figure: Line = ""
    window: Window = Window.YEAR
    unit: Line = ""
    level: Level = Level.NATIONAL
    cost: Money | None = None
    currency: Currency = ""
    funding: Funding = Funding.UNFUNDED
    funding_source: Line = ""
    request: Line = ""
    note: Text = ""
    cell: Annotated[dict[str, Word], Field(max_length=6, default_factory=dict)]
    share: Flag = False
    gaps: Annotated[list[Word], Field(max_length=20, default_factory=list)]
    serves: Annotated[list[Cited], Field(max_length=20, default_factory=list)]
    development: Annotated[list[DevelopmentIn], Field(max_length=20, default_factory=list)]

    def noun(self) -> Aim:
        """Return it as the rooms know it."""
        lists = {"gaps": tuple(self.gaps), "serves": tuple(self.serves), "cell": tuple(sorted(self.cell.items()))}
        told = {name: getattr(self, name) for name in Aim.__slots__}
        return Aim(**told | lists | {"development": tuple(each.noun() for each in self.development)})


class RevisionIn(Coming):
    """What a target asks from now on, all of it, and why."""

    aim: AimIn
    reason: Said


class ObservationIn(Coming):
    """A value on a day, and where it comes from."""

    on: WholeDay
    value: Amount
    source: Word

    def noun(self) -> Observation:
        """Return it as the rooms know it."""
        return Observation(self.on, self.value, self.source)


class ObservationsIn(Coming):
    """Values that somebody records; none asks for the figure to be drawn."""

    observations: Annotated[list[ObservationIn], Field(max_length=500, default_factory=list)]


class EndIn(Coming):
    """How a target ended, and why; closed is given up."""

    outcome: Literal["met", "missed", "closed"]
    reason: Said


class TargetOut(BaseModel):
    """A target with its progress. Amounts are text; `way` and `time` are shares, 1 being all; without values null."""

    name: str
    authority: str
    standing: str
    outlook: str
    way: str | None
    time: str
    latest: str | None
    latest_on: str | None
    forecast: dict[str, Any] | None
    reasons: list[dict[str, Any]]
    aim: dict[str, Any]
    revised: bool
    observations: list[dict[str, Any]]
    served_by: list[dict[str, Any]]

    @classmethod
    def of(cls, record: TargetRecord) -> "TargetOut":
        """Return a target as it goes out."""
        return cls.model_validate(target_plain(record))


class TargetsOut(BaseModel):
    """Targets, those off track first."""

    items: list[TargetOut]


class ActionPlanIn(Coming):
    """A plan, as its file says it in TOML."""

    toml: Annotated[str, StringConstraints(min_length=1, max_length=500_000)]


class ActionPlanOut(BaseModel):
    """A plan with its activities and indicators. Amounts are text, in the currency of its frame."""

    name: str
    authority: str
    standing: str
    frame: dict[str, Any]
    budget: str
    spent: str
    late: list[str]
    activities: list[dict[str, Any]]
    kpis: list[dict[str, Any]]


class ActionPlansOut(BaseModel):
    """Plans, newest first."""

    items: list[ActionPlanOut]


class ActivityIn(Coming):
    """Where an activity stands as of a day, and what was spent since the last report."""

    activity: Word
    status: ActivityStatus
    on: WholeDay
    spent: Money = Decimal(0)
    note: Text = ""

    def noun(self) -> Told:
        """Return it as the rooms know it."""
        return Told(self.on, self.status, self.spent, self.note)


class PlanActivityIn(Coming):
    """What an activity of a plan is, and why it is added or changed; without a code it takes the next one."""

    code: Annotated[str, StringConstraints(max_length=40, pattern=r"^[^\x00]*$")] = ""
    goal: Word
    title: Word
    owner: Word
    start: WholeDay
    end: WholeDay
    budget: Money | None = None
    depends: Annotated[list[Word], Field(max_length=50, default_factory=list)]
    commitments: Annotated[list[Cited], Field(max_length=50, default_factory=list)]
    targets: Annotated[list[Word], Field(max_length=50, default_factory=list)]
    themes: Annotated[list[Word], Field(max_length=50, default_factory=list)]
    joint: Line = ""
    gaps: Annotated[list[Word], Field(max_length=50, default_factory=list)]
    practices: Annotated[list[Word], Field(max_length=20, default_factory=list)]
    reason: Said

    def noun(self, code: str) -> Activity:
        """Return it as the rooms know it, under a code."""
        told = {name: getattr(self, name) for name in Activity.__slots__}
        lists = {name: tuple(value) for name, value in told.items() if isinstance(value, list)}
        return Activity(**told | lists | {"code": code})


class CancelIn(Coming):
    """Which activity is cancelled, and why."""

    activity: Word
    reason: Said


class ClosePlanIn(Coming):
    """Why a plan is closed."""

    reason: Said


class KpiIn(Coming):
    """What members report of an indicator for a year."""

    kpi: Word
    year: Annotated[int, Field(strict=True, ge=1990, le=2100)]
    values: Annotated[dict[str, Amount], Field(min_length=1, max_length=200)]
    source: Line = ""

    def noun(self) -> KpiReport:
        """Return it as the rooms know it."""
        return KpiReport(self.kpi, self.year, self.values, self.source)


class PlanYearOut(BaseModel):
    """A plan's report on a year, activities by code."""

    year: int
    until: str
    due: list[str]
    done: list[str]
    done_late: list[str]
    late: list[str]
    not_begun: list[str]
    dropped: list[str]
    on_time: int
    spent: dict[str, str]
    spent_in_all: str
    budget_of_due: str


class ComparisonOut(BaseModel):
    """Two plans side by side, and what neither serves of a checklist."""

    left: str
    right: str
    commitments: list[dict[str, Any]]
    themes: list[dict[str, Any]]
    targets: list[dict[str, Any]]
    contradictions: list[dict[str, Any]]
    checklist: dict[str, str]
    missing: list[dict[str, str]]

    @classmethod
    def of(cls, found: Comparison) -> "ComparisonOut":
        """Return a comparison as it goes out."""
        return cls.model_validate(comparison_plain(found))
