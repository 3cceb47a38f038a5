from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from tracemark.kernel import PartialDate, Plain
from tracemark.reporting import ALL, NUMBER, SEXES, AnswerKind, Question, number_of, part_of_share, rows_of, texts_of
from tracemark.wording.breakdowns import cell_text
from tracemark.wording.measures import percentage_text
from tracemark.wording.sentences import date_text, isolated, number_text, sentence


@dataclass(frozen=True, slots=True)
class AnswerTable:
    """A table of an answer, in words: the heads of its columns, and its rows."""

    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def question_title(question: str, *, to: str = "en") -> str:
    """Say a question of a form."""
    return sentence(f"reporting.question_{question}", to=to)


def answer_lines(question: Question, value: Plain, *, to: str = "en") -> list[str]:
    """Say a value in lines; one that is a table in none, see `answer_table`."""
    if question.answer is AnswerKind.NUMBER:
        return _numbers(value, to)
    if question.answer is AnswerKind.SHARE:
        return _shares(value, to)
    if question.answer is AnswerKind.OPTIONS:
        return [sentence(f"reporting.option_{each}", to=to) for each in texts_of(value)]
    if question.answer in (AnswerKind.FILE, AnswerKind.TABLE):
        return texts_of(value) if question.answer is AnswerKind.FILE else []
    return _lines(question, str(value), to)


def answer_table(
    question: Question, value: Plain, agencies: Mapping[str, str] | None = None, *, to: str = "en"
) -> AnswerTable | None:
    """Say a value that is a table; None where the question asks for none."""
    if question.answer is not AnswerKind.TABLE:
        return None
    heads = tuple(sentence(f"reporting.table_{each}", to=to) for each in question.columns)
    rows = (
        tuple(_cell(question, each, row.get(each, ""), agencies or {}, to) for each in question.columns)
        for row in rows_of(value)
    )
    return AnswerTable(heads, tuple(rows))


def answer_text(question: Question, value: Plain, agencies: Mapping[str, str] | None = None, *, to: str = "en") -> str:
    """Say a value in one line, a table by its rows."""
    if value is None:
        return sentence("reporting.none_given", to=to)
    comma = sentence("wording.list_comma", to=to)
    table = answer_table(question, value, agencies, to=to)
    lines: Sequence[str] = [comma.join(row) for row in table.rows] if table else answer_lines(question, value, to=to)
    return "; ".join(lines) if table else comma.join(lines)


def _lines(question: Question, text: str, to: str) -> list[str]:
    if question.answer is AnswerKind.YES_NO:
        return [sentence(f"reporting.answer_{text}", to=to)]
    if question.answer is AnswerKind.DATE:
        return [date_text(PartialDate.parse(text), to=to)]
    return [isolated(line, to=to) for line in text.splitlines() if line.strip()]


def _numbers(value: Plain, to: str) -> list[str]:
    told = value if isinstance(value, Mapping) else {}
    whole = _told(value, ALL, to)
    if len(told) <= 1:
        return [whole]
    names = [*(each for each in SEXES if each in told), *sorted(told.keys() - {ALL, *SEXES})]
    parts = [f"{_part(each, to)}: {_told(value, each, to)}" for each in names]
    return [*parts, f"{_part(ALL, to)}: {whole}"]


def _told(value: Plain, part: str, to: str) -> str:
    """Say a part of a number; one that is there and tells nothing is withheld."""
    number = number_of(value, part)
    if number is None and isinstance(value, Mapping) and part in value:
        return sentence("reporting.withheld_number", to=to)
    return number_text(number or 0, to=to)


def _shares(value: Plain, to: str) -> list[str]:
    told = value if isinstance(value, Mapping) else {}
    shares = {name: percentage_text(Decimal(share), to=to) if (share := part_of_share(told, name))
              else sentence("reporting.withheld_number", to=to) for name in sorted(told)}  # fmt: skip
    if list(shares) == [ALL]:
        return [shares[ALL]]
    return [f"{_part(name, to)}: {shares[name]}" for name in sorted(shares, key=lambda each: (each == ALL, each))]


def _part(name: str, to: str) -> str:
    return name if name.isdecimal() else sentence(f"reporting.part_{name}", to=to)


def _cell(question: Question, column: str, value: Plain, agencies: Mapping[str, str], to: str) -> str:
    if column == NUMBER and value is None:
        return sentence("reporting.withheld_number", to=to)
    if column == NUMBER:
        return number_text(int(str(value)), to=to) if str(value).isdecimal() else str(value)
    if question.figure:
        return cell_text(column, str(value), agencies, to=to)
    return isolated(str(value), to=to)
