import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from itertools import pairwise

from tracemark.kernel import Finding, Refused, cite
from tracemark.weapons import catalogue

SERIES = "VC_ARM_SZTRACE"
PUBLISHED_COLUMNS = frozenset({"series", "iso3", "year", "value", "source", "footnote"})
JUMP = Decimal(30)
"""From which difference to the value before, in points, one is remarked on."""

_PERCENT = re.compile(r"100(\.0+)?|\d{1,2}(\.\d+)?")
_AVERAGE = re.compile(r"(\d{4})\s*-\s*(\d{4}) average")


class SeriesUnreadable(Refused):
    """A table of an outside series says what cannot be read; findings name the row, from 2, and the column."""


class Quality(StrEnum):
    """What a published value shows by itself or beside the one before of the same State.

    `repeated`: the same value again. `jump`: more than 30 points from it. `averaged`: a mean of several years, under
    the first of them. `overlapping`: a year of the mean is in the value before too. `one_year_mean`: called a mean of
    one year. `all_or_nothing`: 0 or 100 of a hundred.
    """

    REPEATED = "repeated"
    JUMP = "jump"
    AVERAGED = "averaged"
    OVERLAPPING = "overlapping"
    ONE_YEAR_MEAN = "one_year_mean"
    ALL_OR_NOTHING = "all_or_nothing"


@dataclass(frozen=True, slots=True)
class Published:
    """A value that the global database of the goals holds of a State (ISO 3166-1 alpha-2), in points of a hundred.

    `years` are those it is a mean of, or its own year alone.
    """

    state: str
    year: int
    value: Decimal
    source: str
    footnote: str = ""

    @property
    def years(self) -> tuple[int, ...]:
        """The years a footnote says the value is the mean of, or its own."""
        found = _AVERAGE.match(self.footnote)
        return tuple(range(int(found[1]), int(found[2]) + 1)) if found else (self.year,)


@dataclass(frozen=True, slots=True)
class Remarked:
    """A published value with what it shows."""

    published: Published
    remarks: tuple[Quality, ...]


def read_published(rows: Iterable[Mapping[str, str]]) -> list[Published]:
    """Read the rows of a table of published values of 16.4.2; other series in it are passed over.

    Raises:
        SeriesUnreadable: a State, year or value cannot be read.
    """
    by_alpha3 = {each.alpha3: code for code, each in catalogue().states.items() if each.alpha3}
    found, wrong = list[Published](), list[Finding]()
    for number, row in enumerate(rows, start=2):
        if row["series"] != SERIES:
            continue
        state, year, value = by_alpha3.get(row["iso3"], ""), row["year"], row["value"]
        right = {"iso3": bool(state), "year": year.isdecimal(), "value": _PERCENT.fullmatch(value) is not None}
        faults = [unreadable(number, column, row[column]) for column, fine in right.items() if not fine]
        wrong += faults
        if not faults:
            found.append(Published(state, int(year), Decimal(value), row["source"], row["footnote"].strip()))
    if wrong:
        raise SeriesUnreadable(wrong)
    return sorted(found, key=lambda each: (each.state, each.year))


def unreadable(row: int, column: str, text: str) -> Finding:
    """Say that a cell of an outside table cannot be read."""
    return Finding("reporting.cell_unreadable", cite("SDG 16.4.2"), {"row": row, "column": column, "text": text})


def remarked(series: Iterable[Published]) -> list[Remarked]:
    """Look at each value by itself and beside the one before of the same State."""
    by_state = defaultdict[str, list[Published]](list)
    for each in series:
        by_state[each.state].append(each)
    return [one for values in by_state.values() for one in _of_state(sorted(values, key=lambda each: each.year))]


def _of_state(values: Sequence[Published]) -> list[Remarked]:
    pairs: list[tuple[Published | None, Published]] = [(None, values[0]), *pairwise(values)]
    return [Remarked(value, tuple(_remarks(before, value))) for before, value in pairs]


def _remarks(before: Published | None, value: Published) -> Iterable[Quality]:
    if before and before.value == value.value:
        yield Quality.REPEATED
    if before and abs(before.value - value.value) > JUMP:
        yield Quality.JUMP
    if len(value.years) > 1:
        yield Quality.AVERAGED
    if before and set(before.years) & set(value.years):
        yield Quality.OVERLAPPING
    if len(value.years) == 1 and _AVERAGE.match(value.footnote):
        yield Quality.ONE_YEAR_MEAN
    if value.value in (0, 100):
        yield Quality.ALL_OR_NOTHING
