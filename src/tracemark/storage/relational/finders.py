import fcntl
import os
import signal
import sys
import threading
from collections.abc import Generator, Iterator
from contextlib import ExitStack, suppress
from heapq import merge
from multiprocessing import get_context
from multiprocessing.context import ForkProcess

from tracemark.recordkeeping import Found, find
from tracemark.storage.relational.sql import Database
from tracemark.storage.relational.stretches import stretches

_PIPE_BYTES = 1 << 20
"""What a finder may be ahead: about sixteen stretches."""


class FinderLost(Exception):
    """A process that read the record was ended before its end, so nothing can be said of the record."""


def find_beside(database: Database) -> Generator[Found]:
    """Read and hash the events in processes of their own, one a processor; in the order of position.

    Each reads its part through a connection of its own and sees what this process sees: one snapshot. Only hashes cross
    over. Where no such process can be had, this one does it all.

    Raises:
        FinderLost: one of the processes was ended meanwhile.
    """
    with ExitStack() as stack:
        finders = _started(database, stack)
        yield from merge(*finders, key=lambda found: found.positions[0]) if finders else find_here(database)


def find_here(database: Database) -> Iterator[Found]:
    """Read and hash the events in this process."""
    return map(find, stretches(database))


def _started(database: Database, stack: ExitStack) -> "list[_Finder]":
    """Start one finder a processor, all in the snapshot of this process; none where that cannot be.

    Only a process of one thread can be copied safely, as a command is. A server has many. `stack` ends what is started.
    """
    parts = len(os.sched_getaffinity(0)) if sys.platform.startswith("linux") else 1
    if parts == 1 or threading.active_count() > 1 or (snapshot := database.share()) is None:
        return []
    finders = []
    for part in range(parts):
        finders.append(_Finder())
        stack.callback(finders[-1].close)
        finders[-1].start(database, snapshot, part, parts)
    if all(finder.ready() for finder in finders) and database.shares(snapshot):
        return finders
    stack.close()
    return []


class _Finder:
    """A copy of this process that reads and hashes one part of the events."""

    def __init__(self) -> None:
        self._process: ForkProcess | None = None
        self._pipe, self._theirs = get_context("fork").Pipe(duplex=False)
        with suppress(OSError):  # The system may grant no more than it gave, and less will do.
            fcntl.fcntl(self._theirs.fileno(), fcntl.F_SETPIPE_SZ, _PIPE_BYTES)

    def start(self, database: Database, snapshot: str, part: int, parts: int) -> None:
        asked = (database, snapshot, part, parts)
        self._process = get_context("fork").Process(target=self._find, args=asked, daemon=True)
        self._process.start()
        self._theirs.close()

    def ready(self) -> bool:
        """Wait until the process sees the snapshot; False where it cannot."""
        try:
            return bool(self._pipe.recv())
        except EOFError:
            return False

    def __iter__(self) -> Iterator[Found]:
        """Give what was found, in the order of position."""
        try:
            while found := self._pipe.recv():
                yield found
        except (EOFError, OSError) as error:
            raise FinderLost("a process that read the record was ended: verify again") from error

    def close(self) -> None:
        """End the process, wherever it stands."""
        if self._process and self._process.pid:
            self._process.kill()
            self._process.join()
            self._process.close()
        self._theirs.close()
        self._pipe.close()

    def _find(self, database: Database, snapshot: str, part: int, parts: int) -> None:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        self._pipe.close()
        with database.joined(snapshot):
            self._theirs.send("ready")
            for rows in stretches(database, part, parts):
                self._theirs.send(find(rows))
        self._theirs.send(None)
