"""Lists of weapons laid beside each other: every weapon is matched once, missing, extra or there twice."""

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from tracemark.transfers import Item, reconcile
from tracemark.weapons import WeaponId

SERIALS = st.lists(st.sampled_from("ABCDE").map(lambda letter: Item(serial=letter)), max_size=12)


@given(SERIALS, SERIALS)
def test_what_is_missing_and_what_is_too_much_add_up(sent: list[Item], come: list[Item]) -> None:
    found = reconcile(sent, come)
    packed, arrived = Counter(each.serial for each in sent), Counter(each.serial for each in come)
    assert Counter(each.serial for each in found.missing) == packed - arrived
    assert Counter(each.serial for each in (*found.extra, *found.twice)) == arrived - packed
    assert len(found.matched) + len(found.missing) == len(sent)
    assert {each.serial for each in found.extra}.isdisjoint(packed)
    assert {each.serial for each in found.twice} <= set(packed)
    assert found.agrees is (packed == arrived)


def test_identity_tells_more_than_a_serial() -> None:
    sent = [Item(WeaponId(1), "AB1"), Item(WeaponId(2), "AB1")]
    found = reconcile(sent, [Item(WeaponId(2)), Item(serial="a-b-1")])
    assert [(left.weapon, right.serial) for left, right in found.matched] == [(2, ""), (1, "a-b-1")]


def test_a_weapon_reported_by_identity_is_found_by_the_serial_of_a_list_without_any() -> None:
    found = reconcile([Item(serial="AB 1")], [Item(WeaponId(7), "AB1")])
    assert found.agrees
