from datetime import timedelta

import pytest

from tests.recordkeeping.lives import WEAPON, event, imported
from tests.rooms import StillClock, officer, told
from tracemark.authorities import NotPermitted, Role
from tracemark.recordkeeping import (
    EventFilter,
    RegisterFilter,
    Verification,
    event_at,
    event_page,
    newest_heads,
    newest_reads,
    newest_verifications,
    note_verification,
    register_page,
    search_events,
    weapon_record,
)
from tracemark.storage.memory import MemoryStores

REGISTRY = officer(Role.REGISTRY_OFFICER)


@pytest.fixture(autouse=True)
def _three_weapons(stores: MemoryStores, clock: StillClock) -> None:
    army = [imported(holder="XT-ARMY-1"), event("stolen", "2010")]
    told(stores, clock, *army)
    for weapon, holder in ((8, "XT-ARMY"), (9, "XT-DEALER")):
        life = event("registered", "2005", of=weapon, weapon={"maker": "ourmaker"}, holder=holder)
        told(stores, clock, *[life])


def test_one_weapon_s_record_is_state_steps_and_custody(stores: MemoryStores) -> None:
    found = weapon_record(weapon=WEAPON, actor=REGISTRY, stores=stores)
    assert (len(found.steps), found.custody.holder, str(found.custody.left_on)) == (2, "XT-ARMY-1", "2010")


def test_an_agency_sees_its_own_and_those_below_it(stores: MemoryStores) -> None:
    keeper = officer(Role.STOREKEEPER, authority="XT-ARMY")
    assert [state.weapon for state in register_page(wanted=RegisterFilter(), actor=keeper, stores=stores)] == [7, 8]
    with pytest.raises(NotPermitted):
        weapon_record(weapon=9, actor=keeper, stores=stores)  # type: ignore[arg-type]


def test_the_register_is_searched_by_serial_and_status(stores: MemoryStores) -> None:
    wanted = RegisterFilter(serial="AB1", status="stolen")
    assert [state.weapon for state in register_page(wanted=wanted, actor=REGISTRY, stores=stores)] == [7]


def test_the_administrator_reads_no_record(stores: MemoryStores) -> None:
    with pytest.raises(NotPermitted):
        register_page(wanted=RegisterFilter(), actor=officer(Role.ADMINISTRATOR), stores=stores)


def test_an_event_is_read_by_who_sees_its_weapon(stores: MemoryStores, clock: StillClock) -> None:
    keeper = officer(Role.STOREKEEPER, authority="XT-ARMY")
    assert event_at(position=1, actor=keeper, stores=stores) == stores.records.at(1)
    with pytest.raises(NotPermitted):
        event_at(position=3, actor=keeper, stores=stores)
    with pytest.raises(NotPermitted):
        event_at(position=1, actor=officer(Role.ADMINISTRATOR), stores=stores)
    with pytest.raises(KeyError):
        event_at(position=4, actor=keeper, stores=stores)


def test_an_event_of_no_weapon_is_read_by_who_reads_the_record(stores: MemoryStores, clock: StillClock) -> None:
    [sealed] = told(stores, clock, event("records_taken_over", "2020", of=0, **{"from": "XT-DEALER"})).sealed
    keeper = officer(Role.STOREKEEPER, authority="XT-ARMY")
    assert event_at(position=sealed.position, actor=keeper, stores=stores) == sealed


def test_the_audit_reads_the_whole_record_from_either_end(stores: MemoryStores) -> None:
    auditor, kept = officer(Role.AUDITOR), list(stores.records.all())
    assert search_events(wanted=EventFilter(), actor=auditor, stores=stores, limit=2).events == (kept[3], kept[2])
    assert event_page(first=1, actor=auditor, stores=stores, limit=2) == kept[1:3]


def test_the_newest_reads_of_persons_are_audited(stores: MemoryStores) -> None:
    for actor in ("ana", "bela", "cyn"):
        stores.reads.note(actor=actor, authority="XT-POL", commitment="c1", purpose="a case", at="2026-01-01T00:00:00Z")
    found = newest_reads(actor=officer(Role.AUDITOR), stores=stores, count=2)
    assert [read["actor"] for read in found] == ["cyn", "bela"]


def test_the_newest_heads_are_read_by_who_verifies(stores: MemoryStores) -> None:
    heads = newest_heads(actor=officer(Role.ADMINISTRATOR), stores=stores, count=2)
    assert [head.size for head in heads] == [4, 3]
    with pytest.raises(NotPermitted):
        newest_heads(actor=officer(Role.STOREKEEPER), stores=stores, count=2)


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.AUDITOR}))
def test_the_audit_is_the_auditors(role: Role, stores: MemoryStores) -> None:
    with pytest.raises(NotPermitted):
        search_events(wanted=EventFilter(), actor=officer(role), stores=stores)
    with pytest.raises(NotPermitted):
        newest_reads(actor=officer(role), stores=stores, count=1)
    with pytest.raises(NotPermitted):
        event_page(first=0, actor=officer(role), stores=stores)


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (EventFilter(kind="stolen"), [1]),
        (EventFilter(kind="registered"), [3, 2]),
        (EventFilter(account="officer"), [3, 2, 1, 0]),
        (EventFilter(account="off"), []),
        (EventFilter(authority="XT-REG", weapon=WEAPON), [1, 0]),
        (EventFilter(authority="XT-POL"), []),
    ],
)
def test_the_record_is_searched(wanted: EventFilter, found: list[int], stores: MemoryStores) -> None:
    page = search_events(wanted=wanted, actor=officer(Role.AUDITOR), stores=stores)
    assert ([each.position for each in page.events], page.before) == (found, None)


def test_a_search_goes_on_where_it_ended_and_keeps_to_its_days(stores: MemoryStores, clock: StillClock) -> None:
    auditor, today = officer(Role.AUDITOR), clock.now().date()
    first = search_events(wanted=EventFilter(), actor=auditor, stores=stores, limit=3)
    rest = search_events(wanted=EventFilter(), actor=auditor, stores=stores, limit=3, before=first.before or 0)
    assert (first.before, [each.position for each in rest.events], rest.before) == (1, [0], None)
    days = (today - timedelta(days=1), today, today + timedelta(days=1))
    counted = [
        len(search_events(wanted=EventFilter(), actor=auditor, stores=stores, since=since, until=until).events)
        for since, until in ((None, days[0]), (days[1], days[1]), (days[2], None))
    ]
    assert counted == [0, 4, 0]


def test_a_verification_is_kept_with_who_and_which_head(stores: MemoryStores, clock: StillClock) -> None:
    found = Verification(4, stores.records.head(), ())
    note_verification(found=found, actor=officer(Role.AUDITOR, "ana"), stores=stores, clock=clock)
    [kept] = newest_verifications(actor=officer(Role.AUDITOR), stores=stores, count=5)
    assert (kept.actor, kept.size, kept.faults) == ("ana", 4, 0)
    with pytest.raises(NotPermitted):
        note_verification(found=found, actor=officer(Role.STOREKEEPER), stores=stores, clock=clock)
