"""How far a campaign is, when it will end, and what somebody must look at: all from its returns and the record."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_CEILING, Decimal

from tracemark.assistance.campaigns import CAMPAIGNS, Campaign, CampaignReturn, Supply
from tracemark.kernel import Finding, Plain
from tracemark.targets import amount_text

_FAR = timedelta(days=3650)
"""What would end later than in ten years has no end that a pace of now could tell."""

_ENOUGH = Decimal("0.8")
"""With less of the machines' output than this part, a return falls short of it."""


@dataclass(frozen=True, slots=True)
class SupplyLine:
    """A supply as it stands: how much is left, and for how many more pieces at the use so far; None: not known."""

    supply: Supply
    used: Decimal
    left: Decimal
    lasts_for: int | None


@dataclass(frozen=True, slots=True)
class ReturnLine:
    """A return beside what the record shows of its days; `shown` and `differs` are None until that was counted."""

    told: CampaignReturn
    shown: int | None

    @property
    def differs(self) -> int | None:
        """By how many pieces the return says more (or, below 0, less) than the record shows."""
        return None if self.shown is None else self.told.done - self.shown


@dataclass(frozen=True, slots=True)
class CampaignOutlook:
    """Where a campaign stands on a day.

    `done` is what the record shows where it was counted, else what the returns say. `ends_on` is when it ends at the
    pace so far, None where there is none. `alarms` say what is wrong, the gravest first.
    """

    done: int
    remaining: int
    ends_on: date | None
    lines: tuple[ReturnLine, ...]
    supplies: tuple[SupplyLine, ...]
    alarms: tuple[Finding, ...]


def outlook_of(known: Campaign, today: date) -> CampaignOutlook:
    """Return where a campaign stands today."""
    done = known.claimed if known.counted is None else known.counted.whole
    remaining = max(0, known.draft.quantity - done)
    ends_on = _end(known, done, remaining)
    supplies = tuple(_supply_line(known, each) for each in known.draft.supplies)
    shown = known.counted.by_return if known.counted else ()
    lines = tuple(
        ReturnLine(each, shown[place] if place < len(shown) else None) for place, each in enumerate(known.returns)
    )
    found = CampaignOutlook(done, remaining, ends_on, lines, supplies, ())
    alarms = () if known.standing == "closed" else tuple(_alarms(known, found, today))
    return CampaignOutlook(done, remaining, ends_on, lines, supplies, (*_differences(found), *alarms))


def _end(known: Campaign, done: int, remaining: int) -> date | None:
    """Return the day on which the rest is done at the pace from the start to the last return."""
    if known.started_on is None or not known.returns:
        return None
    last = known.returns[-1].last
    if not remaining:
        return last
    days = (last - known.started_on).days + 1
    if done <= 0:
        return None
    more = timedelta(days=int((Decimal(remaining * days) / done).to_integral_value(ROUND_CEILING)))
    return last + more if more <= _FAR else None


def _supply_line(known: Campaign, supply: Supply) -> SupplyLine:
    used, left = known.used(supply), known.left(supply)
    lasts = int(left * known.claimed / used) if used and known.claimed else None
    return SupplyLine(supply, used, left, lasts)


def _differences(found: CampaignOutlook) -> Iterator[Finding]:
    for line in found.lines:
        if line.differs:
            more = line.differs > 0
            code = "assistance.campaign_claims_more" if more else "assistance.campaign_claims_less"
            days: dict[str, Plain] = {"first": line.told.first.isoformat(), "last": line.told.last.isoformat()}
            told: dict[str, Plain] = {"said": line.told.done, "shown": line.shown, "difference": abs(line.differs)}
            yield Finding(code, CAMPAIGNS, {**days, **told})


def _alarms(known: Campaign, found: CampaignOutlook, today: date) -> Iterator[Finding]:
    draft = known.draft
    if known.started_on is None:
        if draft.first < today:
            yield _alarm("assistance.campaign_not_started", day=draft.first.isoformat())
        return
    heard = known.returns[-1].last if known.returns else known.started_on
    if heard + timedelta(days=draft.every_days) < today:
        yield _alarm("assistance.campaign_silent", day=heard.isoformat(), days=draft.every_days)
    yield from _short_supplies(found)
    yield from _overruns(known, found, today)
    yield from _short_output(known)


def _short_supplies(found: CampaignOutlook) -> Iterator[Finding]:
    for line in found.supplies:
        if line.lasts_for is not None and line.lasts_for < found.remaining:
            left = f"{amount_text(line.left)} {line.supply.unit}"
            facts: dict[str, Plain] = {"lasts": line.lasts_for, "remaining": found.remaining}
            yield _alarm("assistance.campaign_runs_out", supply=line.supply.name, left=left, **facts)


def _overruns(known: Campaign, found: CampaignOutlook, today: date) -> Iterator[Finding]:
    draft, planned = known.draft, known.draft.last.isoformat()
    if found.remaining and today > draft.last:
        yield _alarm("assistance.campaign_late", last=planned, remaining=found.remaining)
    elif found.ends_on is not None and found.ends_on > draft.last:
        yield _alarm("assistance.campaign_will_be_late", last=planned, ends=found.ends_on.isoformat())
    if draft.cost is None:
        return
    money: dict[str, Plain] = {"cost": amount_text(draft.cost), "currency": draft.currency}
    if known.spent > draft.cost:
        yield _alarm("assistance.campaign_overspent", spent=amount_text(known.spent), **money)
    elif found.done and known.spent * draft.quantity / found.done > draft.cost:
        whole = (known.spent * draft.quantity / found.done).quantize(Decimal(1))
        yield _alarm("assistance.campaign_will_overspend", whole=amount_text(whole), **money)


def _short_output(known: Campaign) -> Iterator[Finding]:
    worked = sum(each.days_worked for each in known.returns)
    if worked and known.draft.per_day and known.claimed < _ENOUGH * known.draft.per_day * worked:
        made = amount_text((Decimal(known.claimed) / worked).quantize(Decimal("0.1")))
        yield _alarm("assistance.campaign_output_short", made=made, planned=known.draft.per_day)


def _alarm(code: str, /, **facts: Plain) -> Finding:
    return Finding(code, CAMPAIGNS, facts)
