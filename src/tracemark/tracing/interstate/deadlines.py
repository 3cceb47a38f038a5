import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Any

from tracemark.kernel import Finding, Refused, cite
from tracemark.tracing.cases import Priority


class DeadlinesRefused(Refused):
    """A file of deadlines cannot be read."""


class Due(StrEnum):
    """What a State is given time for. Source: ITI 18, ITI 19."""

    ACKNOWLEDGE = "acknowledge"
    ANSWER = "answer"
    CLARIFY = "clarify"


@dataclass(frozen=True, slots=True)
class Deadline:
    """How many days a step may take from a day on, by priority."""

    since: date
    step: Due
    days: Mapping[Priority, int]


@dataclass(frozen=True, slots=True)
class Deadlines:
    """The deadlines a State keeps to; after `escalate_after` reminders a matter is escalated."""

    listed: tuple[Deadline, ...]
    escalate_after: int

    def due(self, step: Due, priority: Priority, on: date) -> str:
        """Return the day (ISO) by which a step that begins on a day ought to be done; "" where none is set."""
        known = [each for each in self.listed if each.step is step and each.since <= on]
        if not known:
            return ""
        return (on + timedelta(days=max(known, key=lambda each: each.since).days[priority])).isoformat()


def read_deadlines(text: str, *, file: str) -> Deadlines:
    """Read a file of deadlines.

    Raises:
        DeadlinesRefused: it is not TOML, or does not say what a deadline says.
    """
    try:
        read = tomllib.loads(text)
        listed = tuple(map(_deadline, read["deadline"]))
        return Deadlines(listed, _days(read["escalate_after"]))
    except (KeyError, TypeError, ValueError) as error:
        facts = {"file": file, "fault": str(error)}
        raise DeadlinesRefused([Finding("tracing.deadlines_unreadable", cite("ITI 18"), facts)]) from None


@cache
def shipped_deadlines() -> Deadlines:
    """The deadlines of a State that set none of its own."""
    name = "deadlines.toml"
    return read_deadlines((files("tracemark.tracing.interstate") / name).read_text("utf-8"), file=name)


def _deadline(entry: Mapping[str, Any]) -> Deadline:
    if type(entry["since"]) is not date:
        raise TypeError("since")
    return Deadline(entry["since"], Due(entry["step"]), {each: _days(entry[each]) for each in Priority})


def _days(value: object) -> int:
    if type(value) is not int or value < 1:
        raise ValueError(f"{value!r} is no number of days or reminders")
    return value
