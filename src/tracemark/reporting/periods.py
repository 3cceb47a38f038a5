from dataclasses import dataclass
from datetime import date

from tracemark.kernel import PartialDate


class PeriodRefused(ValueError):
    """A period that ends before it begins."""


@dataclass(frozen=True, slots=True)
class Period:
    """From one day to another, both included."""

    first: date
    last: date

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise PeriodRefused(f"{self.first} - {self.last}")

    @classmethod
    def parse(cls, first: str, last: str) -> "Period":
        """Read years, months or days: 2024 to 2025 is from 1 January 2024 to 31 December 2025.

        Raises:
            ValueError: one is no date; `PeriodRefused`, a kind of it: the period ends before it begins.
        """
        return cls(PartialDate.parse(first).first, PartialDate.parse(last).last)

    @property
    def whole_years(self) -> range:
        """The years that lie in it from their first day to their last."""
        return range(
            self.first.year + (self.first != date(self.first.year, 1, 1)),
            self.last.year + (self.last == date(self.last.year, 12, 31)),
        )
