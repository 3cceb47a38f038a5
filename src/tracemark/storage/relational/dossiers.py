from collections.abc import Collection, Iterable, Iterator, Sequence

from tracemark.recordkeeping import (
    DOSSIER_DETAILS,
    Dossier,
    Sealed,
    dossier_name,
    dossiers_named,
    fold_dossiers,
    read_event,
)
from tracemark.storage.relational.redrawing import MALFORMED
from tracemark.storage.relational.sql import Database, Value
from tracemark.weapons import NO_WEAPON

_COLUMNS = ("name", "kind", "standing", "authority", "opened", "last", "due")
_SELECT = f"SELECT {', '.join(_COLUMNS)} FROM dossier"
_NAME_IN_POSTGRESQL = '":"[A-Z]{2}-[0-9]{4}-[0-9]{6}"'
_NAME_IN_SQLITE = f'*":"[A-Z][A-Z]-{"[0-9]" * 4}-{"[0-9]" * 6}"*'
_OWN = "SELECT position, body FROM event WHERE weapon = %s ORDER BY position"


class RelationalDossiers:
    """Dossiers in SQL, and which events name them."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def dossier(self, name: str) -> Dossier:
        row = self._database.row(f"{_SELECT} WHERE name = %s", name)
        if row is None:
            raise KeyError(name)
        return Dossier(*row)

    def events(self, name: str) -> list[Sealed]:
        found = self._database.rows(
            "SELECT event.position, body FROM dossier_event JOIN event ON event.position = dossier_event.position "
            "WHERE dossier = %s ORDER BY event.position",
            name,
        )
        return [read_event(position, body.encode()) for position, body in found]

    def page(
        self,
        kind: str,
        *,
        standings: Collection[str] | None = None,
        authorities: Collection[str] | None = None,
        due_before: str = "",
        before: int | None = None,
        limit: int = 50,
    ) -> list[Dossier]:
        asked: list[tuple[str, Value]] = [("kind = %s", kind)]
        for column, among in (("standing", standings), ("authority", authorities)):
            asked += [self._database.among(column, among)] if among is not None else []
        asked += [("due <> '' AND due < %s", due_before)] if due_before else []
        asked += [("opened < %s", before)] if before is not None else []
        condition = " AND ".join(each for each, _ in asked)
        sql = f"{_SELECT} WHERE {condition} ORDER BY opened DESC LIMIT %s"
        return [Dossier(*row) for row in self._database.rows(sql, *(value for _, value in asked), limit)]

    def next_name(self, kind: str, year: int) -> str:
        begins = dossier_name(kind, year, 1)[:-6]
        row = self._database.row("SELECT COUNT(*) FROM dossier WHERE kind = %s AND name LIKE %s", kind, f"{begins}%")
        return dossier_name(kind, year, (row[0] if row else 0) + 1)

    def put(self, dossiers: Sequence[Dossier]) -> None:
        self._database.replace("dossier", _COLUMNS, [_row(each) for each in dossiers])

    def differing(self) -> Sequence[str]:
        try:
            drawn = self._drawn()
        except MALFORMED:
            drawn = {}
        kept = {row[0]: Dossier(*row) for row in self._database.rows(_SELECT)}
        unnoted = {name for name, _ in set(self._named()) ^ set(self._noted())}
        differ = {name for name in drawn.keys() | kept.keys() if drawn.get(name) != kept.get(name)}
        return sorted(unnoted | differ)

    def redraw(self) -> int:
        self._database.execute("DELETE FROM dossier_event")
        self._database.execute("DELETE FROM dossier")
        self._database.insert("dossier_event", ("dossier", "position"), list(self._named()))
        drawn = self._drawn()
        self.put(list(drawn.values()))
        return len(drawn)

    def _drawn(self) -> dict[str, Dossier]:
        found = self._database.rows(_OWN, NO_WEAPON)
        return fold_dossiers(read_event(position, body.encode()) for position, body in found)

    def _noted(self) -> Iterable[tuple[str, int]]:
        return (tuple(row) for row in self._database.rows("SELECT dossier, position FROM dossier_event"))

    def _named(self) -> Iterator[tuple[str, int]]:
        """Each event that names a dossier, by its name; of those alone that say one of the details and hold a name.

        Many events say the number of a licence that is no dossier of this node: they are not read.
        """
        on_postgresql = self._database.on_postgresql
        holds = "strpos(body, %s) > 0" if on_postgresql else "instr(body, %s) > 0"
        shaped = "body ~ %s" if on_postgresql else "body GLOB %s"
        said = [f'"{name}":"' for name in sorted(DOSSIER_DETAILS)]
        condition = f"{shaped} AND ({' OR '.join([holds] * len(said))})"
        form = _NAME_IN_POSTGRESQL if on_postgresql else _NAME_IN_SQLITE
        for position, body in self._database.rows(f"SELECT position, body FROM event WHERE {condition}", form, *said):
            try:
                yield from named_in([read_event(position, body.encode())])
            except MALFORMED:
                continue


def named_in(sealed: Iterable[Sealed]) -> Iterator[tuple[str, int]]:
    """Yield the dossiers that events name, each with the event's position."""
    for each in sealed:
        for name in dossiers_named(each.event.details):
            yield name, each.position


def _row(dossier: Dossier) -> tuple[str | int, ...]:
    return tuple(getattr(dossier, name) for name in _COLUMNS)
