from dataclasses import asdict
from typing import Annotated, Any, Literal

from pydantic import BaseModel, Field

from tracemark.api.schemas.events import Grounds, Persons, Photos
from tracemark.api.schemas.fields import (
    Coming,
    Day,
    FindingOut,
    Line,
    RequestName,
    State,
    Text,
    Weapon,
    Word,
    Year,
    plain_of,
)
from tracemark.api.schemas.searches import Readings
from tracemark.api.schemas.weapons import Components, DescriptionIn, Marks
from tracemark.kernel import Finding
from tracemark.recordkeeping import Breach, EventKind, TakenFrom
from tracemark.tracing import (
    CaseState,
    Ground,
    Judgement,
    Outcome,
    Priority,
    Recovery,
    TraceCase,
    TraceRequest,
    Verdict,
)
from tracemark.weapons import weapon_text


class RecoveryIn(Coming):
    """How a weapon came to hand. Source: ITI 6, ITI 9, ITI 17(a)."""

    kind: Literal["seized", "found", "surrendered"]
    happened: Day
    place: Word
    custodian: Word
    grounds: Grounds = Field(default_factory=list)
    legal_basis: Text = ""
    circumstances: Text = ""
    persons: Persons = Field(default_factory=list)
    photos: Photos = Field(default_factory=list)
    description: DescriptionIn | None = None
    components: Components = Field(default_factory=list)
    marks: Marks = Field(default_factory=list)
    unmarked: Line = ""
    document: Line = ""
    breach: Breach | None = None
    taken_from: TakenFrom | None = None

    def noun(self) -> Recovery:
        """Return it as the rooms know it."""
        return Recovery(
            kind=EventKind(self.kind),
            happened=self.happened,
            place=self.place,
            custodian=self.custodian,
            grounds=frozenset(self.grounds),
            legal_basis=self.legal_basis,
            circumstances=self.circumstances,
            persons=tuple(each.noun() for each in self.persons),
            photos=tuple(self.photos),
            description=self.description.noun() if self.description else None,
            components=tuple(each.noun() for each in self.components),
            marks=tuple(each.noun() for each in self.marks),
            unmarked=self.unmarked,
            document=self.document,
            breach=self.breach,
            taken_from=self.taken_from,
        )


class RecoveredOut(BaseModel):
    """The provisional identity under which a recovery was recorded."""

    weapon: str


class CaseIn(Coming):
    """What a trace asks about a recovered weapon. What ITI 17 asks and is lacking is told, not refused."""

    recovered: Weapon
    readings: Readings = Field(default_factory=list)
    purpose: Text = ""
    illicit_because: Grounds = Field(default_factory=list)
    legal_basis: Text = ""
    circumstances: Text = ""
    kind: Line = ""
    maker: Line = ""
    model: Line = ""
    calibre: Line = ""
    country: State = ""
    import_country: State = ""
    year: Year | None = None
    free_text: Text = ""
    priority: Priority = Priority.ROUTINE
    urgent_because: Text = ""
    confidentiality_limits: Text = ""

    def noun(self) -> TraceRequest:
        """Return it as the rooms know it.

        Raises:
            UnreadableReading: a reading leaves a question open.
        """
        for each in self.readings:
            each.examined()
        changed: dict[str, Any] = {
            "readings": tuple(each.noun() for each in self.readings),
            "illicit_because": tuple(each.value for each in self.illicit_because),
            "purpose": self.purpose,
        }
        return TraceRequest(**{**self.given(), **changed})


class RequestOut(BaseModel):
    """What a case asks."""

    recovered: str
    readings: list[dict[str, str]]
    purpose: str
    illicit_because: list[Ground]
    legal_basis: str
    circumstances: str
    kind: str
    maker: str
    model: str
    calibre: str
    country: str
    import_country: str
    year: int | None
    free_text: str
    priority: Priority
    urgent_because: str
    confidentiality_limits: str

    @classmethod
    def of(cls, request: TraceRequest) -> "RequestOut":
        """Return a request as it goes out."""
        same = {name: getattr(request, name) for name in cls.model_fields}
        readings = [{"text": each.text, "part": each.part, "method": each.method} for each in request.readings]
        grounds = [Ground(each) for each in request.illicit_because]
        recovered = weapon_text(request.recovered)
        return cls(**{**same, "recovered": recovered, "readings": readings, "illicit_because": grounds})


class JudgementIn(Coming):
    """An officer's finding on one candidate, with the score that was shown, as text, and the version of the weights."""

    other_weapon: Weapon
    verdict: Verdict
    posterior: Annotated[str, Field(pattern=r"^([01](\.[0-9]{1,17})?)?$")] = ""
    weights: Line = ""
    note: Text = ""

    def noun(self, by: str) -> Judgement:
        """Return it as the rooms know it."""
        return Judgement(self.other_weapon, self.verdict, by, self.posterior, self.weights, self.note)


class JudgementOut(BaseModel):
    """An officer's finding on one candidate."""

    other_weapon: str
    verdict: Verdict
    by: str
    posterior: str
    weights: str
    note: str
    at: str


class WithdrawalOut(BaseModel):
    """An identification that two people voided: it counts as never made."""

    weapon: str
    proposed_by: str
    by: str
    at: str
    reason: str


class AnswerIn(Coming):
    """What came of a trace. `rests_on` is the request to another State whose answer it rests on. Source: ITI 20."""

    outcome: Outcome
    note: Text = ""
    rests_on: RequestName | None = None


class CaseOut(BaseModel):
    """A trace case as it stands. `identified_as` is the weapon an officer found to be the same.

    An `answer` without `outcome` is one that no longer stands, because its identification was withdrawn.
    """

    id: str
    state: CaseState
    opened_at: str
    opened_by: str
    authority: str
    request: RequestOut
    judgements: list[JudgementOut]
    identified_as: str | None
    outcome: Outcome | None
    answer: dict[str, Any]
    answered_at: str
    answered_by: str
    withdrawn: list[WithdrawalOut]

    @classmethod
    def of(cls, case: TraceCase) -> "CaseOut":
        """Return a case as it goes out."""
        judgements = [
            JudgementOut(
                other_weapon=weapon_text(each.other_weapon),
                verdict=each.verdict,
                by=each.by,
                posterior=each.posterior,
                weights=each.weights,
                note=each.note,
                at=each.at,
            )
            for each in case.judgements
        ]
        withdrawn = [WithdrawalOut(**{**asdict(each), "weapon": weapon_text(each.weapon)}) for each in case.withdrawn]
        return cls(
            id=case.id,
            state=case.state,
            opened_at=case.opened_at,
            opened_by=case.opened_by,
            authority=case.authority,
            request=RequestOut.of(case.request),
            judgements=judgements,
            identified_as=weapon_text(case.identified_as) if case.identified_as else None,
            outcome=case.outcome,
            answer=plain_of(case.answer),
            answered_at=case.answered_at,
            answered_by=case.answered_by,
            withdrawn=withdrawn,
        )


class CasePage(BaseModel):
    """Cases, newest first. `next` is what to give as `after` for the page behind; null at the end."""

    items: list[CaseOut]
    next: str | None

    @classmethod
    def of(cls, found: list[TraceCase], limit: int) -> "CasePage":
        """Return a page of `limit` cases; that one more was found says that there is a next."""
        shown = found[:limit]
        return cls(items=[CaseOut.of(each) for each in shown], next=shown[-1].id if len(found) > limit else None)


class OpenedOut(BaseModel):
    """A case that was opened, and what its request lacks of ITI 17: another State might send it back for that."""

    case: CaseOut
    lacking: list[FindingOut]


class CompletenessOut(BaseModel):
    """Whether a request says all that ITI 17 asks, and what it lacks."""

    case: str
    complete: bool
    lacking: list[FindingOut]

    @classmethod
    def of(cls, case: str, lacking: list[Finding], to: str) -> "CompletenessOut":
        """Return what is lacking as it goes out."""
        return cls(case=case, complete=not lacking, lacking=[FindingOut.of(each, to) for each in lacking])
