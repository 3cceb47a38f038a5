from collections.abc import Iterator, Sequence
from itertools import groupby
from operator import itemgetter

from tracemark.recordkeeping import EventKind
from tracemark.storage.relational.codec import case_row, read_case
from tracemark.storage.relational.records import RelationalRecords
from tracemark.storage.relational.redrawing import MALFORMED
from tracemark.storage.relational.sql import Database, Row
from tracemark.tracing import TraceCase, case_id, fold_cases
from tracemark.weapons import WeaponId

_COLUMNS = ("id", "position", "state", "body")

Drawn = tuple[int, TraceCase | None]
"""The position that opened a case, and the case; None where its events can no longer be folded."""


class RelationalCases:
    """Trace cases in SQL, as they stand."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def put(self, cases: Sequence[TraceCase]) -> None:
        self._database.replace("trace_case", _COLUMNS, [case_row(each) for each in cases])

    def get(self, case: str) -> TraceCase:
        row = self._database.row("SELECT id, state, body FROM trace_case WHERE id = %s", case)
        if row is None:
            raise KeyError(case)
        return read_case(*row)

    def page(self, *, state: str = "", after: str = "", limit: int = 50) -> list[TraceCase]:
        conditions, values = ["TRUE"], []
        if state:
            conditions.append("state = %s")
            values.append(state)
        if after:
            conditions.append("position < (SELECT position FROM trace_case WHERE id = %s)")
            values.append(after)
        found = self._database.rows(
            f"SELECT id, state, body FROM trace_case WHERE {' AND '.join(conditions)} ORDER BY position DESC LIMIT %s",
            *values,
            limit,
        )
        return [read_case(*row) for row in found]

    def differing(self) -> Iterator[tuple[str, int | None]]:
        drawn = dict(self._drawn())
        for row in self._database.rows(f"SELECT {', '.join(_COLUMNS)} FROM trace_case ORDER BY position, id"):
            case, position = row[:2]
            if case != case_id(position) or position not in drawn:
                yield case, None
            elif not _says(row, drawn.pop(position)):
                yield case, position
        for position in sorted(drawn):
            yield case_id(position), position

    def redraw(self) -> int:
        """Draw all cases anew from the record, and return how many.

        Raises:
            ValueError: the events of a case can no longer be folded.
        """
        drawn = dict(self._drawn())
        cases = [case for case in drawn.values() if case]
        if len(cases) < len(drawn):
            raise ValueError("an event of a trace can no longer be read: verify the record")
        self._database.execute("DELETE FROM trace_case")
        self.put(cases)
        return len(cases)

    def _drawn(self) -> Iterator[Drawn]:
        """Fold each recovered weapon's events into its cases. A case whose opening was entered in error is none."""
        opened = "SELECT weapon, position FROM event WHERE kind = %s ORDER BY weapon, position"
        requests = self._database.rows(opened, EventKind.TRACE_REQUESTED.value)
        records = RelationalRecords(self._database)
        for weapon, rows in groupby(requests, key=itemgetter(0)):
            positions = [position for _, position in rows]
            try:
                cases = fold_cases(records.of_weapon(WeaponId(weapon)))
            except MALFORMED:
                yield from ((at, None) for at in positions)
            else:
                yield from ((at, case) for at in positions if (case := cases.get(case_id(at))))


def _says(row: Row, case: TraceCase | None) -> bool:
    """Whether a row holds this case. The order within its JSON may differ, and says nothing."""
    if case is None:
        return False
    try:
        return row[2] == case.state.value and read_case(row[0], *row[2:]) == case
    except MALFORMED:
        return False
