from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace

from tracemark.recordkeeping.checkpoints import Checkpoint, SignatureRefused
from tracemark.recordkeeping.comparison import Edit, Fault, FaultKind, Lane, Stretch
from tracemark.recordkeeping.tiles import TILE_BYTES, TileSource, tile_path
from tracemark.recordkeeping.trees import (
    HASH_BYTES,
    TILE_HEIGHT,
    TILE_WIDTH,
    Frontier,
    edge_root,
    joined_root,
    split_hashes,
)

CheckSignature = Callable[[Checkpoint], object]
"""Raises SignatureRefused for a checkpoint that no known key signed."""

MOST_FAULTS = 10_000
_MOST_EDGES = 16
_UNKNOWN = bytes(HASH_BYTES)


class Signatures:
    """Checks signatures when there is reason to, and remembers the last answer."""

    def __init__(self, check: CheckSignature, *, every: bool, origin: str = "") -> None:
        self._check, self._origin = check, origin
        self._last: tuple[Checkpoint, bool] | None = None
        self.every = every

    def foreign(self, checkpoint: Checkpoint) -> bool:
        """Whether the checkpoint bears another record's name, where the name of ours is known."""
        return bool(self._origin) and checkpoint.origin != self._origin

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

    The fault lies among the events `first` to before `end`. `goal` is the root of a checkpoint at `end` which the
    leaves miss, grown from `left`, the tree at `first`. Without one, the root by which the tile entered is the goal.
    """

    start: int
    width: int
    root: bytes
    first: int
    end: int
    left: Frontier = field(default_factory=Frontier)
    goal: bytes | None = None

    @property
    def above(self) -> str:
        return tile_path(1, self.start // TILE_WIDTH**2)

    def place(self, event: int) -> str:
        """The tile in which an event among the doubtful ones is sealed."""
        return tile_path(0, event // TILE_WIDTH, self.width if event >= self.start else TILE_WIDTH)


class Seal:
    """Reads the sealed leaves tile by tile, and checks them upwards: parents, roots, checkpoints."""

    def __init__(
        self,
        tiles: TileSource,
        checkpoints: Iterable[Checkpoint],
        signatures: Signatures,
        against: Checkpoint | None,
        roots: dict[bytes, bytes],
        rows: Lane,
    ) -> None:
        self._tiles, self._checkpoints, self._signatures = tiles, iter(checkpoints), signatures
        # A copy, so that it is never taken for one of the record's own.
        self._against = replace(against) if against else None
        self._roots, self._rows = roots, rows
        self._ahead = next(self._checkpoints, None)
        self._edges = [_Edge()]
        self._sound, self._sound_edge = 0, Frontier().hashes
        self._above: tuple[int, list[bytes]] | None = None
        self._upper: dict[int, list[bytes | None]] = {}
        self._doubts: list[_Doubt] = []
        self._faults: list[Fault] = []
        self.size = 0
        self.head: Checkpoint | None = None

    @property
    def complete(self) -> bool:
        return len(self._faults) + len(self._doubts) < MOST_FAULTS

    def stretches(self) -> Iterator[Stretch]:
        """Yield the sealed leaves of each tile, once all that can be checked of them is checked."""
        inside: list[Checkpoint] = []
        while self.complete:
            inside += self._take(self.size + TILE_WIDTH)
            if not inside and self._ahead is None:
                break
            start = self.size
            end = start + TILE_WIDTH if self._ahead else inside[-1].size
            leaves, root = self._kept(start, end)
            if leaves is None:
                believed = [each for each in inside if not self._disowned(each)]
                if len(believed) < len(inside) or self._skip_disowned():
                    inside = believed
                    continue
                leaves = self._stand_in(start, end)
            self._check(start, leaves, root, inside)
            inside, self.size = [], end
            yield range(start, end), leaves
            if end % TILE_WIDTH or end == start:
                break
        self._finish()

    def _take(self, size: int) -> Iterator[Checkpoint]:
        while self._ahead and self._ahead.size <= size:
            yield self._ahead
            self._ahead = next(self._checkpoints, None)

    def _disowned(self, checkpoint: Checkpoint) -> bool:
        if refused := self._signatures.refused(checkpoint):
            self._fault(FaultKind.CHECKPOINT_CHANGED, checkpoint)
        return refused

    def _skip_disowned(self) -> bool:
        """Whether the checkpoint ahead was none of ours, so that nothing says that more was sealed."""
        refused = self._ahead is not None and self._disowned(self._ahead)
        if refused:
            self._ahead = next(self._checkpoints, None)
        return refused

    def _fault(self, kind: FaultKind, checkpoint: Checkpoint) -> None:
        self._faults.append(Fault(max(checkpoint.size - 1, 0), kind, place=f"checkpoint/{checkpoint.size}"))

    def _kept(self, start: int, end: int) -> tuple[bytes | None, bytes | None]:
        """Return the sealed leaves of a tile or of its beginning, and the root kept with a full one."""
        if end - start < TILE_WIDTH:
            pending = self._tiles.pending(start)[: (end - start) * HASH_BYTES] if end > start else b""
            return (pending if len(pending) == (end - start) * HASH_BYTES else None), None
        tile = self._tiles.tile(0, start // TILE_WIDTH)
        return (tile.hashes, tile.root) if tile and len(tile.hashes) == TILE_BYTES else (None, None)

    def _stand_in(self, start: int, end: int) -> bytes:
        """Take the rows' own hashes where the seal kept none: the root above will tell whether they are the sealed."""
        self._faults.append(Fault(start, FaultKind.TILE_MISSING, place=tile_path(0, start // TILE_WIDTH, end - start)))
        ready = TILE_WIDTH
        while self._rows.fill(ready) >= ready and self._rows.positions[-1] < end:
            ready += TILE_WIDTH
        there = dict(zip(self._rows.positions, split_hashes(self._rows.hashes), strict=True))
        leaves = [there.get(position, _UNKNOWN) for position in range(start, end)]
        if _UNKNOWN in leaves:
            self._edges = []
        return b"".join(leaves)

    def _check(self, start: int, leaves: bytes, kept_root: bytes | None, inside: list[Checkpoint]) -> None:
        width, inner, doubt = len(leaves) // HASH_BYTES, Frontier(), None
        for each in self._with_against(inside, start, width):
            inner = self._grow(inner, leaves, each.size - start)
            if not self._meets(each, inner) and doubt is None:
                left = Frontier(self._sound, self._sound_edge)
                doubt = _Doubt(start, width, b"", self._sound, each.size, left, each.root)
        if width == TILE_WIDTH:
            inner = self._grow(inner, leaves, width)
            self._climb(start, inner.root, kept_root, doubt)
        elif doubt:
            self._doubts.append(doubt)

    def _with_against(self, inside: list[Checkpoint], start: int, width: int) -> list[Checkpoint]:
        against = self._against
        if against and (start < against.size <= start + width or against.size == start == 0):
            return sorted([*inside, against], key=lambda each: each.size)
        return inside

    def _grow(self, inner: Frontier, leaves: bytes, width: int) -> Frontier:
        if width == TILE_WIDTH and not inner.size:
            known = self._roots.pop(leaves) if leaves in self._roots else joined_root(leaves)
            return Frontier(width, (known,))
        return inner.extend(split_hashes(leaves[inner.size * HASH_BYTES : width * HASH_BYTES]))

    def _meets(self, checkpoint: Checkpoint, inner: Frontier) -> bool:
        """Whether the tree has the checkpoint's root, or nothing more can be said about it."""
        edges = [(each, each.frontier.hashes + inner.hashes) for each in self._edges]
        fits = [(each, edge) for each, edge in edges if edge_root(edge) == checkpoint.root]
        if checkpoint is self._against:
            if edges and not fits:
                self._fault(FaultKind.FORKED, checkpoint)
            return True
        if fits:
            self._edges, self._sound_edge = [each for each, _ in fits], fits[0][1]
            self._sound, self.head = checkpoint.size, checkpoint
            if self._signatures.foreign(checkpoint):
                self._fault(FaultKind.HEAD_FOREIGN, checkpoint)
            elif self._signatures.every and self._signatures.refused(checkpoint):
                self._fault(FaultKind.SIGNATURE_REFUSED, checkpoint)
            return True
        if edges and self._disowned(checkpoint):
            return True
        self.head = checkpoint
        return not edges

    def _climb(self, start: int, root: bytes, kept_root: bytes | None, doubt: _Doubt | None) -> None:
        """Let a full tile enter the tree by its root, or by each root it may truly have had."""
        index = start // TILE_WIDTH
        said = {each for each in (root, kept_root, self._said_above(index)) if each}
        if doubt is None and said == {root}:
            self._edges = [_Edge(each.frontier.join(root, TILE_HEIGHT), each.chosen) for each in self._edges]
            self._raise(0, index, root)
            return
        if doubt:
            said.discard(root)
        lone = _Doubt(start, TILE_WIDTH, root, max(start, self._sound), start + TILE_WIDTH)
        self._doubts.append(replace(doubt, root=root) if doubt else lone)
        self._edges = [
            _Edge(each.frontier.join(one, TILE_HEIGHT), (*each.chosen, (start, one)))
            for each in self._edges
            for one in sorted(said)
        ][:_MOST_EDGES]
        self._raise(0, index, None)

    def _said_above(self, index: int) -> bytes | None:
        """Return the root of a full tile as the tile above has it, if that one is full."""
        above, inside = divmod(index, TILE_WIDTH)
        if self._above is None or self._above[0] != above:
            tile = self._tiles.tile(1, above)
            self._above = above, split_hashes(tile.hashes) if tile else []
        return self._above[1][inside] if inside < len(self._above[1]) else None

    def _raise(self, level: int, index: int, root: bytes | None) -> None:
        """Check the tile above once all its hashes are known; None stands for one in doubt."""
        row = self._upper.setdefault(level + 1, [])
        row.append(root)
        if len(row) < TILE_WIDTH:
            return
        above = index // TILE_WIDTH
        tile = self._tiles.tile(level + 1, above)
        kept = split_hashes(tile.hashes) if tile else []
        self._upper[level + 1] = []
        first = above * TILE_WIDTH ** (level + 2)
        if len(kept) != TILE_WIDTH:
            self._faults.append(Fault(first, FaultKind.TILE_MISSING, place=tile_path(level + 1, above)))
            self._raise(level + 1, above, None if None in row else joined_root(b"".join(filter(None, row))))
            return
        for at, (own, said) in enumerate(zip(row, kept, strict=True)):
            if own not in (said, None):
                event = first + at * TILE_WIDTH ** (level + 1)
                self._faults.append(Fault(event, FaultKind.TILE_CHANGED, place=tile_path(level + 1, above)))
        top = joined_root(b"".join(own or said for own, said in zip(row, kept, strict=True)))
        if tile and tile.root != top and None not in row:
            place = tile_path(level + 2, above // TILE_WIDTH)
            self._faults.append(Fault(first, FaultKind.TILE_CHANGED, place=place))
        self._raise(level + 1, above, None if None in row else top)

    def _finish(self) -> None:
        if self.complete and self._tiles.tile(0, self.size // TILE_WIDTH):
            self._faults.append(Fault(self.size, FaultKind.CHECKPOINT_MISSING))
        if self.head and not self._signatures.every and self._signatures.refused(self.head):
            self._fault(FaultKind.SIGNATURE_REFUSED, self.head)
        if self._against:
            if self._against.size > self.size:
                self._faults.append(Fault(self.size, FaultKind.ROLLED_BACK, self._against.size - 1))
            elif self.head and self.head.origin != self._against.origin:
                self._fault(FaultKind.FORKED, self._against)
            if self._signatures.refused(self._against):
                self._faults.append(Fault(self._against.size - 1, FaultKind.SIGNATURE_REFUSED, place="against"))

    def judge(self, edits: list[Edit]) -> tuple[list[Edit], list[Fault]]:
        """Tell whether row or seal was touched where the two part; return the edits of rows, and the seal's faults."""
        chosen = dict(self._edges[0].chosen) if self._edges else {}
        faults = list(self._faults)
        for doubt in self._doubts:
            truth = chosen.get(doubt.start)
            first, end = (doubt.start, doubt.start + TILE_WIDTH) if truth else (doubt.first, doubt.end)
            inside = [each for each in edits if each.index is not None and first <= each.index < end]
            if truth == doubt.root:
                faults.append(Fault(doubt.start, FaultKind.TILE_CHANGED, place=doubt.above))
            elif self._mends(doubt, inside, truth):
                faults += [Fault(at, FaultKind.TILE_CHANGED, place=doubt.place(at)) for at in map(_index, inside)]
                edits = [each for each in edits if each not in inside]
            elif inside:
                touched = sorted({at - at % TILE_WIDTH for at in map(_index, inside)})
                faults += [Fault(at, FaultKind.TILE_CHANGED, place=doubt.place(at)) for at in touched]
            elif doubt.end - doubt.first == 1:
                faults.append(Fault(doubt.first, FaultKind.CHANGED, place=doubt.place(doubt.first)))
            else:
                faults.append(Fault(doubt.first, FaultKind.ROOT_DIFFERS, doubt.end - 1, doubt.place(doubt.first)))
        return edits, faults

    def _mends(self, doubt: _Doubt, edits: list[Edit], truth: bytes | None) -> bool:
        """Whether the leaves lead to what was sealed above once the rows' hashes take their places."""
        grown, at, end, goal = doubt.left, doubt.first, doubt.end, doubt.goal
        if truth:
            grown, at, end, goal = Frontier(), doubt.start, doubt.start + TILE_WIDTH, truth
        rows = {each.index: each.found for each in edits if each.found}
        if not edits or len(rows) < len(edits):
            return False
        while at < end:
            start = at - at % TILE_WIDTH
            upto = min(end, start + TILE_WIDTH)
            leaves, _ = self._kept(start, start + (doubt.width if start == doubt.start else TILE_WIDTH))
            hashes = split_hashes(leaves or b"")[at - start :]
            grown = grown.extend([rows.get(at + number) or each for number, each in enumerate(hashes[: upto - at])])
            at = upto
        return grown.root == goal


def _index(edit: Edit) -> int:
    return edit.index or 0
