"""What every store promises of the register."""

from dataclasses import replace

import pytest

from tests.stores.lives import Stores, happened, keep, keep_many, registered
from tracemark.recordkeeping import RegisterFilter, WeaponState, fold
from tracemark.storage.relational import register
from tracemark.weapons import WeaponId

ALL = RegisterFilter()


def weapons(states: list[WeaponState]) -> list[int]:
    return [state.weapon for state in states]


def test_the_register_holds_the_fold_of_the_events(stores: Stores) -> None:
    keep(stores, registered(1, "A1"), happened(1, "lost", place="Valley"))
    assert stores.register.state(WeaponId(1)) == fold(WeaponId(1), stores.records.of_weapon(WeaponId(1)))


def test_a_state_is_put_over_the_one_before(stores: Stores) -> None:
    keep(stores, registered(1, "A1"))
    keep(stores, happened(1, "transferred", holder="XT-POLICE", **{"from": "XT-ARMY"}))
    state = stores.register.state(WeaponId(1))
    assert (state.holder, state.position) == ("XT-POLICE", 1)
    assert state == fold(WeaponId(1), stores.records.of_weapon(WeaponId(1)))


def test_no_such_weapon(stores: Stores) -> None:
    with pytest.raises(KeyError):
        stores.register.state(WeaponId(1))


def test_many_at_once_new_and_known_together(stores: Stores) -> None:
    keep_many(stores, 150)
    keep(
        stores,
        *(happened(weapon, "lost") for weapon in range(1, 151)),
        *(registered(weapon, f"A{weapon:07d}") for weapon in range(151, 301)),
    )
    states = stores.register.states(WeaponId(weapon) for weapon in range(1, 302))
    assert list(states) == list(range(1, 301))
    assert all(state == fold(weapon, stores.records.of_weapon(weapon)) for weapon, state in states.items())
    assert stores.register.bearing(["A0000001", "A0000300"]) == {"A0000001": [1], "A0000300": [300]}


def test_identities_are_reserved_one_after_the_other(stores: Stores) -> None:
    with stores.atomic():
        assert stores.register.next_weapons(2) == range(1, 3)
        assert stores.register.next_weapons(1) == range(3, 4)
        keep(stores, registered(1, "A1"), registered(3, "C3"))
    with stores.atomic():
        assert stores.register.next_weapons(1) == range(4, 5)


def test_a_weapon_is_found_by_its_serial_however_written(stores: Stores) -> None:
    keep(stores, registered(1, "ab-10"), registered(2, "AB 10"), registered(3, "ABlO"), registered(4, ""))
    assert stores.register.bearing(["AB10", "ZZ"]) == {"AB10": [1, 2]}
    assert stores.register.look_alikes(["A810"]) == {"A810": [1, 2, 3]}


def test_a_mark_that_is_added_is_found(stores: Stores) -> None:
    keep(stores, registered(1, "A1"))
    keep(stores, happened(1, "marked", marks=[{"kind": "import", "serial": "XT 77", "state": "XT"}]))
    assert stores.register.bearing(["A1", "XT77"]) == {"A1": [1], "XT77": [1]}


def test_a_mark_that_is_corrected_is_found_as_corrected_only(stores: Stores) -> None:
    keep(stores, registered(1, "A1"))
    right = dict(registered(1, "A7").details)
    keep(stores, happened(1, "corrected", corrects=0, reason="misread", details=right))
    assert stores.register.bearing(["A1", "A7"]) == {"A7": [1]}


def test_pages_by_identity(stores: Stores) -> None:
    keep_many(stores, 5)
    assert weapons(stores.register.page(ALL, holders=None, limit=2)) == [1, 2]
    assert weapons(stores.register.page(ALL, holders=None, after=WeaponId(2), limit=2)) == [3, 4]
    assert weapons(stores.register.page(ALL, holders=None, after=WeaponId(4), limit=2)) == [5]
    assert stores.register.page(ALL, holders=None)[0] == stores.register.state(WeaponId(1))


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (RegisterFilter(status="lost"), [3]),
        (RegisterFilter(kind="rifle"), [2]),
        (RegisterFilter(maker="ourmaker", model="m2"), [2, 3]),
        (RegisterFilter(calibre="7.62x39"), [2]),
        (RegisterFilter(holder="XT-POLICE"), [2]),
        (RegisterFilter(serial="B"), [2, 3]),
        (RegisterFilter(serial="BZ9"), [3]),
        (RegisterFilter(serial="Z"), [4]),
        (RegisterFilter(serial="ZZZ"), [4]),
        (RegisterFilter(serial="BZ9", status="held"), []),
        (RegisterFilter(place="Cindermoor"), [5]),
        (RegisterFilter(place="Cindermoor", since="2021-10"), [5]),
        (RegisterFilter(place="Cindermoor", since="2021"), []),
    ],
)
def test_a_page_of_what_is_wanted(stores: Stores, wanted: RegisterFilter, found: list[int]) -> None:
    keep(
        stores,
        registered(1, "A1"),
        registered(2, "B2", holder="XT-POLICE", kind="rifle", model="m2", calibre="7.62x39"),
        registered(3, "BZ9", model="m2"),
        registered(4, "ZZZZ"),
        happened(3, "lost"),
        registered(5, "C7"),
        happened(5, "stolen", "2021-10", place="Cindermoor"),
    )
    assert weapons(stores.register.page(wanted, holders=None)) == found


def test_a_page_of_visible_holders_only(stores: Stores) -> None:
    keep(stores, registered(1, "A1"), registered(2, "B2", holder="XT-POLICE"))
    assert weapons(stores.register.page(ALL, holders=frozenset({"XT-POLICE", "XT-PRISON"}))) == [2]
    assert weapons(stores.register.page(ALL, holders=frozenset())) == []


def test_a_component_that_two_weapons_claim(stores: Stores) -> None:
    keep(stores, registered(1, "A1"), registered(2, "B2"))
    slide = stores.register.state(WeaponId(1)).components[1]
    assert stores.register.shared_components() == {}
    keep(stores, happened(2, "reassembled", fitted=[{"part": "slide", "id": slide.id}]))
    assert stores.register.shared_components() == {slide.id: [1, 2]}
    assert stores.register.shared_components([slide.id]) == {slide.id: [1, 2]}
    assert stores.register.shared_components([stores.register.state(WeaponId(1)).components[0].id]) == {}
    assert stores.register.shared_components([]) == {}
    keep(stores, happened(1, "reassembled", removed=[slide.id]))
    assert stores.register.shared_components() == {}
    keep(stores, registered(3, "C3"), happened(3, "reassembled", fitted=[{"part": "slide", "id": slide.id}]))
    assert stores.register.shared_components() == {slide.id: [2, 3]}
    keep(stores, happened(2, "reassembled", removed=[slide.id]))
    assert stores.register.shared_components() == {}


def test_marks_that_came_with_a_component_are_found_under_their_weapon(stores: Stores) -> None:
    keep(stores, registered(1, "A1"), registered(2, "B2"))
    first = stores.register.state(WeaponId(1))
    moved = replace(stores.register.state(WeaponId(2)), marks=first.marks)
    with stores.atomic():
        stores.register.put([moved])
    assert stores.register.state(WeaponId(2)) == moved
    assert stores.register.bearing(["A1"]) == {"A1": [1]}


def test_a_page_where_too_many_fit_to_be_listed(stores: Stores, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(register, "_MOST_LISTED", 3)
    keep_many(stores, 6)
    keep(stores, registered(7, "B7", holder="XT-POLICE"))
    seen = frozenset({"XT-ARMY", "XT-PRISON"})
    assert weapons(stores.register.page(RegisterFilter(serial="A"), holders=None, limit=5)) == [1, 2, 3, 4, 5]
    assert weapons(stores.register.page(RegisterFilter(serial="A"), holders=seen, after=WeaponId(4))) == [5, 6]
    assert weapons(stores.register.page(RegisterFilter(serial="B"), holders=seen)) == []
