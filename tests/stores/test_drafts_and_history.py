"""What a node in the field holds already is there after the migration that keeps verifications."""

from django.core.management import call_command

from tests.stores.test_beside_the_record import PROPOSAL, VERIFIED
from tracemark.intake import HeldRow, HeldState, Run
from tracemark.storage.relational.sql import Database
from tracemark.storage.relational.stores import RelationalStores
from tracemark.weapons import WeaponId


def migrated(database: Database, *to: str) -> None:
    call_command("migrate", *to, database=database.alias, verbosity=0, interactive=False)


def test_rows_of_before_the_migration_stay_and_the_new_table_is_guarded(relational_stores: RelationalStores) -> None:
    stores, database = relational_stores, relational_stores._database
    migrated(database, "tracemark", "0002")
    proposal = stores.proposals.propose(PROPOSAL)
    run = stores.intake.start(Run(0, "f" * 64, "lot.csv", "registry", "p" * 64, "ana", "2026-01-01T00:00:00.000Z"))
    stores.intake.hold([HeldRow(0, run.id, 3, HeldState.SAME, {}, (), weapon=7, judged_at="2026")])
    migrated(database)
    assert stores.proposals.proposal(proposal.id) == proposal
    assert [row.row for row in stores.intake.of_weapon(WeaponId(7))] == [3]
    stores.verifications.note(VERIFIED)
    assert stores.records.guard_faults() == []
