"""Verifies proofs that travel by the definitions of C2SP and RFC 9162, and shares no line with Tracemark.

`python second_verifier.py FILE KEYS LEAST` prints the event, or stops at what is wrong; `python second_verifier.py
proofs.json` does so with every case of the vectors. `python second_verifier.py answer FILE LEAST` verifies an answer of
one State to another as `tracemark request evidence` prints it: its signature, that it is what the State's record holds
the fingerprint of, the proof of that, and at least so many witnesses. Needs Python and the `cryptography` library.
"""

import base64
import hashlib
import json
import sys
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey


def main(arguments: list[str]) -> None:
    if arguments[0] == "answer":
        told = json.loads(Path(arguments[1]).read_text(encoding="utf-8"))
        print(json.dumps(answer(told, int(arguments[2])), ensure_ascii=False, sort_keys=True))
        return
    if len(arguments) == 1:
        vectors = json.loads(Path(arguments[0]).read_text(encoding="utf-8"))
        for name, case in vectors["cases"].items():
            found = outcome(case["proof"], vectors["keys"], case["least"])
            expected = base64.b64decode(case["event"]) if case["good"] else None
            expect(found == expected, name)
        print(f"{len(vectors['cases'])} proofs: as expected")
        return
    proof, keys, least = arguments
    read = [line for line in Path(keys).read_text(encoding="utf-8").splitlines() if line]
    event = outcome(Path(proof).read_text(encoding="utf-8"), read, int(least))
    expect(event is not None, "proof")
    print(str(event, "utf-8") if event else "")


def answer(told: dict[str, Any], least: int) -> dict[str, Any]:
    """Return what a State answered, once its signature, its place in the record and its witnesses are shown."""
    header, payload, signature = told["document"].split(".")
    signer = bytes.fromhex(told["signer"])
    expect(json.loads(unpadded(header))["kid"] == hashlib.sha256(signer).hexdigest()[:32], "signer of the answer")
    try:
        Ed25519PublicKey.from_public_bytes(signer).verify(unpadded(signature), f"{header}.{payload}".encode())
    except InvalidSignature:
        sys.exit("signature of the answer: not as expected")
    letter: dict[str, Any] = json.loads(unpadded(payload))
    logs = [key for key in told["keys"] if base64.b64decode(key.split("+", 2)[2])[0] == 1]
    expect(all(key.startswith(f"{letter['from']}+") for key in logs), "record of who answers")
    event = outcome(told["proof"], told["keys"], least)
    expect(event is not None, "proof of the answer")
    sealed = json.loads(event or b"{}")
    canonical = json.dumps(letter["body"], ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
    expect(sealed["kind"] == "inquiry_attested", "kind of the event")
    expect(sealed["details"]["about"] == letter["id"], "answer that the event is about")
    expect(sealed["details"]["fingerprint"] == sha(canonical).hex(), "fingerprint of the answer")
    return letter


def unpadded(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def outcome(text: str, keys: list[str], least: int) -> bytes | None:
    """Return the event a proof shows, or None where it shows nothing."""
    above, _, note = text.partition("\n\n")
    first, extra, index, *path = above.split("\n")
    body, _, lines = note.rpartition("\n\n")
    origin, size, root = body.split("\n")[:3]
    if first != "c2sp.org/tlog-proof@v1" or not extra.startswith("extra ") or not index.startswith("index "):
        return None
    event = base64.b64decode(extra.removeprefix("extra "))
    signed = signers(f"{body}\n", lines.splitlines(), keys)
    if signed is None or (origin, 1) not in signed or sum(kind == 4 for _, kind in signed) < least:
        return None
    hashes = [base64.b64decode(each) for each in path]
    place, count = int(index.removeprefix("index ")), int(size)
    return event if leads(sha(b"\x00" + event), place, count, hashes) == base64.b64decode(root) else None


def signers(body: str, lines: list[str], keys: list[str]) -> set[tuple[str, int]] | None:
    """Return name and kind of each known key that signed; None where a known key's signature is not its own."""
    known, found = {}, set()
    for key in keys:
        name, key_id, coded = key.split("+", 2)
        material = base64.b64decode(coded)
        expect(sha(name.encode() + b"\n" + material)[:4].hex() == key_id, f"id of {name}")
        known[name, bytes.fromhex(key_id)] = material
    for line in lines:
        name, coded = line.removeprefix("\u2014 ").split(" ")
        signature = base64.b64decode(coded)
        if (name, signature[:4]) not in known:
            continue
        material = known[name, signature[:4]]
        message, signature = body.encode(), signature[4:]
        if material[0] == 4:
            time = int.from_bytes(signature[:8], "big")
            message, signature = f"cosignature/v1\ntime {time}\n".encode() + message, signature[8:]
        try:
            Ed25519PublicKey.from_public_bytes(material[1:]).verify(signature, message)
        except InvalidSignature:
            return None
        found.add((name, material[0]))
    return found


def leads(leaf: bytes, index: int, size: int, path: list[bytes]) -> bytes | None:
    """Return the root that a path leads to, by the recursion of RFC 9162 2.1.3.1 read backwards."""
    if index >= size:
        return None
    if size == 1:
        return leaf if not path else None
    if not path:
        return None
    half = 1
    while half * 2 < size:
        half *= 2
    left = index < half
    inner = leads(leaf, index if left else index - half, half if left else size - half, path[:-1])
    if inner is None:
        return None
    return sha(b"\x01" + inner + path[-1]) if left else sha(b"\x01" + path[-1] + inner)


def sha(data: bytes) -> bytes:
    return hashlib.sha256(data).digest()


def expect(holds: bool, what: str) -> None:
    if not holds:
        sys.exit(f"{what}: not as expected")


if __name__ == "__main__":
    main(sys.argv[1:])
