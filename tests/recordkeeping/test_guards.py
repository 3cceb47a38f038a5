"""What keeps an event from being written, by an officer or by a correction, whatever its weapon's history."""

from typing import Any

import pytest

from tests.recordkeeping.lives import event, imported
from tests.rooms import StillClock, officer, told
from tracemark.authorities import NotPermitted, Role
from tracemark.recordkeeping import (
    Correction,
    CorrectionRefused,
    Event,
    EventRefused,
    Proposal,
    approve_correction,
    enter_weapon,
    keep_person,
    propose_correction,
    record_events,
)
from tracemark.storage.memory import MemoryStores

REGISTRY = officer(Role.REGISTRY_OFFICER)
KEPT = {"name": "x"}
UNKNOWN_GIVER: dict[str, Any] = {"from": "XT-POL"}


def sold_to(holder: str, stores: MemoryStores, clock: StillClock) -> None:
    record_events(events=[event("transferred", "2010", holder=holder)], actor=REGISTRY, stores=stores, clock=clock)


def proposed(correction: Correction, stores: MemoryStores, clock: StillClock) -> Proposal:
    return propose_correction(correction=correction, actor=REGISTRY, stores=stores, clock=clock)


def refused(correction: Correction, stores: MemoryStores, clock: StillClock) -> list[str]:
    with pytest.raises(CorrectionRefused) as found:
        proposed(correction, stores, clock)
    return [finding.code for finding in found.value.findings]


@pytest.mark.parametrize("holder", ["XT-ARMY", "XT-ARMY/unit-2", "XT-ARMY/3.bn/B_coy", "private"])
def test_a_holder_is_an_agency_a_unit_of_one_or_private(holder: str, stores: MemoryStores, clock: StillClock) -> None:
    told(stores, clock, imported())
    sold_to(holder, stores, clock)
    assert stores.register.states([imported().weapon])[imported().weapon].holder == holder


@pytest.mark.parametrize(
    "holder",
    [
        "XT-DEALER/John Smith, 12 Main St", "XT-DEALER/", "XT-DEALER//x", "XT-NOBODY/unit", "XT-DEALER/Jörg",
        "XT-DEALER/" + "x" * 33, "person:" + "0" * 64, "person:abc", "",
    ],
)  # fmt: skip
def test_a_holder_who_is_nobody_is_refused(holder: str, stores: MemoryStores, clock: StillClock) -> None:
    told(stores, clock, imported())
    with pytest.raises(EventRefused) as found:
        sold_to(holder, stores, clock)
    assert [finding.code for finding in found.value.findings] == ["recordkeeping.holder_unknown"]


def test_a_person_is_a_holder_while_somebody_keeps_the_data(stores: MemoryStores, clock: StillClock) -> None:
    told(stores, clock, imported())
    person = keep_person(data=KEPT, salt=bytes(32), actor=officer(Role.LICENSING_OFFICER), stores=stores)
    sold_to(person, stores, clock)
    with stores.atomic():
        stores.persons.erase(person.removeprefix("person:"))
    giver: dict[str, Any] = {"from": person}
    handed_on = event("transferred", "2011", holder="XT-DEALER", **giver)
    record_events(events=[handed_on], actor=REGISTRY, stores=stores, clock=clock)


def test_a_holder_that_a_file_brought_may_be_named_as_the_giver(stores: MemoryStores, clock: StillClock) -> None:
    told(stores, clock, imported(holder="Corner Arms Ltd"))
    giver: dict[str, Any] = {"from": "Corner Arms Ltd"}
    sold = event("transferred", "2010", holder="XT-DEALER", **giver)
    assert record_events(events=[sold], actor=REGISTRY, stores=stores, clock=clock).states[0].holder == "XT-DEALER"


def test_events_are_the_actor_s_own_whatever_they_say(stores: MemoryStores, clock: StillClock) -> None:
    amina = officer(Role.REGISTRY_OFFICER, "amina", authority="XT-POL")
    entered = enter_weapon(life=[imported()], actor=amina, stores=stores, clock=clock)
    stored = event("stored", "2010", of=entered.states[0].weapon, place="Depot")
    sealed = (*entered.sealed, *record_events(events=[stored], actor=amina, stores=stores, clock=clock).sealed)
    assert {(each.event.by, each.event.authority) for each in sealed} == {("amina", "XT-POL")}


def test_poa_ii_4_nobody_writes_for_an_agency_that_is_not_listed(stores: MemoryStores, clock: StillClock) -> None:
    nobody = officer(Role.REGISTRY_OFFICER, authority="NOBODY-KNOWN")
    with pytest.raises(NotPermitted) as found:
        enter_weapon(life=[imported()], actor=nobody, stores=stores, clock=clock)
    assert [finding.code for finding in found.value.findings] == ["authorities.no_such_agency"]
    assert stores.records.size() == 0


def test_a_correction_seals_no_name_of_a_person(stores: MemoryStores, clock: StillClock) -> None:
    told(stores, clock, imported())
    named = {**imported().details, "holder": "John Smith b. 1970"}
    assert refused(Correction(0, "typo", named), stores, clock) == ["recordkeeping.holder_unknown"]


def test_a_correction_dates_nothing_in_the_future(stores: MemoryStores, clock: StillClock) -> None:
    told(stores, clock, imported())
    sold_to("XT-DEALER", stores, clock)
    from_tomorrow = Correction(1, "wrong day", happened=event("lost", "2099-01-01").happened)
    assert refused(from_tomorrow, stores, clock) == ["recordkeeping.date_future"]


def test_a_correction_holds_values_of_the_right_kind(stores: MemoryStores, clock: StillClock) -> None:
    told(stores, clock, imported())
    unfit: dict[str, Any] = {**imported().details, "weapon": {"maker": 5, "year": "abc"}}
    assert refused(Correction(0, "typo", unfit), stores, clock) == ["recordkeeping.detail_unfit"]


def test_what_an_action_of_its_own_wrote_is_not_rewritten(stores: MemoryStores, clock: StillClock) -> None:
    told(stores, clock, imported(), event("trace_requested", "2020", request={}))
    assert refused(Correction(1, "typo", {"request": {}, "note": "x"}), stores, clock) == ["recordkeeping.own_action"]


def test_a_holder_whom_a_file_named_stays_while_other_things_are_put_right(
    stores: MemoryStores, clock: StillClock
) -> None:
    told(stores, clock, imported(holder="Corner Arms Ltd"))
    put_right = Correction(0, "lot was missing", {**imported(holder="Corner Arms Ltd").details, "lot": "L1"})
    assert proposed(put_right, stores, clock).subject == "0"


@pytest.mark.parametrize(
    ("flagged", "details"),
    [
        (event("transferred", "2010", holder="XT-DEALER", **UNKNOWN_GIVER), {"holder": "XT-DEALER", "licence": "L1"}),
        (event("seized", "2010", place="Port"), {"place": "Port", "circumstances": "in a crate"}),
    ],
)
def test_iti_5_a_flagged_event_can_be_put_right(
    flagged: Event, details: dict[str, Any], stores: MemoryStores, clock: StillClock
) -> None:
    told(stores, clock, imported(), event("destroyed", "2009", method="cut"), event("seized", "2009-06", place="Hill"))
    if flagged.kind.value == "transferred":
        told(stores, clock, event("released", "2009-07", holder="XT-ARMY"))
    position = told(stores, clock, flagged).sealed[0].position
    wanted = Correction(position, "the form says more", {**details, **flagged.details})
    proposal = proposed(wanted, stores, clock)
    approve_correction(proposal=proposal.id, actor=officer(Role.APPROVER), stores=stores, clock=clock)
    assert stores.proposals.open() == []


def test_a_correction_of_one_event_is_not_held_up_by_another_that_was_flagged(
    stores: MemoryStores, clock: StillClock
) -> None:
    told(stores, clock, imported(), event("destroyed", "2012", method="cut"), event("seized", "2013", place="Port"))
    method = Correction(1, "it was melted", {"method": "melted"})
    assert proposed(method, stores, clock).subject == "1"
    never = Correction(1, "it was another weapon", void=True)
    assert proposed(never, stores, clock).subject == "1"
