"""Proofs that follow answers: that what a State answered stands in its record, under a head that others witnessed."""

from datetime import date, timedelta

from tracemark import recordkeeping, tracing
from tracemark.correspondence import EnvelopeRefused, Peer, Received, refuse_envelope
from tracemark.kernel import Refused
from tracemark.node.freshness import peer_actor
from tracemark.node.nodes import Node
from tracemark.node.witnessing import verify_carried
from tracemark.recordkeeping import (
    COSIGNATURE,
    CarriedProof,
    NotACheckpoint,
    ProofRefused,
    SignatureRefused,
    VerifierKey,
)

_PATIENCE = timedelta(days=7)
"""For how long a proof waits for witnesses that this State chose; then it goes with the record's own signature."""


def send_proofs(node: Node) -> int:
    """Post the proof of each answer that arrived, once witnesses cosigned a head that holds it; return how many."""
    bureau, sent = node.bureau, 0
    chosen = any(each.cosigns for each in node.stores.witnesses.neighbours())
    for each in list(tracing.unproved_answers(bureau)):
        waited = node.clock.now().date().isoformat() > _after(each.sealed_on)
        try:
            proof = node.own_proof(each.position, witnessed=chosen and not waited)
        except LookupError:
            continue
        tracing.send_proof(each, str(proof), bureau)
        sent += 1
    return sent


def take_proof(node: Node, received: Received) -> None:
    """Take in the proof of an answer, once it leads from the answer that was heard to a head that its State signed.

    Raises:
        EnvelopeRefused: it is no proof, is of another record or of another answer.
    """
    peer = node.directory.find(received.sender)
    if peer is None:
        raise refuse_envelope("correspondence.recipient_unknown", peer=received.sender)
    number, text = str(received.body.get("request")), str(received.body.get("proof"))
    try:
        proof = CarriedProof.parse(text)
        proved = verify_carried(proof, proof_keys(node, peer))
        event = recordkeeping.read_event(proof.index, proof.body).event
    except (NotACheckpoint, SignatureRefused, ProofRefused, ValueError, KeyError):
        raise refuse_envelope("tracing.proof_wrong", peer=peer.name, number=number[:80]) from None
    try:
        tracing.note_proof(
            received=received,
            event=event,
            witnesses=proved.witnesses,
            actor=peer_actor(node, received),
            bureau=node.bureau,
        )
    except Refused as refused:
        raise EnvelopeRefused(refused.findings) from refused


def proof_keys(node: Node, peer: Peer) -> list[VerifierKey]:
    """Return the keys under which a proof of another node is read: its own, and those of all others as witnesses."""
    own = [VerifierKey(peer.name, each.public_key) for each in peer.keys if not each.revoked]
    others = {each.name: each.card.signing_key for each in node.directory.all() if each.is_known}
    others |= {each.name: each.key.public_key for each in node.stores.witnesses.neighbours()}
    others |= {node.key.name: node.key.public_key}
    return own + [VerifierKey(name, key, COSIGNATURE) for name, key in others.items() if name != peer.name]


def _after(day: str) -> str:
    return (date.fromisoformat(day) + _PATIENCE).isoformat()
