"""Verifies `log.json` by the definitions of RFC 9162 and C2SP, and shares no line with Tracemark.

`python second_verifier.py log.json` prints what it verified, or stops at what is wrong.
Needs Python and the `cryptography` library.
"""

import base64
import hashlib
import json
import sys
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey


def main(path: str) -> None:
    log = json.loads(Path(path).read_text(encoding="utf-8"))
    leaves = [sha(b"\x00" + body.encode()) for body in log["bodies"]]
    expect([leaf.hex() for leaf in leaves] == log["leaves"], "leaves")
    for size, root in log["roots"].items():
        expect(tree(leaves[: int(size)]).hex() == root, f"root at {size}")
    for proof in log["inclusion"]:
        expect(hexes(path_of(proof["index"], leaves[: proof["size"]])) == proof["path"], f"inclusion {proof['index']}")
    for proof in log["consistency"]:
        found = subproof(proof["old"], leaves[: proof["new"]], whole=True)
        expect(hexes(found) == proof["path"], f"consistency {proof['old']} to {proof['new']}")
    for name, hashes in log["tiles"].items():
        expect(tile(name, leaves).hex() == hashes, name)
    checkpoint(log["checkpoint"], log["keys"], leaves)
    print(f"{len(leaves)} events, root {tree(leaves).hex()}: verified")


def sha(data: bytes) -> bytes:
    return hashlib.sha256(data).digest()


def half(count: int) -> int:
    """The largest power of two smaller than `count`."""
    power = 1
    while power * 2 < count:
        power *= 2
    return power


def tree(leaves: list[bytes]) -> bytes:
    """MTH of RFC 9162 2.1.1, given leaf hashes."""
    if not leaves:
        return sha(b"")
    if len(leaves) == 1:
        return leaves[0]
    k = half(len(leaves))
    return sha(b"\x01" + tree(leaves[:k]) + tree(leaves[k:]))


def path_of(index: int, leaves: list[bytes]) -> list[bytes]:
    """PATH of RFC 9162 2.1.3.1."""
    if len(leaves) == 1:
        return []
    k = half(len(leaves))
    if index < k:
        return [*path_of(index, leaves[:k]), tree(leaves[k:])]
    return [*path_of(index - k, leaves[k:]), tree(leaves[:k])]


def subproof(old: int, leaves: list[bytes], *, whole: bool) -> list[bytes]:
    """SUBPROOF of RFC 9162 2.1.4.1; `whole` is its third argument."""
    if old == len(leaves):
        return [] if whole else [tree(leaves)]
    k = half(len(leaves))
    if old <= k:
        return [*subproof(old, leaves[:k], whole=whole), tree(leaves[k:])]
    return [*subproof(old - k, leaves[k:], whole=False), tree(leaves[:k])]


def place(name: str) -> tuple[int, int]:
    """The index and width of which C2SP tlog-tiles makes the last part of a path."""
    digits, _, width = name.partition(".p/")
    return int("".join(part.lstrip("x") for part in digits.split("/"))), int(width or 256)


def tile(name: str, leaves: list[bytes]) -> bytes:
    """The hashes of a tile by the formula of C2SP tlog-tiles."""
    _, level, rest = name.split("/", 2)
    index, width = place(rest)
    span = 256 ** int(level)
    starts = range(index * 256 * span, (index * 256 + width) * span, span)
    return b"".join(tree(leaves[start : start + span]) for start in starts)


def checkpoint(note: str, keys: list[str], leaves: list[bytes]) -> None:
    """Check the checkpoint's text and that each key signed it, as C2SP signed-note and tlog-cosignature say."""
    body, _, signatures = note.rpartition("\n\n")
    origin, size, root = body.split("\n")
    expect(int(size) == len(leaves) and base64.b64decode(root) == tree(leaves), f"checkpoint of {origin}")
    lines = dict(line.removeprefix("— ").split(" ") for line in signatures.splitlines())
    for key in keys:
        name, key_id, coded = key.split("+", 2)
        material = base64.b64decode(coded)
        expect(sha(name.encode() + b"\n" + material)[:4].hex() == key_id, f"id of {name}")
        signed = base64.b64decode(lines[name])
        expect(signed[:4].hex() == key_id, f"key of {name}")
        message, signature = f"{body}\n".encode(), signed[4:]
        if material[0] == 4:
            time = int.from_bytes(signature[:8], "big")
            message, signature = f"cosignature/v1\ntime {time}\n".encode() + message, signature[8:]
        Ed25519PublicKey.from_public_bytes(material[1:]).verify(signature, message)


def hexes(hashes: list[bytes]) -> list[str]:
    return [each.hex() for each in hashes]


def expect(holds: bool, what: str) -> None:
    if not holds:
        sys.exit(f"wrong: {what}")


if __name__ == "__main__":
    main(sys.argv[1])
