from collections.abc import Mapping
from dataclasses import dataclass

from tracemark.marking import Mark
from tracemark.recordkeeping import WeaponState
from tracemark.weapons import Component, ComponentId, born_on

_DRAWINGS = (
    ("revolver", "revolver"),
    ("shotgun", "shotgun"),
    ("pistol", "pistol"),
    ("derringer", "pistol"),
    ("launcher", "light_weapon"),
    ("mortar", "light_weapon"),
    ("manpads", "light_weapon"),
    ("recoilless", "light_weapon"),
    ("anti_tank", "light_weapon"),
    ("other", "plain"),
)


@dataclass(frozen=True, slots=True)
class Drawn:
    """One numbered part of the drawing and the marks it bears."""

    number: int
    component: Component | None
    part: str
    marks: tuple[Mark, ...]
    foreign: bool


@dataclass(frozen=True, slots=True)
class Drawing:
    """Which outline is drawn, and what each of its parts shows: `shapes` by the name of the part in the template."""

    template: str
    parts: tuple[Drawn, ...]
    shapes: Mapping[str, Drawn]
    loose: tuple[Mark, ...]


def drawing_of(state: WeaponState) -> Drawing:
    """Return the drawing of a weapon: its components in order, with the marks on each; marks on no known part apart."""
    by_component: dict[ComponentId, list[Mark]] = {each.id: [] for each in state.components}
    by_part: dict[str, list[Mark]] = {}
    loose: list[Mark] = []
    for mark in state.marks:
        if mark.component in by_component:
            by_component[mark.component].append(mark)
        elif mark.part:
            by_part.setdefault(mark.part.value, []).append(mark)
        else:
            loose.append(mark)
    drawn = [
        Drawn(number, each, each.part.value, tuple(by_component[each.id]), born_on(each.id) != state.weapon)
        for number, each in enumerate(state.components, 1)
    ]
    known = len(drawn)
    drawn += [
        Drawn(number, None, part, tuple(marks), foreign=False)
        for number, (part, marks) in enumerate(by_part.items(), known + 1)
    ]
    template = _template(state.description.kind)
    return Drawing(f"web/diagrams/{template}.svg", tuple(drawn), _shapes(drawn), tuple(loose))


def _template(kind: str) -> str:
    return next((name for word, name in _DRAWINGS if word in kind), "rifle" if kind else "plain")


def _shapes(drawn: list[Drawn]) -> dict[str, Drawn]:
    """Return what is drawn by part; the first of several alike is the one that the outline shows."""
    shapes: dict[str, Drawn] = {}
    for each in drawn:
        shapes.setdefault(each.part, each)
    return shapes
