from collections.abc import Iterator

from tracemark.recordkeeping import LINE_BREAK, Rows
from tracemark.storage.relational.sql import Database

_WIDTH = 2048
_TOGETHER = {
    "sqlite": "CAST(GROUP_CONCAT(body, CHAR(10)) AS BLOB)",
    "postgresql": "CONVERT_TO(STRING_AGG(body, CHR(10) ORDER BY position), 'UTF8')",
}
_ALONE = {"sqlite": "CAST(body AS BLOB)", "postgresql": "CONVERT_TO(body, 'UTF8')"}


def stretches(database: Database) -> Iterator[Rows]:
    """Read all that stands in the table of events, in stretches that begin and end with tiles while no row is missing.

    A stretch is read as one text where all its rows stand and none holds a line break, which the canonical form never
    does; else row by row. It is read as bytes: what somebody put there need not be text. No server keeps a cursor and
    no reader holds up a checkpoint.
    """
    row, vendor = database.row("SELECT MIN(position) FROM event"), database.connection.vendor
    together = f"SELECT {_TOGETHER[vendor]}, COUNT(*) FROM event WHERE position >= %s AND position < %s"
    alone = f"SELECT position, {_ALONE[vendor]} FROM event WHERE position >= %s ORDER BY position LIMIT %s"
    first = min(0, (row and row[0]) or 0)
    while True:
        [(text, count)] = database.rows_of_bytes(together, first, first + _WIDTH)
        if count == _WIDTH == _lines(text):
            yield range(first, first + _WIDTH), text
            first += _WIDTH
            continue
        rows = database.rows_of_bytes(alone, first, _WIDTH)
        if not rows:
            return
        text = LINE_BREAK.join(body for _, body in rows)
        if _lines(text) == len(rows):
            yield [position for position, _ in rows], text
        else:
            yield from (([position], body) for position, body in rows)
        first = rows[-1][0] + 1


def _lines(text: bytes) -> int:
    return text.count(LINE_BREAK) + 1
