from datetime import UTC, datetime
from typing import Protocol

from tracemark import correspondence, intake, marking, participation, tracing
from tracemark.authorities import AccountStore, ChangeStore, TokenStore


class Stores(
    tracing.TracingStores,
    marking.MarkingStores,
    intake.IntakeStores,
    correspondence.CorrespondenceStores,
    participation.TipStores,
    Protocol,
):
    """All that the rooms of a node need from outside."""

    @property
    def accounts(self) -> AccountStore: ...
    @property
    def tokens(self) -> TokenStore: ...
    @property
    def changes(self) -> ChangeStore: ...

    def close(self) -> None:
        """Let go of this thread's connection."""
        ...


class SystemClock:
    """The present, as the machine knows it."""

    def now(self) -> datetime:
        """Return the present moment, with time zone UTC."""
        return datetime.now(UTC)
