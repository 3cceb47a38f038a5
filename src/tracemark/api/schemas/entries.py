from typing import Literal

from pydantic import BaseModel, Field

from tracemark.api.schemas.events import EventOut
from tracemark.api.schemas.fields import Coming, Day, FindingOut, Line, State, Word
from tracemark.api.schemas.weapons import Components, DescriptionIn, Marks, WeaponOut
from tracemark.intake import DraftEvent, Entered, Entry
from tracemark.kernel import Plain
from tracemark.recordkeeping import EventKind
from tracemark.weapons import WeaponId, weapon_text

Beginning = Literal["manufactured", "imported", "registered"]
"""How a record begins at the registry's desk."""


class BeginningIn(Coming):
    """What the first event says; `/event-kinds` tells which kind requires and knows which of them."""

    holder: Word
    from_state: State = ""
    place: Line = ""
    lot: Line = ""
    licence: Line = ""

    def plain(self) -> dict[str, Plain]:
        """Return it as the record keeps it."""
        return {name: value for name, value in self.model_dump().items() if value}


class EntryIn(Coming):
    """A weapon that is not on record: what it is and bears, and the event with which its record begins."""

    description: DescriptionIn
    components: Components = Field(default_factory=list)
    marks: Marks = Field(default_factory=list)
    kind: Beginning
    happened: Day
    details: BeginningIn
    document: Line = ""

    def noun(self) -> Entry:
        """Return it as the rooms know it."""
        return Entry(
            description=self.description.noun(),
            components=tuple(each.noun() for each in self.components),
            marks=tuple(each.noun() for each in self.marks),
            first=DraftEvent(EventKind(self.kind), self.happened, self.details.plain(), document=self.document),
        )


class EnteredOut(BaseModel):
    """What became of an entry: the weapon with its events, or the held row that waits for judgement and against whom.

    `findings` is what falls short by the instruments; it refuses nothing.
    """

    weapon: WeaponOut | None
    events: list[EventOut]
    held: int | None
    against: list[str]
    findings: list[FindingOut]

    @classmethod
    def of(cls, entered: Entered, to: str) -> "EnteredOut":
        """Return it as it goes out."""
        recorded, held = entered.recorded, entered.held
        return cls(
            weapon=WeaponOut.of(recorded.states[0]) if recorded else None,
            events=[EventOut.of(each) for each in recorded.sealed] if recorded else [],
            held=held.id if held else None,
            against=[weapon_text(WeaponId(each)) for each in held.against] if held else [],
            findings=[FindingOut.of(each, to) for each in entered.findings],
        )
