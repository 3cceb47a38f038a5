from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from tests.marking.examples import (
    DESCRIPTION,
    FRAME,
    FULL,
    IMPORT_MARK,
    SLIDE,
    codes,
    weapon,
    with_plate,
)
from tracemark import instruments
from tracemark.marking import (
    MM_PER_INCH,
    Circumstance,
    Criterion,
    Grade,
    Mark,
    Marked,
    Method,
    Requirement,
    Surface,
    check_profile,
    least_mm,
    profile_of,
    shipped_profile,
    shipped_profiles,
)
from tracemark.weapons import Component, ComponentId, Part

EU, US = shipped_profile("eu"), shipped_profile("us")
MEASURED = replace(FULL, depth_mm=Decimal("0.0762"), height_mm=Decimal("1.6"))


def test_eu_and_us_pass_a_good_mark() -> None:
    assert check_profile(EU, weapon(MEASURED)) == []
    assert check_profile(US, weapon(MEASURED)) == []


def test_us_478_92_measures_are_exact_in_millimetres() -> None:
    least = {each.criterion: each.least_mm for each in US.requirements if each.least_mm}
    assert least == {Criterion.MIN_HEIGHT_MM: Decimal("1.5875"), Criterion.MIN_DEPTH_MM: Decimal("0.0762")}
    assert Decimal("0.003") * MM_PER_INCH == Decimal("0.0762")


def test_a_depth_of_0_0762_mm_passes_both() -> None:
    marked = weapon(replace(MEASURED, depth_mm=Decimal("0.003") * MM_PER_INCH))
    assert (check_profile(EU, marked), check_profile(US, marked)) == ([], [])
    shallow = weapon(replace(MEASURED, depth_mm=Decimal("0.0761")))
    assert codes(check_profile(EU, shallow)) == ["marking.eu_depth_too_small"]
    assert codes(check_profile(US, shallow)) == ["marking.us_depth_too_small"]


def test_the_least_us_height_fails_eu_by_0_0125_mm() -> None:
    marked = weapon(replace(MEASURED, height_mm=Decimal("1.5875")))
    assert check_profile(US, marked) == []
    (finding,) = check_profile(EU, marked)
    assert (finding.code, str(finding.source)) == ("marking.eu_height_too_small", "EU/2019/68 annex-1")
    assert (finding.facts["required_mm"], finding.facts["measured_mm"]) == ("1.6", ["1.5875"])
    assert Decimal("1.6") - Decimal("1.5875") == Decimal("0.0125")


def test_eu_2024_325_depth_is_silent_before_its_day() -> None:
    shallow = replace(MEASURED, depth_mm=Decimal("0.01"))
    assert check_profile(EU, weapon(shallow, on=date(2025, 7, 22))) == []
    assert codes(check_profile(EU, weapon(shallow, on=date(2025, 7, 23)))) == ["marking.eu_depth_too_small"]
    assert check_profile(EU, weapon(shallow), on=date(2025, 7, 22)) == []


def test_us_478_92_depth_is_silent_before_30_january_2002() -> None:
    small = replace(MEASURED, depth_mm=Decimal("0.01"), height_mm=Decimal("1.5"))
    assert check_profile(US, weapon(small, on=date(2002, 1, 29))) == []
    found = check_profile(US, weapon(small, on=date(2002, 1, 30)))
    assert sorted(codes(found)) == ["marking.us_depth_too_small", "marking.us_height_too_small"]
    assert {str(each.source) for each in found} == {"US/27CFR 478.92(a)(1)(i)"}
    later = check_profile(US, weapon(small, on=date(2022, 8, 24)))
    assert {str(each.source) for each in later} == {"US/27CFR 478.92(a)(1)(v)"}


def test_what_was_not_measured_is_no_breach() -> None:
    found = check_profile(EU, weapon(FULL))
    assert codes(found) == ["marking.height_not_measured", "marking.depth_not_measured"]
    assert {EU.grade_of(each.code) for each in found} == {Grade.NOT_ASSESSED}
    assert found[0].facts["requirement"] == "marking.eu_height_too_small"


def test_eu_annex_1_smaller_characters_on_components_too_small() -> None:
    bolt = Component(ComponentId(270), Part.BOLT)
    small = replace(MEASURED, component=bolt.id, part=Part.BOLT, height_mm=Decimal("0.8"))
    parts = (*weapon().components, bolt)
    assert check_profile(EU, weapon(MEASURED, small, components=parts)) == []


def test_eu_annex_2_metal_plate_in_a_frame_not_of_metal() -> None:
    in_polymer = replace(MEASURED, surface=Surface.POLYMER)
    parts = with_plate(seen=True)
    assert codes(check_profile(EU, weapon(in_polymer, components=parts))) == ["marking.eu_plate_missing"]
    on_plate = replace(MEASURED, surface=Surface.EMBEDDED_PLATE)
    assert check_profile(EU, weapon(on_plate, components=parts)) == []
    unseen = replace(MEASURED, surface=Surface.UNKNOWN)
    assert codes(check_profile(EU, weapon(unseen, components=with_plate(None)))) == ["marking.plate_not_assessed"]
    assert codes(check_profile(EU, weapon(unseen, components=with_plate(seen=False)))) == ["marking.eu_plate_missing"]


def test_eu_annex_2_a_state_may_allow_another_method() -> None:
    text = """
        [[requirement]]
        code = "marking.xt_plate_missing"
        citation = "EU/2019/68 annex-2"
        criterion = "metal_plate"
        methods = ["laser"]
        circumstances = ["manufacture"]
        confidence = "read"
    """
    in_polymer = weapon(
        replace(MEASURED, surface=Surface.POLYMER, method=Method.LASER), components=with_plate(seen=False)
    )
    assert check_profile(profile_of(text, "xt"), in_polymer) == []
    assert codes(check_profile(EU, in_polymer)) == ["marking.eu_plate_missing"]


@pytest.mark.parametrize("text", ["АК-74 1986 № 12345", "ΕΛΛΑΣ 77", "M1 Ⅳ 12"])
def test_eu_annex_3_and_4_allowed_scripts_and_numerals(text: str) -> None:
    assert check_profile(EU, weapon(replace(MEASURED, text=text))) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("صنع ١٢٣", {"marking.eu_script_not_allowed": ["arabic"], "marking.eu_numerals_not_allowed": ["arabic_indic"]}),
        ("五六式 123", {"marking.eu_script_not_allowed": ["han"], "marking.eu_numerals_not_allowed": ["han"]}),
    ],
)
def test_eu_annex_3_and_4_other_scripts_and_numerals(text: str, found: dict[str, list[str]]) -> None:
    shortfall = check_profile(EU, weapon(replace(MEASURED, text=text)))
    assert {each.code: each.facts["found"] for each in shortfall} == found


def test_eu_2021_555_article_4_contents() -> None:
    found = check_profile(EU, weapon(replace(MEASURED, maker="", year=None, model="")))
    assert codes(found) == ["marking.eu_mark_incomplete", "marking.eu_year_missing", "marking.eu_model_missing"]
    assert [EU.grade_of(each.code) for each in found] == [Grade.REQUIRED, Grade.ENCOURAGED, Grade.ENCOURAGED]
    nameless = Marked(replace(DESCRIPTION, model=""), weapon().components, (replace(MEASURED, model=""),), *_made())
    assert check_profile(EU, nameless) == []


def test_us_478_92_serial_stands_on_frame_or_receiver() -> None:
    elsewhere = replace(MEASURED, component=SLIDE, part=Part.SLIDE)
    components = with_plate(seen=True)
    assert codes(check_profile(US, weapon(elsewhere, components=components))) == [
        "marking.us_serial_missing",
        "marking.us_maker_missing",
    ]


def test_us_478_92_a_part_nobody_recorded_is_no_breach() -> None:
    nowhere = replace(MEASURED, component=ComponentId(0), part=None)
    found = check_profile(US, weapon(nowhere))
    assert set(codes(found)) == {"marking.component_not_recorded"}
    assert {US.grade_of(each.code) for each in found} == {Grade.NOT_ASSESSED}


def test_us_478_92_country_of_making_on_imports_only() -> None:
    no_country = replace(MEASURED, state="")
    assert check_profile(US, weapon(no_country)) == []
    small = replace(IMPORT_MARK, depth_mm=Decimal("0.1"))
    assert codes(check_profile(US, weapon(no_country, small, circumstance=Circumstance.IMPORT))) == [
        "marking.us_country_missing"
    ]


def test_us_478_92_height_is_that_of_serial_and_licence_number() -> None:
    tiny = replace(IMPORT_MARK, height_mm=Decimal("0.5"), depth_mm=Decimal("0.1"))
    assert check_profile(US, weapon(MEASURED, tiny, circumstance=Circumstance.IMPORT)) == []


def test_component_criterion() -> None:
    text = """
        [[requirement]]
        code = "marking.xt_not_on_receiver"
        citation = "ITI 10"
        criterion = "component"
        saying = "serial"
        parts = ["receiver"]
        circumstances = ["manufacture"]
        confidence = "read"
    """
    profile = profile_of(text, "xt")
    assert codes(check_profile(profile, weapon(MEASURED))) == ["marking.xt_not_on_receiver"]
    nowhere = Mark(MEASURED.kind, serial="1")
    assert codes(check_profile(profile, weapon(MEASURED, nowhere))) == ["marking.component_not_recorded"]
    assert check_profile(profile, weapon(replace(MEASURED, component=ComponentId(0), part=Part.RECEIVER))) == []
    assert check_profile(profile, weapon()) == []


def test_a_planned_mark_s_least_size() -> None:
    planned = Mark(IMPORT_MARK.kind, "XU26-0000001", component=FRAME, serial="XU26-0000001", state="XU")
    marked = weapon(circumstance=Circumstance.IMPORT)
    assert least_mm(EU, Criterion.MIN_HEIGHT_MM, marked, planned) == Decimal("1.6")
    assert least_mm(US, Criterion.MIN_HEIGHT_MM, marked, planned) == Decimal("1.5875")
    assert least_mm(US, Criterion.MIN_HEIGHT_MM, marked, replace(planned, serial="")) is None
    assert least_mm(EU, Criterion.MIN_DEPTH_MM, weapon(circumstance=Circumstance.RECOVERED), planned) is None
    before = weapon(circumstance=Circumstance.IMPORT, on=date(2024, 1, 1))
    assert least_mm(EU, Criterion.MIN_DEPTH_MM, before, planned) is None


@pytest.mark.parametrize(
    "requirement",
    [each for profile in shipped_profiles().values() for each in profile.requirements],
    ids=lambda each: f"{each.code}-{each.first_on}",
)
def test_each_requirement_cites_a_paragraph_that_held_to_its_end(requirement: Requirement) -> None:
    assert instruments.paragraph(requirement.source, requirement.last_on).citation == requirement.source


def _made() -> tuple[Circumstance, date]:
    return Circumstance.MANUFACTURE, date(2026, 3, 1)
