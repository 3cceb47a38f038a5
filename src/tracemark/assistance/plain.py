"""Requests, programmes and grants as JSON says them: money is whole units, days are ISO."""

from collections.abc import Iterable

from tracemark.assistance.needs import Merit
from tracemark.assistance.queries import AwardRecord, FundRecord, RequestRecord
from tracemark.assistance.steps import AssistanceStep
from tracemark.kernel import Finding, Plain


def request_plain(record: RequestRecord) -> dict[str, Plain]:
    """Return a request with its grants, alarms and steps."""
    request = record.request
    return {
        "name": request.name,
        "state": request.state,
        "authority": request.authority,
        "status": record.status,
        "asks": request.asks.plain(),
        "amount": record.amount,
        "currency": record.currency,
        "granted": record.granted,
        "lacking": record.lacking,
        "asked_on": request.asked_on.isoformat() if request.asked_on else None,
        "acknowledged_on": request.acknowledged_on.isoformat() if request.acknowledged_on else None,
        "outcome": request.outcome,
        "peer": request.peer,
        "number": request.number,
        "sent_to": list(request.sent_to),
        "grants": [each.name for each in record.awards],
        "alarms": _findings(record.alarms),
        "steps": _steps(request.steps),
    }


def programme_plain(record: FundRecord) -> dict[str, Plain]:
    """Return a programme with its grants, alarms and steps."""
    fund = record.fund
    return {
        "name": fund.name,
        "authority": fund.authority,
        "status": record.status,
        "offers": fund.offers.plain(),
        "given": record.given,
        "left": record.left,
        "grants": [each.name for each in record.awards],
        "alarms": _findings(record.alarms),
        "steps": _steps(fund.steps),
    }


def grant_plain(record: AwardRecord) -> dict[str, Plain]:
    """Return a grant as the chain from the target to the result."""
    award, request = record.award, record.request
    return {
        "name": award.name,
        "authority": award.authority,
        "status": record.status,
        "state": record.state,
        "target": request.asks.target,
        "terms": award.terms.plain(),
        "proposed_by": award.proposed_by,
        "decided_by": award.decided_by,
        "paid": award.paid,
        "spent": award.spent,
        "result": award.result,
        "confirmed_by": award.confirmed_by,
        "alarms": _findings(record.alarms),
        "steps": _steps(award.steps),
    }


def merits_plain(merits: Iterable[Merit]) -> list[Plain]:
    """Return what speaks for a need, in the order in which a policy lists it."""
    told = set(merits)
    return [each.value for each in Merit if each in told]


def _findings(found: Iterable[Finding]) -> list[Plain]:
    return [{"code": each.code, "facts": dict(each.facts)} for each in found]


def _steps(steps: Iterable[AssistanceStep]) -> list[Plain]:
    return [
        {"kind": each.kind.value, "on": each.on, "by": each.by, "said": each.said, "amount": each.amount}
        for each in steps
    ]
