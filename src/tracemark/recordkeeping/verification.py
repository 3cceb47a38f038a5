from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from tracemark.recordkeeping.checkpoints import Checkpoint
from tracemark.recordkeeping.comparison import Fault, Lane, Stretch, compare, name_faults, sorted_faults
from tracemark.recordkeeping.seals import MOST_FAULTS, CheckSignature, Seal, Signatures
from tracemark.recordkeeping.tiles import TileSource
from tracemark.recordkeeping.trees import leaf_hashes

Rows = tuple[Sequence[int], Sequence[bytes]]
"""What is stored of several events, by position: where each stands, and the bytes that stand there."""


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


def verify_log(
    rows: Iterable[Rows],
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
    found = Lane(_hashed(rows))
    seal = Seal(tiles, checkpoints, Signatures(verify_signature, every=every_signature), against, found)
    leaves = Lane(seal.stretches())
    edits = list(islice(compare(found, leaves), MOST_FAULTS))
    complete = len(edits) < MOST_FAULTS
    while leaves.fill(1):
        leaves.drop(len(leaves.positions))
    edits, faults = seal.judge(edits)
    faults += name_faults(edits, seal.size)
    return Verification(found.read, seal.head, tuple(sorted_faults(faults)), complete and seal.complete)


def _hashed(rows: Iterable[Rows]) -> Iterator[Stretch]:
    return ((positions, b"".join(leaf_hashes(bodies))) for positions, bodies in rows)
