from typing import Annotated, Any

from ninja import Query, Router
from ninja.responses import Status as Answer

from tracemark import stockpiles
from tracemark.api.access import Call, needs
from tracemark.api.schemas.fields import FindingOut
from tracemark.api.schemas.stockpiles import (
    CountIn,
    CountOut,
    DossierName,
    FindingIn,
    InvestigationOut,
    InvestigationsOut,
    LookIn,
    MissingIn,
    PassOut,
    PutIn,
    RemarkIn,
    SiteIn,
    SiteOut,
    SiteRecordOut,
    SitesOut,
    WeaponsOut,
)
from tracemark.authorities import Permission
from tracemark.kernel import Finding, cite
from tracemark.stockpiles import Sighted

router = Router(tags=["stockpiles"])
_ELSEWHERE = cite("PoA II.17")


@router.get("/sites", response=SitesOut, operation_id="list_sites")
@needs(Permission.RECORD_READ)
def list_sites(request: Call, late: Annotated[bool, Query()] = False) -> SitesOut:  # noqa: FBT002 - a query has names
    """List the sites that the caller sees; with `late`, those whose count is overdue."""
    caller = request.auth
    if late:
        found = stockpiles.late_sites(actor=caller.actor, stores=caller.node.stores, clock=caller.node.clock)
    else:
        found = stockpiles.site_list(actor=caller.actor, stores=caller.node.stores)
    return SitesOut(items=list(map(SiteOut.of, found)))


@router.post("/sites", response={201: SiteRecordOut}, operation_id="add_site")
@needs(Permission.RECORD_STOCK)
def add_site(request: Call, body: SiteIn) -> Answer[SiteRecordOut]:
    """List a site of the caller's own agency."""
    name = stockpiles.list_site(site=body.noun(), **_by(request))
    return Answer(201, _site(request, name))


@router.get("/sites/{site}", response=SiteRecordOut, operation_id="read_site")
@needs(Permission.RECORD_READ)
def read_site(request: Call, site: DossierName) -> SiteRecordOut:
    """Give a site: what is in it or issued from it, its counts and its ammunition. Blind while a count goes on."""
    return _site(request, site)


@router.post("/sites/{site}/weapons", response={201: WeaponsOut}, operation_id="put_away")
@needs(Permission.RECORD_STOCK)
def put_away(request: Call, site: DossierName, body: PutIn) -> Answer[WeaponsOut]:
    """Record that weapons are put into a site: all of them, or none."""
    weapons = stockpiles.put_away(site=site, rack=body.rack, lines=body.lines, **_by(request))
    return Answer(201, WeaponsOut.of(weapons))


@router.post("/sites/{site}/counts", response={201: CountOut}, operation_id="open_count")
@needs(Permission.RECORD_STOCK)
def open_count(request: Call, site: DossierName, body: CountIn) -> Answer[CountOut]:
    """Open a blind count of a site. What the record has there now is what is expected."""
    due = body.due.isoformat() if body.due else ""
    return Answer(201, _count(request, stockpiles.open_count(site=site, reason=body.reason, due=due, **_by(request))))


@router.get("/counts/{count}", response=CountOut, operation_id="read_count")
@needs(Permission.RECORD_READ)
def read_count(request: Call, count: DossierName) -> CountOut:
    """Give a count; what was expected only once it is closed."""
    return _count(request, count)


@router.post("/counts/{count}/passes", response={201: PassOut}, operation_id="enter_count")
@needs(Permission.RECORD_STOCK)
def enter_count(request: Call, count: DossierName, body: LookIn) -> Answer[PassOut]:
    """Enter what was seen in one pass. Nobody enters a count of the site they are the custodian of."""
    entered = stockpiles.enter_count(count=count, look=body.noun(), **_by(request))
    return Answer(201, PassOut.of(entered, _findings(entered, request.auth.language)))


@router.post("/counts/{count}/closing", response={201: CountOut}, operation_id="close_count")
@needs(Permission.RECORD_STOCK)
def close_count(request: Call, count: DossierName, body: RemarkIn) -> Answer[CountOut]:
    """Close a count: reconcile it weapon by weapon, and open an investigation of what does not agree."""
    stockpiles.close_count(count=count, note=body.note, **_by(request))
    return Answer(201, _count(request, count))


@router.get("/investigations", response=InvestigationsOut, operation_id="list_investigations")
@needs(Permission.RECORD_READ)
def list_investigations(request: Call) -> InvestigationsOut:
    """List the investigations that the caller sees."""
    found = stockpiles.investigation_list(actor=request.auth.actor, stores=request.auth.node.stores)
    return InvestigationsOut(items=list(map(InvestigationOut.of, found)))


@router.post("/investigations/{investigation}/missing", response={201: InvestigationOut}, operation_id="report_missing")
@needs(Permission.RECORD_STOCK)
def report_missing(request: Call, investigation: DossierName, body: MissingIn) -> Answer[InvestigationOut]:
    """Report missing weapons of an investigation as lost or stolen: all that are named, or none."""
    stockpiles.report_missing(investigation=investigation, report=body.noun(), **_by(request))
    return Answer(201, _investigation(request, investigation))


@router.post(
    "/investigations/{investigation}/closing", response={201: InvestigationOut}, operation_id="close_investigation"
)
@needs(Permission.RECORD_STOCK)
def close_investigation(request: Call, investigation: DossierName, body: FindingIn) -> Answer[InvestigationOut]:
    """Close an investigation, once each missing weapon has been seen since or reported as gone."""
    stockpiles.close_investigation(investigation=investigation, finding=body.finding, note=body.note, **_by(request))
    return Answer(201, _investigation(request, investigation))


def _site(request: Call, name: str) -> SiteRecordOut:
    found = stockpiles.site_record(site=name, actor=request.auth.actor, stores=request.auth.node.stores)
    return SiteRecordOut.of(found)


def _count(request: Call, name: str) -> CountOut:
    found, _ = stockpiles.count_and_site(count=name, actor=request.auth.actor, stores=request.auth.node.stores)
    return CountOut.of(found)


def _investigation(request: Call, name: str) -> InvestigationOut:
    found, _ = stockpiles.investigation_record(
        investigation=name, actor=request.auth.actor, stores=request.auth.node.stores
    )
    return InvestigationOut.of(found)


def _findings(entered: Sighted, to: str) -> list[FindingOut]:
    strays = [Finding("stockpiles.weapon_elsewhere", _ELSEWHERE, {"weapon": each}) for each in entered.extra]
    unread = [Finding("stockpiles.lines_unread", _ELSEWHERE, {"lines": list(entered.unread)})] * bool(entered.unread)
    return [FindingOut.of(each, to) for each in (*strays, *unread)]


def _by(request: Call) -> dict[str, Any]:
    caller = request.auth
    return {"actor": caller.actor, "stores": caller.node.stores, "clock": caller.node.clock}
