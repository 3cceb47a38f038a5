import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb

from tracemark.intake import SourceRow, Table
from tracemark.kernel import altered
from tracemark.marking import fold_serial
from tracemark.storage.columnar.parquet import opened, quoted
from tracemark.storage.marks import Codebook, SearchedMark, mark_columns
from tracemark.tracing import ListHeading, Segment, Spoken, build_segment

_NOT_RECORDED = frozenset("?*[")
_AT_ONCE = 10_000


@dataclass(frozen=True, slots=True)
class ListedIndex:
    """A list made ready to be searched in: each row is a weapon, numbered as the row, with one mark.

    `ids` are the list's own names of rows; `unsearchable` the rows without a number that stands there whole.
    """

    segment: Segment
    codes: Codebook
    ids: dict[int, str]
    unsearchable: tuple[int, ...]

    def segments(self) -> Sequence[Segment]:
        return [self.segment]

    def code(self, column: str, value: str) -> int:
        return self.codes.code(column, value)


def index_of_list(rows: Iterable[SourceRow], heading: ListHeading) -> ListedIndex:
    """Make the marks of a list ready for search. Only a number that can be read whole is found there."""
    spoken, codes = Spoken(), Codebook()
    marks: list[SearchedMark] = []
    ids, unsearchable = dict[int, str](), []
    for number, cells in rows:
        text = heading.cell("reading", cells)
        folded = "" if _NOT_RECORDED & set(text) or altered(text) else fold_serial(text)
        if own := heading.cell("id", cells):
            ids[number] = own
        if not folded:
            unsearchable.append(number)
            continue
        told, year, _ = spoken.attributes(heading, cells)
        described = told["maker"], told["model"], told["calibre"], told["country"], year, told["kind"]
        marks.append((number, number, folded, *described, told["import_country"]))
    return ListedIndex(build_segment(mark_columns(marks, codes)), codes, ids, tuple(unsearchable))


def parquet_table(path: Path) -> Table:
    """Read a Parquet file as a table of text, its rows numbered as if a heading stood above them.

    Raises:
        ValueError: it is no Parquet file; the message says why.
    """
    with opened() as connection, path.open("rb") as file:
        fingerprint = hashlib.file_digest(file, "sha256").hexdigest()
        try:
            described = connection.execute(f"DESCRIBE SELECT * FROM read_parquet({quoted(path)})").fetchall()
        except duckdb.Error as error:
            raise ValueError(" ".join(str(error).split())) from error
        [[total]] = connection.execute(f"SELECT COUNT(*) FROM read_parquet({quoted(path)})").fetchall()
    columns = tuple(str(row[0]) for row in described)
    texts = ", ".join(f"""COALESCE(CAST("{name.replace('"', '""')}" AS VARCHAR), '')""" for name in columns)

    def rows() -> Iterator[SourceRow]:
        first = 2
        with opened() as connection:
            found = connection.execute(f"SELECT {texts} FROM read_parquet({quoted(path)})")
            while page := found.fetchmany(_AT_ONCE):
                yield from enumerate(page, first)
                first += len(page)

    return Table(path.name, fingerprint, columns, rows, size=path.stat().st_size, total=total)
