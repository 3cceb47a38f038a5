"""What we give, as activities that others can read: one mapping from what a programme offers."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from tracemark.assistance.activities import (
    ACTUAL_START,
    DAC5,
    PLANNED_END,
    PLANNED_START,
    SALW_SECTOR,
    AidActivity,
    Budget,
    Money,
    Narrative,
    Organisation,
    Payment,
    Share,
)
from tracemark.assistance.aid_results import AidResult, ResultWords, award_result
from tracemark.assistance.needs import Programme
from tracemark.assistance.queries import FundRecord
from tracemark.assistance.rounds import programme_of
from tracemark.recordkeeping import EventKind

_FUNDING, _COMMITMENT, _DISBURSEMENT = "1", "2", "3"
_PIPELINE, _IMPLEMENTATION, _CLOSED = "1", "2", "4"
_WORLD = Share("998", "1")
"""Developing countries, unspecified: where a programme names neither State nor region. Source: DAC list of regions."""


def programme_activity(
    programme: Programme, *, publisher: Organisation, description: str, currency: str, language: str, on: date
) -> AidActivity:
    """Return a programme as an activity of its publisher, whose reference begins its identifier.

    It is coded as work on small arms (15240). Its states have even parts of it, for lack of better knowledge; none
    are told where a programme is for regions, whose codes it keeps as those of UN M49.

    Source: IATI 2.03, iati-activity; PoA III.6.
    """
    begun = programme.opens <= on
    status = _CLOSED if programme.closes < on else _IMPLEMENTATION if begun else _PIPELINE
    countries = tuple(Share(each, "", part) for each, part in _even(sorted(programme.states)))
    regions = () if countries else tuple(Share(each, "99", part) for each, part in _even(sorted(programme.regions)))
    return AidActivity(
        identifier=f"{publisher.ref}-{''.join(sign if sign.isalnum() else '-' for sign in programme.name)}",
        titles=(Narrative(programme.name, language),),
        reporting=publisher,
        descriptions=(Narrative(description, language),),
        participating=(Organisation(programme.donor, role=_FUNDING),),
        status=status,
        dates=(
            (PLANNED_START, programme.opens),
            *(((ACTUAL_START, programme.opens),) if begun else ()),
            (PLANNED_END, programme.closes),
        ),
        countries=countries,
        regions=regions or (() if countries else (_WORLD,)),
        sectors=(Share(SALW_SECTOR, DAC5),),
        budgets=(
            Budget(programme.opens, programme.closes, Money(Decimal(programme.budget), currency, programme.opens)),
        ),
    )


def fund_results(record: FundRecord, words: ResultWords) -> tuple[AidResult, ...]:
    """Return what came of a programme's grants, of those whose result the receiving State confirmed.

    Source: IATI 2.03, result; BMS7 ASSIST.2.
    """
    return tuple(found for each in record.awards if (found := award_result(each, words)) is not None)


def fund_activity(
    record: FundRecord, *, publisher: Organisation, description: str, language: str, on: date
) -> AidActivity:
    """Return a programme on record as an activity: all that it has to give, what it decided to give, what it paid.

    Source: IATI 2.03, iati-activity; PoA III.6.
    """
    offers = record.fund.offers
    whole = replace(programme_of(record, on), budget=offers.budget)
    told = programme_activity(
        whole, publisher=publisher, description=description, currency=offers.currency, language=language, on=on
    )
    committed = tuple(
        Payment(
            _COMMITMENT,
            each.decided_on,
            Money(Decimal(each.terms.amount), each.terms.currency, each.decided_on),
            provider=offers.donor,
        )
        for each in record.awards
        if each.binding and each.decided_on is not None
    )
    paid = tuple(
        Payment(_DISBURSEMENT, day, Money(Decimal(step.amount), each.terms.currency, day), provider=offers.donor)
        for each in record.awards
        for step in each.steps
        if step.kind is EventKind.GRANT_PAID and step.amount is not None
        for day in (date.fromisoformat(step.on),)
    )
    return replace(told, titles=(Narrative(offers.title, language),), payments=(*committed, *paid))


def _even(codes: list[str]) -> list[tuple[str, Decimal]]:
    """Share a hundred percent evenly to two places; the last takes what is left, so that they add up."""
    if not codes:
        return []
    part = (Decimal(100) / len(codes)).quantize(Decimal("0.01"))
    return [*((each, part) for each in codes[:-1]), (codes[-1], 100 - part * (len(codes) - 1))]
