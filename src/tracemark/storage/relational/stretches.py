from collections.abc import Iterator

from tracemark.recordkeeping import LINE_BREAK, Rows
from tracemark.storage.relational.sql import Database

_WIDTH = 1024
_FROM = "FROM event WHERE position BETWEEN %s AND %s"
_TOGETHER = {
    "sqlite": f"SELECT CAST(GROUP_CONCAT(body, CHAR(10)) AS BLOB), COUNT(*) {_FROM}",
    # Sorted within the aggregate, PostgreSQL would need half as long again.
    "postgresql": (
        "SELECT CONVERT_TO(STRING_AGG(body, CHR(10)), 'UTF8'), COUNT(*) "
        f"FROM (SELECT body {_FROM} ORDER BY position) AS stretch"
    ),
}
_ALONE = {
    "sqlite": f"SELECT position, CAST(body AS BLOB) {_FROM} ORDER BY position",
    "postgresql": f"SELECT position, CONVERT_TO(body, 'UTF8') {_FROM} ORDER BY position",
}
_LAST = (2**63 - 1) // _WIDTH
"""The number of the last stretch that a table can hold."""


def stretches(database: Database, part: int = 0, parts: int = 1) -> Iterator[Rows]:
    """Read all that stands in the table of events, in stretches that begin and end with tiles while no row is missing.

    Of several `parts`, each is every so manieth stretch, so that as many readers share the work evenly.

    A stretch is read as one text where all its rows stand and none holds a line break, which the canonical form never
    does; else row by row. It is read as bytes: what somebody put there need not be text. No server keeps a cursor and
    no reader holds up a checkpoint.
    """
    vendor = database.connection.vendor
    number = _next(database, None, part, parts)
    while number is not None and number <= _LAST:
        first, last = number * _WIDTH, (number + 1) * _WIDTH - 1
        [(text, count)] = database.rows_of_bytes(_TOGETHER[vendor], first, last)
        if count == _WIDTH == _lines(text):
            yield range(first, last + 1), text
            number += parts
        else:
            yield from _one_by_one(database.rows_of_bytes(_ALONE[vendor], first, last))
            number = _next(database, last, part, parts)


def _next(database: Database, behind: int | None, part: int, parts: int) -> int | None:
    """Return the first stretch of a part that may hold rows behind a position; None where no row follows at all."""
    least = "SELECT MIN(position) FROM event"
    row = database.row(least) if behind is None else database.row(f"{least} WHERE position > %s", behind)
    if row is None or row[0] is None:
        return None
    number = int(row[0]) // _WIDTH
    return number + (part - number) % parts


def _one_by_one(rows: list[tuple[int, bytes]]) -> Iterator[Rows]:
    text = LINE_BREAK.join(body for _, body in rows)
    if rows and _lines(text) == len(rows):
        yield [position for position, _ in rows], text
    else:
        yield from (([position], body) for position, body in rows)


def _lines(text: bytes) -> int:
    return text.count(LINE_BREAK) + 1
