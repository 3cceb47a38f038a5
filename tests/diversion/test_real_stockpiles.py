"""What officers write about stores, exported and asked by every rule: what is planted is found, and nothing else."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.diversion.real import found_in
from tests.rooms import StillClock, officer, told
from tests.stockpiles.depots import COUNTER, KEEPER, TODAY, depot, entered, happened, opened, stored
from tests.stockpiles.test_destructions import CLERK, carried_out, certified, witnessed
from tracemark.authorities import Agency, AgencyKind, Role
from tracemark.kernel import PartialDate, Plain
from tracemark.recordkeeping import (
    Correction,
    EventKind,
    approve_correction,
    propose_correction,
    record_events,
    take_over_records,
)
from tracemark.stockpiles import (
    LotTold,
    MissingReport,
    Move,
    SiteTold,
    close_count,
    investigation_list,
    list_site,
    move_lot,
    receive_lot,
    report_missing,
)
from tracemark.storage.memory import MemoryStores
from tracemark.weapons import WeaponId

CLOCK = StillClock()
REGISTRY = officer(Role.REGISTRY_OFFICER, "registry")
APPROVER = officer(Role.APPROVER, "approver")
ARMY = officer(Role.STOREKEEPER, "army witness", "XT-ARMY")


def counted(stores: MemoryStores, site: str, *lines: str) -> None:
    count = opened(stores, site)
    entered(stores, count, *lines)
    close_count(count=count, note="", actor=COUNTER, stores=stores, clock=CLOCK)


def store(stores: MemoryStores, place: str, weapons: int) -> tuple[str, list[str]]:
    """List a site that is never due, put weapons there, and return its name and how to call them."""
    site = depot(stores, place, every_days=0)
    return site, [f"W-{each}" for each in stored(stores, site, "A" * weapons)]


def test_who_is_missing_at_a_count_and_not_reported_is_found(stores: MemoryStores, tmp_path: Path) -> None:
    site, lines = store(stores, "Amberly", 4)
    counted(stores, site, *lines[2:])
    assert found_in(stores, tmp_path / "before") == {"counted_missing": [([1, 2], ["count_closed"])]}
    (known,) = investigation_list(actor=COUNTER, stores=stores)
    report = MissingReport([WeaponId(1)], EventKind.STOLEN, TODAY, TODAY, "Amberly", "forced window")
    report_missing(investigation=known.name, report=report, actor=KEEPER, stores=stores, clock=CLOCK)
    assert found_in(stores, tmp_path / "after") == {"counted_missing": [([2], ["count_closed"])]}


def test_what_turned_up_again_is_missing_no_more(stores: MemoryStores, tmp_path: Path) -> None:
    site, lines = store(stores, "Amberly", 2)
    counted(stores, site, lines[0])
    counted(stores, site, *lines)
    assert found_in(stores, tmp_path) == {}


def test_a_count_that_was_due_is_found_and_one_that_is_not_due_is_not(stores: MemoryStores, tmp_path: Path) -> None:
    for days in (30, 300, 0):
        list_site(site=SiteTold("Amberly", every_days=days), actor=KEEPER, stores=stores, clock=CLOCK)
    assert found_in(stores, tmp_path) == {"count_overdue": [([], ["site_listed"])]}


@pytest.mark.parametrize(
    ("weapons", "counts", "found"),
    [
        (7, 5, {"counts_alike": [([], ["count_closed"] * 5)]}),
        (10, 4, {"round_counts": [([], ["count_closed"] * 4)]}),
        (7, 4, {}),
        (10, 3, {}),
    ],
)
def test_counts_too_much_alike_are_found(
    stores: MemoryStores, tmp_path: Path, weapons: int, counts: int, found: dict[str, object]
) -> None:
    site, lines = store(stores, "Amberly", weapons)
    for _ in range(counts):
        counted(stores, site, *lines)
    assert found_in(stores, tmp_path) == found


def test_a_certified_destruction_of_fewer_than_it_names_is_found(stores: MemoryStores, tmp_path: Path) -> None:
    stored(stores, depot(stores, every_days=0), "AB")
    name = carried_out(stores, 1, 2)
    witnessed(stores, name, CLERK, ARMY)
    certified(stores, name)
    assert found_in(stores, tmp_path / "whole") == {}
    gone = stores.records.of_weapon(WeaponId(2))[-1]
    void = Correction(corrects=gone.position, reason="It was not in the furnace.", void=True)
    proposal = propose_correction(correction=void, actor=REGISTRY, stores=stores, clock=CLOCK)
    approve_correction(proposal=proposal.id, actor=APPROVER, stores=stores, clock=CLOCK)
    assert found_in(stores, tmp_path / "part") == {"destruction_incomplete": [([2], ["destruction_planned"])]}


def test_a_destroyed_weapon_that_comes_back_is_found(stores: MemoryStores, tmp_path: Path) -> None:
    stored(stores, depot(stores, every_days=0), "AB")
    name = carried_out(stores, 1, 2)
    witnessed(stores, name, CLERK, ARMY)
    certified(stores, name)
    seized = happened(1, "seized", PartialDate(2026, 5, 7), place="Redcliff", custodian="XT-POL")
    record_events(events=[seized], actor=REGISTRY, stores=stores, clock=CLOCK)
    assert found_in(stores, tmp_path) == {"destroyed_then_recovered": [([1], ["destroyed", "seized"])]}


LOT: Sequence[tuple[EventKind, int, dict[str, Plain]]] = (
    (EventKind.LOT_ISSUED, 700, {"to": "XT-ARMY-1"}),
    (EventKind.LOT_EXPENDED, 600, {}),
    (EventKind.LOT_RETURNED, 100, {"from": "XT-ARMY-1"}),
    (EventKind.LOT_COUNTED, 300, {}),
    (EventKind.LOT_DESTROYED, 300, {"method": "smelting"}),
)


@pytest.mark.parametrize(
    ("moves", "first_on", "found"),
    [
        (LOT, TODAY, {}),
        (LOT[:1], PartialDate(2026, 5, 1), {"negative_balance": [([], ["lot_issued"])]}),
        (LOT[:1], PartialDate(2026, 5), {}),
    ],
)
def test_a_lot_that_holds_less_than_nothing_on_a_day_is_found(
    stores: MemoryStores,
    tmp_path: Path,
    moves: Sequence[tuple[EventKind, int, dict[str, Plain]]],
    first_on: PartialDate,
    found: dict[str, object],
) -> None:
    site = depot(stores, every_days=0)
    told_of = LotTold("LX-1", 1_000, "7_62x39")
    lot = receive_lot(lot=told_of, site=site, happened=TODAY, actor=KEEPER, stores=stores, clock=CLOCK)
    for kind, quantity, details in moves:
        move = Move(kind, quantity, first_on, details)
        move_lot(lot=lot, move=move, actor=KEEPER, stores=stores, clock=CLOCK)
    assert found_in(stores, tmp_path) == found


def test_records_that_nobody_took_over_are_found(stores: MemoryStores, tmp_path: Path) -> None:
    with stores.atomic():
        for code, until in (("XT-D1", None), ("XT-D2", PartialDate(2026, 1))):
            stores.agencies.put(Agency(code, code, AgencyKind.DEALER, "XT", active_until=until))
    take_over_records(
        agency="XT-D1", ended=PartialDate(2026, 2), weapons=1, note="", actor=REGISTRY, stores=stores, clock=CLOCK
    )
    stored(stores, depot(stores, every_days=0), "AA")
    for weapon, dealer in ((1, "XT-D1"), (2, "XT-D2")):
        told(
            stores,
            CLOCK,
            happened(weapon, "transferred", holder=dealer, **{"from": "XT-ARMY"}),
            happened(weapon, "stolen", reported_on=str(TODAY)),
            happened(weapon, "seized", place="Redcliff", custodian="XT-POL"),
        )
    assert found_in(stores, tmp_path) == {"dealer_closed": [([2], ["transferred"])]}
