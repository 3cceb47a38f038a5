from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from tracemark.kernel import Citation, Plain, cite

PRACTICES = cite("BMS7 ITI.3")
"""What the meeting asked for: a good-practice document on marking polymer and modular weapons."""


class PracticeSubject(StrEnum):
    """What a practice is about."""

    MARKING = "marking"
    STOCKPILES = "stockpiles"
    TARGETS = "targets"
    GENDER = "gender"
    BORDERS = "borders"


class Backing(StrEnum):
    """What stands behind what a practice says: numbers, the experience of whoever did it, or a text and reasoning."""

    MEASURED = "measured"
    EXPERIENCE = "experience"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Telling:
    """A practice in one language: where it applies, what was done, what shows that it works, and what it costs."""

    title: str
    context: str = ""
    done: str = ""
    evidence: str = ""
    cost: str = ""

    def plain(self) -> dict[str, Plain]:
        """As the record keeps it; what says nothing is left out."""
        told = {name: getattr(self, name) for name in TELLS}
        return {name: text for name, text in told.items() if text}


TELLS = ("title", "context", "done", "evidence", "cost")


@dataclass(frozen=True, slots=True)
class Content:
    """What a practice says, in each language that it has. `state` is whose practice it is (ISO 3166-1 alpha-2).

    `as_of` is the day on which it was true, `sources` where it can be read. `origin` is what it was taken over from:
    another node's practice and its version, "" where it is nobody else's.
    """

    subject: PracticeSubject
    tellings: Mapping[str, Telling]
    backing: Backing
    as_of: date
    state: str = ""
    commitments: tuple[Citation, ...] = ()
    sources: tuple[str, ...] = ()
    origin: str = ""

    def plain(self) -> dict[str, Plain]:
        """As the record keeps it, and as it is sent; what says nothing is left out."""
        told: dict[str, Plain] = {
            "subject": self.subject.value,
            "backing": self.backing.value,
            "as_of": self.as_of.isoformat(),
            "state": self.state,
            "commitments": [str(each) for each in self.commitments],
            "sources": list(self.sources),
            "origin": self.origin,
            "tellings": {code: telling.plain() for code, telling in sorted(self.tellings.items())},
        }
        return {name: value for name, value in told.items() if value not in ("", [])}

    @classmethod
    def of_plain(cls, plain: Mapping[str, Any]) -> "Content":
        """Read what `plain` wrote.

        Raises:
            KeyError, ValueError, TypeError: it is nothing of the kind.
        """
        return cls(
            subject=PracticeSubject(plain["subject"]),
            tellings={str(code): _telling(each) for code, each in plain["tellings"].items()},
            backing=Backing(plain["backing"]),
            as_of=date.fromisoformat(plain["as_of"]),
            state=str(plain.get("state", "")),
            commitments=tuple(cite(str(each)) for each in plain.get("commitments", ())),
            sources=tuple(map(str, plain.get("sources", ()))),
            origin=str(plain.get("origin", "")),
        )

    def language_for(self, reader: str) -> str:
        """Return the language to show to a reader: theirs, else English, else the first there is."""
        return next((each for each in (reader, "en") if each in self.tellings), min(self.tellings))


def _telling(plain: Mapping[str, Any]) -> Telling:
    if unknown := set(plain) - set(TELLS):
        raise ValueError(f"unknown: {', '.join(sorted(unknown))}")
    return Telling(**{name: str(text) for name, text in plain.items()})
