from decimal import Decimal
from typing import Annotated, Any

from pydantic import BaseModel, Field, Strict

from tracemark.api.schemas.fields import Coming, Count, Line, Said, Text, WholeDay, Word
from tracemark.api.schemas.targets import Cited, Currency, Money
from tracemark.assistance import CampaignDraft, CampaignKind, CampaignRecord, CampaignReturn, Machine, Supply

Days = Annotated[int, Strict(), Field(ge=1, le=366)]


class MachineIn(Coming):
    """A machine, and how many pieces it makes on a working day."""

    name: Word
    per_day: Count


class SupplyIn(Coming):
    """Fuel or a part, and how much there is at the beginning."""

    name: Word
    unit: Line
    quantity: Money


class CampaignIn(Coming):
    """What a campaign is to do. `places` are agencies or sites; `quantity` weapons, or sites."""

    kind: CampaignKind
    title: Word
    places: Annotated[list[Word], Field(min_length=1, max_length=100)]
    quantity: Count
    first: WholeDay
    last: WholeDay
    responsible: Word
    commitment: Cited
    target: Line = ""
    machines: Annotated[list[MachineIn], Field(max_length=50, default_factory=list)]
    supplies: Annotated[list[SupplyIn], Field(max_length=50, default_factory=list)]
    cost: Money | None = None
    currency: Currency = ""
    every_days: Days = 30

    def noun(self) -> CampaignDraft:
        """Return it as the rooms know it."""
        told = {name: getattr(self, name) for name in CampaignDraft.__slots__}
        machines = tuple(Machine(each.name, each.per_day) for each in self.machines)
        supplies = tuple(Supply(each.name, each.unit, each.quantity) for each in self.supplies)
        return CampaignDraft(**told | {"places": tuple(self.places), "machines": machines, "supplies": supplies})


class CampaignRevisionIn(CampaignIn):
    """What a campaign is to do from now on, all of it, and why that changed."""

    reason: Said


class AmountIn(Coming):
    """How much of a supply."""

    supply: Word
    amount: Money


class CampaignReturnIn(Coming):
    """What a campaign did in some days: pieces, days worked, money, what was used up and what came anew."""

    first: WholeDay
    last: WholeDay
    done: Count
    days_worked: Count = 0
    spent: Money = Decimal(0)
    used: Annotated[list[AmountIn], Field(max_length=50, default_factory=list)]
    received: Annotated[list[AmountIn], Field(max_length=50, default_factory=list)]
    note: Text = ""

    def noun(self) -> CampaignReturn:
        """Return it as the rooms know it."""
        told = {name: getattr(self, name) for name in CampaignReturn.__slots__}
        amounts = {name: {each.supply: each.amount for each in getattr(self, name)} for name in ("used", "received")}
        return CampaignReturn(**told | amounts)


class CampaignStartIn(Coming):
    """The day on which it began."""

    on: WholeDay


class CampaignCloseIn(Coming):
    """How it ended."""

    reason: Said


class CampaignReturnOut(BaseModel):
    """A return. `shown` is what the record shows of its days, `differs` what the return says more; null: uncounted."""

    first: str
    last: str
    done: int
    days_worked: int
    spent: str
    used: dict[str, str]
    received: dict[str, str]
    note: str
    shown: int | None
    differs: int | None


class CampaignOut(BaseModel):
    """A campaign. Amounts are text; `done` is what the record shows, once counted; `claimed` what returns say."""

    campaign: str
    authority: str
    standing: str
    started_on: str
    closed_on: str
    reason: str
    revisions: list[dict[str, str]]
    kind: str
    title: str
    places: list[str]
    quantity: int
    first: str
    last: str
    responsible: str
    commitment: str
    target: str
    machines: list[dict[str, Any]]
    supplies: list[dict[str, Any]]
    cost: str
    currency: str
    every_days: int
    done: int
    claimed: int
    remaining: int
    ends_on: str
    spent: str
    counted_at: str
    returns: list[CampaignReturnOut]
    left: dict[str, str]
    alarms: list[dict[str, Any]]

    @classmethod
    def of(cls, found: CampaignRecord) -> "CampaignOut":
        """Return it as it goes out."""
        return cls.model_validate(found.plain())


class CampaignsOut(BaseModel):
    """Campaigns, those with alarms first."""

    items: list[CampaignOut]
