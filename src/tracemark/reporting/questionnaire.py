from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from tracemark.kernel import Finding
from tracemark.reporting.indicators import (
    AS_PUBLISHED,
    Cell,
    LegalBasis,
    Manner,
    Marking,
    Result,
    SeveralYears,
    Share,
    Terms,
    over_years,
    share_of,
)
from tracemark.reporting.series import Published, SeriesUnreadable, unreadable
from tracemark.weapons import catalogue

QUESTIONNAIRE_COLUMNS = frozenset({"Iso3_code", "Indicator", "Dimension", "Category", "Year", "VALUE"})

_MANNERS = {"Arms seized": Manner.SEIZED, "Arms found": Manner.FOUND, "Arms surrendered": Manner.SURRENDERED}
_TRACING = "by location"
"""Under which heading the release of 2022 holds the tracing results, beside the places of seizure."""

_MARKED, _UNMARKED = "Uniquely identifiable - ", "Not uniquely identifiable - "
_LINES: Mapping[str, tuple[Result, Marking]] = {
    _MARKED + "from legitimate owner in national registry": (Result.LAWFUL_HOLDER, Marking.MARKED),
    _MARKED + "from illegitimate owner in national registry": (Result.TRACED, Marking.MARKED),
    _MARKED + "from illegitimate owner in foreign registry": (Result.TRACED, Marking.MARKED),
    _MARKED + "point of diversion otherwise identified": (Result.ESTABLISHED, Marking.MARKED),
    _MARKED + "tracing attempted, no point of diversion identified": (Result.INSUFFICIENT, Marking.MARKED),
    _MARKED + "tracing procedure pending": (Result.PENDING, Marking.MARKED),
    _MARKED + "no tracing procedure initiated": (Result.NOT_ATTEMPTED, Marking.MARKED),
    _UNMARKED + "Illicitly manufactured": (Result.INSUFFICIENT, Marking.UNMARKED),
    _UNMARKED + "Erased or altered marking": (Result.INSUFFICIENT, Marking.UNMARKED),
    _UNMARKED + "No further information available": (Result.INSUFFICIENT, Marking.UNMARKED),
    "Unknown status regarding marking": (Result.NOT_ATTEMPTED, Marking.UNSAID),
}
"""The lines of the questionnaire on tracing results, as what they say of a weapon. Totals are not among them."""


class Agreement(StrEnum):
    """How a published value and one reckoned from the questionnaire's counts stand to each other.

    `same`: to the second place. `part_of_the_years`: some year of the mean has no share. `differs`: all have, and it
    does not come out: the counts were put right since, or others were used. `no_counts`: no year has a share.
    """

    SAME = "same"
    PART_OF_THE_YEARS = "part_of_the_years"
    DIFFERS = "differs"
    NO_COUNTS = "no_counts"


@dataclass(frozen=True, slots=True)
class Answers:
    """What a State answered of the tracing results of a year's weapons."""

    state: str
    year: int
    counts: Mapping[Cell, int]


@dataclass(frozen=True, slots=True)
class Compared:
    """A published value beside what the questionnaire's counts give, together and for each year that has any."""

    published: Published
    agreement: Agreement
    reckoned: SeveralYears
    shares: Mapping[int, Share]

    @property
    def difference(self) -> Decimal | None:
        """Points by which the published value lies above the reckoned one."""
        reckoned = self.reckoned.averaged
        return None if reckoned is None else self.published.value - reckoned


def read_questionnaire(rows: Iterable[Mapping[str, str]]) -> list[Answers]:
    """Read the tracing results of the questionnaire on arms flows; all other lines are passed over.

    Raises:
        SeriesUnreadable: a State, year or count cannot be read, or a line was answered twice.
    """
    by_alpha3 = {each.alpha3: code for code, each in catalogue().states.items() if each.alpha3}
    found = defaultdict[tuple[str, int], dict[Cell, int]](dict)
    seen, wrong = set[tuple[str, ...]](), list[Finding]()
    for number, row in enumerate(rows, start=2):
        manner, line = _MANNERS.get(row["Indicator"]), _LINES.get(row["Category"])
        if manner is None or line is None or row["Dimension"] != _TRACING:
            continue
        state, year, count = by_alpha3.get(row["Iso3_code"], ""), row["Year"], row["VALUE"]
        named = (row["Iso3_code"], year, row["Indicator"], row["Category"])
        faults = [
            unreadable(number, column, row[column])
            for column, right in (
                ("Iso3_code", bool(state)), ("Year", year.isdecimal()), ("VALUE", count.isdecimal()),
                ("Category", named not in seen),
            )
            if not right
        ]  # fmt: skip
        seen.add(named)
        if faults:
            wrong += faults
            continue
        basis = LegalBasis.CRIMINAL if manner is Manner.SEIZED else LegalBasis.UNSAID
        cell, counts = Cell(int(year), manner, basis, *line), found[state, int(year)]
        counts[cell] = counts.get(cell, 0) + int(count)
    if wrong:
        raise SeriesUnreadable(wrong)
    return [Answers(state, year, counts) for (state, year), counts in sorted(found.items())]


def compare(series: Iterable[Published], answers: Iterable[Answers], terms: Terms = AS_PUBLISHED) -> list[Compared]:
    """Reckon each published value again from the questionnaire's counts, and say whether it comes out.

    Several years are put together as their mean, as the footnotes say.
    """
    known = {(each.state, each.year): each.counts for each in answers}
    return [_compared(each, known, terms) for each in series]


def _compared(published: Published, known: Mapping[tuple[str, int], Mapping[Cell, int]], terms: Terms) -> Compared:
    counts = {year: known[published.state, year] for year in published.years if (published.state, year) in known}
    shares = {year: share_of(each, terms) for year, each in counts.items()}
    reckoned = over_years(shares, published.years)
    return Compared(published, _agreement(published, reckoned), reckoned, shares)


def _agreement(published: Published, reckoned: SeveralYears) -> Agreement:
    if reckoned.averaged is None:
        return Agreement.NO_COUNTS
    if abs(reckoned.averaged - published.value) <= _ROUNDING:
        return Agreement.SAME
    return Agreement.PART_OF_THE_YEARS if reckoned.missing else Agreement.DIFFERS


_ROUNDING = Decimal("0.01")
"""A mean of shares that were rounded before may lie so far from the mean of exact ones."""
