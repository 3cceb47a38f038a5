from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, fields
from decimal import Decimal
from enum import StrEnum
from functools import cache
from operator import attrgetter
from typing import Any, NewType

from tracemark.kernel import Plain
from tracemark.weapons import ComponentId, Part, WeaponId

MarkId = NewType("MarkId", int)
"""The weapon the mark was first recorded on, times 256, plus its number there."""

_PER_WEAPON = 256


class MarkKind(StrEnum):
    """What a mark is there for."""

    MANUFACTURE = "manufacture"
    IMPORT = "import"
    STATE = "state"
    TRANSFER = "transfer"
    RECOVERY = "recovery"
    COMPONENT = "component"
    PROOF = "proof"
    DEACTIVATION = "deactivation"
    UNIT = "unit"
    LOGO = "logo"
    OTHER = "other"


class Method(StrEnum):
    """How the mark was made. Source: MOSAIC 05.30."""

    STAMPED = "stamped"
    ENGRAVED = "engraved"
    LASER = "laser"
    DOT_PEEN = "dot_peen"
    CAST = "cast"
    MOULDED = "moulded"
    ETCHED = "etched"
    PLATE = "plate"
    PAINTED = "painted"
    UNKNOWN = "unknown"


class Surface(StrEnum):
    """What the mark is made in."""

    METAL = "metal"
    POLYMER = "polymer"
    EMBEDDED_PLATE = "embedded_plate"
    OTHER = "other"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Mark:
    """One mark as it stands on a component: the text as read, and what it says.

    `text` is the original, in its own script, never normalised. `state` is the country it names (ISO 3166-1 alpha-2):
    of manufacture, of import, or of the stock. `depth_mm` and `height_mm` are None where nobody measured; `photo` is
    the SHA-256 of the picture's bytes in hexadecimal. The six qualities of ITI 7 are in `qualities`, by name; absent is
    not assessed.
    """

    kind: MarkKind
    text: str = ""
    id: MarkId = MarkId(0)
    component: ComponentId = ComponentId(0)
    part: Part | None = None
    place: str = ""
    method: Method = Method.UNKNOWN
    surface: Surface = Surface.UNKNOWN
    depth_mm: Decimal | None = None
    height_mm: Decimal | None = None
    serial: str = ""
    maker: str = ""
    state: str = ""
    year: int | None = None
    model: str = ""
    calibre: str = ""
    photo: str = ""
    qualities: Mapping[str, bool] | None = None

    def plain(self) -> dict[str, Plain]:
        """Return the JSON form kept in the record; what is unknown is left out, decimals are text."""
        told = zip(_NAMES, _VALUES(self), _UNKNOWN, strict=True)
        return {name: _plain_value(value) for name, value, unknown in told if value != unknown}

    @classmethod
    def of_plain(cls, plain: Mapping[str, Plain]) -> "Mark":
        """Read the JSON form back."""
        read = {name: reader(plain[name]) for name, reader in _READERS if name in plain}
        return cls(**{**plain, **read})  # type: ignore[arg-type]


def import_country(marks: Iterable[Mark]) -> str:
    """Return the State that the import marks of a weapon name; "" where none is named, or more than one."""
    named = {mark.state for mark in marks if mark.kind is MarkKind.IMPORT and mark.state}
    return named.pop() if len(named) == 1 else ""


def mark_id(weapon: WeaponId, number: int) -> MarkId:
    """Return the identity of the `number`-th mark (from 1) first recorded on `weapon`.

    Raises:
        ValueError: the number is not from 1 to 255.
    """
    if not 0 < number < _PER_WEAPON:
        raise ValueError(f"mark number {number} is not from 1 to {_PER_WEAPON - 1}")
    return MarkId(weapon * _PER_WEAPON + number)


_NAMES = tuple(field.name for field in fields(Mark))
_UNKNOWN = tuple(field.default for field in fields(Mark))
_VALUES = attrgetter(*_NAMES)
# A known word is looked up once: the call of an enumeration takes as long as all else that is read of a mark.
_READERS: tuple[tuple[str, Callable[[Any], object]], ...] = (
    ("kind", cache(MarkKind)),
    ("part", cache(Part)),
    ("method", cache(Method)),
    ("surface", cache(Surface)),
    ("depth_mm", Decimal),
    ("height_mm", Decimal),
)


def _plain_value(value: object) -> Plain:
    if type(value) is str:
        return value
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, StrEnum):
        return value.value
    return value  # type: ignore[return-value]
