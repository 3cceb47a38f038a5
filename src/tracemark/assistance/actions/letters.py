from dataclasses import dataclass

from tracemark.assistance.actions.telling import known, refuse, seal
from tracemark.assistance.asks import Request, request_of
from tracemark.kernel import Actor, Clock, Plain
from tracemark.recordkeeping import EventKind, RecordkeepingStores, require_step

TOLD = ("acknowledged", "circulated", "granted", "refused", "result", "ended", "closed")
"""What another node may tell of a request that was sent to it."""


def sendable_request(*, request: str, to: str, actor: Actor, stores: RecordkeepingStores) -> Request:
    """Return a request that may be sent to a node. Call inside the transaction that posts it.

    Raises:
        NotPermitted: the actor may not write requests.
        AssistanceRefused: it is not open, or was sent there before.

    Source: PoA III.6.
    """
    require_step(EventKind.ASSISTANCE_SENT, actor, stores)
    asked = known(request, request_of, EventKind.ASSISTANCE_SENT, stores)
    if to in asked.sent_to:
        raise refuse("assistance.sent_before", field="to", dossier=request, peer=to)
    return asked


@dataclass(frozen=True, slots=True)
class StepTold:
    """What another node tells of a request that was sent to it: one of TOLD, and what it says of it."""

    request: str
    peer: str
    status: str
    note: str
    message: str


def note_sent(*, request: str, to: str, message: str, actor: Actor, stores: RecordkeepingStores, clock: Clock) -> None:
    """Record that a request was sent to a node with a message. Call inside the transaction that posts it.

    Source: PoA III.6.
    """
    seal(EventKind.ASSISTANCE_SENT, request, {"peer": to, "message": message}, actor, stores, clock)


def hear_step(*, told: StepTold, actor: Actor, stores: RecordkeepingStores, clock: Clock) -> None:
    """Record what another node did with a request that was sent to it. Call inside a transaction.

    Raises:
        AssistanceRefused: nobody knows the step, or the request was never sent there.

    Source: BMS7 ASSIST.2.
    """
    if told.status not in TOLD:
        raise refuse("assistance.step_unknown", status=told.status[:40], known=", ".join(TOLD))
    asked = known(told.request, request_of, EventKind.ASSISTANCE_TOLD, stores)
    if told.peer not in asked.sent_to:
        raise refuse("assistance.never_sent", dossier=told.request, peer=told.peer)
    details: dict[str, Plain] = {name: getattr(told, name) for name in ("peer", "status", "note", "message")}
    seal(EventKind.ASSISTANCE_TOLD, told.request, details, actor, stores, clock)
