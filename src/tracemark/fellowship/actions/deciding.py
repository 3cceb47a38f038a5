"""A person proposes a selection, a second decides it, and either may say otherwise than the machine, with a reason."""

from collections.abc import Mapping

from tracemark.assistance import NoSolution
from tracemark.authorities import require_second_person
from tracemark.fellowship.actions.telling import refuse, require_free, said, standing
from tracemark.fellowship.cohorts import Cohort, Proposed, cohort_of
from tracemark.fellowship.eligibility import candidates
from tracemark.fellowship.nominations import nomination_of
from tracemark.fellowship.policies import fellowship_policies
from tracemark.fellowship.queries import CohortRecord, contest_of, rules_broken, with_nominations
from tracemark.fellowship.scoring import may_be_together
from tracemark.fellowship.selecting import Explained, Selection, explain, select
from tracemark.kernel import Actor, Clock, Plain
from tracemark.recordkeeping import EventKind, RecordkeepingStores, append_step, require_step

OUTCOMES: Mapping[str, EventKind] = {
    "selected": EventKind.NOMINATION_SELECTED,
    "waiting": EventKind.NOMINATION_WAITLISTED,
    "declined": EventKind.NOMINATION_DECLINED,
}
"""What is decided on a nomination, and the kind of event that says so."""


def propose_selection(*, cohort: str, actor: Actor, stores: RecordkeepingStores, clock: Clock) -> Selection:
    """Propose the best selection under the call's policy, sealed with what explains it; nobody is selected by that.

    Raises:
        NotPermitted: the actor may not write fellowships.
        FellowshipRefused: there is no such cohort, its call is still open, it is decided on, nobody may be selected, or
            the actor declared an interest.
    """
    kind = EventKind.COHORT_SELECTION_PROPOSED
    require_step(kind, actor, stores)
    with stores.atomic():
        known = standing(cohort, cohort_of, kind, stores)
        require_free(known, actor)
        if clock.now().date() <= known.call.closes:
            raise refuse("fellowship.call_still_open", cohort=cohort, closes=known.call.closes.isoformat())
        record = with_nominations(known, stores)
        contest = contest_of(record, stores)
        if not contest.candidates:
            raise refuse("fellowship.nobody_to_select", cohort=cohort)
        try:
            found = select(contest)
            explained = explain(found, contest)
        except NoSolution:
            raise refuse("fellowship.no_solution", cohort=cohort) from None
        append_step(kind, cohort, {"contents": _contents(record, found, explained)}, actor, stores, clock)
    return found


def return_selection(*, cohort: str, reason: str, actor: Actor, stores: RecordkeepingStores, clock: Clock) -> None:
    """Send a proposed selection back, with the reason; it may be proposed anew.

    Raises:
        NotPermitted: the actor may not approve fellowships, or proposed it.
        FellowshipRefused: there is none of this name, nothing is proposed, or no reason is given.
    """
    kind = EventKind.COHORT_SELECTION_RETURNED
    require_step(kind, actor, stores)
    with stores.atomic():
        _second_look(cohort, kind, actor, stores)
        append_step(kind, cohort, {"reason": said(reason, "reason")}, actor, stores, clock)


def decide_selection(
    *,
    cohort: str,
    actor: Actor,
    stores: RecordkeepingStores,
    clock: Clock,
    departures: Mapping[str, str] | None = None,
    reason: str = "",
) -> Cohort:
    """Decide a proposed selection, and with it each nomination. `departures` are outcomes other than those proposed.

    Raises:
        NotPermitted: the actor may not approve fellowships, or proposed it.
        FellowshipRefused: there is none of this name, nothing is proposed, nominations changed since, the actor
            declared an interest, a departure has no reason or is of nobody who may be selected, or seats fall short.

    Source: BMS7 ASSIST.4.
    """
    kind = EventKind.COHORT_SELECTION_DECIDED
    require_step(kind, actor, stores)
    with stores.atomic():
        known, proposal = _second_look(cohort, kind, actor, stores)
        record = with_nominations(known, stores)
        standing_now = {each.name for each in record.nominations if each.standing == "received"}
        if standing_now != proposal.names:
            raise refuse("fellowship.proposal_stale", cohort=cohort, names=sorted(standing_now ^ proposal.names))
        outcomes, changed = _outcomes(proposal, departures or {}, record)
        why = said(reason, "reason") if changed else reason.strip()
        contents: dict[str, Plain] = {"departures": dict(changed), "outcomes": dict(outcomes)}
        append_step(kind, cohort, {"contents": contents, "reason": why}, actor, stores, clock)
        for name, outcome in outcomes.items():
            details: dict[str, Plain] = {"contents": proposal.explained.get(name, {})}
            details |= {"reason": why} if name in changed else {}
            append_step(OUTCOMES[outcome], name, details, actor, stores, clock)
        return cohort_of(cohort, stores.dossiers.events(cohort))


def fill_seat(*, nomination: str, actor: Actor, stores: RecordkeepingStores, clock: Clock, reason: str = "") -> None:
    """Give a free seat to who waits: the first on the list, or another with a reason.

    Raises:
        NotPermitted: the actor may not approve fellowships.
        FellowshipRefused: there is none of this name, it does not wait, no seat is free, the actor declared an
            interest, or others wait before it and no reason is given.
    """
    kind = EventKind.NOMINATION_SELECTED
    require_step(kind, actor, stores)
    with stores.atomic():
        known = standing(nomination, nomination_of, kind, stores)
        record = with_nominations(cohort_of(known.cohort, stores.dossiers.events(known.cohort)), stores)
        require_free(record.cohort, actor)
        waits = [each.name for each in record.waiting]
        if nomination not in waits or not record.free_seats or record.cohort.standing != "selected":
            raise refuse("fellowship.no_seat_free", cohort=known.cohort, nomination=nomination)
        if waits[0] != nomination and not reason.strip():
            raise refuse("fellowship.others_wait", field="reason", first=waits[0], nomination=nomination)
        details: dict[str, Plain] = {"contents": dict(known.decision or {}), "reason": reason.strip()}
        append_step(kind, nomination, details, actor, stores, clock)


def _second_look(cohort: str, kind: EventKind, actor: Actor, stores: RecordkeepingStores) -> tuple[Cohort, Proposed]:
    known = standing(cohort, cohort_of, kind, stores)
    if known.proposal is None:
        raise refuse("fellowship.wrong_standing", dossier=cohort, standing=known.standing)
    require_second_person(known.proposal.by, actor)
    require_free(known, actor)
    return known, known.proposal


def _outcomes(
    proposal: Proposed, departures: Mapping[str, str], record: CohortRecord
) -> tuple[dict[str, str], dict[str, str]]:
    """Return what is decided on each nomination, and what of it is otherwise than proposed."""
    proposed = {name: outcome for outcome in OUTCOMES for name in getattr(proposal, outcome)}
    for name, outcome in departures.items():
        if name not in proposed or outcome not in OUTCOMES:
            raise refuse("fellowship.departure_unfit", field="departures", nomination=name, outcome=outcome)
        if name in rules_broken(record) and outcome != "declined":
            raise refuse("fellowship.not_eligible", field="departures", nomination=name)
    changed = {name: outcome for name, outcome in departures.items() if proposed[name] != outcome}
    outcomes = proposed | changed
    call = record.cohort.call
    chosen = [each for each in record.nominations if outcomes[each.name] == "selected"]
    policy = fellowship_policies()[call.policy]
    if len(chosen) > call.seats or not may_be_together(candidates(chosen, call, {}), policy):
        facts: dict[str, Plain] = {"seats": call.seats, "chosen": len(chosen), "most": policy.state_most}
        raise refuse("fellowship.seats_exceeded", field="departures", **facts)
    return outcomes, changed


def _contents(record: CohortRecord, found: Selection, explained: Mapping[str, Explained]) -> dict[str, Plain]:
    """Return what is sealed of a proposal: outcomes, and for each nomination its points or the rules it breaks."""
    barred = {name: broken for name, broken in rules_broken(record).items() if _is_live(record, name)}
    told: dict[str, Plain] = {name: _explained(each) for name, each in explained.items()}
    told |= {name: {"barred": [each.rule for each in broken]} for name, broken in barred.items()}
    left = [name for name in explained if name not in (*found.selected, *found.waiting)]
    return {
        "policy": record.cohort.call.policy,
        "selected": list(found.selected),
        "waiting": [*found.waiting, *left],
        "declined": list(barred),
        "worth": found.worth,
        "bound": found.bound,
        "proven": found.proven,
        "explained": told,
    }


def _is_live(record: CohortRecord, name: str) -> bool:
    return record.nomination(name).standing != "withdrawn"


def _explained(each: Explained) -> dict[str, Plain]:
    points: list[Plain] = [{"code": one.code, "points": one.points} for one in each.points]
    if each.lack is None:
        return {"points": points}
    lack = each.lack
    lacks: dict[str, Plain] = {
        "points": lack.points,
        "seats": lack.seats,
        "changes": list(lack.changes),
        "instead_of": list(lack.instead_of),
    }
    return {"points": points, "lack": lacks}
