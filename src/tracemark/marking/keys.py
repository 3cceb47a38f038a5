from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from tracemark.kernel import Finding, cite
from tracemark.marking.circumstances import IDENTIFYING
from tracemark.marking.marks import Mark, MarkKind
from tracemark.marking.serials import fold_serial, look_alike_key
from tracemark.weapons import Component, Description

_MIXED = cite("ITI 10")
_NUMBERED = (*IDENTIFYING, MarkKind.COMPONENT)
_SHORTEST_TAIL = 2
"""Makers strike the last figures of the serial on small parts; a single figure says nothing."""


@dataclass(frozen=True, slots=True)
class MarkKeys:
    """What a registry keeps per mark to find duplicates at entry.

    `exact` is shared by marks of one maker with the same serial however written, `look_alike` by serials that the eye
    confuses, whoever made them.
    """

    exact: str
    look_alike: str


class Likeness(StrEnum):
    """How alike two sets of marks are. It is evidence for an officer's judgement, never identity."""

    SAME = "same"
    LOOK_ALIKE = "look_alike"
    DIFFERENT = "different"


@dataclass(frozen=True, slots=True)
class Comparison:
    """The likeness of two sets of marks, and why: codes such as `marking.serial_same`, `marking.maker_unknown`."""

    likeness: Likeness
    reasons: tuple[str, ...]


def complete_mark(mark: Mark, description: Description) -> Mark:
    """Return a maker's mark with what it leaves unsaid taken from the weapon's description.

    For comparing only, never for the record; an import or State mark says nothing of the maker and stays as it is.
    """
    if mark.kind not in {MarkKind.MANUFACTURE, MarkKind.COMPONENT}:
        return mark
    return replace(
        mark,
        maker=mark.maker or description.maker,
        state=mark.state or description.country,
        year=mark.year or description.year,
        model=mark.model or description.model,
        calibre=mark.calibre or description.calibre,
    )


def keys_of(mark: Mark) -> MarkKeys | None:
    """Return the keys of a mark, None where it bears no serial that is meant to be unique.

    Where marks often leave the maker out, give them through `complete_mark`: otherwise unknown makers share their keys.
    """
    serial = fold_serial(mark.serial)
    if mark.kind not in _NUMBERED or not serial:
        return None
    return MarkKeys(f"{fold_serial(mark.maker)}:{serial}", look_alike_key(serial))


def same_marks(left: Sequence[Mark], right: Sequence[Mark]) -> Comparison:
    """Compare two sets of marks, serial by serial, and return the most alike pair's comparison.

    Serials repeat between makers, countries, models and calibres: `SAME` asks that maker and serial are known and equal
    and that nothing known differs; the same serial with another model is `LOOK_ALIKE`, with another maker `DIFFERENT`.
    """
    pairs = [_compare(one, other) for one in _numbered(left) for other in _numbered(right)]
    if not pairs:
        return Comparison(Likeness.DIFFERENT, ("marking.serial_unknown",))
    return min(pairs, key=lambda pair: list(Likeness).index(pair.likeness))


def foreign_numbers(components: Sequence[Component], marks: Sequence[Mark]) -> list[Finding]:
    """Return each component that bears another serial than the control component: the weapon has mixed numbers.

    The last figures of the control serial count as that serial. Where the control component bears no serial there is
    nothing to compare with. Source: ITI 10.
    """
    control = next((each for each in components if each.control), None)
    if control is None:
        return []
    own = [mark.serial for mark in _numbered(marks) if mark.component == control.id]
    if not own:
        return []
    found = (_foreign(component, marks, own) for component in components if component.id != control.id)
    return [
        Finding(
            "marking.mixed_numbers",
            _MIXED,
            {"component": component.id, "part": component.part.value, "serials": serials, "control_serials": own},
        )
        for component, serials in found
        if serials
    ]


def _compare(one: Mark, other: Mark) -> Comparison:
    left, right = fold_serial(one.serial), fold_serial(other.serial)
    if look_alike_key(left) != look_alike_key(right):
        return Comparison(Likeness.DIFFERENT, ("marking.serial_differs",))
    serial = "same" if left == right else "looks_alike"
    rest = {field: _agreement(one, other, field) for field in ("maker", "state", "model", "calibre", "year")}
    reasons = tuple(f"marking.{field}_{verdict}" for field, verdict in {"serial": serial, **rest}.items())
    if rest["maker"] == "differs":
        return Comparison(Likeness.DIFFERENT, reasons)
    certain = serial == "same" and rest["maker"] == "same" and "differs" not in rest.values()
    return Comparison(Likeness.SAME if certain else Likeness.LOOK_ALIKE, reasons)


def _agreement(one: Mark, other: Mark, field: str) -> str:
    left, right = (fold_serial(str(getattr(mark, field) or "")) for mark in (one, other))
    if not left or not right:
        return "unknown"
    return "same" if left == right else "differs"


def _foreign(component: Component, marks: Sequence[Mark], own: Sequence[str]) -> tuple[Component, list[str]]:
    there = [mark.serial for mark in _numbered(marks) if mark.component == component.id]
    return component, [serial for serial in there if not any(_belongs(serial, each) for each in own)]


def _belongs(serial: str, control: str) -> bool:
    part, whole = look_alike_key(fold_serial(serial)), look_alike_key(fold_serial(control))
    return part == whole or (len(part) >= _SHORTEST_TAIL and whole.endswith(part))


def _numbered(marks: Sequence[Mark]) -> list[Mark]:
    return [mark for mark in marks if keys_of(mark)]
