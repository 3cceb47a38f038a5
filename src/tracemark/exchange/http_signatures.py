"""Requests between nodes, signed by their sender. Source: RFC 9421, RFC 9530."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from http_message_signatures import HTTPMessageSigner, HTTPMessageVerifier, HTTPSignatureKeyResolver
from http_message_signatures.algorithms import ED25519
from http_message_signatures.exceptions import HTTPMessageSignaturesException

from tracemark.correspondence import Peer, key_id, refuse_envelope
from tracemark.exchange.envelopes import SKEW, usable_key
from tracemark.kernel import Signer, instant_text

TAG = "tracemark-exchange"
RECIPIENT = "Tracemark-Recipient"
_COVERED = ("@method", "@path", "content-type", "tracemark-recipient", "content-digest")
_GOOD_FOR = timedelta(minutes=10)
_MOST_NONCE = 128
FindKey = Callable[[str], Peer | None]
"""Finds the peer that ever signed with the key of an id."""


@dataclass(slots=True)
class SignedRequest:
    """A request as it is signed and verified: its headers, by any case, and its body."""

    method: str
    url: str
    body: bytes
    headers: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Caller:
    """Who sent a request, and the word that serves it once, until when."""

    peer: Peer
    nonce: str
    until: datetime


def sign_request(request: SignedRequest, to: str, signer: Signer, at: datetime, nonce: str) -> None:
    """Sign a request to the node named `to`, in its headers."""
    request.headers[RECIPIENT] = to
    signing = HTTPMessageSigner(signature_algorithm=ED25519)
    prepared = signing.prepare(
        request,
        key_id=key_id(signer.public_key),
        created=at,
        expires=at + _GOOD_FOR,
        nonce=nonce,
        label="node",
        tag=TAG,
        covered_component_ids=_COVERED,
        body=request.body,
    )
    signing.apply(request, prepared, signer.sign(prepared.signature_base))


def verify_request(request: SignedRequest, find: FindKey, us: str, at: datetime) -> Caller:
    """Return who sent a request.

    Raises:
        EnvelopeRefused: it is not signed as it should be, nobody knows the key, the key is no longer good, it is for
            another node, or its time is not ours.
    """
    keys = _Keys(find)
    try:
        [result] = _Verifier(signature_algorithm=ED25519, key_resolver=keys).verify(
            request, max_age=None, expect_tag=TAG, require_components=_COVERED, body=request.body
        )
    except (HTTPMessageSignaturesException, ValueError) as error:
        if keys.unknown:
            raise refuse_envelope("correspondence.caller_unknown", key=keys.unknown) from error
        raise refuse_envelope("correspondence.request_unsigned", peer=keys.peer.name if keys.peer else "") from error
    peer, told = keys.peer, result.parameters
    if peer is None or not 0 < len(result.nonce or "") <= _MOST_NONCE or not {"created", "expires"} <= told.keys():
        raise refuse_envelope("correspondence.request_unsigned", peer="")
    created, expires = (datetime.fromtimestamp(int(told[name]), UTC) for name in ("created", "expires"))
    usable_key(peer, str(told["keyid"]), instant_text(created), at)
    if result.covered_components['"tracemark-recipient"'] != us:
        raise refuse_envelope("correspondence.not_for_us", peer=peer.name, to=request.headers.get(RECIPIENT, ""))
    if not created - SKEW <= at <= expires + SKEW or expires - created > SKEW:
        raise refuse_envelope("correspondence.request_out_of_time", peer=peer.name, sent_at=instant_text(created))
    return Caller(peer, result.nonce or "", expires + SKEW)


class _Keys(HTTPSignatureKeyResolver):
    """Looks a key up in the directory, and remembers whose it is."""

    def __init__(self, find: FindKey) -> None:
        self._find = find
        self.peer: Peer | None = None
        self.unknown = ""

    def resolve_public_key(self, named: str) -> Ed25519PublicKey | None:
        self.peer = self._find(named)
        if self.peer is None:
            self.unknown = named[:64]
            return None
        key = next(each for each in self.peer.keys if key_id(each.public_key) == named)
        return Ed25519PublicKey.from_public_bytes(key.public_key)


class _Verifier(HTTPMessageVerifier):
    """A verifier that leaves time to us, whose clock is a port and may be wrong by a day."""

    def validate_created_and_expires(self, sig_input: object, max_age: timedelta | None = None) -> None:
        """Let every time pass."""
