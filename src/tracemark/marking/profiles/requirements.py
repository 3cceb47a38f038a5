from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from tracemark.kernel import Citation
from tracemark.marking.circumstances import IDENTIFYING, Circumstance, Marked
from tracemark.marking.marks import Mark, MarkKind, Method
from tracemark.marking.rules import Grade
from tracemark.weapons import Part

MM_PER_INCH = Decimal("25.4")


class Criterion(StrEnum):
    """What a requirement measures or looks for."""

    MIN_HEIGHT_MM = "min_height_mm"
    MIN_DEPTH_MM = "min_depth_mm"
    SCRIPTS = "scripts"
    NUMERALS = "numerals"
    MUST_SAY = "must_say"
    COMPONENT = "component"
    METAL_PLATE = "metal_plate"


NOT_ASSESSED: Mapping[Criterion, str] = {
    Criterion.MIN_HEIGHT_MM: "marking.height_not_measured",
    Criterion.MIN_DEPTH_MM: "marking.depth_not_measured",
    Criterion.MUST_SAY: "marking.component_not_recorded",
    Criterion.COMPONENT: "marking.component_not_recorded",
    Criterion.METAL_PLATE: "marking.plate_not_assessed",
}
"""What is found where nobody has looked yet, by criterion."""


@dataclass(frozen=True, slots=True)
class Requirement:
    """One thing a national law asks of marks, from a day until a day (both included, None where open).

    `least_mm` is the least height or depth. `values` are scripts, numerals or what must be said. `marks` are the kinds
    of mark judged; `saying` narrows them to those that say something, such as the serial. `parts` are where height and
    depth are judged (none named: everywhere, `except_parts` apart) and where the other criteria want the mark.
    `methods` are those allowed instead of a metal plate. With `if_described` only what the weapon's description knows
    must be said.
    """

    code: str
    source: Citation
    criterion: Criterion
    circumstances: frozenset[Circumstance]
    least_mm: Decimal | None = None
    values: tuple[str, ...] = ()
    marks: tuple[MarkKind, ...] = IDENTIFYING
    saying: str = ""
    parts: frozenset[Part] = frozenset()
    except_parts: frozenset[Part] = frozenset()
    methods: frozenset[Method] = frozenset()
    if_described: bool = False
    first_on: date | None = None
    last_on: date | None = None
    grade: Grade = Grade.REQUIRED
    confidence: str = ""
    note: str = ""

    def applies(self, circumstance: Circumstance, on: date) -> bool:
        """Say whether the law asks this in the circumstance on the day."""
        started = self.first_on is None or self.first_on <= on
        ended = self.last_on is not None and self.last_on < on
        return circumstance in self.circumstances and started and not ended

    def judged(self, marked: Marked) -> tuple[Mark, ...]:
        """Return the marks the requirement looks at, wherever they stand."""
        return tuple(m for m in marked.marks_of(*self.marks) if not self.saying or getattr(m, self.saying))


@dataclass(frozen=True, slots=True)
class Profile:
    """One national law on marks. `state` is ISO 3166-1 alpha-2, "" where the law is that of several States."""

    name: str
    title: str
    state: str
    requirements: tuple[Requirement, ...]

    def grade_of(self, code: str) -> Grade:
        """Return how much a finding of `check_profile` weighs.

        Raises:
            KeyError: the profile finds no such thing.
        """
        if code in NOT_ASSESSED.values():
            return Grade.NOT_ASSESSED
        return {each.code: each.grade for each in self.requirements}[code]
