"""What requests and inquiries have in common where their events are folded."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import Field, dataclass, replace
from typing import Any, ClassVar, Protocol, TypeVar

from tracemark.recordkeeping import EventKind, Sealed, own_events


class Matter(Protocol):
    """A request or an inquiry: by when the next step is due, and the messages that passed about it."""

    __dataclass_fields__: ClassVar[dict[str, Field[Any]]]

    @property
    def due(self) -> str: ...
    @property
    def messages(self) -> tuple[str, ...]: ...


Noun = TypeVar("Noun", bound=Matter)
Reads = Mapping[EventKind, Callable[[Noun, Sealed, Mapping[str, Any]], dict[str, Any]]]
"""What each kind of step tells of it."""


@dataclass(frozen=True, slots=True)
class Turn:
    """One step in the life of a request or an inquiry, as it is told: what, who, when, with what words.

    `ours` says whether we took it, or the other State; `on` is the day (ISO), `at` the instant at which it was sealed.
    """

    kind: EventKind
    ours: bool
    by: str
    authority: str
    on: str
    at: str
    position: int
    said: str = ""
    codes: tuple[str, ...] = ()


def after_steps(reads: Reads[Noun]) -> Callable[[Noun, Sealed, Mapping[str, Any]], Noun]:
    """Return what folds the next step into a matter: its message and the day it sets, then what its kind tells."""

    def after(known: Noun, sealed: Sealed, details: Mapping[str, Any]) -> Noun:
        message = (details["message"],) if details.get("message") else ()
        told = replace(known, due=details.get("due", known.due), messages=(*known.messages, *message))
        read = reads.get(sealed.event.kind)
        return replace(told, **read(told, sealed, details)) if read else told

    return after


def turns_of(name: str, events: Sequence[Sealed], theirs: frozenset[EventKind]) -> list[Turn]:
    """Return the steps of a dossier in the order of the record; `theirs` are the kinds that the other State takes."""
    return [_turn(each, each.event.kind not in theirs) for each in own_events(name, events)]


def sealed_on(sealed: Sealed) -> str:
    """The day (ISO) on which a step was sealed."""
    return sealed.recorded_at.date().isoformat()


def _turn(sealed: Sealed, ours: bool) -> Turn:  # noqa: FBT001 - of a value made here
    details: Mapping[str, Any] = sealed.event.details
    said = next((str(details[each]) for each in ("note", "reason") if details.get(each)), "")
    codes = tuple(map(str, details.get("lacking", ())))
    at = sealed.recorded_at.isoformat()
    event = sealed.event
    return Turn(event.kind, ours, event.by, event.authority, str(event.happened), at, sealed.position, said, codes)
