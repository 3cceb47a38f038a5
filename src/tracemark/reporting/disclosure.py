"""What of a report is for everybody: without what is withheld, small numbers, and the people who worked on it."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from tracemark.kernel import Plain
from tracemark.reporting.answers import ALL, Answer, number_of, part_of_share, rows_of
from tracemark.reporting.differencing import (
    Conditions,
    Known,
    Told,
    ToldTable,
    share_tells,
    suppressed_together,
    told_of,
)
from tracemark.reporting.figurebook import figures
from tracemark.reporting.publications import LEAST
from tracemark.reporting.questionbook import NUMBER, PARTS_OF_SEXES, AnswerKind, OfIndicator, Question, questions
from tracemark.reporting.reports import Report
from tracemark.reporting.suppression import SUM, Key

_SEXES = {part: sex for sex, part in PARTS_OF_SEXES.items()}


@dataclass(frozen=True, slots=True)
class Disclosure:
    """A report and its numbers that are guarded, by question, with the keys of each that are not for everybody.

    `known` is what had been published in its period before it was.
    """

    report: Report
    known: Known
    tables: Mapping[str, ToldTable]
    hidden: Mapping[str, frozenset[Key]]

    def numbers(self) -> Iterator[tuple[Told, int | None, int]]:
        """Yield of each number what it is of, what everybody reads, None where it is withheld, and what it is."""
        for name, table in self.tables.items():
            numbers = table.numbers()
            for key, of in table.keys().items():
                yield of, None if key in self.hidden[name] else numbers[key], numbers[key]

    def public(self) -> Report:
        """Return the report as everybody may read it.

        An answer that is not for publication has no value, note or reason, and stays `withheld`. Of numbers that a
        figure counts, or that are told by sex, those from 1 to below `LEAST` are None, with as many others as guard
        them within their answer, beside the other answers, and beside what is known. No account is named: it is
        submitted by its agency.
        """
        known = {of: self.known.numbers[of] for of in self.known.shown}
        whole = known | {of: number for of, number, _ in self.numbers() if number is not None and number >= LEAST}
        return replace(
            self.report,
            answers={
                name: _open(questions()[name], each, self.hidden.get(name, ()), whole)
                for name, each in self.report.answers.items()
            },
            drawn={},
            owners={},
            comments=(),
            steps=(),
            drafted_by="",
            signed_off_by="",
            submitted_by=self.report.authority,
            proposed_by="",
        )

    def shares(self) -> dict[str, Decimal]:
        """Return the percentages that everybody reads, by figure."""
        told: dict[str, Decimal] = {}
        for name, answer in self.public().answers.items():
            asked = questions()[name]
            share = part_of_share(answer.value) if asked.answer is AnswerKind.SHARE else ""
            if share and asked.figure and figures()[asked.figure].parts:
                told[asked.figure] = Decimal(share)
        return told


def disclosure_of(report: Report, known: Known) -> Disclosure:
    """Tell which numbers of a report are not for everybody, where this is known already."""
    told = {name: table for name, each in report.answers.items()
            if (table := _told(questions()[name], each)) is not None}  # fmt: skip
    hidden = suppressed_together(list(told.values()), LEAST, known)
    return Disclosure(report, known, told, dict(zip(told, hidden, strict=True)))


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
