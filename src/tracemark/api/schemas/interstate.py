from dataclasses import replace
from datetime import date
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

from tracemark import tracing
from tracemark.api.schemas.fields import CaseId, Coming, FindingOut, Line, Said, State, Text, WholeDay, Word, Year
from tracemark.api.schemas.searches import Readings
from tracemark.api.schemas.transfers import StateCode
from tracemark.recordkeeping import Page
from tracemark.tracing import (
    AnswerShown,
    Handling,
    Known,
    Outcome,
    Purpose,
    Result,
    StateRequest,
    StateToAsk,
    TraceRequest,
    Withholding,
    request_plain,
    to_ask_plain,
)

Data = Annotated[list[Known], Field(min_length=1, max_length=len(Known))]


class HandlingIn(Coming):
    """What the other State may do with what it is told: for which purposes, onward or not, until which day."""

    purposes: Annotated[list[Purpose], Field(min_length=1, max_length=len(Purpose))] = Field(
        default_factory=lambda: [Purpose.TRACING]
    )
    onward: tracing.Onward = tracing.Onward.WITH_CONSENT
    expires_on: WholeDay | None = None

    def noun(self) -> Handling:
        """Return it as the rooms know it."""
        return Handling(frozenset(self.purposes), self.onward, self.expires_on)


class StateRequestIn(Coming):
    """Which State is asked about the weapon of a case, through which node, under which handling code."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "case": "T-12",
                    "to_state": "XB",
                    "node": "xb.tracemark.example",
                    "handling": {"purposes": ["tracing", "investigation"], "onward": "with_consent"},
                }
            ]
        }
    )

    case: CaseId
    to_state: StateCode
    node: Word
    handling: HandlingIn = HandlingIn()


class SupplementIn(Coming):
    """What the other State asked for: only what is given changes the request; readings come beside those it has."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"maker": "glock", "note": "Read under oblique light."}]})

    purpose: Text = ""
    legal_basis: Text = ""
    circumstances: Text = ""
    kind: Line = ""
    maker: Line = ""
    model: Line = ""
    calibre: Line = ""
    country: State = ""
    import_country: State = ""
    year: Year | None = None
    readings: Readings = Field(default_factory=list)
    note: Text = ""

    def told(self, before: TraceRequest) -> TraceRequest:
        """Return the request as it then reads.

        Raises:
            UnreadableReading: a reading leaves a question open.
        """
        for each in self.readings:
            each.examined()
        changed: dict[str, Any] = {name: value for name, value in self.given().items() if value and name != "note"}
        changed["readings"] = (*before.readings, *(each.noun() for each in self.readings))
        return replace(before, **changed)


class StepNoteIn(Coming):
    """A step that may bear a note."""

    note: Text = ""


class QuestionIn(Coming):
    """What is to be clarified."""

    question: Said


class DataIn(Coming):
    """Which of the things that were told are meant."""

    data: Data


class ReadForIn(Coming):
    """What it is read for, which is noted. Source: ITI 15."""

    purpose: Purpose = Purpose.TRACING


class RequestClosingIn(Coming):
    """What came of the trace; null where that is open."""

    outcome: Outcome | None = None
    note: Text = ""


class BecauseOut(BaseModel):
    """Why a State is asked: a code and its facts."""

    code: str
    facts: dict[str, Any]


class StateToAskOut(BaseModel):
    """A State that may know more, why, and which requests were made to it already."""

    state: str
    because: list[BecauseOut]
    asked: list[str]


class StatesToAskOut(BaseModel):
    """The States to ask about a case, the likeliest to know first."""

    items: list[StateToAskOut]

    @classmethod
    def of(cls, listed: list[StateToAsk]) -> "StatesToAskOut":
        """Return them as they go out."""
        return cls(items=[StateToAskOut.model_validate(to_ask_plain(each)) for each in listed])


class TurnOut(BaseModel):
    """One step: its kind of event, whether it was ours, when it was sealed, and what was said."""

    kind: str
    ours: bool
    at: str
    said: str
    codes: list[str] = Field(default_factory=list)


class HandlingOut(BaseModel):
    """What may be done with what was told."""

    purposes: list[Purpose]
    onward: tracing.Onward
    expires_on: str | None = None


class DatumOut(BaseModel):
    """One thing that an answer tells, under its handling code."""

    name: Known
    value: str
    handling: HandlingOut


class StateAnswerOut(BaseModel):
    """What one State answers to another. `chance` and `weights` are those of the judgement it rests on."""

    result: Result
    data: list[DatumOut] = Field(default_factory=list)
    grounds: list[Withholding] = Field(default_factory=list)
    reasons: str = ""
    chance: str = ""
    weights: str = ""
    expected_on: str = ""


class AnswerHeardOut(BaseModel):
    """That an answer came, on which day, and on which grounds it withholds."""

    result: Result
    grounds: list[Withholding]
    on: str


class AnswerShownOut(BaseModel):
    """What another State answered last, as far as its codes let it be used, and what they held; null before any."""

    answer: StateAnswerOut | None
    withheld: list[FindingOut]

    @classmethod
    def of(cls, shown: AnswerShown | None, to: str) -> "AnswerShownOut":
        """Return it as it goes out."""
        if shown is None:
            return cls(answer=None, withheld=[])
        held = [FindingOut.of(each, to) for each in shown.withheld]
        return cls(answer=StateAnswerOut.model_validate(shown.answer.plain()), withheld=held)


class StateRequestOut(BaseModel):
    """A request to another State as it stands, without what that State told in confidence.

    `asks` is what it asks, `node` the other State's node, `reference` that State's own name for it, `due` the day of
    the next step, `late` whether the other State ought to have acted.
    """

    request: str
    standing: str
    case: str
    to_state: str
    node: str
    reference: str
    previous: str
    due: str
    late: bool
    sent_on: str
    acknowledged_on: str
    lacking: list[str]
    reminders: int
    because: list[BecauseOut]
    asks: dict[str, Any]
    handling: HandlingOut
    answers: list[AnswerHeardOut]
    readers: list[dict[str, Any]]
    turns: list[TurnOut]

    @classmethod
    def of(cls, known: StateRequest, on: date) -> "StateRequestOut":
        """Return it as it goes out, as it stands on a day."""
        more = {"asks": known.request.plain(), "handling": known.handling.plain(), "late": known.late(on)}
        return cls.model_validate(request_plain(known) | more)


class StateRequestsOut(BaseModel):
    """A page of requests, newest first. `before` asks for the next page; null where nothing follows."""

    items: list[StateRequestOut]
    before: int | None

    @classmethod
    def of(cls, page: Page[StateRequest], on: date) -> "StateRequestsOut":
        """Return a page as it goes out."""
        return cls(items=[StateRequestOut.of(each, on) for each in page.items], before=page.before)
