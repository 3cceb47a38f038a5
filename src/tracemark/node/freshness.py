"""This node's own card, and whether those of others still hold: whose contact is silent too long is asked."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from tracemark import correspondence, exchange
from tracemark.authorities import Permission, require
from tracemark.correspondence import Card, Message, Peer, PostState, Received, refuse_envelope, refuse_peer
from tracemark.kernel import Actor, instant_text
from tracemark.node.nodes import Node

CARD = "tracemark.card/1"
CARD_REQUEST = "tracemark.card-request/1"


def peer_actor(node: Node, received: Received) -> Actor:
    """Return in whose name the record says what another node told: its own, for this State's registry, in no role."""
    return Actor(f"node:{received.sender}", f"{node.state}-REG", frozenset())


def own_card(node: Node) -> Card:
    """Return what this node says of itself; the authorities are the agencies that others may turn to."""
    box, agencies = node.letterbox, node.stores.agencies.all()
    return Card(
        name=node.key.name,
        state=node.state,
        level=node.level,
        endpoint=box.endpoint,
        contact=box.contact,
        languages=box.languages,
        authorities=tuple(sorted(each.code for each in agencies if each.competent or each.contact_point)),
        signing_key=node.key.public_key,
        encryption_key=box.reader.public_key,
    )


def signed_card(node: Node) -> str:
    """Return this node's card, signed with its key."""
    return exchange.sign_card(own_card(node), node.stores.signer)


def successor(node: Node, key: Path) -> str:
    """Say with the key in use that the one in a file follows it, with the card that names it.

    Raises:
        KeyUnusable: the file is no key, or others may read it.
        FileNotFoundError: there is no such file.
    """
    following = exchange.FileSigner.load(key, node.key.name)
    card = replace(own_card(node), signing_key=following.public_key)
    return exchange.sign_rotation(exchange.sign_card(card, following), node.stores.signer)


def ask_stale(node: Node) -> list[str]:
    """Ask each node whose contact is silent too long whether its card still holds, and return their names.

    Whoever was asked and did not answer is not asked again while the question waits, nor within a month.
    """
    today, asked = node.clock.now().date(), list[str]()
    for peer in node.directory.all():
        if correspondence.is_stale(peer, today) and not _asked(node, peer):
            _ask(node, peer)
            asked.append(peer.name)
    return asked


def ask_contact(node: Node, peer: str, actor: Actor) -> bool:
    """Ask a node whether its card still holds, and say whether it was asked: not while a question waits already.

    Raises:
        NotPermitted: the actor may not write the directory.
        KeyError: there is no such node.
        PeerRefused: it is not one that letters go to.
    """
    require(actor, Permission.PEER_WRITE)
    known = correspondence.peer_record(peer=peer, actor=actor, stores=node.stores)
    if not known.is_known:
        raise refuse_peer("correspondence.peer_step", dossier=peer, standing=known.standing)
    waiting = any(each.message.type == CARD_REQUEST for each in node.stores.outbox.waiting(to=known.name))
    if not waiting:
        _ask(node, known)
    return not waiting


def _ask(node: Node, peer: Peer) -> None:
    with node.stores.atomic():
        node.stores.outbox.post(Message(peer.name, CARD_REQUEST, {}, about=peer.dossier), at=node.clock.now())


def answer_with_card(node: Node, received: Received) -> None:
    """Answer another node that asks for our card."""
    message = Message(received.sender, CARD, {"card": signed_card(node)}, answers=received.id)
    node.stores.outbox.post(message, at=node.clock.now())


def take_card(node: Node, received: Received) -> None:
    """Record that another node's card still holds, and what changed in it; its signing key does not change this way.

    Raises:
        EnvelopeRefused: it is no card, or another's.
    """
    card = exchange.open_card(str(received.body.get("card")))
    peer = node.directory.find(received.sender)
    if peer is None or (card.name, card.signing_key) != (peer.name, peer.card.signing_key):
        raise refuse_envelope("correspondence.card_unreadable", peer=received.sender)
    actor = peer_actor(node, received)
    if card != peer.card:
        correspondence.record_change(peer, card, actor, node.stores, node.clock)
    correspondence.record_confirmation(peer, actor, node.stores, node.clock)


def _asked(node: Node, peer: Peer) -> bool:
    """Whether a question still waits, or was posted within the last month."""
    since = instant_text(node.clock.now() - timedelta(days=30))
    found = (each for each in node.stores.outbox.page(to=peer.name, limit=100) if each.message.type == CARD_REQUEST)
    return any(each.state is PostState.WAITING or each.posted_at > since for each in found)
