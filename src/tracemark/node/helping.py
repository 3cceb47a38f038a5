"""Requests for assistance between nodes: a State's node sends one, a region's or the world's keeps it and answers."""

from typing import Any

from tracemark import assistance
from tracemark.assistance import Arriving, Ask, AssistanceRefused, ResultAnswer, StepTold
from tracemark.authorities import Level
from tracemark.correspondence import EnvelopeRefused, Message, Received, refuse_envelope
from tracemark.kernel import Actor, Plain, Refused
from tracemark.node.freshness import peer_actor
from tracemark.node.levels import require_above
from tracemark.node.nodes import Node

ASSISTANCE_REQUEST = "tracemark.assistance-request/1"
ASSISTANCE_STEP = "tracemark.assistance-step/1"
ASSISTANCE_RESULT = "tracemark.assistance-result/1"


def share_request(node: Node, request: str, to: str, actor: Actor) -> None:
    """Send a request that is open to a region or the world. It leaves with the next delivery.

    Raises:
        NotPermitted: the actor may not write requests.
        SharingRefused: nobody of that name is known, or it is another State's node.
        AssistanceRefused: the request is not open, or was sent there before.

    Source: PoA III.6.
    """
    require_above(node, to)
    with node.stores.atomic():
        asked = assistance.sendable_request(request=request, to=to, actor=actor, stores=node.stores)
        body: dict[str, Plain] = {"request": request, "access": asked.standing, "contents": asked.asks.plain()}
        posted = node.stores.outbox.post(Message(to, ASSISTANCE_REQUEST, body, about=request), at=node.clock.now())
        assistance.note_sent(request=request, to=to, message=posted, actor=actor, stores=node.stores, clock=node.clock)


def acknowledge_request(node: Node, request: str, actor: Actor) -> None:
    """Acknowledge another State's request, and tell its node so.

    Raises:
        NotPermitted: the actor may not write requests.
        AssistanceRefused: it did not come from another node, or is acknowledged already.

    Source: BMS7 ASSIST.2.
    """
    with node.stores.atomic():
        assistance.acknowledge_request(request=request, actor=actor, stores=node.stores, clock=node.clock)
        tell_step(node, request, "acknowledged", "")


def tell_of_grant(node: Node, grant: str, status: str) -> None:
    """Tell the node of the receiving State what was done with a grant. Call inside the transaction of the step."""
    known = assistance.award_of(grant, node.stores.dossiers.events(grant))
    money = f"{grant}: {known.terms.amount} {known.terms.currency}"
    note = f"{money}. {known.result}" if status == "result" else money
    tell_step(node, known.terms.request, status, note, grant)


def answer_result(node: Node, request: str, actor: Actor, *, confirmed: bool, note: str) -> None:
    """Confirm or contest for this State the result that another node told last of a request, and tell that node so.

    Raises:
        NotPermitted: the actor may not approve assistance.
        AssistanceRefused: no result waits for an answer, or one is contested without a reason.

    Source: BMS7 ASSIST.2.
    """
    stores = node.stores
    with stores.atomic():
        answer = assistance.answerable_result(
            request=request, confirmed=confirmed, note=note, actor=actor, stores=stores
        )
        body: dict[str, Plain] = {"grant": answer.grant, "confirmed": confirmed, "note": answer.note}
        posted = stores.outbox.post(Message(answer.peer, ASSISTANCE_RESULT, body, about=request), at=node.clock.now())
        assistance.note_answered(
            request=request, answer=answer, message=posted, actor=actor, stores=stores, clock=node.clock
        )


def take_result(node: Node, received: Received) -> None:
    """Take in what the receiving State says of a grant's result.

    Raises:
        EnvelopeRefused: it says nothing of the kind, or of a grant that it did not receive.
    """
    told: Any = received.body
    try:
        answer = ResultAnswer(received.sender, str(told["grant"]), told["confirmed"] is True, str(told.get("note", "")))
        assistance.hear_answer(
            answer=answer,
            message=received.id,
            actor=peer_actor(node, received),
            stores=node.stores,
            clock=node.clock,
        )
    except (KeyError, TypeError, AttributeError):
        raise refuse_envelope("assistance.letter_unfit", peer=received.sender) from None
    except AssistanceRefused as refused:
        raise EnvelopeRefused(refused.findings) from refused


def tell_step(node: Node, request: str, status: str, note: str, grant: str = "") -> None:
    """Tell the node of a State what was done with its request. Call inside the transaction of the step."""
    known = assistance.request_of(request, node.stores.dossiers.events(request))
    if known.foreign:
        body: dict[str, Plain] = {"request": known.number, "status": status, "note": note, "grant": grant}
        node.stores.outbox.post(Message(known.peer, ASSISTANCE_STEP, body, about=request), at=node.clock.now())


def take_request(node: Node, received: Received) -> None:
    """Take in a State's request for assistance.

    Raises:
        EnvelopeRefused: this is a State's node, it is no request, or the same came before.
    """
    if node.level is Level.NATIONAL:
        raise refuse_envelope("secretariat.not_for_a_state", peer=received.sender, type=received.type)
    peer = node.directory.find(received.sender)
    if peer is None:
        raise refuse_envelope("correspondence.recipient_unknown", peer=received.sender)
    told: Any = received.body
    try:
        ask, number = Ask.of_plain(told["contents"]), str(told["request"])
        arriving = Arriving(ask, peer.card.state, received.sender, number, received.id)
        assistance.receive_request(
            arriving=arriving, actor=peer_actor(node, received), stores=node.stores, clock=node.clock
        )
    except (KeyError, TypeError, ValueError, AttributeError):
        raise refuse_envelope("assistance.letter_unfit", peer=received.sender) from None
    except Refused as refused:
        raise EnvelopeRefused(refused.findings) from refused


def take_step(node: Node, received: Received) -> None:
    """Take in what a region's or the world's node did with a request of ours.

    Raises:
        EnvelopeRefused: it says nothing of the kind, or of a request that was never sent there.
    """
    told: Any = received.body
    try:
        words = (str(told["request"]), received.sender, str(told["status"]), str(told.get("note", "")))
        heard = StepTold(*words, received.id, str(told.get("grant", "")))
        assistance.hear_step(told=heard, actor=peer_actor(node, received), stores=node.stores, clock=node.clock)
    except (KeyError, TypeError, AttributeError):
        raise refuse_envelope("assistance.letter_unfit", peer=received.sender) from None
    except AssistanceRefused as refused:
        raise EnvelopeRefused(refused.findings) from refused
