from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice

from tracemark.recordkeeping.checkpoints import Checkpoint, SignatureRefused
from tracemark.recordkeeping.comparison import (
    Fault,
    FaultKind,
    Lane,
    Stretch,
    compare,
    name_faults,
    sorted_faults,
)
from tracemark.recordkeeping.tiles import TILE_BYTES, TileSource, tile_path
from tracemark.recordkeeping.trees import (
    HASH_BYTES,
    TILE_WIDTH,
    Frontier,
    joined_root,
    leaf_hashes,
)

Row = tuple[int, bytes, bytes]
"""Position, canonical bytes, and the leaf hash kept beside them (empty where the store keeps none)."""

CheckSignature = Callable[[Checkpoint], object]
"""Raises SignatureRefused for a checkpoint that no known key signed."""

_AT_ONCE = 1024
_MOST_EDITS = 10_000
_MOST_EDGES = 16
_MOST_KNOWN = 4096
_UNKNOWN = bytes(HASH_BYTES)


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
    """Hash rows. Several processes may each find a part of the record, best 1,024 rows or a multiple from a multiple.

    With `roots`, the tiles' roots are computed here too, so that little is left to the process that verifies.
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
    seal = _Seal(tiles, checkpoints, _Signatures(verify_signature, every=every_signature), against, reading.roots, rows)
    leaves = Lane(seal.stretches())
    edits = list(islice(compare(rows, leaves), _MOST_EDITS))
    complete = len(edits) < _MOST_EDITS
    while leaves.fill(1):
        leaves.drop(len(leaves.positions))
    edits, faults = seal.judge(edits)
    named = {each.position for each in edits}
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
            self.altered += each.altered[: _MOST_EDITS - len(self.altered)]
            if len(self.roots) > _MOST_KNOWN:
                self.roots.clear()
            for at, root in enumerate(each.roots):
                self.roots[each.leaves[at * TILE_BYTES : (at + 1) * TILE_BYTES]] = root
            for at in range(0, len(each.positions), _AT_ONCE):
                upto = at + _AT_ONCE
                yield each.positions[at:upto], each.leaves[at * HASH_BYTES : upto * HASH_BYTES]


class _Signatures:
    """Checks signatures when there is reason to, and remembers the last answer."""

    def __init__(self, check: CheckSignature, *, every: bool) -> None:
        self._check = check
        self._last: tuple[Checkpoint, bool] | None = None
        self.every = every

    def refused(self, checkpoint: Checkpoint) -> bool:
        if self._last is None or self._last[0] is not checkpoint:
            try:
                self._check(checkpoint)
                self._last = checkpoint, False
            except SignatureRefused:
                self._last = checkpoint, True
        return self._last[1]


@dataclass(frozen=True, slots=True)
class _Edge:
    """A right edge the tree may have had; `chosen` are the roots by which doubtful tiles entered it."""

    frontier: Frontier = field(default_factory=Frontier)
    chosen: tuple[tuple[int, bytes], ...] = ()


@dataclass(frozen=True, slots=True)
class _Doubt:
    """A tile, full or pending, whose leaves do not lead to what was sealed above it.

    The fault lies among the events `first` to before `end`. `goal` is the root of a checkpoint inside the tile that the
    first `width` leaves miss, behind `left`; without one, the root that `_Edge.chosen` tells is the goal.
    """

    start: int
    leaves: bytes
    root: bytes
    first: int
    end: int
    left: Frontier
    goal: bytes | None
    width: int

    def __len__(self) -> int:
        return len(self.leaves) // HASH_BYTES

    @property
    def place(self) -> str:
        return tile_path(0, self.start // TILE_WIDTH, len(self))


class _Seal:
    """Reads the sealed leaves tile by tile, and checks them upwards: parents, roots, checkpoints."""

    def __init__(
        self,
        tiles: TileSource,
        checkpoints: Iterable[Checkpoint],
        signatures: _Signatures,
        against: Checkpoint | None,
        roots: dict[bytes, bytes],
        rows: Lane,
    ) -> None:
        self._tiles, self._checkpoints, self._signatures = tiles, iter(checkpoints), signatures
        self._against, self._roots, self._rows = against, roots, rows
        self._ahead = next(self._checkpoints, None)
        self._edges = [_Edge()]
        self._sound = 0
        self._upper: dict[int, list[bytes | None]] = {}
        self._doubts: list[_Doubt] = []
        self._faults: list[Fault] = []
        self.size = 0
        self.head: Checkpoint | None = None

    @property
    def complete(self) -> bool:
        return len(self._faults) + len(self._doubts) < _MOST_EDITS

    def stretches(self) -> Iterator[Stretch]:
        """Yield the sealed leaves of each tile, once all that can be checked of them is checked."""
        while self.complete and (inside := self._inside()):
            start, end = self.size, self._end(inside)
            leaves = self._leaves(start, end)
            if leaves is None and self._strike(inside):
                continue
            if leaves is None:
                leaves = self._stand_in(start, end)
            self.head = self._ahead_or(inside)
            self._check(start, end, leaves, inside)
            self.size = end
            yield range(start, end), leaves
            if end % TILE_WIDTH or end == start:
                break
        self._finish()
