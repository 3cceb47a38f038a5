"""What of a report is for everybody: without what is withheld, small numbers, and the people who worked on it."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from decimal import Decimal

from tracemark.kernel import Plain
from tracemark.reporting.answers import ALL, Answer, number_of, part_of_share, rows_of
from tracemark.reporting.differencing import Conditions, Told, ToldTable, share_tells, suppressed_together, told_of
from tracemark.reporting.figurebook import figures
from tracemark.reporting.publications import LEAST
from tracemark.reporting.questionbook import NUMBER, PARTS_OF_SEXES, AnswerKind, OfIndicator, Question, questions
from tracemark.reporting.reports import Report
from tracemark.reporting.suppression import SUM, Key

_SEXES = {part: sex for sex, part in PARTS_OF_SEXES.items()}


def public_report(report: Report) -> Report:
    """Return a report as everybody may read it.

    An answer that is not for publication has no value, note or reason, and stays `withheld`. Of numbers that a figure
    counts, or that are told by sex, those from 1 to below `LEAST` are None, with as many others as guard them within
    their answer and beside the other answers. No account is named: it is submitted by its agency.
    """
    told = {name: table for name, each in report.answers.items()
            if (table := _told(questions()[name], each)) is not None}  # fmt: skip
    hidden = dict(zip(told, suppressed_together(list(told.values()), LEAST), strict=True))
    open_numbers = {of: number for name, table in told.items() for key, of in table.keys().items()
                    if key not in hidden[name] and (number := table.numbers()[key]) >= LEAST}  # fmt: skip
    return replace(
        report,
        answers={
            name: _open(questions()[name], each, hidden.get(name, ()), open_numbers)
            for name, each in report.answers.items()
        },
        drawn={},
        owners={},
        comments=(),
        steps=(),
        drafted_by="",
        signed_off_by="",
        submitted_by=report.authority,
        proposed_by="",
    )


def _told(question: Question, answer: Answer) -> ToldTable | None:
    """Return the numbers of an answer that are guarded; None where there are none."""
    value = answer.value
    if not (question.figure or question.split == "sex"):
        return None
    if question.answer is AnswerKind.NUMBER and isinstance(value, Mapping):
        parts: dict[Key, int] = {(each,): number_of(value, each) or 0 for each in value if each != ALL}
        asked = {each: _asked(question.split, each) for (each,) in parts}
        return ToldTable(_figure(question), parts or {("",): number_of(value) or 0}, (asked,), answer.withheld)
    if question.answer is AnswerKind.TABLE and NUMBER in question.columns:
        return _table(question, answer)
    return None


def _table(question: Question, answer: Answer) -> ToldTable:
    """Guard a table of more than two breakdowns by its first and all others together."""
    cells: dict[Key, int] = {}
    asked: tuple[dict[str, Conditions], dict[str, Conditions]] = ({}, {})
    for key, row in _keyed(question, answer.value):
        cells[key] = int(str(row.get(NUMBER, 0)))
        of = [_asked(column, str(row.get(column, ""))) for column in question.columns if column != NUMBER]
        asked[0][key[0]] = of[0]
        if len(key) > 1:
            asked[1][key[1]] = frozenset[tuple[str, str]]().union(*of[1:])
    return ToldTable(_figure(question), cells, asked, answer.withheld)


def _figure(question: Question) -> str:
    """Name what an answer counts; what no figure counts is of its own kind."""
    if question.indicator not in (None, OfIndicator.COUNTED):
        return question.id
    return question.figure or question.id


def _asked(column: str, part: str) -> Conditions:
    return frozenset({(column, _SEXES.get(part, part) if column == "sex" else part)})


def _open(question: Question, answer: Answer, hidden: Collection[Key], open_numbers: Mapping[Told, int]) -> Answer:
    if answer.withheld:
        return Answer(answer.question, None, answer.origin, withheld=True)
    value = answer.value
    if question.answer is AnswerKind.NUMBER and isinstance(value, Mapping):
        value = {part: None if ((SUM,) if part == ALL else (part,)) in hidden else told for part, told in value.items()}
    elif question.answer is AnswerKind.TABLE and hidden:
        value = [{**row, NUMBER: None} if key in hidden else dict(row) for key, row in _keyed(question, value)]
    elif question.answer is AnswerKind.SHARE and isinstance(value, Mapping) and question.figure:
        value = {part: None if _betrays(question, value, part, open_numbers) else told for part, told in value.items()}
    return replace(answer, value=value, by="", on="")


def _betrays(question: Question, value: Plain, part: str, open_numbers: Mapping[Told, int]) -> bool:
    """Whether a share of a number that is public tells a small number, or how many are left of it."""
    parts = figures()[question.figure].parts
    asked = frozenset[tuple[str, str]]() if part == ALL else _asked(question.split, part)
    whole = open_numbers.get(told_of(parts[1], asked)) if parts else None
    if whole is None or not part_of_share(value, part):
        return False
    return share_tells(whole, Decimal(part_of_share(value, part)), LEAST)


def _keyed(question: Question, value: Plain) -> list[tuple[Key, Mapping[str, Plain]]]:
    """Return the rows of a table with their keys; what somebody typed twice has two."""
    columns = [each for each in question.columns if each != NUMBER]
    found: dict[Key, Mapping[str, Plain]] = {}
    for place, row in enumerate(rows_of(value)):
        first, *rest = (str(row.get(each, "")) for each in columns)
        key: Key = (first, "\x00".join(rest)) if rest else (first,)
        found[key if key not in found else (*key[:-1], f"{key[-1]}\x00{place}")] = row
    return list(found.items())
