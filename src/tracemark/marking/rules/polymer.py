from tracemark.kernel import Rule, rule
from tracemark.marking.circumstances import METALS, Circumstance, Marked
from tracemark.marking.marks import Mark, Surface
from tracemark.marking.rules.asking import Facts, asked_in, facts_about
from tracemark.marking.rules.imports import import_marks
from tracemark.weapons import Component, Material


def polymer_control(marked: Marked) -> Component | None:
    """Return the component that identifies the weapon where it is of polymer, else None."""
    control = marked.control
    return control if control and control.material is Material.POLYMER else None


def in_metal(marked: Marked, mark: Mark) -> bool:
    """Say whether a mark stands in metal: a metallic part, or a plate embedded in a polymer one."""
    component = marked.component_of(mark)
    if mark.surface is Surface.UNKNOWN:
        return component is not None and component.material in METALS
    return mark.surface in {Surface.METAL, Surface.EMBEDDED_PLATE}


@rule("marking.polymer_without_plate", "MOSAIC 05.30")
def polymer_has_plate(marked: Marked) -> Facts | None:
    control = polymer_control(marked)
    return {"part": control.part.value} if control and control.metal_plate is False else None


@rule("marking.plate_not_assessed", "MOSAIC 05.30")
def plate_assessed(marked: Marked) -> Facts | None:
    control = polymer_control(marked)
    return {"part": control.part.value} if control and control.metal_plate is None else None


@rule("marking.import_mark_not_in_metal", "MOSAIC 05.30(import-polymer)")
@asked_in(Circumstance.IMPORT)
def import_mark_in_metal(marked: Marked) -> Facts | None:
    """In the plate; else on the polymer where wear is least and again on a second, metallic part."""
    found = import_marks(marked)
    if polymer_control(marked) is None or any(in_metal(marked, mark) for mark in found):
        return None
    return facts_about(found)


REQUIRED: tuple[Rule[Marked], ...] = ()
# The compendium is a voluntary standard; a State that makes it law says so in its profile.
ENCOURAGED = (polymer_has_plate, import_mark_in_metal)
NOT_ASSESSED = (plate_assessed,)
