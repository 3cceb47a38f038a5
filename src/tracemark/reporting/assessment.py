"""How far a State says it has come, by theme: points for answers, by a published scheme or the State's own."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import cache
from importlib.resources import files

from tracemark.kernel import NotToml, Plain, Trouble, toml_tables
from tracemark.reporting.answers import Answer, Origin, texts_of
from tracemark.reporting.questionbook import AnswerKind, Question, YesNo, questions
from tracemark.reporting.reports import Report

PUBLISHED = "poaim-2012"
"""The scheme of the PoA Implementation Monitor."""

_PLACES = Decimal("0.01")
_HALF = Fraction(1, 2)


class SchemeUnreadable(Trouble):
    """A file is no scheme of assessment."""


@dataclass(frozen=True, slots=True)
class Weighed:
    """A question with its weight in a theme. Its part falls away where question `applies` is answered no."""

    question: Question
    weight: int
    applies: str = ""


@dataclass(frozen=True, slots=True)
class Theme:
    """A theme and the points it may bring at the most."""

    id: str
    maximum: Fraction
    weighed: tuple[Weighed, ...]


@dataclass(frozen=True, slots=True)
class Scheme:
    """Themes with their maxima, and how each theme's points are shared among questions."""

    name: str
    since: date
    source: str
    themes: tuple[Theme, ...]


@dataclass(frozen=True, slots=True)
class ThemeScore:
    """The points of a theme, of those that it could bring this State."""

    theme: str
    points: Decimal
    available: Decimal

    @property
    def percent(self) -> Decimal | None:
        """Points of those available, as a percentage; None where none are."""
        return _percent(self.points, self.available)


@dataclass(frozen=True, slots=True)
class Assessment:
    """A report's points by theme."""

    report: str
    scheme: str
    scores: tuple[ThemeScore, ...]

    @property
    def points(self) -> Decimal:
        return sum((each.points for each in self.scores), Decimal())

    @property
    def available(self) -> Decimal:
        return sum((each.available for each in self.scores), Decimal())

    @property
    def percent(self) -> Decimal | None:
        """Points of those available, as a percentage; None where none are."""
        return _percent(self.points, self.available)

    def plain(self) -> dict[str, Plain]:
        """As JSON says it; decimals are text."""
        return {
            "report": self.report,
            "scheme": self.scheme,
            "points": str(self.points),
            "available": str(self.available),
            "percent": None if self.percent is None else str(self.percent),
            "themes": [
                {"theme": each.theme, "points": str(each.points), "available": str(each.available)}
                for each in self.scores
            ],
        }


@dataclass(frozen=True, slots=True)
class Gap:
    """A commitment that is not met as the report says, or of which it says nothing: `answer` is "" then."""

    question: Question
    theme: str
    answer: str


@cache
def published_scheme() -> Scheme:
    """Return the scheme of the PoA Implementation Monitor."""
    return read_scheme((files("tracemark.reporting") / "schemes" / f"{PUBLISHED}.toml").read_text("utf-8"))


def read_scheme(text: str) -> Scheme:
    """Read a scheme, the published or a State's own.

    Raises:
        SchemeUnreadable: it is no TOML, lacks a field, or names a question that nobody knows.
    """
    try:
        told = toml_tables(text)
        themes = tuple(
            Theme(each["id"], Fraction(each["maximum"]), tuple(_weighed(one) for one in each["questions"]))
            for each in told["themes"]
        )
        return Scheme(told["scheme"], told["since"], told["source"], themes)
    except NotToml as error:
        raise SchemeUnreadable("trouble.not_toml", **error.facts) from error
    except KeyError as error:
        raise SchemeUnreadable("trouble.scheme_lacks", name=error.args[0]) from error
    except (TypeError, ValueError) as error:
        raise SchemeUnreadable("trouble.scheme_unfit") from error


def assess(report: Report, scheme: Scheme) -> Assessment:
    """Return a report's points: each question's share of its theme, wholly for yes, half for in progress.

    A question that the edition does not ask, or that does not apply to this State, lowers what is available.
    """
    return Assessment(report.name, scheme.name, tuple(_score(report, each) for each in scheme.themes))


def gaps(report: Report, scheme: Scheme) -> Iterator[Gap]:
    """Yield the weighed questions of yes or no that are answered no or in progress, or not at all."""
    for theme in scheme.themes:
        for each in _applying(report, theme):
            answer = _given(report, each.question)
            said = str(answer.value) if answer else ""
            if each.question.answer is AnswerKind.YES_NO and said != YesNo.YES:
                yield Gap(each.question, theme.id, said)


def gap_of(report: Report, scheme: Scheme, question: str) -> Gap | None:
    """Return the gap of a report at a question, None where there is none."""
    return next((each for each in gaps(report, scheme) if each.question.id == question), None)


def _weighed(entry: Mapping[str, object]) -> Weighed:
    return Weighed(questions()[str(entry["id"])], int(str(entry["weight"])), str(entry.get("applies", "")))


def _score(report: Report, theme: Theme) -> ThemeScore:
    applying = _applying(report, theme)
    whole = sum(each.weight for each in theme.weighed)
    available = theme.maximum * sum(each.weight for each in applying) / whole
    earned = sum((each.weight * _credit(each.question, _given(report, each.question)) for each in applying), Fraction())
    return ThemeScore(theme.id, _decimal(theme.maximum * earned / whole), _decimal(available))


def _applying(report: Report, theme: Theme) -> list[Weighed]:
    edition = report.in_edition()
    return [
        each
        for each in theme.weighed
        if edition.asks(each.question.id) and not (each.applies and _no(report, each.applies))
    ]


def _no(report: Report, name: str) -> bool:
    answer = report.answers.get(name)
    return answer is not None and answer.value == YesNo.NO


def _given(report: Report, question: Question) -> Answer | None:
    """Return what somebody said, or confirmed, to a question."""
    answer = report.answers.get(question.id)
    return answer if answer and answer.value is not None and answer.origin is not Origin.CARRIED else None


def _credit(question: Question, answer: Answer | None) -> Fraction:
    if answer is None:
        return Fraction()
    if question.answer is AnswerKind.YES_NO:
        return {YesNo.YES: Fraction(1), YesNo.IN_PROGRESS: _HALF}.get(YesNo(str(answer.value)), Fraction())
    if question.answer is AnswerKind.OPTIONS:
        offered = [each for each in question.options if each != "other"]
        return Fraction(sum(each in offered for each in texts_of(answer.value)), len(offered))
    return Fraction(1)


def _percent(points: Decimal, available: Decimal) -> Decimal | None:
    return (100 * points / available).quantize(_PLACES) if available else None


def _decimal(number: Fraction) -> Decimal:
    return (Decimal(number.numerator) / Decimal(number.denominator)).quantize(_PLACES)
