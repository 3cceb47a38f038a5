from dataclasses import dataclass

from tracemark.assistance.actions.telling import known, refuse, require_text
from tracemark.assistance.asks import Request, request_of
from tracemark.assistance.awards import award_of
from tracemark.kernel import Actor, Clock, Plain
from tracemark.recordkeeping import EventKind, RecordkeepingStores, append_step, require_step

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
    """What another node tells of a request that was sent to it: one of TOLD, what it says, and the grant's name."""

    request: str
    peer: str
    status: str
    note: str
    message: str
    number: str = ""


def note_sent(*, request: str, to: str, message: str, actor: Actor, stores: RecordkeepingStores, clock: Clock) -> None:
    """Record that a request was sent to a node with a message. Call inside the transaction that posts it.

    Source: PoA III.6.
    """
    append_step(EventKind.ASSISTANCE_SENT, request, {"peer": to, "message": message}, actor, stores, clock)


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
    details: dict[str, Plain] = {name: getattr(told, name) for name in ("peer", "status", "note", "message", "number")}
    append_step(EventKind.ASSISTANCE_TOLD, told.request, details, actor, stores, clock)


@dataclass(frozen=True, slots=True)
class ResultAnswer:
    """What the receiving State says of a grant's result: the node that gave, the grant's name there, if it is so."""

    peer: str
    grant: str
    confirmed: bool
    note: str = ""

    @property
    def status(self) -> str:
        """What became of the result."""
        return "confirmed" if self.confirmed else "contested"


def answerable_result(
    *, request: str, confirmed: bool, note: str, actor: Actor, stores: RecordkeepingStores
) -> ResultAnswer:
    """Return the answer to the result that another node told last of a request. Call inside the posting transaction.

    Raises:
        NotPermitted: the actor may not approve assistance.
        AssistanceRefused: no result waits for an answer, or one is contested without a reason.

    Source: BMS7 ASSIST.2.
    """
    require_step(EventKind.ASSISTANCE_ANSWERED, actor, stores)
    asked = known(request, request_of, EventKind.ASSISTANCE_ANSWERED, stores)
    if not asked.awaiting:
        raise refuse("assistance.nothing_awaits", dossier=request)
    if not confirmed:
        require_text(note, "note")
    return ResultAnswer(*asked.awaiting[-1], confirmed, note.strip())


def note_answered(
    *, request: str, answer: ResultAnswer, message: str, actor: Actor, stores: RecordkeepingStores, clock: Clock
) -> None:
    """Record what was answered to a result. Call inside the transaction that posts it.

    Source: BMS7 ASSIST.2.
    """
    details: dict[str, Plain] = {"peer": answer.peer, "number": answer.grant, "status": answer.status}
    details |= {"note": answer.note, "message": message}
    append_step(EventKind.ASSISTANCE_ANSWERED, request, details, actor, stores, clock)


def hear_answer(*, answer: ResultAnswer, message: str, actor: Actor, stores: RecordkeepingStores, clock: Clock) -> None:
    """Record what the receiving State says of a result, as its node told it. Call inside a transaction.

    Raises:
        AssistanceRefused: no result of this grant waits, or another State received it.

    Source: BMS7 ASSIST.2.
    """
    kind = EventKind.GRANT_RESULT_CONFIRMED if answer.confirmed else EventKind.GRANT_RESULT_CONTESTED
    award = known(answer.grant, award_of, kind, stores)
    receiver = request_of(award.terms.request, stores.dossiers.events(award.terms.request))
    if receiver.peer != answer.peer:
        raise refuse("assistance.not_the_receiver", state=receiver.state)
    said: dict[str, Plain] = (
        {"note": answer.note} if answer.confirmed else {"reason": require_text(answer.note, "note")}
    )
    append_step(kind, answer.grant, {**said, "peer": answer.peer, "message": message}, actor, stores, clock)
