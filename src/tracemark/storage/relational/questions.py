from tracemark.storage.relational.sql import Database
from tracemark.tracing import AskedPrivately

_COLUMNS = ("asker", "at", "keys")
_LISTED = ", ".join(f'"{name}"' for name in _COLUMNS)


class RelationalQuestions:
    """Who asked privately and for how many keys, in SQL: a table that only grows."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def note(self, asked: AskedPrivately) -> None:
        self._database.insert("private_question", _COLUMNS, [tuple(getattr(asked, name) for name in _COLUMNS)])

    def spent(self, asker: str, since: str) -> int:
        asked = 'SELECT COALESCE(SUM("keys"), 0) FROM private_question WHERE asker = %s AND at >= %s'
        row = self._database.row(asked, asker, since)
        return int(row[0]) if row else 0

    def newest(self, count: int) -> list[AskedPrivately]:
        found = self._database.rows(f"SELECT {_LISTED} FROM private_question ORDER BY id DESC LIMIT %s", count)
        return [AskedPrivately(*row) for row in found]
