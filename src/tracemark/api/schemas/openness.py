from typing import Any

from pydantic import BaseModel

from tracemark.api.schemas.fields import Coming, Flag, Line, Text, Word
from tracemark.api.schemas.reports import ReportAnswerOut, answers_of
from tracemark.participation import ContributionDraft, ContributionSort, ContributionTally, Shown, Voice
from tracemark.reporting import Publication, Report, public_plain


class PublishedFiguresOut(BaseModel):
    """Published figures as open data; a `number` that is null is withheld."""

    items: list[dict[str, Any]]
    licence: str

    @classmethod
    def of(cls, found: list[Publication], licence: str) -> "PublishedFiguresOut":
        """Return them as they go out."""
        return cls(items=[dict(public_plain(each)) for each in found], licence=licence)


class PublicReportLine(BaseModel):
    """A published report."""

    name: str
    form: str
    edition: str
    first: str
    last: str
    published_on: str
    head: str

    @classmethod
    def of(cls, report: Report) -> "PublicReportLine":
        """Return it as it goes out."""
        return cls(
            name=report.name,
            form=report.form,
            edition=report.edition,
            first=report.period.first.isoformat(),
            last=report.period.last.isoformat(),
            published_on=report.published_on,
            head=report.head,
        )


class PublicReportsOut(BaseModel):
    """Published reports, the newest first."""

    items: list[PublicReportLine]


class PublicReportOut(PublicReportLine):
    """A published report with its answers: without those that are `withheld`; a number that is null is small."""

    answers: list[ReportAnswerOut]

    @classmethod
    def whole(cls, report: Report) -> "PublicReportOut":
        """Return it as it goes out."""
        line = PublicReportLine.of(report).model_dump()
        return cls(**line, answers=answers_of(report, report.in_edition()))


class ContributionOut(BaseModel):
    """What others said and the point of contact accepted. Its words are null where they were erased.

    `value` is a number of their own, `official` the State's for the same question and year: never mixed.
    """

    name: str
    sort: str
    voice: str
    question: str
    year: int | None
    received_on: str
    text: str | None
    value: str | None
    source: str | None
    method: str | None
    by: str | None
    official: str | None
    answers: list[str]

    @classmethod
    def of(cls, shown: Shown) -> "ContributionOut":
        """Return it as it goes out."""
        known, words = shown.contribution, shown.words
        return cls(
            name=known.name,
            sort=known.sort.value,
            voice=known.voice.value,
            question=known.question,
            year=known.year,
            received_on=known.received_on,
            text=words.text if words else None,
            value=None if words is None or words.value is None else str(words.value),
            source=words.source if words else None,
            method=words.method if words else None,
            by=words.name if words else None,
            official=None if shown.official is None else str(shown.official),
            answers=list(known.answers),
        )


class ContributionsOut(BaseModel):
    """What was accepted about something published, and how many contributions there are by standing."""

    items: list[ContributionOut]
    tally: dict[str, int]

    @classmethod
    def of(cls, shown: list[Shown], tally: ContributionTally) -> "ContributionsOut":
        """Return them as they go out."""
        return cls(items=list(map(ContributionOut.of, shown)), tally=dict(tally.by_standing))


class ContributionIn(Coming):
    """What somebody without an account says of what is published: a `comment`, or a `shadow` number of their own.

    `question` is the canonical id of what a number or a comment is about, "" for the whole. `value` is a decimal as
    text. Name and contact are kept only of who asks to be `named`; `agreed` says that the text may be shown.
    """

    voice: Voice
    sort: ContributionSort = ContributionSort.COMMENT
    question: Line = ""
    text: Text = ""
    year: Line = ""
    value: Line = ""
    source: Line = ""
    method: Line = ""
    named: Flag = False
    name: Line = ""
    contact: Line = ""
    agreed: Flag = False

    def draft(self) -> ContributionDraft:
        """Return it as the room reads it."""
        return ContributionDraft(**self.model_dump())


class ReceiptOut(BaseModel):
    """Under which name a contribution waits, and the code that shows what became of it: nobody is told it again."""

    contribution: str
    code: str


class ReceiptCodeIn(Coming):
    """The code of a receipt, as it was given."""

    code: Word


class InvitedOut(BaseModel):
    """An organisation, and for whom it speaks."""

    voice: str
    organisation: str


class SpeakerOut(InvitedOut):
    """For which organisation somebody spoke, and what was said."""

    said: str


class HearingOut(BaseModel):
    """A hearing that was held."""

    number: int
    on: str
    place: str
    summary: str
    speakers: list[SpeakerOut]


class DoneOut(BaseModel):
    """What was done with a submission or a hearing: `taken_up`, `partly` or `not_taken_up`; where, and why or not."""

    done: str
    where: str
    why: str
    on: str


class ContributionStandingOut(BaseModel):
    """What became of a contribution: `received`, `accepted`, `refused` (`reason` says why) or `withdrawn`.

    `answers` are those of the point of contact; `done` is what came of a submission to a consultation, null for others
    and before anybody said. Days are ISO 8601, "" for none.
    """

    contribution: str
    about: str
    question: str
    sort: ContributionSort
    standing: str
    received_on: str
    decided_on: str
    reason: str
    answers: list[str]
    done: DoneOut | None


class ConsultationOut(BaseModel):
    """A consultation. `submissions` are named with how they stand, `done` goes by submission or number of hearing."""

    consultation: str
    standing: str
    title: str
    text: str
    about: str
    opens: str
    closes: str
    invites: list[str]
    invited: list[InvitedOut]
    submissions: dict[str, str]
    hearings: list[HearingOut]
    done: dict[str, DoneOut]
    note: str


class ConsultationsOut(BaseModel):
    """Consultations, the newest first."""

    items: list[ConsultationOut]


class PublicRequestOut(BaseModel):
    """What everybody may read of a published request for assistance; amounts are whole units of its currency."""

    name: str
    state: str
    asked_on: str | None
    title: str
    commitment: str
    themes: list[str]
    helps: list[str]
    stage: str = ""
    need: str
    lines: list[dict[str, Any]]
    beneficiaries: dict[str, Any] = {}
    partner: str = ""
    conditions: str = ""
    currency: str
    amount: int
    granted: int
    lacking: int


class PublicRequestsOut(BaseModel):
    """Published requests, newest first, and the licence under which they may be used."""

    items: list[PublicRequestOut]
    licence: str
