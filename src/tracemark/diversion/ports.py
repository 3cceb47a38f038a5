from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol


class QueryRefused(Exception):
    """An engine cannot answer a query; the message is the engine's own."""


class Engine(Protocol):
    """What looks into the record's tables: it holds those of `recordkeeping.record_tables`, and answers queries."""

    def put(self, name: str, columns: Mapping[str, str], rows: Sequence[Sequence[object]]) -> None:
        """Add a small table of ours: its columns with their types, and its rows."""
        ...

    def make(self, name: str, query: str) -> None:
        """Keep the answer of a query as a table, for those after it."""
        ...

    def rows(self, query: str) -> Iterable[Mapping[str, object]]:
        """Answer a query, row by row, each by its column's names.

        Raises:
            QueryRefused: the query is not well formed, or asks for what there is not.
        """
        ...
