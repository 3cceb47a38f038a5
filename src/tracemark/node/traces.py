"""What another State says of a trace, and what is done at a node for what it asks."""

from tracemark import tracing
from tracemark.correspondence import EnvelopeRefused, Received, refuse_envelope
from tracemark.kernel import Actor, Refused
from tracemark.node.freshness import peer_actor
from tracemark.node.nodes import Node
from tracemark.tracing import Asked, Inquiry, Judgement, Purpose, Ranking, Verdict
from tracemark.weapons import WeaponId


def take_trace(node: Node, received: Received) -> None:
    """Take in a message about a trace. From which State it comes, the directory says, not the message.

    Raises:
        EnvelopeRefused: it is not what its type says, or speaks of what was never asked of that node.
    """
    peer = node.directory.find(received.sender)
    if peer is None:
        raise refuse_envelope("correspondence.recipient_unknown", peer=received.sender)
    try:
        tracing.receive_message(
            received=received, from_state=peer.card.state, actor=peer_actor(node, received), bureau=node.bureau
        )
    except Refused as refused:
        raise EnvelopeRefused(refused.findings) from refused


def search_for_inquiry(node: Node, inquiry: str, actor: Actor, limit: int = 10) -> tuple[Asked, Ranking]:
    """Return what another State asks and the candidates of our register for it; both are noted.

    Raises:
        NotPermitted: the actor may not read traces, or not search.
        InterstateRefused: the actor's authority is not competent, or the State that asks does not allow tracing.
        KeyError: there is no such inquiry.
    """
    asked = tracing.inquiry_shown(inquiry=inquiry, purpose=Purpose.TRACING, actor=actor, bureau=node.bureau)
    return asked, node.trace(tracing.query_of(asked.request), actor, limit, inquiry)


def judge_for_inquiry(node: Node, inquiry: str, weapon: WeaponId, verdict: Verdict, note: str, actor: Actor) -> Inquiry:
    """Record an officer's finding on a candidate for an inquiry, with the chance that a search made anew gives it.

    Raises:
        NotPermitted: the actor may not search or judge, or does not see the weapon.
        InterstateRefused: it is unlikely to be the same and no note says why, or another was found the same.
        KeyError: there is no such inquiry, or no such weapon.
    """
    _, ranking = search_for_inquiry(node, inquiry, actor)
    chances = {each.weapon: f"{each.posterior:.4f}" for each in ranking.candidates}
    judgement = Judgement(weapon, verdict, actor.name, chances.get(weapon, ""), ranking.weights_version, note)
    return tracing.judge_for_inquiry(inquiry=inquiry, judgement=judgement, actor=actor, bureau=node.bureau)
