from collections.abc import Sequence

from tracemark.storage.relational.codec import case_row, read_case
from tracemark.storage.relational.sql import Database
from tracemark.tracing import TraceCase


class RelationalCases:
    """Trace cases in SQL, as they stand."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def put(self, cases: Sequence[TraceCase]) -> None:
        self._database.replace("trace_case", ("id", "position", "state", "body"), [case_row(each) for each in cases])

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
