from datetime import date
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints

from tracemark import tracing
from tracemark.api.schemas.fields import Coming, Text, Weapon, WholeDay
from tracemark.api.schemas.interstate import (
    BecauseOut,
    DatumOut,
    HandlingIn,
    HandlingOut,
    StateAnswerOut,
    StateRequestOut,
    TurnOut,
)
from tracemark.recordkeeping import Page
from tracemark.tracing import (
    COMPLETENESS_RULES,
    Datum,
    Inquiry,
    Known,
    Overdue,
    Result,
    StateAnswer,
    Verdict,
    Withholding,
    inquiry_plain,
)
from tracemark.weapons import weapon_text

InquiryName = Annotated[str, StringConstraints(pattern=r"^TI-[0-9]{4}-[0-9]{6}$")]
_COMPLETENESS = [each.code for each in COMPLETENESS_RULES]


def _asked_by_iti_17(code: str) -> str:
    if code not in _COMPLETENESS:
        raise ValueError(code)
    return code


LackingCode = Annotated[str, AfterValidator(_asked_by_iti_17), Field(json_schema_extra={"enum": list(_COMPLETENESS)})]
"""What ITI 17 asks, by the code under which a case is told that it lacks it."""


class ReturnIn(Coming):
    """What an inquiry lacks: codes of what ITI 17 asks, a note, or both."""

    lacking: Annotated[list[LackingCode], Field(max_length=len(_COMPLETENESS))] = Field(default_factory=list)
    note: Text = ""


class FoundIn(Coming):
    """An officer's finding on a candidate; its chance is that of a search made anew."""

    weapon: Weapon
    verdict: Verdict
    note: Text = ""


class StateAnswerIn(Coming):
    """What is answered. A full answer tells all that is known, a restricted one what `data` names."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {"result": "full"},
                {
                    "result": "restricted",
                    "data": ["last_lawful_state"],
                    "grounds": ["investigation"],
                    "reasons": "The holder is being looked into.",
                },
            ]
        }
    )

    result: Result
    data: Annotated[list[Known], Field(max_length=len(Known))] = Field(default_factory=list)
    grounds: Annotated[list[Withholding], Field(max_length=len(Withholding))] = Field(default_factory=list)
    reasons: Text = ""
    expected_on: WholeDay | None = None
    handling: HandlingIn = HandlingIn()

    def noun(self, known: tuple[Datum, ...]) -> StateAnswer:
        """Return it as the rooms know it, with what is told of what is known."""
        told = known if self.result is Result.FULL else tuple(each for each in known if each.name in self.data)
        expected = self.expected_on.isoformat() if self.expected_on else ""
        return StateAnswer(self.result, told, tuple(self.grounds), self.reasons, expected_on=expected)


class AnswerGivenOut(StateAnswerOut):
    """An answer of ours, and the day on which it was sealed."""

    on: str


class DataOut(BaseModel):
    """What our record can tell of the weapon that was judged the same; nothing where none was."""

    items: list[DatumOut]

    @classmethod
    def of(cls, known: tuple[Datum, ...]) -> "DataOut":
        """Return it as it goes out."""
        return cls(items=[DatumOut.model_validate(each.plain()) for each in known])


class InquiryShownOut(BaseModel):
    """What another State asks and tells, under the handling code that it set; `number` is its own name for it."""

    number: str
    asks: dict[str, Any]
    handling: HandlingOut
    because: list[BecauseOut]
    reply_by: str

    @classmethod
    def of(cls, asked: tracing.Asked) -> "InquiryShownOut":
        """Return it as it goes out."""
        return cls(
            number=asked.number,
            asks=dict(asked.request.plain()),
            handling=HandlingOut.model_validate(asked.handling.plain()),
            because=[BecauseOut(code=each.code, facts=dict(each.facts)) for each in asked.because],
            reply_by=asked.reply_by,
        )


class InquiryOut(BaseModel):
    """An inquiry of another State as it stands, without what that State told in confidence.

    `found` is the weapon that an officer judged to be the same, `late` whether we ought to have acted.
    """

    inquiry: str
    standing: str
    from_state: str
    node: str
    number: str
    priority: str
    received_on: str
    acknowledged_on: str
    due: str
    late: bool
    lacking: list[str]
    reminders: int
    found: str | None
    answers: list[AnswerGivenOut]
    questions: list[str]
    readers: list[dict[str, Any]]
    outcome: str
    turns: list[TurnOut]

    @classmethod
    def of(cls, known: Inquiry, on: date) -> "InquiryOut":
        """Return it as it goes out, as it stands on a day."""
        found = weapon_text(known.found) if known.found else None
        return cls.model_validate(inquiry_plain(known) | {"found": found, "late": known.late(on)})


class InquiriesOut(BaseModel):
    """A page of inquiries, newest first. `before` asks for the next page; null where nothing follows."""

    items: list[InquiryOut]
    before: int | None

    @classmethod
    def of(cls, page: Page[Inquiry], on: date) -> "InquiriesOut":
        """Return a page as it goes out."""
        return cls(items=[InquiryOut.of(each, on) for each in page.items], before=page.before)


class OverdueOut(BaseModel):
    """What is late: requests on which other States have not acted, inquiries on which we have not."""

    requests: list[StateRequestOut]
    inquiries: list[InquiryOut]

    @classmethod
    def of(cls, late: Overdue, on: date) -> "OverdueOut":
        """Return it as it goes out."""
        requests = [StateRequestOut.of(each, on) for each in late.requests]
        return cls(requests=requests, inquiries=[InquiryOut.of(each, on) for each in late.inquiries])
