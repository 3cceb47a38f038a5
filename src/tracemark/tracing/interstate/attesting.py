"""An answer and the record it stands in: its fingerprint is sealed, and a proof of that follows it to the asker."""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from tracemark.correspondence import Message, PostState, Received
from tracemark.kernel import Actor, Plain, canonical_bytes
from tracemark.recordkeeping import Event, EventKind, every_dossier, open_confidence
from tracemark.tracing.interstate.confiding import require_competent
from tracemark.tracing.interstate.handling import Purpose
from tracemark.tracing.interstate.inquiries import Inquiry
from tracemark.tracing.interstate.turns import (
    Bureau,
    Step,
    inquiry_named,
    post,
    refuse,
    request_named,
    seal,
)

PROVEN = "tracemark.trace-proof/1"
_ANSWERED = ("answered", "clarifying", "closed")


@dataclass(frozen=True, slots=True)
class Unproved:
    """An answer of ours that has arrived, and the event that seals its fingerprint, which the other was not shown."""

    inquiry: Inquiry
    message: str
    position: int
    sealed_on: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """What shows, to anybody and years later, that a State answered so: the document it signed, and the proof."""

    peer: str
    document: str
    proof: str
    witnesses: tuple[str, ...]


def fingerprint_of(body: Mapping[str, Plain]) -> str:
    """Return the SHA-256 of what a message tells, in its canonical bytes (RFC 8785), in hexadecimal."""
    return hashlib.sha256(canonical_bytes(dict(body))).hexdigest()


def attest(inquiry: str, message: str, bureau: Bureau) -> None:
    """Seal the fingerprint of an answer: an event that others may be shown whole. Call inside its transaction."""
    body = bureau.stores.outbox.posted(message).message.body
    details: dict[str, Plain] = {"about": message, "fingerprint": fingerprint_of(body)}
    seal(Step(EventKind.INQUIRY_ATTESTED, inquiry, details), _machine(bureau), bureau)


def unproved_answers(bureau: Bureau) -> Iterator[Unproved]:
    """Yield each answer of ours that arrived and whose proof was not sent."""
    for each in every_dossier("inquiry", _ANSWERED, bureau.stores):
        known = inquiry_named(each.name, bureau.stores)
        for message, position, on in known.attested:
            arrived = bureau.stores.outbox.posted(message).state is PostState.DELIVERED
            if arrived and message not in known.proved:
                yield Unproved(known, message, position, on)


def send_proof(known: Unproved, proof: str, bureau: Bureau) -> None:
    """Post the proof that an answer's fingerprint is sealed, and note that it was."""
    body: dict[str, Plain] = {"request": known.inquiry.number, "answer": known.message, "proof": proof}
    message = Message(known.inquiry.peer, PROVEN, body, about=known.inquiry.name, answers=known.message)
    with bureau.stores.atomic():
        told: dict[str, Plain] = {"message": post(message, bureau), "contents": {"proved": known.message}}
        seal(Step(EventKind.INQUIRY_NOTED, known.inquiry.name, told), _machine(bureau), bureau)


def note_proof(*, received: Received, event: Event, witnesses: tuple[str, ...], actor: Actor, bureau: Bureau) -> None:
    """Note the proof of an answer, which was verified: `event` is what it shows. Call inside the inbox's transaction.

    Raises:
        InterstateRefused: it proves another answer than the one that was heard, or nothing of that node's.

    Source: ITI 20.
    """
    body, peer = received.body, received.sender
    number, answer = str(body.get("request")), str(body.get("answer"))
    try:
        known = request_named(number, bureau.stores)
    except KeyError:
        raise refuse("tracing.not_asked", "ITI 18", number=number, peer=peer) from None
    heard = next((each for each in known.answers if each.message == answer), None)
    if known.peer != peer or heard is None:
        raise refuse("tracing.not_asked", "ITI 18", number=number, peer=peer)
    told = (event.kind, event.details.get("about"), event.details.get("fingerprint"))
    if told != (EventKind.INQUIRY_ATTESTED, answer, heard.fingerprint):
        raise refuse("tracing.proof_wrong", "ITI 20", number=number, peer=peer)
    contents: dict[str, Plain] = {"answer": answer, "proof": body["proof"], "witnesses": list(witnesses)}
    seal(Step(EventKind.REQUEST_NOTED, number, {"message": received.id, "contents": contents}), actor, bureau)


def answer_evidence(*, request: str, actor: Actor, bureau: Bureau) -> Evidence | None:
    """Return what shows that the last answer was given so; None before its proof came. That it was read is noted.

    Raises:
        InterstateRefused: the actor's authority is not competent.
        KeyError: there is no such request, or what was told is erased.

    Source: ITI 15(a), ITI 20.
    """
    require_competent(actor, bureau.stores)
    known = request_named(request, bureau.stores)
    heard = known.answer
    if heard is None or not heard.signed or not heard.proof:
        return None
    told = open_confidence(
        text=heard.signed, purpose=Purpose.TRACING, actor=actor, stores=bureau.stores, clock=bureau.clock
    )
    return Evidence(known.peer, str(told["document"]), heard.proof, heard.witnesses)


def _machine(bureau: Bureau) -> Actor:
    return Actor(f"node:{bureau.stores.signer.name}", f"{bureau.own}-REG", frozenset())
