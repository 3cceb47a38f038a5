"""What the State published, as far as others may speak of it: the questions, and the numbers told by year."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from tracemark.participation.consultations import CONSULTATION, consultation_of
from tracemark.recordkeeping import RecordkeepingStores
from tracemark.reporting import ALL, SUM, Period, Publication, Report, number_of, public_report_named, published

_Numbers = Mapping[tuple[str, int], int | Decimal | None]
_NUMBER = "number"


@dataclass(frozen=True, slots=True)
class Subject:
    """A question of a published report, or a published figure; whether it `counts` something, so that others may."""

    id: str
    counts: bool


def subjects(about: str, stores: RecordkeepingStores, today: date) -> tuple[Subject, ...]:
    """Return what others may speak of in a published report or figure; of a consultation, nothing but all of it.

    Raises:
        KeyError: nothing of this name is public.
    """
    if about.startswith(CONSULTATION):
        consultation_of(about, stores.dossiers.events(about))
        return ()
    found = _published(about, stores, today)
    if isinstance(found, Publication):
        return (Subject(found.table.figure, counts=True),)
    asked = (each.question for _, put in found.sections(found.in_edition()) for each, _ in put)
    return tuple(Subject(each.id, each.answer.value == _NUMBER) for each in asked)


def official_numbers(about: str, stores: RecordkeepingStores, today: date) -> _Numbers:
    """Return what was published, by question or figure, and year; None where it is withheld. A consultation has none.

    Raises:
        KeyError: nothing of this name is public.
    """
    if about.startswith(CONSULTATION):
        return {}
    found = _published(about, stores, today)
    return _of_figure(found) if isinstance(found, Publication) else _of_report(found)


def _published(about: str, stores: RecordkeepingStores, today: date) -> Publication | Report:
    told = next((each for each in published(stores) if each.name == about), None)
    return told or public_report_named(about, stores, today)


def _of_figure(found: Publication) -> _Numbers:
    table = found.table
    if "year" not in table.by:
        return {(table.figure, year): table.value for year in _years(table.period)}
    place = table.by.index("year")
    return {
        (table.figure, int(key[place])): number
        for key, number in table.numbers.items()
        if key[place].isdecimal() and all(each == SUM for at, each in enumerate(key) if at != place)
    }


def _of_report(report: Report) -> _Numbers:
    told: dict[tuple[str, int], int | Decimal | None] = {}
    for name, answer in report.answers.items():
        if isinstance(answer.value, Mapping):
            told |= {(name, int(part)): number_of(answer.value, part) for part in answer.value if part.isdecimal()}
            told |= {(name, year): number_of(answer.value, ALL) for year in _years(report.period)}
    return told


def _years(period: Period) -> list[int]:
    """The year of a period that is one; of a longer one there is no number of a year but where years are told."""
    return [period.first.year] if period.first.year == period.last.year else []
