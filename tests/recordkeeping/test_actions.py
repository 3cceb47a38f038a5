import pytest

from tests.recordkeeping.lives import WEAPON, event, imported
from tests.rooms import StillClock, officer, told
from tracemark.authorities import NotPermitted, Role
from tracemark.recordkeeping import Event, EventRefused, Status, enter_weapon, fold, record_events, steps
from tracemark.storage.memory import MemoryStores

REGISTRY = officer(Role.REGISTRY_OFFICER)


def test_iti_11_events_are_sealed_in_order_and_the_register_follows(stores: MemoryStores, clock: StillClock) -> None:
    told(stores, clock, imported())
    sold = event("transferred", "2010", holder="XT-DEALER")
    recorded = record_events(events=[sold], actor=REGISTRY, stores=stores, clock=clock)
    assert [sealed.position for sealed in recorded.sealed] == [1]
    assert stores.register.state(WEAPON) == recorded.states[0]
    assert (stores.register.state(WEAPON).holder, stores.records.size()) == ("XT-DEALER", 2)


def test_one_refused_event_and_nothing_at_all_is_written(stores: MemoryStores, clock: StillClock) -> None:
    with pytest.raises(EventRefused) as refused:
        enter_weapon(life=[imported(), event("returned", "2010")], actor=REGISTRY, stores=stores, clock=clock)
    assert [finding.code for finding in refused.value.findings] == ["recordkeeping.impossible_sequence"]
    assert stores.records.size() == 0


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.AUDITOR, Role.APPROVER, Role.POINT_OF_CONTACT])
def test_who_may_not_write_writes_no_ghost_transaction(role: Role, stores: MemoryStores, clock: StillClock) -> None:
    with pytest.raises(NotPermitted):
        enter_weapon(life=[imported()], actor=officer(role), stores=stores, clock=clock)
    assert stores.records.size() == 0


def test_a_storekeeper_writes_of_the_own_agency_s_weapons_only(stores: MemoryStores, clock: StillClock) -> None:
    told(stores, clock, imported(holder="XT-DEALER"))
    keeper = officer(Role.STOREKEEPER, authority="XT-ARMY")
    with pytest.raises(NotPermitted):
        record_events(events=[event("stored", "2010", place="Depot")], actor=keeper, stores=stores, clock=clock)


def test_an_event_recorded_late_must_fit_where_it_happened(stores: MemoryStores, clock: StillClock) -> None:
    life = [imported(), event("issued", "2010", to="XT-ARMY/unit"), event("returned", "2012")]
    told(stores, clock, *life)
    record_events(events=[event("counted", "2011", place="Hill post")], actor=REGISTRY, stores=stores, clock=clock)
    with pytest.raises(EventRefused):
        record_events(events=[event("issued", "2011", to="XT-ARMY/other")], actor=REGISTRY, stores=stores, clock=clock)
    life_told = steps(WEAPON, stores.records.of_weapon(WEAPON))
    assert [step.sealed.event.kind.value for step in life_told] == ["imported", "issued", "counted", "returned"]
    assert stores.register.state(WEAPON).status is Status.HELD


def test_a_late_event_may_not_make_impossible_what_came_after(stores: MemoryStores, clock: StillClock) -> None:
    life = [imported(), event("issued", "2012", to="XT-ARMY/unit")]
    told(stores, clock, *life)
    with pytest.raises(EventRefused):
        record_events(events=[event("destroyed", "2010", method="cut")], actor=REGISTRY, stores=stores, clock=clock)


def test_a_new_weapon_is_given_its_identity_and_nobody_chooses_one(stores: MemoryStores, clock: StillClock) -> None:
    first = enter_weapon(life=[imported()], actor=REGISTRY, stores=stores, clock=clock)
    second = enter_weapon(life=[imported()], actor=REGISTRY, stores=stores, clock=clock)
    assert [state.weapon for state in first.states + second.states] == [1, 2]
    with pytest.raises(EventRefused) as refused:
        record_events(events=[imported()], actor=REGISTRY, stores=stores, clock=clock)
    assert [finding.code for finding in refused.value.findings] == ["recordkeeping.no_such_weapon"]


def test_a_weapon_bears_at_most_255_marks(stores: MemoryStores, clock: StillClock) -> None:
    told(stores, clock, imported())
    marks = [{"kind": "other", "text": "x"}] * 255
    with pytest.raises(EventRefused) as refused:
        record_events(events=[event("marked", "2010", marks=marks)], actor=REGISTRY, stores=stores, clock=clock)
    assert [finding.code for finding in refused.value.findings] == ["recordkeeping.too_many"]


@pytest.mark.parametrize(
    ("events", "code"),
    [
        ([event("transferred", "3026", holder="XT-DEALER")], "recordkeeping.date_future"),
        ([event("transferred", "2010", holder="John Smith, 4 Elm Street")], "recordkeeping.holder_unknown"),
        ([event("inspected", "2010", mark=1, legible_percent=90)], "recordkeeping.no_such_mark"),
        ([event("reassembled", "2010", removed=[1])], "recordkeeping.no_such_component"),
    ],
)
def test_what_cannot_be_true_is_refused(
    events: list[Event], code: str, stores: MemoryStores, clock: StillClock
) -> None:
    told(stores, clock, imported())
    with pytest.raises(EventRefused) as refused:
        record_events(events=events, actor=REGISTRY, stores=stores, clock=clock)
    assert [finding.code for finding in refused.value.findings] == [code]


def test_four_eyes_are_not_passed_by_with_a_plain_event(stores: MemoryStores, clock: StillClock) -> None:
    told(stores, clock, imported())
    ghost = event("corrected", "2026", corrects=0, reason="x", proposed_by="ghost", void=True)
    with pytest.raises(EventRefused) as refused:
        record_events(events=[ghost], actor=officer(Role.APPROVER), stores=stores, clock=clock)
    assert [finding.code for finding in refused.value.findings] == ["recordkeeping.own_action"]


def test_the_register_is_the_fold_of_the_record_whatever_comes_late(stores: MemoryStores, clock: StillClock) -> None:
    told(stores, clock, imported())
    for kind, happened, details in (
        ("stored", "2023", {"place": "B"}),
        ("stored", "2022", {"place": "A"}),
        ("marked", "2021", {"marks": [{"kind": "state", "text": "LATE"}]}),
        ("transferred", "2024", {"holder": "XT-DEALER"}),
        ("counted", "2020", {"place": "C"}),
    ):
        record_events(events=[event(kind, happened, **details)], actor=REGISTRY, stores=stores, clock=clock)
        assert stores.register.state(WEAPON) == fold(WEAPON, stores.records.of_weapon(WEAPON))
    assert stores.register.state(WEAPON).place == "B"
