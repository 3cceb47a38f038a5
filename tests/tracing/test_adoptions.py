import pytest

from tests.rooms import NOW, StillClock, officer
from tests.tracing.learning.judged import ANALYST, APPROVER
from tracemark.authorities import NotPermitted, Role
from tracemark.kernel import Actor, instant_text
from tracemark.recordkeeping import CorrectionRefused, Proposal, approve_proposal, decision_faults, reject_proposal
from tracemark.storage.memory import MemoryStores
from tracemark.tracing import (
    Adoption,
    WeightsRefused,
    adopt_weights,
    adopted_weights,
    propose_weights,
    weights_adoptions,
    weights_proposals,
)

OURS = "v4+2026-05-06.1"


def propose(stores: MemoryStores, clock: StillClock, version: str = OURS, fingerprint: str = "ab") -> Proposal:
    return propose_weights(
        version=version, fingerprint=fingerprint, told={"same": 3}, actor=ANALYST, stores=stores, clock=clock
    )


def adopt(proposal: Proposal, stores: MemoryStores, clock: StillClock, actor: Actor = APPROVER) -> None:
    adopt_weights(proposal=proposal.id, actor=actor, stores=stores, clock=clock)


def refused(code: str, stores: MemoryStores, clock: StillClock, fingerprint: str = "ab") -> bool:
    with pytest.raises(WeightsRefused) as found:
        propose(stores, clock, fingerprint=fingerprint)
    return [each.code for each in found.value.findings] == [code]


def test_weights_are_in_use_once_a_second_person_adopted_them(stores: MemoryStores, clock: StillClock) -> None:
    proposed = propose(stores, clock)
    assert adopted_weights(stores) is None
    adopt(proposed, stores, clock)
    assert adopted_weights(stores) == Adoption(OURS, "ab", "ana", "bela", instant_text(NOW), 0)
    assert [(each.subject, decision and decision.approved) for each, decision in weights_proposals(stores)] == [
        (OURS, True)
    ]
    assert list(decision_faults(stores)) == []


def test_nobody_adopts_what_they_proposed_nor_without_the_role(stores: MemoryStores, clock: StillClock) -> None:
    proposed = propose(stores, clock)
    for actor in (officer(Role.APPROVER, "Ana"), ANALYST):
        with pytest.raises(NotPermitted):
            adopt(proposed, stores, clock, actor)
    with pytest.raises(NotPermitted):
        propose_weights(version="x", fingerprint="", told={}, actor=APPROVER, stores=stores, clock=clock)
    assert stores.records.size() == 0


def test_a_name_stands_for_one_text_and_is_proposed_once_at_a_time(stores: MemoryStores, clock: StillClock) -> None:
    proposed = propose(stores, clock)
    assert refused("tracing.weights_proposed_already", stores, clock)
    assert refused("tracing.weights_name_taken", stores, clock, fingerprint="cd")
    adopt(proposed, stores, clock)
    assert refused("tracing.weights_in_use_already", stores, clock)


def test_what_was_decided_is_not_decided_again(stores: MemoryStores, clock: StillClock) -> None:
    proposed = propose(stores, clock)
    reject_proposal(proposal=proposed.id, note="too few", actor=APPROVER, stores=stores, clock=clock)
    with pytest.raises(CorrectionRefused):
        adopt(proposed, stores, clock)
    assert weights_adoptions(stores) == []


def test_weights_are_not_approved_as_a_correction(stores: MemoryStores, clock: StillClock) -> None:
    proposed = propose(stores, clock)
    with pytest.raises(CorrectionRefused):
        approve_proposal(proposal=proposed.id, actor=APPROVER, stores=stores, clock=clock)


def test_the_last_adoption_stands(stores: MemoryStores, clock: StillClock) -> None:
    for version in (OURS, "v4", OURS):
        adopt(propose(stores, clock, version), stores, clock)
    assert [each.version for each in weights_adoptions(stores)] == [OURS, "v4", OURS]
    now = adopted_weights(stores)
    assert (now and now.version, now and now.event) == (OURS, 2)
