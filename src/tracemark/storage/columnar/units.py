from collections.abc import Iterable, Sequence
from dataclasses import astuple, dataclass
from functools import lru_cache
from itertools import islice
from pathlib import Path

from tracemark.storage.columnar.parquet import read_rows, write_columns
from tracemark.storage.relational.segments import Manifest, SegmentFolder
from tracemark.tracing import LINK_COLUMNS, LinkTerms, ListRow, MarkIndex, Segment, Weights, link_rows

UNIT_ROWS = 500
"""So many rows are one unit of work: some seconds of it."""

_ROW_TYPES = {
    "number": "BIGINT",
    "id": "VARCHAR",
    "text": "VARCHAR",
    "stated": "INTEGER[]",
    "unknown": "VARCHAR[]",
    "recorded": "BOOLEAN",
    "left_out": "BIGINT",
    "reason": "VARCHAR",
}
"""The fields of a `ListRow`, in their order."""


@dataclass(frozen=True, slots=True)
class LinkJob:
    """What is to be linked: a folder that every worker sees, with the rows in units and the index they are sought in.

    `rows/` and `index-<n>/` are laid down before the work, `answers/` and `aside/` come of it.
    """

    folder: Path
    weights: Weights
    terms: LinkTerms

    @property
    def answers(self) -> Path:
        """Where the answers lie, a file for each unit."""
        return self.folder / "answers"

    def units(self) -> list[str]:
        """Return the names of the units, in the order of their rows."""
        return sorted(path.name for path in (self.folder / "rows").glob("*.parquet"))


def stage_rows(rows: Iterable[ListRow], folder: Path) -> int:
    """Lay rows down in units; return how many there are."""
    place, following, count = folder / "rows", iter(rows), 0
    place.mkdir(parents=True)
    while unit := list(islice(following, UNIT_ROWS)):
        columns = dict(zip(_ROW_TYPES, zip(*map(astuple, unit), strict=True), strict=True))
        write_columns(columns, _ROW_TYPES, place / f"{count // UNIT_ROWS:08d}.parquet")
        count += len(unit)
    return count


def stage_index(index: MarkIndex, folder: Path) -> int:
    """Lay down the segments of an index as files that workers map; return how many marks they hold."""
    segments = [each for each in index.segments() if len(each)]
    for number, segment in enumerate(segments):
        # The rows come in the codes of the index already, so its codebook stays behind.
        SegmentFolder(folder / f"index-{number}").save([segment], Manifest(0, "", 0, {}, {}))
    return sum(map(len, segments))


def answer_unit(job: LinkJob, unit: str) -> int:
    """Answer the rows of a unit and lay the answers down; return how many rows it has.

    Doing it again changes nothing.
    """
    rows = [
        ListRow(number, own, text, tuple(stated), tuple(unknown), recorded, left_out, reason)
        for number, own, text, stated, unknown, recorded, left_out, reason in read_rows(job.folder / "rows" / unit)
    ]
    found = link_rows(rows, _StagedIndex(_segments(job.folder)), job.weights, job.terms)
    write_columns(found, LINK_COLUMNS, job.answers / unit)
    return len(rows)


class _StagedIndex:
    """The segments laid down; rows speak in their codes."""

    def __init__(self, segments: Sequence[Segment]) -> None:
        self._segments = segments

    def segments(self) -> Sequence[Segment]:
        return self._segments

    def code(self, _column: str, value: str) -> int:
        return int(value)


@lru_cache(1)
def _segments(folder: Path) -> tuple[Segment, ...]:
    """Map the segments, once in a worker."""
    return tuple(SegmentFolder(place).load()[0] for place in sorted(folder.glob("index-*")))
