from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from itertools import islice
from pathlib import Path

from tracemark.exchange.spreadsheets import FIRST_ROWS
from tracemark.exchange.table_refusals import table_refusal
from tracemark.intake import SourceRow

Knows = Callable[[Sequence[str]], tuple[bool, int]]
"""Says of a row whether it names every column that is needed, and how many of those that are known."""


def first_row(row: Sequence[str]) -> tuple[bool, int]:
    """Take the first row that holds anything for the heading, whatever it names."""
    return any(cell.strip() for cell in row), 0


def heading_among(rows: Iterable[SourceRow], knows: Knows, heading_row: int = 0) -> SourceRow | None:
    """Return the row that is the heading: the one asked for by its number, else the first that names what is needed.

    Above it may stand titles and notes. Where no row names all that is needed, the one that names the most is taken, so
    that what it lacks is said of it. None where there is no row.
    """
    if heading_row:
        return next(((number, row) for number, row in rows if number >= heading_row), None)
    looked_at = list(islice(rows, FIRST_ROWS))
    return max(looked_at, key=lambda each: knows(_stripped(each[1])), default=None)


def column_names(heading: SourceRow, path: Path, heading_row: int = 0) -> tuple[str, ...]:
    """Return the names of a table's columns.

    Raises:
        TableRefused: the row holds none, is not the one that was asked for, or names a column twice.
    """
    number, row = heading
    names = _stripped(row)
    if not any(names) or (heading_row and number != heading_row):
        raise table_refusal("no_heading", path, row=heading_row or number)
    twice = [name for name, count in Counter(names).items() if count > 1 and name]
    if twice:
        raise table_refusal("column_twice", path, row=number, field=twice[0])
    return tuple(names)


def _stripped(row: Sequence[str]) -> list[str]:
    return [name.strip().lstrip("\ufeff") for name in row]
