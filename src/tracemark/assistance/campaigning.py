from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date

from tracemark.assistance.campaigns import (
    CAMPAIGNS,
    Campaign,
    CampaignDraft,
    CampaignKind,
    CampaignReturn,
    Counted,
    campaign_of,
)
from tracemark.authorities import require_sight
from tracemark.instruments import shipped
from tracemark.kernel import Actor, Clock, Finding, Plain, Refused
from tracemark.recordkeeping import (
    EventKind,
    RecordkeepingStores,
    append_step,
    event_kinds,
    is_known_holder,
    require_step,
)
from tracemark.targets import amount_text


class CampaignRefused(Refused):
    """A campaign or a return does not say what it has to, or does not fit what was said before."""


def plan_campaign(*, draft: CampaignDraft, actor: Actor, stores: RecordkeepingStores, clock: Clock) -> Campaign:
    """Put a campaign on record.

    Raises:
        NotPermitted: the actor may not write assistance.
        CampaignRefused: its words, days, numbers, places, target or commitment do not fit.

    Source: PoA III.6.
    """
    require_step(EventKind.CAMPAIGN_PLANNED, actor, stores)
    if found := list(_draft_findings(draft, stores)):
        raise CampaignRefused(found)
    with stores.atomic():
        name = stores.dossiers.next_name("campaign", clock.now().year)
        details: dict[str, Plain] = {"contents": draft.plain(), "due": draft.last.isoformat(), "about": draft.target}
        append_step(EventKind.CAMPAIGN_PLANNED, name, details, actor, stores, clock)
    return campaign_of(name, stores.dossiers.events(name))


def revise_campaign(
    *, campaign: str, draft: CampaignDraft, reason: str, actor: Actor, stores: RecordkeepingStores, clock: Clock
) -> Campaign:
    """Change what a campaign is to do, and say why. What it was to do before stays on record, and its returns do.

    Raises:
        NotPermitted: the actor may not write assistance, or does not see this campaign.
        CampaignRefused: there is none of this name, it is closed, nothing changes or nothing is said, the kind changes,
            a supply is left out that returns tell of, or what is new does not fit.

    Source: PoA III.6.
    """

    def details(known: Campaign) -> dict[str, Plain]:
        if found := [*_change_findings(known, draft, reason), *_draft_findings(draft, stores)]:
            raise CampaignRefused(found)
        told: dict[str, Plain] = {"contents": draft.plain(), "due": draft.last.isoformat(), "about": draft.target}
        return told | {"reason": reason.strip()}

    return _step(EventKind.CAMPAIGN_REVISED, campaign, details, actor, stores, clock)


def start_campaign(*, campaign: str, on: date, actor: Actor, stores: RecordkeepingStores, clock: Clock) -> Campaign:
    """Say that a campaign began on a day.

    Raises:
        NotPermitted: the actor may not write assistance, or does not see this campaign.
        CampaignRefused: there is none of this name, it began already, or the day lies ahead.
    """

    def details(_: Campaign) -> dict[str, Plain]:
        if on > clock.now().date():
            raise _refused("assistance.campaign_day_ahead", field="on")
        return {}

    return _step(EventKind.CAMPAIGN_STARTED, campaign, details, actor, stores, clock, on)


def return_campaign(
    *, campaign: str, told: CampaignReturn, actor: Actor, stores: RecordkeepingStores, clock: Clock
) -> Campaign:
    """Record what a campaign did, spent and used in some days, which follow on those of its last return.

    Raises:
        NotPermitted: the actor may not write assistance, or does not see this campaign.
        CampaignRefused: there is none of this name, it has not begun or is closed, the days overlap what was told, lie
            before the start or ahead, a number cannot be, or more was used than there was.
    """

    def details(known: Campaign) -> dict[str, Plain]:
        if found := list(_return_findings(known, told, clock.now().date())):
            raise CampaignRefused(found)
        return {"contents": told.plain()}

    return _step(EventKind.CAMPAIGN_RETURNED, campaign, details, actor, stores, clock)


def note_counted(
    *, campaign: str, counted: Counted, actor: Actor, stores: RecordkeepingStores, clock: Clock
) -> Campaign:
    """Record what the record itself shows of a campaign's days and places, with the head it was counted at.

    Raises:
        NotPermitted: the actor may not write assistance, or does not see this campaign.
        CampaignRefused: there is none of this name, or it has not begun or is closed.
    """
    contents: dict[str, Plain] = {"by_return": list(counted.by_return), "whole": counted.whole}
    details: dict[str, Plain] = {"contents": contents, "head": counted.head}
    return _step(EventKind.CAMPAIGN_COUNTED, campaign, lambda _: details, actor, stores, clock)


def close_campaign(*, campaign: str, reason: str, actor: Actor, stores: RecordkeepingStores, clock: Clock) -> Campaign:
    """Close a campaign, and say how it ended.

    Raises:
        NotPermitted: the actor may not write assistance, or does not see this campaign.
        CampaignRefused: there is none of this name, it is closed, or nothing is said.
    """

    def details(_: Campaign) -> dict[str, Plain]:
        if not reason.strip():
            raise _refused("assistance.campaign_text_missing", field="reason")
        return {"reason": reason.strip()}

    return _step(EventKind.CAMPAIGN_CLOSED, campaign, details, actor, stores, clock)


def own_campaign(name: str, actor: Actor, stores: RecordkeepingStores, kind: EventKind) -> Campaign:
    """Return a campaign that the actor may take a step of, and that stands where the step may follow.

    Raises:
        NotPermitted: the actor does not see whose it is.
        CampaignRefused: there is none of this name, or the step may not follow.
    """
    try:
        known = campaign_of(name, stores.dossiers.events(name))
    except KeyError:
        raise _refused("assistance.campaign_unknown", campaign=name) from None
    require_sight(actor, known.authority, stores.agencies.all())
    if known.standing not in event_kinds()[kind].follows:
        raise _refused("assistance.campaign_step", campaign=name, standing=known.standing)
    return known


def _change_findings(known: Campaign, draft: CampaignDraft, reason: str) -> Iterator[Finding]:
    if not reason.strip():
        yield _finding("assistance.campaign_text_missing", field="reason")
    if draft == known.draft:
        yield _finding("assistance.campaign_unchanged", field="title", campaign=known.name)
    if draft.kind is not known.draft.kind:
        yield _finding("assistance.campaign_kind_fixed", field="kind")
    used = {name for each in known.returns for name in (*each.used, *each.received)}
    if missing := sorted(used - {each.name for each in draft.supplies}):
        yield _finding("assistance.campaign_supply_used", field="supplies", supplies=", ".join(missing))


def _draft_findings(draft: CampaignDraft, stores: RecordkeepingStores) -> Iterator[Finding]:
    if not draft.title.strip():
        yield _finding("assistance.campaign_text_missing", field="title")
    if draft.last < draft.first:
        yield _finding("assistance.campaign_days", field="last")
    for field in ("quantity", "every_days"):
        if getattr(draft, field) <= 0:
            yield _finding("assistance.campaign_number", field=field)
    if draft.commitment not in shipped().versions:
        yield _finding("assistance.campaign_commitment", field="commitment", commitment=str(draft.commitment))
    if draft.target and not _stands(draft.target, "target", stores):
        yield _finding("assistance.campaign_target", field="target", target=draft.target)
    if draft.cost is not None and (draft.cost < 0 or not draft.currency.strip()):
        yield _finding("assistance.campaign_cost", field="cost")
    yield from _holder_findings(draft, stores)
    yield from _means_findings(draft)


def _holder_findings(draft: CampaignDraft, stores: RecordkeepingStores) -> Iterator[Finding]:
    codes = {each.code for each in stores.agencies.all()}
    if draft.responsible.startswith("person:") or not is_known_holder(draft.responsible, codes):
        yield _finding("assistance.campaign_place", field="responsible", place=draft.responsible)
    if not draft.places:
        yield _finding("assistance.campaign_text_missing", field="places")
    upgrade = draft.kind is CampaignKind.UPGRADE
    for each in draft.places:
        if not (_stands(each, "site", stores) or (each in codes and not upgrade)):
            code = "assistance.campaign_site" if upgrade else "assistance.campaign_neither"
            yield _finding(code, field="places", place=each)
    if upgrade and draft.quantity > len(set(draft.places)):
        yield _finding("assistance.campaign_more_than_sites", field="quantity", sites=len(set(draft.places)))


def _means_findings(draft: CampaignDraft) -> Iterator[Finding]:
    names = [each.name.strip().casefold() for each in draft.supplies]
    if len(set(names)) < len(names) or "" in names:
        yield _finding("assistance.campaign_supply_names", field="supplies")
    if any(each.quantity < 0 for each in draft.supplies):
        yield _finding("assistance.campaign_number", field="supplies")
    if any(each.per_day <= 0 or not each.name.strip() for each in draft.machines):
        yield _finding("assistance.campaign_number", field="machines")


def _return_findings(known: Campaign, told: CampaignReturn, today: date) -> Iterator[Finding]:
    since = known.returns[-1].last if known.returns else None
    start = known.started_on
    if told.last < told.first or told.last > today or (start is not None and told.first < start):
        day = start.isoformat() if start else ""
        yield _finding("assistance.campaign_return_days", field="first", start=day)
    elif since is not None and told.first <= since:
        yield _finding("assistance.campaign_return_twice", field="first", last=since.isoformat())
    for field in ("done", "days_worked", "spent"):
        if getattr(told, field) < 0:
            yield _finding("assistance.campaign_number", field=field)
    if told.days_worked > (told.last - told.first).days + 1:
        yield _finding("assistance.campaign_days_worked", field="days_worked")
    yield from _use_findings(known, told)


def _use_findings(known: Campaign, told: CampaignReturn) -> Iterator[Finding]:
    supplies = {each.name: each for each in known.draft.supplies}
    listed = ", ".join(supplies) or "–"
    for field, amounts in (("used", told.used), ("received", told.received)):
        for name, amount in amounts.items():
            if name not in supplies:
                yield _finding("assistance.campaign_supply_unknown", field=field, supply=name, known=listed)
            elif amount < 0:
                yield _finding("assistance.campaign_number", field=field)
    after = replace(known, returns=(*known.returns, told))
    for name in told.used.keys() & supplies.keys():
        supply = supplies[name]
        if after.left(supply) < 0:
            there = f"{amount_text(after.left(supply) + told.used[name])} {supply.unit}"
            yield _finding("assistance.campaign_used_more", field="used", supply=name, there=there)


def _stands(name: str, kind: str, stores: RecordkeepingStores) -> bool:
    try:
        return stores.dossiers.dossier(name).kind == kind
    except KeyError:
        return False


def _step(
    kind: EventKind,
    name: str,
    details: Callable[[Campaign], Mapping[str, Plain]],
    actor: Actor,
    stores: RecordkeepingStores,
    clock: Clock,
    on: date | None = None,
) -> Campaign:
    require_step(kind, actor, stores)
    with stores.atomic():
        known = own_campaign(name, actor, stores, kind)
        append_step(kind, name, details(known), actor, stores, clock, on)
        return campaign_of(name, stores.dossiers.events(name))


def _finding(code: str, /, **facts: Plain) -> Finding:
    return Finding(code, CAMPAIGNS, facts)


def _refused(code: str, /, **facts: Plain) -> CampaignRefused:
    return CampaignRefused([_finding(code, **facts)])
