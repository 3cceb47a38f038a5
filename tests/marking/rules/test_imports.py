from dataclasses import replace

from tests.marking.examples import FRAME, FULL, GOOD, IMPORT_MARK, ON_BARREL, codes, weapon
from tracemark.kernel import cite
from tracemark.marking import Circumstance, Grade, Mark, MarkKind, check_marked, grade_of
from tracemark.weapons import Part

BARE = Mark(MarkKind.MANUFACTURE, "123", component=FRAME, part=Part.FRAME, serial="123", qualities=GOOD)


def test_iti_8b_import_mark_present() -> None:
    assert check_marked(weapon(FULL, ON_BARREL, IMPORT_MARK, circumstance=Circumstance.IMPORT, state="XU")) == []


def test_iti_8b_and_fp_8_1_b_import_mark_missing() -> None:
    found = check_marked(weapon(FULL, ON_BARREL, circumstance=Circumstance.IMPORT, state="XU"))
    assert [(each.code, each.source) for each in found] == [
        ("marking.import_mark_missing", cite("ITI 8(b)")),
        ("marking.protocol_import_mark_missing", cite("FP 8(1)(b)")),
    ]
    assert found[0].facts == {"state": "XU", "imported_before_into": []}


def test_iti_8b_import_mark_of_another_state_does_not_count() -> None:
    earlier = replace(IMPORT_MARK, state="XV")
    found = check_marked(weapon(FULL, ON_BARREL, earlier, circumstance=Circumstance.IMPORT, state="XU"))
    assert codes(found) == ["marking.import_mark_missing", "marking.protocol_import_mark_missing"]
    assert found[0].facts == {"state": "XU", "imported_before_into": ["XV"]}
    assert check_marked(weapon(FULL, ON_BARREL, earlier, circumstance=Circumstance.IMPORT)) == []


def test_iti_8b_year_is_asked_where_possible() -> None:
    no_year = replace(IMPORT_MARK, year=None)
    found = check_marked(weapon(FULL, ON_BARREL, no_year, circumstance=Circumstance.IMPORT))
    assert codes(found) == ["marking.import_year_missing", "marking.protocol_import_year_missing"]
    assert {grade_of(each.code) for each in found} == {Grade.ENCOURAGED}


def test_iti_8b_unique_mark_where_the_weapon_has_none() -> None:
    found = check_marked(weapon(BARE, ON_BARREL, IMPORT_MARK, circumstance=Circumstance.IMPORT))
    assert codes(found) == ["marking.import_not_unique", "marking.protocol_import_not_unique"]
    numbered = replace(IMPORT_MARK, serial="XU26-0000001")
    assert check_marked(weapon(BARE, ON_BARREL, numbered, circumstance=Circumstance.IMPORT)) == []


def test_iti_8b_temporary_import_is_exempt() -> None:
    assert check_marked(weapon(FULL, ON_BARREL, circumstance=Circumstance.TEMPORARY_IMPORT)) == []


def test_iti_8b_museum_artefact_is_exempt_but_fp_8_1_b_is_not() -> None:
    found = check_marked(weapon(FULL, ON_BARREL, circumstance=Circumstance.MUSEUM_IMPORT))
    assert [(each.code, each.source) for each in found] == [
        ("marking.protocol_import_mark_missing", cite("FP 8(1)(b)"))
    ]
