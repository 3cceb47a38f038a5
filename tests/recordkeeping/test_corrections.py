import pytest

from tests.recordkeeping.lives import WEAPON, event, imported
from tests.rooms import StillClock, officer, told
from tracemark.authorities import NotPermitted, Role
from tracemark.kernel import PartialDate
from tracemark.recordkeeping import (
    Correction,
    CorrectionRefused,
    Proposal,
    RejectionUnexplained,
    approve_correction,
    propose_correction,
    reject_proposal,
)
from tracemark.storage.memory import MemoryStores

REGISTRY = officer(Role.REGISTRY_OFFICER, "amina")
APPROVER = officer(Role.APPROVER, "boris")


def proposed(stores: MemoryStores, clock: StillClock) -> Proposal:
    life = [imported(), event("transferred", "2010", holder="WRONG")]
    told(stores, clock, *life)
    correction = Correction(1, "misread the form", {"holder": "XT-DEALER"})
    return propose_correction(correction=correction, actor=REGISTRY, stores=stores, clock=clock)


def test_a_correction_is_a_new_event_that_two_people_made(stores: MemoryStores, clock: StillClock) -> None:
    proposal = proposed(stores, clock)
    assert stores.register.state(WEAPON).holder == "WRONG"
    before = [sealed.body for sealed in stores.records.of_weapon(WEAPON)]
    approve_correction(proposal=proposal.id, actor=APPROVER, stores=stores, clock=clock)
    after = stores.records.of_weapon(WEAPON)
    assert [sealed.body for sealed in after[:2]] == before
    assert (after[2].event.by, after[2].event.details["proposed_by"]) == ("boris", "amina")
    assert stores.register.state(WEAPON).holder == "XT-DEALER"


def test_nobody_approves_their_own_proposal(stores: MemoryStores, clock: StillClock) -> None:
    proposal = proposed(stores, clock)
    with pytest.raises(NotPermitted):
        approve_correction(proposal=proposal.id, actor=officer(Role.APPROVER, "Amina"), stores=stores, clock=clock)
    with pytest.raises(NotPermitted):
        approve_correction(proposal=proposal.id, actor=REGISTRY, stores=stores, clock=clock)


def test_a_proposal_is_decided_once(stores: MemoryStores, clock: StillClock) -> None:
    proposal = proposed(stores, clock)
    reject_proposal(proposal=proposal.id, note="the form is right", actor=APPROVER, stores=stores, clock=clock)
    with pytest.raises(CorrectionRefused):
        approve_correction(proposal=proposal.id, actor=APPROVER, stores=stores, clock=clock)
    assert (stores.register.state(WEAPON).holder, stores.proposals.open()) == ("WRONG", [])


@pytest.mark.parametrize(
    ("correction", "code"),
    [
        (Correction(99, "typo", void=True), "recordkeeping.no_such_event"),
        (Correction(0, " ", void=True), "recordkeeping.reason_missing"),
        (Correction(0, "typo"), "recordkeeping.nothing_corrected"),
        (Correction(0, "typo", {"holder": "XT-ARMY"}), "recordkeeping.detail_missing"),
    ],
)
def test_a_correction_says_what_and_why(
    correction: Correction, code: str, stores: MemoryStores, clock: StillClock
) -> None:
    told(stores, clock, *[imported()])
    with pytest.raises(CorrectionRefused) as refused:
        propose_correction(correction=correction, actor=REGISTRY, stores=stores, clock=clock)
    assert [finding.code for finding in refused.value.findings] == [code]


def test_a_correction_is_proposed_by_who_sees_the_weapon(stores: MemoryStores, clock: StillClock) -> None:
    told(stores, clock, imported(holder="XT-DEALER"))
    keeper = officer(Role.STOREKEEPER, authority="XT-ARMY")
    with pytest.raises(NotPermitted):
        propose_correction(correction=Correction(0, "not mine", void=True), actor=keeper, stores=stores, clock=clock)


def test_a_correction_that_leaves_later_events_on_nothing_is_refused(stores: MemoryStores, clock: StillClock) -> None:
    told(stores, clock, imported(), event("transferred", "2010", holder="XT-DEALER"))
    with pytest.raises(CorrectionRefused) as refused:
        propose_correction(
            correction=Correction(0, "never came", void=True), actor=REGISTRY, stores=stores, clock=clock
        )
    assert "recordkeeping.impossible_sequence" in {finding.code for finding in refused.value.findings}


def test_what_concerns_no_weapon_is_not_corrected(stores: MemoryStores, clock: StillClock) -> None:
    told(stores, clock, event("records_taken_over", "2020", of=0, **{"from": "XT-DEALER"}))
    with pytest.raises(CorrectionRefused, match=r"recordkeeping\.corrects_no_weapon"):
        propose_correction(
            correction=Correction(0, "another company", void=True), actor=REGISTRY, stores=stores, clock=clock
        )
    assert stores.proposals.open() == []


def test_a_date_before_the_record_begins_is_named_as_such(stores: MemoryStores, clock: StillClock) -> None:
    told(stores, clock, imported("2001-05-04"), event("counted", "2010", place="Amberly"))
    correction = Correction(1, "misread", happened=PartialDate.parse("1999"))
    with pytest.raises(CorrectionRefused) as refused:
        propose_correction(correction=correction, actor=REGISTRY, stores=stores, clock=clock)
    assert [finding.code for finding in refused.value.findings] == ["recordkeeping.before_the_record"]


def test_a_rejection_says_why(stores: MemoryStores, clock: StillClock) -> None:
    proposal = proposed(stores, clock)
    with pytest.raises(RejectionUnexplained):
        reject_proposal(proposal=proposal.id, note=" ", actor=APPROVER, stores=stores, clock=clock)
    assert stores.proposals.open() == [proposal]
