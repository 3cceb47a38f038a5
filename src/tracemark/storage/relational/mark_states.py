"""What an index of marks holds at one moment: a large segment, and small ones for what came since."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from tracemark.storage.marks import Codebook, SearchedMark, mark_columns
from tracemark.storage.relational.mark_pages import Standing
from tracemark.tracing import Segment, build_segment, merge_segments

LARGEST_DELTA = 50_000
_LARGEST_SHARE = 0.05

FEW = 256
"""Marks so few that each tells much of what strangers look like, so that they always stand in one segment."""


@dataclass(slots=True)
class MarkState:
    """The segments as of `standing`, which is `behind` while the register has more.

    `files` names the folder that `base` lies in, or was taken from; "" where there is none.
    """

    standing: Standing
    base: Segment
    codes: Codebook
    files: str = ""
    runs: list[Segment] = field(default_factory=list)
    highest: int = 0
    behind: bool = False

    def __post_init__(self) -> None:
        self.highest = max(self.highest, int(self.base.weapons.max(initial=0)))

    def segments(self) -> Sequence[Segment]:
        return [replace(each, behind=self.behind) for each in (self.base, *self.runs)]

    def grow(self, weapons: Sequence[int], marks: Sequence[SearchedMark], now: Standing) -> None:
        """Take in weapons as they are now, with all their marks. What older segments have of them is passed over."""
        self._supersede([weapon for weapon in weapons if weapon <= self.highest])
        self.highest = max(self.highest, *weapons) if weapons else self.highest
        if marks:
            came = [build_segment(mark_columns(marks, self.codes))]
            # A small segment, and one of the last two while they are of like size.
            while self.runs and len(self.runs[-1]) <= 2 * sum(each.standing_marks for each in came):
                came.append(self.runs.pop())
            self.runs.append(merge_segments(came) if len(came) > 1 else came[0])
        if self._is_loose and sum(map(len, self.segments())) <= FEW:
            self.base, self.runs = merge_segments(self.segments()), []
        self.standing = now

    def copy(self) -> "MarkState":
        """Return one that stays as it is while this one grows."""
        return replace(self, runs=list(self.runs), codes=Codebook(self.codes.kept()))

    def in_memory(self) -> "MarkState":
        """Return the same as one segment, in memory."""
        return MarkState(self.standing, merge_segments(self.segments()), self.codes)

    @property
    def is_large(self) -> bool:
        """Whether so much came or was superseded that merging pays."""
        beside = sum(len(segment) for segment in self.runs) + self.base.superseded_marks
        return beside > max(LARGEST_DELTA, _LARGEST_SHARE * len(self.base))

    @property
    def _is_loose(self) -> bool:
        """Whether merging would change anything."""
        return bool(self.runs or self.base.superseded_marks)

    def _supersede(self, weapons: Iterable[int]) -> None:
        gone = np.array(list(weapons), np.int64)
        if len(gone):
            self.base = self.base.without(gone)
            self.runs = [segment.without(gone) for segment in self.runs]
