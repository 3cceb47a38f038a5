from typing import Annotated

from ninja import Query, Router
from ninja.responses import Status as Answer

from tracemark import stockpiles
from tracemark.api.access import Call, needs
from tracemark.api.schemas.fields import FindingOut
from tracemark.api.schemas.lists import Asked
from tracemark.api.schemas.stockpiles import (
    CountIn,
    CountOut,
    CountsOut,
    DossierName,
    LookIn,
    PassOut,
    PutIn,
    RemarkIn,
    SiteIn,
    SiteOut,
    SiteRecordOut,
    SitesOut,
    WeaponsOut,
)
from tracemark.api.schemas.transfers import ReasonIn
from tracemark.authorities import Permission
from tracemark.kernel import Finding, cite
from tracemark.stockpiles import Sighted

router = Router(tags=["stockpiles"])
_ELSEWHERE = cite("PoA II.17")


@router.get("/sites", response=SitesOut, operation_id="list_sites")
@needs(Permission.RECORD_READ)
def list_sites(
    request: Call,
    asked: Annotated[Asked, Query()],
    late: Annotated[bool, Query()] = False,  # noqa: FBT002 - a query has names
) -> SitesOut:
    """List the sites that the caller sees; with `late`, all of those whose count is overdue, whatever else is asked."""
    if late:
        found = stockpiles.late_sites(**request.auth.acting)
        return SitesOut(items=list(map(SiteOut.of, found)), before=None)
    page = stockpiles.site_list(wanted=asked.wanted(), **request.auth.reading)
    return SitesOut(items=list(map(SiteOut.of, page)), before=page.before)


@router.post("/sites", response={201: SiteRecordOut}, operation_id="add_site")
@needs(Permission.RECORD_STOCK)
def add_site(request: Call, body: SiteIn) -> Answer[SiteRecordOut]:
    """List a site of the caller's own agency."""
    name = stockpiles.list_site(site=body.noun(), **request.auth.acting)
    return Answer(201, _site(request, name))


@router.get("/sites/{site}", response=SiteRecordOut, operation_id="read_site")
@needs(Permission.RECORD_READ)
def read_site(request: Call, site: DossierName) -> SiteRecordOut:
    """Give a site: what is in it or issued from it, its counts and its ammunition. Blind while a count goes on."""
    return _site(request, site)


@router.post("/sites/{site}/revision", response={201: SiteRecordOut}, operation_id="revise_site")
@needs(Permission.RECORD_STOCK)
def revise_site(request: Call, site: DossierName, body: SiteIn) -> Answer[SiteRecordOut]:
    """Describe a site anew. What it was before stays on record."""
    stockpiles.revise_site(name=site, site=body.noun(), **request.auth.acting)
    return Answer(201, _site(request, site))


@router.post("/sites/{site}/closing", response={201: SiteRecordOut}, operation_id="close_site")
@needs(Permission.RECORD_STOCK)
def close_site(request: Call, site: DossierName, body: ReasonIn) -> Answer[SiteRecordOut]:
    """Close a site in which the record has no weapon any more."""
    stockpiles.close_site(name=site, reason=body.reason, **request.auth.acting)
    return Answer(201, _site(request, site))


@router.post("/sites/{site}/weapons", response={201: WeaponsOut}, operation_id="put_away")
@needs(Permission.RECORD_STOCK)
def put_away(request: Call, site: DossierName, body: PutIn) -> Answer[WeaponsOut]:
    """Record that weapons are put into a site: all of them, or none."""
    weapons = stockpiles.put_away(site=site, rack=body.rack, lines=body.lines, **request.auth.acting)
    return Answer(201, WeaponsOut.of(weapons))


@router.post("/sites/{site}/counts", response={201: CountOut}, operation_id="open_count")
@needs(Permission.RECORD_STOCK)
def open_count(request: Call, site: DossierName, body: CountIn) -> Answer[CountOut]:
    """Open a blind count of a site. What the record has there now is what is expected."""
    due = body.due.isoformat() if body.due else ""
    return Answer(
        201, _count(request, stockpiles.open_count(site=site, reason=body.reason, due=due, **request.auth.acting))
    )


@router.get("/counts", response=CountsOut, operation_id="list_counts")
@needs(Permission.RECORD_READ)
def list_counts(request: Call, asked: Annotated[Asked, Query()]) -> CountsOut:
    """List the counts of sites that the caller sees."""
    found = stockpiles.count_list(wanted=asked.wanted(), **request.auth.reading)
    return CountsOut(items=[CountOut.of(count) for count, _ in found], before=found.before)


@router.get("/counts/{count}", response=CountOut, operation_id="read_count")
@needs(Permission.RECORD_READ)
def read_count(request: Call, count: DossierName) -> CountOut:
    """Give a count; what was expected only once it is closed."""
    return _count(request, count)


@router.post("/counts/{count}/passes", response={201: PassOut}, operation_id="enter_count")
@needs(Permission.RECORD_STOCK)
def enter_count(request: Call, count: DossierName, body: LookIn) -> Answer[PassOut]:
    """Enter what was seen in one pass. Nobody enters a count of the site they are the custodian of."""
    entered = stockpiles.enter_count(count=count, look=body.noun(), **request.auth.acting)
    return Answer(201, PassOut.of(entered, _findings(entered, request.auth.language)))


@router.post("/counts/{count}/closing", response={201: CountOut}, operation_id="close_count")
@needs(Permission.RECORD_STOCK)
def close_count(request: Call, count: DossierName, body: RemarkIn) -> Answer[CountOut]:
    """Close a count: reconcile it weapon by weapon, and open an investigation of what does not agree."""
    stockpiles.close_count(count=count, note=body.note, **request.auth.acting)
    return Answer(201, _count(request, count))


@router.post("/counts/{count}/cancellation", response={201: CountOut}, operation_id="cancel_count")
@needs(Permission.RECORD_STOCK)
def cancel_count(request: Call, count: DossierName, body: ReasonIn) -> Answer[CountOut]:
    """Give a count up, with the reason. What was seen stays in the record."""
    stockpiles.cancel_count(count=count, reason=body.reason, **request.auth.acting)
    return Answer(201, _count(request, count))


def _site(request: Call, name: str) -> SiteRecordOut:
    found = stockpiles.site_record(site=name, **request.auth.reading)
    return SiteRecordOut.of(found)


def _count(request: Call, name: str) -> CountOut:
    found, _ = stockpiles.count_and_site(count=name, **request.auth.reading)
    return CountOut.of(found)


def _findings(entered: Sighted, to: str) -> list[FindingOut]:
    strays = [Finding("stockpiles.weapon_elsewhere", _ELSEWHERE, {"weapon": each}) for each in entered.extra]
    unread = [Finding("stockpiles.lines_unread", _ELSEWHERE, {"lines": list(entered.unread)})] * bool(entered.unread)
    return [FindingOut.of(each, to) for each in (*strays, *unread)]
