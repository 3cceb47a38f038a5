"""Tables drawn from the record that are kept beside it, so that only what is new has to be drawn."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

import duckdb

from tracemark.recordkeeping import columnar_version, record_tables
from tracemark.storage.columnar.parquet import quoted
from tracemark.storage.columnar.snapshots import SnapshotFolder

KEPT = "kept"
_FORMAT = "FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 122880"
_SPARED = 2
"""The newest file, and the one before it, which somebody may still be reading."""
_REDRAWN = 20
"""Once a twentieth of the record is new, a kept table is drawn anew as a whole."""


@dataclass(frozen=True, slots=True)
class Kept:
    """The files of one query over one record, each by the size and the root of the record it was drawn from."""

    record: SnapshotFolder
    query: str
    folder: Path

    @classmethod
    def of(cls, record: SnapshotFolder, query: str, tables: Sequence[str]) -> "Kept":
        """Name the folder after all that the answer follows from: the query, and `tables` of what it uses."""
        told = "\0".join([str(columnar_version()), query, *tables])
        return cls(record, query, record.folder / KEPT / hashlib.sha256(told.encode()).hexdigest()[:16])

    @property
    def path(self) -> Path:
        """Where the answer over the whole record is, or belongs."""
        return self._path(self.record.size)

    def base(self) -> tuple[Path, int] | None:
        """Return the newest file that was drawn from a beginning of this record, with its size."""
        found = [(self._path(each.size), each.size) for each in reversed(self.record.snapshots)]
        return next(((path, size) for path, size in found if path.exists()), None)

    def put(self, connection: duckdb.DuckDBPyConnection) -> bool:
        """Draw the whole and keep it, in the place of what was kept long before; False where nothing can be written."""
        aside = self.folder / f".{uuid4().hex}"
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            aside.touch()
        except OSError:
            return False
        connection.execute(f"COPY ({self.query}) TO {quoted(aside)} ({_FORMAT})")
        aside.replace(self.path)
        for earlier in sorted(self.folder.glob("*.parquet"))[:-_SPARED]:
            earlier.unlink(missing_ok=True)
        return True

    def _path(self, size: int) -> Path:
        root = next(each.root for each in self.record.snapshots if each.size == size)
        return self.folder / f"{size:012d}-{root[:16]}.parquet"


def show_kept(connection: duckdb.DuckDBPyConnection, name: str, kept: Kept) -> None:
    """Give the answer of a kept query its name, with as little drawn anew as the record allows."""
    size, base = kept.record.size, kept.base()
    if base and base[1] == size:
        _show(connection, name, _reading(base[0]))
    elif base and (size - base[1]) * _REDRAWN < size:
        _show_grown(connection, name, kept, *base)
    elif kept.record.snapshots and kept.put(connection):
        _show(connection, name, _reading(kept.path))
    else:
        connection.execute(f"CREATE TEMP TABLE {name} AS {kept.query}")


def _show_grown(connection: duckdb.DuckDBPyConnection, name: str, kept: Kept, base: Path, size: int) -> None:
    """Lay what was drawn before beside what is drawn anew for the weapons that the record has said more of since."""
    touched = f"touched_since_{size}"
    if not connection.execute(f"SELECT 1 FROM duckdb_tables() WHERE table_name = '{touched}'").fetchall():
        connection.execute(f"CREATE TEMP TABLE {touched} AS {_touched(kept.record, size)}")
    schema = f"since_{size}"
    connection.execute(f"CREATE SCHEMA IF NOT EXISTS {schema}")
    for table in record_tables().values():
        if "weapon" in {each.name for each in table.columns}:
            connection.execute(
                f"CREATE OR REPLACE VIEW {schema}.{table.name} AS SELECT * FROM main.{table.name} "
                f"WHERE weapon IN (SELECT weapon FROM {touched})"
            )
    connection.execute(f"SET search_path = '{schema},main'")
    connection.execute(f"CREATE TEMP TABLE {name}_anew AS {kept.query}")
    connection.execute("SET search_path = 'main'")
    unchanged = f"{_reading(base)} WHERE weapon NOT IN (SELECT weapon FROM {touched})"
    _show(connection, name, f"{unchanged} UNION ALL SELECT * FROM {name}_anew")


def _touched(record: SnapshotFolder, size: int) -> str:
    """Return the query for the weapons of new events, and of events that new corrections speak of, before and after."""
    since = [each for each in record.snapshots if each.size > size]
    files = [(record.folder / name, file) for each in since for name, file in each.files.items()]
    told = [path for path, file in files if file.table == "events"]
    amended = [path for path, file in files if file.table == "events" and file.amended]
    queries = [f"SELECT weapon FROM read_parquet({quoted(path)}) WHERE weapon IS NOT NULL" for path in told]
    queries += [
        f"SELECT weapon FROM main.events_recorded WHERE position IN (SELECT position FROM read_parquet({quoted(path)}))"
        for path in amended
    ]
    return " UNION ".join(queries) or "SELECT CAST(0 AS BIGINT) AS weapon WHERE FALSE"


def _reading(path: Path) -> str:
    return f"SELECT * FROM read_parquet({quoted(path)})"


def _show(connection: duckdb.DuckDBPyConnection, name: str, query: str) -> None:
    connection.execute(f"CREATE OR REPLACE VIEW {name} AS {query}")
