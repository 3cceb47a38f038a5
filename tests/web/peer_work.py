"""Other nodes that the tests of pages introduce: their cards as they sign them, and letters to and from them."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from tests.correspondence.test_peers import CARD
from tests.rooms import officer
from tests.tracing.interstate.bureaus import Days
from tracemark import correspondence
from tracemark.authorities import Role
from tracemark.correspondence import Card, Message, Received, Rejection
from tracemark.exchange import FileSigner, sign_card
from tracemark.kernel import instant_text
from tracemark.node import Node

SECRET = "the words of a letter"


def signed(name: str = CARD.name, state: str = "XB") -> tuple[Card, str]:
    """Return a card, and the line that its node signed."""
    signer = FileSigner.fleeting(name)
    card = replace(CARD, name=name, state=state, signing_key=signer.public_key)
    return card, sign_card(card, signer)


def know(node: Node, card: Card, days_ago: int = 0, every_days: int = 180) -> str:
    """Let two people take a node into the directory, so many days ago; return its dossier."""
    clock = Days(node.clock.now() - timedelta(days=days_ago))
    by: dict[str, Any] = {"stores": node.stores, "clock": clock}
    contact, approver = officer(Role.POINT_OF_CONTACT), officer(Role.APPROVER)
    peer = correspondence.propose_peer(card=card, every_days=every_days, actor=contact, **by)
    correspondence.list_peer(peer=peer, spoken=card.spoken, actor=approver, **by)
    return peer


def write_letters(node: Node, card: Card) -> None:
    """Let a letter wait for a node, one come from it, and one bear its name that was not let in."""
    now = node.clock.now()
    at = instant_text(now)
    with node.stores.atomic():
        node.stores.outbox.post(Message(card.name, "tracemark.note/1", {"said": SECRET}), at=now)
        node.stores.inbox.keep(
            Received("0f", card.name, "tracemark.trace-answer/1", {"said": SECRET}, "", "", at, at, digest="d1")
        )
        node.stores.inbox.reject(Rejection(at, card.name, "correspondence.signature_wrong", "d2", {"peer": card.name}))
