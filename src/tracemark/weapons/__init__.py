"""Weapons and what they are made of: kind, maker, model, calibre, components, and our own identity of each.

A serial is never identity: it is evidence, and lives in `marking`. Source: ITI 4, FP 3(b), BMS7 ITI.1.
"""

from tracemark.weapons.assemblies import (
    AlreadyFitted,
    Assembly,
    NotFitted,
    SharedComponent,
    assembly,
    control_component,
    fit,
    remove,
    shared_components,
)
from tracemark.weapons.catalogues import Catalogue, catalogue
from tracemark.weapons.components import ESSENTIAL_PARTS, Component, ComponentId, Material, Part, born_on, component_id
from tracemark.weapons.descriptions import Description, Origin
from tracemark.weapons.entries import Calibre, Maker, Model, State
from tracemark.weapons.folding import fold, fold_calibre
from tracemark.weapons.identity import NO_WEAPON, WeaponId, parse_weapon, weapon_text
from tracemark.weapons.kinds import Kind, SalwClass
from tracemark.weapons.kinships import relatives
from tracemark.weapons.names import Resolved
from tracemark.weapons.naming import describe, entry_name
from tracemark.weapons.origins import UNREGULATED_ORIGINS, UnmarkedReason
from tracemark.weapons.rules import (
    ASSEMBLY_RULES,
    absence_of_marks_explained,
    calibre_in_configuration,
    control_component_named,
    control_part_as_published,
    one_control_component,
    parts_belong_to_kind,
    plate_looked_for,
    polymer_bears_plate,
)
from tracemark.weapons.schemes import Scheme, parse_scheme

__all__ = [
    "ASSEMBLY_RULES",
    "ESSENTIAL_PARTS",
    "NO_WEAPON",
    "UNREGULATED_ORIGINS",
    "AlreadyFitted",
    "Assembly",
    "Calibre",
    "Catalogue",
    "Component",
    "ComponentId",
    "Description",
    "Kind",
    "Maker",
    "Material",
    "Model",
    "NotFitted",
    "Origin",
    "Part",
    "Resolved",
    "SalwClass",
    "Scheme",
    "SharedComponent",
    "State",
    "UnmarkedReason",
    "WeaponId",
    "absence_of_marks_explained",
    "assembly",
    "born_on",
    "calibre_in_configuration",
    "catalogue",
    "component_id",
    "control_component",
    "control_component_named",
    "control_part_as_published",
    "describe",
    "entry_name",
    "fit",
    "fold",
    "fold_calibre",
    "one_control_component",
    "parse_scheme",
    "parse_weapon",
    "parts_belong_to_kind",
    "plate_looked_for",
    "polymer_bears_plate",
    "relatives",
    "remove",
    "shared_components",
    "weapon_text",
]
