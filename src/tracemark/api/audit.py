from ninja import Router

from tracemark import recordkeeping
from tracemark.api.access import Call, needs
from tracemark.api.schemas.decisions import ReadOut, ReadsOut
from tracemark.api.schemas.events import EventPage
from tracemark.api.schemas.fields import Limit, Number, Sha256
from tracemark.authorities import Permission

router = Router(tags=["audit"])


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
