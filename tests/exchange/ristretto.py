"""Ristretto255 and the VOPRF of RFC 9497 in plain Python, written from RFC 9496 and RFC 9497: slow, and for tests only.

It shares nothing with the library in use; what both agree on, and the RFC's vectors, is what is checked.
"""

import hashlib
from dataclasses import dataclass

P = 2**255 - 19
ORDER = 2**252 + 27742317777372353535851937790883648493
D = (-121665 * pow(121666, P - 2, P)) % P
ROOT = pow(2, (P - 1) // 4, P)
CONTEXT = b"OPRFV1-\x01-ristretto255-SHA512"


def negative(value: int) -> bool:
    return bool(value % P & 1)


def magnitude(value: int) -> int:
    return -value % P if negative(value) else value % P


def root_of_ratio(over: int, under: int) -> tuple[bool, int]:
    """RFC 9496 4.2, SQRT_RATIO_M1."""
    third = under**3 % P
    root = over * third * pow(over * third * third * under, (P - 5) // 8, P) % P
    check = under * root * root % P
    square, flipped, flipped_i = check == over % P, check == -over % P, check == -over * ROOT % P
    if flipped or flipped_i:
        root = root * ROOT % P
    return square or flipped, magnitude(root)


ONE_OVER_ROOT = root_of_ratio(1, -1 - D)[1]
ROOT_AD = 25063068953384623474111414158702152701244531502492656460079210482610430750235


@dataclass(frozen=True)
class Point:
    """A point of the Edwards curve in extended coordinates; equality is that of the group."""

    x: int
    y: int
    z: int
    t: int

    def __add__(self, other: "Point") -> "Point":
        a, b = (self.y - self.x) * (other.y - other.x), (self.y + self.x) * (other.y + other.x)
        c, d = 2 * self.t * other.t * D, 2 * self.z * other.z
        e, f, g, h = b - a, d - c, d + c, b + a
        return Point(e * f % P, g * h % P, f * g % P, e * h % P)

    def __mul__(self, scalar: int) -> "Point":
        found, doubled = IDENTITY, self
        scalar %= ORDER
        while scalar:
            if scalar & 1:
                found += doubled
            doubled += doubled
            scalar >>= 1
        return found

    def encode(self) -> bytes:
        """RFC 9496 4.3.2."""
        first, second = (self.z + self.y) * (self.z - self.y), self.x * self.y
        inverse = root_of_ratio(1, first * second * second % P)[1]
        left, right = inverse * first % P, inverse * second % P
        over_z = left * right * self.t % P
        if negative(self.t * over_z):
            x, y, under = self.y * ROOT % P, self.x * ROOT % P, left * ONE_OVER_ROOT % P
        else:
            x, y, under = self.x, self.y, right
        if negative(x * over_z):
            y = -y
        return magnitude(under * (self.z - y)).to_bytes(32, "little")

    @classmethod
    def decode(cls, encoded: bytes) -> "Point":
        """RFC 9496 4.3.1."""
        s = int.from_bytes(encoded, "little")
        if s >= P or negative(s):
            raise ValueError("not an element")
        u1, u2 = (1 - s * s) % P, (1 + s * s) % P
        v = (-D * u1 * u1 - u2 * u2) % P
        square, inverse = root_of_ratio(1, v * u2 * u2 % P)
        x = magnitude(2 * s * inverse * u2)
        y = u1 * inverse * inverse * u2 * v % P
        t = x * y % P
        if not square or negative(t) or y == 0:
            raise ValueError("not an element")
        return cls(x, y, 1, t)


IDENTITY = Point(0, 1, 1, 0)
BASE = Point.decode(bytes.fromhex("e2f2ae0a6abc4e71a884a961c500515f58e30b6aa582dd8db6a65945e08d2d76"))


def mapped(half: bytes) -> Point:
    """RFC 9496 4.3.4, MAP."""
    t = int.from_bytes(half, "little") % 2**255 % P
    r = ROOT * t * t % P
    u = (r + 1) * (1 - D * D) % P
    v = (-1 - r * D) * (r + D) % P
    square, s = root_of_ratio(u, v)
    if not square:
        s = -magnitude(s * t) % P
    c = -1 if square else r
    n = (c * (r - 1) * (D - 1) ** 2 - v) % P
    w = 2 * s * v % P, n * ROOT_AD % P, (1 - s * s) % P, (1 + s * s) % P
    return Point(w[0] * w[3] % P, w[2] * w[1] % P, w[1] * w[3] % P, w[0] * w[2] % P)


def expanded(message: bytes, tag: bytes, length: int = 64) -> bytes:
    """RFC 9380 5.3.1, expand_message_xmd with SHA-512."""
    tag += bytes([len(tag)])
    first = hashlib.sha512(bytes(128) + message + length.to_bytes(2, "big") + b"\0" + tag).digest()
    return hashlib.sha512(first + b"\1" + tag).digest()[:length]


def element_of(message: bytes) -> Point:
    uniform = expanded(message, b"HashToGroup-" + CONTEXT)
    return mapped(uniform[:32]) + mapped(uniform[32:])


def scalar_of(message: bytes, tag: bytes = b"HashToScalar-") -> int:
    return int.from_bytes(expanded(message, tag + CONTEXT), "little") % ORDER


def framed(*parts: bytes) -> bytes:
    return b"".join(len(each).to_bytes(2, "big") + each for each in parts)


def secret_key(seed: bytes, info: bytes) -> int:
    """RFC 9497 3.2.1, DeriveKeyPair."""
    return scalar_of(seed + framed(info) + b"\0", b"DeriveKeyPair")


def output(message: bytes, unblinded: Point) -> bytes:
    """RFC 9497 3.3.1, the end of Finalize."""
    return hashlib.sha512(framed(message, unblinded.encode()) + b"Finalize").digest()


def proves(public: bytes, blinded: list[bytes], evaluated: list[bytes], proof: bytes) -> bool:
    """RFC 9497 2.2.2, VerifyProof."""
    seed = hashlib.sha512(framed(public, b"Seed-" + CONTEXT)).digest()
    weighted = IDENTITY, IDENTITY
    for place, (one, other) in enumerate(zip(blinded, evaluated, strict=True)):
        weight = scalar_of(framed(seed) + place.to_bytes(2, "big") + framed(one, other) + b"Composite")
        weighted = weighted[0] + Point.decode(one) * weight, weighted[1] + Point.decode(other) * weight
    c, s = (int.from_bytes(proof[at : at + 32], "little") for at in (0, 32))
    first = BASE * s + Point.decode(public) * c
    second = weighted[0] * s + weighted[1] * c
    told = framed(public, *(each.encode() for each in (*weighted, first, second))) + b"Challenge"
    return scalar_of(told) == c
