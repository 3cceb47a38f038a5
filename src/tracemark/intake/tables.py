from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

SourceRow = tuple[int, Sequence[str]]
"""A row of a file: its number as a spreadsheet counts (the first row is 1), and its cells as text."""


@dataclass(frozen=True, slots=True)
class Table:
    """A table as it was found in a file, whatever the file's format.

    `rows` begins anew at each call, so that a file of any size is read twice rather than held. `fingerprint` is the
    SHA-256 of the file's bytes in hexadecimal, `size` their number. `total` is how many rows are expected, None where
    nobody counted. `encoding` and `delimiter` are what was found or asked for, "" where the format has none; where the
    encoding was guessed, `encodings` are those that suit, the likeliest first. `sheet` is a spreadsheet's, in which
    `hidden_rows` are hidden and were read, and `merged_ranges` gave their value to each of their rows.
    """

    name: str
    fingerprint: str
    columns: tuple[str, ...]
    rows: Callable[[], Iterator[SourceRow]]
    encoding: str = ""
    delimiter: str = ""
    size: int = 0
    total: int | None = None
    sheet: str = ""
    encodings: tuple[str, ...] = ()
    heading_row: int = 1
    hidden_rows: int = 0
    merged_ranges: int = 0


def table_of(name: str, columns: Sequence[str], rows: Sequence[Sequence[str]], fingerprint: str = "") -> Table:
    """Return a table held in memory; its rows are numbered from 2, below the heading."""
    return Table(
        name=name,
        fingerprint=fingerprint,
        columns=tuple(columns),
        rows=lambda: iter([(number, row) for number, row in enumerate(rows, 2)]),
        total=len(rows),
    )
