from datetime import date
from typing import Annotated

from pydantic import BaseModel, Field, StringConstraints

from tracemark.api.schemas.fields import Coming, Count, Day, Line, Text, Weapon, WholeDay, Word
from tracemark.api.schemas.transfers import DossierStepOut, LicenceName, Locode, Route, StateCode
from tracemark.kernel import PartialDate
from tracemark.transfers import MOST_ITEMS, Consignment, Item, Journey, Reconciliation
from tracemark.weapons import NO_WEAPON, weapon_text


class JourneyIn(Coming):
    """Who sends to whom, under a licence or within the State."""

    sender: Word
    receiver: Word
    licence: LicenceName | None = None
    carrier: Line = ""
    route: Route = Field(default_factory=list)
    due: WholeDay | None = None
    note: Line = ""

    def noun(self) -> Journey:
        """Return it as the rooms know it."""
        due = self.due.isoformat() if self.due else ""
        return Journey(self.sender, self.receiver, self.licence or "", self.carrier, tuple(self.route), due, self.note)


class ItemIn(Coming):
    """A weapon of a list: by identity, by serial, or both; `line` is the licence's, from 1."""

    weapon: Weapon | None = None
    serial: Annotated[str, StringConstraints(max_length=64, pattern=r"^[^\x00]*$")] = ""
    line: Count = 0

    def noun(self) -> Item:
        """Return it as the rooms know it."""
        return Item(self.weapon or NO_WEAPON, self.serial, self.line)


Items = Annotated[list[ItemIn], Field(min_length=1, max_length=MOST_ITEMS)]


class PackingIn(Coming):
    """Weapons to be put on the packing list."""

    items: Items


class OnIn(Coming):
    """When it happened."""

    on: Day

    @property
    def day(self) -> PartialDate:
        """The day as the rooms know it."""
        return self.on


class ShipmentIn(OnIn):
    """When and where it left, and when it ought to come."""

    place: Line = ""
    due: WholeDay | None = None


class PassageIn(OnIn):
    """A place that was passed."""

    place: Locode
    note: Line = ""


class ReceiptIn(OnIn):
    """What came, and where."""

    items: Items
    place: Line = ""


class MirrorIn(OnIn):
    """What the other side says it received or sent."""

    items: Items
    reported_by: StateCode


class VerificationIn(OnIn):
    """The other authority's certificate of delivery."""

    number: Word
    note: Line = ""


class VisitIn(OnIn):
    """A visit to the end user."""

    place: Word
    note: Text = ""


class ItemOut(BaseModel):
    """A weapon of a list."""

    weapon: str
    serial: str
    line: int

    @classmethod
    def of(cls, item: Item) -> "ItemOut":
        """Return an item as it goes out."""
        weapon = weapon_text(item.weapon) if item.weapon else ""
        return cls(weapon=weapon, serial=item.serial, line=item.line)


class ReconciliationOut(BaseModel):
    """A list beside the packing list, weapon by weapon."""

    agrees: bool
    matched: int
    missing: list[ItemOut]
    extra: list[ItemOut]
    twice: list[ItemOut]

    @classmethod
    def of(cls, found: Reconciliation | None) -> "ReconciliationOut | None":
        """Return a reconciliation as it goes out; nothing where there is none."""
        if found is None:
            return None
        lists = {name: list(map(ItemOut.of, getattr(found, name))) for name in ("missing", "extra", "twice")}
        return cls(agrees=found.agrees, matched=len(found.matched), **lists)


class ConsignmentOut(BaseModel):
    """A consignment as it stands. `receipt` is what our side received, `mirror` what the other side reports."""

    name: str
    standing: str
    authority: str
    licence: str
    moves: str
    sender: str
    receiver: str
    to_state: str
    route: list[str]
    due: str
    packed: list[ItemOut]
    shipped_on: str
    missed: list[str]
    strayed: list[str]
    receipt: ReconciliationOut | None
    mirror: ReconciliationOut | None
    verified: str
    overdue: bool
    steps: list[DossierStepOut]

    @classmethod
    def of(cls, known: Consignment, on: date) -> "ConsignmentOut":
        """Return a consignment as it goes out, as it stands on a day."""
        texts = ("name", "standing", "authority", "licence", "moves", "to_state", "due", "shipped_on", "verified")
        return cls(
            **{name: getattr(known, name) for name in texts},
            sender=known.from_holder,
            receiver=known.to_holder,
            route=list(known.route),
            packed=list(map(ItemOut.of, known.packed)),
            missed=known.missed,
            strayed=known.strayed,
            receipt=ReconciliationOut.of(known.receipt),
            mirror=ReconciliationOut.of(known.mirror),
            overdue=known.overdue(on),
            steps=[DossierStepOut.of(each) for each in known.steps],
        )
