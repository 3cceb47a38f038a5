from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from tracemark import targets
from tracemark.authorities import Permission
from tracemark.kernel import Refused
from tracemark.recordkeeping import EventKind
from tracemark.targets import Activity, Plan
from tracemark.web.access import Desk, needs
from tracemark.web.dossier_steps import by
from tracemark.web.forms.targets import ActivityForm, activity_initial
from tracemark.web.gaps import asked_gap
from tracemark.web.pages import page, tell


@needs(Permission.TARGET_WRITE)
@require_http_methods(["GET", "POST"])
def plan_activity(desk: Desk, name: str) -> HttpResponse:
    """Add an activity to a plan, or revise the one that `code` in the address names; `gap` fills it in."""
    try:
        plan = targets.plan_record(plan=name, actor=desk.actor, stores=desk.node.stores)
    except KeyError:
        raise Http404 from None
    code = desk.GET.get("code", "")
    if code and code not in plan.works:
        raise Http404
    known = plan.works[code].activity if code else _proposed(desk, plan)
    form = ActivityForm(desk.POST or None, plan=plan, initial=activity_initial(known) if known else {})
    if desk.method == "POST" and form.is_valid():
        activity = form.activity(code or targets.next_code(plan))
        try:
            targets.revise_activity(plan=name, activity=activity, reason=form.cleaned_data["reason"], **by(desk))
        except Refused as refused:
            form.refuse(refused)
        else:
            tell(desk, "web.targets.sealed", kind=EventKind.PLAN_ACTIVITY_SET.value, name=f"{name} {activity.code}")
            return redirect("plan", name)
    return page(desk, "web/plans/activity.html", 422 if form.errors else 200, form=form, plan=plan, code=code)


def _proposed(desk: Desk, plan: Plan) -> Activity | None:
    asked = asked_gap(desk)
    if asked is None:
        return None
    gap, _, title = asked
    today, owner = desk.node.clock.now().date(), desk.actor.authority
    return targets.activity_for_gap(gap, plan, title=title, owner=owner, today=today)
