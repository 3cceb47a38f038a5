from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from typing import Any

from tracemark.kernel import Plain, Refused, cite
from tracemark.recordkeeping import EventKind, Sealed, fold_steps

PARTICIPATION = cite("BMS7 MEAS.5")


class ContributionRefused(Refused):
    """A contribution does not say what it has to, or a step does not fit how it stands."""


class ContributionSort(StrEnum):
    """A comment, or a number of somebody's own."""

    COMMENT = "comment"
    SHADOW = "shadow"


class Voice(StrEnum):
    """For whom somebody speaks, as they say themselves."""

    CIVIL_SOCIETY = "civil_society"
    INDUSTRY = "industry"
    PARLIAMENTARIAN = "parliamentarian"
    YOUTH = "youth"
    SURVIVOR = "survivor"
    RESEARCH = "research"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Words:
    """What somebody wrote; kept beside the record, so that it can be erased.

    `value` with `source` and `method` is a number of theirs, None in a comment. `name` and `contact` are "" unless they
    chose to be named; `contact` is for the point of contact only and never shown.
    """

    text: str
    value: Decimal | None = None
    source: str = ""
    method: str = ""
    name: str = ""
    contact: str = ""

    def plain(self) -> dict[str, Plain]:
        """As it is kept; what is empty is left out."""
        told = {name: str(getattr(self, name)) for name in ("text", "source", "method", "name", "contact")}
        value = "" if self.value is None else str(self.value)
        return {name: text for name, text in {**told, "value": value}.items() if text}

    @classmethod
    def of(cls, plain: Mapping[str, Plain]) -> "Words":
        """Read what `plain` wrote."""
        told = {name: str(text) for name, text in plain.items() if name != "value"}
        value = Decimal(str(plain["value"])) if "value" in plain else None
        return cls(value=value, **{"text": "", **told})


@dataclass(frozen=True, slots=True)
class Receipt:
    """What whoever contributed keeps: the contribution's name, and the code by which they can ask what became of it."""

    name: str
    code: str


@dataclass(frozen=True, slots=True)
class Contribution:
    """The fold of one contribution's dossier: received, accepted, refused or withdrawn; its words lie elsewhere.

    `about` is the published report or figure, `question` one of its questions. `writing` stands for the words in the
    record (`person:` and a commitment), `receipt` is the SHA-256 of the code. `reason` is that of a refusal, `answers`
    what the point of contact said, the newest last.
    """

    name: str
    about: str
    sort: ContributionSort
    voice: Voice
    writing: str
    receipt: str
    received_on: str
    question: str = ""
    year: int | None = None
    standing: str = "received"
    decided_on: str = ""
    decided_by: str = ""
    reason: str = ""
    answers: tuple[str, ...] = ()


def contribution_of(name: str, events: Iterable[Sealed]) -> Contribution:
    """Fold a contribution's events.

    Raises:
        KeyError: none of them opens it.
    """
    return fold_steps(name, events, _received, _after)


def _received(sealed: Sealed, told: Mapping[str, Any]) -> Contribution:
    return Contribution(
        name=told["dossier"],
        about=told["about"],
        sort=ContributionSort(told["sort"]),
        voice=Voice(told["voice"]),
        writing=told["writing"],
        receipt=told["receipt"],
        received_on=str(sealed.event.happened),
        question=told.get("question", ""),
        year=told.get("year"),
    )


_LEADS_TO: Mapping[EventKind, str] = {
    EventKind.CONTRIBUTION_ACCEPTED: "accepted",
    EventKind.CONTRIBUTION_REFUSED: "refused",
    EventKind.CONTRIBUTION_WITHDRAWN: "withdrawn",
}


def _after(known: Contribution, sealed: Sealed, told: Mapping[str, Any]) -> Contribution:
    event = sealed.event
    if note := str(told.get("note", "")):
        known = replace(known, answers=(*known.answers, note))
    standing = _LEADS_TO.get(event.kind)
    if standing is None:
        return known
    return replace(
        known, standing=standing, decided_on=str(event.happened), decided_by=event.by, reason=told.get("reason", "")
    )
