"""Parts that tie a weapon to others, and marks as they wear."""

import pytest

from tests.recordkeeping.lives import event
from tests.rooms import StillClock, officer, told
from tracemark.authorities import Role
from tracemark.kernel import Actor
from tracemark.recordkeeping import Examination, Tangle, examined, weapon_record
from tracemark.storage.memory import MemoryStores
from tracemark.weapons import WeaponId, component_id

ONE, TWO = WeaponId(1), WeaponId(2)
REGISTRY = officer(Role.REGISTRY_OFFICER)


def two_pistols(stores: MemoryStores, clock: StillClock, slide_of_one: str) -> None:
    """Two pistols, each with its frame's number; the slide of the first bears what is given."""
    for weapon, serial, slide, holder in ((1, "XTA100", slide_of_one, "XT-ARMY"), (2, "XTB200", "", "XT-DEALER")):
        marks = [{"kind": "manufacture", "part": "frame", "text": serial, "serial": serial, "maker": "glock"}]
        marks += [{"kind": "component", "part": "slide", "text": slide, "serial": slide}] if slide else []
        parts = [{"part": "frame", "control": True, "material": "steel"}, {"part": "slide"}]
        details = {"weapon": {"kind": "pistol"}, "holder": holder, "components": parts, "marks": marks}
        told(stores, clock, event("registered", "2010", of=weapon, **details))


def found(stores: MemoryStores, weapon: WeaponId = ONE, actor: Actor = REGISTRY) -> Examination:
    record = weapon_record(weapon=weapon, actor=actor, stores=stores)
    return examined(record=record, actor=actor, stores=stores)


@pytest.mark.parametrize("slide", ["XTA100", "A100", ""])
def test_iti_10_parts_with_the_weapon_s_own_number_tie_it_to_nothing(
    slide: str, stores: MemoryStores, clock: StillClock
) -> None:
    two_pistols(stores, clock, slide)
    assert found(stores).tangles == ()


def test_iti_10_a_part_with_another_weapon_s_number_is_shown_with_it(stores: MemoryStores, clock: StillClock) -> None:
    two_pistols(stores, clock, "XTB 200")
    assert found(stores).tangles == (Tangle(component_id(ONE, 2), "slide", ("XTB 200",), (TWO,)),)
    assert "marking.mixed_numbers" in {each.code for each in found(stores).findings}
    assert found(stores, TWO).tangles == ()


def test_a_storekeeper_learns_of_no_weapon_out_of_sight(stores: MemoryStores, clock: StillClock) -> None:
    two_pistols(stores, clock, "XTB200")
    keeper = officer(Role.STOREKEEPER, authority="XT-ARMY")
    assert [each.weapons for each in found(stores, actor=keeper).tangles] == [()]


def test_bms7_a_component_that_two_weapons_claim_is_shown_on_both(stores: MemoryStores, clock: StillClock) -> None:
    two_pistols(stores, clock, "")
    slide = component_id(ONE, 2)
    told(stores, clock, event("reassembled", "2012", of=2, fitted=[{"part": "slide", "id": slide}]))
    assert found(stores).tangles == (Tangle(slide, "slide", (), (TWO,)),)
    assert found(stores, TWO).tangles == (Tangle(slide, "slide", (), (ONE,)),)
    told(stores, clock, event("reassembled", "2013", of=1, removed=[slide]))
    assert (found(stores).tangles, found(stores, TWO).tangles) == ((), ())


def test_iti_7_5_a_mark_is_followed_as_it_wears(stores: MemoryStores, clock: StillClock) -> None:
    two_pistols(stores, clock, "")
    mark = stores.register.state(ONE).marks[0].id
    for year, percent in (("2015", 100), ("2020-05", 70)):
        told(stores, clock, event("inspected", year, of=1, mark=mark, legible_percent=percent, method="magnifier"))
    told_of = [(str(each.happened), each.mark, each.legible_percent, each.method) for each in found(stores).inspections]
    assert told_of == [("2015", mark, 100, "magnifier"), ("2020-05", mark, 70, "magnifier")]
