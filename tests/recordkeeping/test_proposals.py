import pytest

from tests.recordkeeping.lives import WEAPON, event, imported
from tests.rooms import StillClock, officer, told
from tracemark.authorities import NotPermitted, Role
from tracemark.recordkeeping import (
    Correction,
    Proposal,
    approve_proposal,
    keep_person,
    open_proposals,
    proposal,
    propose_correction,
    propose_erasure,
)
from tracemark.storage.memory import MemoryStores

ANA, BELA = officer(Role.REGISTRY_OFFICER, "ana"), officer(Role.REGISTRY_OFFICER, "bela")
APPROVER, AUDITOR = officer(Role.APPROVER), officer(Role.AUDITOR)


@pytest.fixture
def correction(stores: MemoryStores, clock: StillClock) -> Proposal:
    told(stores, clock, imported())
    void = Correction(0, "never happened", void=True)
    return propose_correction(correction=void, actor=ANA, stores=stores, clock=clock)


def test_who_decides_or_audits_sees_all_and_who_proposes_their_own(correction: Proposal, stores: MemoryStores) -> None:
    seen = {each.name: open_proposals(actor=each, stores=stores) for each in (ANA, BELA, APPROVER, AUDITOR)}
    assert seen == {"ana": [correction], "bela": [], "approver": [correction], "auditor": [correction]}
    with pytest.raises(KeyError):
        proposal(proposal=correction.id, actor=BELA, stores=stores)


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.POINT_OF_CONTACT])
def test_who_neither_proposes_nor_decides_nor_audits_sees_none(
    role: Role, correction: Proposal, stores: MemoryStores
) -> None:
    with pytest.raises(NotPermitted):
        open_proposals(actor=officer(role), stores=stores)
    with pytest.raises(NotPermitted):
        proposal(proposal=correction.id, actor=officer(role), stores=stores)


def test_a_correction_is_read_with_its_event_and_what_was_decided(
    correction: Proposal, stores: MemoryStores, clock: StillClock
) -> None:
    before = proposal(proposal=correction.id, actor=AUDITOR, stores=stores)
    assert (before.proposal, before.decision, before.event) == (correction, None, stores.records.at(0))
    approve_proposal(proposal=correction.id, actor=APPROVER, stores=stores, clock=clock)
    after = proposal(proposal=correction.id, actor=ANA, stores=stores)
    assert (after.decision, after.event) == (stores.proposals.decision(correction.id), stores.records.at(0))
    assert stores.records.newest(1)[0].event.kind.value == "corrected"


def test_an_erasure_is_approved_by_the_same_call(stores: MemoryStores, clock: StillClock) -> None:
    holder = keep_person(data={"alias": "Holder One"}, salt=bytes(32), actor=ANA, stores=stores)
    told(stores, clock, imported(holder=holder))
    erasure = propose_erasure(
        holder=holder, weapon=WEAPON, legal_basis="Data Act, 17", actor=ANA, stores=stores, clock=clock
    )
    assert proposal(proposal=erasure.id, actor=APPROVER, stores=stores).event is None
    with pytest.raises(NotPermitted):
        approve_proposal(proposal=erasure.id, actor=ANA, stores=stores, clock=clock)
    approve_proposal(proposal=erasure.id, actor=APPROVER, stores=stores, clock=clock)
    assert stores.records.newest(1)[0].event.kind.value == "personal_data_erased"


def test_a_proposal_that_never_was_is_not_found(stores: MemoryStores, clock: StillClock) -> None:
    with pytest.raises(KeyError):
        proposal(proposal=1, actor=APPROVER, stores=stores)
    with pytest.raises(KeyError):
        approve_proposal(proposal=1, actor=APPROVER, stores=stores, clock=clock)


def test_who_no_longer_sees_the_weapon_does_not_read_the_event(stores: MemoryStores, clock: StillClock) -> None:
    told(stores, clock, imported(holder="XT-ARMY"))
    keeper = officer(Role.STOREKEEPER, authority="XT-ARMY")
    void = Correction(0, "never happened", void=True)
    made = propose_correction(correction=void, actor=keeper, stores=stores, clock=clock)
    assert proposal(proposal=made.id, actor=keeper, stores=stores).event == stores.records.at(0)
    told(stores, clock, event("transferred", "2012", holder="XT-POL"))
    with pytest.raises(NotPermitted):
        proposal(proposal=made.id, actor=keeper, stores=stores)
