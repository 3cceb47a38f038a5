import logging
import threading
import time
from collections.abc import Callable, Sequence

from tracemark.storage.marks import Codebook, join_columns, mark_columns
from tracemark.storage.relational.mark_pages import MarkPages, Standing
from tracemark.storage.relational.mark_states import MarkState
from tracemark.storage.relational.segments import Manifest, SegmentDamaged, SegmentFolder
from tracemark.storage.relational.sql import Database
from tracemark.tracing import Segment, build_segment

_PAUSE = 30.0
"""Seconds until a merge is tried again that came to nothing."""

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
        self._merging: threading.Thread | None = None
        self._not_before = 0.0

    def segments(self) -> Sequence[Segment]:
        """Return the segments, in step with the database as it is now.

        Raises:
            RuntimeError: the caller is inside a transaction, of which others would be shown what may yet be undone.
        """
        with self._lock:
            state = self._caught_up()
            # Codes mean the same in other segments only if nothing was merged meanwhile.
            self._given.codes = state.codes
            return state.segments()

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
        """Wait for a merge that is under way."""
        if (merging := self._merging) is not None:
            merging.join()

    def _caught_up(self) -> MarkState:
        self._refuse_transaction()
        now = self._pages.now()
        state = self._state
        if state is None or not self._pages.continues(state.standing, now):
            state = self._opened(now) or self._built()
        self._grow(state, now)
        self._state = state
        if state.is_large and self._merging is None and time.monotonic() >= self._not_before:
            self._merging = threading.Thread(target=self._merge_aside, args=(state.copy(),), daemon=True)
            self._merging.start()
        return state

    def _grow(self, state: MarkState, now: Standing) -> None:
        if now.events > state.standing.events or now.redrawn > state.standing.redrawn:
            weapons = self._pages.touched(state.standing, now)
            state.grow(weapons, self._pages.of(weapons) if weapons else [], now)

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

    def _merge_aside(self, held: MarkState) -> None:
        # What ends a merge is told by the thread that dies of it, and searches go on; the next is not tried at once.
        self._not_before = time.monotonic() + _PAUSE
        try:
            if self._take_up(self._merged(held)):
                self._not_before = 0.0
        finally:
            self._pages.close()
            self._merging = None

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
        """Bring a merged state in step, and search by it from now on; say whether there was one of this record."""
        now = self._pages.now()
        if state is None or not self._pages.continues(state.standing, now):
            return False
        self._grow(state, now)
        with self._lock:
            self._state = state
        return True
