from datetime import date

from tracemark.assistance.actions.telling import known, refuse, require_amount, require_past, require_text
from tracemark.assistance.awards import Award, AwardTerms, award_of
from tracemark.assistance.obstacles import bars
from tracemark.assistance.queries import FundRecord, RequestRecord, programme_list, request_list
from tracemark.assistance.rounds import need_of, programme_of, running
from tracemark.authorities import require_second_person
from tracemark.kernel import Actor, Clock, Plain
from tracemark.recordkeeping import EventKind, RecordkeepingStores, append_step, require_step


def propose_grant(*, terms: AwardTerms, actor: Actor, stores: RecordkeepingStores, clock: Clock) -> str:
    """Propose that a programme gives money to a request, and return the grant's name; a second person decides.

    Raises:
        NotPermitted: the actor may not write grants.
        AssistanceRefused: the request or the programme is not open, the programme may not serve it, or the amount is
            over the ceiling, over what is left or over what the request still lacks.

    Source: PoA III.3.
    """
    require_step(EventKind.GRANT_PROPOSED, actor, stores)
    with stores.atomic():
        request, fund = _request(terms.request, stores), _fund(terms.programme, stores)
        today = clock.now().date()
        require_text(terms.expects, "expects")
        _require_days(terms)
        _require_fit(request, fund, stores, today)
        _require_money(terms, request, fund, stores, today)
        name = stores.dossiers.next_name("grant", today.year)
        details: dict[str, Plain] = {"contents": terms.plain(), "about": terms.request, "due": terms.ends.isoformat()}
        append_step(EventKind.GRANT_PROPOSED, name, details, actor, stores, clock)
    return name


def decide_grant(*, grant: str, note: str, actor: Actor, stores: RecordkeepingStores, clock: Clock) -> None:
    """Give what was proposed, as a second person.

    Raises:
        NotPermitted: the actor may not approve assistance, or proposed it.
        AssistanceRefused: it was decided already, or its request or programme is closed by now.

    Source: PoA II.17, accounting control.
    """
    require_step(EventKind.GRANT_DECIDED, actor, stores)
    with stores.atomic():
        award = known(grant, award_of, EventKind.GRANT_DECIDED, stores)
        require_second_person(award.proposed_by, actor)
        _require_open(_request(award.terms.request, stores), _fund(award.terms.programme, stores))
        append_step(EventKind.GRANT_DECIDED, grant, {"note": note.strip()}, actor, stores, clock)


def refuse_grant(*, grant: str, reason: str, actor: Actor, stores: RecordkeepingStores, clock: Clock) -> None:
    """Refuse what was proposed, as a second person, and say why.

    Raises:
        NotPermitted: the actor may not approve assistance, or proposed it.
        AssistanceRefused: it was decided already, or no reason is given.

    Source: PoA II.17, accounting control.
    """
    require_step(EventKind.GRANT_REFUSED, actor, stores)
    with stores.atomic():
        award = known(grant, award_of, EventKind.GRANT_REFUSED, stores)
        require_second_person(award.proposed_by, actor)
        details: dict[str, Plain] = {"reason": require_text(reason, "reason")}
        append_step(EventKind.GRANT_REFUSED, grant, details, actor, stores, clock)


def pay_grant(
    *, grant: str, amount: int, on: date, note: str = "", actor: Actor, stores: RecordkeepingStores, clock: Clock
) -> None:
    """Record money that the programme paid.

    Raises:
        NotPermitted: the actor may not write grants.
        AssistanceRefused: it is not under way, the day lies in the future, or more would be paid than was granted.

    Source: PoA III.3.
    """
    require_step(EventKind.GRANT_PAID, actor, stores)
    with stores.atomic():
        award = known(grant, award_of, EventKind.GRANT_PAID, stores)
        require_amount(amount, "amount")
        if award.paid + amount > award.terms.amount:
            facts: dict[str, Plain] = {"paid": award.paid + amount, "amount": award.terms.amount}
            raise refuse("assistance.over_grant", field="amount", currency=award.terms.currency, **facts)
        details: dict[str, Plain] = {"amount": amount, "note": note.strip()}
        append_step(EventKind.GRANT_PAID, grant, details, actor, stores, clock, require_past(on, clock))


def report_grant_activity(
    *, grant: str, activity: str, spent: int, on: date, actor: Actor, stores: RecordkeepingStores, clock: Clock
) -> None:
    """Record what was done with the money, and what it cost; more than was given is recorded too, and raises an alarm.

    Raises:
        NotPermitted: the actor may not write grants.
        AssistanceRefused: it is not under way, nothing is said, or the day lies in the future.

    Source: BMS7 ASSIST.2.
    """
    require_step(EventKind.GRANT_ACTIVITY_REPORTED, actor, stores)
    with stores.atomic():
        known(grant, award_of, EventKind.GRANT_ACTIVITY_REPORTED, stores)
        details: dict[str, Plain] = {"activity": require_text(activity, "activity")}
        details |= {"amount": require_amount(spent, "spent")} if spent else {}
        append_step(EventKind.GRANT_ACTIVITY_REPORTED, grant, details, actor, stores, clock, require_past(on, clock))


def report_result(*, grant: str, result: str, actor: Actor, stores: RecordkeepingStores, clock: Clock) -> None:
    """Say what came of a grant; it counts once the State that received it has confirmed it.

    Raises:
        NotPermitted: the actor may not write grants.
        AssistanceRefused: it is not under way, or nothing is said.

    Source: BMS7 ASSIST.2.
    """
    require_step(EventKind.GRANT_RESULT_REPORTED, actor, stores)
    with stores.atomic():
        known(grant, award_of, EventKind.GRANT_RESULT_REPORTED, stores)
        details: dict[str, Plain] = {"result": require_text(result, "result")}
        append_step(EventKind.GRANT_RESULT_REPORTED, grant, details, actor, stores, clock)


def confirm_result(*, grant: str, note: str, actor: Actor, stores: RecordkeepingStores, clock: Clock) -> None:
    """Confirm for the receiving State what came of a grant, as a second person.

    Raises:
        NotPermitted: the actor may not approve assistance, or reported the result.
        AssistanceRefused: no result is reported, or another State received it, whose own node confirms it.

    Source: BMS7 ASSIST.2.
    """
    _judge_result(EventKind.GRANT_RESULT_CONFIRMED, grant, {"note": note.strip()}, actor, stores, clock)


def contest_result(*, grant: str, reason: str, actor: Actor, stores: RecordkeepingStores, clock: Clock) -> None:
    """Say for the receiving State that a result is not what was reported, and why; the grant goes on.

    Raises:
        NotPermitted: the actor may not approve assistance, or reported the result.
        AssistanceRefused: no result is reported, no reason is given, or another State received it.

    Source: BMS7 ASSIST.2.
    """
    reasons: dict[str, Plain] = {"reason": require_text(reason, "reason")}
    _judge_result(EventKind.GRANT_RESULT_CONTESTED, grant, reasons, actor, stores, clock)


def end_grant(*, grant: str, reason: str, actor: Actor, stores: RecordkeepingStores, clock: Clock) -> None:
    """End a grant without its result, and say why; what was not paid is the programme's again.

    Raises:
        NotPermitted: the actor may not approve assistance.
        AssistanceRefused: it is not under way, or no reason is given.

    Source: PoA III.3.
    """
    require_step(EventKind.GRANT_ENDED, actor, stores)
    with stores.atomic():
        known(grant, award_of, EventKind.GRANT_ENDED, stores)
        details: dict[str, Plain] = {"reason": require_text(reason, "reason")}
        append_step(EventKind.GRANT_ENDED, grant, details, actor, stores, clock)


def _judge_result(
    kind: EventKind, grant: str, details: dict[str, Plain], actor: Actor, stores: RecordkeepingStores, clock: Clock
) -> None:
    require_step(kind, actor, stores)
    with stores.atomic():
        award: Award = known(grant, award_of, kind, stores)
        request = _request(award.terms.request, stores).request
        if request.foreign:
            raise refuse("assistance.not_the_receiver", state=request.state)
        require_second_person(award.reported_by, actor)
        append_step(kind, grant, details, actor, stores, clock)


def _request(name: str, stores: RecordkeepingStores) -> RequestRecord:
    for each in request_list(stores):
        if each.request.name == name:
            return each
    raise refuse("assistance.link_unknown", field="request", dossier=name)


def _fund(name: str, stores: RecordkeepingStores) -> FundRecord:
    for each in programme_list(stores):
        if each.fund.name == name:
            return each
    raise refuse("assistance.link_unknown", field="programme", dossier=name)


def _require_open(request: RequestRecord, fund: FundRecord) -> None:
    if not request.request.is_open:
        raise refuse(
            "assistance.not_open", field="request", dossier=request.request.name, standing=request.request.standing
        )
    if fund.status != "open":
        raise refuse("assistance.not_open", field="programme", dossier=fund.fund.name, standing=fund.status)


def _require_days(terms: AwardTerms) -> None:
    if terms.ends <= terms.starts:
        days: dict[str, Plain] = {"starts": terms.starts.isoformat(), "ends": terms.ends.isoformat()}
        raise refuse("assistance.ends_before_start", field="ends", **days)


def _require_fit(request: RequestRecord, fund: FundRecord, stores: RecordkeepingStores, on: date) -> None:
    """Let pass a pair that nothing bars but money, which is said apart."""
    _require_open(request, fund)
    others = request_list(stores)
    need, programme = need_of(request, others, on), programme_of(fund, on)
    found = [each for each in bars(need, programme, on, running(others)) if not each.value.startswith("too_")]
    if found:
        raise refuse(
            "assistance.barred",
            field="programme",
            programme=fund.fund.name,
            request=request.request.name,
            bar=found[0].value,
        )


def _require_money(
    terms: AwardTerms, request: RequestRecord, fund: FundRecord, stores: RecordkeepingStores, on: date
) -> None:
    offers, amount = fund.fund.offers, require_amount(terms.amount, "amount")
    money: dict[str, Plain] = {"amount": amount, "currency": offers.currency}
    if {terms.currency, request.currency} != {offers.currency}:
        raise refuse("assistance.currencies_differ", field="currency", ours=request.currency, theirs=offers.currency)
    if amount > offers.ceiling:
        raise refuse(
            "assistance.over_ceiling", field="amount", programme=terms.programme, ceiling=offers.ceiling, **money
        )
    if amount < offers.least:
        raise refuse("assistance.under_least", field="amount", programme=terms.programme, least=offers.least, **money)
    if amount > fund.left_on(on):
        raise refuse(
            "assistance.over_budget", field="amount", programme=terms.programme, left=fund.left_on(on), **money
        )
    of_state = sum(
        each.committed for each in fund.awards if _request(each.terms.request, stores).state == request.state
    )
    if of_state + amount > offers.state_share * offers.budget:
        share = int(offers.state_share * offers.budget)
        raise refuse("assistance.over_share", field="amount", programme=terms.programme, share=share, **money)
    if offers.whole_only and amount < request.amount:
        raise refuse("assistance.whole_only", field="amount", programme=terms.programme, whole=request.amount, **money)
    if amount > request.lacking:
        raise refuse("assistance.over_need", field="amount", request=terms.request, lacking=request.lacking, **money)
