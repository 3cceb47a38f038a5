from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from tracemark import assistance, diversion, node, targets, wording
from tracemark.assistance import Ask, RequestRecord
from tracemark.authorities import Level, Permission, may
from tracemark.kernel import Refused
from tracemark.recordkeeping import EventKind
from tracemark.web.access import Desk, needs
from tracemark.web.dossier_steps import Step, Steps, by
from tracemark.web.forms.assistance import (
    AskForm,
    AskRevisionForm,
    CloseForm,
    NoteForm,
    NothingForm,
    OutcomeForm,
    ReasonForm,
    SendForm,
    ask_initial,
)
from tracemark.web.forms.desk import DeskForm
from tracemark.web.gaps import asked_gap
from tracemark.web.helping import named_steps
from tracemark.web.once import sealed_once, ticket_of
from tracemark.web.pages import page, tell
from tracemark.web.said import say, spoken

_FORMS = {
    "sign": NoteForm,
    "publish": NothingForm,
    "restrict": NothingForm,
    "send": SendForm,
    "acknowledge": NothingForm,
    "circulate": NoteForm,
    "confirm": NoteForm,
    "contest": ReasonForm,
    "follow_up": OutcomeForm,
    "close": CloseForm,
}
STEPS = Steps(
    {
        "revise": Step(
            EventKind.ASSISTANCE_REVISED,
            AskRevisionForm,
            lambda desk, name, form: assistance.revise_request(
                request=name, ask=form.ask(), reason=form.cleaned_data["reason"], **by(desk)
            ),
        ),
        **named_steps(node.REQUEST_STEPS, _FORMS),
    }
)


@needs(Permission.ASSISTANCE_READ)
def requests(desk: Desk) -> HttpResponse:
    """Show every request for assistance, those with alarms first."""
    return page(desk, "web/assistance/requests.html", found=assistance.requests_shown(**by(desk)))


@needs(Permission.ASSISTANCE_WRITE)
@require_http_methods(["GET", "POST"])
def new_request(desk: Desk) -> HttpResponse:
    """Draft a request; a gap of a report, a target or a signal in the address fills it in."""
    begun = _begun(desk)
    form = AskForm(desk.POST or None, initial=ask_initial(begun) if begun else {}, programmes=programmes_open(desk))
    if desk.method == "POST" and form.is_valid():
        try:
            return redirect(sealed_once(desk, lambda: _drafted(desk, form)))
        except Refused as refused:
            form.refuse(refused)
    once = ticket_of(desk)
    return page(desk, "web/assistance/new_request.html", 422 if form.errors else 200, form=form, once=once)


def _drafted(desk: Desk, form: AskForm) -> str:
    name = assistance.draft_request(ask=form.ask(), state=desk.node.state, **by(desk))
    tell(desk, "web.assistance.drafted", request=name)
    return reverse("assistance_request", args=[name])


def programmes_open(desk: Desk) -> list[tuple[str, str]]:
    """Return the open programmes as a form lists them."""
    found = assistance.programmes_shown(**by(desk))
    return [(each.fund.name, f"{each.fund.name} {each.fund.offers.title}") for each in found if each.status == "open"]


def _begun(desk: Desk) -> Ask | None:
    """Return what the address asks to begin with: a gap of a report, a target, or a signal of diversion."""
    if asked := asked_gap(desk):
        gap, report, question = asked
        return assistance.ask_for_gap(
            gap, report, title=say("web.assistance.for_gap", question=question), need=question
        )
    stores = desk.node.stores
    try:
        if name := desk.GET.get("target", ""):
            known = targets.target_record(target=name, **by(desk))
            return assistance.ask_for_target(known.target, what=known.target.aim.title)
        if (name := desk.GET.get("signal", "")) and may(desk.actor, Permission.SIGNAL_READ):
            signal = diversion.signal_record(name=name, actor=desk.actor, stores=stores).raised.signal
            rule = wording.rule_title(signal.rule, to=spoken())
            return assistance.ask_for_signal(name, signal, title=say("web.assistance.for_signal", rule=rule), need=rule)
    except KeyError:
        return None
    return None


@needs(Permission.ASSISTANCE_READ)
def request(desk: Desk, name: str) -> HttpResponse:
    """Show a request: what is asked and why, what it got, and what may be done."""
    return _shown(desk, name)


@needs(Permission.ASSISTANCE_WRITE, Permission.ASSISTANCE_APPROVE)
@require_POST
def request_step(desk: Desk, name: str, slug: str) -> HttpResponse:
    """Take a step of a request."""
    tried = STEPS.take(desk, slug, name)
    if tried is not None:
        return _shown(desk, name, tried)
    tell(desk, "web.targets.sealed", kind=STEPS.kind(slug).value, name=name)
    return redirect("assistance_request", name)


def _shown(desk: Desk, name: str, tried: tuple[str, DeskForm] | None = None) -> HttpResponse:
    try:
        record = assistance.request_record(request=name, **by(desk))
    except KeyError:
        raise Http404 from None
    above = _above(desk)
    senseless = {"send"} if not above else set()
    senseless |= {"confirm", "contest"} if not record.request.awaiting else set()
    steps = [each for each in STEPS.offered(desk, record.request.standing, tried) if each.slug not in senseless]
    for each in steps:
        _fill(desk, each.form, record, above)
    return page(desk, "web/assistance/request.html", 422 if tried else 200, record=record, steps=steps)


def _fill(desk: Desk, form: DeskForm, record: RequestRecord, above: list[tuple[str, str]]) -> None:
    if isinstance(form, AskForm):
        offered = [("", say("web.assistance.no_programme")), *programmes_open(desk)]
        form.fields["programme"].choices = offered  # type: ignore[attr-defined]
        if not form.is_bound:
            form.initial = ask_initial(record.request.asks)
    if isinstance(form, SendForm):
        form.fields["to"].widget.choices = above


def _above(desk: Desk) -> list[tuple[str, str]]:
    """The nodes of regions and of the world that a request may be sent to."""
    known: list[Any] = [each for each in desk.node.directory.all() if each.is_known]
    return [(each.name, each.name) for each in known if each.card.level is not Level.NATIONAL]
