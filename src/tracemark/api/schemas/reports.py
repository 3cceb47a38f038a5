from typing import Annotated, Any, Literal

from pydantic import BaseModel, Field, JsonValue, model_validator

from tracemark import reporting
from tracemark.api.schemas.fields import Coming, FindingOut, Flag, Line, Said, Text, WholeDay, Word
from tracemark.reporting import Check, Edition, Period, Report


class DraftReportIn(Coming):
    """On which period a report is drafted, on which form, in which edition (by default the newest)."""

    form: Word = "poa"
    edition: Annotated[str, Field(max_length=20)] = ""
    first: WholeDay
    last: WholeDay
    due: WholeDay | None = None

    @model_validator(mode="after")
    def begins_before_it_ends(self) -> "DraftReportIn":
        """Refuse a period that ends before it begins."""
        Period(self.first, self.last)
        return self

    def period(self) -> Period:
        """Return the period."""
        return Period(self.first, self.last)


class ReportAnswerIn(Coming):
    """The answer to a question by its canonical id; null with a `reason` where none can be given.

    By kind: `yes`, `no` or `in_progress`; numbers by part, such as {"all": 7, "women": 3, "men": 4}; text; a list of
    options; a list of rows; a day; a list of SHA-256. `note` says why a number differs from the record. One that is
    `withheld` is left out when the report is published.
    """

    question: Word
    value: JsonValue = None
    note: Text = ""
    reason: Text = ""
    withheld: Flag = False

    def noun(self) -> reporting.Answer:
        """Return it as the rooms know it."""
        told: Any = self.value
        return reporting.Answer(self.question, told, note=self.note, reason=self.reason, withheld=self.withheld)


class StepIn(Coming):
    """Which step a report takes. `note` goes with it; what ends something says in it why.

    A report is published by another than proposed it, from the day `public_from` of the proposal on.
    """

    step: Literal["sign_off", "submit", "propose", "publish", "take_back", "withdraw"]
    note: Text = ""
    public_from: WholeDay | None = None


class ConfirmIn(Coming):
    """Which answers that were carried over are confirmed as still true; none asks for all."""

    questions: Annotated[list[Word], Field(max_length=500, default_factory=list)]


class OwnerIn(Coming):
    """Which account answers for a section."""

    section: Word
    owner: Word


class CommentIn(Coming):
    """What somebody says of a report, or of one of its questions."""

    text: Said
    question: Line = ""


class AttachmentOut(BaseModel):
    """A document that is kept; an answer of the kind `file` names it by its SHA-256."""

    fingerprint: str


class CommentOut(BaseModel):
    """What was said of a report, or of one of its questions."""

    question: str
    text: str
    by: str
    on: str


class GapOut(BaseModel):
    """A question that is not answered yes, what is proposed to fill the gap, and what answers it already.

    `target` is as `set_target` takes it.
    """

    gap: str
    theme: str
    paragraph: str
    answer: str
    target: dict[str, Any]
    answered_by: list[dict[str, str]]


class GapsOut(BaseModel):
    """The gaps of a report, by theme."""

    report: str
    items: list[GapOut]


class ScoreOut(BaseModel):
    """The points of a report by theme, of those it could bring; decimals are text, percent is null without any."""

    report: str
    scheme: str
    last: str
    points: str
    available: str
    percent: str | None
    themes: list[dict[str, str]]

    @classmethod
    def of(cls, report: Report, found: reporting.Assessment) -> "ScoreOut":
        """Return it as the API shows it."""
        return cls.model_validate({**found.plain(), "last": report.period.last.isoformat()})


class ScoresOut(BaseModel):
    """The points of every submitted national report, the earliest period first."""

    items: list[ScoreOut]


class ReportLine(BaseModel):
    """A report in a list: how it stands, and how many of the questions that are put are answered."""

    name: str
    form: str
    edition: str
    first: str
    last: str
    standing: str
    answered: int
    asked: int
    head: str
    fingerprint: str

    @classmethod
    def of(cls, report: Report) -> "ReportLine":
        """Return it as the API shows it."""
        return cls(**_line(report))


class ReportsOut(BaseModel):
    """Reports, newest first."""

    items: list[ReportLine]


class ReportAnswerOut(BaseModel):
    """A question that is put, with its number in the edition, and what is said to it."""

    question: str
    number: str
    section: str
    value: Any
    origin: str
    note: str
    reason: str
    withheld: bool
    figure: str
    head: str


class CheckOut(BaseModel):
    """What there is to say against an answer; one that `stops` keeps the report from being signed off."""

    question: str
    stops: bool
    finding: FindingOut


class StateReportOut(ReportLine):
    """A report with its answers, in the order of the edition, and its checks."""

    laid_out_in: str
    answers: list[ReportAnswerOut]
    checks: list[CheckOut]
    owners: dict[str, str]
    comments: list[CommentOut]

    @classmethod
    def whole(cls, report: Report, edition: str, checks: list[Check], to: str) -> "StateReportOut":
        """Return it as the API shows it, laid out in an edition."""
        laid_out = report.in_edition(edition)
        answers = answers_of(report, laid_out)
        found = [
            CheckOut(question=each.question, stops=each.stops, finding=FindingOut.of(each.finding, to))
            for each in checks
        ]
        said = [CommentOut(question=each.question, text=each.text, by=each.by, on=each.on) for each in report.comments]
        return cls(
            **_line(report),
            laid_out_in=laid_out.edition,
            answers=answers,
            checks=found,
            owners=dict(report.owners),
            comments=said,
        )


def answers_of(report: Report, laid_out: Edition) -> list[ReportAnswerOut]:
    """Return a report's answers in the order of an edition."""
    return [
        _answer(asked.question.id, asked.number, section.id, answer)
        for section, put in report.sections(laid_out)
        for asked, answer in put
    ]


def _line(report: Report) -> dict[str, Any]:
    answered, asked = report.progress(report.in_edition())
    return {
        "name": report.name,
        "form": report.form,
        "edition": report.edition,
        "first": report.period.first.isoformat(),
        "last": report.period.last.isoformat(),
        "standing": report.standing,
        "answered": answered,
        "asked": asked,
        "head": report.head,
        "fingerprint": report.frozen,
    }


def _answer(question: str, number: str, section: str, answer: reporting.Answer | None) -> ReportAnswerOut:
    known = answer or reporting.Answer(question, None)
    return ReportAnswerOut(
        question=question,
        number=number,
        section=section,
        value=known.value,
        origin=known.origin.value if answer else "",
        note=known.note,
        reason=known.reason,
        withheld=known.withheld,
        figure=known.figure,
        head=known.head,
    )
