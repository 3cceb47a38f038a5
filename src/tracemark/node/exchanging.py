"""What passes between this node and others: letters go out of the outbox, and come into the inbox with what they do."""

import hashlib
import logging
import random
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Protocol

from tracemark import exchange, practices, secretariat, tracing, wording
from tracemark.correspondence import EnvelopeRefused, Peer, Posted, PostState, Received, Rejection, refuse_envelope
from tracemark.exchange import Reply
from tracemark.kernel import instant_text
from tracemark.node.answer_proofs import take_proof
from tracemark.node.freshness import CARD, CARD_REQUEST, answer_with_card, take_card
from tracemark.node.helping import (
    ASSISTANCE_REQUEST,
    ASSISTANCE_RESULT,
    ASSISTANCE_STEP,
    take_request,
    take_result,
    take_step,
)
from tracemark.node.levels import take_figure, take_report
from tracemark.node.lost_lists import take_lost
from tracemark.node.nodes import Node
from tracemark.node.nominating import (
    FELLOW_NOMINATION,
    FELLOW_STEP,
    FELLOW_WITHDRAWAL,
    take_fellow_step,
    take_nomination,
    take_withdrawal,
)
from tracemark.node.practices import take_practice
from tracemark.node.rotations import ROTATION, take_rotation
from tracemark.node.shared_notices import EMBARGO_TYPE, NOTICE_TYPE, take_embargo, take_least, take_notice
from tracemark.node.traces import take_trace

INBOX = "/exchange/inbox"
_FIRST_WAIT, _LONGEST_WAIT = 60, 6 * 3600
"""Seconds."""
_MOST_DOUBLED = 10
_MOST_NOTED = 1_000
_logger = logging.getLogger(__name__)
_ACCEPTED = 200
_TURNED_AWAY = range(400, 500)

Incoming = Callable[[Node, Received], None]
"""What is done with a message, inside the transaction that keeps it; it may raise EnvelopeRefused."""

INCOMING: Mapping[str, Incoming] = {
    "tracemark.note/1": lambda node, received: None,  # noqa: ARG005 - it is kept, and that is all
    CARD_REQUEST: answer_with_card,
    CARD: take_card,
    ROTATION: take_rotation,
    **dict.fromkeys(tracing.INCOMING, take_trace),
    tracing.PROVEN: take_proof,
    **dict.fromkeys(tracing.LOST_INCOMING, take_lost),
    NOTICE_TYPE: take_notice,
    EMBARGO_TYPE: take_embargo,
    secretariat.WARNING_TYPE: take_least,
    secretariat.FIGURE_TYPE: take_figure,
    secretariat.REPORT_TYPE: take_report,
    practices.PRACTICE_TYPE: take_practice,
    ASSISTANCE_REQUEST: take_request,
    ASSISTANCE_STEP: take_step,
    ASSISTANCE_RESULT: take_result,
    FELLOW_NOMINATION: take_nomination,
    FELLOW_WITHDRAWAL: take_withdrawal,
    FELLOW_STEP: take_fellow_step,
}
"""What is done with messages, by their type. What is of none of these is not let in."""

CONFIDED = frozenset({*tracing.INCOMING, *tracing.LOST_INCOMING, FELLOW_NOMINATION})
"""Types of messages that tell what is kept in confidence beside the record, so that inbox and outbox forget it."""


class Carrier(Protocol):
    """Carries a signed request to another node; `exchange.HttpCarrier` is one."""

    def carry(self, request: exchange.SignedRequest) -> tuple[int, bytes]:
        """Return status and answer. Raise `exchange.NotCarried` where there is none."""
        ...


@dataclass(frozen=True, slots=True)
class Sent:
    """What became of the letters that were due, by their ids: each stands in one of the three.

    `failed` are those that did not arrive and are tried again, with the code of what kept them back; `refused` those
    that their readers turned down, signed, with what these say. They are not sent again.
    """

    delivered: tuple[str, ...]
    failed: Mapping[str, str]
    refused: Mapping[str, str]

    def troubles(self) -> set[tuple[str, str]]:
        """Return each trouble once: the code of its sentence, and what the other node says or ""."""
        turned_down = {("correspondence.letter_refused", why) for why in self.refused.values()}
        return {(code, "") for code in self.failed.values()} | turned_down


class LetterRefused(EnvelopeRefused):
    """A letter was opened, is its sender's, and is not taken for what it says; `refusal` says so, signed."""

    def __init__(self, refused: EnvelopeRefused, received: Received, refusal: str) -> None:
        super().__init__(refused.findings)
        self.sender, self.id, self.refusal = received.sender, received.id, refusal


@dataclass(frozen=True, slots=True)
class Arrived:
    """That a letter is here: whose, its id, and the signed receipt that tells its sender so."""

    sender: str
    id: str
    receipt: str


def send_waiting(
    node: Node, carrier: Carrier | None = None, *, jitter: Callable[[], float] = random.random, limit: int = 100
) -> Sent:
    """Send every letter that is due. What does not arrive is due again later: twice as late each time, up to 6 hours.

    `jitter` draws a number from 0 to 1, by which half the wait is stretched, so that not all come back at once.
    """
    carrier, delivered = carrier or exchange.HttpCarrier(), list[str]()
    failed, refused = dict[str, str](), dict[str, str]()
    for due in node.stores.outbox.waiting(at=node.clock.now(), limit=limit):
        posted = node.stores.outbox.posted(due.id)
        if posted.state is not PostState.WAITING:
            continue  # It was taken back, or arrived otherwise, while those before it were sent.
        try:
            said = _send(node, carrier, posted)
        except exchange.NotCarried as error:
            failed[posted.id] = trouble = str(error)
            again = node.clock.now() + _wait(posted.attempts, jitter())
            node.stores.outbox.note_failed(posted.id, trouble=trouble, due=again)
        else:
            if said:
                refused[posted.id] = said
            else:
                delivered.append(posted.id)
    return Sent(tuple(delivered), failed, refused)


def seal_posted(node: Node, posted: Posted) -> bytes:
    """Return the envelope of a message, sealed to whom it goes.

    Raises:
        NotCarried: nobody of this name is known, or it is too large.
    """
    peer = _recipient(node, posted)
    try:
        return exchange.seal_envelope(posted.message, posted.id, peer, node.stores.signer, node.clock.now())
    except ValueError as error:
        raise exchange.NotCarried("correspondence.envelope_too_large") from error


def note_receipt(node: Node, receipt: str) -> Reply:
    """Note that a message of ours arrived, or that its recipient will not have it, as the recipient says.

    What a message told in confidence is forgotten here: it stands in our record, and is not sent again.

    Raises:
        EnvelopeRefused: it is neither receipt nor refusal of whom the message went to.
    """
    reply, outbox = exchange.read_reply(receipt, node.directory.find, node.key.name), node.stores.outbox
    try:
        posted = outbox.posted(reply.id)
    except KeyError:
        raise refuse_envelope("correspondence.receipt_wrong", peer=reply.sender) from None
    if posted.message.to != reply.sender:
        raise refuse_envelope("correspondence.receipt_wrong", peer=reply.sender)
    with node.stores.atomic():
        if reply.refused:
            outbox.note_refused(reply.id, trouble=reply.refused, at=node.clock.now())
        else:
            outbox.note_delivered(reply.id, at=node.clock.now())
        if posted.message.type in CONFIDED:
            outbox.forget_body(reply.id)
    return reply


def answer_request(node: Node, request: exchange.SignedRequest) -> str:
    """Let in a letter that came by HTTP, and return the signed receipt, or the signed refusal of what it says.

    Raises:
        EnvelopeRefused: the request or the envelope is not as it should be; that is not answered for, only noted.
    """
    try:
        return receive_request(node, request).receipt
    except LetterRefused as refused:
        return refused.refusal


def receive_request(node: Node, request: exchange.SignedRequest) -> Arrived:
    """Let in a letter that came by HTTP, signed by who sends it, and return the receipt.

    Raises:
        EnvelopeRefused: the request or the letter is not as it should be, or was sent before; it is noted.
        LetterRefused: the letter is its sender's, and is not taken for what it says.
    """
    try:
        caller = require_caller(node, request)
        return _receive(node, request.body, caller.peer)
    except EnvelopeRefused as error:
        _note(node, error, request.body)
        raise


def require_caller(node: Node, request: exchange.SignedRequest) -> exchange.Caller:
    """Return which node sent a signed request, the first time it comes.

    Raises:
        EnvelopeRefused: it is not signed as it should be, or came before.
    """
    now = node.clock.now()
    caller = exchange.verify_request(request, node.directory.of_key, node.key.name, now)
    if not node.stores.inbox.first_use(caller.peer.name, caller.nonce, until=caller.until, at=now):
        raise refuse_envelope("correspondence.request_repeated", peer=caller.peer.name)
    return caller


def receive(node: Node, envelope: bytes) -> Arrived:
    """Let in a letter that came as a file, and return the receipt. What came before is acknowledged again.

    Raises:
        EnvelopeRefused: it is not as it should be; it is noted.
    """
    try:
        return _receive(node, envelope, None)
    except EnvelopeRefused as error:
        _note(node, error, envelope)
        raise


def _receive(node: Node, envelope: bytes, carried_by: Peer | None) -> Arrived:
    stores, now = node.stores, node.clock.now()
    received = exchange.open_envelope(envelope, node.letterbox.reader, node.directory.find, node.key.name, now)
    if carried_by is not None and carried_by.name != received.sender:
        raise refuse_envelope("correspondence.sender_differs", peer=carried_by.name, sender=received.sender)
    try:
        with stores.atomic():
            _take(node, received)
    except EnvelopeRefused as refused:
        finding = refused.findings[0]
        why = wording.finding_text(finding, to="en")
        refusal = exchange.sign_refusal(received, finding.code, why, stores.signer, now)
        raise LetterRefused(refused, received, refusal) from refused
    return Arrived(received.sender, received.id, exchange.sign_receipt(received, stores.signer, now))


def _take(node: Node, received: Received) -> None:
    """Keep a letter and do what it brings about; what is told in confidence lies under its commitment only."""
    known = node.stores.inbox.seen(received.sender, received.id)
    if known is None:
        take = INCOMING.get(received.type)
        if take is None:
            raise refuse_envelope("correspondence.type_unknown", peer=received.sender, type=received.type[:64])
        kept = node.stores.inbox.keep(replace(received, body={}) if received.type in CONFIDED else received)
        take(node, replace(kept, body=received.body, document=received.document))
    elif known != received.digest:
        raise refuse_envelope("correspondence.id_reused", peer=received.sender, id=received.id)


def _note(node: Node, error: EnvelopeRefused, content: bytes) -> None:
    """Note what was not let in, up to so much an hour: nobody may fill the disk by knocking."""
    finding, since = error.findings[0], instant_text(node.clock.now() - timedelta(hours=1))
    newest = node.stores.inbox.rejections(limit=_MOST_NOTED)
    if len(newest) == _MOST_NOTED and newest[-1].at > since:
        _logger.warning("not let in, and not noted any more: %s", finding.code)
        return
    sender, digest = str(finding.facts.get("peer", "")), hashlib.sha256(content).hexdigest()
    rejection = Rejection(instant_text(node.clock.now()), sender, finding.code, digest, finding.facts)
    node.stores.inbox.reject(rejection)


def _send(node: Node, carrier: Carrier, posted: Posted) -> str:
    """Send a letter, and return why its reader will not have it, "" where it has it."""
    peer = _recipient(node, posted)
    if not peer.card.endpoint:
        raise exchange.NotCarried("correspondence.no_endpoint")
    request = exchange.SignedRequest(
        "POST",
        peer.card.endpoint.rstrip("/") + INBOX,
        seal_posted(node, posted),
        {"Content-Type": exchange.ENVELOPE_TYPE},
    )
    exchange.sign_request(request, peer.name, node.stores.signer, node.clock.now(), secrets.token_hex(16))
    status, answer = carrier.carry(request)
    if status != _ACCEPTED:
        raise exchange.NotCarried(
            "correspondence.turned_away" if status in _TURNED_AWAY else "correspondence.unreachable"
        )
    try:
        reply = note_receipt(node, answer.decode().strip())
    except (EnvelopeRefused, UnicodeDecodeError) as error:
        raise exchange.NotCarried("correspondence.receipt_wrong") from error
    if reply.id != posted.id:
        raise exchange.NotCarried("correspondence.receipt_wrong")
    return reply.refused


def _recipient(node: Node, posted: Posted) -> Peer:
    peer = node.directory.find(posted.message.to)
    if peer is None or not peer.is_known:
        raise exchange.NotCarried("correspondence.recipient_unknown")
    return peer


def _wait(attempts: int, jitter: float) -> timedelta:
    seconds = min(_FIRST_WAIT << min(attempts, _MOST_DOUBLED), _LONGEST_WAIT)
    return timedelta(seconds=seconds * (1 + jitter / 2))
