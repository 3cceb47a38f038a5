from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from tracemark import node, transfers
from tracemark.authorities import Permission
from tracemark.recordkeeping import EventKind
from tracemark.web.access import Desk, needs
from tracemark.web.dossier_steps import by, taken
from tracemark.web.forms.certificates import DeniedForm, EmbargoForm, LiftForm, ScreenForm
from tracemark.web.forms.desk import DeskForm
from tracemark.web.forms.transfers import ReasonForm
from tracemark.web.pages import page, tell


@needs(Permission.LICENCE_READ)
@require_http_methods(["GET", "POST"])
def screening(desk: Desk) -> HttpResponse:
    """Show the embargoes and the listed parties, and hold names against them. Nothing is recorded."""
    form = ScreenForm(desk.POST or None)
    denied, on = transfers.denied_parties(desk.node.stores), desk.node.clock.now().date()
    hits = None
    if desk.method == "POST" and form.is_valid():
        names = form.cleaned_data["names"]
        hits = [
            *transfers.screen_names(names=names, purpose="screening", **by(desk)),
            *node.told_hits(desk.node, names),
        ]
    table = transfers.embargo_table(desk.node.stores)
    return page(
        desk,
        "web/transfers/screening.html",
        422 if form.errors else 200,
        form=form,
        hits=hits,
        denied=denied,
        holding=[each for each in table if each.holds(on)],
        past=[each for each in table if not each.holds(on)],
    )


@needs(Permission.SCREENING_WRITE)
@require_http_methods(["GET", "POST"])
def new_denied(desk: Desk) -> HttpResponse:
    """List a party to which nothing is to go."""
    form = DeniedForm(desk.POST or None)
    if name := taken(
        desk, form, lambda: transfers.list_party(denied=form.denied(), source=form.cleaned_data["source"], **by(desk))
    ):
        tell(desk, "web.transfers.sealed", kind=EventKind.PARTY_LISTED.value, name=name)
        return redirect("screening")
    return _form_page(desk, form, EventKind.PARTY_LISTED, "web.transfers.denied_lead")


@needs(Permission.SCREENING_WRITE)
@require_http_methods(["GET", "POST"])
def new_embargo(desk: Desk) -> HttpResponse:
    """Declare an embargo of the State itself."""
    form = EmbargoForm(desk.POST or None)
    if name := taken(desk, form, lambda: transfers.declare_embargo(embargo=form.embargo(), **by(desk))):
        tell(desk, "web.transfers.sealed", kind=EventKind.EMBARGO_DECLARED.value, name=name)
        return redirect("screening")
    return _form_page(desk, form, EventKind.EMBARGO_DECLARED, "web.transfers.embargo_lead")


@needs(Permission.SCREENING_WRITE)
@require_http_methods(["GET", "POST"])
def end_listing(desk: Desk, name: str) -> HttpResponse:
    """Take a party off the list, or lift an embargo of the State itself."""
    kind = desk.node.stores.dossiers.dossier(name).kind
    ends = EventKind.EMBARGO_LIFTED if kind == "embargo" else EventKind.PARTY_DELISTED
    form = (LiftForm if kind == "embargo" else ReasonForm)(desk.POST or None)

    def end() -> bool:
        if kind == "embargo":
            transfers.lift_embargo(embargo=name, **form.cleaned_data, **by(desk))
        else:
            transfers.delist_party(party=name, **form.cleaned_data, **by(desk))
        return True

    if taken(desk, form, end):
        tell(desk, "web.transfers.sealed", kind=ends.value, name=name)
        return redirect("screening")
    return _form_page(desk, form, ends, "web.transfers.end_lead")


def _form_page(desk: Desk, form: DeskForm, kind: EventKind, lead: str) -> HttpResponse:
    status = 422 if form.errors else 200
    return page(desk, "web/transfers/list_entry.html", status, form=form, kind=kind.value, lead_code=lead)
