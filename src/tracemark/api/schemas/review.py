from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from tracemark.api.schemas.fields import Coming, Said, Text, Word
from tracemark.api.schemas.targets import Cited
from tracemark.review import FrameCell, Number, Position, Settlement, Stance
from tracemark.review import Text as Proposal

MeetingCode = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]{1,40}$")]
"""The code of a meeting, such as `BMS9`."""


class MeetingOut(BaseModel):
    """A meeting of States: when, where, where that was seen (`link` leads there), and how sure it is.

    `outcome` is what it adopted.
    """

    code: str
    kind: str
    number: int
    first: str
    last: str
    place: str
    outcome: str
    source: str
    confidence: str
    checked_on: str
    note: str
    link: str


class MeetingsOut(BaseModel):
    """Meetings, the earliest first."""

    items: list[MeetingOut]


class NumberOut(BaseModel):
    """A number of a figure or a count, or why there is none (`absent`); a share is text.

    `head` and `definition` say where a figure was drawn and how it counts; `missing` why a State is not in a sum.
    """

    name: str
    value: int | str | None
    unit: str = ""
    absent: str = ""
    head: str = ""
    definition: str = ""
    states: Annotated[list[str], Field(default_factory=list)]
    missing: Annotated[dict[str, str], Field(default_factory=dict)]


class FrameCellOut(BaseModel):
    """A cell of the outcome's summary table. `stands_in_outcome` is false where this project put its paragraphs."""

    row: str
    column: str
    paragraphs: list[str]
    stands_in_outcome: bool
    desks: list[str]
    numbers: list[NumberOut]

    @classmethod
    def of(cls, cell: FrameCell, numbers: dict[str, Number]) -> "FrameCellOut":
        """Return a cell as it goes out."""
        return cls.model_validate({**cell.plain(), "numbers": [numbers[name].plain() for name in cell.numbers]})


class FrameOut(BaseModel):
    """The table, row by row."""

    cells: list[FrameCellOut]


class BasisOut(BaseModel):
    """One thing that a standing rests on: an answer, number, target, activity, part, meeting or addressee."""

    kind: str
    ref: str
    said: str


class UndertakingOut(BaseModel):
    """How a State stands with an undertaking; `not_known` is no no. `change` is 1 nearer, -1 back, null not known."""

    paragraph: str
    level: str
    themes: list[str]
    standing: str
    basis: list[BasisOut]
    change: int | None
    due: str


class UndertakingsOut(BaseModel):
    """What States undertook, in the order of the library."""

    items: list[UndertakingOut]


class SectionOut(BaseModel):
    """A section of a dossier: rows of named values, and codes of what is to be said of all of them."""

    code: str
    rows: list[dict[str, Any]]
    notes: list[str]


class DossierOut(BaseModel):
    """What is taken to a meeting; `fingerprint` is the SHA-256 of its canonical bytes without itself."""

    meeting: str
    subject: str
    states: list[str]
    since: str
    first: str
    last: str
    before_first: str
    before_last: str
    drawn_on: str
    head: str
    sections: list[SectionOut]
    fingerprint: str


class KeepIn(Coming):
    """For whom a dossier is kept ("" for this node's State or region), and what is to be said of it."""

    subject: Annotated[str, StringConstraints(pattern=r"^([A-Z]{2})?$")] = ""
    note: Text = ""


class WithdrawIn(Coming):
    """Why a kept dossier no longer stands."""

    reason: Said


class KeptOut(BaseModel):
    """A dossier that was kept, without what stands in it."""

    name: str
    standing: str
    meeting: str
    subject: str
    head: str
    fingerprint: str
    kept_on: str
    kept_by: str
    note: str
    reason: str


class KeptDossiersOut(BaseModel):
    """Kept dossiers, the newest first."""

    items: list[KeptOut]


class ProposalTextIn(Coming):
    """Who proposes what, for which meeting, on which undertaking."""

    meeting: MeetingCode
    title: Word
    proposed_by: Word
    undertaking: Cited
    text: Said
    symbol: Annotated[str, StringConstraints(max_length=120)] = ""

    def noun(self) -> Proposal:
        """Return it as the rooms know it."""
        return Proposal(self.meeting, self.title, self.proposed_by, self.undertaking, self.text, self.symbol)


class ProposalRevisionIn(Coming):
    """Another text of a proposal, all of it, and why."""

    text: ProposalTextIn
    reason: Said


class PositionIn(Coming):
    """What a State or a group says to a proposal; `instructions` are for our own delegation."""

    by: Word
    stance: Stance
    reason: Text = ""
    instructions: Text = ""

    def noun(self) -> Position:
        """Return it as the rooms know it."""
        return Position(self.by, self.stance, self.reason, self.instructions)


class SettlementIn(Coming):
    """What became of a proposal, and why."""

    outcome: Settlement
    reason: Said


class ProposalTextOut(BaseModel):
    """A proposal's text as it was last revised."""

    model_config = ConfigDict(extra="ignore")

    meeting: str
    title: str
    proposed_by: str
    undertaking: str
    text: str
    symbol: str = ""


class PositionOut(BaseModel):
    """A position; instructions are "" for who may not write for meetings."""

    by: str
    stance: str
    reason: str
    instructions: str
    on: str


class MeetingProposalOut(BaseModel):
    """A proposal with the positions to it."""

    name: str
    authority: str
    standing: Literal["open", "settled"]
    text: ProposalTextOut
    revised: bool
    positions: list[PositionOut]
    settled: str
    reason: str


class MeetingProposalsOut(BaseModel):
    """Proposals, those still open first."""

    items: list[MeetingProposalOut]
