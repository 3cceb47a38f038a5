"""What a report still lacks, and where it contradicts itself or the record."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from tracemark.kernel import Finding, Plain, cite
from tracemark.reporting.answers import ALL, Answer, Origin, number_of, part_of_share, rows_of, value_findings
from tracemark.reporting.editionbook import Asked, Edition
from tracemark.reporting.questionbook import NUMBER, AnswerKind, Question
from tracemark.reporting.reports import Report

_REPORT = cite("ITI 36")
_REMARKS = frozenset(
    {
        "reporting.unanswered",
        "reporting.condition_unanswered",
        "reporting.answered_not_asked",
        "reporting.differs_from_figure",
    }
)


@dataclass(frozen=True, slots=True)
class Check:
    """A finding on a question of a report. One that `stops` must be put right before it is signed off."""

    question: str
    finding: Finding

    @property
    def stops(self) -> bool:
        return self.finding.code not in _REMARKS


def check_report(report: Report, edition: Edition, today: date) -> list[Check]:
    """Return what there is to say against a report, in the order of the form. Source: PoA II.33."""
    waiting = Counter(filter(None, (_waits_for(report, edition, each) for each in edition.asked)))
    found = list[Check]()
    for asked in edition.asked:
        question = asked.question
        found += [Check(question.id, each) for each in _findings(report, asked, today)]
        if count := waiting[question.id]:
            facts: dict[str, Plain] = {"question": question.id, "count": count}
            found.append(Check(question.id, Finding("reporting.condition_unanswered", question.paragraph, facts)))
    return found


def _waits_for(report: Report, edition: Edition, asked: Asked) -> str:
    """Return the open question because of which nobody knows whether this one is asked, "" where that is known."""
    when = asked.question.when
    if report.asks(asked) or when is None or when.question in report.answers:
        return ""
    first = next(each for each in edition.asked if each.question.id == when.question)
    return _waits_for(report, edition, first) or first.question.id


def answer_findings(report: Report, question: Question, answer: Answer, today: date) -> Iterator[Finding]:
    """Yield what keeps an answer from being taken: it does not fit, or contradicts the record without saying why.

    Source: PoA II.33.
    """
    wrong = list(value_findings(question, answer, report.period, today))
    yield from wrong
    if not wrong and contradicts(report, question, answer) and not answer.note.strip():
        yield _contradiction("reporting.contradicts_record", report, question, answer)


def contradicts(report: Report, question: Question, answer: Answer) -> bool:
    """Whether somebody says another number than the record."""
    drawn = report.drawn.get(question.id)
    if drawn is None or answer.origin is Origin.FIGURE or answer.value is None:
        return False
    return answer.value != drawn.value


def _findings(report: Report, asked: Asked, today: date) -> Iterator[Finding]:
    question, put = asked.question, report.asks(asked)
    answer = report.answers.get(question.id)
    if not put and question.when and question.when.question not in report.answers:
        return
    if answer is None:
        if put:
            yield Finding("reporting.unanswered", question.paragraph, {"question": question.id})
        return
    if not put:
        yield Finding("reporting.answered_not_asked", question.paragraph, {"question": question.id})
        return
    if answer.origin is Origin.CARRIED:
        yield Finding("reporting.not_confirmed", _REPORT, {"question": question.id, "last": report.last_report})
    yield from answer_findings(report, question, answer, today)
    if contradicts(report, question, answer) and answer.note.strip():
        yield _contradiction("reporting.differs_from_figure", report, question, answer)


def _contradiction(code: str, report: Report, question: Question, answer: Answer) -> Finding:
    drawn = report.drawn[question.id]
    facts: dict[str, Plain] = {
        "question": question.id,
        "field": "value",
        "stated": _brief(question, answer.value, drawn.value),
        "drawn": _brief(question, drawn.value, answer.value),
        "figure": drawn.figure,
        "head": drawn.head.partition(".")[0],
    }
    return Finding(code, question.paragraph, facts)


def _brief(question: Question, value: Plain, other: Plain) -> Plain:
    """Return the total of a value; where the other comes to the same, its parts."""
    total = total_of(question, value)
    if total != total_of(question, other) or not isinstance(value, Mapping):
        return total
    return [f"{part}: {number}" for part, number in sorted(value.items()) if part != ALL]


def total_of(question: Question, value: Plain) -> int | str:
    """Return the number that an answer comes to; of a table, the sum of its rows; of a share, its text."""
    if question.answer is AnswerKind.SHARE:
        return part_of_share(value)
    if question.answer is AnswerKind.TABLE:
        return sum(int(str(each.get(NUMBER) or 0)) for each in rows_of(value))
    return number_of(value) or 0
