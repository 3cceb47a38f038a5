from collections.abc import Sequence
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


class TracingStores(RecordkeepingStores, Protocol):
    """What tracing needs from outside."""

    @property
    def cases(self) -> CaseStore: ...
    @property
    def marks(self) -> MarkIndex: ...
