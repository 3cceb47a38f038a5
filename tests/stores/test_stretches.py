"""What stands in the table of events is verified as it stands, whatever somebody who may drop triggers put there."""

import pytest

from tests.recordkeeping.sealed_logs import verify_ed25519
from tests.stores.lives import RECORDED_AT, happened
from tracemark.recordkeeping import Checkpoint, VerifierKey, seal_event, verify_checkpoint, verify_log
from tracemark.storage.relational import records
from tracemark.storage.relational.append_only import statements
from tracemark.storage.relational.sql import Database
from tracemark.storage.relational.stores import RelationalStores
from tracemark.storage.relational.stretches import stretches

EVENTS = 4_300
"""Four whole stretches, and the beginning of a fifth."""

REMARK = "one line\nand another"


@pytest.fixture(params=[records._LARGE, 1], ids=["alone", "beside"], autouse=True)
def _readers(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let one process read, and several."""
    monkeypatch.setattr(records, "_LARGE", request.param)


@pytest.fixture
def unguarded(relational_stores: RelationalStores) -> RelationalStores:
    return without_guards(relational_stores)


def without_guards(stores: RelationalStores) -> RelationalStores:
    """Seal a record and take away what refuses changes: triggers, and columns computed from well-formed bodies."""
    with stores.atomic():
        events = (happened(weapon, "found", place=REMARK) for weapon in range(1, EVENTS + 1))
        sealed = [seal_event(each, position=at, recorded_at=RECORDED_AT) for at, each in enumerate(events)]
        stores.records.extend(sealed, stores.signer)
    database = stores._database
    triggers = [each.split()[2] for each in statements(database.connection.vendor) if " ON event " in each]
    for trigger in triggers:
        database.execute(f"DROP TRIGGER {trigger}" + (" ON event" if database.on_postgresql else ""))
    database.execute("DROP INDEX event_weapon")
    for column in ("weapon", "kind"):
        database.execute(f"ALTER TABLE event DROP COLUMN {column}")
    return stores


@pytest.fixture
def database(unguarded: RelationalStores) -> Database:
    return unguarded._database


def faults(stores: RelationalStores) -> list[tuple[int | None, str, int | None]]:
    key, kept = VerifierKey(stores.signer.name, stores.signer.public_key), stores.records

    def signed(checkpoint: Checkpoint) -> object:
        return verify_checkpoint(checkpoint, [key], verify_ed25519)

    with stores.snapshot():
        found = verify_log(kept.found(), kept.tiles(), kept.checkpoints(), verify_signature=signed)
    return [(each.event, each.fault.value, each.other) for each in found.faults]


def test_every_row_is_read_in_its_place(unguarded: RelationalStores) -> None:
    read = list(stretches(unguarded._database))
    assert [row for at, text in read for row in zip(at, text.splitlines(), strict=True)] == [
        (each.position, each.body) for each in unguarded.records.all()
    ]
    assert [len(at) for at, _ in read] == [1024] * 4 + [EVENTS - 4096]
    assert faults(unguarded) == []


@pytest.mark.parametrize("at", [0, 2047, 2048, EVENTS - 1])
def test_a_row_changed(unguarded: RelationalStores, database: Database, at: int) -> None:
    database.execute("UPDATE event SET body = REPLACE(body, 'one', 'two') WHERE position = %s", at)
    assert faults(unguarded) == [(at, "changed", None)]


def test_an_escaped_line_break_made_a_real_one(unguarded: RelationalStores, database: Database) -> None:
    database.execute("UPDATE event SET body = REPLACE(body, %s, %s) WHERE position = 100", "\\n", "\n")
    assert faults(unguarded) == [(100, "changed", None)]


def test_a_row_split_in_two_where_another_is_missing(unguarded: RelationalStores, database: Database) -> None:
    """The text of a stretch is still that of its rows; their number is not."""
    both = database.rows("SELECT body FROM event WHERE position >= 100 AND position <= 101 ORDER BY position")
    database.execute("UPDATE event SET body = %s WHERE position = 100", "\n".join(body for (body,) in both))
    database.execute("DELETE FROM event WHERE position = 101")
    assert faults(unguarded) == [(100, "changed", None), (101, "deleted", None)]


def test_rows_deleted(unguarded: RelationalStores, database: Database) -> None:
    database.execute("DELETE FROM event WHERE position >= 2000 AND position < 4200")
    assert faults(unguarded) == [(2000, "deleted", 4199)]


def test_rows_added_before_and_behind_the_record(unguarded: RelationalStores, database: Database) -> None:
    for position in (-7, EVENTS + 10_000_000):
        database.execute("INSERT INTO event (position, body) SELECT %s, body || ' ' FROM event LIMIT 1", position)
    assert faults(unguarded) == [(-7, "inserted", None), (EVENTS + 10_000_000, "unsealed", None)]


def test_rows_at_the_ends_of_what_a_position_can_be(unguarded: RelationalStores, database: Database) -> None:
    for position in (-(2**63), 2**63 - 1):
        database.execute("INSERT INTO event (position, body) SELECT %s, body || ' ' FROM event LIMIT 1", position)
    assert faults(unguarded) == [(-(2**63), "inserted", None), (2**63 - 1, "unsealed", None)]


@pytest.mark.parametrize("parts", [2, 3, 8])
def test_the_parts_are_the_whole(unguarded: RelationalStores, database: Database, parts: int) -> None:
    database.execute("DELETE FROM event WHERE position >= 1000 AND position < 3100")
    database.execute("UPDATE event SET position = position + 1000000 WHERE position >= 4200")
    read = [[list(at) for at, _ in stretches(database, part, parts)] for part in range(parts)]
    assert sorted(each for part in read for each in part) == [list(at) for at, _ in stretches(database)]


@pytest.mark.parametrize("body", ["x'ff00fe'", "CAST(x'7bff' AS TEXT)", "x'00'", "''", "7"])
def test_what_is_no_text(sqlite_stores: RelationalStores, body: str) -> None:
    stores = without_guards(sqlite_stores)
    stores._database.execute("UPDATE event SET body = BODY WHERE position = 3000".replace("BODY", body))
    assert faults(stores) == [(3000, "changed", None)]
