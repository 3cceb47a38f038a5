import base64
import binascii
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tracemark.kernel import Plain, Signer, canonical_bytes

_LONGEST = 16_384


@dataclass(frozen=True, slots=True)
class CompactFile:
    """What a compact token tells. `signed` is what the signature stands for, `key` the name of the key."""

    contents: Mapping[str, Any]
    key: str
    signed: bytes
    signature: bytes


def sign_compact(type_: str, contents: Mapping[str, Plain], signer: Signer) -> str:
    """Sign contents as a compact token, small enough for a QR code: header, contents, signature, parted by full stops.

    Source: RFC 7515, RFC 8037.
    """
    header: dict[str, Plain] = {"alg": "EdDSA", "kid": signer.name, "typ": type_}
    signed = f"{_coded(canonical_bytes(header))}.{_coded(canonical_bytes(contents))}"
    return f"{signed}.{_coded(signer.sign(signed.encode()))}"


def read_compact(type_: str, text: str) -> CompactFile:
    """Read a compact token of a type without believing it; blanks and line ends in it are nothing.

    Raises:
        ValueError: it is none.
    """
    try:
        whole = "".join(text.split())
        header, contents, signature = whole.split(".")
        told = _object(header)
        if len(whole) > _LONGEST or told["alg"] != "EdDSA" or told["typ"] != type_:
            raise ValueError(told)
        return CompactFile(_object(contents), str(told["kid"]), f"{header}.{contents}".encode(), _decoded(signature))
    except (KeyError, TypeError, AttributeError, RecursionError) as error:
        raise ValueError(str(error)) from error


def _coded(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def _decoded(text: str) -> bytes:
    try:
        found = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except binascii.Error as error:
        raise ValueError(str(error)) from error
    if _coded(found) != text:
        raise ValueError("not as it would be written")
    return found


def _object(text: str) -> dict[str, Any]:
    found = json.loads(_decoded(text))
    if not isinstance(found, dict):
        raise TypeError(text)
    return found
