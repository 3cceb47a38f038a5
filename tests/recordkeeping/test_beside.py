"""Personal data and decisions beside the record, against the events that seal them."""

from dataclasses import replace

from tests.recordkeeping.lives import WEAPON
from tests.recordkeeping.test_persons import DATA, SALT, held
from tests.rooms import StillClock, officer
from tracemark.authorities import Role
from tracemark.recordkeeping import (
    Decision,
    Fault,
    FaultKind,
    Proposal,
    approve_erasure,
    commit,
    decision_faults,
    person_faults,
    propose_erasure,
)
from tracemark.storage.memory import MemoryStores

COMMITMENT = commit(DATA, SALT)
AT = "2026-01-01T00:00:00.000Z"


def erased(stores: MemoryStores, clock: StillClock) -> Proposal:
    """A person held, named by event 0, and lawfully erased by event 1."""
    holder = held(stores, clock)
    proposer, approver = officer(Role.REGISTRY_OFFICER, "amina"), officer(Role.APPROVER, "bela")
    proposed = propose_erasure(
        holder=holder, weapon=WEAPON, legal_basis="law 1", actor=proposer, stores=stores, clock=clock
    )
    approve_erasure(proposal=proposed.id, actor=approver, stores=stores, clock=clock)
    return proposed


def persons(stores: MemoryStores) -> list[Fault]:
    return list(person_faults(stores))


def test_data_that_are_kept_as_sealed_are_no_fault(stores: MemoryStores, clock: StillClock) -> None:
    held(stores, clock)
    assert persons(stores) == []


def test_data_that_were_erased_by_an_event_are_no_fault(stores: MemoryStores, clock: StillClock) -> None:
    erased(stores, clock)
    assert persons(stores) == []
    assert list(decision_faults(stores)) == []


def test_a_row_that_was_deleted_without_an_event_is_named(stores: MemoryStores, clock: StillClock) -> None:
    held(stores, clock)
    stores.persons.erase(COMMITMENT)
    assert persons(stores) == [Fault(0, FaultKind.PERSON_MISSING, place=COMMITMENT)]


def test_data_that_were_changed_are_named_and_not_told(stores: MemoryStores, clock: StillClock) -> None:
    held(stores, clock)
    stores.persons.kept[COMMITMENT] = (SALT, {**DATA, "born": "1971"})
    assert persons(stores) == [Fault(0, FaultKind.PERSON_CHANGED, place=COMMITMENT)]


def test_a_salt_that_was_cut_is_named(stores: MemoryStores, clock: StillClock) -> None:
    held(stores, clock)
    stores.persons.kept[COMMITMENT] = (SALT[:9], DATA)
    assert persons(stores) == [Fault(0, FaultKind.PERSON_CHANGED, place=COMMITMENT)]


def test_data_that_came_back_after_their_erasure_are_named(stores: MemoryStores, clock: StillClock) -> None:
    erased(stores, clock)
    stores.persons.put(COMMITMENT, SALT, DATA)
    assert persons(stores) == [Fault(1, FaultKind.PERSON_NOT_ERASED, place=COMMITMENT)]


def test_a_decision_that_no_event_tells_is_named(stores: MemoryStores, clock: StillClock) -> None:
    proposed = erased(stores, clock)
    other = stores.proposals.propose(replace(proposed, subject="ab" * 32))
    stores.proposals.decide(Decision(other.id, approved=True, decided_by="bela", at=AT))
    refused = stores.proposals.propose(replace(proposed, subject="cd" * 32))
    stores.proposals.decide(Decision(refused.id, approved=False, decided_by="bela", at=AT, note="no"))
    assert list(decision_faults(stores)) == [Fault(None, FaultKind.DECISION_DIFFERS, place=f"proposal/{other.id}")]


def test_a_decision_ascribed_to_another_is_named(stores: MemoryStores, clock: StillClock) -> None:
    proposed = erased(stores, clock)
    decision = stores.proposals.decision(proposed.id)
    assert decision
    stores.proposals.decisions = {proposed.id: replace(decision, decided_by="somebody")}
    assert list(decision_faults(stores)) == [Fault(None, FaultKind.DECISION_DIFFERS, place=f"proposal/{proposed.id}")]
