"""Fellowships as JSON says them: amounts are text, days are ISO; no name of a person is in any of it."""

from collections.abc import Mapping, Sequence

from tracemark.fellowship.cohorts import Cohort, Proposed
from tracemark.fellowship.nominations import Nomination
from tracemark.fellowship.queries import AlumniCount, CohortRecord, FollowUpDue, FundRecord
from tracemark.fellowship.scenarios import Scenario
from tracemark.fellowship.sent import SentNomination
from tracemark.kernel import Plain
from tracemark.targets import amount_text


def fund_plain(record: FundRecord) -> dict[str, Plain]:
    """Return a fund with what is left below its ceiling."""
    return {
        "name": record.fund.name,
        "standing": record.fund.standing,
        "reason": record.fund.reason,
        **record.fund.source.plain(),
        "allocated": amount_text(record.allocated),
        "left": amount_text(record.left),
    }


def cohort_plain(cohort: Cohort) -> dict[str, Plain]:
    """Return a cohort without its nominations."""
    return {
        "name": cohort.name,
        "authority": cohort.authority,
        "standing": cohort.standing,
        "call": cohort.call.plain(),
        "nominations": len(cohort.nominations),
        "conflicts": [{"account": each.account, "on": each.on} for each in cohort.conflicts],
        "budget": amount_text(cohort.call.budget),
        "spent": amount_text(cohort.spent),
        "costs": [{"on": each.on.isoformat(), **each.plain()} for each in cohort.costs],
        "held": [{"on": each.on.isoformat(), **each.plain()} for each in cohort.held],
    }


def record_plain(record: CohortRecord) -> dict[str, Plain]:
    """Return a cohort with its nominations, and its selection as far as it is proposed or decided."""
    cohort = record.cohort
    return {
        **cohort_plain(cohort),
        "free_seats": record.free_seats,
        "proposal": None if cohort.proposal is None else _proposal_plain(cohort.proposal),
        "decided_by": cohort.decided_by,
        "departures": dict(cohort.departures or {}),
        "items": [nomination_plain(each) for each in record.nominations],
    }


def _proposal_plain(proposal: Proposed) -> dict[str, Plain]:
    return {
        "selected": list(proposal.selected),
        "waiting": list(proposal.waiting),
        "declined": list(proposal.declined),
        "worth": proposal.worth,
        "bound": proposal.bound,
        "proven": proposal.proven,
        "policy": proposal.policy,
        "by": proposal.by,
        "explained": dict(proposal.explained),
    }


def nomination_plain(known: Nomination) -> dict[str, Plain]:
    """Return a nomination: what the record keeps of it, how it stands, and what explains that."""
    decision: Mapping[str, Plain] | None = known.decision
    return {
        "name": known.name,
        "cohort": known.cohort,
        "peer": known.peer,
        "standing": known.standing,
        "received_on": known.received_on.isoformat(),
        **known.nominee.plain(),
        "blank": list(known.nominee.blanks),
        "blank_because": known.nominee.reason,
        "reason": known.reason,
        "decision": None if decision is None else dict(decision),
        "passed": list(known.passed),
        "certified_on": known.certified_on.isoformat() if known.certified_on else None,
        "follow_ups": [{"on": each.on.isoformat(), **each.plain()} for each in known.follow_ups],
    }


def sent_plain(known: SentNomination) -> dict[str, Plain]:
    """Return a nomination for a cohort of another node."""
    return {
        "name": known.name,
        "peer": known.peer,
        "cohort": known.cohort,
        "state": known.nominee.state,
        "sent_on": known.sent_on.isoformat(),
        "status": known.status,
        "note": known.note,
        "number": known.number,
        "told_on": known.told_on,
        "withdrawn_on": known.withdrawn_on,
        "withdrawn_because": known.withdrawn_because,
    }


def scenarios_plain(found: Sequence[Scenario]) -> list[Plain]:
    """Return what each contribution buys."""
    return [
        {
            "contribution": amount_text(each.contribution),
            "seats": each.seats,
            "selected": list(each.selection.selected),
            "comes_in": list(each.comes_in),
            "goes_out": list(each.goes_out),
            "states": list(each.states),
            "women": each.women,
            "men": each.men,
            "least_developed_or_small_island": each.favoured,
            "worth": each.selection.worth,
        }
        for each in found
    ]


def due_plain(found: Sequence[FollowUpDue]) -> list[Plain]:
    """Return follow-ups that are still to be told."""
    return [
        {
            "nomination": each.nomination,
            "cohort": each.cohort,
            "state": each.state,
            "month": each.month,
            "due": each.due.isoformat(),
            "overdue": each.overdue,
        }
        for each in found
    ]


def alumni_plain(found: Sequence[AlumniCount]) -> list[Plain]:
    """Return counts of fellows, a cohort each."""
    return [
        {
            "cohort": each.cohort,
            "fellows": each.fellows,
            "certified": each.certified,
            "by_sex": dict(each.by_sex),
            "by_state": dict(each.by_state),
            "by_agency": dict(each.by_agency),
            "follow_ups_told": each.told,
            "follow_ups_due": each.due,
        }
        for each in found
    ]
