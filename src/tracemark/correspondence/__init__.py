"""Who the other nodes are, and what is sent to them and received from them.

A message is kept in the outbox in the transaction of the event it tells of, and what comes in is kept once, with what
it brings about. How it is sealed and carried is the business of `exchange`. Source: ITI 14, ITI 25, ITI 31.
"""

from tracemark.correspondence.actions import (
    EVERY_DAYS,
    change_peer,
    confirm_peer,
    decline_peer,
    list_peer,
    propose_key,
    propose_peer,
    record_change,
    record_confirmation,
    revoke_key,
    rotate_key,
)
from tracemark.correspondence.letters import Letter, LetterState, letters_about, letters_waiting, letters_with
from tracemark.correspondence.messages import Message, Posted, PostState, Received, Rejection
from tracemark.correspondence.peers import Card, Peer, PeerKey, key_id, peer_of, peer_plain
from tracemark.correspondence.ports import CorrespondenceStores, Inbox, Outbox
from tracemark.correspondence.queries import (
    Directory,
    is_stale,
    peer_history,
    peer_list,
    peer_record,
    since_revocation,
)
from tracemark.correspondence.refusals import EnvelopeRefused, PeerRefused, refuse_envelope, refuse_peer

__all__ = [
    "EVERY_DAYS",
    "Card",
    "CorrespondenceStores",
    "Directory",
    "EnvelopeRefused",
    "Inbox",
    "Letter",
    "LetterState",
    "Message",
    "Outbox",
    "Peer",
    "PeerKey",
    "PeerRefused",
    "PostState",
    "Posted",
    "Received",
    "Rejection",
    "change_peer",
    "confirm_peer",
    "decline_peer",
    "is_stale",
    "key_id",
    "letters_about",
    "letters_waiting",
    "letters_with",
    "list_peer",
    "peer_history",
    "peer_list",
    "peer_of",
    "peer_plain",
    "peer_record",
    "propose_key",
    "propose_peer",
    "record_change",
    "record_confirmation",
    "refuse_envelope",
    "refuse_peer",
    "revoke_key",
    "rotate_key",
    "since_revocation",
]
