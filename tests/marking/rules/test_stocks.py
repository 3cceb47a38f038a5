from dataclasses import replace

from tests.marking.examples import FULL, GOOD, ON_BARREL, codes, weapon
from tracemark.kernel import cite
from tracemark.marking import Circumstance, Grade, Mark, MarkKind, check_marked, grade_of
from tracemark.weapons import Part

STOCK_MARK = Mark(MarkKind.TRANSFER, "XT", part=Part.FRAME, state="XT", qualities=GOOD)
BARREL_PROOF = Mark(MarkKind.PROOF, part=Part.BARREL)


def test_iti_8c_release_of_what_cannot_be_traced_needs_the_country() -> None:
    found = check_marked(weapon(BARREL_PROOF, circumstance=Circumstance.RELEASE, state="XT"))
    assert [(each.code, each.source) for each in found] == [
        ("marking.stock_country_missing", cite("ITI 8(c)")),
        ("marking.protocol_stock_mark_missing", cite("FP 8(1)(c)")),
    ]
    assert found[0].facts == {"state": "XT"}


def test_iti_8c_a_traceable_weapon_needs_no_more_but_fp_8_1_c_does() -> None:
    found = check_marked(weapon(FULL, ON_BARREL, circumstance=Circumstance.RELEASE, state="XT"))
    assert codes(found) == ["marking.protocol_stock_mark_missing"]
    assert found[0].facts == {"state": "XT", "names_country": False, "unique": True}
    assert check_marked(weapon(FULL, ON_BARREL, STOCK_MARK, circumstance=Circumstance.RELEASE, state="XT")) == []


def test_fp_8_1_c_another_country_s_stock_mark_does_not_count() -> None:
    found = check_marked(weapon(FULL, ON_BARREL, STOCK_MARK, circumstance=Circumstance.RELEASE, state="XU"))
    assert codes(found) == ["marking.protocol_stock_mark_missing"]


def test_fp_8_1_c_a_stock_mark_without_a_unique_number_is_not_enough() -> None:
    found = check_marked(weapon(STOCK_MARK, BARREL_PROOF, circumstance=Circumstance.RELEASE, state="XT"))
    assert codes(found) == ["marking.protocol_stock_mark_missing"]
    assert found[0].facts == {"state": "XT", "names_country": True, "unique": False}


def test_iti_8d_state_arms_need_less_than_8a() -> None:
    own = Mark(MarkKind.STATE, "ARMY 0012", part=Part.FRAME, serial="0012", qualities=GOOD)
    assert check_marked(weapon(own, BARREL_PROOF, circumstance=Circumstance.STATE_STOCK)) == []
    rack = Mark(MarkKind.UNIT, "12", serial="12")
    found = check_marked(weapon(rack, BARREL_PROOF, circumstance=Circumstance.STATE_STOCK))
    assert [(each.code, each.source) for each in found] == [("marking.state_arm_unmarked", cite("ITI 8(d)"))]


def test_iti_9_recovered_arm_that_is_kept_is_uniquely_marked() -> None:
    found = check_marked(weapon(BARREL_PROOF, circumstance=Circumstance.RECOVERED))
    assert [(each.code, each.source) for each in found] == [
        ("marking.recovered_arm_unmarked", cite("ITI 9")),
        ("marking.protocol_recovered_arm_unmarked", cite("FP 6(2)")),
    ]
    numbered = replace(STOCK_MARK, kind=MarkKind.RECOVERY, serial="XT26-0000001")
    assert check_marked(weapon(numbered, BARREL_PROOF, circumstance=Circumstance.RECOVERED)) == []


def test_fp_9c_stamp_of_deactivation_is_advice() -> None:
    found = check_marked(weapon(FULL, ON_BARREL, circumstance=Circumstance.DEACTIVATED))
    assert [(each.code, each.source) for each in found] == [("marking.deactivation_mark_missing", cite("FP 9(c)"))]
    assert grade_of("marking.deactivation_mark_missing") is Grade.ENCOURAGED
    stamp = Mark(MarkKind.DEACTIVATION, "XT26", state="XT")
    assert check_marked(weapon(FULL, ON_BARREL, stamp, circumstance=Circumstance.DEACTIVATED)) == []
