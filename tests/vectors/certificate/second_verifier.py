"""Verifies end-user certificates by RFC 7515 and RFC 8032, and shares no line with Tracemark.

`python second_verifier.py TOKEN KEY DAY` prints the certificate, or stops at what is wrong; `python second_verifier.py
certificates.json` does so with every case of the vectors. Needs Python and nothing else: Ed25519 is written out below.
"""

import base64
import hashlib
import json
import sys
from pathlib import Path
from typing import Any

P = 2**255 - 19
Q = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
Point = tuple[int, int, int, int]


def main(arguments: list[str]) -> None:
    if len(arguments) == 1:
        vectors = json.loads(Path(arguments[0]).read_text(encoding="utf-8"))
        for name, case in vectors["cases"].items():
            expect(outcome(case["token"], vectors["key"], case["on"]) == case.get("contents"), name)
        print(f"{len(vectors['cases'])} certificates: as expected")
        return
    found = outcome(*arguments)
    expect(found is not None, "certificate")
    print(json.dumps(found, ensure_ascii=False))


def outcome(token: str, key: str, on: str) -> dict[str, Any] | None:
    """Return what the certificate says, or None where it is not good."""
    header, contents, signature = token.split(".")
    told, said = json.loads(unbase64(header)), json.loads(unbase64(contents))
    _, _, material = key.split("+", 2)
    public = base64.b64decode(material)[1:]
    good = (
        told["alg"] == "EdDSA"
        and told["typ"] == "euc+jws"
        and verifies(public, f"{header}.{contents}".encode(), unbase64(signature))
        and said["office_from"] <= said["issued_on"] <= said["office_until"]
        and said["issued_on"] <= on <= said["valid_until"]
    )
    return said if good else None


def unbase64(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def verifies(public: bytes, message: bytes, signature: bytes) -> bool:
    """Whether a signature is good: 8·S·B = 8·R + 8·k·A (RFC 8032 5.1.7)."""
    if len(signature) != 64:
        return False
    s = int.from_bytes(signature[32:], "little")
    key, commitment = decompressed(public), decompressed(signature[:32])
    if key is None or commitment is None or s >= Q:
        return False
    k = int.from_bytes(hashlib.sha512(signature[:32] + public + message).digest(), "little") % Q
    base = decompressed((4 * pow(5, P - 2, P) % P).to_bytes(32, "little"))
    assert base is not None
    return same(times(8 * s, base), add(times(8, commitment), times(8 * k, key)))


def decompressed(encoded: bytes) -> Point | None:
    y = int.from_bytes(encoded, "little")
    sign, y = y >> 255, y & ((1 << 255) - 1)
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * pow(2, (P - 1) // 4, P) % P
    if y >= P or (x * x - square) % P or (x == 0 and sign):
        return None
    x = P - x if x & 1 != sign else x
    return x, y, 1, x * y % P


def add(one: Point, other: Point) -> Point:
    a = (one[1] - one[0]) * (other[1] - other[0]) % P
    b = (one[1] + one[0]) * (other[1] + other[0]) % P
    c, d = 2 * one[3] * other[3] * D % P, 2 * one[2] * other[2] % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % P, g * h % P, f * g % P, e * h % P


def times(count: int, point: Point) -> Point:
    found: Point = (0, 1, 1, 0)
    while count:
        if count & 1:
            found = add(found, point)
        point, count = add(point, point), count >> 1
    return found


def same(one: Point, other: Point) -> bool:
    return (one[0] * other[2] - other[0] * one[2]) % P == 0 and (one[1] * other[2] - other[1] * one[2]) % P == 0


def expect(held: bool, what: str) -> None:
    if not held:
        sys.exit(f"{what}: not as expected")


if __name__ == "__main__":
    main(sys.argv[1:])
