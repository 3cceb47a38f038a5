import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from tracemark.correspondence import Message, Peer, PeerKey, Received, key_id, refuse_envelope
from tracemark.exchange.letters import FileReader, NotALetter, read_document, seal, sign_document, verify_document
from tracemark.kernel import Plain, Signer, canonical_bytes, instant_text

ENVELOPE = "tracemark.envelope/1"
RECEIPT = "tracemark.receipt/1"
REFUSAL = "tracemark.refusal/1"
SKEW = timedelta(days=1)
"""By how much two clocks may differ."""

LIFETIME = timedelta(days=45)
"""How long an envelope is let in after it was signed: a stick may travel for weeks."""

_TEXTS = ("id", "from", "to", "type", "about", "answers", "sent_at")
_MOST_ID = 64
_LONGEST_REASON = 400
FindPeer = Callable[[str], Peer | None]


def seal_envelope(message: Message, message_id: str, to: Peer, signer: Signer, at: datetime) -> bytes:
    """Sign a message and seal it to a peer.

    Raises:
        ValueError: it is larger than what others open.
    """
    told: dict[str, Plain] = {
        "schema": ENVELOPE,
        "id": message_id,
        "from": signer.name,
        "to": message.to,
        "type": message.type,
        "body": message.body,
        "about": message.about,
        "answers": message.answers,
        "handling": message.handling,
        "sent_at": instant_text(at),
    }
    return seal(sign_document(told, signer).encode(), to.card.encryption_key)


def open_envelope(letter: bytes, reader: FileReader, find: FindPeer, us: str, at: datetime) -> Received:
    """Open an envelope, and return what came, once all of it is as it should be.

    Raises:
        EnvelopeRefused: it is damaged or not for us, nobody knows its sender or its key, the key was revoked or
            followed by another, the signature is wrong, or its time is not ours.
    """
    try:
        document = reader.unseal(letter).decode()
        named, told = read_document(document)
    except (NotALetter, UnicodeDecodeError) as error:
        raise refuse_envelope("correspondence.envelope_damaged") from error
    _require_form(told)
    peer = find(told["from"])
    if peer is None:
        raise refuse_envelope("correspondence.sender_unknown", peer=told["from"])
    _require_signature(document, named, peer, told["sent_at"], at)
    if told["to"] != us:
        raise refuse_envelope("correspondence.not_for_us", peer=peer.name, to=told["to"])
    _require_time(told["sent_at"], peer, at)
    return Received(
        told["id"],
        peer.name,
        told["type"],
        told["body"],
        told["about"],
        told["answers"],
        told["sent_at"],
        instant_text(at),
        told["handling"],
        content_digest(told),
        document=document,
    )


def content_digest(told: Mapping[str, Plain]) -> str:
    """The SHA-256 of what a message says, in hexadecimal, whenever it was signed."""
    said = {name: value for name, value in told.items() if name != "sent_at"}
    return hashlib.sha256(canonical_bytes(said)).hexdigest()


def sign_receipt(received: Received, signer: Signer, at: datetime) -> str:
    """Say, signed, that a message is here."""
    told: dict[str, Plain] = {
        "schema": RECEIPT,
        "id": received.id,
        "from": signer.name,
        "to": received.sender,
        "digest": received.digest,
        "received_at": instant_text(at),
    }
    return sign_document(told, signer)


def sign_refusal(received: Received, code: str, why: str, signer: Signer, at: datetime) -> str:
    """Say, signed, that a message was opened and is not taken, with the code of the reason and the reason in words."""
    told: dict[str, Plain] = {
        "schema": REFUSAL,
        "id": received.id,
        "from": signer.name,
        "to": received.sender,
        "digest": received.digest,
        "code": code,
        "why": why[:_LONGEST_REASON],
        "refused_at": instant_text(at),
    }
    return sign_document(told, signer)


@dataclass(frozen=True, slots=True)
class Reply:
    """What the reader of a message of ours says, signed: that it has it, or why it will not; `refused` is "" else."""

    sender: str
    id: str
    refused: str = ""


def read_reply(text: str, find: FindPeer, us: str) -> Reply:
    """Return who has a message of ours, or will not have it, and its id.

    Raises:
        EnvelopeRefused: it is neither receipt nor refusal, is for another, or is not signed with its sender's key.
    """
    try:
        named, told = read_document(text)
    except NotALetter as error:
        raise refuse_envelope("correspondence.receipt_wrong") from error
    peer = find(str(told.get("from")))
    if peer is None or told.get("schema") not in {RECEIPT, REFUSAL} or told.get("to") != us:
        raise refuse_envelope("correspondence.receipt_wrong")
    key = next((each for each in peer.keys if key_id(each.public_key) == named and not each.revoked), None)
    if key is None or not verify_document(text, key.public_key):
        raise refuse_envelope("correspondence.receipt_wrong", peer=peer.name)
    refused = f"{told.get('code')}: {told.get('why')}"[:_LONGEST_REASON] if told["schema"] == REFUSAL else ""
    return Reply(peer.name, str(told.get("id")), refused)


def usable_key(peer: Peer, named: str, signed_at: str, at: datetime) -> PeerKey:
    """Return the key of a peer that a signature names, if it was the peer's when it signed.

    What was in the post when a key was followed by another is let in for as long as an envelope lives; what was signed
    with a key that was revoked is not, whatever day it bears.

    Raises:
        EnvelopeRefused: it is none of its keys, was revoked, or was followed by another before.
    """
    key = next((each for each in peer.keys if key_id(each.public_key) == named), None)
    if key is None:
        raise refuse_envelope("correspondence.key_unknown", peer=peer.name, key=named)
    if key.revoked:
        raise refuse_envelope("correspondence.key_revoked", peer=peer.name, key=named, since=key.until)
    if not peer.is_known:
        raise refuse_envelope("correspondence.sender_unknown", peer=peer.name)
    if key.until and (signed_at > _shifted(key.until, SKEW) or at > _instant(key.until) + LIFETIME):
        raise refuse_envelope("correspondence.key_superseded", peer=peer.name, key=named, since=key.until)
    return key


def _require_signature(document: str, named: str, peer: Peer, signed_at: str, at: datetime) -> None:
    if not verify_document(document, usable_key(peer, named, signed_at, at).public_key):
        raise refuse_envelope("correspondence.signature_wrong", peer=peer.name)


def _require_form(told: Mapping[str, Any]) -> None:
    if told.get("schema") != ENVELOPE:
        raise refuse_envelope("correspondence.schema_unknown", schema=str(told.get("schema"))[:_MOST_ID])
    whole = told.keys() == {"schema", "body", "handling", *_TEXTS}
    fits = whole and all(type(told[name]) is str for name in _TEXTS)
    fits = fits and type(told["body"]) is dict and type(told["handling"]) is dict
    if not fits or not 0 < len(told["id"]) <= _MOST_ID or not _is_instant(told["sent_at"]):
        raise refuse_envelope("correspondence.document_unfit")


def _require_time(sent_at: str, peer: Peer, at: datetime) -> None:
    if _instant(sent_at) > at + SKEW:
        raise refuse_envelope("correspondence.from_the_future", peer=peer.name, sent_at=sent_at)
    if _instant(sent_at) < at - LIFETIME - SKEW:
        raise refuse_envelope("correspondence.too_old", peer=peer.name, sent_at=sent_at)


def _instant(text: str) -> datetime:
    return datetime.fromisoformat(text)


def _is_instant(text: str) -> bool:
    try:
        return instant_text(_instant(text)) == text
    except ValueError:
        return False


def _shifted(text: str, by: timedelta) -> str:
    return instant_text(_instant(text) + by)
