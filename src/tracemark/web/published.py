"""Pictures of what is published: a figure over its years, and what a report tells of each year."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from tracemark.node import this_node
from tracemark.reporting import SUM, Answer, Publication, Report
from tracemark.web.cells import cell_name
from tracemark.web.said import say, term
from tracemark.web.trends import Number, Series, Trend

_MOST = 6
_SUM = (SUM,)


def published_trend(found: Publication) -> Trend | None:
    """Draw a published figure over its years, a series for each value of what it is broken down by besides.

    Where those are too many to be told apart, their sum is drawn. A number that is withheld is left out of the picture;
    there is none where there are no two years.
    """
    table = found.table
    if "year" not in table.by or len(table.by) > len(("year", "another")):
        return None
    place = table.by.index("year")
    numbers = {(key[place], (*key[:place], *key[place + 1 :])): number for key, number in table.numbers.items()}
    years = sorted({year for year, _ in numbers if year != SUM})
    others = sorted({other for _, other in numbers if other and other != _SUM})
    shown = others if 0 < len(others) <= _MOST else [other for other in (_SUM, ()) if (SUM, other) in numbers][:1]
    by = next((each for each in table.by if each != "year"), "")
    series = [Series(_name(found, by, other), tuple(numbers.get((year, other)) for year in years)) for other in shown]
    return Trend(tuple(years), tuple(series), stacked=len(series) > 1) if len(years) > 1 else None


def _name(found: Publication, by: str, other: tuple[str, ...]) -> str:
    if not other or other == _SUM:
        return say(f"figures.{found.table.figure}")
    return cell_name(by, other[0], this_node().agency_names)


def report_trends(known: Report) -> Iterator[tuple[Trend, ...]]:
    """Yield for each section of a report that asks anything a picture of each subject that it tells of by years."""
    for _, put in known.sections(known.in_edition()):
        if put:
            subjects: dict[str, list[Answer]] = {}
            for asked, answer in put:
                if answer and _of_years(answer.value):
                    subjects.setdefault(asked.question.id.partition(".")[0], []).append(answer)
            drawn = (_yearly(answers) for answers in subjects.values())
            yield tuple(each for each in drawn if each.tells)


def _of_years(value: object) -> bool:
    return isinstance(value, Mapping) and sum(str(each).isdigit() for each in value) > 1


def _yearly(answers: Sequence[Answer]) -> Trend:
    """Draw answers beside each other, each by the name of its figure, or by its question where two share a figure."""
    figures = Counter(each.figure for each in answers)
    told = [(each, each.value) for each in answers if isinstance(each.value, Mapping)]
    years = sorted({str(year) for _, value in told for year in value if str(year).isdigit()})
    names = [
        say(f"figures.{each.figure}") if each.figure and figures[each.figure] == 1 else _question(each)
        for each, _ in told
    ]
    series = [Series(name, _along(value, years)) for name, (_, value) in zip(names, told, strict=True)]
    return Trend(tuple(years), tuple(series))


def _question(answer: Answer) -> str:
    return term(answer.question, "reporting.question")


def _along(value: Mapping[str, object], years: Sequence[str]) -> tuple[Number, ...]:
    numbers = (value.get(year) for year in years)
    return tuple(number if isinstance(number, int) else None for number in numbers)
