import os
import signal
import sys
import threading
from collections import deque
from collections.abc import Generator, Iterable
from mmap import mmap
from multiprocessing import get_context
from multiprocessing.connection import Connection
from typing import Self, TypeAlias

from tracemark.recordkeeping import Found, Rows, find

_SHARED_BYTES = 16 << 20
_MOST_AHEAD = 32

_Ours: TypeAlias = "Connection[tuple[object, int | bytes], Found]"
_Theirs: TypeAlias = "Connection[Found, tuple[range, int | bytes]]"


def find_beside(rows: Iterable[Rows]) -> Generator[Found]:
    """Hash rows in processes of their own, one a processor, while this one reads on; in the order of the rows.

    Where all of them are busy it lends a hand, so that beside other work on the machine nothing is waited for. Only a
    process of one thread can be copied safely, as a command is. A server, which has many, hashes by itself.
    """
    if threading.active_count() > 1 or not sys.platform.startswith("linux"):
        yield from map(find, rows)
        return
    finders = [_Finder() for _ in range(os.cpu_count() or 1)]
    idle, coming = list(finders), deque[_Finder | Found]()
    try:
        for stretch in rows:
            coming.append(idle.pop().ask(stretch) if idle else find(stretch))
            while coming and (len(coming) > _MOST_AHEAD or isinstance(coming[0], Found) or coming[0].ready):
                yield _taken(coming.popleft(), idle)
        while coming:
            yield _taken(coming.popleft(), idle)
    finally:
        for finder in finders:
            finder.close()


def _taken(one: "_Finder | Found", idle: "list[_Finder]") -> Found:
    if isinstance(one, Found):
        return one
    idle.append(one)
    return one.answer()


class _Finder:
    """A copy of this process that hashes what it is given, in memory that both share: a pipe holds too little."""

    def __init__(self) -> None:
        copies = get_context("fork")
        self._shared = mmap(-1, _SHARED_BYTES)
        self._pipe: _Ours
        self._pipe, theirs = copies.Pipe()
        copies.Process(target=self._find_all, args=(theirs,), daemon=True).start()
        theirs.close()

    def ask(self, rows: Rows) -> Self:
        positions, lines = rows
        if len(lines) > _SHARED_BYTES:
            self._pipe.send((positions, lines))
        else:
            self._shared[: len(lines)] = lines
            self._pipe.send((positions, len(lines)))
        return self

    @property
    def ready(self) -> bool:
        """Whether `answer` need not wait."""
        return self._pipe.poll()

    def answer(self) -> Found:
        """Wait for what was found. Raise EOFError where the process was ended meanwhile."""
        return self._pipe.recv()

    def close(self) -> None:
        self._pipe.close()
        self._shared.close()

    def _find_all(self, asked: _Theirs) -> None:
        """Answer until nobody asks or listens any more."""
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        self._pipe.close()
        try:
            while True:
                positions, lines = asked.recv()
                asked.send(find((positions, self._shared[:lines] if isinstance(lines, int) else lines)))
        except (EOFError, ConnectionError):
            return
