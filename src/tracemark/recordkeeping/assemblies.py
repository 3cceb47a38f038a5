from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from tracemark.kernel import Finding, findings
from tracemark.marking import fold_serial, foreign_numbers
from tracemark.recordkeeping.history import WeaponState
from tracemark.recordkeeping.ports import RegisterStore
from tracemark.weapons import ASSEMBLY_RULES, ComponentId, WeaponId, absence_of_marks_explained, assembly, catalogue


@dataclass(frozen=True, slots=True)
class Borrowed:
    """A component that bears numbers other than the control component's, and the weapons whose numbers they are."""

    component: ComponentId
    part: str
    serials: tuple[str, ...]
    weapons: tuple[WeaponId, ...]


def assembly_findings(state: WeaponState) -> list[Finding]:
    """Return what is to be said of a weapon's components: which is the control, what does not belong, mixed numbers.

    Source: ITI 10, FP 3, BMS7 ITI.1, MOSAIC 05.30.
    """
    built = assembly(state.weapon, state.description, state.components, catalogue())
    found = findings(ASSEMBLY_RULES, built) if state.components else []
    found += foreign_numbers(state.components, state.marks)
    return found if state.marks else [*found, *absence_of_marks_explained(state.description)]


def borrowed_numbers(state: WeaponState, register: RegisterStore) -> list[Borrowed]:
    """Return the components that bear other numbers, each with the other weapons that bear them. Source: ITI 10."""
    mixed = foreign_numbers(state.components, state.marks)
    wanted = {fold_serial(serial) for each in mixed for serial in _serials(each)}
    bearing = register.bearing(wanted) if wanted else {}
    return [_borrowed(each.facts, bearing, state.weapon) for each in mixed]


def shared_with(state: WeaponState, register: RegisterStore) -> Mapping[ComponentId, list[WeaponId]]:
    """Return the weapon's components that other weapons claim too, which cannot be, with those weapons."""
    own = {component.id for component in state.components}
    claimed = register.shared_components().items() if own else ()
    return {
        component: [weapon for weapon in weapons if weapon != state.weapon]
        for component, weapons in claimed
        if component in own and state.weapon in weapons
    }


def _serials(finding: Finding) -> Iterable[str]:
    facts: Mapping[str, Any] = finding.facts
    return map(str, facts["serials"])


def _borrowed(facts: Mapping[str, Any], bearing: Mapping[str, list[WeaponId]], weapon: WeaponId) -> Borrowed:
    serials = tuple(map(str, facts["serials"]))
    others = {each for serial in serials for each in bearing.get(fold_serial(serial), ()) if each != weapon}
    return Borrowed(ComponentId(facts["component"]), str(facts["part"]), serials, tuple(sorted(others)))
