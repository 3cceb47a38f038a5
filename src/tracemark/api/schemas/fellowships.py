from typing import Annotated, Any, Literal

from pydantic import BaseModel, Field, StringConstraints

from tracemark import fellowship
from tracemark.api.schemas.fields import Coming, Count, Flag, Line, Said, Text, WholeDay, Word
from tracemark.api.schemas.stockpiles import DossierName
from tracemark.api.schemas.targets import Currency, Money
from tracemark.authorities import AgencyKind
from tracemark.fellowship import Cost, FundKind, Held, Identity, Nominee, Source
from tracemark.tracing import Sex

Names = Annotated[list[DossierName], Field(max_length=400, default_factory=list)]
Outcome = Literal["selected", "waiting", "declined"]


class FundIn(Coming):
    """Where money for fellowships comes from, its ceiling, and when the courses it pays may begin."""

    title: Word
    kind: FundKind
    donor: Word
    ceiling: Money
    currency: Currency
    first: WholeDay
    last: WholeDay
    conditions: Text = ""

    def noun(self) -> Source:
        """Return it as the rooms know it."""
        return Source(**{name: getattr(self, name) for name in Source.__slots__})


class FundRevisionIn(FundIn):
    """A fund as it is from now on, whole, and why it changes."""

    reason: Said


class FundOut(BaseModel):
    """A fund with what is left below its ceiling. Amounts are text; `reason` is why it was revised last, or closed."""

    name: str
    standing: str
    reason: str
    title: str
    kind: FundKind
    donor: str
    ceiling: str
    currency: str
    first: str
    last: str
    conditions: str
    allocated: str
    left: str


class FundsOut(BaseModel):
    """Funds, newest first."""

    items: list[FundOut]


class CohortCallIn(Coming):
    """A call for nominations, as its file says it in TOML."""

    toml: Annotated[str, StringConstraints(min_length=1, max_length=100_000)]


class NominationIn(Coming):
    """Whom a State nominates. `name`, `post` and `contact` lie beside the record; what is blank needs a `reason`.

    `until` is the last day on which the name may be used.
    """

    state: Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$")]
    name: Word
    post: Line = ""
    contact: Line = ""
    agency: AgencyKind | None = None
    sex: Sex = Sex.UNKNOWN
    age_band: Line = "unknown"
    languages: Annotated[
        list[Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}$")]], Field(max_length=20, default_factory=list)
    ]
    first_choice: Flag = False
    earlier_fellow: Flag | None = None
    reason: Text = ""
    until: WholeDay | None = None

    def nominee(self) -> Nominee:
        """Return what the record keeps."""
        told = {name: getattr(self, name) for name in Nominee.__slots__}
        return Nominee(**told | {"languages": tuple(self.languages)})

    def identity(self) -> Identity:
        """Return who it is."""
        return Identity(self.name, self.post, self.contact)


class NominationOut(BaseModel):
    """What the record keeps of a nomination, how it stands, and what explains that. Nobody is named."""

    name: str
    cohort: str
    standing: str
    received_on: str
    state: str
    agency: AgencyKind | None = None
    sex: Sex
    age_band: str
    languages: list[str]
    first_choice: bool
    earlier_fellow: bool | None = None
    until: str | None = None
    peer: str
    blank: list[str]
    blank_because: str
    reason: str
    decision: dict[str, Any] | None
    passed: list[str]
    certified_on: str | None
    follow_ups: list[dict[str, Any]]


class CohortSummaryOut(BaseModel):
    """A cohort without its nominations, of which it tells the number."""

    name: str
    authority: str
    standing: str
    call: dict[str, Any]
    nominations: int
    conflicts: list[dict[str, str]]
    budget: str
    spent: str
    costs: list[dict[str, Any]]
    held: list[dict[str, Any]]


class CohortsOut(BaseModel):
    """Cohorts, newest first."""

    items: list[CohortSummaryOut]


class CohortOut(CohortSummaryOut):
    """A cohort with its nominations, and its selection with what explains it."""

    free_seats: int
    proposal: dict[str, Any] | None
    decided_by: str
    departures: dict[str, str]
    items: list[NominationOut]


class InterestIn(Coming):
    """Which interest is declared, and whose, "" for one's own."""

    reason: Said
    account: Line = ""


class CohortReasonIn(Coming):
    """Why something is done."""

    reason: Said


class DecisionIn(Coming):
    """Outcomes other than those proposed, by nomination, and why."""

    departures: Annotated[dict[DossierName, Outcome], Field(max_length=400, default_factory=dict)]
    reason: Text = ""


class SeatIn(Coming):
    """Why somebody is given a seat before others who wait."""

    reason: Text = ""


class ModuleHeldIn(Coming):
    """A module that was held: who was there, and who passed, by nomination."""

    module: Word
    on: WholeDay
    present: Names
    passed: Names

    def noun(self) -> Held:
        """Return it as the rooms know it."""
        return Held(self.module, self.on, tuple(self.present), tuple(self.passed))


class CostIn(Coming):
    """What was spent on a day, and for what."""

    on: WholeDay
    amount: Money
    what: Word

    def noun(self) -> Cost:
        """Return it as the rooms know it."""
        return Cost(self.on, self.amount, self.what)


class FellowFollowUpIn(Coming):
    """What became of the training after 6 or 12 months. `applied` are codes of modules."""

    month: Literal[6, 12]
    on: WholeDay
    in_post: Flag | None = None
    applied: Annotated[list[Word], Field(max_length=50, default_factory=list)]
    trained: Count = 0
    note: Text = ""

    def noun(self) -> fellowship.FollowUp:
        """Return it as the rooms know it."""
        return fellowship.FollowUp(self.month, self.on, self.in_post, tuple(self.applied), self.trained, self.note)


class ScenarioOut(BaseModel):
    """What a contribution on top of the budget buys."""

    contribution: str
    seats: int
    selected: list[str]
    comes_in: list[str]
    goes_out: list[str]
    states: list[str]
    women: int
    men: int
    least_developed_or_small_island: int
    worth: int


class ScenariosOut(BaseModel):
    """Scenarios, the budget as it is first."""

    items: list[ScenarioOut]


class NominationSentIn(NominationIn):
    """Whom this State nominates for a cohort of another node, by the names of both there."""

    to: Word
    cohort: Word


class SentNominationOut(BaseModel):
    """A nomination of this State for a cohort of another node, and what that node told of it last.

    `withdrawn_on` and `withdrawn_because` say that this State took it back.
    """

    name: str
    peer: str
    cohort: str
    state: str
    sent_on: str
    status: str
    note: str
    number: str
    told_on: str
    withdrawn_on: str
    withdrawn_because: str


class SentNominationsOut(BaseModel):
    """Nominations for cohorts of other nodes, newest first."""

    items: list[SentNominationOut]


class FellowTokenOut(BaseModel):
    """A fellow's certificate and the signed token that anybody can check: `fellowships check` does, and its QR code."""

    certificate: dict[str, Any]
    token: str


class FollowUpDueOut(BaseModel):
    """What is still to be told of a fellow."""

    nomination: str
    cohort: str
    state: str
    month: int
    due: str
    overdue: bool


class FollowUpsDueOut(BaseModel):
    """Follow-ups, the first due first."""

    items: list[FollowUpDueOut]


class AlumniOut(BaseModel):
    """How many fellows a cohort had."""

    cohort: str
    fellows: int
    certified: int
    by_sex: dict[str, int]
    by_state: dict[str, int]
    by_agency: dict[str, int]
    follow_ups_told: int
    follow_ups_due: int


class AlumniListOut(BaseModel):
    """Counts of fellows, a cohort each, the newest first."""

    items: list[AlumniOut]
