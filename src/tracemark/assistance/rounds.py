"""A round over what is on record: open requests as needs, open programmes with what they have left, what goes on."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from fractions import Fraction

from tracemark.assistance.awards import UNDERWAY
from tracemark.assistance.matching import Policy, Round
from tracemark.assistance.needs import Merit, Need, Programme, Running
from tracemark.assistance.queries import FundRecord, RequestRecord
from tracemark.assistance.timelimits import after_months, agreed_policy, group_merits
from tracemark.reporting import WORLD, m49_regions

_ORPHAN_MONTHS = 12


def round_on(
    requests: Sequence[RequestRecord],
    programmes: Iterable[FundRecord],
    *,
    currency: str,
    on: date,
    policy: Policy | None = None,
) -> Round:
    """Lay out a round in one currency: requests that lack money, and programmes, with the policy of the day.

    A programme without an open call is in it, so that its being closed is said. Where all needs are of one region, no
    share of the money is kept for others.
    """
    lacking = [each for each in requests if each.request.is_open and each.lacking and each.currency == currency]
    offering = [each for each in programmes if each.status == "open" and each.fund.offers.currency == currency]
    needs, agreed = [need_of(each, requests, on) for each in lacking], policy or agreed_policy(on)
    if len({each.region for each in needs}) == 1:
        agreed = replace(agreed, region_most=Fraction(1))
    return Round(
        needs=needs,
        programmes=[programme_of(each, on) for each in offering],
        policy=agreed,
        on=on,
        running=running(requests),
    )


def currencies(requests: Iterable[RequestRecord]) -> list[str]:
    """Return the currencies in which open requests lack money, the most asked first."""
    counted: dict[str, int] = {}
    for each in requests:
        if each.request.is_open and each.lacking:
            counted[each.currency] = counted.get(each.currency, 0) + 1
    return sorted(counted, key=lambda each: (-counted[each], each))


def need_of(record: RequestRecord, among: Iterable[RequestRecord], on: date) -> Need:
    """Return what a request still lacks as a need, with what speaks for it on a day."""
    asks = record.request.asks
    return Need(
        request=record.request.name,
        state=record.state,
        region=region_of(record.state),
        themes=record.themes,
        helps=frozenset(asks.helps),
        amount=max(1, record.lacking),
        merits=_merits(record, among, on),
        partner=asks.partner,
    )


def programme_of(record: FundRecord, on: date) -> Programme:
    """Return what a programme can still give under the call of a day, or under the nearest one."""
    offers = record.fund.offers
    call = offers.nearest_call(on)
    left = record.left_on(on) if call.is_open(on) else record.left
    left = left if left >= offers.least else 0
    regions = m49_regions()
    states = {*offers.states, *(state for each in offers.regions if each in regions for state in regions[each].states)}
    return Programme(
        name=record.fund.name,
        donor=offers.donor,
        themes=record.themes,
        helps=frozenset(offers.helps),
        budget=left,
        opens=call.opens,
        closes=call.closes,
        least=min(offers.least, left),
        most=min(offers.ceiling, left),
        states=frozenset(states),
        state_share=min(Fraction(1), offers.state_share * offers.budget / left) if left else Fraction(1),
        whole_only=offers.whole_only,
        needs_partner=offers.needs_partner,
        needs_report=offers.needs_report,
    )


def running(requests: Iterable[RequestRecord]) -> tuple[Running, ...]:
    """Return what goes on by decided grants whose money met a request in full."""
    return tuple(
        Running(each.state, theme, help_)
        for each in requests
        if not each.lacking and any(award.standing in UNDERWAY for award in each.awards)
        for theme in sorted(each.themes)
        for help_ in each.request.asks.helps
    )


def region_of(state: str) -> str:
    """Return the continent of a State by its M49 code, the world's where it stands in none."""
    found = (each.code for each in m49_regions().values() if each.parent == WORLD and state in each.states)
    return next(found, WORLD)


def _merits(record: RequestRecord, among: Iterable[RequestRecord], on: date) -> frozenset[Merit]:
    asks, open_on = record.request.asks, record.request.open_on or on
    helped = {theme for each in among if each.state == record.state and each.granted for theme in each.themes}
    holds = {
        Merit.IN_REPORT: bool(asks.report or asks.gaps),
        Merit.ON_TARGET: bool(asks.target),
        Merit.ORPHAN: not record.awards and on >= after_months(open_on, _ORPHAN_MONTHS),
        Merit.FIRST_HELP: not helped & record.themes,
    }
    return group_merits(record.state, on) | {merit for merit, true in holds.items() if true}
