"""What is measured: this project's engine, and what every rival must be able to do."""

import shutil
from collections.abc import Sequence
from pathlib import Path
from tempfile import mkdtemp
from typing import NamedTuple, Protocol

import numpy as np

from benchmarks.marks import Recovery, Register
from benchmarks.worlds import COLUMNS, WIDTH
from tracemark.storage.relational.mark_index import RUN
from tracemark.storage.relational.segments import Manifest, SegmentFolder
from tracemark.tracing import matching
from tracemark.tracing.matching import keys
from tracemark.tracing.matching.segments import MARKS_A_WEAPON

LISTED = 10


class Answer(NamedTuple):
    """Weapons, best first; where the system knows, how probable each is, and that it is none of the register's."""

    weapons: list[int]
    chances: Sequence[float] = ()
    not_here: float | None = None


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

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.segment, _, _ = SegmentFolder(folder).load()
        self.weights = matching.load_weights()
        self.incomplete = 0

    @classmethod
    def built(cls, registered: Register) -> "Engine":
        """Make the index as a node makes it of its database, in files."""
        folder = Path(mkdtemp(prefix="tracemark-matching-"))
        files = SegmentFolder(folder)
        with files.aside() as lay_down:
            runs = [lay_down(_run(registered, slice(at, at + RUN))) for at in range(0, len(registered.marks), RUN)]
            files.save(runs, Manifest(0, "", 0, {}, {}))
        return cls(folder)

    @property
    def bytes_held(self) -> int:
        return sum(each.stat().st_size for each in self.folder.glob("segment-*/*"))

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
        chances = [candidate.posterior for candidate in ranking.candidates]
        return Answer([candidate.weapon for candidate in ranking.candidates], chances, ranking.not_here)

    def close(self) -> None:
        del self.segment
        shutil.rmtree(self.folder)


def _run(registered: Register, part: slice) -> matching.Segment:
    """Sort some marks of a register, numbered as a register numbers them; import marks are not drawn."""
    rows = registered.marks[part]
    second = np.arange(part.start, part.start + len(rows)) >= len(registered.weapons)
    codes = np.pad(registered.codes[rows], ((0, 0), (0, keys.WIDTH - WIDTH)))
    attributes = np.pad(registered.recorded[rows], ((0, 0), (0, 1)), constant_values=matching.UNKNOWN)
    marks = rows.astype(np.int64) * MARKS_A_WEAPON + 1 + second
    return matching.build_segment(matching.MarkColumns(marks, rows, codes, attributes))
