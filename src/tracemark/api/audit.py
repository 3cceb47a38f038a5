from datetime import timedelta
from typing import Annotated

from ninja import Router
from pydantic import Field

from tracemark import authorities, recordkeeping, tracing
from tracemark.api.access import Call, needs
from tracemark.api.schemas.decisions import ReadOut, ReadsOut
from tracemark.api.schemas.events import EventPage
from tracemark.api.schemas.fields import Limit, Line, Number, Sha256
from tracemark.api.schemas.oversight import AccountChangePage, SearcherOut, SearchersOut, SearchPage
from tracemark.authorities import Permission

router = Router(tags=["audit"])

Days = Annotated[int, Field(ge=1, le=36_500)]


@router.get("/audit/events", response=EventPage, operation_id="audit_events")
@needs(Permission.AUDIT_READ)
def audit_events(request: Call, first: Number = 0, limit: Limit = 50) -> EventPage:
    """List events in the order of the record, from position `first` on: what was written, and by whom."""
    caller = request.auth
    found = recordkeeping.event_page(first=first, actor=caller.actor, stores=caller.node.stores, limit=limit + 1)
    return EventPage.of(found, limit)


@router.get("/audit/reads/{commitment}", response=ReadsOut, operation_id="audit_reads")
@needs(Permission.AUDIT_READ)
def audit_reads(request: Call, commitment: Sha256) -> ReadsOut:
    """List who read a person's data, when and why, so that the person can be told."""
    found = recordkeeping.reads_of_person(
        holder=recordkeeping.person_holder(commitment), actor=request.auth.actor, stores=request.auth.node.stores
    )
    return ReadsOut(items=[ReadOut.model_validate(each) for each in found])


@router.get("/audit/accounts", response=AccountChangePage, operation_id="audit_accounts")
@needs(Permission.AUDIT_READ)
def audit_accounts(
    request: Call, account: Line = "", before: Number | None = None, limit: Limit = 50
) -> AccountChangePage:
    """List what was done to one account or to all, by whom, newest first, and say whether an entry was touched."""
    actor, stores = request.auth.actor, request.auth.node.stores
    found = authorities.account_changes(actor=actor, stores=stores, account=account, before=before, limit=limit + 1)
    return AccountChangePage.of(found, limit, authorities.broken_change(actor=actor, stores=stores))


@router.get("/audit/searches", response=SearchPage, operation_id="audit_searches")
@needs(Permission.AUDIT_READ)
def audit_searches(request: Call, account: Line = "", before: Number | None = None, limit: Limit = 50) -> SearchPage:
    """List who searched the register's marks for what, newest first, of one account or of all."""
    actor, stores = request.auth.actor, request.auth.node.stores
    found = tracing.search_page(actor=actor, stores=stores, account=account, before=before, limit=limit + 1)
    return SearchPage.of(found, limit)


@router.get("/audit/searchers", response=SearchersOut, operation_id="audit_searchers")
@needs(Permission.AUDIT_READ)
def audit_searchers(request: Call, days: Days = 30) -> SearchersOut:
    """Count the searches of each account in the last days, and those of them without a case."""
    since = request.auth.node.clock.now() - timedelta(days=days)
    found = tracing.searchers(actor=request.auth.actor, stores=request.auth.node.stores, since=since)
    return SearchersOut(items=[SearcherOut.of(each) for each in found])
