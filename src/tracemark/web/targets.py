from collections import Counter

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST

from tracemark import assistance, node, targets
from tracemark.assistance import RequestRecord
from tracemark.authorities import Permission, may
from tracemark.kernel import Refused
from tracemark.recordkeeping import EventKind
from tracemark.targets import TargetRecord
from tracemark.web.access import Desk, needs
from tracemark.web.dossier_steps import Step, Steps, by
from tracemark.web.forms.desk import DeskForm
from tracemark.web.forms.targets import AimForm, DrawForm, ObservationForm, RevisionForm, WhyForm, aim_initial
from tracemark.web.gaps import asked_gap
from tracemark.web.once import sealed_once
from tracemark.web.pages import page, tell
from tracemark.web.planned import way_trend
from tracemark.web.said import say


def _end(outcome: str, kind: EventKind) -> Step:
    return Step(
        kind,
        WhyForm,
        lambda desk, name, form: targets.close_target(
            target=name, outcome=outcome, reason=form.cleaned_data["reason"], **by(desk)
        ),
    )


STEPS = Steps(
    {
        "draw": Step(
            EventKind.TARGET_OBSERVED,
            DrawForm,
            lambda desk, name, _form: node.draw_observations(desk.node, name, desk.actor),
        ),
        "observe": Step(
            EventKind.TARGET_OBSERVED,
            ObservationForm,
            lambda desk, name, form: targets.observe_target(target=name, observations=[form.observation()], **by(desk)),
        ),
        "revise": Step(
            EventKind.TARGET_REVISED,
            RevisionForm,
            lambda desk, name, form: targets.revise_target(
                target=name, aim=form.aim(), reason=form.cleaned_data["reason"], **by(desk)
            ),
        ),
        "met": _end("met", EventKind.TARGET_MET),
        "missed": _end("missed", EventKind.TARGET_MISSED),
        "closed": _end("closed", EventKind.TARGET_CLOSED),
    }
)


@needs(Permission.TARGET_READ)
def target_board(desk: Desk) -> HttpResponse:
    """Show every target with its progress, those off track first."""
    found = targets.target_list(**by(desk))
    counts = Counter(each.progress.outlook for each in found)
    return page(desk, "web/targets/list.html", found=found, counts=[(each, counts[each]) for each in counts])


@needs(Permission.TARGET_WRITE)
@require_http_methods(["GET", "POST"])
def new_target(desk: Desk) -> HttpResponse:
    """Set a voluntary target; `report` and `gap` in the address fill it in from a gap of a report."""
    form = AimForm(desk.POST or None, initial=_initial(desk))
    if desk.method == "POST" and form.is_valid():
        try:
            name = sealed_once(desk, lambda: targets.set_target(aim=form.aim(), **by(desk)))
        except Refused as refused:
            form.refuse(refused)
        else:
            tell(desk, "web.targets.set", target=name)
            return redirect("target", name)
    return page(desk, "web/targets/new.html", 422 if form.errors else 200, form=form)


def _initial(desk: Desk) -> dict[str, object]:
    asked, today, responsible = asked_gap(desk), desk.node.clock.now().date(), desk.actor.authority
    if asked is None:
        return {"responsible": responsible}
    gap, report, question = asked
    year = max(today, report.period.last).year + 2
    title = say("reporting.gap_target", year=str(year), question=gap.question.id)
    return aim_initial(
        targets.aim_for_gap(gap, report, title=title, indicator=question, responsible=responsible, today=today)
    )


@needs(Permission.TARGET_READ)
def target(desk: Desk, name: str) -> HttpResponse:
    """Show a target: how far it is, where it goes, and what may be done."""
    return _shown(desk, name)


@needs(Permission.TARGET_WRITE)
@require_POST
def target_step(desk: Desk, name: str, slug: str) -> HttpResponse:
    """Take a step of a target."""
    tried = STEPS.take(desk, slug, name)
    if tried is not None:
        return _shown(desk, name, tried)
    tell(desk, "web.targets.sealed", kind=STEPS.kind(slug).value, name=name)
    return redirect("target", name)


def _shown(desk: Desk, name: str, tried: tuple[str, DeskForm] | None = None) -> HttpResponse:
    try:
        record = targets.target_record(target=name, **by(desk))
    except KeyError:
        raise Http404 from None
    steps = [each for each in STEPS.offered(desk, record.target.standing, tried) if _fits(each.slug, record)]
    for each in steps:
        if each.slug == "revise" and not each.form.is_bound:
            each.form.initial = aim_initial(record.target.aim)
    return page(
        desk,
        "web/targets/target.html",
        422 if tried else 200,
        record=record,
        target=record.target,
        aim=record.target.aim,
        progress=record.progress,
        trend=way_trend(record),
        asked=_asked(desk, name),
        steps=steps,
    )


def _asked(desk: Desk, name: str) -> list[RequestRecord]:
    """Return the requests for assistance that a target waits for, as far as the reader may see."""
    if not may(desk.actor, Permission.ASSISTANCE_READ):
        return []
    return [each for each in assistance.request_list(desk.node.stores) if each.request.asks.target == name]


def _fits(slug: str, record: TargetRecord) -> bool:
    """Whether a step makes sense: what a figure measures is drawn, all else is recorded."""
    return slug != "draw" or bool(record.target.aim.figure)
