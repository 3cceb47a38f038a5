from typing import Annotated

from pydantic import BaseModel, Field, StringConstraints

from tracemark.api.schemas.fields import Coming, Flag, Line, Said, WholeDay, Word
from tracemark.api.schemas.transfers import ReasonIn, StateCode
from tracemark.transfers import Denied, Embargo, Hit

Exemption = Annotated[str, StringConstraints(pattern=r"^(committee|notified|government|un_mission|protective)$")]


class EmbargoIn(Coming):
    """An embargo of this State itself."""

    state: StateCode
    since: WholeDay
    until: WholeDay | None = None
    symbol: Word
    non_state_only: Flag = False
    exemptions: Annotated[list[Exemption], Field(max_length=5)] = Field(default_factory=list)
    note: Line = ""

    def noun(self) -> Embargo:
        """Return it as the rooms know it."""
        scope = "non_state" if self.non_state_only else "all"
        return Embargo(
            "", self.state, self.since, self.until, self.symbol, scope, tuple(self.exemptions), note=self.note
        )


class LiftingIn(ReasonIn):
    """The last day of an embargo, and why it ends."""

    until: WholeDay


class EmbargoOut(BaseModel):
    """An embargo of the table or of this State; `confidence` tells how sure its days are."""

    code: str
    state: str
    since: str
    until: str | None
    symbol: str
    scope: str
    exemptions: list[str]
    confidence: str
    note: str

    @classmethod
    def of(cls, known: Embargo) -> "EmbargoOut":
        """Return an embargo as it goes out."""
        told = {name: getattr(known, name) for name in ("code", "state", "symbol", "scope", "confidence", "note")}
        until = known.until.isoformat() if known.until else None
        return cls(since=known.since.isoformat(), until=until, exemptions=list(known.exemptions), **told)


class EmbargoesOut(BaseModel):
    """Embargoes: the Security Council's, then the State's own."""

    items: list[EmbargoOut]


class DeniedIn(Coming):
    """A party to which nothing is to go. The names of a natural `person` never enter the record."""

    name: Word
    aliases: Annotated[list[Word], Field(max_length=40)] = Field(default_factory=list)
    state: Annotated[str, StringConstraints(pattern=r"^([A-Z]{2})?$")] = ""
    reason: Said
    source: Line = ""
    person: Flag = False

    def noun(self) -> Denied:
        """Return it as the rooms know it."""
        return Denied("", self.name, tuple(self.aliases), self.state, self.reason, self.person)


class DeniedOut(BaseModel):
    """A listed party, by the name of its dossier."""

    dossier: str
    name: str
    aliases: list[str]
    state: str
    reason: str
    person: bool

    @classmethod
    def of(cls, known: Denied) -> "DeniedOut":
        """Return a party as it goes out."""
        return cls(
            dossier=known.dossier,
            name=known.name,
            aliases=list(known.aliases),
            state=known.state,
            reason=known.reason,
            person=known.person,
        )


class PartiesOut(BaseModel):
    """The parties that are listed now."""

    items: list[DeniedOut]


class NamesIn(Coming):
    """Names to be held against the list."""

    names: Annotated[list[Word], Field(min_length=1, max_length=200)]


class HitOut(BaseModel):
    """That a name looks like one of a listed party, and why. An officer judges whether it is."""

    name: str
    party: DeniedOut
    matched: str
    why: str

    @classmethod
    def of(cls, hit: Hit) -> "HitOut":
        """Return a likeness as it goes out."""
        return cls(name=hit.name, party=DeniedOut.of(hit.denied), matched=hit.matched, why=hit.likeness.value)


class HitsOut(BaseModel):
    """Every likeness that was found."""

    hits: list[HitOut]
