"""Listed parties: natural persons are matched by names that lie beside the record, and can be erased."""

import json
from dataclasses import replace

from tests.rooms import StillClock, officer
from tests.transfers.trade import DECIDER, DRAFTER
from tracemark.authorities import Role
from tracemark.kernel import Actor
from tracemark.recordkeeping import approve_erasure
from tracemark.storage.memory import MemoryStores
from tracemark.transfers import Denied, Likeness, delist_party, denied_parties, list_party, screen_names

PERSON = Denied("", "Igor Brodsky", ("Игорь Бродский",), "FR", "Brokered rifles to an armed group.", person=True)


def listed(stores: MemoryStores, clock: StillClock) -> str:
    return list_party(denied=PERSON, actor=DECIDER, stores=stores, clock=clock)


def told(stores: MemoryStores, clock: StillClock, actor: Actor = DRAFTER) -> list[tuple[str, str, str]]:
    found = screen_names(names=["Brodsky Igor", "Red Star"], purpose="K-17", actor=actor, stores=stores, clock=clock)
    return [(each.matched, each.told, each.denied.name) for each in found]


def test_a_person_is_found_by_name_and_the_record_does_not_know_it(stores: MemoryStores, clock: StillClock) -> None:
    name = listed(stores, clock)
    assert told(stores, clock) == [("Igor Brodsky", Likeness.REORDERED.value, "Igor Brodsky")]
    details = stores.dossiers.events(name)[0].event.details
    assert (details["aliases"], "Brodsky" in json.dumps(details)) == ([], False)
    (party,) = denied_parties(stores)
    assert party == replace(PERSON, dossier=name, name="", aliases=())


def test_who_may_not_read_persons_is_told_that_there_is_one(stores: MemoryStores, clock: StillClock) -> None:
    listed(stores, clock)
    assert told(stores, clock, officer(Role.APPROVER)) == [("", "person", "")]


def test_each_look_at_a_persons_name_is_noted(stores: MemoryStores, clock: StillClock) -> None:
    name = listed(stores, clock)
    commitment = str(stores.dossiers.events(name)[0].event.details["name"]).removeprefix("person:")
    screen_names(names=["Red Star"], purpose="K-16", actor=DRAFTER, stores=stores, clock=clock)
    told(stores, clock)
    told(stores, clock, officer(Role.APPROVER))
    assert [(each["actor"], each["purpose"]) for each in stores.reads.of(commitment)] == [(DRAFTER.name, "K-17")]


def test_who_is_taken_off_the_list_is_put_forward_to_be_erased(stores: MemoryStores, clock: StillClock) -> None:
    name = listed(stores, clock)
    kept = listed(stores, clock)
    delist_party(party=name, reason="acquitted", actor=DECIDER, stores=stores, clock=clock)
    (proposal,) = stores.proposals.open()
    approve_erasure(proposal=proposal.id, actor=officer(Role.APPROVER, "second"), stores=stores, clock=clock)
    assert [each.dossier for each in denied_parties(stores)] == [kept]
    assert len(told(stores, clock)) == 1
