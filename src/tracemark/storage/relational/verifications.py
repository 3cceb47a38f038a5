from tracemark.recordkeeping import Verified
from tracemark.storage.relational.sql import Database

_COLUMNS = ("at", "actor", "authority", "size", "root", "faults")


class RelationalVerifications:
    """Who verified the record and what was found, in SQL; never changed."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def note(self, verified: Verified) -> None:
        self._database.insert("verification", _COLUMNS, [tuple(getattr(verified, name) for name in _COLUMNS)])

    def newest(self, count: int) -> list[Verified]:
        found = self._database.rows(f"SELECT {', '.join(_COLUMNS)} FROM verification ORDER BY id DESC LIMIT %s", count)
        return [Verified(*row) for row in found]
