from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from tests.marking.examples import (
    BARREL,
    DESCRIPTION,
    FRAME,
    FULL,
    GOOD,
    IMPORT_MARK,
    ON_BARREL,
    POLYMER_PARTS,
    SLIDE,
    STEEL_PARTS,
    codes,
    weapon,
    with_plate,
)
from tracemark.kernel import cite
from tracemark.marking import (
    DEFAULT_INSTRUMENTS,
    Circumstance,
    Grade,
    LotWeapon,
    Mark,
    Marked,
    MarkKind,
    MarkToMake,
    Method,
    NumbersRefused,
    PlanLine,
    Surface,
    check_marked,
    grade_of,
    numbers_needed,
    plan_marks,
    shipped_profile,
)
from tracemark.weapons import Material, Part, WeaponId

BARE = Mark(MarkKind.MANUFACTURE, "123", component=FRAME, part=Part.FRAME, serial="123", qualities=GOOD)
PARTY = DEFAULT_INSTRUMENTS | {"FP"}
NUMBER = "XU26-0000001"


def planned(marked: Marked, *numbers: str, **options: object) -> PlanLine:
    lot = [LotWeapon(WeaponId(7), marked)]
    plan = plan_marks(lot, state="XU", year=2026, numbers=numbers, **options)  # type: ignore[arg-type]
    return plan.lines[0]


def test_iti_8b_import_mark_is_state_and_year_beside_the_existing_marks() -> None:
    line = planned(weapon(FULL, ON_BARREL, circumstance=Circumstance.IMPORT), profile=shipped_profile("eu"))
    mark = Mark(
        MarkKind.IMPORT,
        "XU26",
        component=FRAME,
        part=Part.FRAME,
        place="beside_existing",
        method=Method.LASER,
        surface=Surface.METAL,
        state="XU",
        year=2026,
    )
    reasons = ("marking.import_mark_missing",)
    assert line.marks == (MarkToMake(mark, Decimal("0.0762"), Decimal("1.6"), reasons),)
    assert codes(line.findings) == [
        "marking.import_mark_missing",
        "marking.height_not_measured",
        "marking.depth_not_measured",
    ]


def test_iti_8b_unique_number_where_the_weapon_has_none() -> None:
    marked = weapon(BARE, ON_BARREL, circumstance=Circumstance.IMPORT)
    (make,) = planned(marked, NUMBER).marks
    assert (make.mark.text, make.mark.serial) == (NUMBER, NUMBER)
    assert make.reasons == ("marking.import_mark_missing", "marking.import_not_unique")
    (other,) = planned(marked, "0000001").marks
    assert (other.mark.text, other.mark.serial) == ("XU26 0000001", "0000001")


def test_numbers_are_counted_before_the_plan_and_given_in_order() -> None:
    lot = [
        LotWeapon(WeaponId(1), weapon(BARE, circumstance=Circumstance.IMPORT)),
        LotWeapon(WeaponId(2), weapon(FULL, circumstance=Circumstance.IMPORT)),
        LotWeapon(WeaponId(3), weapon(circumstance=Circumstance.IMPORT)),
        LotWeapon(WeaponId(4), weapon(FULL, IMPORT_MARK, circumstance=Circumstance.IMPORT)),
        LotWeapon(WeaponId(5), weapon(circumstance=Circumstance.TEMPORARY_IMPORT)),
    ]
    assert numbers_needed(lot, state="XU") == 2
    plan = plan_marks(lot, state="XU", year=2026, numbers=("XU26-1", "XU26-2", "XU26-3"))
    assert [[make.mark.serial for make in line.marks] for line in plan.lines] == [["XU26-1"], [""], ["XU26-2"], [], []]
    assert ([line.weapon for line in plan.lines], plan.marks_to_make) == ([1, 2, 3, 4, 5], 3)
    with pytest.raises(NumbersRefused) as refused:
        plan_marks(lot, state="XU", year=2026, numbers=("XU26-1",))
    (finding,) = refused.value.findings
    assert (finding.code, finding.facts) == ("marking.numbers_too_few", {"needed": 2, "given": 1})


def test_a_mark_of_another_state_s_import_does_not_count() -> None:
    lot = [LotWeapon(WeaponId(1), weapon(BARE, IMPORT_MARK, circumstance=Circumstance.IMPORT))]
    assert (numbers_needed(lot, state="XU"), numbers_needed(lot, state="XV")) == (1, 1)
    marked = weapon(FULL, replace(IMPORT_MARK, state="XV"), circumstance=Circumstance.IMPORT)
    assert [make.mark.text for make in planned(marked).marks] == ["XU26"]


def test_iti_8b_museum_artefact_is_spared_unless_the_state_is_party_to_the_protocol() -> None:
    marked = weapon(FULL, ON_BARREL, circumstance=Circumstance.MUSEUM_IMPORT)
    assert planned(marked) == PlanLine(WeaponId(7), (), ())
    (make,) = planned(marked, instruments=PARTY).marks
    assert (make.mark.text, make.reasons) == ("XU26", ("marking.protocol_import_mark_missing",))


def test_mosaic_05_30_polymer_takes_the_mark_on_its_plate() -> None:
    (make,) = planned(weapon(FULL, circumstance=Circumstance.IMPORT, components=POLYMER_PARTS)).marks
    assert (make.mark.component, make.mark.place) == (FRAME, "on_plate")
    assert (make.mark.surface, make.mark.method) == (Surface.EMBEDDED_PLATE, Method.LASER)


@pytest.mark.parametrize(("seen", "room"), [(False, True), (None, True), (True, False)])
def test_mosaic_05_30_polymer_without_room_on_a_plate_takes_it_twice(seen: bool | None, room: bool) -> None:
    marked = weapon(FULL, circumstance=Circumstance.IMPORT, components=with_plate(seen))
    lot = [LotWeapon(WeaponId(7), marked, room_on_plate=room)]
    (line,) = plan_marks(lot, state="XU", year=2026).lines
    assert [(make.mark.component, make.mark.place, make.mark.surface, make.mark.text) for make in line.marks] == [
        (FRAME, "least_wear", Surface.POLYMER, "XU26"),
        (SLIDE, "second_metallic", Surface.METAL, "XU26"),
    ]


def test_mosaic_05_30_polymer_without_any_metallic_part_is_said() -> None:
    only_frame = (with_plate(seen=False)[0],)
    line = planned(weapon(FULL, circumstance=Circumstance.IMPORT, components=only_frame))
    assert [make.mark.place for make in line.marks] == ["least_wear"]
    last = line.findings[-1]
    assert (last.code, last.source) == ("marking.no_metallic_part", cite("MOSAIC 05.30(import-polymer)"))


def test_the_barrel_comes_before_the_slide_as_second_part() -> None:
    barrel = replace(STEEL_PARTS[1], material=Material.ALLOY)
    parts = (*with_plate(seen=False), barrel)
    line = planned(weapon(FULL, circumstance=Circumstance.IMPORT, components=parts))
    assert [make.mark.component for make in line.marks] == [FRAME, BARREL]


def test_iti_8a_manufacture_says_what_is_missing_in_the_recommended_order() -> None:
    (make,) = planned(weapon(), "AB124").marks
    assert make.mark.text == "XT EXEMPLAR 2026 M1 AB124 9x19"
    assert (make.mark.method, make.mark.place) == (Method.STAMPED, "open_surface")
    numbered = Mark(MarkKind.MANUFACTURE, "AB123", component=FRAME, part=Part.FRAME, serial="AB123", maker="EXEMPLAR")
    (rest,) = planned(weapon(numbered)).marks
    assert (rest.mark.text, rest.mark.serial, rest.reasons) == (
        "XT 2026 M1 9x19",
        "",
        ("marking.country_missing",),
    )


def test_iti_8a_a_divided_mark_is_completed_on_the_control_component() -> None:
    roll = replace(FULL, serial="", component=BARREL, part=Part.BARREL)
    number = replace(BARE, text="AB123", serial="AB123")
    (make,) = planned(weapon(roll, number)).marks
    assert (make.mark.component, make.mark.text) == (FRAME, "XT EXEMPLAR 2026 M1 9x19")


@pytest.mark.parametrize(
    ("circumstance", "kind"),
    [
        (Circumstance.RELEASE, MarkKind.TRANSFER),
        (Circumstance.STATE_STOCK, MarkKind.STATE),
        (Circumstance.RECOVERED, MarkKind.RECOVERY),
        (Circumstance.IMPORT, MarkKind.IMPORT),
    ],
)
def test_iti_8_and_9_a_weapon_without_number_gets_one(circumstance: Circumstance, kind: MarkKind) -> None:
    (make,) = planned(weapon(BARE, circumstance=circumstance), NUMBER).marks
    assert (make.mark.kind, make.mark.serial, make.mark.state) == (kind, NUMBER, "XU")


def test_fp_8_1_c_a_party_names_its_country_on_every_release() -> None:
    marked = weapon(FULL, ON_BARREL, circumstance=Circumstance.RELEASE)
    assert planned(marked).marks == ()
    (make,) = planned(marked, instruments=PARTY).marks
    assert (make.mark.kind, make.mark.text, make.mark.serial) == (MarkKind.TRANSFER, "XU26", "")


def test_fp_9c_deactivation_stamp_takes_no_number() -> None:
    (make,) = planned(weapon(circumstance=Circumstance.DEACTIVATED), instruments=PARTY).marks
    assert (make.mark.kind, make.mark.text, make.mark.serial) == (MarkKind.DEACTIVATION, "XU26", "")


def test_a_weapon_without_recorded_components_is_planned_all_the_same() -> None:
    (make,) = planned(weapon(FULL, circumstance=Circumstance.IMPORT, components=())).marks
    assert (make.mark.part, make.mark.place) == (None, "open_surface")


@pytest.mark.parametrize("circumstance", list(Circumstance))
@pytest.mark.parametrize("parts", [STEEL_PARTS, POLYMER_PARTS, with_plate(seen=False)])
@pytest.mark.parametrize("marks", [(), (FULL,), (BARE,), (replace(FULL, component=BARREL, part=Part.BARREL),)])
def test_once_stamped_as_planned_nothing_required_is_missing(
    circumstance: Circumstance, parts: tuple[object, ...], marks: tuple[Mark, ...]
) -> None:
    before = Marked(DESCRIPTION, parts, marks, circumstance, date(2026, 3, 1), "XU")  # type: ignore[arg-type]
    line = planned(before, NUMBER, instruments=PARTY)
    after = replace(before, marks=(*marks, *(replace(make.mark, qualities=GOOD) for make in line.marks)))
    left = [each.code for each in check_marked(after) if grade_of(each.code) is Grade.REQUIRED]
    assert set(left) <= {"marking.not_on_essential_component"}
    assert planned(after, NUMBER, instruments=PARTY).marks == ()
