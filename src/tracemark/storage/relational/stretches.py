from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from tracemark.recordkeeping import Rows
from tracemark.storage.relational.sql import Database, Row

_WIDTH = 2048
_LINE_BREAK = b"\n"
_TOGETHER = {
    "sqlite": "CAST(GROUP_CONCAT(body, CHAR(10)) AS BLOB)",
    "postgresql": "CONVERT_TO(STRING_AGG(body, CHR(10) ORDER BY position), 'UTF8')",
}
_ALONE = {"sqlite": "CAST(body AS BLOB)", "postgresql": "CONVERT_TO(body, 'UTF8')"}
_Step = TypeVar("_Step")


def stretches(database: Database) -> Iterator[Rows]:
    """Read all that stands in the table of events, each stretch while the one before it is worked on.

    No server keeps a cursor and no reader holds up a checkpoint. Bodies are read as bytes: what somebody put there need
    not be text.
    """
    row, vendor = database.row("SELECT MIN(position) FROM event"), database.connection.vendor
    together = f"SELECT {_TOGETHER[vendor]}, COUNT(*) FROM event WHERE position >= %s AND position < %s"
    alone = f"SELECT position, {_ALONE[vendor]} FROM event WHERE position >= %s ORDER BY position LIMIT %s"
    return _ahead(_read(database.asking(), min(0, (row and row[0]) or 0), together, alone))


def _read(ask: Callable[..., list[Row]], first: int, together: str, alone: str) -> Iterator[Rows]:
    """Read a stretch as one text where all its rows stand and none holds a line break, else row by row.

    The canonical form never holds one, so the text falls apart into the bodies alone.
    """
    while True:
        [(text, count)] = ask(together, first, first + _WIDTH)
        bodies = text.split(_LINE_BREAK) if count == _WIDTH else []
        if len(bodies) == _WIDTH:
            yield range(first, first + _WIDTH), bodies
            first += _WIDTH
            continue
        rows = ask(alone, first, _WIDTH)
        if not rows:
            return
        yield [position for position, _ in rows], [body for _, body in rows]
        first = rows[-1][0] + 1


def _ahead(steps: Iterator[_Step]) -> Iterator[_Step]:
    """Yield what `steps` yields, whose next is made in a second thread meanwhile: the database needs no Python."""
    with ThreadPoolExecutor(1) as reader:
        coming = reader.submit(next, steps, None)
        while (step := coming.result()) is not None:
            coming = reader.submit(next, steps, None)
            yield step
