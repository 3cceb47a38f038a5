from datetime import MAXYEAR, MINYEAR

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST

from tracemark import targets, wording
from tracemark.authorities import Permission
from tracemark.kernel import Refused
from tracemark.node import PlanFile
from tracemark.recordkeeping import EventKind
from tracemark.targets import ActivityStatus, Plan
from tracemark.web.access import Desk, needs
from tracemark.web.converters import number_of
from tracemark.web.dossier_steps import Step, Steps, by
from tracemark.web.forms.desk import DeskForm
from tracemark.web.forms.targets import (
    CancelForm,
    ComparisonForm,
    KpiForm,
    PlanForm,
    WhyForm,
    WorkForm,
    offer_rows,
    pair_to_compare,
)
from tracemark.web.gaps import asked_gap
from tracemark.web.once import sealed_once
from tracemark.web.pages import page, tell
from tracemark.web.planned import gantt_chart, kpi_trend
from tracemark.web.reports import TYPES, file_answer
from tracemark.web.said import spoken

_FILE = "plan.toml"
FILES: tuple[PlanFile, ...] = ("pdf", "docx", "xlsx")


def _plan(desk: Desk, name: str) -> Plan:
    try:
        return targets.plan_record(plan=name, actor=desk.actor, stores=desk.node.stores)
    except KeyError:
        raise Http404 from None


STEPS = Steps(
    {
        "report": Step(
            EventKind.PLAN_ACTIVITY_REPORTED,
            WorkForm,
            lambda desk, name, form: targets.report_activity(
                plan=name, activity=form.cleaned_data["activity"], report=form.report(), **by(desk)
            ),
        ),
        "cancel": Step(
            EventKind.PLAN_ACTIVITY_REPORTED,
            CancelForm,
            lambda desk, name, form: targets.cancel_activity(
                plan=name, activity=form.cleaned_data["activity"], reason=form.cleaned_data["note"], **by(desk)
            ),
        ),
        "kpi": Step(
            EventKind.PLAN_KPI_REPORTED,
            KpiForm,
            lambda desk, name, form: targets.report_kpi(plan=name, report=form.report(), **by(desk)),
        ),
        "close": Step(
            EventKind.PLAN_CLOSED,
            WhyForm,
            lambda desk, name, form: targets.close_plan(plan=name, reason=form.cleaned_data["reason"], **by(desk)),
        ),
    }
)


@needs(Permission.TARGET_READ)
def plans(desk: Desk) -> HttpResponse:
    """List the plans, newest first."""
    found = targets.plan_list(actor=desk.actor, stores=desk.node.stores)
    today = desk.node.clock.now().date()
    listed = [(each, len(each.late(today)), _done(each)) for each in found]
    return page(desk, "web/plans/list.html", found=listed, pair=pair_to_compare(found), asked=asked_gap(desk))


def _done(plan: Plan) -> int:
    return sum(each.status is ActivityStatus.DONE for each in plan.works.values())


@needs(Permission.TARGET_WRITE)
@require_http_methods(["GET", "POST"])
def new_plan(desk: Desk) -> HttpResponse:
    """Put a plan on record, as its file says it."""
    form = PlanForm(desk.POST or None)
    if desk.method == "POST" and form.is_valid():
        try:
            draft = targets.read_plan_toml(form.cleaned_data["text"], _FILE)
            name = sealed_once(desk, lambda: targets.adopt_plan(draft=draft, **by(desk)))
        except Refused as refused:
            form.refuse(refused)
        else:
            tell(desk, "web.targets.sealed", kind=EventKind.PLAN_ADOPTED.value, name=name)
            return redirect("plan", name)
    return page(desk, "web/plans/new.html", 422 if form.errors else 200, form=form)


@needs(Permission.TARGET_READ)
def plan(desk: Desk, name: str) -> HttpResponse:
    """Show a plan with its activities over time, its report on a year, and its indicators."""
    return _shown(desk, name)


@needs(Permission.TARGET_WRITE)
@require_POST
def plan_step(desk: Desk, name: str, slug: str) -> HttpResponse:
    """Take a step of a plan."""
    tried = STEPS.take(desk, slug, name)
    if tried is not None:
        return _shown(desk, name, tried)
    tell(desk, "web.targets.sealed", kind=STEPS.kind(slug).value, name=name)
    return redirect("plan", name)


def _shown(desk: Desk, name: str, tried: tuple[str, DeskForm] | None = None) -> HttpResponse:
    known, today = _plan(desk, name), desk.node.clock.now().date()
    year = number_of(desk.GET.get("year", "")) or today.year
    years = range(known.frame.first.year, max(known.frame.last.year, today.year) + 1)
    steps = [each for each in STEPS.offered(desk, known.standing, tried) if each.slug != "kpi" or known.kpis]
    for each in steps:
        offer_rows(each.form, known)
    lines = targets.kpi_lines(known)
    return page(
        desk,
        "web/plans/plan.html",
        422 if tried else 200,
        plan=known,
        frame=known.frame,
        works=[(each, known.waits_for(each), each.late(today)) for each in known.works.values()],
        gantt=gantt_chart(known, today, mirrored=wording.language(spoken()).right_to_left) if known.works else None,
        year=targets.plan_year(known, year if year in years else today.year, today),
        years=years,
        files=FILES,
        kpis=[(each, kpi_trend(each)) for each in lines],
        steps=steps,
    )


@needs(Permission.TARGET_READ)
def plan_file(desk: Desk, name: str, year: int, form: str) -> HttpResponse:
    """Give a plan's report on a year as a file, in a language."""
    kind: PlanFile | None = next((each for each in FILES if each == form), None)
    to = desk.GET.get("language") or spoken()
    if kind is None or to not in [each.code for each in wording.LANGUAGES] or not MINYEAR < year < MAXYEAR:
        raise Http404
    try:
        content = desk.node.papers.plan_year(name, year, kind, desk.actor, to)
    except KeyError:
        raise Http404 from None
    return file_answer(content, TYPES[kind], f"{name}-{year}-{to}.{kind}")


@needs(Permission.TARGET_READ)
def compare(desk: Desk) -> HttpResponse:
    """Set two plans side by side."""
    listed = targets.plan_list(actor=desk.actor, stores=desk.node.stores)
    pair = pair_to_compare(listed)
    chosen = desk.GET if "left" in desk.GET else {"left": pair[0], "right": pair[1]} if pair else None
    form = ComparisonForm(chosen, plans=listed)
    found = None
    if chosen is not None and form.is_valid():
        names = form.cleaned_data
        found = targets.plan_comparison(
            left=names["left"], right=names["right"], actor=desk.actor, stores=desk.node.stores
        )
    met = (*found.commitments, *found.themes, *found.targets) if found else ()
    return page(desk, "web/plans/compare.html", 422 if form.errors else 200, form=form, found=found, met=met)
