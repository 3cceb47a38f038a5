from typing import Any
from urllib.parse import quote

import adbc_driver_manager
import adbc_driver_postgresql
import adbc_driver_sqlite

from tracemark.storage.relational.sql import Database

_ROWS_AT_ONCE = "4096"


class EventStream:
    """Events of the record from one position to before another, as Arrow batches read straight from the database.

    Whoever scans it (`__arrow_c_stream__`) begins anew; columns `position` and `body`.
    """

    def __init__(self, connection: adbc_driver_manager.AdbcConnection, options: dict[str, str], sql: str) -> None:
        self._connection, self._options, self._sql = connection, options, sql
        self._statements: list[adbc_driver_manager.AdbcStatement] = []

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        statement = adbc_driver_manager.AdbcStatement(self._connection)
        # A statement that is let go ends its stream.
        self._statements.append(statement)
        statement.set_options(**self._options)
        statement.set_sql_query(self._sql)
        stream, _ = statement.execute_query()
        return stream.__arrow_c_stream__(requested_schema)

    def close(self) -> None:
        """Let go of what was read."""
        for each in self._statements:
            each.close()
        self._statements.clear()


class EventStreams:
    """A second connection to a register's database, which reads events without making Python objects of them."""

    def __init__(self, database: Database) -> None:
        settings = database.connection.settings_dict
        if database.on_postgresql:
            self._database = adbc_driver_postgresql.connect(_postgresql(settings))
            self._options: dict[str, str] = {}
        else:
            # Two copies of SQLite in one process do not see each other's locks: the second would cut the shared memory
            # that the first has mapped, and the next long transaction would end the process.
            self._database = adbc_driver_sqlite.connect(f"file:{quote(str(settings['NAME']))}?mode=ro&readonly_shm=1")
            self._options = {"adbc.sqlite.query.batch_rows": _ROWS_AT_ONCE}
        self._connection = adbc_driver_manager.AdbcConnection(self._database)

    def events(self, first: int, end: int) -> EventStream:
        """Return the events from `first` to before `end`."""
        sql = f"SELECT position, body FROM event WHERE position >= {first:d} AND position < {end:d}"
        return EventStream(self._connection, self._options, sql)

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
