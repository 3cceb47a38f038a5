"""Weapons and marks made up for these tests; XT is no State."""

from dataclasses import replace
from datetime import date

from tracemark.kernel import Finding
from tracemark.marking import QUALITIES, Circumstance, Mark, Marked, MarkKind, Method, Surface
from tracemark.weapons import Component, ComponentId, Description, Material, Part

FRAME, BARREL, SLIDE = ComponentId(257), ComponentId(258), ComponentId(259)
GOOD = dict.fromkeys(QUALITIES, True)

STEEL_PARTS = (
    Component(FRAME, Part.FRAME, control=True, material=Material.STEEL),
    Component(BARREL, Part.BARREL, material=Material.STEEL),
)
POLYMER_PARTS = (
    Component(FRAME, Part.FRAME, control=True, material=Material.POLYMER, metal_plate=True),
    Component(SLIDE, Part.SLIDE, material=Material.STEEL),
)
FULL = Mark(
    MarkKind.MANUFACTURE,
    "MADE IN XT EXEMPLAR M1 2019 AB123 9x19",
    component=FRAME,
    part=Part.FRAME,
    method=Method.STAMPED,
    surface=Surface.METAL,
    serial="AB123",
    maker="EXEMPLAR",
    state="XT",
    year=2019,
    model="M1",
    calibre="9x19",
    qualities=GOOD,
)
ON_BARREL = Mark(MarkKind.COMPONENT, "AB123", component=BARREL, part=Part.BARREL, serial="AB123")
IMPORT_MARK = Mark(
    MarkKind.IMPORT,
    "XU26",
    component=FRAME,
    part=Part.FRAME,
    surface=Surface.METAL,
    state="XU",
    year=2026,
    qualities=GOOD,
)
DESCRIPTION = Description("pistol", "EXEMPLAR", "M1", "9x19", "XT", 2019)


def weapon(
    *marks: Mark,
    circumstance: Circumstance = Circumstance.MANUFACTURE,
    components: tuple[Component, ...] = STEEL_PARTS,
    on: date = date(2026, 3, 1),
    state: str = "",
) -> Marked:
    return Marked(DESCRIPTION, components, marks, circumstance, on, state)


def with_plate(seen: bool | None) -> tuple[Component, ...]:
    """The polymer pistol's parts where an examiner saw a plate, saw none, or did not look."""
    return (replace(POLYMER_PARTS[0], metal_plate=seen), POLYMER_PARTS[1])


def codes(found: list[Finding] | tuple[Finding, ...]) -> list[str]:
    return [finding.code for finding in found]
