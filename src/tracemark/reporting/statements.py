"""Statistics that a State states, beside what its record of weapons can count: a closed list, each with its splits."""

import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum
from functools import cache
from importlib.resources import files
from typing import cast

from tracemark.kernel import Citation, Finding, Plain, Refused, cite
from tracemark.recordkeeping import EventKind, Sealed
from tracemark.tracing import AGE_BANDS, Sex

SPLITS = ("sex", "age_band", "disability", "region", "body")
STATISTICS_COLUMNS = ("series", "year", *SPLITS, "number", "reason")
_NEEDED = ("series", "year", "number")
_UNKNOWN = "unknown"
_CLOSED: Mapping[str, tuple[str, ...]] = {
    "sex": tuple(each.value for each in Sex if each.value != _UNKNOWN),
    "age_band": tuple(each for each in AGE_BANDS if each != _UNKNOWN),
    "disability": ("yes", "no"),
}
MOST_CELLS = 400
"""How many numbers a statement has at most: a sealed event holds 65,535 bytes."""
_FIRST_YEAR = 1900
_LARGEST = 2**53 - 1


_Statements = dict[tuple[str, int], dict[tuple[str, ...], "StatedNumber"]]
"""Numbers by their splits, by series and year."""


class Counts(Enum):
    """What a number of a series is of: what happened in its year, or what stood at its end."""

    HAPPENED = "happened"
    STANDS = "stands"


@dataclass(frozen=True, slots=True)
class StatedSeries:
    """One of the statistics that a State may state; `about` says in English what is counted."""

    id: str
    about: str
    unit: str
    paragraph: Citation
    counts: Counts
    needs: tuple[str, ...]
    may: tuple[str, ...]

    @property
    def splits(self) -> tuple[str, ...]:
        """All that its numbers may be told by."""
        return self.needs + self.may


@dataclass(frozen=True, slots=True)
class StatedNumber:
    """One number; `splits` say of whom, "" or absent where it is not said, and then `reason` says why."""

    number: int
    splits: Mapping[str, str] = field(default_factory=dict)
    reason: str = ""

    def plain(self) -> dict[str, Plain]:
        """As the record keeps it."""
        told: dict[str, Plain] = {name: value for name, value in self.splits.items() if value}
        return told | {"number": self.number} | ({"reason": self.reason} if self.reason else {})


@dataclass(frozen=True, slots=True)
class Statement:
    """What a State states of one series for one year."""

    series: str
    year: int
    cells: tuple[StatedNumber, ...]

    @property
    def total(self) -> int:
        return sum(each.number for each in self.cells)

    def plain(self) -> dict[str, Plain]:
        """As the record keeps it."""
        return {"series": self.series, "year": self.year, "cells": [each.plain() for each in self.cells]}

    def same_as(self, other: "Statement") -> bool:
        """Whether it says the same, in whatever order."""
        return (self.series, self.year, _sorted(self.cells)) == (other.series, other.year, _sorted(other.cells))


@dataclass(frozen=True, slots=True)
class Revision:
    """What one person proposed to put in the place of a statement, None to withdraw it, and what another decided.

    `decided_by` is "" while it waits, `declined_because` unless it was declined.
    """

    statement: Statement | None
    document: str
    note: str
    proposed_by: str
    decided_by: str = ""
    declined_because: str = ""


@dataclass(frozen=True, slots=True)
class StatementRecord:
    """A statement as it stands in the record: its dossier, and every version with its position, the newest last.

    `sources` tells of each version where its numbers come from, and why it was put in the place of the one before;
    `withdrawn_because` is "" for what holds. `revisions` are all that were proposed, the newest last.
    """

    dossier: str
    authority: str
    versions: tuple[tuple[int, Statement], ...]
    sources: tuple[tuple[str, str], ...]
    withdrawn_because: str = ""
    revisions: tuple[Revision, ...] = ()

    @property
    def waiting(self) -> Revision | None:
        """What is proposed and not decided on."""
        return next((each for each in self.revisions[-1:] if not each.decided_by), None)

    @property
    def withdrawn(self) -> bool:
        """Whether it no longer holds."""
        return bool(self.withdrawn_because)

    @property
    def statement(self) -> Statement:
        """What holds, or held last."""
        return self.versions[-1][1]


class StatisticsRefused(Refused):
    """Statistics do not say what they have to, or say it twice; nothing was written."""


@cache
def statistics() -> Mapping[str, StatedSeries]:
    """Every series that a State may state, by id. Source: BMS7 MEAS.3, BMS7 DEV.2."""
    read = tomllib.loads((files("tracemark.reporting") / "statistics.toml").read_text("utf-8"))
    return {
        name: StatedSeries(
            name, told["about"], told["unit"], cite(told["paragraph"]), Counts(told["counts"]), tuple(told["needs"]),
            tuple(told["may"]),
        )
        for name, told in read.items()
    }  # fmt: skip


def split_values(split: str) -> tuple[str, ...]:
    """Return the values of a split that has a closed list; none of one that is told in the State's own words."""
    return _CLOSED.get(split, ())


def knows_statistics(columns: Sequence[str]) -> tuple[bool, int]:
    """Say whether a row can be the heading: whether it names what each number needs, and how many columns it names."""
    heading = {each.strip().lower() for each in columns}
    return heading.issuperset(_NEEDED), len(heading & set(STATISTICS_COLUMNS))


def read_statistics(
    columns: Sequence[str], rows: Iterable[tuple[int, Sequence[str]]], *, this_year: int
) -> list[Statement]:
    """Read a table of statistics, a number a row, into a statement for each series and year.

    Raises:
        StatisticsRefused: with a finding for all that is wrong, which names the row and the field.
    """
    heading = [each.strip().lower() for each in columns]
    faults = [
        _fault("reporting.statistic_column_unknown", 1, each) for each in heading if each not in STATISTICS_COLUMNS
    ]
    faults += [_fault("reporting.statistic_column_missing", 1, each) for each in _NEEDED if each not in heading]
    if faults:
        raise StatisticsRefused(faults)
    told: _Statements = {}
    for row, cells in rows:
        said = dict(zip(heading, (each.strip() for each in cells), strict=False))
        if not any(said.values()):
            continue
        wrong = list(_wrong(row, said, this_year))
        faults += wrong or _put(told, row, said)
    for (series, year), numbers in told.items():
        if len(numbers) > MOST_CELLS:
            faults.append(_fault("reporting.statistic_long", 1, "series", value=f"{series} {year}", most=MOST_CELLS))
    if faults:
        raise StatisticsRefused(faults)
    return [Statement(series, year, tuple(numbers.values())) for (series, year), numbers in told.items()]


def _put(
    told: dict[tuple[str, int], dict[tuple[str, ...], StatedNumber]], row: int, said: Mapping[str, str]
) -> list[Finding]:
    """Put a number in its place in its statement; a place that is taken is a finding."""
    cell = _cell(said)
    place = tuple(cell.splits.get(each, "") for each in SPLITS)
    statement = told.setdefault((said["series"], int(said["year"])), {})
    if place in statement:
        return [_fault("reporting.statistic_twice", row, "number")]
    statement[place] = cell
    return []


def statement_of(name: str, events: Sequence[Sealed]) -> StatementRecord:
    """Read a dossier of statistics from its own events."""
    stating = [each for each in events if each.event.kind in _STATING]
    versions = tuple((each.position, _stated(each)) for each in stating)
    sources = tuple((each.event.document, str(each.event.details.get("note", ""))) for each in stating)
    last = next(each.event for each in reversed(events) if each.event.kind in _SETTLING)
    why = str(last.details["note"]) if last.kind is EventKind.STATISTICS_WITHDRAWN else ""
    return StatementRecord(name, events[0].event.authority, versions, sources, why, tuple(_revisions(events)))


_STATING = frozenset({EventKind.STATISTICS_STATED, EventKind.STATISTICS_RESTATED})
_SETTLING = _STATING | {EventKind.STATISTICS_WITHDRAWN}
_DECIDING = _SETTLING | {EventKind.STATISTICS_REVISION_DECLINED}


def _revisions(events: Sequence[Sealed]) -> list[Revision]:
    found: list[Revision] = []
    for sealed in events:
        event = sealed.event
        if event.kind is EventKind.STATISTICS_REVISION_PROPOSED:
            told = _stated(sealed) if "cells" in event.details else None
            found.append(Revision(told, event.document, str(event.details["note"]), event.by))
        elif found and not found[-1].decided_by and event.kind in _DECIDING:
            why = str(event.details.get("reason", ""))
            found[-1] = replace(found[-1], decided_by=event.by, declined_because=why)
    return found


def _stated(sealed: Sealed) -> Statement:
    told = sealed.event.details
    cells = cast("Sequence[Mapping[str, Plain]]", told["cells"])
    return Statement(str(told["series"]), int(str(told["year"])), tuple(map(_kept, cells)))


def _kept(plain: Mapping[str, Plain]) -> StatedNumber:
    splits = {name: str(plain[name]) for name in SPLITS if plain.get(name)}
    return StatedNumber(int(str(plain["number"])), splits, str(plain.get("reason", "")))


def _wrong(row: int, said: Mapping[str, str], this_year: int) -> Iterator[Finding]:
    series = statistics().get(said["series"])
    if series is None:
        yield _fault(
            "reporting.statistic_series_unknown", row, "series", value=said["series"], known=list(statistics())
        )
        return
    if not said["year"].isdecimal() or not _FIRST_YEAR <= int(said["year"]) <= this_year:
        yield _fault("reporting.statistic_year", row, "year", value=said["year"], last=str(this_year))
    if not (said["number"].isascii() and said["number"].isdecimal()) or int(said["number"]) > _LARGEST:
        yield _fault("reporting.statistic_number", row, "number", value=said["number"])
    for split in SPLITS:
        value = said.get(split, "")
        if value and split not in series.splits:
            yield _fault("reporting.statistic_split_unasked", row, split, value=value, known=list(series.splits))
        elif value and split in _CLOSED and value not in _CLOSED[split]:
            yield _fault("reporting.statistic_split_unknown", row, split, value=value, known=list(_CLOSED[split]))
        elif not value and split in series.needs and not said.get("reason"):
            yield Finding("reporting.statistic_split_missing", series.paragraph, {"row": row, "field": split})


def _cell(said: Mapping[str, str]) -> StatedNumber:
    splits = {name: said[name] for name in SPLITS if said.get(name)}
    return StatedNumber(int(said["number"]), splits, said.get("reason", ""))


def _fault(code: str, row: int, name: str, **facts: Plain) -> Finding:
    return Finding(code, cite("BMS7 MEAS.3"), {"row": row, "field": name, **facts})


def _sorted(cells: Iterable[StatedNumber]) -> list[tuple[object, ...]]:
    return sorted((*(each.splits.get(name, "") for name in SPLITS), each.number, each.reason) for each in cells)
