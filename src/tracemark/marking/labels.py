from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Protocol

from tracemark.marking.checks import CheckSystem, check_characters
from tracemark.marking.marks import Mark, MarkKind, Surface
from tracemark.marking.plans import MarkingPlan, MarkToMake, PlanLine
from tracemark.weapons import Description, WeaponId, parse_weapon, weapon_text

_FORM = "TM1"
_SHAPE = "TM1:<weapon>:<number>:<check>"


class LabelUnreadable(ValueError):
    """A scanned or typed text is not the payload of one of our labels."""


class Bearer(Protocol):
    """What a tag tells of the weapon it goes with: what it is, and what it bears now."""

    @property
    def description(self) -> Description: ...
    @property
    def marks(self) -> tuple[Mark, ...]: ...


@dataclass(frozen=True, slots=True)
class LabelLine:
    """One line a person reads: a field's code, for `tracemark.wording`, and its value as it stands in the plan."""

    field: str
    value: str


@dataclass(frozen=True, slots=True)
class Label:
    """The tag that goes with a weapon through a marking session: lines to read, and the text of its Data Matrix.

    `serials` are those that the weapon bears already, by which it is known in the hand; `look` says that the plan does
    not know of what the place to be marked is made.
    """

    weapon: WeaponId
    number: str
    serials: tuple[str, ...]
    lines: tuple[LabelLine, ...]
    payload: str
    look: bool


@dataclass(frozen=True, slots=True)
class Scanned:
    """What a label says when it is read back; `number` is "" where the weapon gets no unique number."""

    weapon: WeaponId
    number: str


def labels_of(plan: MarkingPlan, bearers: Mapping[WeaponId, Bearer]) -> tuple[Label, ...]:
    """Return a label for each weapon that is to be stamped, in the order of the plan, with what it bears now."""
    return tuple(_label(line, bearers.get(line.weapon)) for line in plan.lines if line.marks)


def serials_of(marks: Iterable[Mark]) -> tuple[str, ...]:
    """Return the serials by which a weapon is known in the hand; the numbers of its loose parts are left out."""
    return tuple(dict.fromkeys(each.serial for each in marks if each.serial and each.kind is not MarkKind.COMPONENT))


def label_payload(weapon: WeaponId, number: str) -> str:
    """Return the text of the Data Matrix: form, weapon, number and check, with a colon between: `TM1:123:XT26-0007:41`.

    The check is ISO 7064 MOD 97-10 over the UTF-8 bytes in hexadecimal, so that it covers every script and separator.
    """
    body = f"{_FORM}:{weapon}:{number}"
    return f"{body}:{_check(body)}"


def parse_label(payload: str) -> Scanned:
    """Read a payload back.

    Raises:
        LabelUnreadable: it has another shape, or a character is wrong.
    """
    body, _, check = payload.strip().rpartition(":")
    form, _, rest = body.partition(":")
    weapon, colon, number = rest.partition(":")
    if form != _FORM or not colon:
        raise LabelUnreadable(f"{payload!r} is no label: scan one that reads {_SHAPE}")
    if check != _check(body):
        raise LabelUnreadable(f"{payload!r} was misread: scan or type it again")
    try:
        return Scanned(parse_weapon(weapon), number)
    except ValueError as error:
        raise LabelUnreadable(f"{payload!r} names no weapon: {error}") from error


def _label(line: PlanLine, bearer: Bearer | None) -> Label:
    number = next((each.mark.serial for each in line.marks if each.mark.serial), "")
    lines = (
        LabelLine("weapon", weapon_text(line.weapon)),
        *(_described(bearer.description) if bearer else ()),
        *(each for make in line.marks for each in _lines(make)),
    )
    serials = serials_of(bearer.marks) if bearer else ()
    look = any(each.mark.surface is Surface.UNKNOWN for each in line.marks)
    return Label(line.weapon, number, serials, lines, label_payload(line.weapon, number), look)


def _described(description: Description) -> Iterator[LabelLine]:
    values = {"maker": description.maker, "model": description.model, "calibre": description.calibre}
    return (LabelLine(field, value) for field, value in values.items() if value)


def _lines(make: MarkToMake) -> Iterator[LabelLine]:
    mark = make.mark
    values = {
        "text": mark.text,
        "part": mark.part.value if mark.part else "",
        "place": mark.place,
        "surface": "" if mark.surface is Surface.UNKNOWN else mark.surface.value,
        "method": mark.method.value,
        "min_depth_mm": _size(make.min_depth_mm),
        "min_height_mm": _size(make.min_height_mm),
    }
    return (LabelLine(field, value) for field, value in values.items() if value)


def _size(least_mm: Decimal | None) -> str:
    return "" if least_mm is None else f"{least_mm.normalize():f}"


def _check(body: str) -> str:
    return check_characters(CheckSystem.MOD_97_10, body.encode().hex().upper())
