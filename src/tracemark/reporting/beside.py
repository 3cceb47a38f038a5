"""Figures and reports that are published of one period, read together: which of them tell what another withholds."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal

from tracemark.reporting.differencing import Conditions, Known, conditions_of, told_of
from tracemark.reporting.disclosure import Disclosure, disclosure_of
from tracemark.reporting.figurebook import figures
from tracemark.reporting.periods import Period
from tracemark.reporting.publications import Publication, PublishedTable
from tracemark.reporting.reports import Report
from tracemark.reporting.suppression import Key


def telling(
    table: PublishedTable,
    whole: Mapping[Key, int],
    least: int,
    standing: Sequence[Publication],
    reports: Sequence[Disclosure],
) -> list[str]:
    """Return the publications and reports beside which a table would tell what it, or they, withhold.

    `whole` is the table with what it withholds, empty where that is not known. Of the publications those of the same
    period are read with it, and of reports also those of several years of which it is one: two tables of one figure
    whose periods meet otherwise are refused before.
    """
    wider = [each.report.period for each in reports if _placed(table.period, each.report.period) is not None]
    beside: list[str] = []
    for frame in dict.fromkeys([table.period, *wider]):
        before, after = (_known(frame, standing, reports) for _ in range(2))
        _read(after, table, frame, whole)
        if not after.telling(least) <= before.telling(least):
            beside += _akin(table.figure, frame, standing, reports)
    return list(dict.fromkeys(beside))


def disclosures(reports: Iterable[Report], standing: Sequence[Publication]) -> list[Disclosure]:
    """Return what is public of published reports, as they came: each guards what was published before it."""
    found: list[Disclosure] = []
    for report in sorted(reports, key=lambda each: each.published_at):
        since = report.published_at
        earlier = [each for each in standing if each.approved_at < since]
        found.append(disclosure_of(report, _known(report.period, earlier, found)))
    return found


def _known(frame: Period, standing: Iterable[Publication], reports: Iterable[Disclosure]) -> Known:
    """Return what is known of a period to those who read all of it."""
    known = Known()
    for publication in standing:
        _read(known, publication.table, frame)
    for each in reports:
        asked = _placed(each.report.period, frame)
        if asked is None:
            continue
        for (figure, conditions), number, withheld in each.numbers():
            known.read((figure, conditions | asked), number, withheld)
        if not asked:
            known.shares.update(each.shares())
    return known


def _read(known: Known, table: PublishedTable, frame: Period, whole: Mapping[Key, int] | None = None) -> None:
    placed = _placed(table.period, frame)
    if placed is None:
        return
    asked = [{key[place]: frozenset({(by, key[place])}) for key in table.numbers} for place, by in enumerate(table.by)]
    for key, number in table.numbers.items():
        if not isinstance(number, Decimal):
            told = told_of(table.figure, conditions_of(key, asked) | placed)
            known.read(told, number, *([whole[key]] if whole else []))
        elif not placed:
            known.shares[table.figure] = number


def _placed(period: Period, frame: Period) -> Conditions | None:
    """Return what a period asks of things counted in another: nothing where it is the same, or its year; or None."""
    if period == frame:
        return frozenset()
    years = period.whole_years
    is_year = len(years) == 1 and period == Period.parse(str(years[0]), str(years[0]))
    return frozenset({("year", str(years[0]))}) if is_year and years[0] in frame.whole_years else None


def _akin(figure: str, frame: Period, standing: Iterable[Publication], reports: Iterable[Disclosure]) -> Iterator[str]:
    """Yield what is published of a period and of the widest figures that a figure lies within."""
    of = {told_of(each)[0] for each in figures()[figure].parts or [figure]}
    for publication in standing:
        roots = {told_of(each)[0] for each in figures()[publication.table.figure].parts or [publication.table.figure]}
        if roots & of and _placed(publication.table.period, frame) is not None:
            yield publication.name
    for each in reports:
        if {told[0] for told, _, _ in each.numbers()} & of and _placed(each.report.period, frame) is not None:
            yield each.report.name
