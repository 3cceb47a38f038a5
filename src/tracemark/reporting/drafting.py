"""What a draft begins with: figures drawn from the record, and what the last report said."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from tracemark.kernel import Plain, canonical_bytes
from tracemark.reporting.answers import ALL, Answer, Origin, parts_of
from tracemark.reporting.drawing import Drawing, Drawn
from tracemark.reporting.editionbook import Edition
from tracemark.reporting.figurebook import figures
from tracemark.reporting.indicators import Cell, Result, Terms, counts_of, is_counted, share_of, succeeds
from tracemark.reporting.periods import Period
from tracemark.reporting.questionbook import NUMBER, PARTS_OF_SEXES, AnswerKind, OfIndicator, Question
from tracemark.reporting.reports import Report
from tracemark.reporting.statements import Counts, statistics

_MOST_BYTES = 40_000
_MOST_ROWS = 300


@dataclass(frozen=True, slots=True)
class Difference:
    """An answer that is not what the last report said; `was` is None where that said nothing."""

    question: Question
    was: Plain
    now: Plain


@dataclass(frozen=True, slots=True)
class Redraw:
    """A figure of a report drawn a second time, beside what it was."""

    question: Question
    was: Plain
    now: Plain

    @property
    def same(self) -> bool:
        return self.was == self.now


def drawn_answers(edition: Edition, drawing: Drawing) -> Iterator[Answer]:
    """Yield the answers that figures give to an edition's questions; a figure that is not available gives none.

    Raises:
        FigureFailed: a figure's query cannot be answered.
    """
    for asked in edition.asked:
        question = asked.question
        if question.figure:
            drawn = drawing.draw(question.figure, question.by)
            value = drawn_value(question, drawn, drawing.period) if drawn.available else None
            if value is not None:
                # Numbers of persons that were stated without sex or age say why, here as there.
                why = "; ".join(drawing.reasons(question.figure))
                yield Answer(question.id, value, Origin.FIGURE, note=why, figure=question.figure, head=drawn.head)


def drawn_value(question: Question, drawn: Drawn, period: Period) -> Plain:
    """Return what a figure says as the value of a question: rows of a table, or numbers or shares by part.

    None where a share has no whole.
    """
    if question.indicator:
        return _of_indicator(question.indicator, counts_of(drawn), period)
    if question.answer is AnswerKind.TABLE:
        return [{**dict(zip(drawn.by, key, strict=True)), NUMBER: _whole(cell)} for key, cell in drawn.cells.items()]
    if question.answer is AnswerKind.SHARE:
        return {ALL: str(drawn.value)}
    cells = {PARTS_OF_SEXES.get(key[0], key[0]) if question.split == "sex" else key[0]: cell
             for key, cell in drawn.cells.items()}  # fmt: skip
    parts = {each: _whole(cells.get(each, 0)) for each in parts_of(question, period)}
    return {ALL: _whole(drawn.value), **parts}


def _of_indicator(asked: OfIndicator, counts: Mapping[Cell, int], period: Period) -> Plain:
    """Answer of SDG 16.4.2, by the year in which weapons came to hand and for all of them, under the usual terms."""
    terms = Terms()
    years = {str(year): {cell: count for cell, count in counts.items() if cell.year == year}
             for year in range(period.first.year, period.last.year + 1)}  # fmt: skip
    parts = {ALL: counts, **years}
    if asked is OfIndicator.SHARE:
        shares = {part: share_of(of_part, terms).percent for part, of_part in parts.items()}
        return {part: str(share) for part, share in shares.items() if share is not None} or None
    return {
        part: sum(count for cell, count in of_part.items() if is_counted(cell, terms) and _BELONGS[asked](cell))
        for part, of_part in parts.items()
    }


def carried_answers(edition: Edition, last: Report) -> Iterator[Answer]:
    """Yield what the last report said to questions that describe how things are, to be confirmed by somebody.

    What happened in its own period is not carried over.
    """
    for asked in edition.asked:
        question, said = asked.question, last.answers.get(asked.question.id)
        if said and said.value is not None and not _is_of_the_period(question):
            yield replace(said, origin=Origin.CARRIED, figure="", head="", by="", on="")


def differences(report: Report, last: Report) -> list[Difference]:
    """Return the answers that are not what the last report said, in the order of the form."""
    found = []
    for asked in report.in_edition().asked:
        now, was = (each.answers.get(asked.question.id) for each in (report, last))
        if now and (was is None or was.value != now.value):
            found.append(Difference(asked.question, was.value if was else None, now.value))
    return found


def redrawn(report: Report, drawing: Drawing) -> list[Redraw]:
    """Draw each figure of a report once more, and return what it was and what it is.

    Raises:
        FigureFailed: a figure's query cannot be answered.
    """
    again = {each.question: each.value for each in drawn_answers(report.in_edition(), drawing)}
    known = report.in_edition()
    return [
        Redraw(known.question(name), answer.value, again.get(name))
        for name, answer in report.drawn.items()
        if known.asks(name)
    ]


def parcels(answers: Sequence[Answer]) -> Iterator[list[Mapping[str, Plain]]]:
    """Yield answers in lists that an event of the record has room for; a long table is told in several."""
    parcel, size = list[Mapping[str, Plain]](), 0
    for plain in (each for answer in answers for each in _slices(answer)):
        more = len(canonical_bytes(plain))
        if parcel and size + more > _MOST_BYTES:
            yield parcel
            parcel, size = [], 0
        parcel.append(plain)
        size += more
    if parcel:
        yield parcel


_OF_THE_PERIOD = (AnswerKind.DATE, AnswerKind.FILE)
"""The parts of a number under the names that statistics give them."""

_BELONGS: Mapping[OfIndicator, Callable[[Cell], bool]] = {
    OfIndicator.COUNTED: lambda _: True,
    OfIndicator.ATTEMPTED: lambda cell: cell.result not in (Result.NOT_ATTEMPTED, Result.ESTABLISHED),
    OfIndicator.SUCCEEDED: succeeds,
}


def _is_of_the_period(question: Question) -> bool:
    """Whether an answer tells what happened in its period, or is drawn; what stands at its end may be carried over."""
    if question.split == "year" or question.answer in _OF_THE_PERIOD:
        return True
    if not question.figure:
        return False
    stated = figures()[question.figure].stated
    return not stated or statistics()[stated].counts is not Counts.STANDS


def _slices(answer: Answer) -> Iterator[Mapping[str, Plain]]:
    value = answer.value
    if not isinstance(value, list | tuple) or len(value) <= _MOST_ROWS:
        yield answer.plain()
        return
    for first in range(0, len(value), _MOST_ROWS):
        part = replace(answer, value=list(value[first : first + _MOST_ROWS])).plain()
        yield {**part, "continues": True} if first else part


def _whole(number: object) -> int:
    return int(str(number or 0))
