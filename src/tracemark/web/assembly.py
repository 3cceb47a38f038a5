from collections.abc import Sequence
from dataclasses import dataclass

from tracemark.recordkeeping import Sealed, Step
from tracemark.weapons import Component, WeaponId, born_on


@dataclass(frozen=True, slots=True)
class Tenure:
    """The time one component was part of a weapon: `off` is None while it still is, `origin` None where born on it."""

    component: Component
    on: Sealed
    off: Sealed | None
    origin: WeaponId | None


def tenures(steps: Sequence[Step]) -> list[Tenure]:
    """Return when each component came onto the weapon and left it, in the order they came."""
    found: list[Tenure] = []
    for step in steps:
        before = {each.id for each in step.before.components}
        after = {each.id for each in step.after.components}
        gone = before - after
        found = [
            _closed(each, step.sealed) if each.off is None and each.component.id in gone else each for each in found
        ]
        found += [_opened(each, step) for each in step.after.components if each.id not in before]
    return found


def _opened(component: Component, step: Step) -> Tenure:
    origin = born_on(component.id)
    return Tenure(component, step.sealed, None, origin if origin != step.sealed.event.weapon else None)


def _closed(tenure: Tenure, sealed: Sealed) -> Tenure:
    return Tenure(tenure.component, tenure.on, sealed, tenure.origin)
