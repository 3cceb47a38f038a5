from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from tracemark.kernel import Finding, Plain, Refused, cite
from tracemark.reporting.drawing import Drawing
from tracemark.reporting.indicators import (
    BREAKDOWN,
    FIGURE,
    INDICATOR,
    Cell,
    LegalBasis,
    Manner,
    SeveralYears,
    Share,
    Terms,
    as_known,
    counts_of,
    is_counted,
    over_years,
    share_of,
)
from tracemark.reporting.series import SERIES

USUAL_YEARS = 5
MOST_YEARS = 60
FACETS = ("manner", "legal_basis", "result", "marking")
"""What the weapons of a denominator can be told apart by."""


class YearsUnfit(Refused):
    """Years that nothing can be shown for: they run backwards, or are too many."""


@dataclass(frozen=True, slots=True)
class Year:
    """A year's share, the weapons of its denominator apart by each facet, and what was left out of it.

    `administrative` and `unsaid` are weapons seized for an administrative breach, which never count, and those of which
    nobody said what they were seized for. `revisions` are the share as it was known at the end of this and each later
    year.
    """

    year: int
    share: Share
    facets: Mapping[str, Mapping[str, int]]
    administrative: int
    unsaid: int
    revisions: Mapping[int, Decimal | None]


@dataclass(frozen=True, slots=True)
class Measured:
    """The indicator of a State over years, under given terms, at one head of its record (SIZE.ROOT)."""

    state: str
    head: str
    terms: Terms
    years: tuple[Year, ...]
    together: SeveralYears

    def plain(self) -> dict[str, Plain]:
        """As JSON says it; shares are text, as they are no binary fractions."""
        return {
            "indicator": INDICATOR,
            "series": SERIES,
            "state": self.state,
            "head": self.head,
            "terms": self.terms.plain(),
            "years": [_year_plain(each) for each in self.years],
            "together": {
                "years": list(self.together.years),
                "averaged": _text(self.together.averaged),
                "pooled": _text(self.together.pooled),
                "missing": list(self.together.missing),
            },
        }


def measure(drawing: Drawing, *, state: str, terms: Terms, known_by: int | None = None) -> Measured:
    """Draw the indicator for each year of a drawing's period, as known now or at the end of a year.

    Raises:
        FigureFailed: the figure cannot be drawn.

    Source: SDG 16.4.2.
    """
    years = (drawing.period.first.year, drawing.period.last.year)
    counts = counts_of(drawing.draw(FIGURE, BREAKDOWN))
    return measured_of(counts, years, state=state, head=drawing.head, terms=terms, known_by=known_by)


def measured_of(
    counts: Mapping[Cell, int],
    years: tuple[int, int],
    *,
    state: str,
    head: str,
    terms: Terms,
    known_by: int | None = None,
) -> Measured:
    """Reckon the indicator from weapons that were counted by cell, from a first year to a last."""
    last = known_by or max([years[1], *(max(cell.known, cell.settled) for cell in counts)])
    known, asked = as_known(counts, last), range(years[0], years[1] + 1)
    found = tuple(_year(year, counts, known, terms, last) for year in asked)
    shares = {each.year: each.share for each in found}
    return Measured(state, head, terms, found, over_years(shares, asked))


def asked_years(first: int | None, last: int | None, today: date) -> tuple[int, int]:
    """Return the years to show: where nobody asks for others, the last five that are over.

    Raises:
        YearsUnfit: the last is before the first, or too far from it.
    """
    until = last or max(today.year - 1, first or 0)
    since = first or min(today.year - USUAL_YEARS, until)
    if not 0 <= until - since < MOST_YEARS:
        facts: dict[str, Plain] = {"first": str(since), "last": str(until), "most": MOST_YEARS}
        raise YearsUnfit([Finding("reporting.years_unfit", cite("SDG 16.4.2"), facts)])
    return since, until


def _year(year: int, counts: Mapping[Cell, int], known: Mapping[Cell, int], terms: Terms, last: int) -> Year:
    of_year = {cell: count for cell, count in known.items() if cell.year == year}
    facets = {facet: Counter[str]() for facet in FACETS}
    apart = Counter[LegalBasis]()
    for cell, count in of_year.items():
        if cell.manner is Manner.SEIZED:
            apart[cell.legal_basis] += count
        if is_counted(cell, terms):
            for facet, found in facets.items():
                found[str(getattr(cell, facet))] += count
    own = {cell: count for cell, count in counts.items() if cell.year == year}
    revisions = {each: share_of(as_known(own, each), terms).percent for each in range(year, last + 1)}
    administrative, unsaid = apart[LegalBasis.ADMINISTRATIVE], apart[LegalBasis.UNSAID]
    return Year(year, share_of(of_year, terms), facets, administrative, unsaid, revisions)


def _year_plain(year: Year) -> dict[str, Plain]:
    facets: dict[str, Plain] = {name: dict(sorted(found.items())) for name, found in year.facets.items()}
    revisions: dict[str, Plain] = {str(known): _text(percent) for known, percent in year.revisions.items()}
    return {
        "year": year.year,
        "numerator": year.share.numerator,
        "denominator": year.share.denominator,
        "percent": _text(year.share.percent),
        "by": facets,
        "administrative": year.administrative,
        "unsaid": year.unsaid,
        "revisions": revisions,
    }


def _text(number: Decimal | None) -> str | None:
    return None if number is None else str(number)
