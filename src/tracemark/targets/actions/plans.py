from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal

from tracemark.instruments import shipped
from tracemark.kernel import Actor, Clock, Finding, Plain
from tracemark.recordkeeping import Event, EventKind, RecordkeepingStores, append, append_step, require_step
from tracemark.reporting import questions
from tracemark.targets.actions.telling import TargetRefused, own, refuse, require_holder, told
from tracemark.targets.planfiles import KpiReport, PlanDraft
from tracemark.targets.plans import Activity, ActivityStatus, Plan, Told, cycle_in, plan_of
from tracemark.targets.tables import PLANS
from tracemark.targets.voluntary import amount_text


def adopt_plan(*, draft: PlanDraft, actor: Actor, stores: RecordkeepingStores, clock: Clock) -> str:
    """Put a plan on record with all its activities and indicators, and return its name.

    Raises:
        NotPermitted: the actor may not write plans.
        TargetRefused: an owner is neither an agency nor an organisation, or a linked target is unknown.

    Source: BMS7 MEAS.2.
    """
    require_step(EventKind.PLAN_ADOPTED, actor, stores)
    faults = [fault for each in draft.activities for fault in _unknown(each, stores)]
    if faults:
        raise TargetRefused(faults)
    with stores.atomic():
        name = stores.dossiers.next_name("plan", clock.now().year)
        append(events=list(_events(name, draft, actor, clock)), stores=stores, clock=clock)
    return name


def _events(name: str, draft: PlanDraft, actor: Actor, clock: Clock) -> Iterator[Event]:
    frame: dict[str, Plain] = {"contents": draft.frame.plain(), "due": draft.frame.last.isoformat()}
    yield told(EventKind.PLAN_ADOPTED, name, frame, actor, clock)
    for each in draft.activities:
        details: dict[str, Plain] = {"activity": each.code, "contents": each.plain()}
        yield told(EventKind.PLAN_ACTIVITY_SET, name, details, actor, clock)
    for code, begun in draft.begun.items():
        stands = _report(code, begun.status, begun.spent, "")
        yield told(EventKind.PLAN_ACTIVITY_REPORTED, name, stands, actor, clock, begun.on)
    for kpi in draft.kpis:
        yield told(EventKind.PLAN_KPI_SET, name, {"kpi": kpi.code, "contents": kpi.plain()}, actor, clock)
    for report in draft.data:
        yield told(EventKind.PLAN_KPI_REPORTED, name, _data(report), actor, clock)


def revise_activity(
    *, plan: str, activity: Activity, reason: str, actor: Actor, stores: RecordkeepingStores, clock: Clock
) -> Plan:
    """Change an activity of a plan, or add one; what was reported of it stays.

    Raises:
        NotPermitted: the actor may not write plans, or does not see this one.
        TargetRefused: there is no such plan, it is closed, the activity does not fit into it, nothing about it changes,
            or no reason is given.

    Source: BMS7 MEAS.2.
    """
    require_step(EventKind.PLAN_ACTIVITY_SET, actor, stores)
    why = _reason(reason)
    with stores.atomic():
        known = own(plan, plan_of, EventKind.PLAN_ACTIVITY_SET, actor, stores)
        _require_fit(known, activity)
        if activity.code in known.works and known.works[activity.code].activity == activity:
            raise refuse("targets.nothing_changes", PLANS, dossier=f"{plan} {activity.code}")
        if faults := list(_unknown(activity, stores)):
            raise TargetRefused(faults)
        details: dict[str, Plain] = {"activity": activity.code, "contents": activity.plain(), "reason": why}
        return _sealed(plan, EventKind.PLAN_ACTIVITY_SET, details, actor, stores, clock)


def report_activity(
    *, plan: str, activity: str, report: Told, actor: Actor, stores: RecordkeepingStores, clock: Clock
) -> Plan:
    """Say where an activity stands, as of a day, and what was spent since the last report.

    Raises:
        NotPermitted: the actor may not write plans, or does not see this one.
        TargetRefused: there is no such plan or activity, the plan is closed, the amount is below zero, another
            activity must be done before, or it is dropped without a reason or while others wait for it.

    Source: BMS7 MEAS.2.
    """
    require_step(EventKind.PLAN_ACTIVITY_REPORTED, actor, stores)
    with stores.atomic():
        known = own(plan, plan_of, EventKind.PLAN_ACTIVITY_REPORTED, actor, stores)
        if activity not in known.works:
            raise refuse("targets.activity_not_in_plan", PLANS, field="activity", activity=activity, dossier=plan)
        if report.spent < 0:
            raise refuse("targets.cost_unfit", PLANS, field="spent", cost=amount_text(report.spent))
        waits = known.waits_for(known.works[activity])
        if waits and report.status is ActivityStatus.DONE:
            raise refuse("targets.activity_waits", PLANS, field="status", activity=activity, others=", ".join(waits))
        if report.status is ActivityStatus.DROPPED:
            _require_droppable(known, activity, report.note)
        details = _report(activity, report.status, report.spent, report.note)
        return _sealed(plan, EventKind.PLAN_ACTIVITY_REPORTED, details, actor, stores, clock, report.on)


def cancel_activity(
    *, plan: str, activity: str, reason: str, actor: Actor, stores: RecordkeepingStores, clock: Clock
) -> Plan:
    """Cancel an activity as of today, and say why; it stays in the plan as dropped.

    Raises:
        NotPermitted, TargetRefused: as `report_activity`.

    Source: BMS7 MEAS.2.
    """
    dropped = Told(clock.now().date(), ActivityStatus.DROPPED, note=reason)
    return report_activity(plan=plan, activity=activity, report=dropped, actor=actor, stores=stores, clock=clock)


def report_kpi(*, plan: str, report: KpiReport, actor: Actor, stores: RecordkeepingStores, clock: Clock) -> Plan:
    """Record what members report of an indicator for a year.

    Raises:
        NotPermitted: the actor may not write plans, or does not see this one.
        TargetRefused: there is no such plan, indicator or member, or the plan is closed.

    Source: BMS7 SUM.R1.
    """
    require_step(EventKind.PLAN_KPI_REPORTED, actor, stores)
    with stores.atomic():
        known = own(plan, plan_of, EventKind.PLAN_KPI_REPORTED, actor, stores)
        if report.kpi not in known.kpis:
            raise refuse("targets.kpi_not_in_plan", PLANS, field="kpi", kpi=report.kpi, dossier=plan)
        members = known.frame.members
        for name in report.values if members else ():
            if name not in members:
                raise refuse("targets.no_such_member", PLANS, field="values", member=name, members=", ".join(members))
        return _sealed(plan, EventKind.PLAN_KPI_REPORTED, _data(report), actor, stores, clock)


def close_plan(*, plan: str, reason: str, actor: Actor, stores: RecordkeepingStores, clock: Clock) -> Plan:
    """Close a plan, and say why.

    Raises:
        NotPermitted: the actor may not write plans, or does not see this one.
        TargetRefused: there is no such plan, it is closed already, or no reason is given.

    Source: BMS7 MEAS.2.
    """
    require_step(EventKind.PLAN_CLOSED, actor, stores)
    why = _reason(reason)
    with stores.atomic():
        own(plan, plan_of, EventKind.PLAN_CLOSED, actor, stores)
        return _sealed(plan, EventKind.PLAN_CLOSED, {"reason": why}, actor, stores, clock)


def _sealed(
    plan: str,
    kind: EventKind,
    details: Mapping[str, Plain],
    actor: Actor,
    stores: RecordkeepingStores,
    clock: Clock,
    on: date | None = None,
) -> Plan:
    append_step(kind, plan, details, actor, stores, clock, on)
    return plan_of(plan, stores.dossiers.events(plan))


def _report(activity: str, status: ActivityStatus, spent: Decimal, note: str) -> dict[str, Plain]:
    money = amount_text(spent) if spent else ""
    return {"activity": activity, "status": status.value, "spent": money, "note": note.strip()}


def _data(report: KpiReport) -> dict[str, Plain]:
    values: dict[str, Plain] = {name: amount_text(value) for name, value in report.values.items()}
    return {"kpi": report.kpi, "year": report.year, "contents": values, "source": report.source}


def _reason(text: str) -> str:
    if not text.strip():
        raise refuse("targets.text_missing", PLANS, field="reason")
    return text.strip()


def _require_droppable(plan: Plan, activity: str, note: str) -> None:
    if not note.strip():
        raise refuse("targets.text_missing", PLANS, field="note")
    if others := plan.waiting_for(activity):
        raise refuse("targets.others_wait", PLANS, field="activity", activity=activity, others=", ".join(others))


def _require_fit(plan: Plan, activity: Activity) -> None:
    if not activity.code.strip() or not activity.title.strip():
        raise refuse("targets.text_missing", PLANS, field="title" if activity.code.strip() else "code")
    if activity.budget is not None and activity.budget < 0:
        raise refuse("targets.cost_unfit", PLANS, field="budget", cost=amount_text(activity.budget))
    if activity.goal not in {each.code for each in plan.frame.goals}:
        raise refuse("targets.activity_unfit", PLANS, field="goal", activity=activity.code, value=activity.goal)
    if activity.end < activity.start:
        end = activity.end.isoformat()
        raise refuse("targets.activity_unfit", PLANS, field="end", activity=activity.code, value=end)
    if day := activity.outside(plan.frame):
        days = {"first": plan.frame.first.isoformat(), "last": plan.frame.last.isoformat()}
        field = "start" if day == activity.start else "end"
        raise refuse("targets.activity_outside", PLANS, field=field, day=day.isoformat(), **days)
    for code in activity.depends:
        if code not in {*plan.works, activity.code}:
            raise refuse("targets.activity_not_in_plan", PLANS, field="depends", activity=code, dossier=plan.name)
    others = [each.activity for code, each in plan.works.items() if code != activity.code]
    if ring := cycle_in([activity, *others]):
        raise refuse("targets.ring", PLANS, field="depends", ring=" → ".join(ring))


def _unknown(activity: Activity, stores: RecordkeepingStores) -> Iterator[Finding]:
    """Yield whom or what an activity names that the record does not know."""
    try:
        require_holder(activity.owner, "owner", stores)
    except TargetRefused as refused:
        yield from (Finding(each.code, PLANS, {**each.facts, "activity": activity.code}) for each in refused.findings)
    for each in activity.commitments:
        if each not in shipped().versions:
            facts: dict[str, Plain] = {"field": "commitments", "commitment": str(each), "activity": activity.code}
            yield Finding("targets.commitment_unknown", PLANS, facts)
    for gap in activity.gaps:
        if gap not in questions():
            yield Finding("targets.gap_unknown", PLANS, {"field": "gaps", "gap": gap, "activity": activity.code})
    for name in activity.targets:
        try:
            known = stores.dossiers.dossier(name).kind == "target"
        except KeyError:
            known = False
        if not known:
            facts = {"field": "targets", "dossier": name, "activity": activity.code}
            yield Finding("targets.dossier_unknown", PLANS, facts)
