from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods, require_POST

from tracemark import node, transfers
from tracemark.authorities import Permission
from tracemark.recordkeeping import EventKind
from tracemark.transfers import CertificateFile
from tracemark.web.access import Desk, needs
from tracemark.web.dossier_steps import Step, Steps, by, formerly, taken
from tracemark.web.forms.certificates import CertificateForm, UseForm, certificate_begun
from tracemark.web.forms.desk import DeskForm
from tracemark.web.forms.transfers import CheckForm, ReasonForm
from tracemark.web.lists import listing
from tracemark.web.pages import page, tell
from tracemark.web.said import spoken

STEPS = Steps(
    {
        "sign": Step(
            EventKind.CERTIFICATE_ISSUED,
            DeskForm,
            lambda desk, name, _: transfers.issue_certificate(certificate=name, **by(desk)),
        ),
        "use": Step(
            EventKind.CERTIFICATE_USED,
            UseForm,
            lambda desk, name, form: transfers.use_certificate(
                certificate=name,
                used_for=form.cleaned_data["number"],
                by_state=form.cleaned_data["by_state"],
                **by(desk),
            ),
        ),
        "revoke": Step(
            EventKind.CERTIFICATE_REVOKED,
            ReasonForm,
            lambda desk, name, form: transfers.revoke_certificate(certificate=name, **form.cleaned_data, **by(desk)),
        ),
    }
)


_LABELS = {name: field.label for name, field in CertificateForm.base_fields.items()}


@needs(Permission.LICENCE_READ)
def certificates(desk: Desk) -> HttpResponse:
    """List the end-user certificates, ours and those that were presented, newest first."""
    listed = listing(desk, "certificate", transfers.certificate_list)
    return page(desk, "web/transfers/certificates.html", listed=listed)


@needs(Permission.LICENCE_WRITE)
@require_http_methods(["GET", "POST"])
def new_certificate(desk: Desk) -> HttpResponse:
    """Draft an end-user certificate of this State."""
    form = CertificateForm(desk.POST or None, initial={"destination": desk.node.state})
    on = desk.node.clock.now().date()
    if name := taken(
        desk, form, lambda: transfers.draft_certificate(certificate=form.certificate(desk.node.state, on), **by(desk))
    ):
        tell(desk, "web.transfers.sealed", kind=EventKind.CERTIFICATE_DRAFTED.value, name=name)
        return redirect("certificate", name)
    return page(desk, "web/transfers/new_certificate.html", 422 if form.errors else 200, form=form)


@needs(Permission.LICENCE_WRITE)
@require_http_methods(["GET", "POST"])
def revise_certificate(desk: Desk, name: str) -> HttpResponse:
    """Write a drafted certificate anew, before it is signed."""
    known = _read(desk, name)
    form = CertificateForm(desk.POST or None, initial=certificate_begun(known.certificate))
    on = desk.node.clock.now().date()
    if taken(
        desk,
        form,
        lambda: transfers.revise_certificate(
            certificate=name, contents=form.certificate(desk.node.state, on), **by(desk)
        ),
    ):
        tell(desk, "web.transfers.sealed", kind=EventKind.CERTIFICATE_REVISED.value, name=name)
        return redirect("certificate", name)
    return page(desk, "web/transfers/new_certificate.html", 422 if form.errors else 200, form=form, file=known)


@needs(Permission.LICENCE_READ)
def certificate(desk: Desk, name: str) -> HttpResponse:
    """Show a certificate: its elements, whether and where it was used, and the next steps."""
    return _certificate_page(desk, _read(desk, name))


@needs(Permission.LICENCE_READ)
def certificate_paper(desk: Desk, name: str) -> HttpResponse:
    """Give the certificate as a PDF, with the signed token in a QR code."""
    content = desk.node.papers.certificate_paper(name, desk.actor, spoken())
    answer = HttpResponse(content, content_type="application/pdf")
    answer["Cache-Control"] = "no-store"
    answer["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=f"{name}.pdf") or ""
    return answer


@needs(Permission.LICENCE_WRITE, Permission.CERTIFICATE_SIGN)
@require_POST
def certificate_step(desk: Desk, name: str, slug: str) -> HttpResponse:
    """Take the next step of a certificate."""
    known = _read(desk, name)
    if tried := STEPS.take(desk, slug, name):
        return _certificate_page(desk, known, tried)
    tell(desk, "web.transfers.sealed", kind=STEPS.kind(slug).value, name=name)
    return redirect("certificate", name)


@needs(Permission.LICENCE_READ)
@require_http_methods(["GET", "POST"])
def check_certificate(desk: Desk) -> HttpResponse:
    """Read another State's certificate against the key under which it signs. Nothing is recorded."""
    form = CheckForm(desk.POST or None, initial={"on": desk.node.clock.now().date().isoformat()})
    found = taken(desk, form, lambda: node.check_certificate(**form.cleaned_data))
    return page(desk, "web/transfers/check_certificate.html", 422 if form.errors else 200, form=form, told=found)


def _read(desk: Desk, name: str) -> CertificateFile:
    return transfers.certificate(name=name, actor=desk.actor, stores=desk.node.stores)


def _certificate_page(desk: Desk, known: CertificateFile, tried: tuple[str, DeskForm] | None = None) -> HttpResponse:
    return page(
        desk,
        "web/transfers/certificate.html",
        422 if tried else 200,
        file=known,
        told=known.certificate,
        formerly=formerly([each.plain() for each in (*known.earlier, known.certificate)], known.steps, _LABELS),
        steps=list(STEPS.offered(desk, known.standing, tried)),
    )
