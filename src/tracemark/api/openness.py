from collections.abc import Callable
from typing import Annotated

from django.http import HttpResponse
from ninja import Query, Router
from ninja.responses import Status as Answer

from tracemark import assistance, participation, reporting
from tracemark.api.access import Call, address, public
from tracemark.api.limits import TooMany
from tracemark.api.problems import not_found
from tracemark.api.schemas.openness import (
    ConsultationsOut,
    ContributionIn,
    ContributionsOut,
    ContributionStandingOut,
    PublicReportLine,
    PublicReportOut,
    PublicReportsOut,
    PublicRequestOut,
    PublicRequestsOut,
    PublishedFiguresOut,
    ReceiptCodeIn,
    ReceiptOut,
)
from tracemark.api.schemas.stockpiles import DossierName
from tracemark.node import (
    CONTRIBUTIONS_AN_HOUR,
    RECEIPTS_AN_HOUR,
    data_licence,
    is_public,
    takes_contributions,
    too_often,
)
from tracemark.participation import Contribution
from tracemark.recordkeeping import RecordkeepingStores

_HOUR_SECONDS = 3600

router = Router(tags=["public"])


@router.get("/public/figures", response=PublishedFiguresOut, operation_id="list_published_figures")
@public
def list_published_figures(request: Call) -> PublishedFiguresOut | HttpResponse:
    """List published figures with their numbers, where the State opens them to everybody."""
    if not is_public():
        return not_found(request)
    return PublishedFiguresOut.of(reporting.published(request.auth.node.stores), data_licence())


@router.get("/public/assistance", response=PublicRequestsOut, operation_id="list_public_requests")
@public
def list_public_requests(request: Call) -> PublicRequestsOut | HttpResponse:
    """List the requests for assistance that this State published, where it opens them to everybody."""
    if not is_public():
        return not_found(request)
    found = map(assistance.public_request_plain, assistance.public_requests(request.auth.node.stores))
    return PublicRequestsOut(items=[PublicRequestOut.model_validate(each) for each in found], licence=data_licence())


@router.get("/public/reports", response=PublicReportsOut, operation_id="list_public_reports")
@public
def list_public_reports(request: Call) -> PublicReportsOut | HttpResponse:
    """List published reports, where the State opens them to everybody."""
    if not is_public():
        return not_found(request)
    node = request.auth.node
    found = reporting.public_reports(node.stores, node.clock.now().date())
    return PublicReportsOut(items=list(map(PublicReportLine.of, found)))


@router.get("/public/reports/{report}", response=PublicReportOut, operation_id="read_public_report")
@public
def read_public_report(request: Call, report: DossierName) -> PublicReportOut | HttpResponse:
    """Give what is public of a report, where the State opens it to everybody."""
    node = request.auth.node
    if not is_public():
        return not_found(request)
    try:
        found = reporting.public_report_named(report, node.stores, node.clock.now().date())
    except KeyError:
        return not_found(request)
    return PublicReportOut.whole(found)


@router.get("/public/contributions", response=ContributionsOut, operation_id="list_contributions")
@public
def list_contributions(request: Call, about: Annotated[DossierName, Query()]) -> ContributionsOut | HttpResponse:
    """List what others said about a published report or figure and the State accepted; no official figure has it."""
    node = request.auth.node
    if not is_public() or (about.startswith(participation.CONSULTATION) and not takes_contributions()):
        return not_found(request)
    try:
        shown = participation.shown_about(about, node.stores, node.clock.now().date())
    except KeyError:
        return not_found(request)
    return ContributionsOut.of(shown, participation.tally_about(about, node.stores))


@router.post("/public/contributions", response={201: ReceiptOut}, operation_id="contribute")
@public
def contribute(
    request: Call, about: Annotated[DossierName, Query()], body: ContributionIn
) -> Answer[ReceiptOut] | HttpResponse:
    """Take a comment or a number about what is published, where the State takes any, and give a receipt.

    It is shown once the point of contact accepts it. An address may send five an hour, by page and program together.
    """
    node = request.auth.node
    if not (is_public() and takes_contributions()):
        return not_found(request)
    if too_often(address(request), "contribute", CONTRIBUTIONS_AN_HOUR):
        raise TooMany(_HOUR_SECONDS)
    try:
        receipt = participation.receive_contribution(
            about=about, draft=body.draft(), stores=node.stores, clock=node.clock
        )
    except KeyError:
        return not_found(request)
    return Answer(201, ReceiptOut(contribution=receipt.name, code=receipt.code))


@router.post("/public/receipts", response=ContributionStandingOut, operation_id="read_receipt")
@public
def read_receipt(request: Call, body: ReceiptCodeIn) -> ContributionStandingOut | HttpResponse:
    """Say to whoever holds a receipt what became of their contribution: what was decided, answered and done.

    The code goes in the body, so that no log of addresses has it. 60 an hour from one address, by page and program
    together.
    """
    return _of_receipt(request, body.code, participation.contribution_by_receipt)


@router.post("/public/receipts/withdrawal", response=ContributionStandingOut, operation_id="withdraw_contribution")
@public
def withdraw(request: Call, body: ReceiptCodeIn) -> ContributionStandingOut | HttpResponse:
    """Take a contribution back, as whoever holds its receipt: it is shown no longer, and its words can be erased."""
    clock = request.auth.node.clock
    return _of_receipt(
        request,
        body.code,
        lambda code, stores: participation.withdraw_contribution(code=code, stores=stores, clock=clock),
    )


def _of_receipt(
    request: Call, code: str, act: Callable[[str, RecordkeepingStores], Contribution]
) -> ContributionStandingOut | HttpResponse:
    if not is_public():
        return not_found(request)
    if too_often(address(request), "receipt", RECEIPTS_AN_HOUR):
        raise TooMany(_HOUR_SECONDS)
    stores = request.auth.node.stores
    try:
        known = act(code, stores)
    except KeyError:
        return not_found(request)
    return ContributionStandingOut.model_validate(participation.receipt_plain(known, stores))


@router.get("/public/consultations", response=ConsultationsOut, operation_id="list_consultations")
@public
def list_consultations(request: Call) -> ConsultationsOut | HttpResponse:
    """List consultations with hearings and what was done with each; none where the State takes no contributions."""
    if not is_public():
        return not_found(request)
    stores = request.auth.node.stores
    found = participation.public_consultations(stores) if takes_contributions() else ()
    return ConsultationsOut.model_validate(
        {"items": [participation.consultation_plain(each, stores) for each in found]}
    )
