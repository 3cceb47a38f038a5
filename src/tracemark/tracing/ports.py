from collections.abc import Iterator, Sequence
from typing import Protocol

from tracemark.recordkeeping import RecordkeepingStores
from tracemark.tracing.cases import TraceCase
from tracemark.tracing.matching import MarkIndex


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


class TracingStores(RecordkeepingStores, Protocol):
    """What tracing needs from outside."""

    @property
    def cases(self) -> CaseStore: ...
    @property
    def marks(self) -> MarkIndex: ...
