from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from tracemark import assistance, node, wording
from tracemark.authorities import Permission
from tracemark.kernel import Refused
from tracemark.recordkeeping import EventKind
from tracemark.web.access import Desk, needs
from tracemark.web.dossier_steps import Step, Steps, by
from tracemark.web.forms.assistance import OfferForm, OfferRevisionForm, ReasonForm, offer_initial
from tracemark.web.forms.desk import DeskForm
from tracemark.web.helping import named_steps
from tracemark.web.once import sealed_once, ticket_of
from tracemark.web.pages import page, tell
from tracemark.web.said import spoken

STEPS = Steps(
    {
        "revise": Step(
            EventKind.PROGRAMME_REVISED,
            OfferRevisionForm,
            lambda desk, name, form: assistance.revise_programme(
                programme=name, offer=form.offer(), reason=form.cleaned_data["reason"], **by(desk)
            ),
        ),
        **named_steps(node.PROGRAMME_STEPS, {"close": ReasonForm}),
    }
)


@needs(Permission.ASSISTANCE_READ)
def programmes(desk: Desk) -> HttpResponse:
    """Show every programme, with what it has left and when its call is open."""
    today = desk.node.clock.now().date()
    found = [(each, each.fund.offers.nearest_call(today)) for each in assistance.programmes_shown(**by(desk))]
    return page(desk, "web/assistance/programmes.html", found=found, today=today)


@needs(Permission.ASSISTANCE_WRITE)
@require_http_methods(["GET", "POST"])
def new_programme(desk: Desk) -> HttpResponse:
    """Put on record what a donor or a fund offers."""
    form = OfferForm(desk.POST or None, initial={"share_percent": 100})
    if desk.method == "POST" and form.is_valid():
        try:
            return redirect(sealed_once(desk, lambda: _opened(desk, form)))
        except Refused as refused:
            form.refuse(refused)
    once = ticket_of(desk)
    return page(desk, "web/assistance/new_programme.html", 422 if form.errors else 200, form=form, once=once)


def _opened(desk: Desk, form: OfferForm) -> str:
    name = assistance.open_programme(offer=form.offer(), **by(desk))
    tell(desk, "web.assistance.opened", programme=name)
    return reverse("programme", args=[name])


@needs(Permission.ASSISTANCE_READ)
def programme(desk: Desk, name: str) -> HttpResponse:
    """Show a programme: what it offers to whom, what it gave, and what may be done."""
    return _shown(desk, name)


@needs(Permission.ASSISTANCE_WRITE)
@require_POST
def programme_step(desk: Desk, name: str, slug: str) -> HttpResponse:
    """Take a step of a programme."""
    tried = STEPS.take(desk, slug, name)
    if tried is not None:
        return _shown(desk, name, tried)
    tell(desk, "web.targets.sealed", kind=STEPS.kind(slug).value, name=name)
    return redirect("programme", name)


def _shown(desk: Desk, name: str, tried: tuple[str, DeskForm] | None = None) -> HttpResponse:
    try:
        record = assistance.programme_record(programme=name, **by(desk))
    except KeyError:
        raise Http404 from None
    steps = list(STEPS.offered(desk, record.fund.standing, tried))
    for each in steps:
        if each.slug == "revise" and not each.form.is_bound:
            each.form.initial = offer_initial(record.fund.offers)
    return page(
        desk,
        "web/assistance/programme.html",
        422 if tried else 200,
        record=record,
        regions=[wording.region_text(each, to=spoken()) for each in record.fund.offers.regions],
        steps=steps,
        today=desk.node.clock.now().date(),
    )
