from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from tracemark.intake.dates import DateDetection, DateReader, detect_dates
from tracemark.intake.faults import fault
from tracemark.intake.profiles import Profile, check_columns
from tracemark.intake.serials import SerialColumn, SerialSurvey
from tracemark.intake.tables import Table
from tracemark.kernel import Finding


@dataclass(frozen=True, slots=True)
class Survey:
    """What a first look through a table shows: its number of rows, how dates are written, what serial numbers show."""

    rows: int
    dates: Mapping[str, DateDetection]
    readers: Mapping[str, DateReader]
    serials: Mapping[str, SerialColumn]
    findings: tuple[Finding, ...]
    absent_columns: tuple[str, ...]


def survey(table: Table, profile: Profile) -> Survey:
    """Look through a table once, for what no single row can tell.

    Raises:
        ProfileRefused: the table lacks columns that the profile names.
    """
    check_columns(profile, table)
    columns = [name for name in _date_columns(profile) if name in table.columns]
    serials = {
        name: SerialSurvey(profile.serials_as_written) for name in profile.serial_columns() if name in table.columns
    }
    texts, rows = _seen(table, columns, serials, profile.missing)
    dates = {name: detect_dates(texts[name], profile.date_order) for name in columns}
    stated = bool(profile.date_order)
    readers = {name: DateReader(found.order, profile.two_digit_pivot, stated=stated) for name, found in dates.items()}
    findings = [*_guessed(table), *_laid_out(table, rows)]
    findings += [finding for name, found in dates.items() for finding in _about(name, found, profile, table)]
    findings += _undeclared(profile, table)
    absent = tuple(column for column in profile.columns() if column not in table.columns)
    columns_of_serials = {name: each.found() for name, each in serials.items()}
    return Survey(rows, dates, readers, columns_of_serials, tuple(findings), absent)


def _guessed(table: Table) -> list[Finding]:
    """Say that the encoding is a guess, with those that suit: letters read wrongly would be sealed for ever."""
    if not table.encodings:
        return []
    mend = f'[file] encoding = "{table.encodings[0]}"'
    facts = {"file": table.name, "encodings": list(table.encodings)}
    return [fault("intake.encoding_guessed", 0, "", table.encoding, mend, **facts)]


def _laid_out(table: Table, rows: int) -> list[Finding]:
    """Say where there is nothing to import, and what of a sheet was read that is not plain to see."""
    about = {"file": table.name, "sheet": table.sheet}
    told = [fault("intake.no_rows", 0, heading=table.heading_row, **about)] if not rows else []
    told += [fault("intake.rows_hidden", 0, count=table.hidden_rows, **about)] if table.hidden_rows else []
    return told + ([fault("intake.cells_filled", 0, count=table.merged_ranges, **about)] if table.merged_ranges else [])


def _undeclared(profile: Profile, table: Table) -> list[Finding]:
    """Name the columns of holders of which the profile does not say whom they name: they are taken for persons."""
    columns = {
        column: None
        for holder in profile.holders()
        if holder.may_name_persons and not holder.declared
        for column in holder.source.columns
    }
    mend = 'names = "agency", "organisation" or "person"'
    return [
        fault("intake.holder_undeclared", 0, column, "", mend, file=table.name, profile=profile.name)
        for column in columns
        if column in table.columns
    ]


def _date_columns(profile: Profile) -> list[str]:
    return list(dict.fromkeys(event.happened.columns[0] for event in profile.events if event.happened.columns))


def _seen(
    table: Table, columns: list[str], serials: Mapping[str, SerialSurvey], missing: frozenset[str]
) -> tuple[dict[str, Counter[str]], int]:
    """Return the different texts of each column of dates, and how many rows there are; show `serials` their columns."""
    places = [(name, table.columns.index(name)) for name in columns]
    places_of_serials = [(table.columns.index(name), each) for name, each in serials.items()]
    texts: dict[str, Counter[str]] = {name: Counter() for name in columns}
    rows = 0
    for _, values in table.rows():
        rows += 1
        for name, place in places:
            if place < len(values):
                texts[name][values[place]] += 1
        for place, each in places_of_serials:
            if place < len(values):
                each.see(values[place])
    stripped = {name: Counter[str]() for name in columns}
    for name, counted in texts.items():
        for text, number in counted.items():
            if text.strip().casefold() not in missing:
                stripped[name][text.strip()] += number
    return stripped, rows


def _about(column: str, found: DateDetection, profile: Profile, table: Table) -> list[Finding]:
    """Say where day and month cannot be told apart; a profile that states the order settles it."""
    if profile.date_order:
        return []
    if found.contradictions:
        code = "intake.date_orders_mixed"
    elif found.ambiguous and not found.proven:
        code = "intake.date_order_unproven"
    else:
        return []
    mend = 'date_order = "day_first" or "month_first"'
    return [fault(code, 0, column, found.order.value, mend, file=table.name, ambiguous=found.ambiguous)]
