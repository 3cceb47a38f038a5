from dataclasses import replace

import pytest

from tests.marking.examples import BARREL, FRAME, FULL, GOOD, ON_BARREL, codes, weapon
from tracemark.kernel import cite
from tracemark.marking import Circumstance, Grade, Mark, MarkKind, Method, check_marked, grade_of
from tracemark.weapons import Part


@pytest.mark.parametrize(
    ("field", "code"),
    [("maker", "marking.maker_missing"), ("state", "marking.country_missing"), ("serial", "marking.serial_missing")],
)
def test_iti_8a_required_element_missing(field: str, code: str) -> None:
    found = check_marked(weapon(replace(FULL, **{field: ""}), ON_BARREL))  # type: ignore[arg-type]
    assert codes(found) == [code, "marking.protocol_mark_incomplete"]
    assert [each.source for each in found] == [cite("ITI 8(a)"), cite("FP 8(1)(a)")]
    assert found[1].facts == {"missing": [field]}


@pytest.mark.parametrize(
    ("field", "code"),
    [("year", "marking.year_missing"), ("model", "marking.model_missing"), ("calibre", "marking.calibre_missing")],
)
def test_iti_8a_encouraged_element_missing_is_advice(field: str, code: str) -> None:
    found = check_marked(weapon(replace(FULL, **{field: None}), ON_BARREL))  # type: ignore[arg-type]
    assert codes(found) == [code]
    assert grade_of(code) is Grade.ENCOURAGED


def test_iti_8a_elements_may_stand_in_several_marks_on_one_component() -> None:
    roll = replace(FULL, serial="", text="MADE IN XT EXEMPLAR M1 2019 9x19")
    number = Mark(MarkKind.MANUFACTURE, "AB123", component=FRAME, part=Part.FRAME, serial="AB123", qualities=GOOD)
    assert check_marked(weapon(roll, number, ON_BARREL)) == []


def test_iti_8a_elements_divided_over_components() -> None:
    roll = replace(FULL, serial="", component=BARREL, part=Part.BARREL)
    number = Mark(MarkKind.MANUFACTURE, "AB123", component=FRAME, part=Part.FRAME, serial="AB123", qualities=GOOD)
    assert codes(check_marked(weapon(roll, number))) == ["marking.mark_divided"]


def test_iti_8a_alternative_scheme_of_symbols_and_code() -> None:
    scheme = replace(FULL, text="△ 66 1234567", maker="", serial="1234567")
    assert codes(check_marked(weapon(scheme, ON_BARREL))) == []
    without_symbol = replace(scheme, text="66 1234567")
    assert codes(check_marked(weapon(without_symbol, ON_BARREL))) == [
        "marking.maker_missing",
        "marking.protocol_mark_incomplete",
    ]


def test_iti_8a_is_asked_at_manufacture_only() -> None:
    bare = replace(FULL, maker="", year=None)
    assert codes(check_marked(weapon(bare, ON_BARREL, circumstance=Circumstance.STATE_STOCK))) == []


def test_iti_8e_and_fp_8_2_advise_against_marks_easily_removed() -> None:
    painted = replace(FULL, method=Method.PAINTED)
    found = check_marked(weapon(painted, Mark(MarkKind.PROOF, part=Part.BARREL)))
    assert [(each.code, each.source) for each in found] == [
        ("marking.easily_removed", cite("ITI 8(e)")),
        ("marking.protocol_easily_removed", cite("FP 8(2)")),
    ]
    assert {grade_of(each.code) for each in found} == {Grade.ENCOURAGED}
    assert check_marked(weapon(painted, replace(ON_BARREL, method=Method.STAMPED))) == []


def test_fp_8_1_a_unmarked_weapon_lacks_everything() -> None:
    found = check_marked(weapon(ON_BARREL))
    assert codes(found)[:4] == [
        "marking.maker_missing",
        "marking.country_missing",
        "marking.serial_missing",
        "marking.protocol_mark_incomplete",
    ]
    assert found[3].facts == {"missing": ["maker", "state", "serial"]}
