from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from tracemark.marking.marks import Mark, MarkKind
from tracemark.weapons import ESSENTIAL_PARTS, Component, Description, Material, Part


class Circumstance(StrEnum):
    """Why we ask what a weapon bears. Source: ITI 8(a)-(d), ITI 9, FP 9(c)."""

    MANUFACTURE = "manufacture"
    IMPORT = "import"
    TEMPORARY_IMPORT = "temporary_import"
    MUSEUM_IMPORT = "museum_import"
    RELEASE = "release"
    STATE_STOCK = "state_stock"
    RECOVERED = "recovered"
    DEACTIVATED = "deactivated"


IDENTIFYING = (MarkKind.MANUFACTURE, MarkKind.IMPORT, MarkKind.STATE, MarkKind.TRANSFER, MarkKind.RECOVERY)
"""Kinds of mark that an instrument requires; their serial is meant to be unique. Source: ITI 8, ITI 9."""

METALS = frozenset({Material.STEEL, Material.ALLOY})


@dataclass(frozen=True, slots=True)
class Marked:
    """A weapon with what it bears, and why and when we ask.

    `state` is the State that asks (ISO 3166-1 alpha-2): the importing one, or the one whose stock it is; "" leaves open
    which country a mark must name.
    """

    description: Description
    components: tuple[Component, ...]
    marks: tuple[Mark, ...]
    circumstance: Circumstance
    on: date
    state: str = ""

    @property
    def control(self) -> Component | None:
        """The component whose mark identifies the weapon: the control component, else the first essential part."""
        named = (each for each in self.components if each.control)
        essential = (each for each in self.components if each.part in ESSENTIAL_PARTS)
        return next(named, None) or next(essential, None)

    def marks_of(self, *kinds: MarkKind) -> tuple[Mark, ...]:
        return tuple(mark for mark in self.marks if mark.kind in kinds)

    def component_of(self, mark: Mark) -> Component | None:
        """Return the component a mark stands on: by identity, else the only one that is such a part."""
        by_identity = [each for each in self.components if each.id == mark.component]
        by_part = [each for each in self.components if each.part is mark.part]
        found = by_identity or by_part
        return found[0] if len(found) == 1 else None

    def part_of(self, mark: Mark) -> Part | None:
        """Return the part a mark stands on, None where nobody recorded it."""
        component = self.component_of(mark)
        return component.part if component else mark.part


SAYABLE = ("maker", "state", "serial", "year", "model", "calibre")
"""What a mark can say, in the order the field names it. Source: ITI 8(a)."""


def said(marks: Iterable[Mark]) -> frozenset[str]:
    """Return which of SAYABLE the marks say together."""
    return frozenset(name for mark in marks for name in SAYABLE if getattr(mark, name))


def by_component(marked: Marked, marks: Iterable[Mark]) -> Mapping[object, list[Mark]]:
    """Return the marks grouped by the component they stand on; those whose component nobody recorded are one group."""
    groups: dict[object, list[Mark]] = {}
    for mark in marks:
        component = marked.component_of(mark)
        groups.setdefault(component.id if component else mark.part, []).append(mark)
    return groups


def uniquely_marked(marked: Marked) -> bool:
    """Say whether the weapon can be traced by a number: a serial together with who gave it.

    For a serial of manufacture that is the maker or the country, on the same component; any other number needs its
    State in the same mark. A rack number, a proof mark or a number on a part is no unique mark.

    Source: ITI 8(b), ITI 8(c).
    """
    made = by_component(marked, marked.marks_of(MarkKind.MANUFACTURE)).values()
    if any("serial" in said(group) and said(group) & {"maker", "state"} for group in made):
        return True
    return any(mark.serial and mark.state for mark in marked.marks_of(*IDENTIFYING))
