"""Writing what is new in a record as Parquet, part by part, so that memory does not grow with the record."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import duckdb

from tracemark.marking import fold_serial
from tracemark.recordkeeping import Checkpoint, EventKind, record_tables
from tracemark.storage.columnar.extraction import extracted, foreign_serials, parsed
from tracemark.storage.columnar.parquet import columns_laid, opened, quoted
from tracemark.storage.columnar.snapshots import Snapshot, SnapshotFile, SnapshotFolder
from tracemark.storage.disk import bring_folder_to_disk, digest_of

PART_EVENTS = 250_000
"""So many events are one part: what is held in memory at once."""

_FORMAT = "FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 32768"
_AMENDED = 100_000


class EventSource(Protocol):
    """Where sealed events come from."""

    def events(self, first: int, end: int) -> Any:  # noqa: ANN401 - whatever DuckDB scans: a stream or arrays
        """Events from one position to before another, as columns `position` and `body`."""
        ...


@dataclass(frozen=True, slots=True)
class Amended:
    """An event as a correction has it: whose correction at which position; `body` is "" where it counts no more."""

    position: int
    corrected_by: int
    body: str


@dataclass(frozen=True, slots=True)
class Exported:
    """What an export added: events, files, bytes, and the size of the record that the folder now holds."""

    events: int
    files: int
    bytes: int
    size: int


@dataclass(frozen=True, slots=True)
class RecordToExport:
    """A record as it stands at its head. `taken_at` is an instant in UTC, `agencies` rows of the table of that name.

    `amended` tells, of corrections at given positions, what they put in the place of which events.
    """

    state: str
    head: Checkpoint
    taken_at: str
    source: EventSource
    agencies: Sequence[Sequence[str]]
    amended: Callable[[Sequence[int]], Iterable[Amended]]


def export_record(
    into: SnapshotFolder, record: RecordToExport, told: Callable[[int], None]
) -> tuple[SnapshotFolder, Exported]:
    """Add the events between the newest snapshot and the head; where there are none, nothing is written.

    Files are written aside and renamed; they count once the manifest names them, so a broken-off export is simply done
    again. `told` hears after each part how many events there are.
    """
    before, head = into.size, record.head
    if head.size <= before:
        return into, Exported(0, 0, 0, before)
    into.folder.mkdir(parents=True, exist_ok=True)
    writer, corrections = _Writer(into.folder), list[int]()
    for first in range(before, head.size, PART_EVENTS):
        end = min(first + PART_EVENTS, head.size)
        corrections += writer.part(record.source.events(first, end), f"{first:012d}")
        told(end)
    for start in range(0, len(corrections), _AMENDED):
        writer.amend(list(record.amended(corrections[start : start + _AMENDED])), f"{before:012d}-{start}")
    listed = writer.agencies(record.agencies, f"{head.size:012d}")
    written = Snapshot(head.size, str(head), head.root.hex(), record.taken_at, writer.files, listed)
    size = sum(each.bytes for each in writer.files.values())
    added = Exported(head.size - before, len(writer.files), size, head.size)
    return into.with_snapshot(record.state, written), added


class _Writer:
    def __init__(self, folder: Path) -> None:
        self.folder, self.files = folder, dict[str, SnapshotFile]()

    def part(self, events: Any, name: str) -> list[int]:  # noqa: ANN401 - as EventSource
        """Write one part of every table and return the positions of the corrections among its events."""
        with opened(threads=2, aside=self.folder / ".aside") as connection:
            connection.register("coming", events) if isinstance(events, dict) else _scan(connection, events)
            self._read(connection)
            for table, query in extracted().items():
                self._write(connection, table, query, f"{table}/{name}.parquet")
            asked = f"SELECT position FROM parsed WHERE x.kind = {quoted(EventKind.CORRECTED.value)} ORDER BY position"
            return [position for (position,) in connection.execute(asked).fetchall()]

    def amend(self, rows: Sequence[Amended], name: str) -> None:
        """Write events as corrections have them, each with the correction's position; a void one has no kind."""
        if not rows:
            return
        laid = columns_laid(
            {"position": [each.position for each in rows], "corrected_by": [each.corrected_by for each in rows],
             "body": [each.body or "{}" for each in rows]},
            {"position": "BIGINT", "corrected_by": "BIGINT", "body": "VARCHAR"},
        )  # fmt: skip
        with opened(threads=2) as connection:
            connection.register("coming", laid)
            self._read(connection)
            connection.execute("CREATE TEMP TABLE corrections AS SELECT position, corrected_by FROM coming")
            for table, query in extracted().items():
                joined = f"SELECT drawn.*, corrected_by FROM ({query}) AS drawn JOIN corrections USING (position)"
                self._write(connection, table, joined, f"{table}/amended-{name}.parquet", amended=True)

    def agencies(self, rows: Sequence[Sequence[str]], name: str) -> str:
        """Write the agencies as they stand, and return the file's name; "" where there are none."""
        columns = [each.name for each in record_tables()["agencies"].columns]
        told = {column: [row[place] for row in rows] for place, column in enumerate(columns)}
        with opened() as connection:
            connection.register("listed", columns_laid(told, dict.fromkeys(columns, "VARCHAR")))
            file = f"agencies/{name}.parquet"
            return file if rows and self._write(connection, "agencies", "SELECT * FROM listed", file) else ""

    def _read(self, connection: duckdb.DuckDBPyConnection) -> None:
        connection.execute(f"CREATE TEMP TABLE parsed AS {parsed('coming')}")
        connection.execute("CREATE TEMP TABLE folding (serial VARCHAR, folded VARCHAR)")
        foreign = connection.execute(foreign_serials()).fetchall()
        if foreign:
            connection.executemany(
                "INSERT INTO folding VALUES (?, ?)", [(text, fold_serial(text)) for (text,) in foreign]
            )

    def _write(
        self, connection: duckdb.DuckDBPyConnection, table: str, query: str, name: str, *, amended: bool = False
    ) -> bool:
        """Write a file of what a query finds; none where it finds nothing."""
        path = self.folder / name
        path.parent.mkdir(exist_ok=True)
        aside = path.with_name(f".{path.name}")
        [[rows]] = connection.execute(f"COPY ({query}) TO {quoted(aside)} ({_FORMAT})").fetchall()
        if not rows:
            aside.unlink()
            return False
        aside.replace(path)
        bring_folder_to_disk(path.parent)
        self.files[name] = SnapshotFile(table, rows, path.stat().st_size, digest_of(path), amended)
        return True


def _scan(connection: duckdb.DuckDBPyConnection, stream: Any) -> None:  # noqa: ANN401 - as EventSource
    """Take a stream in: it can be read once only, and its rows are asked for twice."""
    relation = connection.from_arrow(stream)
    relation.create("coming")
    stream.close()
