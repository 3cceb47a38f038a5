"""The marks of a register as the index of marks reads them from the database."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from tracemark.storage.marks import SearchedMark
from tracemark.storage.relational.codec import imported_into
from tracemark.storage.relational.sql import Database, Value
from tracemark.weapons import NO_WEAPON

_MARK = (
    "SELECT mark.id, mark.weapon, mark.folded, weapon.maker, weapon.model, weapon.calibre, weapon.country, "
    "weapon.year, weapon.kind, CASE WHEN weapon.state LIKE %s THEN weapon.state END "
    "FROM mark JOIN weapon ON weapon.id = mark.weapon"
)
_IMPORTED = '%"kind":"import"%'
"""What stands in the JSON of a weapon that may bear an import mark; all others need not be read."""
AT_ONCE = 50_000
STRETCH = 20_000
"""Events, and rows of `redrawn`, that are read at once of what came since; a search waits for no more of them."""

_EMPTY = ""


@dataclass(frozen=True, slots=True)
class Standing:
    """Up to where an index has read: events, the root then (hex), and the newest row of `redrawn`."""

    events: int
    root: str
    redrawn: int


class MarkPages:
    """What the index asks of the database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def now(self) -> Standing:
        """Return where the database stands."""
        head = self._database.row("SELECT size, root FROM checkpoint ORDER BY size DESC LIMIT 1")
        row = self._database.row("SELECT MAX(id) FROM redrawn")
        events, root = (head[0], bytes(head[1]).hex()) if head else (0, _EMPTY)
        return Standing(events, root, (row and row[0]) or 0)

    def continues(self, before: Standing, now: Standing) -> bool:
        """Whether the record only grew since, and the register was not drawn anew as a whole."""
        if before.redrawn > now.redrawn or before.events > now.events:
            return False
        row = self._database.row("SELECT root FROM checkpoint WHERE size = %s", before.events)
        if (bytes(row[0]).hex() if row else _EMPTY) != before.root:
            return False
        whole = "SELECT 1 FROM redrawn WHERE id > %s AND weapon = %s LIMIT 1"
        return before.redrawn == now.redrawn or self._database.row(whole, before.redrawn, NO_WEAPON) is None

    def next_stop(self, before: Standing, now: Standing) -> Standing:
        """Return a standing about `STRETCH` events on, or `now` where that is near: how far is read at once."""
        events, root = now.events, now.root
        if now.events - before.events > STRETCH:
            stop = "SELECT size, root FROM checkpoint WHERE size > %s AND size <= %s ORDER BY size DESC LIMIT 1"
            later = "SELECT size, root FROM checkpoint WHERE size > %s ORDER BY size LIMIT 1"
            row = self._database.row(stop, before.events, before.events + STRETCH)
            row = row or self._database.row(later, before.events)
            events, root = (row[0], bytes(row[1]).hex()) if row else (events, root)
        return Standing(events, root, min(now.redrawn, before.redrawn + STRETCH))

    def all(self) -> Iterator[list[SearchedMark]]:
        """Yield all marks, page by page, by rising identity."""
        last = -1
        while page := self._marks("WHERE mark.id > %s ORDER BY mark.id LIMIT %s", last, AT_ONCE):
            yield page
            last = page[-1][0]

    def touched(self, before: Standing, now: Standing) -> list[int]:
        """Return the weapons of which marks came, or what was searched by is otherwise, in between; rising."""
        changed = self._database.rows(
            "SELECT DISTINCT weapon FROM redrawn WHERE id > %s AND id <= %s", before.redrawn, now.redrawn
        )
        concerned = self._database.rows(
            "SELECT DISTINCT weapon FROM event WHERE position >= %s AND position < %s", before.events, now.events
        )
        condition, listed = self._database.among("weapon.id", [row[0] for row in concerned])
        came = self._database.rows(
            f"SELECT DISTINCT weapon.id FROM mark JOIN weapon ON weapon.id = mark.weapon AND {_OWN} "
            f"WHERE {condition} AND mark.position >= %s AND mark.position < %s",
            listed,
            before.events,
            now.events,
        )
        return sorted({row[0] for row in (*changed, *came)})

    def of(self, weapons: Iterable[int]) -> list[SearchedMark]:
        """Return all marks that weapons bear now."""
        condition, listed = self._database.among("weapon.id", weapons)
        return self._marks(f"AND {_OWN} WHERE {condition} ORDER BY mark.id", listed)

    def _marks(self, which: str, *values: Value) -> list[SearchedMark]:
        rows = self._database.rows(f"{_MARK} {which}", _IMPORTED, *values)
        return [(*row[:-1], imported_into(row[-1]) if row[-1] else "") for row in rows]

    def close(self) -> None:
        """Close this thread's connection."""
        self._database.connection.close()


_OWN = "mark.id > weapon.id * 256 AND mark.id < weapon.id * 256 + 256"
