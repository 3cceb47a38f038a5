"""Proposals for a meeting, and what each State says to them, side by side."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

from tracemark.kernel import Citation, Plain, cite
from tracemark.recordkeeping import EventKind, Sealed, fold_steps


class Stance(StrEnum):
    """What somebody says to a proposal."""

    SUPPORTS = "supports"
    WITH_CHANGES = "with_changes"
    RESERVES = "reserves"
    OPPOSES = "opposes"
    UNDECIDED = "undecided"


class Settlement(StrEnum):
    """What became of a proposal."""

    ADOPTED = "adopted"
    MERGED = "merged"
    WITHDRAWN = "withdrawn"
    NOT_ADOPTED = "not_adopted"


@dataclass(frozen=True, slots=True)
class Text:
    """What is proposed, by whom (a State's code, or a group by its name), for which meeting, on which undertaking.

    `symbol` is the document that it stands in, "" where there is none yet.
    """

    meeting: str
    title: str
    proposed_by: str
    undertaking: Citation
    text: str
    symbol: str = ""

    def plain(self) -> dict[str, Plain]:
        """Return the form kept in the record; what says nothing is left out."""
        told = {name: str(getattr(self, name)) for name in self.__slots__}
        return {name: value for name, value in told.items() if value}

    @classmethod
    def of_plain(cls, plain: Mapping[str, Any]) -> "Text":
        """Read it from the record."""
        return cls(**{**plain, "undertaking": cite(plain["undertaking"])})


@dataclass(frozen=True, slots=True)
class Position:
    """What a State or a group says to a proposal. `instructions` are for our own delegation, "" for others."""

    by: str
    stance: Stance
    reason: str
    instructions: str = ""
    on: str = ""


@dataclass(frozen=True, slots=True)
class Proposed:
    """A proposal as its events tell it: open or settled; `positions` by who takes them, as last noted.

    `first` is the text as it was recorded, `text` as it was last revised. `settled` is what became of it.
    """

    name: str
    authority: str
    first: Text
    text: Text
    standing: str = "open"
    positions: Mapping[str, Position] = field(default_factory=dict)
    settled: Settlement | None = None
    reason: str = ""

    def plain(self) -> dict[str, Plain]:
        """As JSON says it."""
        return {
            "name": self.name,
            "authority": self.authority,
            "standing": self.standing,
            "text": self.text.plain(),
            "revised": self.first != self.text,
            "positions": [
                {
                    "by": each.by,
                    "stance": each.stance.value,
                    "reason": each.reason,
                    "instructions": each.instructions,
                    "on": each.on,
                }
                for each in self.positions.values()
            ],
            "settled": self.settled.value if self.settled else "",
            "reason": self.reason,
        }


def proposed_of(name: str, events: Iterable[Sealed]) -> Proposed:
    """Fold a proposal's events.

    Raises:
        KeyError: none of them opens it.
    """
    return fold_steps(name, events, _recorded, _after)


def _recorded(sealed: Sealed, told: Mapping[str, Any]) -> Proposed:
    text = Text.of_plain(told["contents"])
    return Proposed(told["dossier"], sealed.event.authority, text, text)


def _after(known: Proposed, sealed: Sealed, told: Mapping[str, Any]) -> Proposed:
    event = sealed.event
    if event.kind is EventKind.MEETING_PROPOSAL_REVISED:
        return replace(known, text=Text.of_plain(told["contents"]))
    if event.kind is EventKind.MEETING_POSITION_NOTED:
        told = told["contents"]
        noted = Position(
            told["by"],
            Stance(told["stance"]),
            told.get("reason", ""),
            told.get("instructions", ""),
            str(event.happened),
        )
        return replace(known, positions={**known.positions, noted.by: noted})
    return replace(known, standing="settled", settled=Settlement(told["outcome"]), reason=told.get("reason", ""))
