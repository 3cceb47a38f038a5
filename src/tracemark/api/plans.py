from typing import Annotated

from ninja import Path, Router
from ninja.responses import Status as Answer

from tracemark import targets
from tracemark.api.access import Call, needs
from tracemark.api.schemas.stockpiles import DossierName
from tracemark.api.schemas.targets import (
    ActionPlanIn,
    ActionPlanOut,
    ActionPlansOut,
    ActivityIn,
    CancelIn,
    ClosePlanIn,
    ComparisonOut,
    KpiIn,
    PlanActivityIn,
    PlanYearOut,
)
from tracemark.api.targets import by
from tracemark.authorities import Permission

router = Router(tags=["targets"])


@router.get("/plans", response=ActionPlansOut, operation_id="list_plans")
@needs(Permission.TARGET_READ)
def list_plans(request: Call) -> ActionPlansOut:
    """List the action plans, newest first."""
    found = targets.plan_list(actor=request.auth.actor, stores=request.auth.node.stores)
    return ActionPlansOut(items=[_out(request, each) for each in found])


@router.post("/plans", response={201: ActionPlanOut}, operation_id="adopt_plan")
@needs(Permission.TARGET_WRITE)
def adopt_plan(request: Call, body: ActionPlanIn) -> Answer[ActionPlanOut]:
    """Put a plan on record with all its activities and indicators; each fault is named with its row and field."""
    draft = targets.read_plan_toml(body.toml, "toml")
    return Answer(201, read_plan(request, targets.adopt_plan(draft=draft, **by(request))))


@router.get("/plans/{plan}", response=ActionPlanOut, operation_id="read_plan")
@needs(Permission.TARGET_READ)
def read_plan(request: Call, plan: DossierName) -> ActionPlanOut:
    """Give a plan with each activity as it stands today, and its indicators over the years."""
    return _out(request, _plan(request, plan))


@router.get("/plans/{plan}/years/{year}", response=PlanYearOut, operation_id="report_on_year")
@needs(Permission.TARGET_READ)
def report_on_year(request: Call, plan: DossierName, year: Annotated[int, Path(ge=1990, le=2100)]) -> PlanYearOut:
    """Report on a plan's year: what was due, done, late, and spent."""
    today = request.auth.node.clock.now().date()
    found = targets.plan_year(_plan(request, plan), year, today)
    return PlanYearOut.model_validate(targets.year_plain(found))


@router.get("/plans/{plan}/beside/{other}", response=ComparisonOut, operation_id="compare_plans")
@needs(Permission.TARGET_READ)
def compare_plans(request: Call, plan: DossierName, other: DossierName) -> ComparisonOut:
    """Set two plans side by side: where they meet, where they contradict each other, what neither serves."""
    caller = request.auth
    found = targets.plan_comparison(left=plan, right=other, actor=caller.actor, stores=caller.node.stores)
    return ComparisonOut.of(found)


@router.post("/plans/{plan}/reports", response={201: ActionPlanOut}, operation_id="report_activity")
@needs(Permission.TARGET_WRITE)
def report_activity(request: Call, plan: DossierName, body: ActivityIn) -> Answer[ActionPlanOut]:
    """Say where an activity stands; it is done only after what it waits for."""
    known = targets.report_activity(plan=plan, activity=body.activity, report=body.noun(), **by(request))
    return Answer(201, _out(request, known))


@router.post("/plans/{plan}/activities", response={201: ActionPlanOut}, operation_id="revise_activity")
@needs(Permission.TARGET_WRITE)
def revise_activity(request: Call, plan: DossierName, body: PlanActivityIn) -> Answer[ActionPlanOut]:
    """Add an activity to a plan, or change one: owner, days, budget, what it waits for; what was reported stays."""
    code = body.code.strip() or targets.next_code(_plan(request, plan))
    known = targets.revise_activity(plan=plan, activity=body.noun(code), reason=body.reason, **by(request))
    return Answer(201, _out(request, known))


@router.post("/plans/{plan}/cancellations", response={201: ActionPlanOut}, operation_id="cancel_activity")
@needs(Permission.TARGET_WRITE)
def cancel_activity(request: Call, plan: DossierName, body: CancelIn) -> Answer[ActionPlanOut]:
    """Cancel an activity, and say why; it stays in the plan as dropped."""
    known = targets.cancel_activity(plan=plan, activity=body.activity, reason=body.reason, **by(request))
    return Answer(201, _out(request, known))


@router.post("/plans/{plan}/closing", response={201: ActionPlanOut}, operation_id="close_plan")
@needs(Permission.TARGET_WRITE)
def close_plan(request: Call, plan: DossierName, body: ClosePlanIn) -> Answer[ActionPlanOut]:
    """Close a plan, and say why."""
    return Answer(201, _out(request, targets.close_plan(plan=plan, reason=body.reason, **by(request))))


@router.post("/plans/{plan}/kpis", response={201: ActionPlanOut}, operation_id="report_kpi")
@needs(Permission.TARGET_WRITE)
def report_kpi(request: Call, plan: DossierName, body: KpiIn) -> Answer[ActionPlanOut]:
    """Record what members report of an indicator for a year."""
    return Answer(201, _out(request, targets.report_kpi(plan=plan, report=body.noun(), **by(request))))


def _plan(request: Call, name: str) -> targets.Plan:
    return targets.plan_record(plan=name, actor=request.auth.actor, stores=request.auth.node.stores)


def _out(request: Call, plan: targets.Plan) -> ActionPlanOut:
    today = request.auth.node.clock.now().date()
    kpis = targets.kpis_plain(targets.kpi_lines(plan))
    return ActionPlanOut.model_validate({**targets.plan_plain(plan, today), "kpis": kpis})
