from typing import Annotated

from ninja import Query, Router
from ninja.responses import Status as Answer

from tracemark import transfers
from tracemark.api.access import Call, needs
from tracemark.api.licences import today
from tracemark.api.schemas.consignments import (
    ConsignmentOut,
    JourneyIn,
    MirrorIn,
    PackingIn,
    PassageIn,
    ReceiptIn,
    ShipmentIn,
    VerificationIn,
    VisitIn,
)
from tracemark.api.schemas.lists import Asked
from tracemark.api.schemas.transfers import ConsignmentName, FilesOut, NamedOut, ReasonIn
from tracemark.authorities import Permission

router = Router(tags=["transfers"])


@router.get("/consignments", response=FilesOut, operation_id="list_consignments")
@needs(Permission.LICENCE_READ)
def list_consignments(request: Call, asked: Annotated[Asked, Query()]) -> FilesOut:
    """List consignments, newest first, as far as the caller sees."""
    return FilesOut.of(transfers.file_page(kind="consignment", wanted=asked.wanted(), **request.auth.reading))


@router.post("/consignments", response={201: NamedOut}, operation_id="open_consignment")
@needs(Permission.CONSIGNMENT_WRITE)
def open_consignment(request: Call, body: JourneyIn) -> Answer[NamedOut]:
    """Open a consignment, under a licence or within the State."""
    return Answer(201, NamedOut(name=transfers.open_consignment(journey=body.noun(), **request.auth.acting)))


@router.get("/consignments/{consignment}", response=ConsignmentOut, operation_id="read_consignment")
@needs(Permission.LICENCE_READ)
def read_consignment(request: Call, consignment: ConsignmentName) -> ConsignmentOut:
    """Give a consignment, with what came of it weapon by weapon."""
    return ConsignmentOut.of(transfers.consignment(name=consignment, **request.auth.reading), today(request))


@router.post("/consignments/{consignment}/packing", response={201: ConsignmentOut}, operation_id="pack_consignment")
@needs(Permission.CONSIGNMENT_WRITE)
def pack_consignment(request: Call, consignment: ConsignmentName, body: PackingIn) -> Answer[ConsignmentOut]:
    """Put weapons on the packing list; they are drawn from the licence, which never falls below zero."""
    items = [each.noun() for each in body.items]
    return _told(request, transfers.pack_consignment(consignment=consignment, items=items, **request.auth.acting))


@router.post("/consignments/{consignment}/shipment", response={201: ConsignmentOut}, operation_id="ship_consignment")
@needs(Permission.CONSIGNMENT_WRITE)
def ship_consignment(request: Call, consignment: ConsignmentName, body: ShipmentIn) -> Answer[ConsignmentOut]:
    """Record that a consignment left, and with it each of our weapons on its list."""
    due = body.due.isoformat() if body.due else ""
    told = transfers.ship_consignment(
        consignment=consignment, on=body.day, place=body.place, due=due, **request.auth.acting
    )
    return _told(request, told)


@router.post("/consignments/{consignment}/passages", response={201: ConsignmentOut}, operation_id="report_passage")
@needs(Permission.CONSIGNMENT_WRITE)
def report_passage(request: Call, consignment: ConsignmentName, body: PassageIn) -> Answer[ConsignmentOut]:
    """Record that a consignment passed a place of transit, on its route or off it."""
    told = transfers.report_passage(
        consignment=consignment, on=body.day, place=body.place, note=body.note, **request.auth.acting
    )
    return _told(request, told)


@router.post("/consignments/{consignment}/receipts", response={201: ConsignmentOut}, operation_id="receive_consignment")
@needs(Permission.CONSIGNMENT_WRITE)
def receive_consignment(request: Call, consignment: ConsignmentName, body: ReceiptIn) -> Answer[ConsignmentOut]:
    """Record what our side received, weapon by weapon. More than the licence allows is refused."""
    items = [each.noun() for each in body.items]
    told = transfers.receive_consignment(
        consignment=consignment, items=items, on=body.day, place=body.place, **request.auth.acting
    )
    return _told(request, told)


@router.post("/consignments/{consignment}/mirror", response={201: ConsignmentOut}, operation_id="mirror_consignment")
@needs(Permission.CONSIGNMENT_WRITE)
def mirror_consignment(request: Call, consignment: ConsignmentName, body: MirrorIn) -> Answer[ConsignmentOut]:
    """Record what the other side says it received or sent, weapon by weapon."""
    items = [each.noun() for each in body.items]
    told = transfers.mirror_consignment(
        consignment=consignment, items=items, reported_by=body.reported_by, on=body.day, **request.auth.acting
    )
    return _told(request, told)


@router.post("/consignments/{consignment}/verification", response={201: ConsignmentOut}, operation_id="verify_delivery")
@needs(Permission.CONSIGNMENT_WRITE)
def verify_delivery(request: Call, consignment: ConsignmentName, body: VerificationIn) -> Answer[ConsignmentOut]:
    """Record the certificate by which the other State's authority verifies the delivery."""
    told = transfers.verify_delivery(
        consignment=consignment, number=body.number, on=body.day, note=body.note, **request.auth.acting
    )
    return _told(request, told)


@router.post("/consignments/{consignment}/visits", response={201: ConsignmentOut}, operation_id="report_visit")
@needs(Permission.CONSIGNMENT_WRITE)
def report_visit(request: Call, consignment: ConsignmentName, body: VisitIn) -> Answer[ConsignmentOut]:
    """Record a visit to the end user after the shipment."""
    told = transfers.report_visit(
        consignment=consignment, place=body.place, on=body.day, note=body.note, **request.auth.acting
    )
    return _told(request, told)


@router.post("/consignments/{consignment}/closing", response={201: ConsignmentOut}, operation_id="close_consignment")
@needs(Permission.CONSIGNMENT_WRITE)
def close_consignment(request: Call, consignment: ConsignmentName, body: ReasonIn) -> Answer[ConsignmentOut]:
    """Close a consignment; one that has not left is cancelled, and gives back what it drew."""
    return _told(
        request, transfers.close_consignment(consignment=consignment, reason=body.reason, **request.auth.acting)
    )


def _told(request: Call, known: transfers.Consignment) -> Answer[ConsignmentOut]:
    return Answer(201, ConsignmentOut.of(known, today(request)))
