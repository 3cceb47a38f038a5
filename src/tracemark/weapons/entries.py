from dataclasses import dataclass

from tracemark.weapons.components import Material, Part


@dataclass(frozen=True, slots=True)
class Maker:
    """A maker of weapons. `country` is where it makes them now; years are None where unknown or where it still works.

    `logo` is how an examiner would describe the maker's sign. `weight` orders makers by how often one meets them.
    """

    code: str
    name: str
    country: str
    founded: int | None
    closed: int | None
    ncic: str
    weight: int
    logo: str
    confidence: str


@dataclass(frozen=True, slots=True)
class Model:
    """A model. Its code is the maker's code, a stroke and its own name: `glock/19`.

    A modular model is rebuilt in the field for any of its `calibres`. `control_part` is the part whose mark identifies
    the weapon; `serial_scheme` is read by `parse_scheme`. `weight` is relative to other models of the same maker.
    """

    code: str
    maker: str
    name: str
    kind: str
    calibres: tuple[str, ...]
    made_from: int | None
    made_until: int | None
    frame_material: Material
    modular: bool
    control_part: Part
    serial_scheme: str
    weight: int
    confidence: str


@dataclass(frozen=True, slots=True)
class Calibre:
    """A calibre. `bore_mm` is nominal and is text, such as "7.62".

    `family` is pistol, rifle, rimfire, shotgun, heavy, muzzle_loading or air.
    """

    code: str
    name: str
    bore_mm: str
    family: str
    ncic: str
    weight: int


@dataclass(frozen=True, slots=True)
class State:
    """A State or another entity with a code of ISO 3166-1; the code is its alpha-2.

    `status` is member or observer (of the United Nations), entity, former or fictional. A former State keeps the code
    it had, the year it ended and its `successors`, since its marks stay on weapons. `marks` are words weapons bear.
    """

    code: str
    alpha3: str
    m49: str
    name: str
    region: str
    status: str
    until: int | None
    successors: tuple[str, ...]
    marks: tuple[str, ...]
