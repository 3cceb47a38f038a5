import os
import signal
import sys
import threading
from collections import deque
from collections.abc import Generator, Iterable
from itertools import cycle
from multiprocessing import get_context
from multiprocessing.connection import Connection
from typing import TypeAlias

from tracemark.recordkeeping import Found, Rows, find

_Ours: TypeAlias = "Connection[Rows, Found]"
_Theirs: TypeAlias = "Connection[Found, Rows]"


def find_beside(rows: Iterable[Rows]) -> Generator[Found]:
    """Hash rows in processes of their own, one a processor, while this one reads on; in the order of the rows.

    Only a process of one thread can be copied safely, as a command is. A server, which has many, hashes by itself.
    """
    if threading.active_count() > 1 or not sys.platform.startswith("linux"):
        yield from map(find, rows)
        return
    finders = [_start() for _ in range(os.cpu_count() or 1)]
    busy: deque[_Ours] = deque()
    try:
        for finder, stretch in zip(cycle(finders), rows, strict=False):
            if len(busy) == len(finders):
                yield busy.popleft().recv()
            finder.send(stretch)
            busy.append(finder)
        for finder in busy:
            yield finder.recv()
    finally:
        for finder in finders:
            finder.close()


def _start() -> _Ours:
    copies = get_context("fork")
    ours, theirs = copies.Pipe()
    copies.Process(target=_find_all, args=(theirs, ours), daemon=True).start()
    theirs.close()
    return ours


def _find_all(asked: _Theirs, other_end: _Ours) -> None:
    """Answer until nobody asks or listens any more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    other_end.close()
    try:
        while True:
            asked.send(find(asked.recv()))
    except (EOFError, ConnectionError):
        return
