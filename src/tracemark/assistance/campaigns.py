from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from tracemark.kernel import Citation, Plain, cite
from tracemark.recordkeeping import EventKind, Sealed, fold_steps
from tracemark.targets import amount_text

CAMPAIGNS = cite("PoA III.6")


class CampaignKind(StrEnum):
    """What a campaign does: it marks weapons, destroys them, or makes sites safer."""

    MARKING = "marking"
    DESTRUCTION = "destruction"
    UPGRADE = "upgrade"


FIGURES: Mapping[CampaignKind, str] = {
    CampaignKind.MARKING: "weapons.marked",
    CampaignKind.DESTRUCTION: "destructions.weapons",
}
"""The figure by which the record itself counts what a campaign does; upgrades are counted by the sites' own answers."""


@dataclass(frozen=True, slots=True)
class Machine:
    """A machine of a campaign, and how many pieces it makes on a working day."""

    name: str
    per_day: int


@dataclass(frozen=True, slots=True)
class Supply:
    """Fuel, spare parts or another thing that is used up, and how much there is at the beginning."""

    name: str
    unit: str
    quantity: Decimal


@dataclass(frozen=True, slots=True)
class CampaignDraft:
    """What a campaign is to do: how many pieces (weapons, or sites), from a day to a day, where, and with what.

    `places` are the agencies or sites (ST-…) at which it marks or destroys, or the sites that are upgraded. `target`
    names a target it serves, "" for none. A return is due every `every_days`. `cost` is in `currency` (ISO 4217).
    Source: PoA III.6, ITI 8, PoA II.17, PoA II.19.
    """

    kind: CampaignKind
    title: str
    places: tuple[str, ...]
    quantity: int
    first: date
    last: date
    responsible: str
    commitment: Citation
    target: str = ""
    machines: tuple[Machine, ...] = ()
    supplies: tuple[Supply, ...] = ()
    cost: Decimal | None = None
    currency: str = ""
    every_days: int = 30

    @property
    def per_day(self) -> int:
        """How many pieces all machines make on a working day; 0 where there are none."""
        return sum(each.per_day for each in self.machines)

    def plain(self) -> dict[str, Plain]:
        """As the record keeps it."""
        machines: list[Plain] = [{"name": each.name, "per_day": each.per_day} for each in self.machines]
        supplies: list[Plain] = [
            {"name": each.name, "unit": each.unit, "quantity": amount_text(each.quantity)} for each in self.supplies
        ]
        return {
            "kind": self.kind.value,
            "title": self.title,
            "places": list(self.places),
            "quantity": self.quantity,
            "first": self.first.isoformat(),
            "last": self.last.isoformat(),
            "responsible": self.responsible,
            "commitment": str(self.commitment),
            "target": self.target,
            "machines": machines,
            "supplies": supplies,
            "cost": "" if self.cost is None else amount_text(self.cost),
            "currency": self.currency,
            "every_days": self.every_days,
        }

    @classmethod
    def of_plain(cls, told: Mapping[str, Any]) -> "CampaignDraft":
        """Read it from the record."""
        read = {
            "kind": CampaignKind(told["kind"]),
            "places": tuple(told["places"]),
            "first": date.fromisoformat(told["first"]),
            "last": date.fromisoformat(told["last"]),
            "commitment": cite(told["commitment"]),
            "machines": tuple(Machine(**each) for each in told["machines"]),
            "supplies": tuple(Supply(**{**each, "quantity": Decimal(each["quantity"])}) for each in told["supplies"]),
            "cost": Decimal(told["cost"]) if told["cost"] else None,
        }
        return cls(**{**told, **read})


@dataclass(frozen=True, slots=True)
class CampaignReturn:
    """What a campaign says of some days: pieces done, days worked, money spent, what was used up and what came anew."""

    first: date
    last: date
    done: int
    days_worked: int = 0
    spent: Decimal = Decimal(0)
    used: Mapping[str, Decimal] = field(default_factory=dict)
    received: Mapping[str, Decimal] = field(default_factory=dict)
    note: str = ""

    def plain(self) -> dict[str, Plain]:
        """As the record keeps it."""
        return {
            "first": self.first.isoformat(),
            "last": self.last.isoformat(),
            "done": self.done,
            "days_worked": self.days_worked,
            "spent": amount_text(self.spent),
            "used": {name: amount_text(value) for name, value in self.used.items()},
            "received": {name: amount_text(value) for name, value in self.received.items()},
            "note": self.note,
        }

    @classmethod
    def of_plain(cls, told: Mapping[str, Any]) -> "CampaignReturn":
        """Read it from the record."""
        read: dict[str, Any] = {name: date.fromisoformat(told[name]) for name in ("first", "last")}
        read |= {name: {key: Decimal(each) for key, each in told[name].items()} for name in ("used", "received")}
        return cls(**{**told, **read, "spent": Decimal(told["spent"])})


@dataclass(frozen=True, slots=True)
class Counted:
    """What the record itself shows, at a head (SIZE.ROOT): in each return's days, and from the start to the last.

    A weapon that was marked in two returns' days is one in the whole.
    """

    by_return: tuple[int, ...]
    whole: int
    head: str
    on: str = ""


@dataclass(frozen=True, slots=True)
class CampaignRevision:
    """When a campaign was revised, why, and what it was to do before."""

    on: str
    reason: str
    before: CampaignDraft


@dataclass(frozen=True, slots=True)
class Campaign:
    """The fold of one campaign's dossier: planned, started or closed; `draft` is what it is to do now.

    A revision of the places leaves nothing of what was counted at the former ones: it is to be counted anew.
    """

    name: str
    authority: str
    draft: CampaignDraft
    standing: str = "planned"
    started_on: date | None = None
    returns: tuple[CampaignReturn, ...] = ()
    counted: Counted | None = None
    closed_on: str = ""
    reason: str = ""
    revisions: tuple[CampaignRevision, ...] = ()

    @property
    def claimed(self) -> int:
        """How many pieces the returns say were done."""
        return sum(each.done for each in self.returns)

    @property
    def spent(self) -> Decimal:
        """What the returns say was spent."""
        return sum((each.spent for each in self.returns), Decimal(0))

    def left(self, supply: Supply) -> Decimal:
        """How much of a supply there is still, by the returns."""
        came = sum((each.received.get(supply.name, Decimal(0)) for each in self.returns), supply.quantity)
        return came - self.used(supply)

    def used(self, supply: Supply) -> Decimal:
        """How much of a supply was used up, by the returns."""
        return sum((each.used.get(supply.name, Decimal(0)) for each in self.returns), Decimal(0))


def campaign_of(name: str, events: Iterable[Sealed]) -> Campaign:
    """Fold a campaign's events.

    Raises:
        KeyError: none of them opens it.
    """
    return fold_steps(name, events, _planned, _after)


def _planned(sealed: Sealed, told: Mapping[str, Any]) -> Campaign:
    return Campaign(told["dossier"], sealed.event.authority, CampaignDraft.of_plain(told["contents"]))


def _after(known: Campaign, sealed: Sealed, told: Mapping[str, Any]) -> Campaign:
    change = _CHANGES.get(sealed.event.kind)
    return change(known, str(sealed.event.happened), told) if change else known


def _started(known: Campaign, on: str, _: Mapping[str, Any]) -> Campaign:
    return replace(known, standing="started", started_on=date.fromisoformat(on))


def _returned(known: Campaign, _: str, told: Mapping[str, Any]) -> Campaign:
    return replace(known, returns=(*known.returns, CampaignReturn.of_plain(told["contents"])))


def _revised(known: Campaign, on: str, told: Mapping[str, Any]) -> Campaign:
    draft = CampaignDraft.of_plain(told["contents"])
    counted = known.counted if set(draft.places) == set(known.draft.places) else None
    revision = CampaignRevision(on, told["reason"], known.draft)
    return replace(known, draft=draft, counted=counted, revisions=(*known.revisions, revision))


def _counted(known: Campaign, on: str, told: Mapping[str, Any]) -> Campaign:
    contents = told["contents"]
    return replace(known, counted=Counted(tuple(contents["by_return"]), contents["whole"], told["head"], on))


def _closed(known: Campaign, on: str, told: Mapping[str, Any]) -> Campaign:
    return replace(known, standing="closed", closed_on=on, reason=told["reason"])


_CHANGES: Mapping[EventKind, Callable[[Campaign, str, Mapping[str, Any]], Campaign]] = {
    EventKind.CAMPAIGN_STARTED: _started,
    EventKind.CAMPAIGN_RETURNED: _returned,
    EventKind.CAMPAIGN_COUNTED: _counted,
    EventKind.CAMPAIGN_CLOSED: _closed,
    EventKind.CAMPAIGN_REVISED: _revised,
}
