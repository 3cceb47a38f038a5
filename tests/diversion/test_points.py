"""Where, when and how a weapon left lawful hands is coded by an officer, and counted."""

from datetime import date

import pytest

from tests.diversion.desk import ANALYST, life
from tests.rooms import StillClock
from tracemark.diversion import (
    STAGES,
    Found,
    SignalRefused,
    establish_diversion,
    point_findings,
    point_in,
    points_of_diversion,
    time_to_diversion,
    ways_of_diversion,
)
from tracemark.kernel import PartialDate
from tracemark.recordkeeping import weapon_record
from tracemark.storage.memory import MemoryStores
from tracemark.weapons import WeaponId

THEFT = Found("storage", "theft", ["the count missed it"], PartialDate(2020), None, "Depot 3")


def test_a_batch_is_coded_at_once_and_the_last_word_holds(stores: MemoryStores, clock: StillClock) -> None:
    for weapon in (1, 2):
        life(stores, clock, weapon)
    both = [WeaponId(1), WeaponId(2)]
    establish_diversion(weapons=both, found=THEFT, actor=ANALYST, stores=stores, clock=clock)
    again = Found("storage", "insider_sale", ["the keeper confessed"])
    establish_diversion(weapons=both[1:], found=again, actor=ANALYST, stores=stores, clock=clock)
    found = points_of_diversion(since=date(2026, 1, 1), until=date(2026, 12, 31), actor=ANALYST, stores=stores)
    assert [(each.weapon, each.how, each.decided_by) for each in found] == [
        (1, "theft", "ana"),
        (2, "insider_sale", "ana"),
    ]
    assert points_of_diversion(since=date(2025, 1, 1), until=date(2025, 12, 31), actor=ANALYST, stores=stores) == []
    record = weapon_record(weapon=WeaponId(2), actor=ANALYST, stores=stores)
    point = point_in(record)
    assert point == found[1]
    assert record.custody.holder == "XT-ARMY-1"


def test_the_time_to_diversion_is_an_interval_where_only_years_are_known(
    stores: MemoryStores, clock: StillClock
) -> None:
    life(stores, clock)
    (point,) = establish_diversion(weapons=[WeaponId(1)], found=THEFT, actor=ANALYST, stores=stores, clock=clock)
    took = time_to_diversion(weapon_record(weapon=WeaponId(1), actor=ANALYST, stores=stores).steps, point)
    assert took is not None
    assert (took.last_lawful.position, took.days) == (0, (1, 730))


@pytest.mark.parametrize(
    ("weapons", "found", "code"),
    [
        ([1], Found("storage", "magic", ["so"]), "diversion.coding_unknown"),
        ([1], Found("manufacture", "retransfer", ["so"]), "diversion.way_not_of_stage"),
        ([1], Found("storage", "theft", [" "]), "diversion.grounds_missing"),
        ([7], Found("storage", "theft", ["so"]), "diversion.no_such_weapon"),
        ([1], Found("storage", "theft", ["so"], PartialDate(2021), PartialDate(2020)), "diversion.interval_backwards"),
        ([1], Found("storage", "theft", ["so"], signal="SG-2026-000004"), "diversion.signal_unknown"),
    ],
)
def test_what_is_not_sound_is_refused(
    stores: MemoryStores, clock: StillClock, weapons: list[int], found: Found, code: str
) -> None:
    life(stores, clock)
    with pytest.raises(SignalRefused) as refused:
        establish_diversion(
            weapons=[WeaponId(each) for each in weapons], found=found, actor=ANALYST, stores=stores, clock=clock
        )
    assert [each.code for each in refused.value.findings] == [code]


@pytest.mark.parametrize("how", ways_of_diversion())
def test_every_way_can_be_coded_at_some_stage_and_where_the_stage_is_unknown(how: str) -> None:
    fits = [stage for stage in STAGES if not point_findings(stage, how, None, None)]
    assert fits[-1] == "unknown"
    assert len(fits) > 1
