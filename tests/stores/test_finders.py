"""What several processes find is what one finds: the state of one snapshot."""

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from multiprocessing import active_children

import pytest

from tests.stores.lives import RECORDED_AT, happened, keep
from tracemark.recordkeeping import seal_event
from tracemark.storage.relational import finders
from tracemark.storage.relational.finders import FinderLost, find_beside, find_here
from tracemark.storage.relational.sql import Database
from tracemark.storage.relational.stores import RelationalStores

EVENTS = 4_300
"""More stretches than there are processors."""


@pytest.fixture
def database(relational_stores: RelationalStores, monkeypatch: pytest.MonkeyPatch) -> Database:
    monkeypatch.setattr("os.sched_getaffinity", lambda _: {0, 1, 2})
    # Tests of a server may have left a thread behind, beside which a command would not copy itself.
    monkeypatch.setattr("threading.active_count", lambda: 1)
    # No finder is done before it is asked for what it found.
    monkeypatch.setattr(finders, "_PIPE_BYTES", 4096)
    with relational_stores.atomic():
        events = (happened(weapon, "found") for weapon in range(1, EVENTS + 1))
        sealed = [seal_event(each, position=at, recorded_at=RECORDED_AT) for at, each in enumerate(events)]
        relational_stores.records.extend(sealed, relational_stores.signer)
    return relational_stores._database


@pytest.fixture(autouse=True)
def _nobody_is_left_behind() -> Iterator[None]:
    yield
    assert active_children() == []


def test_found_beside_is_what_is_found_alone(database: Database) -> None:
    with database.snapshot():
        alone = list(find_here(database))
        beside = find_beside(database)
        assert next(beside) == alone[0]
        assert len(active_children()) == 3
        assert list(beside) == alone[1:]
    assert sum(len(each.positions) for each in alone) == EVENTS


def test_an_empty_record(relational_stores: RelationalStores) -> None:
    with relational_stores.snapshot():
        assert list(find_beside(relational_stores._database)) == []


def test_whoever_stops_asking_leaves_nobody_behind(database: Database) -> None:
    with database.snapshot():
        found = find_beside(database)
        next(found)
        found.close()
        assert active_children() == []


def _in_another_thread(stores: RelationalStores, work: Callable[[], object]) -> None:
    def do() -> None:
        try:
            work()
        finally:
            stores.close()

    with ThreadPoolExecutor(1) as pool:
        pool.submit(do).result()


def test_what_is_written_after_the_snapshot_is_not_found(
    database: Database, relational_stores: RelationalStores
) -> None:
    with database.snapshot():
        _in_another_thread(relational_stores, lambda: keep(relational_stores, happened(1, "lost")))
        found = find_beside(database)
        read = [position for each in found for position in each.positions]
        assert read == list(range(EVENTS))
    with database.snapshot():
        assert sum(len(each.positions) for each in find_beside(database)) == EVENTS + 1


def test_on_sqlite_whoever_came_after_a_write_does_not_take_part(sqlite_stores: RelationalStores) -> None:
    database = sqlite_stores._database
    with database.snapshot():
        snapshot = database.share()
        assert snapshot is not None
        assert database.shares(snapshot)
        _in_another_thread(sqlite_stores, lambda: keep(sqlite_stores, happened(1, "lost")))
        assert not database.shares(snapshot)


def test_what_a_transaction_wrote_is_found_by_itself_alone(database: Database) -> None:
    with database.atomic(), database.snapshot():
        found = find_beside(database)
        next(found)
        assert active_children() == []


def test_a_process_of_several_threads_finds_alone(database: Database) -> None:
    ended = threading.Event()
    other = threading.Thread(target=ended.wait)
    other.start()
    try:
        with database.snapshot():
            next(find_beside(database))
            assert active_children() == []
    finally:
        ended.set()
        other.join()


def test_a_finder_that_was_ended_is_no_end_of_the_record(database: Database) -> None:
    with database.snapshot():
        found = find_beside(database)
        next(found)
        for each in active_children():
            each.kill()
            each.join()
        with pytest.raises(FinderLost):
            list(found)
