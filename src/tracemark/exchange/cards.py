"""A node's card, signed with the key it names, and the word of one key that another follows it."""

from dataclasses import dataclass
from typing import Any

from tracemark.correspondence import Card, key_id, refuse_envelope
from tracemark.exchange.letters import NotALetter, read_document, sign_document, verify_document
from tracemark.kernel import Signer

CARD = "tracemark.card/1"
ROTATION = "tracemark.rotation/1"


@dataclass(frozen=True, slots=True)
class Rotation:
    """That a key is followed by that of a card: `by` is the key that says so."""

    card: Card
    by: bytes


def sign_card(card: Card, signer: Signer) -> str:
    """Return a card signed with the key it names."""
    return sign_document({"schema": CARD, "card": card.plain()}, signer)


def open_card(text: str) -> Card:
    """Return a card, once it is signed with the key it names: whose key that is, people must compare.

    Raises:
        EnvelopeRefused: it is no card, or is signed with another key.
    """
    text = text.strip()
    told = _told(text, CARD, ("schema", "card"))
    try:
        card = Card.of_plain(told["card"])
        whole = card.plain() == told["card"]
    except (KeyError, TypeError, ValueError) as error:
        raise refuse_envelope("correspondence.card_unreadable") from error
    if not whole or read_document(text)[0] != key_id(card.signing_key) or not verify_document(text, card.signing_key):
        raise refuse_envelope("correspondence.card_unreadable")
    return card


def sign_rotation(card: str, signer: Signer) -> str:
    """Say with the key in use that the one of a signed card follows it."""
    return sign_document({"schema": ROTATION, "card": card, "key": signer.public_key.hex()}, signer)


def open_rotation(text: str) -> Rotation:
    """Return which key follows which, once both have signed.

    Raises:
        EnvelopeRefused: it is no such document, or not both keys signed.
    """
    text = text.strip()
    told = _told(text, ROTATION, ("schema", "card", "key"))
    try:
        by = bytes.fromhex(told["key"])
    except (TypeError, ValueError) as error:
        raise refuse_envelope("correspondence.card_unreadable") from error
    if type(told["card"]) is not str or not verify_document(text, by):
        raise refuse_envelope("correspondence.card_unreadable")
    return Rotation(open_card(told["card"]), by)


def _told(text: str, schema: str, names: tuple[str, ...]) -> dict[str, Any]:
    try:
        told = read_document(text)[1]
    except NotALetter as error:
        raise refuse_envelope("correspondence.card_unreadable") from error
    if told.keys() != set(names) or told["schema"] != schema:
        raise refuse_envelope("correspondence.card_unreadable")
    return told
