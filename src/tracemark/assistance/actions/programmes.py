import re
from dataclasses import replace

from tracemark.assistance.actions.requests import require_currency, require_themes
from tracemark.assistance.actions.telling import known, refuse, require_amount, require_text
from tracemark.assistance.offers import FundingCall, Offer, fund_of
from tracemark.assistance.queries import programme_list
from tracemark.kernel import Actor, Clock, Plain
from tracemark.recordkeeping import EventKind, RecordkeepingStores, append_step, require_step
from tracemark.reporting import m49_regions

_STATE = re.compile(r"[A-Z]{2}")
_HUNDRED = 100


def open_programme(*, offer: Offer, actor: Actor, stores: RecordkeepingStores, clock: Clock) -> str:
    """Put on record what a donor or a fund offers, and return its name.

    Raises:
        NotPermitted: the actor may not write programmes.
        AssistanceRefused: something is missing or unknown, a call closes before it opens, a ceiling is above
            the budget, calls give more than there is, or the donor's programme of this title is on record.

    Source: PoA III.3.
    """
    require_step(EventKind.PROGRAMME_OPENED, actor, stores)
    with stores.atomic():
        fit = _fit(offer)
        for each in programme_list(stores):
            told = each.fund.offers
            if each.status == "open" and (told.donor.casefold(), told.title.casefold()) == (
                fit.donor.casefold(),
                fit.title.casefold(),
            ):
                raise refuse("assistance.offered_before", dossier=each.fund.name, title=fit.title)
        name = stores.dossiers.next_name("programme", clock.now().year)
        details: dict[str, Plain] = {"contents": fit.plain(), "due": _last(fit)}
        append_step(EventKind.PROGRAMME_OPENED, name, details, actor, stores, clock)
    return name


def revise_programme(
    *, programme: str, offer: Offer, reason: str, actor: Actor, stores: RecordkeepingStores, clock: Clock
) -> None:
    """Change what a programme offers, such as by another call, and say why; what it offered stays in the record.

    Raises:
        NotPermitted: the actor may not write programmes.
        AssistanceRefused: it is closed, nothing changes, no reason is given, more was given than it would have, or as
            `open_programme`.

    Source: PoA III.3.
    """
    require_step(EventKind.PROGRAMME_REVISED, actor, stores)
    with stores.atomic():
        fund = known(programme, fund_of, EventKind.PROGRAMME_REVISED, stores)
        fit = _fit(offer)
        if fit == fund.offers:
            raise refuse("assistance.nothing_changes", dossier=programme)
        record = next(each for each in programme_list(stores) if each.fund.name == programme)
        if record.given > fit.budget:
            raise refuse("assistance.given_already", field="budget", given=record.given, budget=fit.budget)
        details: dict[str, Plain] = {
            "contents": fit.plain(),
            "reason": require_text(reason, "reason"),
            "due": _last(fit),
        }
        append_step(EventKind.PROGRAMME_REVISED, programme, details, actor, stores, clock)


def close_programme(*, programme: str, reason: str, actor: Actor, stores: RecordkeepingStores, clock: Clock) -> None:
    """Close a programme, and say why; what it granted goes on.

    Raises:
        NotPermitted: the actor may not write programmes.
        AssistanceRefused: it is closed already, or no reason is given.

    Source: PoA III.3.
    """
    require_step(EventKind.PROGRAMME_CLOSED, actor, stores)
    with stores.atomic():
        known(programme, fund_of, EventKind.PROGRAMME_CLOSED, stores)
        details: dict[str, Plain] = {"reason": require_text(reason, "reason")}
        append_step(EventKind.PROGRAMME_CLOSED, programme, details, actor, stores, clock)


def _last(offer: Offer) -> str:
    return max(each.closes for each in offer.calls).isoformat()


def _fit(offer: Offer) -> Offer:
    title, donor = require_text(offer.title, "title"), require_text(offer.donor, "donor")
    require_themes(offer.themes)
    if not offer.helps:
        raise refuse("assistance.text_missing", field="helps")
    require_currency(offer.currency)
    require_amount(offer.budget, "budget")
    if not 0 <= offer.least <= offer.ceiling <= offer.budget:
        facts: dict[str, Plain] = {"least": offer.least, "most": offer.ceiling, "budget": offer.budget}
        raise refuse("assistance.ceiling_unfit", field="most", **facts)
    if not 0 < offer.share_percent <= _HUNDRED:
        raise refuse("assistance.share_unfit", field="share_percent", share=offer.share_percent)
    for state in offer.states:
        if not _STATE.fullmatch(state):
            raise refuse("assistance.state_unfit", field="states", state=state)
    for region in offer.regions:
        if region not in m49_regions():
            raise refuse("assistance.region_unknown", field="regions", region=region)
    if not offer.calls:
        raise refuse("assistance.text_missing", field="calls")
    _require_calls(offer.calls, offer.budget)
    return replace(offer, title=title, donor=donor)


def _require_calls(calls: tuple[FundingCall, ...], budget: int) -> None:
    for each in calls:
        require_text(each.name, "calls")
        if each.closes < each.opens:
            days: dict[str, Plain] = {"opens": each.opens.isoformat(), "closes": each.closes.isoformat()}
            raise refuse("assistance.call_unfit", field="calls", call=each.name, **days)
    given = sum(each.budget or 0 for each in calls)
    if given > budget:
        raise refuse("assistance.calls_over_budget", field="calls", given=given, budget=budget)
