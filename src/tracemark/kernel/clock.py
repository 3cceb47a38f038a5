from datetime import datetime
from typing import Protocol


class Clock(Protocol):
    """The present, as a port, so that a test or a seeded State can choose it."""

    def now(self) -> datetime:
        """Return the present moment, with time zone UTC."""
        ...


def instant_text(moment: datetime) -> str:
    """Write an instant as the record does: RFC 3339, UTC, whole microseconds dropped to milliseconds, ending in Z."""
    return moment.strftime("%Y-%m-%dT%H:%M:%S.") + f"{moment.microsecond // 1000:03d}Z"
