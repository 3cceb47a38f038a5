"""Whoever owns the database gets past its guards and edits the record: verification names what was done, exactly."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace

import pytest
from pytest_django import DjangoDbBlocker

from tests.recordkeeping.sealed_logs import SeededSigner
from tests.rooms import officer
from tests.stores.lives import happened, keep, registered
from tracemark.authorities import AccountChange, ChangeKind, Role
from tracemark.authorities.changes import chained
from tracemark.node import Node, RecordDoubtful
from tracemark.recordkeeping import Fault, FaultKind, Verification, note_verification
from tracemark.storage.relational.sql import Database
from tracemark.storage.relational.stores import RelationalStores
from tracemark.weapons import WeaponId

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
        "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name IN ('event', 'tile', 'checkpoint')"
    )  # fmt: skip
    tables = ("event", "tile", "checkpoint") if database.on_postgresql else ()
    for table in tables:
        database.execute(f"ALTER TABLE {table} DISABLE TRIGGER ALL")
    for name, _ in guards:
        database.execute(f"DROP TRIGGER {name}")
    yield
    for table in tables:
        database.execute(f"ALTER TABLE {table} ENABLE TRIGGER ALL")
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


# What is done to the record and its seal together, and what verification says of it.
ENDINGS = {
    "emptied": (
        ["DELETE FROM event", "DELETE FROM tile", "DELETE FROM checkpoint"],
        [Fault(0, FaultKind.RECORD_CUT_OFF, 301, "W-2")],
    ),
    "cut off": (
        ["DELETE FROM event WHERE position >= 300", "DELETE FROM checkpoint WHERE size > 300"],
        [Fault(300, FaultKind.RECORD_CUT_OFF, 301, "W-2")],
    ),
    "an older head gone": (
        ["DELETE FROM checkpoint WHERE size = 301"],
        [
            Fault(256, FaultKind.TILE_MISSING, place="tile/0/001.p/46"),
            Fault(300, FaultKind.HEAD_DELETED, place="checkpoint/301"),
        ],
    ),
    "an older head garbled": (
        ["UPDATE checkpoint SET note = replace(note, '301', '3o1') WHERE size = 301"],
        [Fault(300, FaultKind.CHECKPOINT_CHANGED, place="checkpoint/301")],
    ),
    "a row at the last position there is": (
        [FORGE.format(position=2**63 - 1)],
        [Fault(2**63 - 1, FaultKind.UNSEALED)],
    ),
}


@pytest.mark.parametrize(("statements", "named"), ENDINGS.values(), ids=ENDINGS)
def test_what_was_done_to_record_and_seal_is_named(
    stores: RelationalStores, statements: Sequence[str], named: Sequence[Fault]
) -> None:
    with stores.atomic(), without_guards(stores._database):
        for statement in statements:
            stores._database.execute(statement)
    assert faults(stores) == tuple(named)


def cut_off(stores: RelationalStores, size: int) -> None:
    """Cut the record and its seal off behind a head, and all that the register says besides."""
    with stores.atomic(), without_guards(stores._database):
        stores._database.execute(f"DELETE FROM event WHERE position >= {size}")
        stores._database.execute(f"DELETE FROM checkpoint WHERE size > {size}")
        stores._database.execute(f"DELETE FROM weapon WHERE position >= {size}")
        stores._database.execute("DELETE FROM mark WHERE weapon NOT IN (SELECT id FROM weapon)")


def verified(stores: RelationalStores) -> Verification:
    """Verify, and note it as the page does."""
    node, actor = Node("XT", stores), officer(Role.AUDITOR)
    found = node.verify(actor)
    note_verification(found=found, actor=actor, stores=stores, clock=node.clock)
    return found


def test_an_earlier_verification_tells_that_the_record_was_longer(stores: RelationalStores) -> None:
    assert verified(stores).ok
    cut_off(stores, 300)
    assert faults(stores) == (Fault(300, FaultKind.RECORD_CUT_OFF, 301, "verification/302"),)


def test_an_earlier_verification_tells_that_the_record_was_another(stores: RelationalStores) -> None:
    verified(stores)
    cut_off(stores, 300)
    keep(stores, happened(1, "stolen"))
    keep(stores, happened(2, "stolen"))
    assert faults(stores) == (Fault(301, FaultKind.VERIFIED_OTHERWISE, place="verification/302"),)


def test_nothing_is_drawn_anew_from_a_record_that_was_emptied(stores: RelationalStores) -> None:
    with stores.atomic(), without_guards(stores._database):
        for table in ("event", "tile", "checkpoint"):
            stores._database.execute(f"DELETE FROM {table}")
    with pytest.raises(RecordDoubtful):
        Node("XT", stores).redraw(officer(Role.REGISTRY_OFFICER))
    assert stores.register.state(WeaponId(1)).status == "lost"


def test_a_garbled_signature_of_an_older_head_is_named_where_every_head_is_asked_for(stores: RelationalStores) -> None:
    [newest, older] = stores.records.newest_checkpoints(2)
    [signature] = older.signatures
    forged = replace(older, signatures=(replace(signature, signature=newest.signatures[0].signature),))
    with stores.atomic(), without_guards(stores._database):
        stores._database.execute("UPDATE checkpoint SET note = %s WHERE size = 301", str(forged))
    assert faults(stores) == ()
    found = Node("XT", stores).verify(officer(Role.AUDITOR), every_head=True)
    assert found.faults == (Fault(300, FaultKind.SIGNATURE_REFUSED, place="checkpoint/301"),)


def test_a_head_under_another_name_amid_ours_is_named(stores: RelationalStores) -> None:
    ours = stores.signer
    stores.signer = SeededSigner("de/tracemark/record", 8)
    keep(stores, happened(3, "lost"))
    stores.signer = ours
    keep(stores, happened(4, "lost"))
    assert faults(stores) == (Fault(302, FaultKind.HEAD_FOREIGN, place="checkpoint/303"),)


def test_an_older_head_that_is_gone_is_named_by_the_next_where_that_sealed_part_of_a_tile(
    relational_stores: RelationalStores,
) -> None:
    for weapon in (1, 2, 3):
        keep(relational_stores, registered(weapon, f"A{weapon}"))
    keep(relational_stores, *(registered(weapon, f"A{weapon}") for weapon in range(4, WEAPONS + 1)))
    assert faults(relational_stores) == ()
    with relational_stores.atomic(), without_guards(relational_stores._database):
        relational_stores._database.execute("DELETE FROM checkpoint WHERE size < 3")
    assert faults(relational_stores) == (Fault(1, FaultKind.HEAD_DELETED, place="checkpoint/2"),)


def test_a_broken_chain_of_account_changes_is_named(stores: RelationalStores) -> None:
    change = AccountChange(ChangeKind.OPENED, "ana", "bela", "XT-REG", "2026-01-01T00:00:00.000Z")
    with stores.atomic():
        stores.changes.put(chained(change, None))
    assert faults(stores) == ()
    with stores.atomic():
        stores.changes.put(replace(change, position=1, digest="0" * 64))
    assert faults(stores) == (Fault(None, FaultKind.CHANGES_BROKEN, place="1"),)


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
