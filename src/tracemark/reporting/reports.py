from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from tracemark.kernel import PartialDate, Plain, fingerprint
from tracemark.recordkeeping import EventKind, Sealed, fold_steps
from tracemark.reporting.answers import Answer, Origin, read_answer, rows_of, texts_of
from tracemark.reporting.editionbook import Asked, Edition, Section, edition_of
from tracemark.reporting.periods import Period
from tracemark.reporting.questionbook import Condition, YesNo


@dataclass(frozen=True, slots=True)
class Comment:
    """What somebody said of a report, or of one of its questions."""

    question: str
    text: str
    by: str
    on: str


@dataclass(frozen=True, slots=True)
class ReportStep:
    """One event of a report's dossier: what was done, by whom and when."""

    kind: EventKind
    position: int
    by: str
    on: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """A report on one period, as its dossier tells it: drafted, signed_off, submitted, published; or withdrawn.

    `answers` go by canonical question, whatever the edition; `drawn` are the last answers that figures gave, kept also
    where somebody said otherwise. `owners` go by section. `head` is the record, SIZE.ROOT, when it was submitted, and
    `frozen` the fingerprint of what was submitted. `proposed_by` proposed to publish it, from the day `public_from` on
    (ISO, "" at once).
    """

    name: str
    form: str
    edition: str
    period: Period
    authority: str
    drafted_by: str
    drafted_on: str
    standing: str = "drafted"
    due: str = ""
    last_report: str = ""
    answers: Mapping[str, Answer] = field(default_factory=dict)
    drawn: Mapping[str, Answer] = field(default_factory=dict)
    owners: Mapping[str, str] = field(default_factory=dict)
    comments: tuple[Comment, ...] = ()
    steps: tuple[ReportStep, ...] = ()
    signed_off_by: str = ""
    signed_off_on: str = ""
    submitted_by: str = ""
    submitted_on: str = ""
    head: str = ""
    frozen: str = ""
    proposed_by: str = ""
    public_from: str = ""
    published_on: str = ""

    @property
    def open(self) -> bool:
        """Whether it can still be answered."""
        return self.standing in ("drafted", "signed_off")

    @property
    def final(self) -> bool:
        """Whether it was submitted."""
        return self.standing in ("submitted", "published")

    @property
    def published_at(self) -> int:
        """The position in the record at which it was last published, -1 where it never was."""
        return max((each.position for each in self.steps if each.kind is EventKind.REPORT_PUBLISHED), default=-1)

    @property
    def writers(self) -> frozenset[str]:
        """The accounts that drafted it or gave one of its answers."""
        return frozenset({self.drafted_by, *(each.by for each in self.answers.values())})

    def in_edition(self, edition: str = "") -> Edition:
        """Return the form it is laid out in: its own edition, or another, to which answers go by canonical question.

        Raises:
            NoSuchEdition: there is none.
        """
        return edition_of(self.form, edition or self.edition)

    def asks(self, asked: Asked) -> bool:
        """Whether a question is put, as earlier answers stand."""
        return self._met(asked.question.when)

    def sections(self, edition: Edition) -> Iterator[tuple[Section, list[tuple[Asked, Answer | None]]]]:
        """Yield each section of an edition with the questions that are put, and their answers."""
        for section in edition.sections:
            yield section, [(each, self.answers.get(each.question.id)) for each in section.asked if self.asks(each)]

    def progress(self, edition: Edition) -> tuple[int, int]:
        """Return how many of the questions that are put are answered, and how many there are."""
        answers = [answer for _, each in self.sections(edition) for _, answer in each]
        return sum(each is not None and each.origin is not Origin.CARRIED for each in answers), len(answers)

    def sum(self) -> str:
        """Return the fingerprint of all that it answers."""
        told: dict[str, Plain] = {
            "report": self.name,
            "form": self.form,
            "edition": self.edition,
            "first": self.period.first.isoformat(),
            "last": self.period.last.isoformat(),
            "answers": [self.answers[each].plain() for each in sorted(self.answers)],
        }
        return fingerprint(told)

    def _met(self, condition: Condition | None) -> bool:
        if condition is None:
            return True
        answer = self.answers.get(condition.question)
        if answer is None:
            return False
        if condition.among:
            return condition.wanted in texts_of(answer.value)
        return answer.value == condition.wanted if condition.wanted else answer.value in (YesNo.YES, YesNo.IN_PROGRESS)


def report_of(name: str, events: Iterable[Sealed]) -> Report:
    """Fold a report's events into what is true of it now.

    Raises:
        KeyError: none of the events opens it.
    """
    return fold_steps(name, events, _drafted, _after)


def _drafted(sealed: Sealed, details: Mapping[str, Any]) -> Report:
    event = sealed.event
    first, last = (PartialDate.parse(details[each]) for each in ("period_first", "period_last"))
    return Report(
        name=details["dossier"],
        form=details["form"],
        edition=details["edition"],
        period=Period(first.first, last.last),
        authority=event.authority,
        drafted_by=event.by,
        drafted_on=str(event.happened),
        due=details.get("due", ""),
        last_report=details.get("last_report", ""),
        steps=(_step(sealed, details),),
    )


def _step(sealed: Sealed, details: Mapping[str, Any]) -> ReportStep:
    event = sealed.event
    note = str(details.get("note") or details.get("reason") or "")
    return ReportStep(event.kind, sealed.position, event.by, str(event.happened), note)


def _after(known: Report, sealed: Sealed, details: Mapping[str, Any]) -> Report:
    event, on = sealed.event, str(sealed.event.happened)
    if event.kind is EventKind.REPORT_ANSWERED:
        known = _answered(known, details["answers"], event.by, on)
    told: dict[EventKind, dict[str, Any]] = {
        EventKind.REPORT_ANSWERED: {"standing": "drafted", "signed_off_by": "", "signed_off_on": ""},
        EventKind.REPORT_SECTION_ASSIGNED: {
            "owners": {**known.owners, details.get("section", ""): details.get("owner", "")}
        },
        EventKind.REPORT_COMMENTED: {
            "comments": (*known.comments, Comment(details.get("question", ""), details.get("note", ""), event.by, on))
        },
        EventKind.REPORT_SIGNED_OFF: {"standing": "signed_off", "signed_off_by": event.by, "signed_off_on": on},
        EventKind.REPORT_SUBMITTED: {
            "standing": "submitted",
            "submitted_by": event.by,
            "submitted_on": on,
            "head": details.get("head", ""),
            "frozen": details.get("fingerprint", ""),
        },
        EventKind.REPORT_PUBLICATION_PROPOSED: {
            "proposed_by": event.by,
            "public_from": details.get("public_from", ""),
        },
        EventKind.REPORT_PUBLISHED: {"standing": "published", "published_on": on},
        EventKind.REPORT_TAKEN_BACK: {
            "standing": "submitted",
            "proposed_by": "",
            "public_from": "",
            "published_on": "",
        },
        EventKind.REPORT_WITHDRAWN: {"standing": "withdrawn"},
    }
    return replace(known, steps=(*known.steps, _step(sealed, details)), **told.get(event.kind, {}))


def _answered(known: Report, told: Iterable[Mapping[str, Any]], by: str, on: str) -> Report:
    answers, drawn = dict(known.answers), dict(known.drawn)
    for each in told:
        answer = read_answer(each, by, on)
        before = answers.get(answer.question)
        if each.get("continues") and before:
            answer = replace(answer, value=[*rows_of(before.value), *rows_of(answer.value)])
        answers[answer.question] = answer
        if answer.origin is Origin.FIGURE:
            drawn[answer.question] = answer
    return replace(known, answers=answers, drawn=drawn)
