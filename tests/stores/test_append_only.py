"""The tables that only grow refuse everything else, whoever asks; and a database says what triggers it lacks."""

from dataclasses import replace
from datetime import date

import pytest
from django.db import DatabaseError, connections, transaction

from tests.stores.lives import RECORDED_AT, happened, keep, registered
from tests.stores.test_beside_the_record import AT, PROPOSAL, VERIFIED
from tracemark.kernel import Plain
from tracemark.marking import Block, Scheme, Span
from tracemark.recordkeeping import Decision, EventKind, seal_event
from tracemark.storage.relational.append_only import APPEND_ONLY, missing
from tracemark.storage.relational.sql import Database, Row
from tracemark.storage.relational.stores import RelationalStores
from tracemark.weapons import WeaponId

CHANGES = {
    "event": "UPDATE TABLE SET body = '{}'",
    "tile": "UPDATE TABLE SET hashes = ''",
    "checkpoint": "UPDATE TABLE SET note = ''",
    "proposal": "UPDATE TABLE SET reason = ''",
    "decision": "UPDATE TABLE SET note = ''",
    "person_read": "UPDATE TABLE SET purpose = ''",
    "verification": "UPDATE TABLE SET faults = 0",
    "number_block": "UPDATE TABLE SET holder = ''",
    "number_taken": "UPDATE TABLE SET last = 0",
    "person": "UPDATE TABLE SET body = ''",
}


@pytest.fixture
def database(relational_stores: RelationalStores) -> Database:
    return filled(relational_stores)


def filled(stores: RelationalStores) -> Database:
    """Put a row into each of the tables."""
    keep(stores, *(registered(weapon, f"A{weapon}") for weapon in range(1, 300)), happened(1, "lost"))
    stores.verifications.note(VERIFIED)
    proposal = stores.proposals.propose(PROPOSAL)
    stores.proposals.decide(Decision(proposal.id, approved=True, decided_by="bela", at=AT))
    stores.reads.note(actor="ana", authority="XT-POL", commitment="c1", purpose="a case", at=AT)
    stores.persons.put("c1", bytes(32), {"name": "Nobody"})
    block = Block("XT-MINT", Scheme("XT"), 1, 9, date(2026, 3, 1))
    stores.numbers.put(block)
    stores.numbers.use(block, Span(1, 2))
    return stores._database


def refused(database: Database, statement: str, table: str) -> None:
    with pytest.raises(DatabaseError, match="the record only grows"), transaction.atomic(using=database.alias):
        database.execute(statement.replace("TABLE", table))


def rows(database: Database, table: str) -> list[Row]:
    return database.rows("SELECT * FROM TABLE".replace("TABLE", table))


@pytest.mark.parametrize("table", APPEND_ONLY)
def test_rows_of_the_record_are_neither_changed_nor_deleted(database: Database, table: str) -> None:
    before = rows(database, table)
    refused(database, CHANGES[table], table)
    refused(database, "DELETE FROM TABLE", table)
    if database.on_postgresql:
        refused(database, "TRUNCATE TABLE CASCADE", table)
    assert before == rows(database, table) != []


@pytest.mark.parametrize("table", APPEND_ONLY)
def test_a_row_is_not_replaced_either(sqlite_stores: RelationalStores, table: str) -> None:
    database = filled(sqlite_stores)
    names = [row[0] for row in database.rows("SELECT name FROM pragma_table_info(%s)", table)]
    columns = ", ".join(f'"{name}"' for name in names)
    refused(database, "REPLACE INTO TABLE (COLUMNS) SELECT COLUMNS FROM TABLE".replace("COLUMNS", columns), table)


def test_a_persons_data_may_be_erased_and_not_changed(database: Database) -> None:
    refused(database, CHANGES["person"], "person")
    assert database.execute("DELETE FROM person WHERE commitment = 'c1'") == 1


def test_a_persons_data_are_not_replaced(sqlite_stores: RelationalStores) -> None:
    database = filled(sqlite_stores)
    refused(database, "REPLACE INTO TABLE (commitment, salt, body) VALUES ('c1', x'00', '{}')", "person")
    sqlite_stores.persons.put("c1", bytes(32), {"name": "Nobody"})
    assert sqlite_stores.persons.get("c1") == (bytes(32), {"name": "Nobody"})


def test_the_database_computes_weapon_and_kind_from_the_sealed_bytes(relational_stores: RelationalStores) -> None:
    """Whatever the details say, and whatever people write into a document's reference."""
    weapon, misleading = WeaponId(2**53 - 1), '}","kind":"lost","v":1,"weapon":5}'
    details: dict[str, Plain] = {"weapon": 5, "kind": "lost", "place": misleading}
    events = [replace(happened(weapon, kind), details=details) for kind in EventKind]
    stores = relational_stores
    with stores.atomic():
        sealed = [
            seal_event(replace(each, document=misleading), position=at, recorded_at=RECORDED_AT)
            for at, each in enumerate(events)
        ]
        stores.records.extend(sealed, stores.signer)
    found = stores._database.rows("SELECT weapon, kind FROM event ORDER BY position")
    assert found == [(weapon, kind.value) for kind in EventKind]


def test_a_trigger_that_is_gone_is_missed(database: Database) -> None:
    connection = connections[database.alias]
    assert missing(connection) == set()
    database.execute("DROP TRIGGER event_no_update" + (" ON event" if database.on_postgresql else ""))
    assert missing(connection) == {"event_no_update"}
