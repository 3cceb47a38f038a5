import threading
from multiprocessing import active_children

from tracemark.recordkeeping import LINE_BREAK, Rows, find
from tracemark.storage.relational.finders import _SHARED_BYTES, find_beside

STRETCHES: list[Rows] = [
    (range(first, first + 512), LINE_BREAK.join(b"event %d" % at for at in range(first, first + 512)))
    for first in range(0, 10_240, 512)
]


def test_found_beside_is_what_is_found_alone() -> None:
    odd: list[Rows] = [
        ([10_240], b"with a\nline break"),
        ([10_300, 10_301], b"one\ntwo"),
        ([7], bytes(_SHARED_BYTES + 1)),
    ]
    rows = [*STRETCHES, *odd]
    assert list(find_beside(rows)) == [find(each) for each in rows]
    assert list(find_beside([])) == []


def test_whoever_stops_asking_leaves_nobody_behind() -> None:
    found = find_beside(STRETCHES)
    next(found)
    found.close()
    for finder in active_children():
        finder.join(10)
    assert active_children() == []


def test_a_process_of_several_threads_finds_alone() -> None:
    ended = threading.Event()
    other = threading.Thread(target=ended.wait)
    other.start()
    try:
        found = find_beside(STRETCHES)
        assert next(found) == find(STRETCHES[0])
        assert active_children() == []
    finally:
        ended.set()
        other.join()
