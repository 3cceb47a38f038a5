import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files

from tracemark.kernel import Citation, cite


class Grade(StrEnum):
    """How well a record can carry a trace, from A (all is there and known) to E (it cannot). Source: ITI 11."""

    A = "A"
    B = "B"
    C = "C"
    D = "D"
    E = "E"


class Lack(StrEnum):
    """In what way an element of a record falls short."""

    MISSING = "missing"
    UNRESOLVED = "unresolved"
    DOUBTFUL = "doubtful"


Shortcoming = tuple[str, Lack]
"""An element of `grades.toml` and what it lacks."""


@dataclass(frozen=True, slots=True)
class GradeReason:
    """One thing that caps a grade: the element, what it lacks, the paragraph that asks for it, and the cap."""

    element: str
    lack: Lack
    source: Citation
    cap: Grade


@dataclass(frozen=True, slots=True)
class _Terms:
    source: Citation
    caps: Mapping[Lack, Grade]


def grade_of(shortcomings: frozenset[Shortcoming]) -> Grade:
    """Return the grade of a record with these shortcomings, as `grades.toml` weighs them."""
    return _grade(shortcomings)


def grade_reasons(shortcomings: frozenset[Shortcoming]) -> list[GradeReason]:
    """Return what caps the grade, the gravest first."""
    elements, _ = _table()
    found = [
        GradeReason(element, lack, elements[element].source, elements[element].caps[lack])
        for element, lack in shortcomings
        if lack in elements[element].caps
    ]
    return sorted(found, key=lambda reason: (reason.cap, reason.element), reverse=True)


@cache
def _grade(shortcomings: frozenset[Shortcoming]) -> Grade:
    _, together = _table()
    lacking = {element for element, lack in shortcomings if lack is Lack.MISSING}
    caps = [reason.cap for reason in grade_reasons(shortcomings)]
    caps += [cap for elements, cap in together if elements <= lacking]
    return max(caps, default=Grade.A)


@cache
def _table() -> tuple[dict[str, _Terms], list[tuple[frozenset[str], Grade]]]:
    plain = tomllib.loads((files("tracemark.intake") / "grades.toml").read_text("utf-8"))
    elements = {
        name: _Terms(cite(terms["source"]), {lack: Grade(terms[lack]) for lack in Lack if lack in terms})
        for name, terms in plain["elements"].items()
    }
    return elements, [(frozenset(each["lacking"]), Grade(each["grade"])) for each in plain["together"]]
