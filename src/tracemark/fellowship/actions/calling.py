from tracemark.authorities import Permission, may
from tracemark.fellowship.actions.telling import refuse, require_organisation, said, standing
from tracemark.fellowship.calls import Call
from tracemark.fellowship.cohorts import cohort_of
from tracemark.fellowship.funds import fund_of
from tracemark.fellowship.policies import fellowship_policies
from tracemark.fellowship.queries import allocated
from tracemark.instruments import shipped
from tracemark.kernel import Actor, Clock, Plain
from tracemark.recordkeeping import EventKind, RecordkeepingStores, append_step, require_step
from tracemark.targets import amount_text

_WHOLE = 100


def call_cohort(*, call: Call, actor: Actor, stores: RecordkeepingStores, clock: Clock) -> str:
    """Call for nominations, and return the cohort's name.

    Raises:
        NotPermitted: the actor may not write fellowships.
        FellowshipRefused: its days cross, it has no seats, languages or modules, a commitment, a fund or the policy is
            unknown, it costs more than funds give to it, or it takes more of a fund than its ceiling leaves.

    Source: BMS7 ASSIST.4.
    """
    require_step(EventKind.COHORT_CALLED, actor, stores)
    _require_sense(call, stores)
    with stores.atomic():
        _require_money(call, stores)
        name = stores.dossiers.next_name("cohort", clock.now().year)
        details: dict[str, Plain] = {"contents": call.plain(), "due": call.closes.isoformat()}
        append_step(EventKind.COHORT_CALLED, name, details, actor, stores, clock)
    return name


def cancel_cohort(*, cohort: str, reason: str, actor: Actor, stores: RecordkeepingStores, clock: Clock) -> None:
    """Cancel a cohort that was not completed; its funds are free again.

    Raises:
        NotPermitted: the actor may not approve fellowships.
        FellowshipRefused: there is none of this name, it is over, or no reason is given.
    """
    kind = EventKind.COHORT_CANCELLED
    require_step(kind, actor, stores)
    with stores.atomic():
        standing(cohort, cohort_of, kind, stores)
        append_step(kind, cohort, {"reason": said(reason, "reason")}, actor, stores, clock)


def declare_conflict(
    *, cohort: str, reason: str, actor: Actor, stores: RecordkeepingStores, clock: Clock, account: str = ""
) -> None:
    """Declare an interest of the actor's, or of another `account`: from now on it selects and assesses nobody here.

    Raises:
        NotPermitted: the actor may neither write nor approve fellowships.
        FellowshipRefused: there is none of this name, it is over, or no reason is given.
    """
    writes = may(actor, Permission.FELLOWSHIP_WRITE)
    kind = EventKind.COHORT_CONFLICT_DECLARED if writes else EventKind.COHORT_APPROVAL_RECUSED
    require_step(kind, actor, stores)
    with stores.atomic():
        standing(cohort, cohort_of, kind, stores)
        details: dict[str, Plain] = {"account": account.strip() or actor.name, "reason": said(reason, "reason")}
        append_step(kind, cohort, details, actor, stores, clock)


def _require_sense(call: Call, stores: RecordkeepingStores) -> None:
    for name in ("title", "venue", "currency"):
        said(getattr(call, name), name)
    require_organisation(call.administrator, "administrator", stores)
    days = (call.opens, call.closes, call.begins, call.ends)
    if list(days) != sorted(days) or call.closes == call.begins:
        first, last = (each.isoformat() for each in (call.opens, call.ends))
        raise refuse("fellowship.days_crossed", field="closes", first=first, last=last)
    if min(call.seats, call.most_nominations) < 1 or not 0 <= call.attendance_percent <= _WHOLE:
        raise refuse("fellowship.seats_unfit", field="seats", seats=call.seats)
    if not call.languages:
        raise refuse("fellowship.text_missing", field="languages")
    if call.policy not in fellowship_policies():
        known = ", ".join(fellowship_policies())
        raise refuse("fellowship.policy_unknown", field="policy", policy=call.policy, known=known)
    _require_modules(call)


def _require_modules(call: Call) -> None:
    codes = [each.code for each in call.modules]
    if not codes or len(set(codes)) < len(codes) or not all(codes):
        raise refuse("fellowship.modules_unfit", field="modules")
    for each in call.modules:
        for commitment in each.commitments:
            if commitment not in shipped().versions:
                raise refuse("fellowship.commitment_unknown", field="modules", commitment=str(commitment))


def _require_money(call: Call, stores: RecordkeepingStores) -> None:
    """Let pass a course that costs no more than funds give to it, of which none gives more than it has left."""
    taken = allocated(stores)
    for each in call.allocations:
        try:
            fund = fund_of(each.fund, stores.dossiers.events(each.fund))
        except KeyError:
            raise refuse("fellowship.fund_unknown", field="funds", fund=each.fund) from None
        source = fund.source
        if (
            fund.standing != "open"
            or source.currency != call.currency
            or not source.first <= call.begins <= source.last
        ):
            raise refuse("fellowship.fund_unfit", field="funds", fund=each.fund, currency=source.currency)
        taken[each.fund] += each.amount
        if taken[each.fund] > source.ceiling:
            left = amount_text(source.ceiling - taken[each.fund] + each.amount)
            facts: dict[str, Plain] = {"ceiling": amount_text(source.ceiling), "left": left}
            amount = amount_text(each.amount)
            raise refuse("fellowship.over_ceiling", field="funds", fund=each.fund, amount=amount, **facts)
    if call.cost > call.budget:
        cost, budget = amount_text(call.cost), amount_text(call.budget)
        raise refuse("fellowship.over_budget", field="seats", cost=cost, budget=budget, currency=call.currency)
