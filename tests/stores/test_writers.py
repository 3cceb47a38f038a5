"""Two who write at once come one after the other; nothing is lost, and no identity is given twice."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from tests.stores.lives import happened, keep, registered
from tracemark.recordkeeping import Frontier
from tracemark.storage.relational.stores import RelationalStores

WRITERS, TURNS = 4, 10


def write(stores: RelationalStores, ready: Barrier) -> list[int]:
    """Register weapons, each in its own transaction, and return their identities."""
    given = []
    try:
        ready.wait()
        for _ in range(TURNS):
            with stores.atomic():
                weapon = stores.register.next_weapons(1)[0]
                keep(stores, registered(weapon, f"A{weapon}"), happened(weapon, "lost"))
                given.append(weapon)
    finally:
        stores.close()
    return given


def at_once(task: Callable[[RelationalStores, Barrier], list[int]], stores: RelationalStores) -> list[int]:
    ready = Barrier(WRITERS)
    with ThreadPoolExecutor(WRITERS) as pool:
        running = [pool.submit(task, stores, ready) for _ in range(WRITERS)]
        return sorted(weapon for each in running for weapon in each.result())


def test_writers_come_one_after_the_other(relational_stores: RelationalStores) -> None:
    stores = relational_stores
    assert at_once(write, stores) == list(range(1, WRITERS * TURNS + 1))
    events = list(stores.records.all())
    assert [event.position for event in events] == list(range(2 * WRITERS * TURNS))
    assert [one.event.weapon for one in events[::2]] == [other.event.weapon for other in events[1::2]]
    head = stores.records.head()
    assert head is not None
    assert head.root == Frontier().extend([event.leaf for event in events]).root


def test_a_reader_with_a_snapshot_is_not_disturbed(relational_stores: RelationalStores) -> None:
    stores = relational_stores
    keep(stores, registered(1, "A1"))

    def write_more() -> None:
        try:
            keep(stores, registered(2, "B2"))
        finally:
            stores.close()

    with stores.snapshot(), ThreadPoolExecutor(1) as pool:
        assert stores.records.size() == 1
        pool.submit(write_more).result()
        assert (stores.records.size(), len(list(stores.records.all()))) == (1, 1)
    assert stores.records.size() == 2
