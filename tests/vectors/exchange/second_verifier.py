"""A second verifier of what passes between nodes. It shares no line with the product: `cryptography` and Python alone.

    python second_verifier.py FOLDER

Ends with status 0 where every vector is as the reference says, else with 1 and what is not.
"""

import base64
import hashlib
import json
import sys
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.keywrap import InvalidUnwrap, aes_key_unwrap


def unpadded(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def key_id(public_key: bytes) -> str:
    return hashlib.sha256(public_key).hexdigest()[:32]


def canonical(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def verify(public_key: bytes, message: bytes, signature: bytes) -> None:
    Ed25519PublicKey.from_public_bytes(public_key).verify(signature, message)


def open_jws(text: str, public_key: bytes) -> dict[str, Any]:
    """RFC 7515 in compact form, EdDSA."""
    header, payload, signature = text.split(".")
    told = json.loads(unpadded(header))
    require(told == {"alg": "EdDSA", "kid": key_id(public_key), "typ": "tracemark+jws"}, "header of a document")
    verify(public_key, f"{header}.{payload}".encode(), unpadded(signature))
    found: dict[str, Any] = json.loads(unpadded(payload))
    require(canonical(found) == unpadded(payload), "canonical payload")
    return found


def concat_kdf(shared: bytes, algorithm: bytes, bits: int) -> bytes:
    """One round of the key derivation of RFC 7518 4.6.2, without names of the parties."""

    def sized(part: bytes) -> bytes:
        return len(part).to_bytes(4, "big") + part

    other = sized(algorithm) + sized(b"") + sized(b"") + bits.to_bytes(4, "big")
    return hashlib.sha256((1).to_bytes(4, "big") + shared + other).digest()[: bits // 8]


def open_jwe(text: str, secret: bytes) -> bytes:
    """RFC 7516 in compact form, ECDH-ES+A256KW on X25519 and A256GCM."""
    protected, wrapped, nonce, sealed, tag = text.split(".")
    header = json.loads(unpadded(protected))
    own = X25519PrivateKey.from_private_bytes(secret)
    require((header["alg"], header["enc"]) == ("ECDH-ES+A256KW", "A256GCM"), "algorithms of a letter")
    require(header["kid"] == key_id(own.public_key().public_bytes_raw()), "reader of a letter")
    shared = own.exchange(X25519PublicKey.from_public_bytes(unpadded(header["epk"]["x"])))
    key = aes_key_unwrap(concat_kdf(shared, b"ECDH-ES+A256KW", 256), unpadded(wrapped))
    return AESGCM(key).decrypt(unpadded(nonce), unpadded(sealed) + unpadded(tag), protected.encode())


def spoken(card: dict[str, Any]) -> str:
    told = canonical({"name": card["name"], "keys": [card["signing_key"], card["encryption_key"]]})
    digits = f"{int.from_bytes(hashlib.sha256(told).digest(), 'big') % 10**40:040}"
    return " ".join(digits[at : at + 5] for at in range(0, 40, 5))


def check_cards(vector: dict[str, Any]) -> None:
    key = bytes.fromhex(vector["says"]["signing_key"])
    told = open_jws(vector["card"], key)
    require(told == {"schema": "tracemark.card/1", "card": vector["says"]}, "card")
    require(spoken(vector["says"]) == vector["spoken"], "digits")
    rotation = open_jws(vector["rotation"], key)
    follows = bytes.fromhex(vector["follows"])
    require(rotation["key"] == key.hex(), "key that is followed")
    require(open_jws(rotation["card"], follows)["card"]["signing_key"] == follows.hex(), "key that follows")


def check_envelope(vector: dict[str, Any]) -> None:
    document = open_jwe(vector["letter"], bytes.fromhex(vector["reader_secret"])).decode()
    told = open_jws(document, bytes.fromhex(vector["sender"]))
    require(told == vector["told"], "message")
    said = {name: value for name, value in told.items() if name != "sent_at"}
    require(hashlib.sha256(canonical(said)).hexdigest() == vector["digest"], "digest of a message")


def check_receipt(vector: dict[str, Any], digest: str) -> None:
    told = open_jws(vector["receipt"], bytes.fromhex(vector["signer"]))
    require((told["schema"], told["id"], told["digest"]) == ("tracemark.receipt/1", vector["id"], digest), "receipt")


def check_request(vector: dict[str, Any], letter: str) -> None:
    """RFC 9421 over these components, in this order, and the digest of RFC 9530."""
    headers = vector["headers"]
    digest = base64.b64encode(hashlib.sha256(letter.encode()).digest()).decode()
    require(f"sha-256=:{digest}:" in headers["content-digest"], "digest of the body")
    label, _, parameters = headers["signature-input"].partition("=")
    components = ["@method", "@path", "content-type", "tracemark-recipient", "content-digest"]
    listed = " ".join(f'"{name}"' for name in components)
    require(parameters.startswith(f"({listed});"), "components")
    values = {"@method": vector["method"], "@path": vector["path"], **headers}
    lines = [f'"{name}": {values[name]}' for name in components] + [f'"@signature-params": {parameters}']
    key = bytes.fromhex(vector["signer"])
    require(f'keyid="{key_id(key)}"' in parameters and 'tag="tracemark-exchange"' in parameters, "parameters")
    signature = headers["signature"].removeprefix(f"{label}=:").removesuffix(":")
    verify(key, "\n".join(lines).encode(), base64.b64decode(signature))


def require(holds: bool, what: str) -> None:
    if not holds:
        raise ValueError(what)


def main(folder: str) -> int:
    cards, envelope, receipt, request = (
        json.loads((Path(folder) / f"{name}.json").read_text("utf-8"))
        for name in ("cards", "envelope", "receipt", "request")
    )
    try:
        check_cards(cards)
        check_envelope(envelope)
        check_receipt(receipt, envelope["digest"])
        check_request(request, envelope["letter"])
    except (InvalidSignature, InvalidTag, InvalidUnwrap, KeyError, ValueError) as error:
        print(f"exchange: not as expected: {type(error).__name__} {error}")
        return 1
    print("exchange: cards, envelope, receipt and request as expected")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
