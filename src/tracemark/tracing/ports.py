from collections.abc import Iterator, Sequence
from typing import Protocol

from tracemark.recordkeeping import RecordkeepingStores
from tracemark.tracing.cases import TraceCase
from tracemark.tracing.matching import StoredMarkIndex
from tracemark.tracing.private_questions import QuestionLog
from tracemark.tracing.searches import Search, Searcher


class CaseStore(Protocol):
    """Trace cases as they stand: drawn from the record, kept for listing."""

    def put(self, cases: Sequence[TraceCase]) -> None: ...

    def get(self, case: str) -> TraceCase:
        """Raise KeyError where there is none."""
        ...

    def page(self, *, state: str = "", after: str = "", limit: int = 50) -> list[TraceCase]:
        """Newest first; `after` is the last case of the page before."""
        ...

    def differing(self) -> Iterator[tuple[str, int | None]]:
        """Each case that is kept other than its events tell it, or is not kept, with the position that opened it.

        That is None for a case the record does not know. Call inside a snapshot.
        """
        ...

    def redraw(self) -> int:
        """Draw all cases anew from the record, and return how many. Call inside a transaction.

        Raises:
            ValueError: the events of a case can no longer be folded.
        """
        ...


class SearchStore(Protocol):
    """Who searched what, beside the record: it only grows."""

    def note(self, search: Search) -> None: ...

    def page(self, *, actor: str = "", before: int | None = None, limit: int = 50) -> list[Search]:
        """Newest first, of one account or of all; `before` is the number at which the page before ended."""
        ...

    def searchers(self, since: str) -> list[Searcher]:
        """Who searched since an instant, the most first."""
        ...


class TracingStores(RecordkeepingStores, Protocol):
    """What tracing needs from outside."""

    @property
    def cases(self) -> CaseStore: ...
    @property
    def marks(self) -> StoredMarkIndex: ...
    @property
    def searches(self) -> SearchStore: ...
    @property
    def questions(self) -> QuestionLog: ...
