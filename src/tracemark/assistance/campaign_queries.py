from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from tracemark.assistance.campaign_outlook import CampaignOutlook, outlook_of
from tracemark.assistance.campaigns import Campaign, Machine, Supply, campaign_of
from tracemark.authorities import Permission, require
from tracemark.kernel import Actor, Clock, PartialDate
from tracemark.recordkeeping import RecordkeepingStores, Sealed, every_folded
from tracemark.stockpiles import risk_of, site_of
from tracemark.targets import amount_text, number_of

_MACHINE, _SUPPLY = 2, 3


@dataclass(frozen=True, slots=True)
class CampaignRecord:
    """A campaign, and where it stands today."""

    campaign: Campaign
    outlook: CampaignOutlook

    def plain(self) -> dict[str, Any]:
        """As it goes out."""
        known, outlook = self.campaign, self.outlook
        return {
            "campaign": known.name,
            "authority": known.authority,
            "standing": known.standing,
            "started_on": known.started_on.isoformat() if known.started_on else "",
            "closed_on": known.closed_on,
            "reason": known.reason,
            "revisions": [{"on": each.on, "reason": each.reason} for each in known.revisions],
            **known.draft.plain(),
            "done": outlook.done,
            "claimed": known.claimed,
            "remaining": outlook.remaining,
            "ends_on": outlook.ends_on.isoformat() if outlook.ends_on else "",
            "spent": amount_text(known.spent),
            "counted_at": known.counted.head if known.counted else "",
            "returns": [{**line.told.plain(), "shown": line.shown, "differs": line.differs} for line in outlook.lines],
            "left": {each.supply.name: amount_text(each.left) for each in outlook.supplies},
            "alarms": [{"code": each.code, "facts": dict(each.facts)} for each in outlook.alarms],
        }


def campaign_list(*, actor: Actor, stores: RecordkeepingStores, clock: Clock) -> tuple[CampaignRecord, ...]:
    """Return every campaign, those with alarms first, then the newest.

    Raises:
        NotPermitted: the actor may not see assistance.
    """
    require(actor, Permission.ASSISTANCE_READ)
    today = clock.now().date()
    found = [CampaignRecord(each, outlook_of(each, today)) for each in every_folded("campaign", campaign_of, stores)]
    return tuple(sorted(found, key=lambda each: not each.outlook.alarms))


def campaign_record(*, campaign: str, actor: Actor, stores: RecordkeepingStores, clock: Clock) -> CampaignRecord:
    """Return a campaign and where it stands.

    Raises:
        NotPermitted: the actor may not see assistance.
        KeyError: there is none of this name.
    """
    require(actor, Permission.ASSISTANCE_READ)
    known = campaign_of(campaign, stores.dossiers.events(campaign))
    return CampaignRecord(known, outlook_of(known, clock.now().date()))


def sites_upgraded(sites: Sequence[str], first: date, last: date, stores: RecordkeepingStores) -> list[str]:
    """Return the sites whose risk, by the answers about them, was lower on the last day than before the first.

    A site of which nothing was known before counts once its answers show no risk at all.
    """
    return [each for each in sites if _is_safer(stores.dossiers.events(each), each, first, last)]


def _is_safer(events: Sequence[Sealed], site: str, first: date, last: date) -> bool:
    before = _risk(site, [each for each in events if _day(each) < first])
    after = _risk(site, [each for each in events if _day(each) <= last])
    return after is not None and (after < before if before is not None else after == 0)


def _risk(site: str, events: Sequence[Sealed]) -> int | None:
    try:
        return risk_of(site_of(site, events).answers).score
    except KeyError:
        return None


def _day(sealed: Sealed) -> date:
    happened: PartialDate = sealed.event.happened
    return happened.first


def machine_of(line: str) -> Machine | None:
    """Read `dot peen 2 | 40`: a machine and its pieces a day; None where it is none."""
    parts = [each.strip() for each in line.split("|")]
    if len(parts) != _MACHINE or not parts[1].isdecimal():
        return None
    return Machine(parts[0], int(parts[1]))


def supply_of(line: str) -> Supply | None:
    """Read `diesel | litre | 400`: a supply, its unit and how much there is; None where it is none."""
    parts = [each.strip() for each in line.split("|")]
    amount = number_of(parts[2]) if len(parts) == _SUPPLY else None
    return None if amount is None else Supply(parts[0], parts[1], amount)


def amount_used(line: str) -> tuple[str, Decimal] | None:
    """Read `diesel = 40`: how much of a supply; None where it is none."""
    name, _, text = line.partition("=")
    amount = number_of(text.strip())
    return None if amount is None or not name.strip() else (name.strip(), amount)
