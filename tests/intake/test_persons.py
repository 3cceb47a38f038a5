"""Persons whom rows name: kept beside the record, read and erased lawfully; those of a refused row are not kept."""

import pytest

from tests.intake.lots import AUDITOR, OFFICER, PROFILE, StandingClock, intake_of, new_stores, row
from tracemark.authorities import NotPermitted
from tracemark.intake import (
    HeldState,
    import_table,
    judge_held,
    persons_of_row,
    propose_erasure_from_row,
    read_person_of_row,
)
from tracemark.kernel import Actor
from tracemark.recordkeeping import approve_erasure, read_person
from tracemark.storage.memory import MemoryStores
from tracemark.weapons import WeaponId

CLOCK = StandingClock()
PERSONS = PROFILE.replace('names = "organisation"', 'names = "person"')
KEEPER = Actor("keeper", "XT-REG", frozenset({"storekeeper"}))
APPROVER = Actor("boris", "XT-REG", frozenset({"approver"}))
ROWS = [
    row("AB1000", holder="First Nobody"),
    row("AB1000", holder="Second Nobody"),
    row("AB1001", holder="Third Nobody", got_on="12/09/202"),
]


def imported() -> MemoryStores:
    stores = new_stores()
    import_table(intake=intake_of(ROWS, text=PERSONS), actor=OFFICER, stores=stores, clock=CLOCK)
    return stores


def held_person(stores: MemoryStores) -> str:
    [holder] = persons_of_row(stores.intake.held(1).draft)
    return holder


def test_persons_lie_beside_the_record_and_of_a_refused_row_nowhere() -> None:
    stores = imported()
    names = sorted(str(data["name"]) for _, data in stores.persons.kept.values())
    assert names == ["First Nobody", "Second Nobody"]
    kept = [each.body.decode() for each in stores.records.all()] + [str(each) for each in stores.intake.page()]
    kept += [str(stores.intake.runs()), str(stores.held.intake.known_by_id)]
    assert [each for each in kept if "Nobody" in each] == []
    assert [each.state for each in stores.intake.page()] == [HeldState.HELD, HeldState.REFUSED]


def test_a_holder_that_was_imported_is_read_like_any_other() -> None:
    stores = imported()
    holder = stores.register.state(WeaponId(1)).holder
    data = read_person(holder=holder, weapon=WeaponId(1), purpose="x", actor=OFFICER, stores=stores, clock=CLOCK)
    assert data == {"name": "First Nobody"}
    assert [each["purpose"] for each in stores.reads.newest(5)] == ["x"]


def test_iti_15_a_held_rows_person_is_read_by_those_who_may_and_each_read_is_noted() -> None:
    stores = imported()
    holder = held_person(stores)
    for actor in (AUDITOR, KEEPER):
        with pytest.raises(NotPermitted):
            read_person_of_row(holder=holder, held=1, purpose="x", actor=actor, stores=stores, clock=CLOCK)
    with pytest.raises(KeyError):
        read_person_of_row(holder=holder, held=2, purpose="x", actor=OFFICER, stores=stores, clock=CLOCK)
    assert stores.reads.newest(5) == []
    found = read_person_of_row(holder=holder, held=1, purpose="y", actor=OFFICER, stores=stores, clock=CLOCK)
    assert (found, len(stores.reads.newest(5))) == ({"name": "Second Nobody"}, 1)


def test_iti_12_a_held_rows_person_is_erased_by_two() -> None:
    stores = imported()
    holder = held_person(stores)
    for actor in (AUDITOR, KEEPER, APPROVER):
        with pytest.raises(NotPermitted):
            propose_erasure_from_row(
                holder=holder, held=1, legal_basis="Act 17", actor=actor, stores=stores, clock=CLOCK
            )
    proposal = propose_erasure_from_row(
        holder=holder, held=1, legal_basis="Act 17", actor=OFFICER, stores=stores, clock=CLOCK
    )
    approve_erasure(proposal=proposal.id, actor=APPROVER, stores=stores, clock=CLOCK)
    assert [data["name"] for _, data in stores.persons.kept.values()] == ["First Nobody"]
    with pytest.raises(KeyError):
        read_person_of_row(holder=holder, held=1, purpose="x", actor=OFFICER, stores=stores, clock=CLOCK)


@pytest.mark.parametrize("same_as", [None, WeaponId(1)])
def test_what_becomes_of_a_held_row_its_person_stays_within_reach(same_as: WeaponId | None) -> None:
    stores = imported()
    holder = held_person(stores)
    judge_held(held=1, same_as=same_as, actor=OFFICER, stores=stores, clock=CLOCK)
    found = read_person_of_row(holder=holder, held=1, purpose="x", actor=OFFICER, stores=stores, clock=CLOCK)
    assert found == {"name": "Second Nobody"}
    assert not same_as or stores.register.state(WeaponId(1)).holder != holder


def test_an_event_that_names_the_same_person_under_another_commitment_is_not_added_again() -> None:
    sold = (
        PERSONS
        + """
[[event]]
kind = "transferred"
happened = "got_on"
holder = { column = "holder", names = "person" }
"""
    )
    stores, rows = new_stores(), [row("AB1000", holder="First Nobody"), row("AB1000", holder="First Nobody")]
    import_table(intake=intake_of(rows, text=sold), actor=OFFICER, stores=stores, clock=CLOCK)
    recorded = judge_held(held=1, same_as=WeaponId(1), actor=OFFICER, stores=stores, clock=CLOCK)
    assert recorded.sealed == ()
