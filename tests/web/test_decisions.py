"""Corrections and erasures: one person proposes, another decides, and what was recorded stays readable."""

import pytest
from django.urls import reverse

from tests.web.conftest import ClientAs, open_account
from tests.web.sample import OFFICER, PERSON, Sample
from tracemark import recordkeeping
from tracemark.kernel import Actor, PartialDate
from tracemark.node import Node
from tracemark.recordkeeping import Correction, Event, EventKind

PURPOSE = "identifying the owner of a recovered weapon"


def propose(client_as: ClientAs, sample: Sample, **given: str) -> str:
    response = client_as("registry_officer").post(
        reverse("correct", args=[sample.pistol, 3]), {"reason": "typed the wrong place", "happened": "2021-10", **given}
    )
    return str(response.headers["Location"])


def test_a_correction_is_proposed_and_approved(client_as: ClientAs, node: Node, sample: Sample) -> None:
    address = propose(client_as, sample, place="Cindermoor station", circumstances="taken from a locked cabinet")
    assert client_as("approver").post(address, {"approve": ""}).status_code == 302
    last = node.stores.records.newest(1)[0].event
    assert (last.kind, last.by, last.details["corrects"], last.details["proposed_by"]) == (
        "corrected", "approver", 3, "registry_officer",
    )  # fmt: skip
    page = client_as("auditor").get(reverse("weapon", args=[sample.pistol])).content.decode()
    assert "<bdi>Cindermoor station</bdi>" in page
    assert node.stores.records.at(3).event.details["place"] == "Cindermoor"


def test_what_would_change_is_shown_before_deciding(client_as: ClientAs, sample: Sample) -> None:
    address = propose(client_as, sample, place="Cindermoor station", circumstances="taken from a locked cabinet")
    html = client_as("approver").get(address).content.decode()
    assert "<del><bdi>Cindermoor</bdi></del> <ins><bdi>Cindermoor station</bdi></ins>" in html


def test_nobody_decides_their_own_proposal(client_as: ClientAs, node: Node, sample: Sample) -> None:
    open_account("both", ["registry_officer", "approver"], "XT-REG")
    address = reverse("correct", args=[sample.pistol, 3])
    proposal = client_as("both").post(address, {"reason": "wrong", "void": "on"}).headers["Location"]
    assert 'name="approve"' not in client_as("both").get(proposal).content.decode()
    size = node.stores.records.size()
    assert client_as("both").post(proposal, {"approve": ""}).status_code == 403
    assert client_as("both").post(proposal, {"reject": ""}).status_code == 403
    assert node.stores.records.size() == size


def test_a_proposal_is_decided_once(client_as: ClientAs, sample: Sample) -> None:
    address = propose(client_as, sample, void="on")
    client = client_as("approver")
    unsaid = client.post(address, {"reject": "", "note": ""})
    assert (unsaid.status_code, "is rejected without a reason" in unsaid.content.decode()) == (422, True)
    client.post(address, {"reject": "", "note": "the event did happen"})
    assert "the event did happen" in client.get(address).content.decode()
    assert client.post(address, {"approve": ""}).status_code == 422


def test_a_correction_that_corrects_nothing_is_refused(client_as: ClientAs, sample: Sample) -> None:
    response = client_as("registry_officer").post(
        reverse("correct", args=[sample.pistol, 3]),
        {
            "reason": "no reason",
            "happened": "2021-10",
            "place": "Cindermoor",
            "circumstances": "taken from a locked cabinet",
        },
    )
    assert response.status_code == 422


def test_others_proposals_are_not_shown_to_those_who_do_not_decide(client_as: ClientAs, sample: Sample) -> None:
    address = propose(client_as, sample, void="on")
    seen = {role: client_as(role).get(address).status_code for role in ("registry_officer", "storekeeper", "auditor")}
    assert seen == {"registry_officer": 200, "storekeeper": 404, "auditor": 200}


def test_reading_a_person_asks_for_a_purpose_and_is_noted(client_as: ClientAs, sample: Sample) -> None:
    address = reverse("person", args=[sample.pistol, sample.person])
    client = client_as("registry_officer")
    assert str(PERSON["name"]) not in client.get(address).content.decode()
    assert client.post(address, {"purpose": ""}).status_code == 422
    assert str(PERSON["name"]) in client.post(address, {"purpose": PURPOSE}).content.decode()
    reads = client_as("auditor").get(reverse("reads"), {"holder": f"person:{sample.person}"}).content.decode()
    assert reads.count(PURPOSE) == 1
    newest = client_as("auditor").get(reverse("reads")).content.decode()
    assert newest.count(PURPOSE) == newest.count(f'href="?holder=person:{sample.person}"') == 1


def test_a_person_whom_the_weapons_record_does_not_name_is_not_found(client_as: ClientAs, sample: Sample) -> None:
    address = reverse("person", args=[sample.rifle, sample.person])
    assert client_as("registry_officer").get(address).status_code == 404


def test_a_weapons_page_leads_to_whoever_its_record_ever_named(client_as: ClientAs, node: Node, sample: Sample) -> None:
    stores, clock, approver = node.stores, node.clock, Actor("boris", "XT-REG", frozenset({"approver"}))
    buyer = recordkeeping.keep_person(data={"name": "Nobody"}, salt=bytes(31) + b"1", actor=OFFICER, stores=stores)
    sale = Event(sample.revolver, EventKind.TRANSFERRED, PartialDate.parse("2020"), "XT-D01", "x", {"holder": buyer})
    [sold] = recordkeeping.record_events(events=[sale], actor=OFFICER, stores=stores, clock=clock).sealed
    never = Correction(sold.position, "another weapon", void=True)
    proposal = recordkeeping.propose_correction(correction=never, actor=OFFICER, stores=stores, clock=clock)
    recordkeeping.approve_correction(proposal=proposal.id, actor=approver, stores=stores, clock=clock)
    address = reverse("person", args=[sample.revolver, buyer.removeprefix("person:")])
    officer = client_as("registry_officer")
    assert f'href="{address}"' in officer.get(reverse("weapon", args=[sample.revolver])).content.decode()
    assert "Nobody" in officer.post(address, {"purpose": PURPOSE}).content.decode()
    assert f'href="{address}"' not in client_as("auditor").get(address.partition("person")[0]).content.decode()


def test_an_erasure_leaves_the_record_whole(client_as: ClientAs, node: Node, sample: Sample) -> None:
    erase = reverse("erase", args=[sample.pistol, sample.person])
    proposal = client_as("registry_officer").post(erase, {"legal_basis": "Data Act, section 9"}).headers["Location"]
    client_as("approver").post(proposal, {"approve": ""})
    with pytest.raises(KeyError):
        node.stores.persons.get(sample.person)
    assert "All is well" in client_as("auditor").post(reverse("verification")).content.decode()
    address = reverse("person", args=[sample.pistol, sample.person])
    gone = client_as("registry_officer").get(address).content.decode()
    assert ("These data were erased on" in gone, "Data Act, section 9" in gone) == (True, True)
    again = client_as("registry_officer").post(address, {"purpose": PURPOSE}).content.decode()
    assert ("These data were erased on" in again, PURPOSE in again) == (True, False)


def test_a_correction_is_seen_where_the_event_stands(client_as: ClientAs, node: Node, sample: Sample) -> None:
    weapon, event = reverse("weapon", args=[sample.pistol]), reverse("event_seal", args=[sample.pistol, 3])
    address = propose(client_as, sample, place="Cindermoor station", circumstances="taken from a locked cabinet")
    number = address.rstrip("/").rsplit("/", 1)[-1]
    waiting = client_as("auditor").get(weapon).content.decode()
    assert (waiting.count("waits for a second person"), f">Proposal {number}<" in waiting) == (1, True)
    client_as("approver").post(address, {"approve": ""})
    position = node.stores.records.size() - 1
    for page in (weapon, event, reverse("event_seal", args=[sample.pistol, position])):
        html = client_as("auditor").get(page).content.decode()
        assert ("was <del><bdi>Cindermoor</bdi></del>" in html, "typed the wrong place" in html) == (True, True)
    assert f"Corrected by event {position}" in client_as("auditor").get(
        reverse("seal", args=[sample.pistol])
    ).content.decode()  # fmt: skip
    assert "waits for a second person" not in client_as("auditor").get(weapon).content.decode()


def test_a_voided_event_stays_in_sight_as_one_that_counts_no_more(client_as: ClientAs, sample: Sample) -> None:
    client_as("approver").post(propose(client_as, sample, void="on"), {"approve": ""})
    html = client_as("auditor").get(reverse("weapon", args=[sample.pistol])).content.decode()
    assert ("Entered in error, counted no more" in html, 'id="event-3"' in html) == (True, False)


def test_decided_proposals_stay_in_sight(client_as: ClientAs, sample: Sample) -> None:
    address = propose(client_as, sample, void="on")
    client_as("approver").post(address, {"reject": "", "note": "the event did happen"})
    seen = {
        role: "the event did happen" in client_as(role).get(reverse("decisions")).content.decode()
        for role in ("registry_officer", "storekeeper", "approver", "auditor")
    }
    assert seen == {"registry_officer": True, "storekeeper": False, "approver": True, "auditor": True}


def test_two_proposals_on_one_event_warn_of_each_other(client_as: ClientAs, sample: Sample) -> None:
    first, second = propose(client_as, sample, void="on"), propose(client_as, sample, place="Dunholm")
    html = client_as("approver").get(second).content.decode()
    assert ("Other proposals on the same subject" in html, f'href="{first}"' in html) == (True, True)


def test_nobody_approves_an_erasure_blind(client_as: ClientAs, sample: Sample) -> None:
    erase = reverse("erase", args=[sample.pistol, sample.person])
    proposal = client_as("registry_officer").post(erase, {"legal_basis": "Data Act, section 9"}).headers["Location"]
    html = client_as("approver").get(proposal).content.decode()
    told = ("holds it now", "nobody can say who holds it", "23 Oct 2041", f'href="/register/W-{sample.pistol}/"')
    assert [each in html for each in told] == [True, True, False, True]
    assert "20 Jul 2035" in html
