from typing import Annotated, Any, Literal

from pydantic import BaseModel, Field, StringConstraints

from tracemark.api.schemas.fields import Coming, Count, Flag, Line, Said, Text, WholeDay, Word
from tracemark.api.schemas.targets import Cited, Currency
from tracemark.assistance import (
    Ask,
    AwardTerms,
    Beneficiaries,
    BudgetLine,
    FundingCall,
    Grant,
    Help,
    Matched,
    Offer,
    Round,
    merits_plain,
)
from tracemark.node import StepSaid

Money = Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")]
"""ISO 4217."""
Words = Annotated[list[Word], Field(max_length=50, default_factory=list)]


class BudgetLineIn(Coming):
    """What a part of the money is for, in whole units."""

    what: Word
    amount: Count


class AskIn(Coming):
    """What is asked for. `women`, `men`, `unstated` are the people it reaches; `because` says why sex is not told."""

    title: Word
    commitment: Cited
    themes: Words
    helps: Annotated[list[Help], Field(max_length=4)]
    need: Said
    lines: Annotated[list[BudgetLineIn], Field(max_length=200)]
    currency: Money
    stage: Line = ""
    women: Count | None = None
    men: Count | None = None
    unstated: Count | None = None
    because: Line = ""
    partner: Line = ""
    conditions: Text = ""
    target: Line = ""
    report: Line = ""
    gaps: Words
    signal: Line = ""
    programme: Line = ""

    def noun(self) -> Ask:
        """Return it as the rooms know it."""
        texts = (
            "title",
            "need",
            "currency",
            "stage",
            "partner",
            "conditions",
            "target",
            "report",
            "signal",
            "programme",
        )
        return Ask(
            **{name: getattr(self, name) for name in texts},
            commitment=self.commitment,
            themes=tuple(self.themes),
            helps=tuple(self.helps),
            lines=tuple(BudgetLine(each.what, each.amount) for each in self.lines),
            beneficiaries=Beneficiaries(self.women, self.men, self.unstated, self.because),
            gaps=tuple(self.gaps),
        )


class AskRevisionIn(Coming):
    """What is asked from now on, all of it, and why."""

    ask: AskIn
    reason: Said


class CallIn(Coming):
    """When a programme takes requests, and what this call has to give where it has its own budget."""

    name: Word
    opens: WholeDay
    closes: WholeDay
    budget: Count | None = None


class OfferIn(Coming):
    """What a programme offers: a budget in whole units, to each request from `least` to `most` of it."""

    title: Word
    donor: Word
    themes: Words
    helps: Annotated[list[Help], Field(max_length=4)]
    budget: Count
    currency: Money
    calls: Annotated[list[CallIn], Field(max_length=100)]
    least: Count = 0
    most: Count | None = None
    states: Words
    regions: Words
    share_percent: Count = 100
    whole_only: Flag = False
    needs_partner: Flag = False
    needs_report: Flag = False
    eligibility: Text = ""
    conditions: Text = ""

    def noun(self) -> Offer:
        """Return it as the rooms know it."""
        told: dict[str, Any] = {name: getattr(self, name) for name in Offer.__slots__ if name != "calls"}
        lists = {name: tuple(value) for name, value in told.items() if isinstance(value, list)}
        calls = tuple(FundingCall(each.name, each.opens, each.closes, each.budget) for each in self.calls)
        return Offer(**{**told, **lists}, calls=calls)


class OfferRevisionIn(Coming):
    """What a programme offers from now on, all of it, and why."""

    offer: OfferIn
    reason: Said


class GrantIn(Coming):
    """What is proposed to be given, from a programme to a request, in whole units."""

    request: Word
    programme: Word
    amount: Count
    currency: Money
    starts: WholeDay
    ends: WholeDay
    expects: Said
    reasons: Text = ""

    def noun(self) -> AwardTerms:
        """Return it as the rooms know it."""
        told: dict[str, Any] = {name: getattr(self, name) for name in AwardTerms.__slots__}
        return AwardTerms(**told)


class SaidIn(Coming):
    """What a step says; each uses some of it. Without a day, a payment or an activity is of today."""

    note: Text = ""
    reason: Text = ""
    outcome: Line = ""
    amount: Count | None = None
    on: WholeDay | None = None
    activity: Text = ""
    result: Text = ""
    to: Line = ""

    def noun(self) -> StepSaid:
        """Return it as the node knows it."""
        told: dict[str, Any] = {name: getattr(self, name) for name in StepSaid.__slots__}
        return StepSaid(**told)


RequestStep = Literal[
    "sign", "publish", "restrict", "send", "acknowledge", "circulate", "confirm", "contest", "follow_up", "close"
]
GrantStep = Literal["decide", "refuse", "pay", "activity", "result", "confirm", "contest", "end"]


class AssistanceOut(BaseModel):
    """A request for assistance with its grants, alarms and steps. Amounts are whole units."""

    name: str
    state: str
    authority: str
    status: str
    asks: dict[str, Any]
    amount: int
    currency: str
    granted: int
    lacking: int
    asked_on: str | None
    acknowledged_on: str | None
    outcome: str
    peer: str
    number: str
    sent_to: list[str]
    grants: list[str]
    alarms: list[dict[str, Any]]
    steps: list[dict[str, Any]]


class AssistancesOut(BaseModel):
    """Requests for assistance, those with alarms first."""

    items: list[AssistanceOut]


class ProgrammeOut(BaseModel):
    """A programme with its grants, alarms and steps."""

    name: str
    authority: str
    status: str
    offers: dict[str, Any]
    given: int
    left: int
    grants: list[str]
    alarms: list[dict[str, Any]]
    steps: list[dict[str, Any]]


class ProgrammesOut(BaseModel):
    """Programmes, those with alarms first."""

    items: list[ProgrammeOut]


class GrantOut(BaseModel):
    """A grant as the chain from the target to the result."""

    name: str
    authority: str
    status: str
    state: str
    target: str
    terms: dict[str, Any]
    proposed_by: str
    decided_by: str
    paid: int
    spent: int
    result: str
    confirmed_by: str
    alarms: list[dict[str, Any]]
    steps: list[dict[str, Any]]


class GrantsOut(BaseModel):
    """Grants, those with alarms first."""

    items: list[GrantOut]


class RoundAsked(Coming):
    """In which currency a proposal is; without one, in that of most requests."""

    currency: Currency = ""


class ProposedOut(BaseModel):
    """Money that a programme would give to a request, what it adds to the need met, and what speaks for the request."""

    request: str
    programme: str
    amount: int
    worth: str
    merits: list[str]


class BarredOut(BaseModel):
    """Why a programme cannot serve a request."""

    request: str
    programme: str
    bars: list[str]


class RoundProposalOut(BaseModel):
    """A proposal over what is on record; nothing is given by it. `proven`: no other meets more need."""

    currency: str
    proven: bool
    met: str
    bound: str
    grants: list[ProposedOut]
    barred: list[BarredOut]

    @classmethod
    def of(cls, currency: str, round_: Round, found: Matched) -> "RoundProposalOut":
        """Return a proposal as it goes out."""
        merits = {each.request: merits_plain(each.merits) for each in round_.needs}

        def proposed(grant: Grant) -> ProposedOut:
            told = {"request": grant.request, "programme": grant.programme, "amount": grant.amount}
            return ProposedOut.model_validate(
                {**told, "worth": f"{float(grant.worth):.4f}", "merits": merits[grant.request]}
            )

        barred = [
            BarredOut(request=request, programme=programme, bars=[each.value for each in bars])
            for (request, programme), bars in found.barred.items()
        ]
        numbers = {"met": f"{found.met:.4f}", "bound": f"{found.bound:.4f}"}
        return cls(
            currency=currency,
            proven=found.proven,
            **numbers,
            grants=[proposed(each) for each in found.grants],
            barred=barred,
        )
