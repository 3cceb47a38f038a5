from typing import Annotated, Any, Literal

from pydantic import BaseModel, Field, StringConstraints

from tracemark.api.schemas.fields import Coming, Day, Flag, Limit, Line, Sha256, State, Text, WholeDay, Word, Year
from tracemark.api.schemas.fields import Count as Whole
from tracemark.api.schemas.stockpiles import DossierName, WeaponTexts
from tracemark.kernel import Plain
from tracemark.recordkeeping import EventKind
from tracemark.stockpiles import (
    Criteria,
    Deed,
    Destruction,
    DestructionRecord,
    Lot,
    LotTold,
    Move,
    Plan,
    Surplus,
)
from tracemark.weapons import weapon_text

Ceiling = Annotated[str, StringConstraints(pattern=r"^[a-z_]{1,60}:[0-9]{1,7}$")]
"""How many weapons of a kind are needed, such as `pistol:120`."""


class PlanDestructionIn(Coming):
    """Which weapons are to be destroyed, by which method (`stockpiles/methods.toml`), where and why."""

    weapons: WeaponTexts
    method: Word
    place: Word
    reason: Line = ""
    due: WholeDay | None = None

    def noun(self) -> Plan:
        """Return it as the rooms know it."""
        return Plan(self.weapons, self.method, self.place, self.reason, self.due.isoformat() if self.due else "")


class DecideDestructionIn(Coming):
    """Whether a plan is approved; where it is not, `note` says why."""

    approve: Flag
    note: Text = ""


class DeedIn(Coming):
    """When and where a plan was carried out. `photos` are the SHA-256 of pictures that the node keeps."""

    happened: Day
    place: Word
    photos: Annotated[list[Sha256], Field(max_length=40, default_factory=list)]
    note: Text = ""

    def noun(self) -> Deed:
        """Return it as the rooms know it."""
        return Deed(self.happened, self.place, self.photos, self.note)


class WitnessOut(BaseModel):
    """Who saw a destruction."""

    name: str
    authority: str
    on: str


class DestructionOut(BaseModel):
    """A destruction. `came_back` are weapons of it that were recovered after they had been destroyed; null in lists."""

    name: str
    authority: str
    standing: str
    method: str
    place: str
    weapons: list[str]
    photos: list[str]
    witnesses: list[WitnessOut]
    came_back: list[str] | None

    @classmethod
    def of(cls, known: Destruction, record: DestructionRecord | None = None) -> "DestructionOut":
        """Return a destruction as it goes out."""
        return cls(
            name=known.name,
            authority=known.authority,
            standing=known.standing,
            method=known.method,
            place=known.place,
            weapons=list(map(weapon_text, known.weapons)),
            photos=list(known.photos),
            witnesses=[WitnessOut(name=each.name, authority=each.authority, on=each.on) for each in known.witnesses],
            came_back=[weapon_text(weapon) for weapon, _ in record.came_back] if record else None,
        )


class DestructionsOut(BaseModel):
    """Destructions, newest first. `before` asks for the next page; null where nothing follows."""

    items: list[DestructionOut]
    before: int | None


class WaitingOut(BaseModel):
    """A weapon in custody on which nobody has decided, since when, and how many days that is."""

    weapon: str
    custodian: str
    since: str
    days: int


class DispositionsOut(BaseModel):
    """Weapons in custody that wait for a decision, the longest first."""

    items: list[WaitingOut]


class LotIn(Coming):
    """An ammunition lot that came into a site, by the number its maker gave it; `quantity` in rounds."""

    site: DossierName
    lot: Word
    quantity: Annotated[int, Field(strict=True, ge=1, le=2**53 - 1)]
    happened: Day
    calibre: Line = ""
    maker: Line = ""
    country: State = ""
    year: Year | None = None
    rack: Line = ""
    note: Text = ""

    def noun(self) -> LotTold:
        """Return it as the rooms know it."""
        names = ("lot", "quantity", "calibre", "maker", "country", "year", "rack", "note")
        return LotTold(**{name: getattr(self, name) for name in names})


class MoveIn(Coming):
    """A step of an ammunition lot. What is issued is issued `to` somebody; what is destroyed, by a `method`."""

    kind: Literal["lot_added", "lot_issued", "lot_returned", "lot_counted", "lot_expended", "lot_destroyed"]
    quantity: Whole
    happened: Day
    to: Line = ""
    giver: Line = Field("", alias="from")
    method: Line = ""
    note: Text = ""

    def noun(self) -> Move:
        """Return it as the rooms know it."""
        told = {"to": self.to, "from": self.giver, "method": self.method, "note": self.note}
        details: dict[str, Plain] = {name: value for name, value in told.items() if value}
        return Move(EventKind(self.kind), self.quantity, self.happened, details)


class LotOut(BaseModel):
    """An ammunition lot: rounds in store, rounds out, and by how many the last count differed from the record."""

    name: str
    lot: str
    site: str
    rack: str
    calibre: str
    balance: int
    issued: int
    variance: int
    steps: list[dict[str, Any]]

    @classmethod
    def of(cls, lot: Lot) -> "LotOut":
        """Return a lot as it goes out."""
        names = ("name", "lot", "site", "rack", "calibre", "balance", "issued", "variance")
        steps: list[dict[str, Any]] = [
            {
                "position": each.position,
                "kind": each.kind.value,
                "on": each.on,
                "quantity": each.quantity,
                "balance": each.balance,
                "by": each.by,
            }
            for each in lot.steps
        ]
        return cls(steps=steps, **{name: getattr(lot, name) for name in names})


class LotsOut(BaseModel):
    """Ammunition lots, newest first. `before` asks for the next page; null where nothing follows."""

    items: list[LotOut]
    before: int | None


class SurplusOut(BaseModel):
    """A weapon that is surplus, on which grounds, and whether the record says so already."""

    weapon: str
    kind: str
    calibre: str
    year: int | None
    grounds: list[str]
    declared: bool

    @classmethod
    def of(cls, found: Surplus) -> "SurplusOut":
        """Return it as it goes out."""
        about = found.state.description
        return cls(
            weapon=weapon_text(found.state.weapon),
            kind=about.kind,
            calibre=about.calibre,
            year=about.year,
            grounds=[each.value for each in found.grounds],
            declared=found.declared,
        )


class SurplusFoundOut(BaseModel):
    """What of a holder's weapons is surplus by the criteria: the first of them, and how many there are in all."""

    items: list[SurplusOut]
    count: int


class CriteriaAsked(BaseModel):
    """Of whom, and by which criteria. Codes of the catalogue; `ceilings` are written `kind:number`."""

    holder: Word
    made_before: Annotated[int | None, Field(ge=1300, le=2200)] = None
    calibres: Annotated[list[Word], Field(max_length=50)] = Field(default_factory=list)
    kinds: Annotated[list[Word], Field(max_length=50)] = Field(default_factory=list)
    unserviceable: bool = True
    ceilings: Annotated[list[Ceiling], Field(max_length=50)] = Field(default_factory=list)
    limit: Limit = 50

    def criteria(self) -> Criteria:
        """Return it as the rooms know it."""
        pairs = (each.rpartition(":") for each in self.ceilings)
        needed = {kind: int(number) for kind, _, number in pairs}
        return Criteria(self.made_before, frozenset(self.calibres), frozenset(self.kinds), self.unserviceable, needed)
