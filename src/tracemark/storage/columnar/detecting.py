"""The record's tables opened for rules, on DuckDB."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import chain
from pathlib import Path

import duckdb

from tracemark.diversion import QueryRefused
from tracemark.recordkeeping import RecordTable, record_tables
from tracemark.storage.columnar.keeping import Kept, show_kept
from tracemark.storage.columnar.parquet import opened, quoted
from tracemark.storage.columnar.snapshots import SnapshotFolder

_AT_ONCE = 10_000
_FEW = 200
"""So many rows are put by one statement: one for each row takes eight times as long."""

AMENDED = "SELECT position, MAX(corrected_by) AS corrected_by FROM events_amended GROUP BY position"
"""Which correction holds for each event that was put right."""


class DuckDbEngine:
    """Answers rules over a folder of snapshots; what does not fit in memory is laid beside."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, folder: SnapshotFolder) -> None:
        self._connection, self._folder, self._laid = connection, folder, dict[str, str]()
        amended = bool(folder.paths("events", amended=True))
        for table in record_tables().values():
            self._view(_raw(table.name, amended), table, folder.paths(table.name), amended=False)
            if amended:
                paths = folder.paths(table.name, amended=True)
                self._view(f"{table.name}_amended", table, paths, amended=True)
        if amended:
            self.make("amended", AMENDED)
            for table in record_tables().values():
                self._connection.execute(f"CREATE VIEW {table.name} AS {as_corrected(table)}")

    def put(self, name: str, columns: Mapping[str, str], rows: Sequence[Sequence[object]]) -> None:
        """Add a small table."""
        self._laid[name] = repr((dict(columns), [list(row) for row in rows]))
        listed = ", ".join(f'"{column}" {kind}' for column, kind in columns.items())
        self._connection.execute(f"CREATE OR REPLACE TEMP TABLE {name} ({listed})")
        row = f"({', '.join('?' * len(columns))})"
        for first in range(0, len(rows), _FEW):
            few = rows[first : first + _FEW]
            values = ", ".join([row] * len(few))
            self._connection.execute(f"INSERT INTO {name} VALUES {values}", list(chain.from_iterable(few)))

    def make(self, name: str, query: str) -> None:
        """Keep the answer of a query as a table."""
        self._do(f"CREATE OR REPLACE TEMP TABLE {name} AS {query}")

    def show(self, name: str, query: str) -> None:
        """Give a query a name under which others look into its answer."""
        self._do(f"CREATE OR REPLACE VIEW {name} AS {query}")

    def keep(self, name: str, query: str, uses: Sequence[str] = ()) -> None:
        """Keep the answer of a query beside the record; it is drawn again only for weapons that something new is of."""
        kept = Kept.of(self._folder, query, [self._laid[each] for each in uses])
        self._laid[name] = kept.folder.name
        show_kept(self._connection, name, kept)

    def rows(self, query: str) -> Iterator[Mapping[str, object]]:
        """Answer a query, row by row."""
        found = self._do(query)
        names = [each[0] for each in found.description or ()]
        while page := found.fetchmany(_AT_ONCE):
            yield from (dict(zip(names, row, strict=True)) for row in page)

    def _do(self, query: str) -> duckdb.DuckDBPyConnection:
        try:
            return self._connection.execute(query)
        except duckdb.Error as error:
            raise QueryRefused(str(error)) from error

    def _view(self, name: str, table: RecordTable, paths: Sequence[Path], *, amended: bool) -> None:
        """Show the files of a table under a name; without files it is empty."""
        further = ", corrected_by" if amended else ""
        if paths:
            listed = ", ".join(f'"{each.name}"' for each in table.columns)
            files = ", ".join(map(quoted, paths))
            self._connection.execute(f"CREATE VIEW {name} AS SELECT {listed}{further} FROM read_parquet([{files}])")
        else:
            typed = ", ".join(f'CAST(NULL AS {each.type}) AS "{each.name}"' for each in table.columns)
            nothing = ", CAST(NULL AS BIGINT) AS corrected_by" if amended else ""
            self._connection.execute(f"CREATE VIEW {name} AS SELECT {typed}{nothing} WHERE FALSE")


def as_corrected(table: RecordTable) -> str:
    """Return the query that shows a table's rows as corrections have them; one entered in error counts no more."""
    listed = ", ".join(f'"{each.name}"' for each in table.columns)
    if table.columns[0].name != "position":
        return f"SELECT {listed} FROM {table.name}_recorded"
    counts = "AND a.kind IS NOT NULL" if table.name == "events" else ""
    told = ", ".join(f'a."{each.name}"' for each in table.columns)
    return (
        f"SELECT {listed} FROM {table.name}_recorded AS r "
        "WHERE NOT EXISTS (SELECT 1 FROM amended WHERE amended.position = r.position) "
        f"UNION ALL SELECT {told} FROM {table.name}_amended AS a JOIN amended "
        f"ON amended.position = a.position AND amended.corrected_by = a.corrected_by {counts}"
    )


def _raw(name: str, amended: bool) -> str:  # noqa: FBT001 - private
    return f"{name}_recorded" if amended else name


@contextmanager
def duckdb_engine(folder: SnapshotFolder, *, threads: int, memory: str, aside: Path) -> Iterator[DuckDbEngine]:
    """Open an engine that uses so much memory at most and lays the rest into `aside`."""
    with opened(threads=threads, aside=aside, memory=memory) as connection:
        # Many queries look into the same files, of many parts each.
        connection.execute("SET parquet_metadata_cache = true")
        yield DuckDbEngine(connection, folder)
