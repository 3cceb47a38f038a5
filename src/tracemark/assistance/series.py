"""Series of aid by purpose that others published, such as the CRS of the OECD: context, and no figure of ours."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from tracemark.intake import Table
from tracemark.kernel import Finding, Plain, Refused, cite

_SECTOR = re.compile(r"s?(\d{5})")
_FIRST_YEAR, _LAST_YEAR = 1960, 2100
_HEADS = frozenset({"year", "recipient_code"})
_MOST_RECIPIENTS, _MOST_FINDINGS, _LONGEST_NAME = 400, 20, 80


class SeriesUnreadable(Refused):
    """A table cannot be taken as a series; each finding names the file, the row and the column."""


@dataclass(frozen=True, slots=True)
class Received:
    """What a recipient got in a year by purpose code, in millions of US dollars. What it does not say is absent.

    `code` is the DAC's for the recipient, "" where the series has none.
    """

    recipient: str
    code: str
    amounts: Mapping[str, Decimal]

    def plain(self) -> dict[str, Plain]:
        """As it is sealed and given out."""
        amounts: dict[str, Plain] = {sector: str(value) for sector, value in self.amounts.items()}
        return {"recipient": self.recipient, "code": self.code, "amounts": amounts}


def received_of(plain: Mapping[str, Any]) -> Received:
    """Read what `Received.plain` wrote."""
    amounts = {sector: Decimal(value) for sector, value in plain["amounts"].items()}
    return Received(plain["recipient"], plain["code"], amounts)


@dataclass(frozen=True, slots=True)
class SeriesRead:
    """A table's rows by year, and how many rows said nothing and were left out."""

    years: Mapping[int, tuple[Received, ...]]
    left_out: int


@dataclass(frozen=True, slots=True)
class AidSeries:
    """A series by year, with whom it is of and the day on which it was taken from there."""

    name: str
    source: str
    seen_on: str
    years: Mapping[int, tuple[Received, ...]]

    def line(self, recipient: str) -> dict[int, Mapping[str, Decimal]]:
        """What a recipient got by year and purpose; years in which it is not named are absent."""
        return {
            year: each.amounts
            for year, rows in sorted(self.years.items())
            for each in rows
            if each.recipient.casefold() == recipient.casefold()
        }

    def total(self) -> dict[int, Mapping[str, Decimal]]:
        """What all recipients together got by year and purpose, as far as the series says."""
        return {year: _summed(rows) for year, rows in sorted(self.years.items())}


def read_series(table: Table) -> SeriesRead:
    """Read a table with `year`, `recipient_name`, `recipient_code` and a column for each purpose code, as `s15240`.

    An empty cell says nothing and is no zero. A row that names no recipient and says no amount is left out.

    Raises:
        SeriesUnreadable: a column is missing, a year or an amount is none, or a recipient stands twice in a year.
    """
    found: dict[int, dict[str, Received]] = {}
    faults: list[Finding] = []
    file, number, left_out = table.name, 1, 0
    for number, cells in table.rows():
        row = dict(zip(table.columns, cells, strict=False))
        if not any(each.strip() for name, each in row.items() if name not in _HEADS):
            left_out += 1
            continue
        read = _received(number, row, file, faults)
        if read is None:
            continue
        year, each = read
        if each.recipient in found.setdefault(year, {}):
            faults.append(_fault("series_twice", file, number, "recipient_name", value=each.recipient))
        found[year][each.recipient] = each
    faults += [
        _fault("series_too_long", file, number, "year", value=str(year), most=str(_MOST_RECIPIENTS))
        for year, rows in found.items()
        if len(rows) > _MOST_RECIPIENTS
    ]
    if not found and not faults:
        faults.append(_fault("series_unfit", file, number, "year", value="", like="2026"))
    if faults:
        raise SeriesUnreadable(faults[:_MOST_FINDINGS])
    years = {year: tuple(rows[name] for name in sorted(rows)) for year, rows in sorted(found.items())}
    return SeriesRead(years, left_out)


def _received(number: int, row: Mapping[str, str], file: str, faults: list[Finding]) -> tuple[int, Received] | None:
    before = len(faults)
    told, name = row.get("year", "").strip(), " ".join(row.get("recipient_name", "").split())[:_LONGEST_NAME]
    if not told.isdecimal() or not _FIRST_YEAR <= int(told) <= _LAST_YEAR:
        faults.append(_fault("series_unfit", file, number, "year", value=told[:40], like="2017"))
    if not name:
        faults.append(_fault("series_unfit", file, number, "recipient_name", value="", like="Togo"))
    sectors = {column: found[1] for column in row if (found := _SECTOR.fullmatch(column))}
    if not sectors:
        faults.append(_fault("series_unfit", file, number, "s15240", value="", like="1.25"))
    amounts = {}
    for column, sector in sectors.items():
        try:
            if text := row[column].strip():
                amounts[sector] = _amount(text)
        except InvalidOperation:
            faults.append(_fault("series_unfit", file, number, column, value=row[column][:40], like="1.25"))
    if len(faults) > before:
        return None
    return int(told), Received(name, row.get("recipient_code", "").strip(), amounts)


def _amount(text: str) -> Decimal:
    """Read an amount, below zero where more was paid back than given."""
    found = Decimal(text)
    if not found.is_finite():
        raise InvalidOperation
    return found


def _summed(rows: Iterable[Received]) -> dict[str, Decimal]:
    sums: dict[str, Decimal] = {}
    for each in rows:
        for sector, value in each.amounts.items():
            sums[sector] = sums.get(sector, Decimal(0)) + value
    return dict(sorted(sums.items()))


def _fault(code: str, file: str, row: int, field: str, **facts: str) -> Finding:
    return Finding(f"assistance.{code}", cite("PoA III.6"), {"file": file, "row": str(row), "field": field, **facts})
