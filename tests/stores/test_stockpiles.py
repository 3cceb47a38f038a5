"""A store is counted alike whatever keeps the record, and what is drawn of it can be drawn again."""

from tests.rooms import StillClock
from tests.stockpiles.depots import COUNTER, KEEPER, depot, entered, happened, opened
from tests.stores.lives import Stores, plugged
from tracemark.authorities import Agency, AgencyKind
from tracemark.recordkeeping import Event, EventKind, append
from tracemark.stockpiles import Verdict, close_count, count_and_site, put_away, site_record
from tracemark.weapons import WeaponId

CLOCK = StillClock()


def sealed(stores: Stores, *events: Event) -> None:
    with stores.atomic():
        append(events=events, stores=plugged(stores), clock=CLOCK)


def test_a_theft_is_found_while_others_are_issued(stores: Stores) -> None:
    room = plugged(stores)
    with stores.atomic():
        stores.agencies.put(Agency("XT-ARMY", "Army", AgencyKind.ARMED_FORCES, "XT"))
        weapons = [WeaponId(each) for each in stores.register.next_weapons(3)]
    about = {"kind": "pistol", "maker": "ourmaker"}
    for each in weapons:
        marks = [{"kind": "manufacture", "text": f"R100{each}", "serial": f"R100{each}"}]
        sealed(stores, happened(each, "registered", holder="XT-ARMY", weapon=about, marks=marks))
    site = depot(room)
    put_away(site=site, rack="A", lines=["R1001", "R1002", "R1003"], actor=KEEPER, stores=room, clock=CLOCK)
    count = opened(room, site)
    sealed(stores, happened(3, "issued", to="XT-ARMY/unit-1"))
    entered(room, count, "R1001")
    result = close_count(count=count, note="", actor=COUNTER, stores=room, clock=CLOCK)
    assert dict(result.verdicts) == {1: Verdict.FOUND, 2: Verdict.MISSING}
    known, _ = count_and_site(count=count, actor=KEEPER, stores=room)
    assert (known.missing, known.investigation) == ((2,), "IV-2026-000001")
    assert stores.records.of_weapon(weapons[0])[-1].event.kind is EventKind.COUNTED
    with stores.atomic():
        redrawn = stores.dossiers.redraw()
    assert (redrawn, stores.dossiers.differing()) == (3, [])
    assert [where.present for _, where in site_record(site=site, actor=KEEPER, stores=room).weapons] == [
        True,
        True,
        False,
    ]
