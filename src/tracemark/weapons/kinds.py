from dataclasses import dataclass
from enum import StrEnum

from tracemark.weapons.components import Part


class SalwClass(StrEnum):
    """Where the Instrument puts a kind of weapon. Source: ITI 4."""

    SMALL_ARM = "small_arm"
    LIGHT_WEAPON = "light_weapon"
    NEITHER = ""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of weapon and the lines it is reported on.

    `unroca` is SA1 to SA6 (small arms) or LW1 to LW7 (light weapons) of the UN Register's form, III or VIIb where the
    seven categories have it, "" where none; `att` the category of ATT 2(1); `hs` the six digits of the Harmonized
    System. `ncic` and `ncic_description` are the two letters that NIEM takes over. `parts` is empty where any part may
    occur.
    """

    code: str
    name: str
    salw_class: SalwClass
    unroca: str
    att: str
    hs: str
    ncic: str
    ncic_description: str
    control_part: Part
    parts: frozenset[Part]
    confidence: str
