from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST

from tracemark import transfers
from tracemark.authorities import Permission
from tracemark.recordkeeping import EventKind
from tracemark.transfers import Consignment
from tracemark.web.access import Desk, needs
from tracemark.web.dossier_steps import Step, Steps, by, taken
from tracemark.web.forms.desk import DeskForm
from tracemark.web.forms.transfers import (
    JourneyForm,
    MirrorForm,
    PackForm,
    PassageForm,
    ReasonForm,
    ReceiptForm,
    ShipForm,
    VerificationForm,
    VisitForm,
    iso,
)
from tracemark.web.lists import listing
from tracemark.web.pages import page, tell

STEPS = Steps(
    {
        "pack": Step(
            EventKind.CONSIGNMENT_PACKED,
            PackForm,
            lambda desk, name, form: transfers.pack_consignment(consignment=name, **form.cleaned_data, **by(desk)),
        ),
        "ship": Step(
            EventKind.CONSIGNMENT_SHIPPED,
            ShipForm,
            lambda desk, name, form: transfers.ship_consignment(
                consignment=name, **{**form.cleaned_data, "due": iso(form.cleaned_data["due"])}, **by(desk)
            ),
        ),
        "pass": Step(
            EventKind.CONSIGNMENT_PASSED,
            PassageForm,
            lambda desk, name, form: transfers.report_passage(consignment=name, **form.cleaned_data, **by(desk)),
        ),
        "receive": Step(
            EventKind.CONSIGNMENT_RECEIVED,
            ReceiptForm,
            lambda desk, name, form: transfers.receive_consignment(consignment=name, **form.cleaned_data, **by(desk)),
        ),
        "mirror": Step(
            EventKind.CONSIGNMENT_MIRRORED,
            MirrorForm,
            lambda desk, name, form: transfers.mirror_consignment(consignment=name, **form.cleaned_data, **by(desk)),
        ),
        "verify": Step(
            EventKind.CONSIGNMENT_VERIFIED,
            VerificationForm,
            lambda desk, name, form: transfers.verify_delivery(consignment=name, **form.cleaned_data, **by(desk)),
        ),
        "visit": Step(
            EventKind.CONSIGNMENT_VISITED,
            VisitForm,
            lambda desk, name, form: transfers.report_visit(consignment=name, **form.cleaned_data, **by(desk)),
        ),
        "cancel": Step(
            EventKind.CONSIGNMENT_CANCELLED,
            ReasonForm,
            lambda desk, name, form: transfers.close_consignment(consignment=name, **form.cleaned_data, **by(desk)),
        ),
        "close": Step(
            EventKind.CONSIGNMENT_CLOSED,
            ReasonForm,
            lambda desk, name, form: transfers.close_consignment(consignment=name, **form.cleaned_data, **by(desk)),
        ),
    }
)


@needs(Permission.LICENCE_READ)
def consignments(desk: Desk) -> HttpResponse:
    """List the consignments, newest first, and before them those that are overdue."""
    listed = listing(desk, "consignment", transfers.consignment_list)
    return page(
        desk, "web/transfers/consignments.html", listed=listed, overdue=transfers.overdue_consignments(**by(desk))
    )


@needs(Permission.CONSIGNMENT_WRITE)
@require_http_methods(["GET", "POST"])
def new_consignment(desk: Desk) -> HttpResponse:
    """Open a consignment, under a licence or within the State."""
    initial = {"licence": desk.GET.get("licence", ""), "sender": desk.actor.authority}
    form = JourneyForm(desk.POST or None, initial=initial)
    if name := taken(desk, form, lambda: transfers.open_consignment(journey=form.journey(), **by(desk))):
        tell(desk, "web.transfers.sealed", kind=EventKind.CONSIGNMENT_OPENED.value, name=name)
        return redirect("consignment", name)
    return page(desk, "web/transfers/new_consignment.html", 422 if form.errors else 200, form=form)


@needs(Permission.LICENCE_READ)
def consignment(desk: Desk, name: str) -> HttpResponse:
    """Show a consignment: its list, its way, what came of it weapon by weapon, and the next steps."""
    return _consignment_page(desk, _read(desk, name))


@needs(Permission.CONSIGNMENT_WRITE)
@require_POST
def consignment_step(desk: Desk, name: str, slug: str) -> HttpResponse:
    """Take the next step of a consignment."""
    known = _read(desk, name)
    if tried := STEPS.take(desk, slug, name):
        return _consignment_page(desk, known, tried)
    tell(desk, "web.transfers.sealed", kind=STEPS.kind(slug).value, name=name)
    return redirect("consignment", name)


def _read(desk: Desk, name: str) -> Consignment:
    return transfers.consignment(name=name, actor=desk.actor, stores=desk.node.stores)


def _consignment_page(desk: Desk, known: Consignment, tried: tuple[str, DeskForm] | None = None) -> HttpResponse:
    steps = STEPS.offered(desk, known.standing, tried)
    beside = [("receipt", known.receipt), ("mirror", known.mirror)]
    return page(
        desk,
        "web/transfers/consignment.html",
        422 if tried else 200,
        consignment=known,
        beside=[(kind, found) for kind, found in beside if found is not None],
        overdue=known.overdue(desk.node.clock.now().date()),
        steps=[each for each in steps if each.slug != "receive" or known.comes_here],
    )
