"""The tables that only grow refuse everything else, whoever asks; and a database says what triggers it lacks."""

from dataclasses import replace
from datetime import date

import pytest
from django.db import DatabaseError, connections, transaction

from tests.stores.lives import RECORDED_AT, happened, keep, registered
from tests.stores.test_beside_the_record import AT, PROPOSAL, VERIFIED
from tests.stores.test_correspondence import RECEIVED, REJECTION
from tests.stores.test_oversight import CHANGE, SEARCH
from tests.stores.test_witnesses import LOG
from tracemark.kernel import Plain
from tracemark.marking import ProfileVersion
from tracemark.recordkeeping import Cosigned, Decision, EventKind, SeenHead, seal_event
from tracemark.storage.relational.append_only import APPEND_ONLY, altered, missing, statements
from tracemark.storage.relational.sql import Database, Row
from tracemark.storage.relational.stores import RelationalStores
from tracemark.tracing import AskedPrivately
from tracemark.weapons import WeaponId

CHANGES = {
    "event": "UPDATE TABLE SET body = '{}'",
    "tile": "UPDATE TABLE SET hashes = ''",
    "checkpoint": "UPDATE TABLE SET note = ''",
    "proposal": "UPDATE TABLE SET reason = ''",
    "decision": "UPDATE TABLE SET note = ''",
    "person_read": "UPDATE TABLE SET purpose = ''",
    "account_change": "UPDATE TABLE SET becomes = ''",
    "mark_search": "UPDATE TABLE SET shown = ''",
    "marking_profile": "UPDATE TABLE SET body = ''",
    "verification": "UPDATE TABLE SET faults = 0",
    "seen_head": "UPDATE TABLE SET note = ''",
    "cosignature": "UPDATE TABLE SET line = ''",
    "private_question": "UPDATE TABLE SET asker = ''",
    "inbox_rejection": "UPDATE TABLE SET code = ''",
    "inbox_message": "UPDATE TABLE SET content = ''",
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
    stores.changes.put(CHANGE)
    stores.searches.note(SEARCH)
    stores.witnesses.see(SeenHead(LOG.checkpoints[0], AT))
    stores.witnesses.keep_cosigned(Cosigned(5, "a", "a line\n", AT))
    stores.questions.note(AskedPrivately("a", AT, 64))
    stores.inbox.keep(RECEIVED)
    stores.inbox.reject(REJECTION)
    stores.profiles.put(ProfileVersion("xt", date(2026, 1, 1), None, "title", "ana", "XT-REG", AT))
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


def test_a_trigger_that_was_replaced_by_one_of_its_name_is_told(database: Database) -> None:
    connection = connections[database.alias]
    assert altered(connection) == set()
    if database.on_postgresql:
        harmless = "FOR EACH ROW WHEN (false) EXECUTE FUNCTION refuse_change()"
        database.execute("DROP TRIGGER event_no_update ON event")
    else:
        harmless = "BEGIN SELECT 1; END"
        database.execute("DROP TRIGGER event_no_update")
    database.execute(f"CREATE TRIGGER event_no_update BEFORE UPDATE ON event {harmless}")
    assert (missing(connection), altered(connection)) == (set(), {"event_no_update"})


def test_a_trigger_of_another_table_does_not_stand_for_ours(sqlite_stores: RelationalStores) -> None:
    database = filled(sqlite_stores)
    [(statement,)] = database.rows("SELECT sql FROM sqlite_master WHERE name = 'event_no_update'")
    database.execute("DROP TRIGGER event_no_update")
    database.execute(statement.replace("ON event", "ON weapon"))
    assert altered(connections[database.alias]) == {"event_no_update"}


@pytest.mark.postgresql
@pytest.mark.parametrize(
    "changed",
    [
        "CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$",
        "ALTER FUNCTION refuse_change() SET session_replication_role = replica",
    ],
    ids=["body", "setting"],
)
def test_a_function_that_refuses_nothing_is_told_with_every_trigger(
    postgres_stores: RelationalStores, changed: str
) -> None:
    database = filled(postgres_stores)
    database.execute(changed)
    ours = {each.split()[2] for each in statements("postgresql") if each.startswith("CREATE TRIGGER")}
    assert altered(connections[database.alias]) == ours


@pytest.mark.postgresql
def test_a_trigger_that_sleeps_is_missed_and_not_altered(postgres_stores: RelationalStores) -> None:
    database = filled(postgres_stores)
    database.execute("ALTER TABLE event DISABLE TRIGGER event_no_update")
    connection = connections[database.alias]
    assert (missing(connection), altered(connection)) == ({"event_no_update"}, set())
