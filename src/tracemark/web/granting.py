from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from tracemark import assistance, node
from tracemark.authorities import Permission
from tracemark.kernel import Refused
from tracemark.web.access import Desk, needs
from tracemark.web.dossier_steps import Steps, by
from tracemark.web.forms.assistance import AwardForm, NoteForm, PaymentForm, ReasonForm, ResultForm, WorkDoneForm
from tracemark.web.forms.desk import DeskForm
from tracemark.web.helping import named_steps
from tracemark.web.once import sealed_once, ticket_of
from tracemark.web.pages import page, tell
from tracemark.web.requesting import programmes_open

STEPS = Steps(
    named_steps(
        node.GRANT_STEPS,
        {
            "decide": NoteForm,
            "refuse": ReasonForm,
            "pay": PaymentForm,
            "activity": WorkDoneForm,
            "result": ResultForm,
            "confirm": NoteForm,
            "contest": ReasonForm,
            "end": ReasonForm,
        },
    )
)
_OF_THE_RECEIVER = frozenset({"confirm", "contest"})


@needs(Permission.ASSISTANCE_READ)
def grants(desk: Desk) -> HttpResponse:
    """Show every grant, those with alarms first."""
    return page(desk, "web/assistance/grants.html", found=assistance.grants_shown(**by(desk)))


@needs(Permission.ASSISTANCE_WRITE)
@require_http_methods(["GET", "POST"])
def new_grant(desk: Desk) -> HttpResponse:
    """Propose a grant; request, programme and amount in the address fill it in."""
    form = AwardForm(desk.POST or None, initial=_initial(desk), programmes=programmes_open(desk))
    if desk.method == "POST" and form.is_valid():
        try:
            return redirect(sealed_once(desk, lambda: _proposed(desk, form)))
        except Refused as refused:
            form.refuse(refused)
    once = ticket_of(desk)
    return page(desk, "web/assistance/new_grant.html", 422 if form.errors else 200, form=form, once=once)


def _proposed(desk: Desk, form: AwardForm) -> str:
    name = assistance.propose_grant(terms=form.terms(), **by(desk))
    tell(desk, "web.assistance.proposed", grant=name)
    return reverse("grant", args=[name])


def _initial(desk: Desk) -> dict[str, Any]:
    asked = {name: desk.GET[name] for name in ("request", "programme", "amount", "currency") if name in desk.GET}
    today = desk.node.clock.now().date()
    year = assistance.after_months(today, 12)
    return {**asked, "starts": today.isoformat(), "ends": year.isoformat()}


@needs(Permission.ASSISTANCE_READ)
def grant(desk: Desk, name: str) -> HttpResponse:
    """Show a grant as the chain from the target to the result, and what may be done."""
    return _shown(desk, name)


@needs(Permission.ASSISTANCE_WRITE, Permission.ASSISTANCE_APPROVE)
@require_POST
def grant_step(desk: Desk, name: str, slug: str) -> HttpResponse:
    """Take a step of a grant."""
    tried = STEPS.take(desk, slug, name)
    if tried is not None:
        return _shown(desk, name, tried)
    tell(desk, "web.targets.sealed", kind=STEPS.kind(slug).value, name=name)
    return redirect("grant", name)


def _shown(desk: Desk, name: str, tried: tuple[str, DeskForm] | None = None) -> HttpResponse:
    try:
        record = assistance.grant_record(grant=name, **by(desk))
    except KeyError:
        raise Http404 from None
    foreign = record.request.foreign
    steps = [
        each
        for each in STEPS.offered(desk, record.award.standing, tried)
        if not (foreign and each.slug in _OF_THE_RECEIVER)
    ]
    return page(desk, "web/assistance/grant.html", 422 if tried else 200, record=record, steps=steps)
