from dataclasses import dataclass
from enum import StrEnum
from typing import NewType

from tracemark.weapons.identity import WeaponId

ComponentId = NewType("ComponentId", int)
"""The weapon the component was first recorded on, times 256, plus its number there: it keeps it when it moves."""

_PER_WEAPON = 256


class Part(StrEnum):
    """What a component is. Source: FP 3(b), ITI 10."""

    FRAME = "frame"
    RECEIVER = "receiver"
    UPPER_RECEIVER = "upper_receiver"
    LOWER_RECEIVER = "lower_receiver"
    BARREL = "barrel"
    SLIDE = "slide"
    BOLT = "bolt"
    BREECH_BLOCK = "breech_block"
    CYLINDER = "cylinder"
    SILENCER = "silencer"
    LAUNCH_TUBE = "launch_tube"
    BASE_PLATE = "base_plate"
    OTHER = "other"


ESSENTIAL_PARTS = frozenset({Part.FRAME, Part.RECEIVER, Part.UPPER_RECEIVER, Part.LOWER_RECEIVER, Part.LAUNCH_TUBE})
"""Parts whose destruction leaves the weapon permanently inoperable. Source: ITI 10."""


class Material(StrEnum):
    STEEL = "steel"
    ALLOY = "alloy"
    POLYMER = "polymer"
    WOOD = "wood"
    OTHER = "other"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Component:
    """A part of a weapon, as one thing with its own history.

    The control component is the one whose mark identifies the weapon in law. `metal_plate` says whether a polymer part
    has a metal plate permanently embedded for its marks; None where nobody looked.
    """

    id: ComponentId
    part: Part
    control: bool = False
    material: Material = Material.UNKNOWN
    metal_plate: bool | None = None


def component_id(weapon: WeaponId, number: int) -> ComponentId:
    """Return the identity of the `number`-th component (from 1) first recorded on `weapon`.

    Raises:
        ValueError: the number is not from 1 to 255.
    """
    if not 0 < number < _PER_WEAPON:
        raise ValueError(f"component number {number} is not from 1 to {_PER_WEAPON - 1}")
    return ComponentId(weapon * _PER_WEAPON + number)


def born_on(component: ComponentId) -> WeaponId:
    """Return the weapon on which the component was first recorded."""
    return WeaponId(component // _PER_WEAPON)
