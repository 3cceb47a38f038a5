"""What nobody may overlook: receipts due, requests nobody asks after, grants that lapse, overrun or fall silent.

Source: BMS7 ASSIST.2.
"""

from collections.abc import Iterator
from datetime import date, timedelta

from tracemark.assistance.asks import OPEN, Request
from tracemark.assistance.awards import UNDERWAY, Award
from tracemark.assistance.offers import Fund
from tracemark.assistance.timelimits import TimeLimits, after_months, after_working_days
from tracemark.kernel import Finding, Plain, cite

_SOURCE = cite("BMS7 ASSIST.2")


def request_alarms(request: Request, on: date, limits: TimeLimits) -> tuple[Finding, ...]:
    """Return what is overdue with a request on a day."""
    return tuple(_of_request(request, on, limits))


def award_alarms(award: Award, on: date, limits: TimeLimits) -> tuple[Finding, ...]:
    """Return what is wrong with a grant on a day: money that lapses, more spent than given, or silence."""
    return tuple(_of_award(award, on, limits))


def fund_alarms(fund: Fund, left: int, on: date, limits: TimeLimits) -> tuple[Finding, ...]:
    """Return what is to be said of a programme on a day: a call that closes soon with money nobody was given."""
    call = fund.offers.call_on(on) if fund.standing == "open" else None
    if call is None or not left or on < call.closes - timedelta(days=limits.call_days):
        return ()
    return (
        _alarm("call_lapses", call=call.name, on=call.closes.isoformat(), left=left, currency=fund.offers.currency),
    )


def objection_ends(acknowledged_on: date, limits: TimeLimits) -> date:
    """Return the last day on which the State that asks may object to its request being shown to those who give."""
    return after_working_days(acknowledged_on, limits.objection_working_days)


def _of_request(request: Request, on: date, limits: TimeLimits) -> Iterator[Finding]:
    waits_since = request.asked_on if request.foreign or request.sent_to else None
    if waits_since and request.acknowledged_on is None and request.standing in {*OPEN, "received"}:
        due = after_working_days(waits_since, limits.acknowledge_working_days)
        if on > due:
            yield _alarm("unacknowledged", since=waits_since.isoformat(), due=due.isoformat())
    if request.standing == "acknowledged" and request.acknowledged_on:
        due = objection_ends(request.acknowledged_on, limits)
        if on > due:
            yield _alarm("not_circulated", due=due.isoformat())
    asked = request.followed_up_on or request.asked_on
    if asked and request.standing in {*OPEN, "acknowledged"}:
        due = after_months(asked, limits.follow_up_months)
        if on >= due:
            yield _alarm("follow_up", since=asked.isoformat(), due=due.isoformat())


def _of_award(award: Award, on: date, limits: TimeLimits) -> Iterator[Finding]:
    if award.standing not in UNDERWAY:
        return
    terms = award.terms
    money: dict[str, Plain] = {"spent": award.spent, "amount": terms.amount, "currency": terms.currency}
    if award.standing == "granted" and on > terms.ends:
        left = terms.amount - award.spent
        yield _alarm("lapsed", ends=terms.ends.isoformat(), left=max(0, left), currency=terms.currency)
    if award.spent > terms.amount:
        yield _alarm("overrun", **money)
    elif award.spent > award.paid:
        yield _alarm("unpaid", paid=award.paid, **money)
    heard = award.heard_on or on
    if on > heard + timedelta(days=limits.silence_days):
        yield _alarm("silent", since=heard.isoformat(), days=(on - heard).days)


def _alarm(code: str, **facts: Plain) -> Finding:
    return Finding(f"assistance.alarm_{code}", _SOURCE, facts)
