import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

_SHAPE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")


_MOST_KNOWN = 16_384
"""More days than forty years have: a record tells of few others."""


@dataclass(frozen=True, slots=True, order=True)
class PartialDate:
    """A date known to the day, the month or only the year. Unknown parts are 0, so that order is by earliest day.

    Written as EDTF level 0: `2019-05-17`, `2019-05`, `2019`.
    """

    year: int
    month: int = 0
    day: int = 0

    @classmethod
    def parse(cls, text: str) -> "PartialDate":
        """Read `2019`, `2019-05` or `2019-05-17`.

        Raises:
            ValueError: the text has another shape, or names no day of the calendar.
        """
        return _parse(text)

    @classmethod
    def of(cls, day: date) -> "PartialDate":
        """Return the same day, wholly known."""
        return cls(day.year, day.month, day.day)

    @property
    def first(self) -> date:
        """The earliest day it can be."""
        return date(self.year, self.month or 1, self.day or 1)

    @property
    def last(self) -> date:
        """The latest day it can be."""
        month = self.month or 12
        return date(self.year, month, self.day or monthrange(self.year, month)[1])

    def __str__(self) -> str:
        if self.day:
            return f"{self.year:04d}-{self.month:02d}-{self.day:02d}"
        return f"{self.year:04d}-{self.month:02d}" if self.month else f"{self.year:04d}"


@lru_cache(maxsize=_MOST_KNOWN)
def _parse(text: str) -> PartialDate:
    found = _SHAPE.fullmatch(text)
    if not found:
        raise ValueError(f"not a date (year, year-month or year-month-day): {text!r}")
    known = PartialDate(*(int(part or 0) for part in found.groups()))
    if (found[2] and not known.month) or (found[3] and not known.day):
        raise ValueError(f"no such date: {text!r}")
    _ = known.first, known.last
    return known


def interval_days(start: PartialDate, end: PartialDate) -> tuple[int, int]:
    """Return the least and the greatest number of days from `start` to `end`; equal where both are known to the day."""
    return (end.first - start.last).days, (end.last - start.first).days
