from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from tracemark.weapons.catalogues import Catalogue
from tracemark.weapons.components import Component, ComponentId
from tracemark.weapons.descriptions import Description
from tracemark.weapons.entries import Model
from tracemark.weapons.identity import WeaponId
from tracemark.weapons.kinds import Kind

Components = tuple[Component, ...]


class NotFitted(ValueError):
    """A component is to be taken from a weapon on which it is not."""


class AlreadyFitted(ValueError):
    """A component is to be put on a weapon on which it already is."""


@dataclass(frozen=True, slots=True)
class Assembly:
    """A weapon with its components at one moment, for the rules. Kind and model are None where they are unknown."""

    weapon: WeaponId
    description: Description
    components: Components
    kind: Kind | None = None
    model: Model | None = None


@dataclass(frozen=True, slots=True)
class SharedComponent:
    """A component that the record puts on several weapons at once, which cannot be."""

    component: ComponentId
    weapons: tuple[WeaponId, ...]


def fit(components: Components, component: Component) -> Components:
    """Return the components with one more. A barrel from another weapon keeps the identity it has.

    Raises:
        AlreadyFitted: the component is there.
    """
    if any(each.id == component.id for each in components):
        raise AlreadyFitted(f"component {component.id} is on the weapon already")
    return tuple(sorted((*components, component), key=lambda each: each.id))


def remove(components: Components, component: ComponentId) -> Components:
    """Return the components without one.

    Raises:
        NotFitted: the component is not there.
    """
    left = tuple(each for each in components if each.id != component)
    if len(left) == len(components):
        raise NotFitted(f"component {component} is not on the weapon")
    return left


def control_component(components: Components) -> Component | None:
    """Return the component whose mark identifies the weapon, or None where none or several are said to be it."""
    named = [component for component in components if component.control]
    return named[0] if len(named) == 1 else None


def shared_components(assemblies: Mapping[WeaponId, Components]) -> list[SharedComponent]:
    """Return the components that are on several weapons at once, in the order of their identities."""
    places: defaultdict[ComponentId, list[WeaponId]] = defaultdict(list)
    for weapon, components in assemblies.items():
        for component in components:
            places[component.id].append(weapon)
    return [SharedComponent(each, tuple(sorted(on))) for each, on in sorted(places.items()) if len(on) > 1]


def assembly(weapon: WeaponId, description: Description, components: Components, known: Catalogue) -> Assembly:
    """Join a weapon with what the catalogue knows of its kind and model; a model's kind stands where none is given."""
    model = known.models.get(description.model)
    kind = known.kinds.get(description.kind or (model.kind if model else ""))
    return Assembly(weapon, description, components, kind, model)
