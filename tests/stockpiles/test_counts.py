import pytest

from tests.rooms import StillClock, officer
from tests.stockpiles.depots import COUNTER, KEEPER, depot, entered, happened, opened, registered, sealed, stored
from tracemark.authorities import NotPermitted, Role
from tracemark.kernel import Refused
from tracemark.recordkeeping import EventKind, EventRefused, record_events
from tracemark.stockpiles import (
    Covers,
    Look,
    Sighted,
    Verdict,
    cancel_count,
    close_count,
    count_and_site,
    enter_count,
    investigation_list,
    late_sites,
    lines_of,
    open_count,
    site_record,
)
from tracemark.storage.memory import MemoryStores
from tracemark.weapons import WeaponId

CLOCK = StillClock()


def codes(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [each.code for each in refused.value.findings]


def test_a_count_that_agrees(stores: MemoryStores) -> None:
    site = depot(stores)
    weapons = stored(stores, site, "AB")
    count = opened(stores, site)
    assert entered(stores, count, "R1001", "W-2") == Sighted(tuple(weapons), (), ())
    result = close_count(count=count, note="", actor=COUNTER, stores=stores, clock=CLOCK)
    assert (result.of(Verdict.FOUND), len(result.verdicts)) == (weapons, 2)
    last = stores.records.of_weapon(weapons[0])[-1].event
    assert (last.kind, last.details) == (EventKind.COUNTED, {"place": "Amberly, A", "count": count})
    known, at = count_and_site(count=count, actor=KEEPER, stores=stores)
    assert (known.standing, known.found, known.missing, known.extra, known.investigation) == ("closed", 2, (), (), "")
    assert (at.counted, at.due) == (count, "2026-06-05")


def test_a_theft_is_missing_and_investigated(stores: MemoryStores) -> None:
    site = depot(stores)
    stored(stores, site, "AAB")
    count = opened(stores, site)
    sealed(stores, happened(3, "issued", to="XT-ARMY/unit-1"))
    entered(stores, count, "R1001", "no such thing")
    result = close_count(count=count, note="twice", actor=COUNTER, stores=stores, clock=CLOCK)
    assert dict(result.verdicts) == {1: Verdict.FOUND, 2: Verdict.MISSING}
    known, _ = count_and_site(count=count, actor=KEEPER, stores=stores)
    assert (known.found, known.missing, known.unread) == (1, (2,), ("no such thing",))
    (opened_by_it,) = investigation_list(actor=KEEPER, stores=stores)
    assert (opened_by_it.name, opened_by_it.count, opened_by_it.missing) == (known.investigation, count, (2,))
    assert (opened_by_it.due, opened_by_it.reason) == ("2026-06-05", "variance")


def test_what_moves_while_a_rack_is_counted_is_looked_for_again(stores: MemoryStores) -> None:
    site = depot(stores)
    stored(stores, site, "AB")
    sealed(stores, happened(2, "issued", to="XT-ARMY/unit-1"))
    count = opened(stores, site)
    sealed(stores, happened(2, "returned"))
    entered(stores, count, "R1001")
    with pytest.raises(Refused) as refused:
        close_count(count=count, note="", actor=COUNTER, stores=stores, clock=CLOCK)
    assert [(each.code, each.facts) for each in refused.value.findings] == [
        ("stockpiles.count_unsettled", {"count": 1, "racks": ["B"]})
    ]
    entered(stores, count, "R1002", rack="B", since=stores.records.size() - 1)
    assert close_count(count=count, note="", actor=COUNTER, stores=stores, clock=CLOCK).of(Verdict.FOUND) == [1, 2]


def test_another_sites_weapon_is_extra_and_is_not_counted(stores: MemoryStores) -> None:
    site, other = depot(stores), depot(stores, "Brackwater")
    stored(stores, site, "A")
    (stray,) = stored(stores, other, "A")
    count = opened(stores, site)
    assert entered(stores, count, "R1001", "R1002") == Sighted((WeaponId(1),), (stray,), ())
    assert stores.records.of_weapon(stray)[-1].event.kind is EventKind.STORED
    assert close_count(count=count, note="", actor=COUNTER, stores=stores, clock=CLOCK).of(Verdict.EXTRA) == [stray]


def test_a_serial_that_several_bear_is_told_apart_by_identity_or_by_number(stores: MemoryStores) -> None:
    site = depot(stores)
    with stores.atomic():
        twins = stores.register.next_weapons(2)
    sealed(stores, *(registered(each, "R7") for each in twins))
    sealed(stores, *(happened(each, "stored", place="Amberly", site=site, rack="A") for each in twins))
    count = opened(stores, site)
    assert entered(stores, count, "R7") == Sighted((), (), ("R7",))
    assert entered(stores, count, "R 7", "W-2") == Sighted((WeaponId(2),), (), ("R 7",))
    assert entered(stores, count, "R7", "R7") == Sighted((WeaponId(1), WeaponId(2)), (), ())


def test_the_custodian_neither_counts_nor_closes(stores: MemoryStores) -> None:
    site = depot(stores)
    count = opened(stores, site)
    for refused in (
        lambda: enter_count(count=count, look=Look([]), actor=KEEPER, stores=stores, clock=CLOCK),
        lambda: close_count(count=count, note="", actor=KEEPER, stores=stores, clock=CLOCK),
        lambda: cancel_count(count=count, reason="x", actor=KEEPER, stores=stores, clock=CLOCK),
    ):
        with pytest.raises(NotPermitted) as found:
            refused()
        assert codes(found) == ["authorities.same_person"]


def test_another_agencys_site_is_out_of_sight(stores: MemoryStores) -> None:
    count = opened(stores, depot(stores))
    stranger = officer(Role.STOREKEEPER, "stranger", "XT-POL")
    with pytest.raises(NotPermitted) as found:
        enter_count(count=count, look=Look([]), actor=stranger, stores=stores, clock=CLOCK)
    assert codes(found) == ["authorities.out_of_sight"]
    with pytest.raises(NotPermitted):
        count_and_site(count=count, actor=stranger, stores=stores)


def test_one_count_goes_on_at_a_time_and_ends_once(stores: MemoryStores) -> None:
    site = depot(stores)
    count = opened(stores, site)
    with pytest.raises(Refused) as found:
        opened(stores, site)
    assert codes(found) == ["stockpiles.count_going_on"]
    cancel_count(count=count, reason="a fire", actor=COUNTER, stores=stores, clock=CLOCK)
    with pytest.raises(Refused) as found:
        entered(stores, count)
    assert codes(found) == ["stockpiles.count_over"]
    assert opened(stores, site) == "CT-2026-000002"


@pytest.mark.parametrize(
    ("look", "code"),
    [
        (Look([], Covers.RACK, "C"), "stockpiles.rack_unknown"),
        (Look([], since=10**6), "stockpiles.pass_unfit"),
        (Look([], since=0), "stockpiles.pass_unfit"),
        (Look(["x"] * 3001), "stockpiles.too_many_lines"),
    ],
)
def test_a_pass_that_cannot_be(stores: MemoryStores, look: Look, code: str) -> None:
    count = opened(stores, depot(stores))
    with pytest.raises(Refused) as found:
        enter_count(count=count, look=look, actor=COUNTER, stores=stores, clock=CLOCK)
    assert codes(found) == [code]


def test_counts_and_sites_that_are_not_there(stores: MemoryStores) -> None:
    with pytest.raises(Refused) as found:
        entered(stores, "CT-2026-000009")
    assert codes(found) == ["stockpiles.count_unknown"]
    with pytest.raises(Refused) as found:
        open_count(site="ST-2026-000009", reason="", due="", actor=KEEPER, stores=stores, clock=CLOCK)
    assert codes(found) == ["stockpiles.site_unknown"]


def test_lines_are_cleaned() -> None:
    assert lines_of(" R1 \n\n  W-2\t\r\nA  B\n") == ["R1", "W-2", "A B"]


def test_a_site_knows_what_is_in_it_and_what_is_late(stores: MemoryStores) -> None:
    site = depot(stores, every_days=30)
    stored(stores, site, "BA")
    sealed(stores, happened(1, "issued", to="XT-ARMY/unit-1"))
    record = site_record(site=site, actor=KEEPER, stores=stores)
    assert [(state.weapon, where.rack, where.present) for state, where in record.weapons] == [
        (2, "A", True),
        (1, "B", False),
    ]
    assert (record.present, late_sites(actor=KEEPER, stores=stores, clock=CLOCK)) == (1, [])


def test_a_weapon_is_not_put_at_a_site_that_is_not_there(stores: MemoryStores) -> None:
    stored(stores, depot(stores), "A")
    for details, code in (
        ({"place": "x", "site": "ST-2026-000009"}, "recordkeeping.site_unknown"),
        ({"place": "x", "site": "the shed"}, "recordkeeping.site_unknown"),
    ):
        with pytest.raises(EventRefused) as found:
            record_events(events=[happened(1, "stored", **details)], actor=KEEPER, stores=stores, clock=CLOCK)
        assert codes(found) == [code]
    counted = happened(1, "counted", place="x", count="CT-2026-000001")
    with pytest.raises(EventRefused) as found:
        record_events(events=[counted], actor=KEEPER, stores=stores, clock=CLOCK)
    assert codes(found) == ["recordkeeping.dossier_tells"]
