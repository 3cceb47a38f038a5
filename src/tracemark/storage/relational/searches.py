import json

from tracemark.storage.relational.codec import write_plain
from tracemark.storage.relational.sql import Database, Row
from tracemark.tracing import Search, Searcher

_COLUMNS = ("actor", "authority", "at", "asked", "shown", "case")
_SELECT = 'SELECT id, actor, authority, at, asked, shown, "case" FROM mark_search'
_SEARCHERS = (
    "SELECT actor, COUNT(*), SUM(CASE WHEN \"case\" = '' THEN 1 ELSE 0 END), MAX(at) FROM mark_search "
    "WHERE at >= %s GROUP BY actor ORDER BY 2 DESC, actor"
)


class RelationalSearches:
    """Who searched what, in SQL: a table that only grows."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def note(self, search: Search) -> None:
        asked, shown = write_plain(search.asked), json.dumps(search.shown)
        row = (search.actor, search.authority, search.at, asked, shown, search.case)
        self._database.insert("mark_search", _COLUMNS, [row])

    def page(self, *, actor: str = "", before: int | None = None, limit: int = 50) -> list[Search]:
        """Newest first, of one account or of all; `before` is the number at which the page before ended."""
        wanted, values = ["TRUE"], list[str | int]()
        if actor:
            wanted, values = [*wanted, "actor = %s"], [*values, actor]
        if before is not None:
            wanted, values = [*wanted, "id < %s"], [*values, before]
        asked = f"{_SELECT} WHERE {' AND '.join(wanted)} ORDER BY id DESC LIMIT %s"
        return list(map(_search, self._database.rows(asked, *values, limit)))

    def made_for(self, case: str) -> bool:
        """Say whether anybody searched for a case."""
        return self._database.row('SELECT 1 FROM mark_search WHERE "case" = %s LIMIT 1', case) is not None

    def searchers(self, since: str) -> list[Searcher]:
        """Who searched since an instant, the most first."""
        return [Searcher(*row) for row in self._database.rows(_SEARCHERS, since)]


def _search(row: Row) -> Search:
    number, actor, authority, at, asked, shown, case = row
    return Search(actor, authority, at, json.loads(asked), tuple(json.loads(shown)), case, number)
