from typing import Any

import adbc_driver_manager
import adbc_driver_postgresql

from tracemark.storage.relational.sql import Database


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
        sql = f"SELECT position, body FROM event WHERE position >= {first:d} AND position < {end:d}"
        return EventStream(self._connection, sql)

    def close(self) -> None:
        """Close the connection."""
        self._connection.close()
        self._database.close()


def _postgresql(settings: dict[str, Any]) -> str:
    """Return the address of a database for libpq."""
    known = {"dbname": "NAME", "user": "USER", "password": "PASSWORD", "host": "HOST", "port": "PORT"}
    told = {name: str(settings.get(key) or "") for name, key in known.items()}
    told |= {name: str(value) for name, value in settings.get("OPTIONS", {}).items()}
    return " ".join(f"{name}='{_escaped(value)}'" for name, value in told.items() if value)


def _escaped(value: str) -> str:
    return value.replace("\\", "\\\\").replace("'", "\\'")
