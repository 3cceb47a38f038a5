from dataclasses import replace

import pytest

from tracemark.kernel import Finding, cite, findings
from tracemark.weapons import (
    ASSEMBLY_RULES,
    Assembly,
    Component,
    Description,
    Material,
    Origin,
    Part,
    UnmarkedReason,
    WeaponId,
    absence_of_marks_explained,
    assembly,
    calibre_in_configuration,
    catalogue,
    component_id,
    control_component_named,
    control_part_as_published,
    one_control_component,
    parts_belong_to_kind,
    plate_looked_for,
    polymer_bears_plate,
)

WEAPON = WeaponId(7)


def _component(number: int, part: Part, *, control: bool = False) -> Component:
    return Component(component_id(WEAPON, number), part, control)


FRAME = replace(_component(1, Part.FRAME, control=True), material=Material.POLYMER, metal_plate=True)
SLIDE = _component(2, Part.SLIDE)
BARREL = _component(3, Part.BARREL)


def _glock(*components: Component) -> Assembly:
    return assembly(WEAPON, Description(model="glock/19", calibre="9x19"), components, catalogue())


def _ar15(*components: Component, calibre: str = "5_56x45") -> Assembly:
    return assembly(WEAPON, Description(model="bushmaster/xm15_e2s", calibre=calibre), components, catalogue())


def test_a_pistol_as_it_left_the_factory_falls_short_of_nothing() -> None:
    assert findings(ASSEMBLY_RULES, _glock(FRAME, SLIDE, BARREL)) == []


def test_iti_10_control_component_named() -> None:
    assert control_component_named(_glock(SLIDE, BARREL)) == [
        Finding("weapons.no_control_component", cite("ITI 10"), {"components": 2})
    ]
    assert control_component_named(_glock())[0].facts == {"components": 0}
    assert control_component_named(_glock(FRAME)) == []


def test_mosaic_05_30_one_control_component() -> None:
    second = replace(SLIDE, control=True)
    assert one_control_component(_glock(FRAME, second)) == [
        Finding("weapons.several_control_components", cite("MOSAIC 05.30"), {"parts": ["frame", "slide"]})
    ]
    assert one_control_component(_glock(FRAME, SLIDE)) == []


def test_fp_3b_parts_belong_to_kind() -> None:
    tube = _component(4, Part.LAUNCH_TUBE)
    assert parts_belong_to_kind(_glock(FRAME, tube)) == [
        Finding("weapons.part_not_of_kind", cite("FP 3(b)"), {"kind": "pistol", "parts": ["launch_tube"]})
    ]
    unknown = assembly(WEAPON, Description(), (FRAME, tube), catalogue())
    anything = assembly(WEAPON, Description(kind="other_light_weapon"), (FRAME, tube), catalogue())
    assert parts_belong_to_kind(unknown) == parts_belong_to_kind(anything) == []


def test_bms7_iti_1_control_part_as_published() -> None:
    upper = _component(1, Part.UPPER_RECEIVER, control=True)
    lower = _component(1, Part.LOWER_RECEIVER, control=True)
    facts = {"part": "upper_receiver", "expected": "lower_receiver", "of": "bushmaster/xm15_e2s"}
    assert control_part_as_published(_ar15(upper)) == [
        Finding("weapons.control_part_unexpected", cite("BMS7 ITI.1"), facts)
    ]
    assert control_part_as_published(_ar15(lower)) == []


def test_bms7_iti_1_control_part_of_an_unknown_model_is_that_of_its_kind() -> None:
    revolver = assembly(WEAPON, Description(kind="revolver"), (replace(BARREL, control=True),), catalogue())
    assert control_part_as_published(revolver)[0].facts == {"part": "barrel", "expected": "frame", "of": "revolver"}
    assert control_part_as_published(replace(revolver, kind=None)) == []


def test_bms7_iti_1_calibre_in_configuration() -> None:
    facts = {
        "model": "bushmaster/xm15_e2s",
        "calibre": "7_62x39",
        "configurations": ["223_remington", "5_56x45"],
    }
    assert calibre_in_configuration(_ar15(calibre="7_62x39")) == [
        Finding("weapons.calibre_not_in_configuration", cite("BMS7 ITI.1"), facts)
    ]
    assert calibre_in_configuration(_ar15(calibre="5_56x45")) == []
    assert calibre_in_configuration(_ar15(calibre="")) == []


def test_bms7_iti_1_calibre_of_a_model_that_is_not_modular_is_not_judged() -> None:
    assert (
        calibre_in_configuration(assembly(WEAPON, Description(model="glock/19", calibre="9x21"), (FRAME,), catalogue()))
        == []
    )


def test_eu_2019_68_annex_1_polymer_bears_plate() -> None:
    bare = replace(FRAME, metal_plate=False)
    assert polymer_bears_plate(_glock(bare)) == [
        Finding("weapons.polymer_without_plate", cite("EU/2019/68 annex-1"), {"parts": ["frame"]})
    ]
    assert polymer_bears_plate(_glock(replace(bare, material=Material.ALLOY))) == []
    assert polymer_bears_plate(_glock(FRAME)) == []


def test_mosaic_05_30_plate_looked_for() -> None:
    unseen = replace(FRAME, metal_plate=None)
    assert polymer_bears_plate(_glock(unseen)) == []
    assert plate_looked_for(_glock(unseen)) == [
        Finding("weapons.plate_not_looked_for", cite("MOSAIC 05.30"), {"parts": ["frame"]})
    ]
    grip = replace(_component(5, Part.OTHER), material=Material.POLYMER)
    assert plate_looked_for(_glock(FRAME, grip)) == []


@pytest.mark.parametrize("origin", [Origin.CRAFT, Origin.HOME_MADE, Origin.PRINTED])
def test_fp_3d_absence_of_marks_explained(origin: Origin) -> None:
    bare = Description(origin=origin)
    for given in ("", "because"):
        found = absence_of_marks_explained(replace(bare, unmarked_because=given))
        facts = {"origin": origin.value, "given": given, "reasons": [reason.value for reason in UnmarkedReason]}
        assert found == [Finding("weapons.unmarked_without_reason", cite("FP 3(d)"), facts)]
    assert absence_of_marks_explained(replace(bare, unmarked_because=UnmarkedReason.NEVER_MARKED)) == []


def test_fp_3d_an_industrial_weapon_is_for_the_rules_of_marking() -> None:
    assert absence_of_marks_explained(Description(origin=Origin.INDUSTRIAL)) == []
