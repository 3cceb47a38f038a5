from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from tracemark.recordkeeping.checkpoints import Checkpoint
from tracemark.recordkeeping.comparison import Fault, Lane, Stretch, compare, name_faults, sorted_faults
from tracemark.recordkeeping.seals import MOST_FAULTS, CheckSignature, Seal, Signatures
from tracemark.recordkeeping.tiles import TILE_BYTES, TileSource
from tracemark.recordkeeping.trees import TILE_WIDTH, leaf_hashes, subtree_root

LINE_BREAK = b"\n"
Rows = tuple[Sequence[int], bytes]
"""What is stored of several events: their positions, and the bodies, one a line. One with line breaks comes alone."""

_MOST_KNOWN = 1024


@dataclass(frozen=True, slots=True)
class Found:
    """Rows of the record, hashed: all that verification needs of them.

    `leaves` are their hashes side by side, `roots` those of the full tiles that `leaves` begins with, where the first
    row stands at the beginning of a tile.
    """

    positions: Sequence[int]
    leaves: bytes
    roots: tuple[bytes, ...] = ()


@dataclass(frozen=True, slots=True)
class Verification:
    """What became of checking a record. `events` counts the rows read; `faults` stand in the order of the record.

    `with_register` says whether the register's tables were compared with it, of which faults come last.

    `complete` is False when so much was found that the rest of the rows was not looked at.
    """

    events: int
    head: Checkpoint | None
    faults: tuple[Fault, ...]
    complete: bool = True
    with_register: bool = False

    @property
    def ok(self) -> bool:
        """Whether every row and the whole seal are as they were sealed."""
        return not self.faults and self.complete


def find(rows: Rows) -> Found:
    """Hash one row or more. Several processes may each find a part of the record."""
    positions, lines = rows
    hashes = leaf_hashes(lines.split(LINE_BREAK, len(positions) - 1))
    full = 0 if positions[0] % TILE_WIDTH else len(hashes) // TILE_WIDTH
    roots = tuple(subtree_root(hashes[at * TILE_WIDTH : (at + 1) * TILE_WIDTH]) for at in range(full))
    return Found(positions, b"".join(hashes), roots)


def verify_log(
    found: Iterable[Found],
    tiles: TileSource,
    checkpoints: Iterable[Checkpoint],
    *,
    verify_signature: CheckSignature,
    against: Checkpoint | None = None,
    every_signature: bool = False,
    origin: str = "",
) -> Verification:
    """Verify a record in one reading: what was found by position, checkpoints by size.

    Each row is compared with what was sealed, the root with each checkpoint of its size, the signature of the newest
    checkpoint (of each, with `every_signature`; always of one whose root differs), and all that with a checkpoint
    `against` kept elsewhere, of which the record must be the growth. With `origin`, each checkpoint must bear it.
    """
    roots: dict[bytes, bytes] = {}
    rows = Lane(_noted(found, roots))
    signatures = Signatures(verify_signature, every=every_signature, origin=origin)
    seal = Seal(tiles, checkpoints, signatures, against, roots, rows)
    leaves = Lane(seal.stretches())
    edits = list(islice(compare(rows, leaves), MOST_FAULTS))
    complete = len(edits) < MOST_FAULTS
    while leaves.fill(1):
        leaves.drop(len(leaves.positions))
    edits, faults = seal.judge(edits)
    faults += name_faults(edits, seal.size)
    return Verification(rows.read, seal.head, tuple(sorted_faults(faults)), complete and seal.complete)


def _noted(found: Iterable[Found], roots: dict[bytes, bytes]) -> Iterator[Stretch]:
    """Pass on the hashes, and note the roots of tiles until the seal has asked for them."""
    for each in found:
        if len(roots) > _MOST_KNOWN:
            roots.clear()
        for at, root in enumerate(each.roots):
            roots[each.leaves[at * TILE_BYTES : (at + 1) * TILE_BYTES]] = root
        yield each.positions, each.leaves
