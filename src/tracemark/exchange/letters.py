"""JOSE as letters use it: a document signed by its sender (JWS), and a document sealed to its reader (JWE).

Source: RFC 7515, RFC 7516, RFC 8037.
"""

import base64
import binascii
import json
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from joserfc import jwe
from joserfc.errors import JoseError
from joserfc.jwe import JWERegistry
from joserfc.jwk import OKPKey

from tracemark.correspondence import key_id
from tracemark.exchange.signing import FileSigner, verify_signature
from tracemark.kernel import NotCanonical, Plain, Signer, canonical_bytes

MOST_BYTES = 1 << 20
"""The largest sealed letter, in bytes; what is longer is not opened."""

_SIGNED_TYPE = "tracemark+jws"
_SEALING = ("ECDH-ES+A256KW", "A256GCM")
_LETTER_PARTS = 3


class NotALetter(Exception):
    """Bytes are no JWS or JWE of ours: cut off, changed on the way, or something else."""


class FileReader:
    """A node's X25519 key, to which others seal what only this node may read; kept as its signing key is."""

    def __init__(self, draw: Callable[[], bytes]) -> None:
        self._draw = cache(draw)

    @classmethod
    def load_or_create(cls, path: Path) -> "FileReader":
        """Read the key at `path` once it is needed, or make one there that outlives a crash.

        Whoever uses it first is told of a file that is damaged or that others may read: KeyUnusable.
        """
        return cls(lambda: FileSigner.key_at(path))

    @classmethod
    def of(cls, secret: bytes) -> "FileReader":
        """Take 32 secret bytes for the key."""
        return cls(lambda: secret)

    @classmethod
    def fleeting(cls) -> "FileReader":
        """Draw a key that is kept in no file and ends with the process."""
        return cls.of(X25519PrivateKey.generate().private_bytes_raw())

    def __repr__(self) -> str:
        return "FileReader()"

    @property
    def public_key(self) -> bytes:
        """The public key, 32 bytes."""
        return X25519PrivateKey.from_private_bytes(self._draw()).public_key().public_bytes_raw()

    def unseal(self, letter: bytes) -> bytes:
        """Return what was sealed to this key.

        Raises:
            NotALetter: it is no letter to this key, or was changed on the way.
        """
        if len(letter) > MOST_BYTES:
            raise NotALetter("too large")
        own = _key("X25519", self.public_key, d=_base64(self._draw()))
        try:
            found = jwe.decrypt_compact(letter, own, registry=_Roomy(algorithms=_SEALING))
        except (JoseError, ValueError, TypeError, KeyError, AttributeError) as error:
            raise NotALetter(str(error)) from error
        return found.plaintext or b""


class _Roomy(JWERegistry):
    max_ciphertext_length = MOST_BYTES


def seal(document: bytes, reader: bytes, contents: str = _SIGNED_TYPE) -> bytes:
    """Seal a document to whoever holds the private part of an X25519 key: a JWE in compact form.

    `contents` says what kind of document it is. Documents of one length make letters of one length.

    Raises:
        ValueError: it would be longer than what others open.
    """
    protected = {"alg": _SEALING[0], "enc": _SEALING[1], "kid": key_id(reader), "cty": contents}
    public = _key("X25519", reader)
    sealed = jwe.encrypt_compact(protected, document, public, registry=_Roomy(algorithms=_SEALING)).encode()
    if len(sealed) > MOST_BYTES:
        raise ValueError(f"a letter of {len(sealed)} bytes is larger than {MOST_BYTES}")
    return sealed


def sign_document(told: Mapping[str, Plain], signer: Signer) -> str:
    """Sign what is told as a JWS in compact form; its payload is canonical (RFC 8785)."""
    header: dict[str, Plain] = {"alg": "EdDSA", "kid": key_id(signer.public_key), "typ": _SIGNED_TYPE}
    signed = f"{_base64(canonical_bytes(header))}.{_base64(canonical_bytes(told))}"
    return f"{signed}.{_base64(signer.sign(signed.encode()))}"


def read_document(text: str) -> tuple[str, dict[str, Any]]:
    """Return whose key a document names and what it tells, before anybody verified it.

    Raises:
        NotALetter: it is no JWS of ours, or its payload is not canonical.
    """
    parts = text.split(".")
    if len(parts) != _LETTER_PARTS:
        raise NotALetter("not three parts")
    header, told = _json(parts[0]), _json(parts[1])
    if header.keys() != {"alg", "kid", "typ"} or (header["alg"], header["typ"]) != ("EdDSA", _SIGNED_TYPE):
        raise NotALetter("another kind of signature")
    return str(header["kid"]), told


def verify_document(text: str, public_key: bytes) -> bool:
    """Say whether a document is signed with a key. Source: RFC 7515, RFC 8037."""
    signed, _, signature = text.rpartition(".")
    try:
        return verify_signature(public_key, signed.encode(), _bytes(signature))
    except NotALetter:
        return False


def _key(curve: str, public: bytes, **private: str) -> OKPKey:
    return OKPKey.import_key({"kty": "OKP", "crv": curve, "x": _base64(public), **private})


def _base64(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()


def _bytes(text: str) -> bytes:
    try:
        found = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError) as error:
        raise NotALetter(str(error)) from error
    if _base64(found) != text:
        raise NotALetter("not the one way to write these bytes")
    return found


def _json(text: str) -> dict[str, Any]:
    content = _bytes(text)
    try:
        told = json.loads(content)
        canonical = type(told) is dict and canonical_bytes(told) == content
    except (ValueError, NotCanonical, RecursionError) as error:
        raise NotALetter(str(error)) from error
    if not canonical:
        raise NotALetter("not canonical")
    found: dict[str, Any] = told
    return found
