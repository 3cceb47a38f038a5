from collections.abc import Iterator, Sequence
from dataclasses import replace

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from tracemark.recordkeeping.checkpoints import Checkpoint, VerifierKey, sign_checkpoint, verify_checkpoint
from tracemark.recordkeeping.comparison import Fault, FaultKind
from tracemark.recordkeeping.tiles import Tile, grow
from tracemark.recordkeeping.trees import Frontier, leaf_hashes, subtree_root
from tracemark.recordkeeping.verification import LINE_BREAK, Found, Verification, find, verify_log

ORIGIN = "tv.example/record"


class SeededSigner:
    """A key that is the same in each run."""

    def __init__(self, name: str = ORIGIN, seed: int = 7) -> None:
        self.name = name
        self._key = Ed25519PrivateKey.from_private_bytes(bytes([seed]) * 32)
        self.public_key = self._key.public_key().public_bytes_raw()

    def sign(self, message: bytes) -> bytes:
        return self._key.sign(message)


def verify_ed25519(public_key: bytes, message: bytes, signature: bytes) -> bool:
    try:
        Ed25519PublicKey.from_public_bytes(public_key).verify(signature, message)
    except InvalidSignature:
        return False
    return True


class KeptSeal:
    """Tiles and pending hashes as a store keeps them, open to whoever would tamper with them."""

    def __init__(self) -> None:
        self.tiles: dict[tuple[int, int], Tile] = {}
        self.pendings: list[tuple[int, bytes]] = []
        self.read: list[tuple[int, int]] = []

    def tile(self, level: int, index: int) -> Tile | None:
        self.read.append((level, index))
        return self.tiles.get((level, index))

    def roots(self, level: int, first: int, count: int) -> list[bytes]:
        kept: list[bytes] = []
        while len(kept) < count and (tile := self.tiles.get((level, first + len(kept)))):
            kept.append(tile.root)
        return kept

    def pending(self, first: int) -> bytes:
        return b"".join(pending for size, pending in self.pendings if size > first)

    def keep(self, frontier: Frontier, leaves: Sequence[bytes]) -> Frontier:
        growth = grow(frontier, leaves, self)
        self.tiles |= {(tile.level, tile.index): tile for tile in growth.tiles}
        self.pendings.append((growth.frontier.size, growth.pending))
        return growth.frontier


class SealedLog:
    """A record of invented bodies, sealed in batches; each test then does to it what should be found out."""

    def __init__(self, sizes: Sequence[int]) -> None:
        self.seal, self.checkpoints, frontier = KeptSeal(), list[Checkpoint](), Frontier()
        self.signer = SeededSigner()
        bodies = [b"event %d" % number for number in range(sum(sizes))]
        leaves = leaf_hashes(bodies)
        for size in sizes:
            frontier = self.seal.keep(frontier, leaves[frontier.size : frontier.size + size])
            unsigned = Checkpoint(ORIGIN, frontier.size, frontier.root)
            self.checkpoints.append(sign_checkpoint(unsigned, self.signer))
        self.rows = list(enumerate(bodies))

    def verify(self, against: Checkpoint | None = None, *, every_signature: bool = False) -> Verification:
        keys = [VerifierKey(ORIGIN, self.signer.public_key)]
        return verify_log(
            self.found(),
            self.seal,
            self.checkpoints,
            verify_signature=lambda checkpoint: verify_checkpoint(checkpoint, keys, verify_ed25519),
            against=against,
            every_signature=every_signature,
        )

    def found(self) -> Iterator[Found]:
        """What a store would find, in stretches that are no multiple of a tile."""
        for at in range(0, len(self.rows), 300):
            positions, bodies = zip(*self.rows[at : at + 300], strict=True)
            yield find((positions, LINE_BREAK.join(bodies)))

    def faults(self, against: Checkpoint | None = None) -> list[tuple[int | None, str, int | None]]:
        return [(each.event, str(each.fault), each.other) for each in self.verify(against).faults]

    def places(self) -> list[Fault]:
        return list(self.verify().faults)

    def change(self, at: int, body: bytes = b"forged") -> None:
        self.rows[at] = (self.rows[at][0], body)

    def renumber(self) -> None:
        self.rows = [(number, body) for number, (_, body) in enumerate(self.rows)]

    def swap(self, one: int, other: int) -> None:
        """Exchange what stands at two positions."""
        first, second = self.rows[one], self.rows[other]
        self.rows[one], self.rows[other] = (one, second[1]), (other, first[1])

    def edit_tile(self, at: int, leaf: bytes, *, root_too: bool) -> None:
        """Edit a sealed leaf in its tile, with or without the root kept with the tile."""
        tile = self.seal.tiles[0, at // 256]
        inside = at % 256 * 32
        hashes = tile.hashes[:inside] + leaf + tile.hashes[inside + 32 :]
        root = subtree_root([hashes[i : i + 32] for i in range(0, 8192, 32)]) if root_too else tile.root
        self.seal.tiles[0, at // 256] = replace(tile, hashes=hashes, root=root)

    def edit_pending(self, at: int, leaf: bytes) -> None:
        """Edit a sealed leaf that no full tile holds yet."""
        for number, (size, pending) in enumerate(self.seal.pendings):
            first = size - len(pending) // 32
            if first <= at < size:
                inside = (at - first) * 32
                self.seal.pendings[number] = (size, pending[:inside] + leaf + pending[inside + 32 :])


def fault(event: int, kind: FaultKind, other: int | None = None, place: str = "") -> Fault:
    return Fault(event, kind, other, place)
