from dataclasses import replace

from tests.marking.examples import BARREL, FRAME, FULL, IMPORT_MARK, STEEL_PARTS, weapon
from tracemark.marking import Mark, MarkKind, uniquely_marked
from tracemark.weapons import Component, ComponentId, Part


def test_control_component_comes_before_other_essential_parts() -> None:
    upper = Component(ComponentId(300), Part.UPPER_RECEIVER)
    lower = Component(ComponentId(301), Part.LOWER_RECEIVER, control=True)
    assert weapon(components=(upper, lower)).control == lower
    assert weapon(components=(STEEL_PARTS[1], upper)).control == upper
    assert weapon(components=(STEEL_PARTS[1],)).control is None


def test_a_mark_finds_its_component_by_identity_or_as_the_only_such_part() -> None:
    marked = weapon()
    assert marked.component_of(Mark(MarkKind.PROOF, component=BARREL)) == STEEL_PARTS[1]
    assert marked.component_of(Mark(MarkKind.PROOF, part=Part.FRAME)) == STEEL_PARTS[0]
    assert marked.component_of(Mark(MarkKind.PROOF)) is None
    two = weapon(components=(Component(ComponentId(1), Part.BARREL), Component(ComponentId(2), Part.BARREL)))
    assert two.component_of(Mark(MarkKind.PROOF, part=Part.BARREL)) is None
    assert two.part_of(Mark(MarkKind.PROOF, part=Part.BARREL)) is Part.BARREL


def test_unique_is_a_serial_with_its_maker_or_country_on_one_component() -> None:
    assert uniquely_marked(weapon(FULL))
    assert uniquely_marked(weapon(replace(FULL, maker=""))) is True
    assert uniquely_marked(weapon(replace(FULL, maker="", state=""))) is False
    maker_on_barrel = Mark(MarkKind.MANUFACTURE, component=BARREL, maker="EXEMPLAR")
    assert (
        uniquely_marked(weapon(Mark(MarkKind.MANUFACTURE, component=FRAME, serial="AB123"), maker_on_barrel)) is False
    )


def test_an_import_mark_beside_a_bare_number_does_not_make_it_unique() -> None:
    bare = Mark(MarkKind.MANUFACTURE, component=FRAME, serial="123")
    assert uniquely_marked(weapon(bare, IMPORT_MARK)) is False
    assert uniquely_marked(weapon(bare, replace(IMPORT_MARK, serial="XU26-0000001")))


def test_rack_and_part_numbers_are_not_unique() -> None:
    for kind in (MarkKind.UNIT, MarkKind.COMPONENT, MarkKind.PROOF, MarkKind.LOGO, MarkKind.OTHER):
        assert uniquely_marked(weapon(Mark(kind, serial="12", maker="EXEMPLAR", state="XT"))) is False
