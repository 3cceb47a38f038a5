import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

HASH_BYTES = 32
MOST_PROOF_LINES = 63
"""So many hashes a proof has at the most, whatever the size of the record."""
TILE_HEIGHT = 8
TILE_WIDTH = 1 << TILE_HEIGHT
EMPTY_ROOT = hashlib.sha256(b"").digest()


class ProofRefused(ValueError):
    """A proof that does not lead to the root it was given for. What it was meant to show is not shown."""


class HashSource(Protocol):
    """Where the hashes of a sealed tree are read, a tile's row at a time."""

    def hashes(self, level: int, first: int, count: int) -> Sequence[bytes]:
        """Return `count` consecutive subtree hashes, each over 256**`level` events, from the subtree numbered `first`.

        A caller never asks across the border of a tile: `first` // 256 holds for all of them.
        """
        ...


def leaf_hash(body: bytes) -> bytes:
    """Return the hash of one event's canonical bytes. Source: RFC 9162 2.1.1."""
    return hashlib.sha256(b"\x00" + body).digest()


def leaf_hashes(bodies: Iterable[bytes]) -> list[bytes]:
    """Return the hash of each event, in order; the loop of bulk intake and verification."""
    sha256 = hashlib.sha256
    return [sha256(b"\x00" + body).digest() for body in bodies]


def node_hash(left: bytes, right: bytes) -> bytes:
    """Return the hash of an inner node. Source: RFC 9162 2.1.1."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def subtree_root(hashes: Sequence[bytes]) -> bytes:
    """Return the root over a perfect subtree, whose number of hashes is a power of two."""
    sha256 = hashlib.sha256
    level: Sequence[bytes] = hashes
    while len(level) > 1:
        each = iter(level)
        level = [sha256(b"\x01" + left + right).digest() for left, right in zip(each, each, strict=True)]
    return level[0]


def joined_root(hashes: bytes) -> bytes:
    """Return the root over a perfect subtree given as one byte string of 32-byte hashes, such as a full tile."""
    if len(hashes) == HASH_BYTES:
        return hashes
    sha256 = hashlib.sha256
    return subtree_root([sha256(b"\x01" + hashes[at : at + 64]).digest() for at in range(0, len(hashes), 64)])


def split_hashes(joined: bytes) -> list[bytes]:
    """Return the 32-byte hashes that `joined` is made of."""
    return [joined[at : at + HASH_BYTES] for at in range(0, len(joined), HASH_BYTES)]


def edge_root(edge: Sequence[bytes]) -> bytes:
    """Return the root over perfect subtrees that stand side by side, the largest first."""
    if not edge:
        return EMPTY_ROOT
    root = edge[-1]
    for left in reversed(edge[:-1]):
        root = node_hash(left, root)
    return root


@dataclass(frozen=True, slots=True)
class Frontier:
    """The right edge of a growing tree: its size and the roots of its perfect subtrees, the largest first.

    This is all that is needed to append and to know the root. There is one hash for each bit set in `size`.
    """

    size: int = 0
    hashes: tuple[bytes, ...] = ()

    def __post_init__(self) -> None:
        if len(self.hashes) != self.size.bit_count() or any(len(each) != HASH_BYTES for each in self.hashes):
            raise ValueError(f"not the right edge of a tree of {self.size}: {len(self.hashes)} hashes")

    @classmethod
    def from_bytes(cls, size: int, kept: bytes) -> "Frontier":
        """Read what `to_bytes` wrote.

        Raises:
            ValueError: the bytes are not the right edge of a tree of that size.
        """
        return cls(size, tuple(split_hashes(kept)))

    def to_bytes(self) -> bytes:
        """Write the hashes side by side, 32 bytes each; the size is kept beside them."""
        return b"".join(self.hashes)

    @property
    def root(self) -> bytes:
        """The root of the tree at this size; that of the empty tree is the hash of nothing."""
        return edge_root(self.hashes)

    def join(self, subtree: bytes, height: int) -> "Frontier":
        """Append a perfect subtree of 2**`height` events by its root alone. The size must be a multiple of that."""
        edge = list(self.hashes)
        self._push(edge, self.size, subtree, height)
        return Frontier(self.size + (1 << height), tuple(edge))

    def extend(self, leaves: Sequence[bytes]) -> "Frontier":
        """Append leaf hashes, at about one hash each."""
        edge, size, taken = list(self.hashes), self.size, 0
        while taken < len(leaves):
            height = min(_alignment(size), (len(leaves) - taken).bit_length() - 1)
            upto = taken + (1 << height)
            self._push(edge, size, subtree_root(leaves[taken:upto]), height)
            size, taken = size + upto - taken, upto
        return Frontier(size, tuple(edge))

    @staticmethod
    def _push(edge: list[bytes], size: int, subtree: bytes, height: int) -> None:
        if size & ((1 << height) - 1):
            raise ValueError(f"a subtree of height {height} cannot follow {size} events")
        carried = size >> height
        while carried & 1:
            subtree = node_hash(edge.pop(), subtree)
            carried >>= 1
        edge.append(subtree)


def inclusion_proof(index: int, size: int, source: HashSource) -> list[bytes]:
    """Return the hashes that lead from the event at `index` (from 0) to the root at `size`, lowest first.

    Raises:
        IndexError: the tree of that size has no such event.

    Source: RFC 9162 2.1.3.1.
    """
    if not 0 <= index < size:
        raise IndexError(f"no event {index} in a tree of {size}")
    proof: list[bytes] = []
    start, end = 0, size
    while end - start > 1:
        middle = start + _split(end - start)
        if index < middle:
            proof.append(_range_root(middle, end, source))
            end = middle
        else:
            proof.append(_range_root(start, middle, source))
            start = middle
    return proof[::-1]


def consistency_proof(old_size: int, new_size: int, source: HashSource) -> list[bytes]:
    """Return the hashes which show that the tree at `old_size` is the beginning of the tree at `new_size`.

    Raises:
        IndexError: the older tree is empty or not the smaller.

    Source: RFC 9162 2.1.4.1.
    """
    if not 0 < old_size <= new_size:
        raise IndexError(f"no proof from {old_size} to {new_size}")
    proof: list[bytes] = []
    start, end = 0, new_size
    while old_size != end:
        middle = start + _split(end - start)
        if old_size <= middle:
            proof.append(_range_root(middle, end, source))
            end = middle
        else:
            proof.append(_range_root(start, middle, source))
            start = middle
    if start:
        proof.append(_range_root(start, end, source))
    return proof[::-1]


def verify_inclusion(leaf: bytes, index: int, size: int, root: bytes, proof: Sequence[bytes]) -> None:
    """Show that `leaf` is the event at `index` (from 0) of the tree with that size and root.

    Raises:
        ProofRefused: it is not shown.

    Source: RFC 9162 2.1.3.2.
    """
    if not 0 <= index < size:
        raise ProofRefused(f"no event {index} in a tree of {size}")
    at, last, reached = index, size - 1, leaf
    for each in proof:
        if not last or len(each) != HASH_BYTES:
            raise ProofRefused("the proof is too long or holds what is no hash")
        if at & 1 or at == last:
            reached = node_hash(each, reached)
            while not at & 1 and at:
                at, last = at >> 1, last >> 1
        else:
            reached = node_hash(reached, each)
        at, last = at >> 1, last >> 1
    if last or reached != root:
        raise ProofRefused(f"the proof does not lead from event {index} to the root at {size}")


def verify_consistency(old_size: int, new_size: int, old_root: bytes, new_root: bytes, proof: Sequence[bytes]) -> None:
    """Show that the record with the old root only grew into the record with the new root.

    Raises:
        ProofRefused: it is not shown.

    Source: RFC 9162 2.1.4.2.
    """
    if not 0 < old_size <= new_size or any(len(each) != HASH_BYTES for each in proof):
        raise ProofRefused(f"no proof from {old_size} to {new_size}")
    if old_size == new_size:
        old, new, last = old_root, new_root, len(proof)
    else:
        old, new, last = _walk_consistency(old_size, new_size, old_root, proof)
    if last or old != old_root or new != new_root or (old_size == new_size and old != new):
        raise ProofRefused(f"the record of {new_size} events is not shown to grow from that of {old_size}")


def _walk_consistency(
    old_size: int, new_size: int, old_root: bytes, proof: Sequence[bytes]
) -> tuple[bytes, bytes, int]:
    """Return the two roots that the proof leads to, and 0 when it led all the way."""
    path = [old_root, *proof] if old_size.bit_count() == 1 else list(proof)
    shift = _alignment(old_size)
    at, last = (old_size - 1) >> shift, (new_size - 1) >> shift
    if not path:
        raise ProofRefused("the proof is empty")
    old = new = path[0]
    for each in path[1:]:
        if not last:
            raise ProofRefused("the proof is too long")
        if at & 1 or at == last:
            old, new = node_hash(each, old), node_hash(each, new)
            while not at & 1 and at:
                at, last = at >> 1, last >> 1
        else:
            new = node_hash(new, each)
        at, last = at >> 1, last >> 1
    return old, new, last


def _alignment(size: int) -> int:
    """Return the height of the largest perfect subtree that may follow `size` events, at most 64."""
    return (size & -size).bit_length() - 1 if size else 64


def _split(width: int) -> int:
    """Return the largest power of two below `width`."""
    return 1 << ((width - 1).bit_length() - 1)


def root_at(size: int, source: HashSource) -> bytes:
    """Return the root over the first `size` events.

    Raises:
        LookupError: the seal does not hold their hashes.
    """
    return _range_root(0, size, source)


def _range_root(start: int, end: int, source: HashSource) -> bytes:
    """Return the root over events `start` to `end`, where `start` is aligned as in every proof."""
    edge: list[bytes] = []
    while start < end:
        height = (end - start).bit_length() - 1
        level, inner = divmod(height, TILE_HEIGHT)
        edge.append(subtree_root(source.hashes(level, start >> (TILE_HEIGHT * level), 1 << inner)))
        start += 1 << height
    return edge_root(edge)
