"""Who the other nodes are, and what is sent to them and received from them.

A message is kept in the outbox in the transaction of the event it tells of, and what comes in is kept once, with what
it brings about. How it is sealed and carried is the business of `exchange`. Source: ITI 14, ITI 25, ITI 31.
"""

from tracemark.correspondence.messages import Message, Posted, PostState, Received, Rejection
from tracemark.correspondence.peers import Card, Peer, PeerKey
from tracemark.correspondence.ports import CorrespondenceStores, Inbox, Outbox

__all__ = [
    "Card",
    "CorrespondenceStores",
    "Inbox",
    "Message",
    "Outbox",
    "Peer",
    "PeerKey",
    "PostState",
    "Posted",
    "Received",
    "Rejection",
]
