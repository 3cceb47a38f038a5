from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Any

from tracemark.kernel import Finding, NotToml, Plain, Refused, cite, toml_tables
from tracemark.tracing.cases import Priority


class DeadlinesRefused(Refused):
    """A file of deadlines cannot be read."""


class _Unfit(Exception):
    """A field is missing or says what cannot be; the message names it."""


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
        read = toml_tables(text)
        return Deadlines(tuple(map(_deadline, _listed(read))), _days(read, "escalate_after"))
    except NotToml as error:
        raise _refused("tracing.deadlines_not_toml", {"file": file, **error.facts}) from None
    except _Unfit as error:
        raise _refused("tracing.deadlines_unreadable", {"file": file, "field": str(error)}) from None


@cache
def shipped_deadlines() -> Deadlines:
    """The deadlines of a State that set none of its own."""
    name = "deadlines.toml"
    return read_deadlines((files("tracemark.tracing.interstate") / name).read_text("utf-8"), file=name)


def _listed(read: Mapping[str, Any]) -> list[Any]:
    found = read.get("deadline")
    if not isinstance(found, list) or not all(isinstance(each, dict) for each in found):
        raise _Unfit("[[deadline]]")
    return found


def _deadline(entry: Mapping[str, Any]) -> Deadline:
    if type(entry.get("since")) is not date:
        raise _Unfit("since")
    if entry.get("step") not in set(Due):
        raise _Unfit("step")
    return Deadline(entry["since"], Due(entry["step"]), {each: _days(entry, each) for each in Priority})


def _days(entry: Mapping[str, Any], field: str) -> int:
    value = entry.get(field)
    if type(value) is not int or value < 1:
        raise _Unfit(field)
    return value


def _refused(code: str, facts: Mapping[str, Plain]) -> DeadlinesRefused:
    return DeadlinesRefused([Finding(code, cite("ITI 18"), facts)])
