"""What another node says of a trace, handed to the room that knows what to do with it."""

from tracemark import tracing
from tracemark.correspondence import EnvelopeRefused, Received, refuse_envelope
from tracemark.kernel import Refused
from tracemark.node.freshness import peer_actor
from tracemark.node.nodes import Node


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
