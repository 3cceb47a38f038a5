from typing import Annotated, Any

from pydantic import BaseModel, Field

from tracemark.api.schemas.events import Details
from tracemark.api.schemas.fields import Closed, Coming, Count, Day, Flag, Said, Sha256, Text, Weapon, plain_of
from tracemark.api.schemas.weapons import FieldName
from tracemark.recordkeeping import Correction, Decision, Proposal


class CorrectionIn(Coming):
    """What is wrong with the event at position `corrects`: what it should have said, or (`void`) that it never was."""

    corrects: Count
    reason: Said
    details: Details | None = None
    happened: Day | None = None
    void: Flag = False

    def noun(self) -> Correction:
        """Return it as the rooms know it."""
        details = self.details.plain() if self.details else None
        return Correction(self.corrects, self.reason, details, self.happened, self.void)


class ErasureIn(Coming):
    """Whose data are to be erased, on what legal ground. `weapon` is one whose record names the person."""

    commitment: Sha256
    weapon: Weapon
    legal_basis: Said


class RowErasureIn(Coming):
    """Whose data, named by a row that was set aside, are to be erased, and on what legal ground."""

    commitment: Sha256
    legal_basis: Said


class NoteIn(Coming):
    """Why a proposal is rejected."""

    note: Said


class ProposalOut(BaseModel):
    """A correction or an erasure that one person proposes and another decides. `permission`: what the second needs."""

    id: int
    permission: str
    subject: str
    content: dict[str, Any]
    reason: str
    proposed_by: str
    at: str

    @classmethod
    def of(cls, proposal: Proposal) -> "ProposalOut":
        """Return a proposal as it goes out."""
        same = {name: getattr(proposal, name) for name in cls.model_fields}
        return cls(**{**same, "content": plain_of(proposal.content)})


class ProposalsOut(BaseModel):
    """Proposals that wait for a second person, oldest first."""

    items: list[ProposalOut]


class DecisionOut(BaseModel):
    """What a second person decided."""

    proposal: int
    approved: bool
    decided_by: str
    at: str
    note: str

    @classmethod
    def of(cls, decision: Decision) -> "DecisionOut":
        """Return a decision as it goes out."""
        return cls(**{name: getattr(decision, name) for name in cls.model_fields})


class PersonIn(Coming):
    """A person's data, to be kept beside the record and never in it."""

    data: Annotated[dict[FieldName, Text], Field(min_length=1, max_length=30), Closed()]


class HolderOut(BaseModel):
    """The text that stands for a person in the record: `person:` and a salted commitment."""

    holder: str


class PurposeIn(Coming):
    """Why a person's data are read: noted before they are shown. `weapon` is one whose record names the person."""

    weapon: Weapon
    purpose: Said


class RowPurposeIn(Coming):
    """Why the data of a person whom a held row names are read: noted before they are shown."""

    purpose: Said


class HoldersOut(BaseModel):
    """The persons whom anything recorded of a weapon names, corrected or not, as holder texts, oldest first."""

    items: list[str]


class PersonOut(BaseModel):
    """A person's data."""

    holder: str
    data: dict[str, Any]


class ReadOut(BaseModel):
    """Who read a person's data, when and why."""

    actor: str
    authority: str
    commitment: str
    purpose: str
    at: str


class ReadsOut(BaseModel):
    """Every read of one person's data, oldest first."""

    items: list[ReadOut]
