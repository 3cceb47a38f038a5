from dataclasses import replace

from tests.marking.examples import FULL, IMPORT_MARK, SLIDE, codes, weapon, with_plate
from tracemark.kernel import cite
from tracemark.marking import Circumstance, Grade, Mark, MarkKind, Surface, check_marked, grade_of
from tracemark.weapons import Part

ON_SLIDE = Mark(MarkKind.COMPONENT, "AB123", component=SLIDE, part=Part.SLIDE, serial="AB123")
IN_POLYMER = replace(IMPORT_MARK, surface=Surface.POLYMER)


def test_mosaic_05_30_polymer_frame_without_plate() -> None:
    found = check_marked(weapon(FULL, ON_SLIDE, components=with_plate(seen=False)))
    assert [(each.code, each.source) for each in found] == [("marking.polymer_without_plate", cite("MOSAIC 05.30"))]
    assert found[0].facts == {"part": "frame"}
    assert grade_of("marking.polymer_without_plate") is Grade.ENCOURAGED


def test_mosaic_05_30_plate_nobody_looked_for() -> None:
    assert codes(check_marked(weapon(FULL, ON_SLIDE, components=with_plate(None)))) == ["marking.plate_not_assessed"]


def test_mosaic_05_30_metal_frame_needs_no_plate() -> None:
    assert check_marked(weapon(FULL, replace(ON_SLIDE, part=Part.BARREL))) == []


def test_mosaic_05_30_import_mark_on_the_plate() -> None:
    on_plate = replace(IMPORT_MARK, surface=Surface.EMBEDDED_PLATE)
    parts = with_plate(seen=True)
    assert check_marked(weapon(FULL, ON_SLIDE, on_plate, components=parts, circumstance=Circumstance.IMPORT)) == []


def test_mosaic_05_30_import_mark_in_polymer_is_made_again_in_metal() -> None:
    parts = with_plate(seen=True)
    found = check_marked(weapon(FULL, ON_SLIDE, IN_POLYMER, components=parts, circumstance=Circumstance.IMPORT))
    assert [(each.code, each.source) for each in found] == [
        ("marking.import_mark_not_in_metal", cite("MOSAIC 05.30(import-polymer)"))
    ]
    again = replace(IN_POLYMER, component=SLIDE, part=Part.SLIDE, surface=Surface.UNKNOWN)
    marks = (FULL, ON_SLIDE, IN_POLYMER, again)
    assert check_marked(weapon(*marks, components=parts, circumstance=Circumstance.IMPORT)) == []
