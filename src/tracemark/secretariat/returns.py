import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from tracemark.kernel import Citation, Finding, Plain, Refused, cite
from tracemark.reporting import (
    NATIONAL,
    Answer,
    AnswerKind,
    DueReport,
    DueState,
    Period,
    Report,
    due_reports,
    edition_of,
    questions,
    read_answer,
)
from tracemark.secretariat.shapes import FINGERPRINT, HEAD, shaped

REPORT_TYPE = "tracemark.submitted-report/1"
"""What a message with a submitted report says that it is."""

_NAME = re.compile(r"NR-[0-9]{4}-[0-9]{6}")


class ReportUnfit(Refused):
    """What came is no submitted report, or not the one whose fingerprint it bears."""


@dataclass(frozen=True, slots=True)
class StateReport:
    """A report that a State submitted."""

    state: str
    report: Report


@dataclass(frozen=True, slots=True)
class OwedReturn:
    """What a State owes, or gave, on one day on which a form is due."""

    state: str
    due: DueReport


@dataclass(frozen=True, slots=True)
class CommitmentRow:
    """A commitment across States: by State what each of its reports answers, the earliest period first.

    An answer is yes, no, in_progress, or "" where a report that was asked gave none; a State that reported nothing is
    in no column.
    """

    question: str
    paragraph: Citation
    answers: Mapping[str, tuple[tuple[Period, str], ...]]

    def latest(self, state: str) -> str | None:
        """What the last report of a State answers; None where it has none that was asked."""
        told = self.answers.get(state)
        return told[-1][1] if told else None

    def change(self, state: str) -> int:
        """Return 1 where a State came nearer since its report before, -1 where it fell back, else 0."""
        told = [_STEPS[answer] for _, answer in self.answers.get(state, ())][-2:]
        return 0 if len(told) < 2 else (told[1] > told[0]) - (told[1] < told[0])  # noqa: PLR2004 - two to compare


_STEPS = {"": 0, "no": 0, "in_progress": 1, "yes": 2}


def shared_report(report: Report) -> dict[str, Plain]:
    """Return what the world is told of a submitted report: its answers by canonical question, and nothing of drafting.

    Raises:
        ValueError: it was not submitted.
    """
    if not report.final:
        raise ValueError(report.standing)
    return {
        "report": report.name,
        "form": report.form,
        "edition": report.edition,
        "first": report.period.first.isoformat(),
        "last": report.period.last.isoformat(),
        "submitted_on": report.submitted_on,
        "head": report.head,
        "fingerprint": report.frozen,
        "answers": [report.answers[each].plain() for each in sorted(report.answers)],
    }


def read_report(state: str, told: Mapping[str, Any]) -> StateReport:
    """Read a report that a State submitted, and reckon its fingerprint anew.

    Raises:
        ReportUnfit: it is none, in no edition that is known, or its fingerprint is of another.
    """
    try:
        report = _read(told)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise _unfit("secretariat.report_unfit", state, told, why=str(error)[:200]) from None
    if report.sum() != report.frozen:
        raise _unfit("secretariat.report_altered", state, told)
    return StateReport(state, report)


def owed_returns(states: Collection[str], told: Iterable[StateReport], form: str, today: date) -> list[OwedReturn]:
    """Return how each State stands with a form, the earliest day first: what was due of late, and what is next."""
    by_state: dict[str, list[Report]] = {state: [] for state in sorted(states)}
    for each in told:
        by_state.get(each.state, []).append(each.report)
    found = [OwedReturn(state, due) for state, known in by_state.items() for due in due_reports(known, today)]
    wanted = [each for each in found if each.due.form == form]
    return sorted(wanted, key=lambda each: (each.due.on, each.due.state is not DueState.OWED, each.state))


def commitment_rows(told: Iterable[StateReport], form: str = NATIONAL) -> list[CommitmentRow]:
    """Lay every question of yes or no across States and cycles, in the order in which they are asked.

    A report speaks of a question only where its edition asks it and its other answers lead there.
    """
    ordered = sorted((each for each in told if each.report.form == form), key=lambda each: each.report.period.last)
    found: dict[str, dict[str, list[tuple[Period, str]]]] = {}
    for each in ordered:
        for question, answer in _asked(each.report):
            cells = found.setdefault(question, {}).setdefault(each.state, [])
            cells[:] = [*(cell for cell in cells if cell[0] != each.report.period), (each.report.period, answer)]
    return [
        CommitmentRow(name, known.paragraph, {state: tuple(cells) for state, cells in found[name].items()})
        for name, known in questions().items()
        if name in found
    ]


def _asked(report: Report) -> Iterable[tuple[str, str]]:
    for _, put in report.sections(edition_of(report.form, report.edition)):
        for asked, answer in put:
            if asked.question.answer is AnswerKind.YES_NO:
                yield asked.question.id, str(answer.value or "") if answer else ""


def _read(told: Mapping[str, Any]) -> Report:
    edition = edition_of(told["form"], told["edition"])
    answers = [_answer(each) for each in told["answers"]]
    return Report(
        name=shaped(_NAME, told["report"]),
        form=edition.form,
        edition=edition.edition,
        period=Period(date.fromisoformat(told["first"]), date.fromisoformat(told["last"])),
        authority="",
        drafted_by="",
        drafted_on="",
        standing="submitted",
        answers={each.question: each for each in answers},
        submitted_on=date.fromisoformat(told["submitted_on"]).isoformat(),
        head=shaped(HEAD, told["head"]),
        frozen=shaped(FINGERPRINT, told["fingerprint"]),
    )


def _answer(told: Mapping[str, Any]) -> Answer:
    if told["question"] not in questions():
        raise ValueError(f"question: {told['question']!r:.80}")
    return read_answer(told)


def _unfit(code: str, state: str, told: Mapping[str, Any], **facts: Plain) -> ReportUnfit:
    named: dict[str, Plain] = {"state": state, "report": str(told.get("report", ""))[:80], **facts}
    return ReportUnfit([Finding(code, cite("PoA II.33"), named)])
