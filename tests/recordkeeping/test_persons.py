from dataclasses import replace

import pytest

from tests.recordkeeping.lives import WEAPON, event, imported
from tests.rooms import StillClock, officer, told
from tracemark.authorities import NotPermitted, Role
from tracemark.recordkeeping import (
    Correction,
    ErasureRefused,
    PersonDataChanged,
    approve_correction,
    approve_erasure,
    commit,
    keep_person,
    persons_named,
    propose_correction,
    propose_erasure,
    read_person,
    reads_of_person,
)
from tracemark.storage.memory import MemoryStores
from tracemark.weapons import WeaponId

REGISTRY = officer(Role.REGISTRY_OFFICER, "amina")
DATA = {"alias": "Holder One", "born": "1970"}
SALT = bytes(range(32))


def held(stores: MemoryStores, clock: StillClock) -> str:
    holder = keep_person(data=DATA, salt=SALT, actor=REGISTRY, stores=stores)
    told(stores, clock, *[imported(holder=holder)])
    return holder


def test_the_record_holds_a_commitment_and_no_word_of_the_person(stores: MemoryStores, clock: StillClock) -> None:
    holder = held(stores, clock)
    assert holder == "person:" + commit(DATA, SALT)
    assert all(b"Holder One" not in sealed.body for sealed in stores.records.all())


def test_every_read_is_noted_before_the_data_are_shown(stores: MemoryStores, clock: StillClock) -> None:
    holder = held(stores, clock)
    assert (
        read_person(holder=holder, weapon=WEAPON, purpose="trace T-1", actor=REGISTRY, stores=stores, clock=clock)
        == DATA
    )
    reads = reads_of_person(holder=holder, actor=officer(Role.AUDITOR), stores=stores)
    assert [(read["actor"], read["purpose"]) for read in reads] == [("amina", "trace T-1")]


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.AUDITOR, Role.APPROVER])
def test_who_may_not_read_persons_reads_none(role: Role, stores: MemoryStores, clock: StillClock) -> None:
    holder = held(stores, clock)
    with pytest.raises(NotPermitted):
        read_person(holder=holder, weapon=WEAPON, purpose="curiosity", actor=officer(role), stores=stores, clock=clock)


def test_a_person_is_read_beside_a_weapon_that_names_them_now_or_named_them_once(
    stores: MemoryStores, clock: StillClock
) -> None:
    holder = held(stores, clock)
    told(stores, clock, event("transferred", "2010", holder="XT-ARMY"), replace(imported(), weapon=WeaponId(8)))
    assert read_person(holder=holder, weapon=WEAPON, purpose="x", actor=REGISTRY, stores=stores, clock=clock) == DATA
    for elsewhere in (WeaponId(8), WeaponId(9)):
        with pytest.raises(KeyError):
            read_person(holder=holder, weapon=elsewhere, purpose="x", actor=REGISTRY, stores=stores, clock=clock)
        with pytest.raises(KeyError):
            propose_erasure(
                holder=holder, weapon=elsewhere, legal_basis="x", actor=REGISTRY, stores=stores, clock=clock
            )
    assert len(stores.reads.of(commit(DATA, SALT))) == 1


def corrected(stores: MemoryStores, clock: StillClock, correction: Correction) -> None:
    proposal = propose_correction(correction=correction, actor=REGISTRY, stores=stores, clock=clock)
    approve_correction(proposal=proposal.id, actor=officer(Role.APPROVER, "boris"), stores=stores, clock=clock)


def test_iti_15_whom_only_a_corrected_event_names_can_be_read_and_erased(
    stores: MemoryStores, clock: StillClock
) -> None:
    told(stores, clock, imported())
    first = keep_person(data=DATA, salt=SALT, actor=REGISTRY, stores=stores)
    second = keep_person(data=DATA, salt=SALT[::-1], actor=REGISTRY, stores=stores)
    told(stores, clock, event("transferred", "2010", holder=first))
    corrected(stores, clock, Correction(1, "another buyer", details={"holder": second}))
    corrected(stores, clock, Correction(1, "never sold", void=True))
    assert stores.register.state(WEAPON).holder not in (first, second)
    assert persons_named(weapon=WEAPON, actor=REGISTRY, stores=stores) == [first, second]
    for holder in (first, second):
        assert (
            read_person(holder=holder, weapon=WEAPON, purpose="x", actor=REGISTRY, stores=stores, clock=clock) == DATA
        )
        proposal = propose_erasure(
            holder=holder, weapon=WEAPON, legal_basis="Act 17", actor=REGISTRY, stores=stores, clock=clock
        )
        approve_erasure(proposal=proposal.id, actor=officer(Role.APPROVER, "boris"), stores=stores, clock=clock)
    assert stores.persons.kept == {}


def test_who_does_not_see_a_weapon_is_not_told_whom_it_names(stores: MemoryStores, clock: StillClock) -> None:
    held(stores, clock)
    with pytest.raises(NotPermitted):
        persons_named(weapon=WEAPON, actor=officer(Role.STOREKEEPER, authority="XT-ARMY"), stores=stores)


def test_iti_15_an_auditors_wide_view_does_not_widen_whose_persons_a_storekeeper_reads(
    stores: MemoryStores, clock: StillClock
) -> None:
    holder = held(stores, clock)
    keeper = officer(Role.STOREKEEPER, authority="XT-ARMY")
    both = replace(keeper, roles=keeper.roles | {Role.AUDITOR.value})
    for actor in (keeper, both):
        with pytest.raises(NotPermitted):
            read_person(holder=holder, weapon=WEAPON, purpose="x", actor=actor, stores=stores, clock=clock)
    assert stores.reads.newest(1) == []


def test_data_that_were_exchanged_are_not_shown(stores: MemoryStores, clock: StillClock) -> None:
    holder = held(stores, clock)
    for salt, data in ((SALT, {**DATA, "alias": "Holder Two"}), (b"short", DATA)):
        stores.persons.erase(commit(DATA, SALT))
        stores.persons.put(commit(DATA, SALT), salt, data)
        with pytest.raises(PersonDataChanged):
            read_person(holder=holder, weapon=WEAPON, purpose="x", actor=REGISTRY, stores=stores, clock=clock)


def test_iti_12_erasure_takes_two_people_and_leaves_the_record_whole(stores: MemoryStores, clock: StillClock) -> None:
    holder = held(stores, clock)
    proposal = propose_erasure(
        holder=holder, weapon=WEAPON, legal_basis="Data Act, 17", actor=REGISTRY, stores=stores, clock=clock
    )
    approver = officer(Role.APPROVER, "boris")
    approve_erasure(proposal=proposal.id, actor=approver, stores=stores, clock=clock)
    with pytest.raises(KeyError):
        read_person(holder=holder, weapon=WEAPON, purpose="trace", actor=REGISTRY, stores=stores, clock=clock)
    last = stores.records.newest(1)[0].event
    assert (last.kind.value, last.details["legal_basis"]) == ("personal_data_erased", "Data Act, 17")


def test_an_erasure_names_its_legal_basis(stores: MemoryStores, clock: StillClock) -> None:
    holder = held(stores, clock)
    with pytest.raises(ErasureRefused):
        propose_erasure(holder=holder, weapon=WEAPON, legal_basis="", actor=REGISTRY, stores=stores, clock=clock)


def test_a_salt_is_32_bytes_and_another_salt_another_commitment() -> None:
    assert commit(DATA, SALT) != commit(DATA, SALT[::-1])
    with pytest.raises(ValueError, match="32 bytes"):
        commit(DATA, b"short")
