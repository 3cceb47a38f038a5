from tracemark.participation import Tip, TipTally
from tracemark.storage.relational.sql import Database, Row

_COLUMNS = ("lookup", "received_on", "expires_on", "box", "reply")
_LISTED = ", ".join(f'"{name}"' for name in _COLUMNS)


class RelationalTips:
    """Sealed tips and their tally, in SQL; what is deleted is gone."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def put(self, tip: Tip) -> None:
        self.remove(tip.lookup)
        row = (tip.lookup, tip.received_on, tip.expires_on, tip.box.decode(), tip.reply.decode())
        self._database.insert("tip", _COLUMNS, [row])

    def find(self, lookup: str) -> Tip | None:
        row = self._database.row(f"SELECT {_LISTED} FROM tip WHERE lookup = %s", lookup)
        return _tip(row) if row else None

    def all(self) -> list[Tip]:
        return [_tip(row) for row in self._database.rows(f"SELECT {_LISTED} FROM tip ORDER BY lookup")]

    def received_on(self, day: str) -> int:
        row = self._database.row("SELECT COUNT(*) FROM tip WHERE received_on = %s", day)
        return int(row[0]) if row else 0

    def remove(self, lookup: str) -> None:
        self._database.execute("DELETE FROM tip WHERE lookup = %s", lookup)

    def remove_expired(self, today: str) -> int:
        row = self._database.row("SELECT COUNT(*) FROM tip WHERE expires_on < %s", today)
        self._database.execute("DELETE FROM tip WHERE expires_on < %s", today)
        return int(row[0]) if row else 0

    def tally(self) -> TipTally:
        row = self._database.row("SELECT received, answered, gone FROM tip_tally")
        return TipTally(*map(int, row)) if row else TipTally()

    def keep_tally(self, tally: TipTally) -> None:
        self._database.execute("DELETE FROM tip_tally")
        row = (tally.received, tally.answered, tally.gone)
        self._database.insert("tip_tally", ("received", "answered", "gone"), [row])


def _tip(row: Row) -> Tip:
    lookup, received_on, expires_on, box, reply = map(str, row)
    return Tip(lookup, received_on, expires_on, box.encode(), reply.encode())
