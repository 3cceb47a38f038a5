from typing import Annotated, Any

from pydantic import BaseModel, StringConstraints

from tracemark.api.schemas.fields import Coming, Line, Said, Text, Word
from tracemark.practices import Durability, LibraryEntry, Practice


class PracticeIn(Coming):
    """A practice as its file says it, in TOML with a table for each language."""

    toml: Annotated[str, StringConstraints(min_length=1, max_length=200_000)]


class PracticeRevisionIn(PracticeIn):
    """A practice as it is to be, all of it, and why."""

    reason: Said


class PracticeReviewIn(Coming):
    """What the reviewer adds."""

    note: Text = ""


class PracticeReasonIn(Coming):
    """Why a step is taken."""

    reason: Said


class ExperienceIn(Coming):
    """How a practice went where it was used."""

    note: Said


class AdoptionIn(Coming):
    """Which practice a plan takes up, by its key in the library, and who does it; `reason` may stay empty."""

    key: Word
    plan: Word
    owner: Word
    reason: Line = ""


class SharingIn(Coming):
    """Which node is told, by its name in the directory."""

    to: Word


class LibraryEntryOut(BaseModel):
    """A practice of the library; `key` names it here, `holding` says whether it is ours, ships, or was received.

    `language` is the one it is found in: the reader's where it has one. `number` is 0 for a draft.
    """

    key: str
    holding: str
    standing: str
    number: int
    on: str
    sender: str
    language: str
    contents: dict[str, Any]

    @classmethod
    def of(cls, entry: LibraryEntry, language: str) -> "LibraryEntryOut":
        """Return an entry as it goes out."""
        told = {name: getattr(entry, name) for name in ("key", "standing", "number", "on", "sender")}
        return cls(**told, holding=entry.holding.value, language=language, contents=entry.content.plain())


class LibraryOut(BaseModel):
    """Practices, those that say most of what was asked first."""

    items: list[LibraryEntryOut]


class PracticeOut(BaseModel):
    """A practice of this node: what holds or is drafted, its versions, and experiences with it."""

    name: str
    authority: str
    standing: str
    contents: dict[str, Any]
    versions: list[dict[str, Any]]
    experiences: list[dict[str, Any]]
    returned_because: str
    withdrawn_because: str

    @classmethod
    def of(cls, known: Practice) -> "PracticeOut":
        """Return a practice as it goes out."""
        told = {name: getattr(known, name) for name in ("name", "authority", "standing")}
        why = {name: getattr(known, name) for name in ("returned_because", "withdrawn_because")}
        versions = [{"number": each.number, "on": each.on, "contents": each.content.plain()} for each in known.versions]
        tried = [{"on": each.on, "version": each.version, "text": each.text} for each in known.experiences]
        return cls(**told, **why, contents=known.content.plain(), versions=versions, experiences=tried)


class AdoptedOut(BaseModel):
    """The activity that follows a practice, and how it cites it."""

    plan: str
    activity: str
    practice: str


class SharedOut(BaseModel):
    """Which version was posted; it leaves with the next delivery."""

    practice: str
    number: int
    to: str


class DurabilityOut(BaseModel):
    """How long marks stay readable. Shares are text from 0 to 1; groups of fewer than `least` marks are `withheld`."""

    head: str
    least: int
    cells: list[dict[str, Any]]
    withheld: int
    left_out: dict[str, int]
    unidentified_unread: int

    @classmethod
    def of(cls, found: Durability) -> "DurabilityOut":
        """Return what was counted as it goes out."""
        return cls.model_validate(found.plain())
