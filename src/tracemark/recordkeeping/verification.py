from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from tracemark.recordkeeping.checkpoints import Checkpoint
from tracemark.recordkeeping.comparison import Fault, FaultKind, Lane, Stretch, compare, name_faults, sorted_faults
from tracemark.recordkeeping.seals import MOST_FAULTS, CheckSignature, Seal, Signatures
from tracemark.recordkeeping.tiles import TILE_BYTES, TileSource
from tracemark.recordkeeping.trees import HASH_BYTES, TILE_WIDTH, joined_root, leaf_hashes

Row = tuple[int, bytes, bytes]
"""Position, canonical bytes, and the leaf hash kept beside them (empty where the store keeps none)."""

_AT_ONCE = TILE_WIDTH
_MOST_KNOWN = 4096


@dataclass(frozen=True, slots=True)
class Found:
    """Rows of the record, hashed: what `find` makes of them, and all that verification needs of them.

    `altered` are positions whose row bears a leaf hash that is not its own. `roots`, where asked for, are the roots of
    the full tiles that `leaves` begins with.
    """

    positions: Sequence[int]
    leaves: bytes
    altered: tuple[int, ...] = ()
    roots: tuple[bytes, ...] = ()


@dataclass(frozen=True, slots=True)
class Verification:
    """What became of checking a record. `events` counts the rows read; `faults` stand in the order of the record.

    `complete` is False when so much was found that the rest of the rows was not looked at.
    """

    events: int
    head: Checkpoint | None
    faults: tuple[Fault, ...]
    complete: bool = True

    @property
    def ok(self) -> bool:
        """Whether every row and the whole seal are as they were sealed."""
        return not self.faults and self.complete


def find(rows: Sequence[Row], *, roots: bool = False) -> Found:
    """Hash rows, a multiple of 256 of them at a time, from a multiple of 256 on.

    Several processes may each find a part of the record. With `roots`, the tiles' roots are computed here too, so that
    little is left to the process that verifies.
    """
    if not rows:
        return Found((), b"")
    positions, bodies, kept = zip(*rows, strict=True)
    hashes = leaf_hashes(bodies)
    leaves, kept_leaves = b"".join(hashes), b"".join(kept)
    altered: tuple[int, ...] = ()
    if kept_leaves and kept_leaves != leaves:
        pairs = zip(positions, hashes, kept, strict=True)
        altered = tuple(position for position, own, borne in pairs if borne and own != borne)
    tops: tuple[bytes, ...] = ()
    if roots and positions[0] % TILE_WIDTH == 0:
        full = len(leaves) // TILE_BYTES
        tops = tuple(joined_root(leaves[at * TILE_BYTES : (at + 1) * TILE_BYTES]) for at in range(full))
    return Found(positions, leaves, altered, tops)


def verify_log(
    rows: Iterable[Row],
    tiles: TileSource,
    checkpoints: Iterable[Checkpoint],
    *,
    verify_signature: CheckSignature,
    against: Checkpoint | None = None,
    every_signature: bool = False,
) -> Verification:
    """Verify a record in one reading: rows by position, checkpoints by size.

    Each row is compared with what was sealed, the root with each checkpoint of its size, the signature of the newest
    checkpoint (of each, with `every_signature`; always of one whose root differs), and all that with a checkpoint
    `against` kept elsewhere, of which the record must be the growth.
    """
    stream = iter(rows)
    found = iter(lambda: find(list(islice(stream, _AT_ONCE))), Found((), b""))
    return verify_found(
        found, tiles, checkpoints, verify_signature=verify_signature, against=against, every_signature=every_signature
    )


def verify_found(
    found: Iterable[Found],
    tiles: TileSource,
    checkpoints: Iterable[Checkpoint],
    *,
    verify_signature: CheckSignature,
    against: Checkpoint | None = None,
    every_signature: bool = False,
) -> Verification:
    """Verify a record whose rows are already hashed, in the order of their positions. Otherwise as `verify_log`."""
    reading = _Reading(found)
    rows = Lane(reading.stretches())
    seal = Seal(tiles, checkpoints, Signatures(verify_signature, every=every_signature), against, reading.roots, rows)
    leaves = Lane(seal.stretches())
    edits = list(islice(compare(rows, leaves), MOST_FAULTS))
    complete = len(edits) < MOST_FAULTS
    while leaves.fill(1):
        leaves.drop(len(leaves.positions))
    edits, faults = seal.judge(edits)
    named = {place for each in edits for place in (each.position, each.index)}
    faults += [Fault(each, FaultKind.LEAF_CHANGED) for each in reading.altered if each not in named]
    faults += name_faults(edits, seal.size)
    return Verification(reading.events, seal.head, tuple(sorted_faults(faults)), complete and seal.complete)


class _Reading:
    """Passes the rows found on in small stretches, and remembers what else was found."""

    def __init__(self, found: Iterable[Found]) -> None:
        self._found = found
        self.events = 0
        self.altered: list[int] = []
        self.roots: dict[bytes, bytes] = {}

    def stretches(self) -> Iterator[Stretch]:
        for each in self._found:
            self.events += len(each.positions)
            self.altered += each.altered[: MOST_FAULTS - len(self.altered)]
            if len(self.roots) > _MOST_KNOWN:
                self.roots.clear()
            for at, root in enumerate(each.roots):
                self.roots[each.leaves[at * TILE_BYTES : (at + 1) * TILE_BYTES]] = root
            for at in range(0, len(each.positions), _AT_ONCE):
                upto = at + _AT_ONCE
                yield each.positions[at:upto], each.leaves[at * HASH_BYTES : upto * HASH_BYTES]
