from dataclasses import replace

from tests.marking.examples import BARREL, FULL, ON_BARREL, STEEL_PARTS, codes, weapon
from tracemark.kernel import cite
from tracemark.marking import Circumstance, Grade, check_marked, grade_of
from tracemark.weapons import Component, ComponentId, Part


def test_iti_10_unique_mark_on_an_essential_component() -> None:
    on_barrel = replace(FULL, component=BARREL, part=Part.BARREL)
    (finding,) = check_marked(weapon(on_barrel))
    assert (finding.code, finding.source) == ("marking.not_on_essential_component", cite("ITI 10"))
    assert finding.facts["parts"] == ["barrel"]
    assert check_marked(weapon(on_barrel, FULL)) == []


def test_iti_10_the_control_component_is_structural_whatever_its_name() -> None:
    block = Component(ComponentId(400), Part.OTHER, control=True)
    marked = weapon(replace(FULL, component=block.id, part=Part.OTHER), components=(block,))
    assert check_marked(marked) == []


def test_iti_10_component_nobody_recorded_is_a_lighter_finding() -> None:
    nowhere = replace(FULL, component=ComponentId(0), part=None)
    found = check_marked(weapon(nowhere, ON_BARREL))
    assert codes(found) == ["marking.component_not_recorded"]
    assert grade_of("marking.component_not_recorded") is Grade.NOT_ASSESSED


def test_iti_10_marks_on_barrel_slide_and_cylinder_are_encouraged() -> None:
    parts = (*STEEL_PARTS, Component(ComponentId(260), Part.SLIDE), Component(ComponentId(261), Part.SILENCER))
    (finding,) = check_marked(weapon(FULL, components=parts))
    assert (finding.code, finding.facts) == ("marking.other_parts_unmarked", {"parts": ["barrel", "slide"]})
    assert grade_of(finding.code) is Grade.ENCOURAGED


def test_iti_10_is_asked_in_every_circumstance() -> None:
    on_barrel = replace(FULL, component=BARREL, part=Part.BARREL)
    for circumstance in Circumstance:
        found = codes(check_marked(weapon(on_barrel, circumstance=circumstance)))
        assert found.count("marking.not_on_essential_component") == 1
