"""A new signing key in good time, told by letter: signed by the key in use and by the one that follows it."""

from dataclasses import dataclass
from pathlib import Path

from tracemark import correspondence, exchange
from tracemark.authorities import Permission, require
from tracemark.correspondence import Card, EnvelopeRefused, Message, Peer, Received, refuse_envelope, refuse_peer
from tracemark.kernel import Actor
from tracemark.node.freshness import successor
from tracemark.node.nodes import Node

ROTATION = "tracemark.key-rotation/1"
_LOOKED_AT = 20


@dataclass(frozen=True, slots=True)
class Announced:
    """A key that another node announced and nobody here took up yet; `signed` is its word, `at` when it came."""

    card: Card
    signed: str
    at: str


def announce_key(node: Node, key: Path, actor: Actor) -> list[str]:
    """Post to each known node that the key in a file follows ours, and return their names.

    It leaves with the next delivery, which must come before the file takes the old one's place: a letter is signed
    with the key in use as it leaves, and the others know only the old one.

    Raises:
        NotPermitted: the actor may not write the directory.
        KeyUnusable: the file is no key, or others may read it.
        FileNotFoundError: there is no such file.
    """
    require(actor, Permission.PEER_WRITE)
    signed, known = successor(node, key), [each for each in node.directory.all() if each.is_known]
    with node.stores.atomic():
        for peer in known:
            message = Message(peer.name, ROTATION, {"rotation": signed}, about=peer.dossier)
            node.stores.outbox.post(message, at=node.clock.now())
    return sorted(each.name for each in known)


def take_rotation(node: Node, received: Received) -> None:
    """Let in word of a new key, once both keys signed it and the old one is that by which we know its node.

    Nothing changes by it: a person takes the key up.

    Raises:
        EnvelopeRefused: it is not signed by both, or does not follow from the key that we know.
    """
    peer = node.directory.find(received.sender)
    if peer is None or _chained(peer, received) is None:
        raise refuse_envelope("correspondence.rotation_unchained", peer=received.sender)


def announced_key(node: Node, peer: Peer) -> Announced | None:
    """Return the newest key that a known node announced and that follows from the one we know."""
    if not peer.is_known:
        return None
    told = node.stores.inbox.page(sender=peer.name, message_type=ROTATION, limit=_LOOKED_AT)
    return next((found for each in told if (found := _chained(peer, each))), None)


def take_up_key(node: Node, peer: str, actor: Actor) -> Peer:
    """Know a node from now on by the key that it announced.

    Raises:
        NotPermitted: the actor may not write the directory.
        PeerRefused: there is no such node, or it announced none that follows from the one we know.
    """
    require(actor, Permission.PEER_WRITE)
    with node.stores.atomic():
        known = next((each for each in node.directory.all() if each.dossier == peer), None)
        if known is None:
            raise refuse_peer("correspondence.peer_unknown", dossier=peer)
        found = announced_key(node, known)
        if found is None:
            raise refuse_peer("correspondence.no_key_announced", dossier=peer)
        return correspondence.rotate_key(
            peer=peer,
            card=found.card,
            signed=found.signed,
            by=known.card.signing_key,
            actor=actor,
            stores=node.stores,
            clock=node.clock,
        )


def _chained(peer: Peer, received: Received) -> Announced | None:
    """Read what was announced; None where not both keys signed, or it does not follow from the key in use."""
    signed = str(received.body.get("rotation", ""))
    try:
        told = exchange.open_rotation(signed)
    except EnvelopeRefused:
        return None
    fresh = told.card.signing_key not in {each.public_key for each in peer.keys}
    if told.card.name != peer.name or told.by != peer.card.signing_key or not fresh:
        return None
    return Announced(told.card, signed, received.received_at)
