import json
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import psycopg
from django.db import connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.utils import CursorWrapper

Row = tuple[Any, ...]
Value = bool | int | str | bytes | list[Any] | None

_FEW = 64
_WRITER = 7_276_011
"""The number of the advisory lock on PostgreSQL which the one writer holds."""


class _Standing(threading.local):
    """Where this thread stands: how deep in transactions, and which identities it has given out in the outermost.

    Within a snapshot on SQLite, `witness` is a second connection, which sees what others commit meanwhile.
    """

    depth = 0
    reserved = 0
    in_snapshot = False
    witness: BaseDatabaseWrapper | None = None
    noted = 0


class Database:
    """One database in SQL: this thread's connection to it, transactions, and the quick ways to write many rows."""

    def __init__(self, alias: str) -> None:
        self.alias = alias
        self.standing = _Standing()

    @property
    def connection(self) -> BaseDatabaseWrapper:
        """This thread's connection."""
        return connections[self.alias]

    @property
    def on_postgresql(self) -> bool:
        return self.connection.vendor == "postgresql"

    @contextmanager
    def atomic(self) -> Iterator[None]:
        """One transaction of the one writer, who waits for another at the beginning. Nested, it is a savepoint."""
        with transaction.atomic(using=self.alias):
            if not self.standing.depth and self.on_postgresql:
                self.execute("SELECT pg_advisory_xact_lock(%s)", _WRITER)
            self.standing.depth += 1
            try:
                yield
            finally:
                self.standing.depth -= 1
                if not self.standing.depth:
                    self.standing.reserved = 0

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """One view of the database while others go on writing. Inside a transaction it is that transaction's own.

        Nothing may be written inside.
        """
        if self.connection.in_atomic_block:
            yield
            return
        with self._witnessed(), self._reading():
            self.standing.in_snapshot = True
            try:
                yield
            finally:
                self.standing.in_snapshot = False

    def share(self) -> str | None:
        """Return what `joined` asks for in a copy of this process; None where it stands in no snapshot of its own."""
        if not self.standing.in_snapshot:
            return None
        row = self.row("SELECT pg_export_snapshot()") if self.on_postgresql else (self.standing.noted,)
        return str(row[0]) if row else None

    def shares(self, snapshot: str) -> bool:
        """Whether all who joined a snapshot by now see what this process sees."""
        return self.standing.witness is None or snapshot == str(_data_version(self.standing.witness))

    @contextmanager
    def joined(self, snapshot: str) -> Iterator[None]:
        """In a copy of this process, see its snapshot through a connection of our own.

        The copied connection is neither used nor closed, for it is still the other process's. On SQLite, what is seen
        is the present: whether that is the other's snapshot, `shares` tells it.
        """
        inherited = self.connection
        connections[self.alias] = inherited.copy()
        try:
            with self._reading(snapshot):
                yield
        finally:
            connections[self.alias].close()
            connections[self.alias] = inherited

    @contextmanager
    def _reading(self, snapshot: str = "") -> Iterator[None]:
        connection: Any = self.connection
        # Connecting sets the mode, so that comes first.
        connection.ensure_connection()
        mode = getattr(connection, "transaction_mode", None)
        connection.transaction_mode = "DEFERRED"
        try:
            with transaction.atomic(using=self.alias):
                if self.on_postgresql:
                    self.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
                    if snapshot:
                        self.execute("SET TRANSACTION SNAPSHOT %s", snapshot)
                # The snapshot is taken by whoever reads for the first time: now, not some time later.
                self.row("SELECT 1 FROM event LIMIT 1")
                yield
        finally:
            connection.transaction_mode = mode

    @contextmanager
    def _witnessed(self) -> Iterator[None]:
        if self.on_postgresql:
            yield
            return
        witness = self.standing.witness = self.connection.copy()
        self.standing.noted = _data_version(witness)
        try:
            yield
        finally:
            self.standing.witness = None
            witness.close()

    def execute(self, sql: str, *values: Value) -> int:
        """Run a statement and return how many rows it touched."""
        with self.connection.cursor() as cursor:
            cursor.execute(sql, values)
            return int(cursor.rowcount)

    def rows(self, sql: str, *values: Value) -> list[Row]:
        with self.connection.cursor() as cursor:
            cursor.execute(sql, values)
            return list(cursor.fetchall())

    def row(self, sql: str, *values: Value) -> Row | None:
        """Return the first row, None where there is none."""
        with self.connection.cursor() as cursor:
            cursor.execute(sql, values)
            found: Row | None = cursor.fetchone()
            return found

    def rows_of_bytes(self, sql: str, *values: Value) -> list[Row]:
        """Return rows with bytes as they are, which PostgreSQL would else spell out in hexadecimal."""
        if not self.on_postgresql:
            return self.rows(sql, *values)
        self.connection.ensure_connection()
        with psycopg.Cursor(self.connection.connection) as cursor:
            return cursor.execute(sql, values, binary=True).fetchall()

    def among(self, column: str, values: Iterable[int] | Iterable[str]) -> tuple[str, Value]:
        """Return a condition that `column` is one of many values, and the one parameter that holds them all."""
        listed = list(values)
        if self.on_postgresql:
            return f"{column} = ANY(%s)", listed
        return f"{column} IN (SELECT value FROM json_each(%s))", json.dumps(listed)

    def insert(self, table: str, columns: Sequence[str], rows: Sequence[Row]) -> None:
        """Insert rows that are new; by COPY where the database is PostgreSQL."""
        if not rows:
            return
        with self.connection.cursor() as cursor:
            if self.on_postgresql and len(rows) > _FEW:
                _copy(cursor, f"{table} ({_listed(columns)})", rows)
            else:
                cursor.executemany(_insert(table, columns), rows)

    def replace(self, table: str, columns: Sequence[str], rows: Sequence[Row]) -> None:
        """Insert rows, or write them over those with the same first column, which is the key."""
        if not rows:
            return
        key, *others = columns
        over = ", ".join(f'"{name}" = EXCLUDED."{name}"' for name in others)
        conflict = f'ON CONFLICT ("{key}") DO UPDATE SET {over}'
        with self.connection.cursor() as cursor:
            if self.on_postgresql and len(rows) > _FEW:
                coming, named = f"coming_{table}", _listed(columns)
                cursor.execute(f"CREATE TEMPORARY TABLE {coming} (LIKE {table}) ON COMMIT DROP")
                _copy(cursor, f"{coming} ({named})", rows)
                cursor.execute(f"INSERT INTO {table} ({named}) SELECT {named} FROM {coming} {conflict}")
                cursor.execute(f"DROP TABLE {coming}")
            else:
                cursor.executemany(f"{_insert(table, columns)} {conflict}", rows)


def _data_version(connection: BaseDatabaseWrapper) -> int:
    """Return a number that another one takes the place of when somebody else commits."""
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA data_version")
        return int(cursor.fetchone()[0])


def _insert(table: str, columns: Sequence[str]) -> str:
    return f"INSERT INTO {table} ({_listed(columns)}) VALUES ({', '.join(['%s'] * len(columns))})"


def _listed(columns: Sequence[str]) -> str:
    return ", ".join(f'"{name}"' for name in columns)


def _copy(cursor: CursorWrapper, into: str, rows: Sequence[Row]) -> None:
    with cursor.copy(f"COPY {into} FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)
