import pytest

from tests.recordkeeping.lives import WEAPON, event, imported
from tests.rooms import StillClock, officer
from tracemark.authorities import NotPermitted, Role
from tracemark.recordkeeping import EventRefused, Status, record_events, steps
from tracemark.storage.memory import MemoryStores

REGISTRY = officer(Role.REGISTRY_OFFICER)


def test_iti_11_events_are_sealed_in_order_and_the_register_follows(stores: MemoryStores, clock: StillClock) -> None:
    recorded = record_events(
        events=[imported(), event("transferred", "2010", holder="XT-DEALER")],
        actor=REGISTRY,
        stores=stores,
        clock=clock,
    )
    assert [sealed.position for sealed in recorded.sealed] == [0, 1]
    assert stores.register.state(WEAPON) == recorded.states[0]
    assert (stores.register.state(WEAPON).holder, stores.records.size()) == ("XT-DEALER", 2)


def test_one_refused_event_and_nothing_at_all_is_written(stores: MemoryStores, clock: StillClock) -> None:
    with pytest.raises(EventRefused) as refused:
        record_events(events=[imported(), event("returned", "2010")], actor=REGISTRY, stores=stores, clock=clock)
    assert [finding.code for finding in refused.value.findings] == ["recordkeeping.impossible_sequence"]
    assert stores.records.size() == 0


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.AUDITOR, Role.APPROVER, Role.POINT_OF_CONTACT])
def test_who_may_not_write_writes_no_ghost_transaction(role: Role, stores: MemoryStores, clock: StillClock) -> None:
    with pytest.raises(NotPermitted):
        record_events(events=[imported()], actor=officer(role), stores=stores, clock=clock)
    assert stores.records.size() == 0


def test_a_storekeeper_writes_of_the_own_agency_s_weapons_only(stores: MemoryStores, clock: StillClock) -> None:
    record_events(events=[imported(holder="XT-DEALER")], actor=REGISTRY, stores=stores, clock=clock)
    keeper = officer(Role.STOREKEEPER, authority="XT-ARMY")
    with pytest.raises(NotPermitted):
        record_events(events=[event("stored", "2010", place="Depot")], actor=keeper, stores=stores, clock=clock)


def test_an_event_recorded_late_must_fit_where_it_happened(stores: MemoryStores, clock: StillClock) -> None:
    life = [imported(), event("issued", "2010", to="XT-ARMY/unit"), event("returned", "2012")]
    record_events(events=life, actor=REGISTRY, stores=stores, clock=clock)
    record_events(events=[event("counted", "2011", place="Hill post")], actor=REGISTRY, stores=stores, clock=clock)
    with pytest.raises(EventRefused):
        record_events(events=[event("issued", "2011", to="XT-ARMY/other")], actor=REGISTRY, stores=stores, clock=clock)
    told = steps(WEAPON, stores.records.of_weapon(WEAPON))
    assert [step.sealed.event.kind.value for step in told] == ["imported", "issued", "counted", "returned"]
    assert stores.register.state(WEAPON).status is Status.HELD


def test_a_late_event_may_not_make_impossible_what_came_after(stores: MemoryStores, clock: StillClock) -> None:
    life = [imported(), event("issued", "2012", to="XT-ARMY/unit")]
    record_events(events=life, actor=REGISTRY, stores=stores, clock=clock)
    with pytest.raises(EventRefused):
        record_events(events=[event("destroyed", "2010", method="cut")], actor=REGISTRY, stores=stores, clock=clock)
