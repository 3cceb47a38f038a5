import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Any, cast

from tracemark.kernel import Finding, Plain
from tracemark.reporting.periods import Period
from tracemark.reporting.questionbook import NUMBER, SEXES, AnswerKind, Question, YesNo

ALL = "all"
"""The part of a number that is the whole."""

_OTHER = "other"
_FINGERPRINT = re.compile(r"[0-9a-f]{64}")
_PART = re.compile(r"([a-z0-9]+)\s*=\s*(\d+)")
_SHARE = re.compile(r"(?:([a-z0-9]+)\s*=\s*)?(\d{1,3}(?:\.\d+)?)\s*%?")
_LARGEST = 2**53 - 1
_EARLIEST = date(1900, 1, 1)
_PLACES, _WHOLE = Decimal("0.01"), Decimal(100)


class Origin(StrEnum):
    """Where an answer comes from. What is carried over from the last report waits for somebody to confirm it."""

    TYPED = "typed"
    FIGURE = "figure"
    CARRIED = "carried"


@dataclass(frozen=True, slots=True)
class Answer:
    """What a report says to a question.

    `value` is, by the kind of the question, a word, numbers by part (`all` is the whole), percentages by part as text,
    text, a list of options, a list of rows, an ISO day or a list of SHA-256; None where none can be given, for the
    `reason` told. `figure` and `head` say what it was drawn from, and at which record. One that is `withheld` is not
    for publication.
    """

    question: str
    value: Plain
    origin: Origin = Origin.TYPED
    note: str = ""
    reason: str = ""
    figure: str = ""
    head: str = ""
    by: str = ""
    on: str = ""
    withheld: bool = False

    def plain(self) -> dict[str, Plain]:
        """As the record and JSON say it; what is empty is left out."""
        texts = {"note": self.note, "reason": self.reason, "figure": self.figure, "head": self.head}
        told: dict[str, Plain] = {"question": self.question, "value": self.value, "origin": self.origin.value}
        told |= {name: text for name, text in texts.items() if text}
        return told | ({"withheld": True} if self.withheld else {})


def read_answer(told: Mapping[str, Any], by: str = "", on: str = "") -> Answer:
    """Read an answer as `plain` writes it."""
    texts = {name: str(told.get(name, "")) for name in ("note", "reason", "figure", "head")}
    withheld = bool(told.get("withheld"))
    return Answer(told["question"], told["value"], Origin(told["origin"]), by=by, on=on, withheld=withheld, **texts)


def typed_value(question: Question, text: str) -> Plain:
    """Read a value as it is typed: `yes`, `12`, `women=3 men=4`, `41.5`, options with commas between, rows as JSON.

    What cannot be read is returned as it is; `value_findings` says why it does not fit.
    """
    told = text.strip()
    if question.answer is AnswerKind.NUMBER:
        return _numbers(told)
    if question.answer is AnswerKind.SHARE:
        return _shares(told)
    if question.answer in (AnswerKind.OPTIONS, AnswerKind.FILE):
        return [each.strip() for each in told.split(",") if each.strip()]
    if question.answer is AnswerKind.TABLE:
        try:
            return cast("Plain", json.loads(told))
        except ValueError:
            return told
    return told


def value_findings(question: Question, answer: Answer, period: Period, today: date) -> Iterator[Finding]:
    """Yield what keeps a value from being an answer to a question: its shape, its parts, a day that never was."""
    if answer.value is None:
        if not answer.reason.strip():
            yield _finding("reporting.answer_reason_missing", question)
        return
    yield from _CHECKS[question.answer](question, answer, period, today)


def number_of(value: Plain, part: str = ALL) -> int | None:
    """Return a part of a number, None where it is not told."""
    found = value.get(part) if isinstance(value, Mapping) else None
    return found if isinstance(found, int) else None


def part_of_share(value: Plain, part: str = ALL) -> str:
    """Return a part of a share as text, "" where it is not told."""
    return str(value.get(part) or "") if isinstance(value, Mapping) else ""


def rows_of(value: Plain) -> list[Mapping[str, Plain]]:
    """Return the rows of a table."""
    return [each for each in value if isinstance(each, Mapping)] if isinstance(value, list | tuple) else []


def texts_of(value: Plain) -> list[str]:
    """Return the options or fingerprints of an answer."""
    return [str(each) for each in value] if isinstance(value, list | tuple) else []


def parts_of(question: Question, period: Period) -> tuple[str, ...]:
    """Return the parts in which a number is told: years of the period, or sexes."""
    if question.split == "year":
        return tuple(str(year) for year in range(period.first.year, period.last.year + 1))
    return SEXES if question.split == "sex" else ()


def _numbers(told: str) -> Plain:
    if told.isdecimal():
        return {ALL: int(told)}
    parts = {name: int(number) for name, number in _PART.findall(told)}
    rest = _PART.sub("", told).replace(",", "").strip()
    if not parts or rest:
        return told
    return {ALL: sum(parts.values()), **parts} if ALL not in parts else cast("Plain", parts)


def share_text(number: Decimal) -> str:
    """Return a percentage as answers keep it: with two places."""
    return str(number.quantize(_PLACES))


def _shares(told: str) -> Plain:
    parts = {name or ALL: share_text(Decimal(number)) for name, number in _SHARE.findall(told)}
    return told if not parts or _SHARE.sub("", told).replace(",", "").strip() else cast("Plain", parts)


def _word(question: Question, answer: Answer, *_: object) -> Iterator[Finding]:
    if answer.value not in tuple(YesNo):
        yield _finding("reporting.not_yes_or_no", question, given=str(answer.value))


def _number(question: Question, answer: Answer, period: Period, _: date) -> Iterator[Finding]:
    value, known = answer.value, parts_of(question, period)
    if not isinstance(value, Mapping) or not all(map(_counts, value.values())):
        yield _finding("reporting.not_a_number", question, given=str(value))
        return
    if strange := sorted(value.keys() - {ALL, *known}):
        yield _finding("reporting.no_such_part", question, parts=strange, known=list(known))
        return
    parts = [cast("int", value[each]) for each in known if each in value]
    if ALL not in value or (parts and sum(parts) != value[ALL]):
        yield _finding("reporting.parts_do_not_add_up", question, total=value.get(ALL, 0), sum=sum(parts))
    elif question.split == "sex" and value[ALL] and not parts and not answer.note.strip():
        yield _finding("reporting.sex_missing", question)


def _share(question: Question, answer: Answer, period: Period, _: date) -> Iterator[Finding]:
    value = answer.value
    if not isinstance(value, Mapping) or not value or not all(map(_is_share, value.values())):
        yield _finding("reporting.not_a_share", question, given=str(value))
    elif strange := sorted(value.keys() - {ALL, *parts_of(question, period)}):
        yield _finding("reporting.no_such_part", question, parts=strange, known=list(parts_of(question, period)))


def _is_share(number: object) -> bool:
    told = _SHARE.fullmatch(number) if isinstance(number, str) else None
    return bool(told and not told[1] and Decimal(told[2]) <= _WHOLE)


def _counts(number: object) -> bool:
    return isinstance(number, int) and not isinstance(number, bool) and 0 <= number <= _LARGEST


def _text(question: Question, answer: Answer, *_: object) -> Iterator[Finding]:
    if not isinstance(answer.value, str) or not answer.value.strip():
        yield _finding("reporting.text_missing", question)


def _options(question: Question, answer: Answer, *_: object) -> Iterator[Finding]:
    given = texts_of(answer.value)
    strange: list[Plain] = [each for each in given if each not in question.options]
    if strange or not given:
        yield _finding("reporting.option_unknown", question, given=strange, known=list(question.options))
    elif _OTHER in given and not answer.note.strip():
        yield _finding("reporting.other_unexplained", question)


def _table(question: Question, answer: Answer, _: Period, today: date) -> Iterator[Finding]:
    rows = rows_of(answer.value)
    if not isinstance(answer.value, list | tuple) or len(rows) != len(answer.value):
        yield _finding("reporting.not_rows", question, columns=list(question.columns))
        return
    for place, row in enumerate(rows, 1):
        if strange := sorted(row.keys() - set(question.columns)):
            yield _finding("reporting.column_unknown", question, row=place, columns=strange)
        if NUMBER in row and not str(row[NUMBER]).isdecimal():
            yield _finding("reporting.not_a_number", question, given=str(row[NUMBER]))
        blank: list[Plain] = [each for each in _OF_PERSONS if each in question.columns and not row.get(each)]
        if blank and row.get(NUMBER) and not answer.note.strip():
            yield _finding("reporting.persons_untold", question, row=place, columns=blank)
        if row.get("date"):
            yield from _day_findings(question, str(row["date"]), None if "baseline" in question.columns else today)


def _date(question: Question, answer: Answer, _: Period, today: date) -> Iterator[Finding]:
    yield from _day_findings(question, str(answer.value), today)


def _day_findings(question: Question, text: str, latest: date | None) -> Iterator[Finding]:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        yield _finding("reporting.no_such_day", question, given=text)
        return
    if day < _EARLIEST or (latest and day > latest + timedelta(days=1)):
        yield _finding("reporting.day_out_of_reach", question, given=text)


def _file(question: Question, answer: Answer, *_: object) -> Iterator[Finding]:
    given = texts_of(answer.value)
    if not given or not all(_FINGERPRINT.fullmatch(each) for each in given):
        yield _finding("reporting.no_fingerprint", question)


def _finding(code: str, question: Question, /, **facts: Plain) -> Finding:
    return Finding(code, question.paragraph, {"question": question.id, "field": "value", **facts})


_OF_PERSONS = ("sex", "age_band")
_Check = Callable[[Question, Answer, Period, date], Iterator[Finding]]
_CHECKS: Mapping[AnswerKind, _Check] = {
    AnswerKind.YES_NO: _word,
    AnswerKind.NUMBER: _number,
    AnswerKind.SHARE: _share,
    AnswerKind.TEXT: _text,
    AnswerKind.OPTIONS: _options,
    AnswerKind.TABLE: _table,
    AnswerKind.DATE: _date,
    AnswerKind.FILE: _file,
}
