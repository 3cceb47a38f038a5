"""What a library holds, wherever it comes from: our own practices, those that ship, and those that others sent."""

from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files

from tracemark.practices.contents import Content
from tracemark.practices.drafts import read_practice_toml
from tracemark.practices.records import Experience, Practice

_SHIPPED = "shipped"


class Holding(StrEnum):
    """Where a practice comes from."""

    OWN = "own"
    SHIPPED = "shipped"
    RECEIVED = "received"


@dataclass(frozen=True, slots=True)
class LibraryEntry:
    """A practice as a library shows it.

    `key` names it here: `GP-2026-000001`, `shipped:plate-in-polymer`, or the sender's node and what it calls it,
    `xu.example:GP-2026-000007`. `sender` is the node that sent it. `number` is its version, 0 for a draft.
    """

    key: str
    holding: Holding
    content: Content
    number: int
    on: str
    standing: str
    sender: str = ""
    experiences: tuple[Experience, ...] = ()

    @property
    def cited(self) -> str:
        """How an activity of a plan cites it: name and version."""
        return f"{self.key}@{self.number}"


def own_entry(practice: Practice) -> LibraryEntry:
    """Return a practice of ours as a library shows it: the version that holds, or the draft where there is none."""
    version = practice.published or (practice.versions[-1] if practice.versions and not practice.draft else None)
    content, number = (version.content, version.number) if version else (practice.content, 0)
    on = version.on if version else content.as_of.isoformat()
    standing = "published" if practice.published else practice.standing
    return LibraryEntry(practice.name, Holding.OWN, content, number, on, standing, experiences=practice.experiences)


@cache
def shipped_practices() -> tuple[LibraryEntry, ...]:
    """Return the practices that come with the software, marking first. They are nobody's: texts and reasoning."""
    folder = files("tracemark.practices") / "started"
    found = sorted((each for each in folder.iterdir() if each.name.endswith(".toml")), key=lambda each: each.name)
    return tuple(_shipped(each.name.removesuffix(".toml").partition("-")[2], each.read_text("utf-8")) for each in found)


def _shipped(name: str, text: str) -> LibraryEntry:
    content = read_practice_toml(text)
    on = content.as_of.isoformat()
    return LibraryEntry(f"{_SHIPPED}:{name}", Holding.SHIPPED, content, 1, on, "published")
