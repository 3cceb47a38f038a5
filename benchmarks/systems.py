"""What is measured: this project's engine, and what every rival must be able to do."""

from collections.abc import Sequence
from typing import Protocol

import numpy as np

from benchmarks.marks import Recovery, Register
from benchmarks.worlds import COLUMNS, Array
from tracemark.tracing import matching

LISTED = 10

Answer = tuple[list[int], float | None]
"""Weapons, best first, and the probability of the first."""


class System(Protocol):
    """A register made ready for search.

    `bytes_held` is what the register takes on disk, or in memory where it lies there; `elsewhere_s` the processor time
    that another process spent for this one so far.
    """

    name: str

    @property
    def bytes_held(self) -> int: ...
    def elsewhere_s(self) -> float: ...
    def answer(self, recovery: Recovery) -> Answer: ...
    def close(self) -> None: ...


class Engine:
    """The engine of this project."""

    name = "tracemark"

    def __init__(self, registered: Register) -> None:
        rows = registered.marks
        serials = registered.recorded_serials
        self.segment = matching.build_segment(
            matching.MarkColumns(
                np.arange(len(rows)), rows, [serials[row] for row in rows.tolist()], _with_import_mark(registered, rows)
            )
        )
        self.weights = matching.load_weights()
        self.incomplete = 0

    @property
    def bytes_held(self) -> int:
        return sum(array.nbytes for array in self.segment.arrays().values())

    def elsewhere_s(self) -> float:
        return 0.0

    def segments(self) -> Sequence[matching.Segment]:
        return [self.segment]

    def code(self, _column: str, value: str) -> int:
        return int(value)

    def answer(self, recovery: Recovery) -> Answer:
        known = {
            name: (value if name == "year" else str(value))
            for name, value in zip(COLUMNS, recovery.stated, strict=True)
            if value >= 0
        }
        query = matching.Query((matching.parse_reading(recovery.text),), **known)  # type: ignore[arg-type]
        ranking = matching.find_candidates(query, self, self.weights, LISTED)
        self.incomplete += not ranking.complete
        best = ranking.candidates[0].posterior if ranking.candidates else 0.0
        return [candidate.weapon for candidate in ranking.candidates], best

    def close(self) -> None:
        del self.segment


def _with_import_mark(registered: Register, rows: Array) -> Array:
    """Return the attributes of marks; import marks, the last column, are not drawn."""
    return np.pad(registered.recorded[rows], ((0, 0), (0, 1)), constant_values=matching.UNKNOWN)
