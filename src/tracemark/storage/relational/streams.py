from typing import Any

import adbc_driver_manager
import adbc_driver_postgresql
import numpy as np
from numpy.typing import NDArray

from tracemark.storage.relational.sql import Database

_SQL = "SELECT position, body FROM event WHERE position >= {:d} AND position < {:d}"


class EventStream:
    """Events of the record from one position to before another, as Arrow batches read straight from the database.

    Whoever scans it (`__arrow_c_stream__`) begins anew; columns `position` and `body`.
    """

    def __init__(self, connection: adbc_driver_manager.AdbcConnection, sql: str) -> None:
        self._connection, self._sql = connection, sql
        self._statements: list[adbc_driver_manager.AdbcStatement] = []

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        statement = adbc_driver_manager.AdbcStatement(self._connection)
        # A statement that is let go ends its stream.
        self._statements.append(statement)
        statement.set_sql_query(self._sql)
        stream, _ = statement.execute_query()
        return stream.__arrow_c_stream__(requested_schema)

    def close(self) -> None:
        """Let go of what was read."""
        for each in self._statements:
            each.close()
        self._statements.clear()


class EventStreams:
    """A second connection to a PostgreSQL database, which reads events without making Python objects of them."""

    def __init__(self, database: Database) -> None:
        self._database = adbc_driver_postgresql.connect(_postgresql(database.connection.settings_dict))
        self._connection = adbc_driver_manager.AdbcConnection(self._database)

    def events(self, first: int, end: int) -> EventStream:
        """Return the events from `first` to before `end`."""
        return EventStream(self._connection, _SQL.format(first, end))

    def close(self) -> None:
        """Close the connection."""
        self._connection.close()
        self._database.close()


class EventRows:
    """Reads events on the connection that the register has, as a SQLite file must be read.

    A second copy of SQLite in this process, as ADBC brings it, takes this one's locks with it when it lets go of the
    file (https://sqlite.org/howtocorrupt.html, 2.2.1). The next program to end would then take the register for unused
    and throw its log away, with all that is written to it afterwards.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def events(self, first: int, end: int) -> dict[str, NDArray[Any]]:
        """Return the events from `first` to before `end` as arrays `position` and `body`."""
        rows = self._database.rows(_SQL.format(first, end))
        bodies = np.empty(len(rows), object)
        bodies[:] = [body for _, body in rows]
        return {"position": np.fromiter((position for position, _ in rows), np.int64, len(rows)), "body": bodies}

    def close(self) -> None:
        """Nothing is held."""


def _postgresql(settings: dict[str, Any]) -> str:
    """Return the address of a database for libpq."""
    known = {"dbname": "NAME", "user": "USER", "password": "PASSWORD", "host": "HOST", "port": "PORT"}
    told = {name: str(settings.get(key) or "") for name, key in known.items()}
    told |= {name: str(value) for name, value in settings.get("OPTIONS", {}).items()}
    return " ".join(f"{name}='{_escaped(value)}'" for name, value in told.items() if value)


def _escaped(value: str) -> str:
    return value.replace("\\", "\\\\").replace("'", "\\'")
