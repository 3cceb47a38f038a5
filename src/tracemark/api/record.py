from typing import Annotated

from django.http import HttpResponse
from ninja import Query, Router

from tracemark import recordkeeping
from tracemark.api.access import Call, needs, public
from tracemark.api.problems import not_found
from tracemark.api.schemas.events import EventOut
from tracemark.api.schemas.fields import Number
from tracemark.api.schemas.record import ConsistencyOut, HeadOut, InclusionOut, VerificationOut, VerifyIn
from tracemark.authorities import Permission
from tracemark.recordkeeping import Checkpoint

router = Router(tags=["record"])

_AS_TEXT = {"responses": {200: {"content": {"text/plain": {"schema": {"type": "string"}}}}}}


@router.get("/record/head", response=HeadOut, operation_id="read_head", openapi_extra=_AS_TEXT)
@public
def read_head(request: Call) -> HeadOut | HttpResponse:
    """Give the newest signed head: JSON, or as `text/plain` the C2SP checkpoint. 404 while the record is empty."""
    node = request.auth.node
    head = node.stores.records.head()
    if head is None:
        return not_found(request)
    if request.get_preferred_type(["application/json", "text/plain"]) == "text/plain":
        return HttpResponse(str(head), content_type="text/plain; charset=utf-8")
    return HeadOut.of(head, str(node.key))


@router.get("/record/consistency", response=ConsistencyOut, operation_id="prove_growth")
@public
def prove_growth(
    request: Call,
    old_size: Annotated[Number, Query(alias="from")],
    new_size: Annotated[Number, Query(alias="to")],
) -> ConsistencyOut | HttpResponse:
    """Prove that the record of `to` events is the record of `from` events, grown."""
    try:
        path = request.auth.node.prove_growth(old_size, new_size)
    except (IndexError, LookupError):
        return not_found(request)
    return ConsistencyOut(old_size=old_size, new_size=new_size, path=[each.hex() for each in path])


@router.get("/record/events/{position}", response=EventOut, operation_id="read_event")
@needs(Permission.RECORD_READ)
def read_event(request: Call, position: Number) -> EventOut:
    """Give the event at a position of the record, with its canonical bytes."""
    caller = request.auth
    return EventOut.of(recordkeeping.event_at(position=position, actor=caller.actor, stores=caller.node.stores))


@router.get("/record/events/{position}/proof", response=InclusionOut, operation_id="prove_event")
@needs(Permission.RECORD_READ)
def prove_event(request: Call, position: Number) -> InclusionOut:
    """Prove that the event at a position is in the record, under the newest signed head."""
    return InclusionOut.of(request.auth.node.prove(position, request.auth.actor))


@router.post("/record/verify", response=VerificationOut, operation_id="verify_record")
@needs(Permission.RECORD_VERIFY)
def verify_record(request: Call, body: VerifyIn) -> VerificationOut:
    """Read the whole record against its seal, as the growth of a head kept elsewhere where one is given.

    Asked to, compare the register that is drawn from it as well.
    """
    against = Checkpoint.parse(body.against) if body.against else None
    caller = request.auth
    return VerificationOut.of(
        caller.node.verify(caller.actor, against, with_register=body.with_register, every_head=body.every_head)
    )
