"""Numbers over time, drawn by the reader's browser beside a table that says the same."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

Number = int | Decimal | None


@dataclass(frozen=True, slots=True)
class Series:
    """One line or kind of bar: its name, and a number for each place of the axis; None where there is none."""

    name: str
    values: tuple[Number, ...]


@dataclass(frozen=True, slots=True)
class Trend:
    """A chart and its table: places of the axis, and series over them. `kind` is bar or line."""

    axis: tuple[str, ...]
    series: tuple[Series, ...]
    kind: str = "bar"
    stacked: bool = False

    @property
    def spec(self) -> str:
        """What the script draws, as JSON."""
        series = [{"name": each.name, "values": [_drawn(value) for value in each.values]} for each in self.series]
        return json.dumps({"axis": self.axis, "series": series, "kind": self.kind, "stacked": self.stacked})

    @property
    def tells(self) -> bool:
        """Whether there is anything to draw: a number other than nothing."""
        return any(number for each in self.series for number in each.values)

    @property
    def rows(self) -> Sequence[tuple[str, tuple[Number, ...]]]:
        """The table: a row for each place of the axis, with the number of each series."""
        return [(place, tuple(each.values[turn] for each in self.series)) for turn, place in enumerate(self.axis)]


def _drawn(value: Number) -> float | None:
    return None if value is None else float(value)
