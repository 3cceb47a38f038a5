from typing import Annotated

from ninja import Query, Router
from ninja.responses import Status as Answer

from tracemark import node, transfers
from tracemark.api.access import Call, needs
from tracemark.api.licences import today
from tracemark.api.schemas.certificates import CertificateIn, CertificateOut, CheckCertificateIn, CheckedOut, UseIn
from tracemark.api.schemas.lists import Asked
from tracemark.api.schemas.transfers import CertificateName, FilesOut, NamedOut, ReasonIn
from tracemark.authorities import Permission

router = Router(tags=["transfers"])


@router.get("/certificates", response=FilesOut, operation_id="list_certificates")
@needs(Permission.LICENCE_READ)
def list_certificates(request: Call, asked: Annotated[Asked, Query()]) -> FilesOut:
    """List end-user certificates, ours and those that were presented, newest first."""
    return FilesOut.of(transfers.file_page(kind="certificate", wanted=asked.wanted(), **request.auth.reading))


@router.post("/certificates", response={201: NamedOut}, operation_id="draft_certificate")
@needs(Permission.LICENCE_WRITE)
def draft_certificate(request: Call, body: CertificateIn) -> Answer[NamedOut]:
    """Draft an end-user certificate of this State. Another person signs it."""
    drafted = body.noun(request.auth.node.state, today(request))
    return Answer(201, NamedOut(name=transfers.draft_certificate(certificate=drafted, **request.auth.acting)))


@router.post("/certificates/check", response=CheckedOut, operation_id="check_certificate")
@needs(Permission.LICENCE_READ)
def check_certificate(request: Call, body: CheckCertificateIn) -> CheckedOut:  # noqa: ARG001 - django-ninja hands it to every view
    """Read another State's certificate against the key under which it signs. Nothing is recorded."""
    return CheckedOut(certificate=dict(node.check_certificate(body.token, body.key, body.on).plain()))


@router.get("/certificates/{certificate}", response=CertificateOut, operation_id="read_certificate")
@needs(Permission.LICENCE_READ)
def read_certificate(request: Call, certificate: CertificateName) -> CertificateOut:
    """Give a certificate, with its signed token and whether it was used."""
    return CertificateOut.of(transfers.certificate(name=certificate, **request.auth.reading))


@router.post("/certificates/{certificate}/revision", response={201: CertificateOut}, operation_id="revise_certificate")
@needs(Permission.LICENCE_WRITE)
def revise_certificate(request: Call, certificate: CertificateName, body: CertificateIn) -> Answer[CertificateOut]:
    """Write a drafted certificate anew, before it is signed. The earlier text stays on record."""
    contents = body.noun(request.auth.node.state, today(request))
    told = transfers.revise_certificate(certificate=certificate, contents=contents, **request.auth.acting)
    return Answer(201, CertificateOut.of(told))


@router.post("/certificates/{certificate}/signature", response={201: CertificateOut}, operation_id="sign_certificate")
@needs(Permission.CERTIFICATE_SIGN)
def sign_certificate(request: Call, certificate: CertificateName) -> Answer[CertificateOut]:
    """Sign a certificate that another person drafted with the State's key."""
    return Answer(201, CertificateOut.of(transfers.issue_certificate(certificate=certificate, **request.auth.acting)))


@router.post("/certificates/{certificate}/use", response={201: CertificateOut}, operation_id="use_certificate")
@needs(Permission.LICENCE_WRITE)
def use_certificate(request: Call, certificate: CertificateName, body: UseIn) -> Answer[CertificateOut]:
    """Note that the exporting State uses a certificate of ours. It is used once."""
    told = transfers.use_certificate(
        certificate=certificate, used_for=body.used_for, by_state=body.by_state, **request.auth.acting
    )
    return Answer(201, CertificateOut.of(told))


@router.post(
    "/certificates/{certificate}/revocation", response={201: CertificateOut}, operation_id="revoke_certificate"
)
@needs(Permission.CERTIFICATE_SIGN)
def revoke_certificate(request: Call, certificate: CertificateName, body: ReasonIn) -> Answer[CertificateOut]:
    """Take a certificate back."""
    told = transfers.revoke_certificate(certificate=certificate, reason=body.reason, **request.auth.acting)
    return Answer(201, CertificateOut.of(told))
