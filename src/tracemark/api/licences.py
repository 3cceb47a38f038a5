import json
from datetime import date
from typing import Annotated, Any

from ninja import Query, Router
from ninja.responses import Status as Answer

from tracemark import node, transfers
from tracemark.api.access import Call, needs
from tracemark.api.schemas.licences import (
    AdviceIn,
    AssessmentIn,
    ConsentIn,
    IssueIn,
    LicenceDecisionIn,
    LicenceIn,
    LicenceOut,
    NotificationIn,
)
from tracemark.api.schemas.lists import Asked
from tracemark.api.schemas.transfers import FilesOut, LicenceName, NamedOut, ReasonIn
from tracemark.api.schemas.triage import RecipientIn
from tracemark.authorities import Permission

router = Router(tags=["transfers"])


def today(request: Call) -> date:
    """Return the present day, in UTC."""
    return request.auth.node.clock.now().date()


@router.get("/licences", response=FilesOut, operation_id="list_licences")
@needs(Permission.LICENCE_READ)
def list_licences(request: Call, asked: Annotated[Asked, Query()]) -> FilesOut:
    """List licences, newest first, as far as the caller sees."""
    return FilesOut.of(transfers.file_page(kind="licence", wanted=asked.wanted(), **request.auth.reading))


@router.post("/licences", response={201: NamedOut}, operation_id="draft_licence")
@needs(Permission.LICENCE_WRITE)
def draft_licence(request: Call, body: LicenceIn) -> Answer[NamedOut]:
    """Draft a licence. Others advise on it and decide."""
    due = body.due.isoformat() if body.due else ""
    name = transfers.draft_licence(application=body.noun(), due=due, note=body.note, **request.auth.acting)
    return Answer(201, NamedOut(name=name))


@router.get("/licences/{licence}", response=LicenceOut, operation_id="read_licence")
@needs(Permission.LICENCE_READ)
def read_licence(request: Call, licence: LicenceName) -> LicenceOut:
    """Give a licence with its balance and history."""
    return LicenceOut.of(transfers.licence(name=licence, **request.auth.reading))


@router.post("/licences/{licence}/revision", response={201: LicenceOut}, operation_id="revise_licence")
@needs(Permission.LICENCE_WRITE)
def revise_licence(request: Call, licence: LicenceName, body: LicenceIn) -> Answer[LicenceOut]:
    """Write a drafted licence anew, before anybody advised on it. The earlier text stays on record."""
    due = body.due.isoformat() if body.due else ""
    told = transfers.revise_licence(
        licence=licence, application=body.noun(), due=due, note=body.note, **request.auth.acting
    )
    return _told(told)


@router.post("/licences/{licence}/notification", response={201: LicenceOut}, operation_id="notify_origin")
@needs(Permission.LICENCE_WRITE)
def notify_origin(request: Call, licence: LicenceName, body: NotificationIn) -> Answer[LicenceOut]:
    """Record that the State which exported the goods first was notified that they are to be passed on."""
    due = body.due.isoformat() if body.due else ""
    told = transfers.notify_origin(licence=licence, number=body.number, due=due, note=body.note, **request.auth.acting)
    return _told(told)


@router.post("/licences/{licence}/consent", response={201: LicenceOut}, operation_id="record_consent")
@needs(Permission.LICENCE_WRITE)
def record_consent(request: Call, licence: LicenceName, body: ConsentIn) -> Answer[LicenceOut]:
    """Record what that State answered. Against its refusal nothing is issued."""
    told = transfers.record_consent(
        licence=licence, consents=body.consents, number=body.number, note=body.note, **request.auth.acting
    )
    return _told(told)


@router.post("/licences/{licence}/assessment", response={201: LicenceOut}, operation_id="assess_licence")
@needs(Permission.LICENCE_WRITE)
def assess_licence(request: Call, licence: LicenceName, body: AssessmentIn) -> Answer[LicenceOut]:
    """Record the answers to the questions of risk. Later answers replace earlier ones; all stay on record."""
    return _told(transfers.assess_licence(licence=licence, assessment=body.noun(), **request.auth.acting))


@router.post("/licences/{licence}/advice", response={201: LicenceOut}, operation_id="advise_licence")
@needs(Permission.LICENCE_WRITE)
def advise_licence(request: Call, licence: LicenceName, body: AdviceIn) -> Answer[LicenceOut]:
    """Advise to grant or to refuse; embargoes and likenesses of parties found now are kept with it."""
    return _told(transfers.advise_licence(licence=licence, grant=body.grant, reason=body.reason, **request.auth.acting))


@router.post("/licences/{licence}/decision", response={201: LicenceOut}, operation_id="decide_licence")
@needs(Permission.LICENCE_DECIDE)
def decide_licence(request: Call, licence: LicenceName, body: LicenceDecisionIn) -> Answer[LicenceOut]:
    """Grant or refuse a licence, as neither its drafter nor its adviser."""
    if not body.grant:
        return _told(transfers.refuse_licence(licence=licence, reason=body.reason, **request.auth.acting))
    granted = transfers.approve_licence(
        licence=licence, reason=body.reason, exemption=body.exemption, override=body.override, **request.auth.acting
    )
    return _told(granted)


@router.post("/licences/{licence}/issue", response={201: LicenceOut}, operation_id="issue_licence")
@needs(Permission.LICENCE_WRITE)
def issue_licence(request: Call, licence: LicenceName, body: IssueIn) -> Answer[LicenceOut]:
    """Issue an approved licence, on another State's end-user certificate, which is used once, or on a reason."""
    handed_in = node.presented(body.token, body.key or "") if body.token else None
    return _told(
        transfers.issue_licence(licence=licence, presented=handed_in, waiver=body.waiver, **request.auth.acting)
    )


@router.post("/licences/{licence}/notices", response={201: dict[str, Any]}, operation_id="share_refusal")
@needs(Permission.LICENCE_DECIDE)
def share_refusal(request: Call, licence: LicenceName, body: RecipientIn) -> Answer[dict[str, Any]]:
    """Give a refusal as a signed notice for another State or a region. That it was given is sealed."""
    state = request.auth.node.state
    text = transfers.share_refusal(licence=licence, for_state=body.to_state, state=state, **request.auth.acting)
    return Answer(201, json.loads(text))


@router.post("/licences/{licence}/revocation", response={201: LicenceOut}, operation_id="revoke_licence")
@needs(Permission.LICENCE_DECIDE)
def revoke_licence(request: Call, licence: LicenceName, body: ReasonIn) -> Answer[LicenceOut]:
    """Take a licence back. What moved under it stays on record."""
    return _told(transfers.revoke_licence(licence=licence, reason=body.reason, **request.auth.acting))


@router.post("/licences/{licence}/closing", response={201: LicenceOut}, operation_id="close_licence")
@needs(Permission.LICENCE_WRITE)
def close_licence(request: Call, licence: LicenceName, body: ReasonIn) -> Answer[LicenceOut]:
    """Close a licence that is used up, or an application that is withdrawn."""
    return _told(transfers.close_licence(licence=licence, reason=body.reason, **request.auth.acting))


def _told(known: transfers.Licence) -> Answer[LicenceOut]:
    return Answer(201, LicenceOut.of(known))
