import pytest

from tests.recordkeeping.lives import WEAPON, event, imported
from tests.rooms import StillClock, officer, told
from tracemark.authorities import NotPermitted, Role
from tracemark.recordkeeping import RegisterFilter, register_page, weapon_record
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
