from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from tracemark.kernel import Finding, Plain, Refused
from tracemark.practices.contents import PRACTICES, Content
from tracemark.recordkeeping import EventKind, Sealed, fold_steps


class PracticeRefused(Refused):
    """A practice does not say what it has to, or a step does not fit how it stands."""


def refuse_practice(code: str, /, **facts: Plain) -> PracticeRefused:
    """Return what says why something is refused."""
    return PracticeRefused([Finding(code, PRACTICES, facts)])


@dataclass(frozen=True, slots=True)
class PracticeVersion:
    """A version as it was published: `number` counts from 1, `on` is the day, `by` who published it."""

    number: int
    content: Content
    on: str
    by: str
    reviewed_by: str


@dataclass(frozen=True, slots=True)
class Experience:
    """What somebody who used a practice says of it."""

    on: str
    text: str
    version: int
    authority: str = ""


@dataclass(frozen=True, slots=True)
class Practice:
    """A practice's dossier: drafted, reviewed by another person, published; a new version goes the same way.

    `draft` is what is worked on and not published yet, by `drafted_by`; what was published stays until it is replaced.
    `returned_because` is why a reviewer sent the draft back.
    """

    name: str
    authority: str
    standing: str
    versions: tuple[PracticeVersion, ...] = ()
    draft: Content | None = None
    drafted_by: str = ""
    reviewed_by: str = ""
    returned_because: str = ""
    withdrawn_because: str = ""
    experiences: tuple[Experience, ...] = ()

    @property
    def published(self) -> PracticeVersion | None:
        """The version that holds; None where none was published, or all was withdrawn."""
        return self.versions[-1] if self.versions and self.standing != "withdrawn" else None

    @property
    def next_number(self) -> int:
        """Which version the next one published will be."""
        return len(self.versions) + 1

    @property
    def content(self) -> Content:
        """What is worked on, or else what was published last."""
        return self.draft or self.versions[-1].content


def practice_of(name: str, events: Sequence[Sealed]) -> Practice:
    """Fold a practice's events into what is true of it now.

    Raises:
        KeyError: none of the events opens it.
    """
    return fold_steps(name, events, _drafted, _after)


def _drafted(sealed: Sealed, told: Mapping[str, Any]) -> Practice:
    content = Content.of_plain(told["contents"])
    return Practice(told["dossier"], sealed.event.authority, "drafted", draft=content, drafted_by=sealed.event.by)


def _after(known: Practice, sealed: Sealed, told: Mapping[str, Any]) -> Practice:
    event = sealed.event
    match event.kind:
        case EventKind.PRACTICE_REVISED:
            content = Content.of_plain(told["contents"])
            return replace(
                known, standing="drafted", draft=content, drafted_by=event.by, reviewed_by="", returned_because=""
            )
        case EventKind.PRACTICE_REVIEWED:
            return replace(known, standing="reviewed", reviewed_by=event.by, returned_because="")
        case EventKind.PRACTICE_RETURNED:
            return replace(known, standing="drafted", reviewed_by="", returned_because=str(told["reason"]))
        case EventKind.PRACTICE_PUBLISHED:
            version = PracticeVersion(
                known.next_number, known.content, str(event.happened), event.by, known.reviewed_by
            )
            return replace(known, standing="published", versions=(*known.versions, version), draft=None)
        case EventKind.PRACTICE_TRIED:
            version_used = len(known.versions)
            tried = Experience(str(event.happened), str(told["note"]), version_used, event.authority)
            return replace(known, experiences=(*known.experiences, tried))
        case _:
            return replace(known, standing="withdrawn", withdrawn_because=str(told["reason"]))
