import json
from collections.abc import Iterator

from tracemark.authorities import AccountChange, ChangeKind
from tracemark.storage.relational.codec import write_plain
from tracemark.storage.relational.sql import Database, Row

_COLUMNS = ("position", "kind", "account", "actor", "authority", "at", "was", "becomes", "digest")
_SELECT = f"SELECT {', '.join(_COLUMNS)} FROM account_change"
_AT_ONCE = 1000


class RelationalChanges:
    """What was done to accounts, in SQL: a table that only grows."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def last(self) -> AccountChange | None:
        row = self._database.row(f"{_SELECT} ORDER BY position DESC LIMIT 1")
        return _change(row) if row else None

    def put(self, change: AccountChange) -> None:
        self._database.insert("account_change", _COLUMNS, [_row(change)])

    def all(self) -> Iterator[AccountChange]:
        """Every entry, oldest first, a thousand at a time."""
        after = -1
        while found := self._database.rows(
            f"{_SELECT} WHERE position > %s ORDER BY position LIMIT %s", after, _AT_ONCE
        ):
            yield from map(_change, found)
            after = found[-1][0]

    def page(self, *, account: str = "", before: int | None = None, limit: int = 50) -> list[AccountChange]:
        """Newest first, of one account or of all; `before` is the position at which the page before ended."""
        wanted, values = ["TRUE"], list[str | int]()
        if account:
            wanted, values = [*wanted, "account = %s"], [*values, account]
        if before is not None:
            wanted, values = [*wanted, "position < %s"], [*values, before]
        asked = f"{_SELECT} WHERE {' AND '.join(wanted)} ORDER BY position DESC LIMIT %s"
        return list(map(_change, self._database.rows(asked, *values, limit)))


def _row(change: AccountChange) -> Row:
    return (
        change.position,
        change.kind.value,
        change.account,
        change.by,
        change.authority,
        change.at,
        write_plain(change.before),
        write_plain(change.after),
        change.digest,
    )


def _change(row: Row) -> AccountChange:
    position, kind, account, actor, authority, at, was, becomes, digest = row
    before, after = json.loads(was), json.loads(becomes)
    return AccountChange(ChangeKind(kind), account, actor, authority, at, before, after, position, digest)
