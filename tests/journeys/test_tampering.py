"""Whoever owns the database gets past its guards and edits the record: verification names what was done, exactly."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import pytest
from pytest_django import DjangoDbBlocker

from tests.rooms import officer
from tests.stores.lives import happened, keep, registered
from tracemark.authorities import Role
from tracemark.node import Node
from tracemark.recordkeeping import Fault, FaultKind
from tracemark.storage.relational.sql import Database
from tracemark.storage.relational.stores import RelationalStores

WEAPONS = 300
"""More than one tile of the tree holds."""

FORGE = (
    "INSERT INTO event (position, body) "
    "SELECT {position}, replace(body, 'XT-ARMY', 'XT-DEAL') FROM event WHERE position = 3"
)


@pytest.fixture(autouse=True)
def _databases_of_our_own(django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    with django_db_blocker.unblock():
        yield


@pytest.fixture
def stores(relational_stores: RelationalStores) -> RelationalStores:
    """A record of 302 events under three heads."""
    keep(relational_stores, *(registered(weapon, f"A{weapon}") for weapon in range(1, WEAPONS + 1)))
    keep(relational_stores, happened(1, "lost"))
    keep(relational_stores, happened(2, "lost"))
    return relational_stores


def faults(stores: RelationalStores) -> tuple[Fault, ...]:
    return Node("XT", stores).verify(officer(Role.AUDITOR)).faults


@contextmanager
def without_guards(database: Database) -> Iterator[None]:
    """Let an edit pass, and put the guards back, so that they tell nothing."""
    guards = [] if database.on_postgresql else database.rows(
        "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'event'"
    )  # fmt: skip
    if database.on_postgresql:
        database.execute("ALTER TABLE event DISABLE TRIGGER ALL")
    for name, _ in guards:
        database.execute(f"DROP TRIGGER {name}")
    yield
    if database.on_postgresql:
        database.execute("ALTER TABLE event ENABLE TRIGGER ALL")
    for _, statement in guards:
        database.execute(statement)


# What is done, and what verification says of it.
EDITS = {
    "edited": (
        ["UPDATE event SET body = replace(body, 'XT-ARMY', 'XT-DEAL') WHERE position = 5"],
        [Fault(5, FaultKind.CHANGED)],
    ),
    "deleted": (["DELETE FROM event WHERE position = 7"], [Fault(7, FaultKind.DELETED)]),
    "deleted at the end": (["DELETE FROM event WHERE position = 301"], [Fault(301, FaultKind.DELETED)]),
    "forged at the end": (
        [FORGE.format(position=302)],
        [Fault(302, FaultKind.UNSEALED)],
    ),
    "forged in the middle, the rest renumbered": (
        [
            "UPDATE event SET position = -position - 1 WHERE position >= 9",
            "UPDATE event SET position = -position WHERE position < 0",
            FORGE.format(position=9),
        ],
        [Fault(9, FaultKind.INSERTED)],
    ),
    "deleted in the middle, the rest renumbered": (
        [
            "DELETE FROM event WHERE position = 9",
            "UPDATE event SET position = -position + 1 WHERE position > 9",
            "UPDATE event SET position = -position WHERE position < 0",
        ],
        [Fault(9, FaultKind.DELETED)],
    ),
    "swapped": (
        [
            "UPDATE event SET position = -1 WHERE position = 11",
            "UPDATE event SET position = 11 WHERE position = 270",
            "UPDATE event SET position = 270 WHERE position = -1",
        ],
        [Fault(11, FaultKind.SWAPPED, 270)],
    ),
}


@pytest.mark.parametrize(("statements", "named"), EDITS.values(), ids=EDITS)
def test_what_was_done_to_a_row_is_named_exactly(
    stores: RelationalStores, statements: Sequence[str], named: Sequence[Fault]
) -> None:
    assert faults(stores) == ()
    with stores.atomic(), without_guards(stores._database):
        for statement in statements:
            stores._database.execute(statement)
    assert faults(stores) == tuple(named)


def test_guards_that_stay_away_are_named_beside_what_was_done(stores: RelationalStores) -> None:
    database = stores._database
    with stores.atomic():
        if database.on_postgresql:
            database.execute("ALTER TABLE event DISABLE TRIGGER ALL")
        else:
            database.execute("DROP TRIGGER event_no_delete")
        database.execute("DELETE FROM event WHERE position = 7")
    verbs = ("delete", "truncate", "update") if database.on_postgresql else ("delete",)
    absent = [Fault(None, FaultKind.TRIGGER_MISSING, place=f"event_no_{verb}") for verb in verbs]
    assert faults(stores) == (Fault(7, FaultKind.DELETED), *absent)


@pytest.mark.postgresql
def test_an_edit_as_a_replica_fires_no_trigger_and_is_named(postgres_stores: RelationalStores) -> None:
    keep(postgres_stores, *(registered(weapon, f"A{weapon}") for weapon in range(1, 9)))
    with postgres_stores.atomic():
        postgres_stores._database.execute("SET LOCAL session_replication_role = replica")
        postgres_stores._database.execute("DELETE FROM event WHERE position = 2")
    assert faults(postgres_stores) == (Fault(2, FaultKind.DELETED),)


def test_a_guard_that_does_nothing_any_more_is_named(stores: RelationalStores) -> None:
    database = stores._database
    with stores.atomic():
        if database.on_postgresql:
            database.execute("DROP TRIGGER event_no_delete ON event")
            database.execute(
                "CREATE TRIGGER event_no_delete BEFORE DELETE ON event "
                "FOR EACH ROW WHEN (false) EXECUTE FUNCTION refuse_change()"
            )
        else:
            database.execute("DROP TRIGGER event_no_delete")
            database.execute("CREATE TRIGGER event_no_delete BEFORE DELETE ON event BEGIN SELECT 1; END")
        database.execute("DELETE FROM event WHERE position = 7")
    changed = Fault(None, FaultKind.TRIGGER_CHANGED, place="event_no_delete")
    assert faults(stores) == (Fault(7, FaultKind.DELETED), changed)
