from typing import Annotated

from ninja import Query, Router
from ninja.responses import Status as Answer

from tracemark import stockpiles
from tracemark.api.access import Call, needs
from tracemark.api.schemas.lists import Asked
from tracemark.api.schemas.stockpiles import (
    DossierName,
    FindingIn,
    InvestigationOut,
    InvestigationsOut,
    MissingIn,
    OccasionIn,
    ProgressIn,
)
from tracemark.authorities import Permission

router = Router(tags=["stockpiles"])


@router.get("/investigations", response=InvestigationsOut, operation_id="list_investigations")
@needs(Permission.RECORD_READ)
def list_investigations(request: Call, asked: Annotated[Asked, Query()]) -> InvestigationsOut:
    """List the investigations that the caller sees."""
    found = stockpiles.investigation_list(wanted=asked.wanted(), **request.auth.reading)
    return InvestigationsOut(items=list(map(InvestigationOut.of, found)), before=found.before)


@router.post("/investigations", response={201: InvestigationOut}, operation_id="open_investigation")
@needs(Permission.INVESTIGATION_OPEN)
def open_investigation(request: Call, body: OccasionIn) -> Answer[InvestigationOut]:
    """Open an investigation that no count asked for."""
    return _told(request, stockpiles.open_investigation(occasion=body.noun(), **request.auth.acting))


@router.get("/investigations/{investigation}", response=InvestigationOut, operation_id="read_investigation")
@needs(Permission.RECORD_READ)
def read_investigation(request: Call, investigation: DossierName) -> InvestigationOut:
    """Give an investigation."""
    found, _ = stockpiles.investigation_record(investigation=investigation, **request.auth.reading)
    return InvestigationOut.of(found)


@router.post(
    "/investigations/{investigation}/notes", response={201: InvestigationOut}, operation_id="note_investigation"
)
@needs(Permission.RECORD_STOCK)
def note_investigation(request: Call, investigation: DossierName, body: ProgressIn) -> Answer[InvestigationOut]:
    """Note what an investigation brought out, and put off its end."""
    due = body.due.isoformat() if body.due else ""
    stockpiles.note_investigation(investigation=investigation, note=body.note, due=due, **request.auth.acting)
    return _told(request, investigation)


@router.post("/investigations/{investigation}/missing", response={201: InvestigationOut}, operation_id="report_missing")
@needs(Permission.RECORD_STOCK)
def report_missing(request: Call, investigation: DossierName, body: MissingIn) -> Answer[InvestigationOut]:
    """Report missing weapons of an investigation as lost or stolen: all that are named, or none."""
    stockpiles.report_missing(investigation=investigation, report=body.noun(), **request.auth.acting)
    return _told(request, investigation)


@router.post(
    "/investigations/{investigation}/closing", response={201: InvestigationOut}, operation_id="close_investigation"
)
@needs(Permission.RECORD_STOCK)
def close_investigation(request: Call, investigation: DossierName, body: FindingIn) -> Answer[InvestigationOut]:
    """Close an investigation, once each missing weapon has been seen since or reported as gone."""
    stockpiles.close_investigation(
        investigation=investigation, finding=body.finding, note=body.note, **request.auth.acting
    )
    return _told(request, investigation)


def _told(request: Call, name: str) -> Answer[InvestigationOut]:
    return Answer(201, read_investigation(request, name))
