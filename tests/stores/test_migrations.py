"""What a node in the field holds already is there after each migration."""

import pytest
from django.core.management import call_command

from tests.rooms import StillClock, officer
from tests.stores.lives import keep, registered
from tracemark.authorities import Agency, AgencyKind, Role
from tracemark.correspondence import Message
from tracemark.marking import Span
from tracemark.recordkeeping import reserve_numbers, seal_blocks
from tracemark.storage.relational.sql import Database
from tracemark.storage.relational.stores import RelationalStores
from tracemark.weapons import WeaponId

_BLOCK = (
    "INSERT INTO number_block (id, holder, prefix, digits, check_system, first, last, allocated_on, purpose) "
    "VALUES (7, 'XT-MINT', 'XT19-', 4, 'none', 1, 50, '2019-01-02', 'army')"
)
_GUARDS = {
    "sqlite": "CREATE TRIGGER number_block_no_delete BEFORE DELETE ON number_block BEGIN SELECT RAISE(ABORT, ''); END",
    "postgresql": (
        "CREATE TRIGGER number_block_no_delete BEFORE DELETE ON number_block "
        "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
    ),
}


def migrated(database: Database, *to: str) -> None:
    call_command("migrate", *to, database=database.alias, verbosity=0, interactive=False)


def test_numbers_of_before_0004_stay_and_can_be_sealed(relational_stores: RelationalStores) -> None:
    stores, database = relational_stores, relational_stores._database
    keep(stores, registered(1, "A1"))
    stores.agencies.put(Agency("XT-MINT", "Mint", AgencyKind.REGISTRY))
    migrated(database, "tracemark", "0002")
    database.execute(_GUARDS[database.connection.vendor])
    database.execute(_BLOCK)
    database.execute("INSERT INTO number_taken (block_id, first, last) VALUES (7, 1, 9)")
    migrated(database)
    [known] = stores.numbers.blocks()
    assert (known.allocated, known.block.purpose, known.used) == (None, "army", (Span(1, 9),))
    actor, clock = officer(Role.REGISTRY_OFFICER), StillClock()
    seal_blocks(actor=actor, stores=stores, clock=clock)
    assert reserve_numbers(block=1, count=1, actor=actor, stores=stores, clock=clock) == ("XT19-0010",)
    assert (stores.numbers.differing(), stores.register.state(WeaponId(1)).position) == ([], 0)


@pytest.mark.parametrize("again", [False, True])
def test_a_new_register_lacks_no_guard(*, again: bool, relational_stores: RelationalStores) -> None:
    if again:
        migrated(relational_stores._database, "tracemark", "0002")
        migrated(relational_stores._database)
    assert relational_stores.records.guard_faults() == []


def test_letters_of_before_0011_are_found_by_what_they_are_about(relational_stores: RelationalStores) -> None:
    outbox, database = relational_stores.outbox, relational_stores._database
    at = StillClock().now()
    told = [
        outbox.post(Message("xb/tracemark/record", "tracemark.note/1", {}, about=about), at=at)
        for about in ('SG-"1"', "", 'SG-"1"')
    ]
    migrated(database, "tracemark", "0010")
    migrated(database)
    assert [each.id for each in outbox.page(about='SG-"1"')] == [told[2], told[0]]
    assert [each.message.about for each in outbox.page()] == ['SG-"1"', "", 'SG-"1"']
