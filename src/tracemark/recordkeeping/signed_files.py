import base64
import binascii
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from tracemark.kernel import Plain, Signer, canonical_bytes
from tracemark.recordkeeping.checkpoints import VerifierKey

VerifySignature = Callable[[bytes, bytes, bytes], bool]
"""Whether an Ed25519 public key (32 bytes) verifies for a message a signature (64 bytes)."""

_SIGNED = frozenset({"type", "notice", "key", "signature"})
_LONGEST = 1_000_000


@dataclass(frozen=True, slots=True)
class SignedFile:
    """What a file says that it is, what it tells, who says it signed it, and the signature that has to be checked."""

    type: str
    notice: Mapping[str, Any]
    signer: str
    signature: bytes

    def signed_by(self, key: VerifierKey, verify: VerifySignature) -> bool:
        """Whether this key signed these words. The key that stands in the file proves nothing."""
        return verify(key.public_key, _message(self.type, self.notice), self.signature)


def sign_file(type_: str, notice: Mapping[str, Plain], signer: Signer) -> str:
    """Return what one State tells another as JSON, signed: `{"type", "notice", "key", "signature"}`.

    The signature, in base64, stands for the type, a line feed and the notice's canonical bytes, so for nothing else.

    Source: RFC 8785, RFC 8032.
    """
    key = str(VerifierKey(signer.name, signer.public_key))
    signature = base64.b64encode(signer.sign(_message(type_, notice))).decode()
    told = {"type": type_, "notice": notice, "key": key, "signature": signature}
    return json.dumps(told, ensure_ascii=False, indent=2) + "\n"


def read_file(text: str) -> SignedFile:
    """Read a signed file, without a word on whether it was signed.

    Raises:
        ValueError: it is none.
    """
    try:
        told = json.loads(text) if len(text) <= _LONGEST else None
        if not isinstance(told, dict) or told.keys() != _SIGNED or not isinstance(told["notice"], dict):
            raise ValueError(_SIGNED)
        signature = base64.b64decode(told["signature"], validate=True)
        file = SignedFile(str(told["type"]), told["notice"], str(told["key"]).partition("+")[0], signature)
        _message(file.type, file.notice)
    except (TypeError, RecursionError, binascii.Error) as error:
        raise ValueError(str(error)) from error
    return file


def _message(type_: str, notice: Mapping[str, Plain]) -> bytes:
    return type_.encode() + b"\n" + canonical_bytes(notice)
