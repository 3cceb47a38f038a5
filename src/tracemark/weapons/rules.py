from tracemark.kernel import Plain, Rule, rule
from tracemark.weapons.assemblies import Assembly, control_component
from tracemark.weapons.components import ESSENTIAL_PARTS, Component, Material
from tracemark.weapons.descriptions import Description
from tracemark.weapons.origins import UNREGULATED_ORIGINS, UnmarkedReason


@rule("weapons.no_control_component", "ITI 10")
def control_component_named(subject: Assembly) -> dict[str, Plain] | None:
    return None if any(each.control for each in subject.components) else {"components": len(subject.components)}


@rule("weapons.several_control_components", "MOSAIC 05.30")
def one_control_component(subject: Assembly) -> dict[str, Plain] | None:
    named = [each for each in subject.components if each.control]
    return {"parts": [each.part.value for each in named]} if len(named) > 1 else None


@rule("weapons.part_not_of_kind", "FP 3(b)")
def parts_belong_to_kind(subject: Assembly) -> dict[str, Plain] | None:
    """Hold the parts against those that a weapon of this kind can have; a kind without a list can have any."""
    if subject.kind is None or not subject.kind.parts:
        return None
    strange = sorted({each.part for each in subject.components} - subject.kind.parts)
    return {"kind": subject.kind.code, "parts": [part.value for part in strange]} if strange else None


@rule("weapons.control_part_unexpected", "BMS7 ITI.1")
def control_part_as_published(subject: Assembly) -> dict[str, Plain] | None:
    """Hold the control component against the part published for the model, else against that usual for the kind."""
    known = subject.model or subject.kind
    control = control_component(subject.components)
    if known is None or control is None or control.part is known.control_part:
        return None
    return {"part": control.part.value, "expected": known.control_part.value, "of": known.code}


@rule("weapons.calibre_not_in_configuration", "BMS7 ITI.1")
def calibre_in_configuration(subject: Assembly) -> dict[str, Plain] | None:
    """Hold the calibre of a modular model against those for which it can be rebuilt; other models may have any."""
    model, calibre = subject.model, subject.description.calibre
    if model is None or not model.modular or not calibre or calibre in model.calibres:
        return None
    return {"model": model.code, "calibre": calibre, "configurations": list(model.calibres)}


@rule("weapons.polymer_without_plate", "EU/2019/68 annex-1")
def polymer_bears_plate(subject: Assembly) -> dict[str, Plain] | None:
    """Ask for a metal plate embedded in a polymer frame or receiver; MOSAIC 05.30 asks for the same."""
    return _parts([each for each in _polymer(subject) if each.metal_plate is False])


@rule("weapons.plate_not_looked_for", "MOSAIC 05.30")
def plate_looked_for(subject: Assembly) -> dict[str, Plain] | None:
    return _parts([each for each in _polymer(subject) if each.metal_plate is None])


@rule("weapons.unmarked_without_reason", "FP 3(d)")
def absence_of_marks_explained(subject: Description) -> dict[str, Plain] | None:
    """Ask why a craft-made, home-made or printed weapon bears no mark. Only for weapons known to bear none."""
    reasons = [reason.value for reason in UnmarkedReason]
    if subject.origin not in UNREGULATED_ORIGINS or subject.unmarked_because in reasons:
        return None
    return {"origin": subject.origin.value, "given": subject.unmarked_because, "reasons": reasons}


ASSEMBLY_RULES: tuple[Rule[Assembly], ...] = (
    control_component_named,
    one_control_component,
    parts_belong_to_kind,
    control_part_as_published,
    calibre_in_configuration,
    polymer_bears_plate,
    plate_looked_for,
)
"""What every assembly is held against; `absence_of_marks_explained` is for those that bear no mark."""


def _polymer(subject: Assembly) -> list[Component]:
    bearing = [each for each in subject.components if each.control or each.part in ESSENTIAL_PARTS]
    return [each for each in bearing if each.material is Material.POLYMER]


def _parts(components: list[Component]) -> dict[str, Plain] | None:
    return {"parts": [each.part.value for each in components]} if components else None
