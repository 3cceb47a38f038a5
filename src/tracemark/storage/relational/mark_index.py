import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tracemark.storage.marks import Codebook, SearchedMark, join_columns, mark_columns
from tracemark.storage.relational.codec import imported_into
from tracemark.storage.relational.segments import Manifest, SegmentDamaged, SegmentFolder
from tracemark.storage.relational.sql import Database, Value
from tracemark.tracing import MarkColumns, Segment, build_segment

_MARK = (
    "SELECT mark.id, mark.weapon, mark.folded, weapon.maker, weapon.model, weapon.calibre, weapon.country, "
    "weapon.year, weapon.kind, CASE WHEN weapon.state LIKE %s THEN weapon.state END "
    "FROM mark JOIN weapon ON weapon.id = mark.weapon"
)
_IMPORTED = '%"kind":"import"%'
"""What stands in the JSON of a weapon that may bear an import mark; all others need not be read."""
_AT_ONCE = 50_000
_LARGEST_DELTA, _LARGEST_SHARE = 50_000, 0.05
_EMPTY = ""


@dataclass(frozen=True, slots=True)
class _Standing:
    """Up to where the index has read: events, the root then, and rows of `redrawn`."""

    events: int
    root: str
    redrawn: int


class FileMarkIndex:
    """The marks of a register made ready for search: a large segment in files, and what came since in memory.

    The files are never trusted further than the database bears them out: where a checksum fails, the record's root is
    another, or a weapon was redrawn since they were written, they are built anew.
    """

    def __init__(self, database: Database, folder: SegmentFolder) -> None:
        self._database, self._folder = database, folder
        self._lock = threading.Lock()
        self._standing: _Standing | None = None
        self._base: Segment | None = None
        self._codes = Codebook()
        self._runs: list[tuple[MarkColumns, Segment]] = []

    def segments(self) -> Sequence[Segment]:
        """Return the segments, in step with the database as it is now.

        Raises:
            RuntimeError: the caller is inside a transaction, of which others would be shown what may yet be undone.
        """
        with self._lock:
            self._catch_up()
            return [segment for segment in (self._base, *(run[1] for run in self._runs)) if segment is not None]

    def code(self, column: str, value: str) -> int:
        with self._lock:
            if self._standing is None:
                self._catch_up()
            return self._codes.code(column, value)

    def rebuild(self) -> None:
        """Write the large segment anew from the database, with all that the register has now.

        Raises:
            RuntimeError: the caller is inside a transaction.
        """
        with self._lock:
            self._refuse_transaction()
            self._build()

    def _catch_up(self) -> None:
        self._refuse_transaction()
        now = self._now()
        if now == self._standing:
            return
        if self._standing is None:
            self._open()
        if self._standing is None or not self._continues(self._standing, now):
            self._build()
            return
        if now.events > self._standing.events:
            self._add(self._between(self._standing.events, now.events))
            self._standing = now
        if self._delta_size() > max(_LARGEST_DELTA, _LARGEST_SHARE * len(self._base or ())):
            self._build()

    def _refuse_transaction(self) -> None:
        if self._database.standing.depth:
            raise RuntimeError("marks are searched outside transactions only")

    def _now(self) -> _Standing:
        events, root = self._head() or (0, _EMPTY)
        row = self._database.row("SELECT MAX(id) FROM redrawn")
        return _Standing(events, root, (row and row[0]) or 0)

    def _head(self) -> tuple[int, str] | None:
        row = self._database.row("SELECT size, root FROM checkpoint ORDER BY size DESC LIMIT 1")
        return (row[0], bytes(row[1]).hex()) if row else None

    def _continues(self, standing: _Standing, now: _Standing) -> bool:
        """Whether the record only grew since, and nothing that was searched by is otherwise now."""
        if standing.redrawn != now.redrawn or standing.events > now.events:
            return False
        row = self._database.row("SELECT root FROM checkpoint WHERE size = %s", standing.events)
        return (bytes(row[0]).hex() if row else _EMPTY) == standing.root

    def _open(self) -> None:
        """Take up the files, if they are whole."""
        try:
            self._base, manifest = self._folder.load()
        except SegmentDamaged:
            return
        self._codes, self._runs = Codebook(manifest.codes), []
        self._standing = _Standing(manifest.events, manifest.root, manifest.redrawn)

    def _build(self) -> None:
        """Draw all marks from the database; write them to files unless another process is doing so."""
        with self._folder.building() as ours, self._database.snapshot():
            standing, codes = self._now(), Codebook()
            parts = [mark_columns(page, codes) for page in self._pages()]
            segment = build_segment(join_columns(parts) if parts else mark_columns([], codes))
            if ours and len(segment):
                manifest = Manifest(standing.events, standing.root, standing.redrawn, codes.kept(), {})
                segment = self._folder.save(segment, manifest)
            self._base, self._codes, self._runs, self._standing = segment, codes, [], standing

    def _pages(self) -> Iterator[list[SearchedMark]]:
        last = -1
        while page := self._marks("WHERE mark.id > %s ORDER BY mark.id LIMIT %s", last, _AT_ONCE):
            yield page
            last = page[-1][0]

    def _between(self, first: int, end: int) -> list[SearchedMark]:
        """Return the marks that came with the events from position `first` to before `end`."""
        concerned = self._database.rows(
            "SELECT DISTINCT weapon FROM event WHERE position >= %s AND position < %s", first, end
        )
        condition, listed = self._database.among("weapon.id", [row[0] for row in concerned])
        own = "mark.id > weapon.id * 256 AND mark.id < weapon.id * 256 + 256"
        came = f"{condition} AND mark.position >= %s AND mark.position < %s"
        return self._marks(f"AND {own} WHERE {came}", listed, first, end)

    def _marks(self, which: str, *values: Value) -> list[SearchedMark]:
        rows = self._database.rows(f"{_MARK} {which}", _IMPORTED, *values)
        return [(*row[:-1], imported_into(row[-1]) if row[-1] else "") for row in rows]

    def _add(self, marks: Sequence[SearchedMark]) -> None:
        """Make a small segment of new marks, and one of the last two while they are of like size."""
        if not marks:
            return
        columns = mark_columns(marks, self._codes)
        while self._runs and len(self._runs[-1][1]) <= 2 * len(columns.marks):
            columns = join_columns([self._runs.pop()[0], columns])
        self._runs.append((columns, build_segment(columns)))

    def _delta_size(self) -> int:
        return sum(len(segment) for _, segment in self._runs)
