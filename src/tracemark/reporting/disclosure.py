"""What of a report is for everybody: without what is withheld, small numbers, and the people who worked on it."""

from collections.abc import Mapping
from dataclasses import replace

from tracemark.kernel import Plain
from tracemark.reporting.answers import ALL, Answer, number_of, rows_of
from tracemark.reporting.publications import LEAST
from tracemark.reporting.questionbook import NUMBER, AnswerKind, Question, questions
from tracemark.reporting.reports import Report
from tracemark.reporting.suppression import SUM, Key, suppressed


def public_report(report: Report) -> Report:
    """Return a report as everybody may read it.

    An answer that is not for publication has no value, note or reason, and stays `withheld`. Of numbers that a figure
    counts, or that are told by sex, those from 1 to below `LEAST` are None, with as many others as guard them within
    their answer. No account is named: it is submitted by its agency.
    """
    return replace(
        report,
        answers={name: _open(questions()[name], each) for name, each in report.answers.items()},
        drawn={},
        owners={},
        comments=(),
        steps=(),
        drafted_by="",
        signed_off_by="",
        submitted_by=report.authority,
        proposed_by="",
    )


def _open(question: Question, answer: Answer) -> Answer:
    if answer.withheld:
        return Answer(answer.question, None, answer.origin, withheld=True)
    return replace(answer, value=_guarded(question, answer.value), by="", on="")


def _guarded(question: Question, value: Plain) -> Plain:
    if not (question.figure or question.split == "sex"):
        return value
    if question.answer is AnswerKind.NUMBER and isinstance(value, Mapping):
        return _numbers(value)
    if question.answer is AnswerKind.TABLE and NUMBER in question.columns:
        return _rows(question, value)
    return value


def _numbers(value: Mapping[str, Plain]) -> Plain:
    parts: dict[Key, int] = {(each,): number_of(value, each) or 0 for each in value if each != ALL}
    hidden = suppressed(parts or {("",): number_of(value) or 0}, LEAST)
    return {part: None if ((SUM,) if part == ALL else (part,)) in hidden else number for part, number in value.items()}


def _rows(question: Question, value: Plain) -> Plain:
    """Withhold numbers of a table; one of more than two breakdowns is guarded by its first and all others together."""
    rows, columns = rows_of(value), [each for each in question.columns if each != NUMBER]
    keys = [_key([str(row.get(each, "")) for each in columns], place) for place, row in enumerate(rows)]
    hidden = suppressed({key: int(str(row.get(NUMBER, 0))) for key, row in zip(keys, rows, strict=True)}, LEAST)
    return [{**row, NUMBER: None} if key in hidden else dict(row) for key, row in zip(keys, rows, strict=True)]


def _key(cells: list[str], place: int) -> Key:
    """Tell rows apart that say the same, as somebody may have typed them."""
    if len(cells) == 1:
        return (f"{cells[0]}\x00{place}",)
    return cells[0], "\x00".join([*cells[1:], str(place)])
