from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.marking.examples import FULL, weapon, with_plate
from tracemark.marking import (
    Circumstance,
    LabelLine,
    LabelUnreadable,
    LotWeapon,
    Scanned,
    label_payload,
    labels_of,
    parse_label,
    plan_marks,
    shipped_profile,
)
from tracemark.weapons import WeaponId


def test_a_label_for_each_weapon_that_is_stamped() -> None:
    unmarked = weapon(circumstance=Circumstance.IMPORT, components=with_plate(seen=False))
    lot = [
        LotWeapon(WeaponId(1), unmarked),
        LotWeapon(WeaponId(2), weapon(FULL, circumstance=Circumstance.TEMPORARY_IMPORT)),
        LotWeapon(WeaponId(3), weapon(FULL, circumstance=Circumstance.IMPORT)),
    ]
    plan = plan_marks(lot, state="XU", year=2026, numbers=("XU26-0000001",), profile=shipped_profile("us"))
    bearers = {each.weapon: each.marked for each in lot}
    first, last = labels_of(plan, bearers)
    assert (first.serials, first.look, last.serials, last.look) == ((), False, ("AB123",), False)
    assert (first.weapon, first.number, last.weapon, last.number) == (1, "XU26-0000001", 3, "")
    assert parse_label(first.payload) == Scanned(WeaponId(1), "XU26-0000001")
    assert last.lines == (
        LabelLine("weapon", "W-3"),
        *(
            LabelLine(name, str(getattr(bearers[WeaponId(3)].description, name)))
            for name in ("maker", "model", "calibre")
        ),
        LabelLine("text", "XU26"),
        LabelLine("part", "frame"),
        LabelLine("place", "beside_existing"),
        LabelLine("surface", "metal"),
        LabelLine("method", "laser"),
        LabelLine("min_depth_mm", str(Decimal("0.0762"))),
    )
    assert [line.value for line in first.lines if line.field == "part"] == ["frame", "slide"]
    assert [line.value for line in first.lines if line.field == "min_height_mm"] == ["1.5875", "1.5875"]


def test_the_payload_is_short_and_names_its_form() -> None:
    assert label_payload(WeaponId(123), "XT26-0001234-K") == "TM1:123:XT26-0001234-K:02"
    in_decimal = "".join(str(int(digit, 16)) for digit in b"TM1:123:XT26-0001234-K".hex())
    assert int(in_decimal + "02") % 97 == 1


@given(st.integers(1, 10**14), st.text(max_size=20).map(str.strip))
def test_reading_a_label_undoes_writing_it(weapon_number: int, number: str) -> None:
    assert parse_label(label_payload(WeaponId(weapon_number), number)) == Scanned(WeaponId(weapon_number), number)


@given(st.data())
def test_a_wrong_digit_is_found(data: st.DataObject) -> None:
    payload = label_payload(WeaponId(123), "XT26-0001234-K")
    place = data.draw(st.sampled_from([at for at, each in enumerate(payload[4:], 4) if each.isdigit()]))
    other = data.draw(st.sampled_from("0123456789").filter(lambda digit: digit != payload[place]))
    with pytest.raises(LabelUnreadable, match="was misread: scan or type it again"):
        parse_label(payload[:place] + other + payload[place + 1 :])


@pytest.mark.parametrize("strange", ["", "TM1", "TM1:1", "TM2:1:X:00", "https://example.org/1:2:3:4", "1:2:3:4"])
def test_another_text_is_no_label(strange: str) -> None:
    with pytest.raises(LabelUnreadable, match="is no label: scan one that reads TM1:<weapon>:<number>:<check>"):
        parse_label(strange)


def test_a_payload_without_a_weapon_is_refused() -> None:
    with pytest.raises(LabelUnreadable, match="names no weapon"):
        parse_label(label_payload(WeaponId(0), "X"))


def test_a_tag_says_where_the_material_is_unknown_and_knows_the_weapon_by_its_serial() -> None:
    bare = weapon(FULL, circumstance=Circumstance.IMPORT, components=())
    plan = plan_marks([LotWeapon(WeaponId(7), bare)], state="XU", year=2026)
    [tag] = labels_of(plan, {WeaponId(7): bare})
    assert (tag.serials, tag.look, [each for each in tag.lines if each.field == "surface"]) == (("AB123",), True, [])
