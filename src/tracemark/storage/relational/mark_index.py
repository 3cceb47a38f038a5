import logging
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import replace

from tracemark.storage.marks import Codebook, join_columns, mark_columns
from tracemark.storage.relational.mark_pages import MarkPages, Standing
from tracemark.storage.relational.mark_states import MarkState
from tracemark.storage.relational.segments import Manifest, SegmentDamaged, SegmentFolder
from tracemark.storage.relational.sql import Database
from tracemark.tracing import Segment, build_segment

_PAUSE = 30.0
"""Seconds until reading and merging aside is tried again that came to nothing."""

_TURN = 0.001

RUN = 6_000_000
"""Marks that are sorted at once; they take up to 300 bytes each meanwhile."""

_log = logging.getLogger(__name__)


class FileMarkIndex:
    """The marks of a register made ready for search: a large segment in files, and what came since in memory.

    The files are never trusted further than the database bears them out: where a checksum fails, the record's root is
    another, or the whole register was drawn anew since they were written, they are built anew, and the search that
    finds it waits. Otherwise none does: what came, and weapons as they were corrected, go into small segments, and a
    thread merges these into the large one. Without a folder, or where it cannot be written, all is kept in memory.
    """

    def __init__(self, database: Database, folder: SegmentFolder | None) -> None:
        self._database, self._folder, self._pages = database, folder, MarkPages(database)
        self._lock = threading.Lock()
        self._state: MarkState | None = None
        self._given = threading.local()
        self._aside: threading.Thread | None = None
        self._not_before = 0.0

    def segments(self) -> Sequence[Segment]:
        """Return the segments, in step with the database as it is now, or marked as behind it.

        They are behind while a thread reads what another process brought in: a search waits for one stretch of that.

        Raises:
            RuntimeError: the caller is inside a transaction, of which others would be shown what may yet be undone.
        """
        with self._lock:
            state = self._stretched()
            # Codes mean the same in other segments only if nothing was merged meanwhile.
            self._given.codes = state.codes
            return state.segments()

    def catch_up(self) -> None:
        """Read all that the database has now, however long that takes.

        Raises:
            RuntimeError: the caller is inside a transaction.
        """
        with self._lock:
            self._caught_up()

    def code(self, column: str, value: str) -> int:
        """Return the number of a value in the segments that this thread was given last."""
        if not hasattr(self._given, "codes"):
            self.segments()
        codes: Codebook = self._given.codes
        return codes.code(column, value)

    def rebuild(self) -> None:
        """Write the large segment anew from the database, with all that the register has now.

        Raises:
            RuntimeError: the caller is inside a transaction.
        """
        with self._lock:
            self._refuse_transaction()
            self._state = self._built()

    def merge(self) -> None:
        """Merge in this thread, and take up what another process merged.

        Raises:
            RuntimeError: the caller is inside a transaction.
        """
        with self._lock:
            held = self._caught_up().copy()
        self._take_up(self._merged(held))

    def settle(self) -> None:
        """Wait for what is read and merged aside."""
        if (aside := self._aside) is not None:
            aside.join()

    def _stretched(self) -> MarkState:
        """Bring the state in step, or one stretch nearer to it; what is left, and merging, is for a thread."""
        now = self._pages.now()
        state = self._taken_up(now)
        self._grow(state, now)
        busy = self._aside is not None or time.monotonic() < self._not_before
        if (state.behind or state.is_large) and not busy:
            self._aside = threading.Thread(target=self._work_aside, args=(state.files,), daemon=True)
            self._aside.start()
        return state

    def _caught_up(self) -> MarkState:
        now = self._pages.now()
        state = self._taken_up(now)
        self._grow_to(state, now)
        return state

    def _taken_up(self, now: Standing) -> MarkState:
        """Return the state held, if the database only went on since; else one of its files, or of itself."""
        self._refuse_transaction()
        state = self._state
        if state is None or not self._pages.continues(state.standing, now):
            state = self._opened(now) or self._built()
        self._state = state
        return state

    def _grow_to(self, state: MarkState, now: Standing) -> None:
        self._grow(state, now)
        while state.behind:
            self._grow(state, now)

    def _grow(self, state: MarkState, now: Standing) -> None:
        """Read a stretch."""
        if now.events > state.standing.events or now.redrawn > state.standing.redrawn:
            stop = self._pages.next_stop(state.standing, now)
            weapons = self._pages.touched(state.standing, stop)
            state.grow(weapons, self._pages.of(weapons) if weapons else [], stop)
        state.behind = state.standing.events < now.events or state.standing.redrawn < now.redrawn

    def _refuse_transaction(self) -> None:
        if self._database.standing.depth:
            raise RuntimeError("marks are searched outside transactions only")

    def _opened(self, now: Standing) -> MarkState | None:
        """Take up the files, if they are whole and of this record."""
        if self._folder is None or not self._folder.in_place():
            return None
        try:
            segment, manifest, name = self._folder.load()
        except SegmentDamaged as damaged:
            _log.warning("the search index is built anew: %s", damaged)
            return None
        standing = Standing(manifest.events, manifest.root, manifest.redrawn)
        if not self._pages.continues(standing, now):
            return None
        return MarkState(standing, segment, Codebook(manifest.codes), name)

    def _built(self) -> MarkState:
        """Draw all marks from the database; write them to files unless another process is doing so."""
        if self._folder is None:
            return self._drawn(lambda segment: segment).in_memory()
        with self._folder.building() as ours:
            if not ours:
                return self._drawn(lambda segment: segment).in_memory()
            try:
                with self._folder.aside() as lay_down:
                    drawn = self._drawn(lay_down)
                    if sum(map(len, drawn.segments())):
                        return self._written(drawn, self._folder)
                # The files of a register that had marks once are not newer than this.
                return replace(drawn.in_memory(), files=self._folder.in_place())
            except OSError as error:
                _log.warning("the search index is kept in memory, its files cannot be written: %s", error)
        return self._drawn(lambda segment: segment).in_memory()

    def _drawn(self, lay_down: Callable[[Segment], Segment]) -> MarkState:
        """Draw all marks from the database, a run after the other, so that memory holds one of them at a time."""
        codes, runs = Codebook(), list[Segment]()
        with self._database.snapshot():
            standing, pages = self._pages.now(), self._pages.all()
            parts = [mark_columns([], codes)]
            for page in pages:
                # Texts take many times as much memory as codes.
                parts.append(join_columns([mark_columns(page, codes)]))
                if sum(len(part.marks) for part in parts) >= RUN:
                    runs.append(lay_down(build_segment(join_columns(parts))))
                    parts = [mark_columns([], codes)]
        runs.append(lay_down(build_segment(join_columns(parts))))
        return MarkState(standing, runs[0], codes, runs=runs[1:])

    def _written(self, state: MarkState, folder: SegmentFolder) -> MarkState:
        """Merge a state into files, and return it with these.

        Raises:
            OSError: nothing can be written.
        """
        standing = state.standing
        manifest = Manifest(standing.events, standing.root, standing.redrawn, state.codes.kept(), {})
        segment, name = folder.save(state.segments(), manifest)
        return MarkState(standing, segment, state.codes, name)

    def _work_aside(self, files: str) -> None:
        # What ends this is told by the thread that dies of it, and searches go on; it is not tried again at once.
        self._not_before = time.monotonic() + _PAUSE
        try:
            if self._read_aside(files) and self._merge_aside():
                self._not_before = 0.0
        finally:
            self._pages.close()
            self._aside = None

    def _read_aside(self, files: str) -> bool:
        """Read what is left, from newer files where another process has merged it, else stretch by stretch."""
        if self._folder is not None and self._folder.in_place() not in ("", files):
            self._take_up(self._opened(self._pages.now()))
        while True:
            with self._lock:
                state, now = self._state, self._pages.now()
                if state is None or not self._pages.continues(state.standing, now):
                    return False
                self._grow(state, now)
                if not state.behind:
                    return True
            # Searches that wait for the lock come first.
            time.sleep(_TURN)

    def _merge_aside(self) -> bool:
        with self._lock:
            held = self._state.copy() if self._state is not None and self._state.is_large else None
        return held is None or self._take_up(self._merged(held))

    def _merged(self, held: MarkState) -> MarkState | None:
        """Merge a state, or take up what another process has merged meanwhile; None while another is at it."""
        folder = self._folder
        if folder is None:
            return held.in_memory()
        with folder.building() as ours:
            if not ours:
                return None
            if folder.in_place() != held.files and (newer := self._opened(self._pages.now())) is not None:
                return newer
            try:
                return self._written(held, folder)
            except OSError as error:
                _log.warning("the search index is merged in memory, its files cannot be written: %s", error)
                return held.in_memory()

    def _take_up(self, state: MarkState | None) -> bool:
        """Bring a state in step, and search by it from now on; say whether there was one of this record."""
        now = self._pages.now()
        if state is None or not self._pages.continues(state.standing, now):
            return False
        self._grow_to(state, now)
        with self._lock:
            self._state = state
        return True
