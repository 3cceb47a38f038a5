"""What targets and activities are linked to: goals of a development plan, gaps of a report, one cell of a figure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from tracemark.kernel import Plain

_SEPARATOR = " | "


@dataclass(frozen=True, slots=True)
class DevelopmentGoal:
    """A goal of a State's development plan: which document, of which day, and the goal as it is named there."""

    document: str
    on: date
    goal: str

    def plain(self) -> dict[str, Plain]:
        """Return the form kept in the record."""
        return {"document": self.document, "on": self.on.isoformat(), "goal": self.goal}

    @classmethod
    def of_plain(cls, plain: Mapping[str, Any]) -> "DevelopmentGoal":
        """Read it from the record."""
        return cls(plain["document"], date.fromisoformat(plain["on"]), plain["goal"])

    @property
    def text(self) -> str:
        """The line that somebody types: `National Plan 2030 | 2024-01-15 | Goal 4`."""
        return _SEPARATOR.join((self.document, self.on.isoformat(), self.goal))


def development_goal(line: str) -> DevelopmentGoal | None:
    """Read `document | day | goal`; None where a line is no such thing."""
    parts = [each.strip() for each in line.split("|")]
    if len(parts) != 3 or not all(parts):  # noqa: PLR2004 - document, day and goal
        return None
    try:
        return DevelopmentGoal(parts[0], date.fromisoformat(parts[1]), parts[2])
    except ValueError:
        return None


def cell_text(cell: tuple[tuple[str, str], ...]) -> str:
    """Write a cell as somebody types it: `sex=women, region=north`."""
    return ", ".join(f"{name}={value}" for name, value in cell)


def cell_of(text: str) -> tuple[tuple[str, str], ...] | None:
    """Read `sex=women, region=north`, in the order of the names; None where a text is no such thing."""
    parts = [each.partition("=") for each in text.split(",") if each.strip()]
    found = {name.strip(): value.strip() for name, _, value in parts}
    return tuple(sorted(found.items())) if len(found) == len(parts) and all(map(_told, found.items())) else None


def _told(pair: tuple[str, str]) -> bool:
    return all(pair)


@dataclass(frozen=True, slots=True)
class Answering:
    """What answers a gap of a report: a target, or an activity of a plan by its code ("" for a target)."""

    dossier: str
    activity: str
    title: str
    standing: str
