import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from tracemark.recordkeeping.trees import (
    HASH_BYTES,
    TILE_WIDTH,
    Frontier,
    joined_root,
    split_hashes,
    subtree_root,
)

TILE_BYTES = TILE_WIDTH * HASH_BYTES
_PATH = re.compile(r"tile/(\d|[1-5]\d|6[0-3])/((?:x\d{3}/)*\d{3})(?:\.p/([1-9]\d{0,2}))?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Tile:
    """A full tile: 256 hashes side by side, and the root over them, which is one hash of the level above.

    Each hash at `level` is over 256**`level` events. A tile is written once and never changes.
    """

    level: int
    index: int
    hashes: bytes
    root: bytes

    @property
    def path(self) -> str:
        """Where the tile is published, such as `tile/0/x001/x234/067`."""
        return tile_path(self.level, self.index)


@dataclass(frozen=True, slots=True)
class Growth:
    """What one append adds to the seal; the store keeps all of it in the transaction that keeps the events.

    `frontier` goes into the checkpoint's row and is the start of the next append. `pending` are the leaf hashes of this
    append that no full tile holds yet, side by side; they go into the same row. `tiles` are inserted once.
    """

    frontier: Frontier
    tiles: tuple[Tile, ...]
    pending: bytes


class TileSource(Protocol):
    """The seal as it is kept: full tiles, and for the newest events the hashes kept in the checkpoints' rows.

    Nothing of it is read from the events themselves, so that an edited event meets a witness it did not bring along.
    Nothing is ever updated: a full tile is inserted once and replaces, by standing, the pending hashes it holds.
    """

    def tile(self, level: int, index: int) -> Tile | None:
        """Return a full tile as it is kept, or None where none is."""
        ...

    def roots(self, level: int, first: int, count: int) -> Sequence[bytes]:
        """Return `Tile.root` of at most `count` tiles of a level from `first` on, in order, up to the first gap."""
        ...

    def pending(self, first: int) -> bytes:
        """Return all `Growth.pending` kept in checkpoints of a size above `first`, in order of size.

        `first` is a multiple of 256: the number of events which full tiles hold.
        """
        ...


class TileHashes:
    """Reads the hashes of a sealed tree from its tiles, as proofs ask for them: a handful of tiles, never the events.

    The hashes of a tile that is not yet full are, at level 0, the pending ones, and above it the roots kept with the
    full tiles of the level below.
    """

    def __init__(self, source: TileSource) -> None:
        self._source = source

    def hashes(self, level: int, first: int, count: int) -> Sequence[bytes]:
        """Return the hashes, as `HashSource` asks.

        Raises:
            LookupError: the seal does not hold them all.
        """
        index, inside = divmod(first, TILE_WIDTH)
        tile = self._source.tile(level, index)
        if tile is not None:
            found: Sequence[bytes] = split_hashes(tile.hashes[inside * HASH_BYTES : (inside + count) * HASH_BYTES])
        elif level:
            found = self._source.roots(level - 1, first, count)
        else:
            pending = self._source.pending(first - inside)
            found = split_hashes(pending[inside * HASH_BYTES : (inside + count) * HASH_BYTES])
        if len(found) != count:
            raise LookupError(f"the seal holds {len(found)} of {count} hashes from {first} at level {level}")
        return found


def grow(frontier: Frontier, leaves: Sequence[bytes], source: TileSource) -> Growth:
    """Append leaf hashes to the tree that ends in `frontier`, and complete the tiles they fill.

    `source` is read only when a tile is completed that an earlier append began.
    """
    hashes = TileHashes(source)
    inside = frontier.size % TILE_WIDTH
    whole = (inside + len(leaves)) // TILE_WIDTH * TILE_WIDTH - inside
    if whole <= 0:
        return Growth(frontier.extend(leaves), (), b"".join(leaves))
    size = frontier.size - inside
    begun = list(hashes.hashes(0, size, inside)) if inside else []
    grown = Frontier(size, frontier.hashes[: size.bit_count()])
    if frontier.hashes[size.bit_count() :] != Frontier().extend(begun).hashes:
        raise LookupError(f"the pending hashes from {size} do not belong to the tree of {frontier.size}")
    tiles: list[Tile] = []
    for at in range(-inside, whole, TILE_WIDTH):
        filled = leaves[at : at + TILE_WIDTH] if at >= 0 else [*begun, *leaves[: at + TILE_WIDTH]]
        tile = Tile(0, grown.size // TILE_WIDTH, b"".join(filled), subtree_root(filled))
        grown = grown.join(tile.root, 8)
        tiles.append(tile)
    tiles += _higher_tiles(tiles, hashes)
    return Growth(grown.extend(leaves[whole:]), tuple(tiles), b"".join(leaves[whole:]))


def _higher_tiles(below: Sequence[Tile], hashes: TileHashes) -> list[Tile]:
    """Return the tiles which the new tiles of one level complete in the levels above."""
    first, end = below[0].index, below[-1].index + 1
    full: list[Tile] = []
    for index in range(first // TILE_WIDTH, end // TILE_WIDTH):
        start = index * TILE_WIDTH
        kept = hashes.hashes(below[0].level + 1, start, first - start) if start < first else []
        new = [tile.root for tile in below[max(start - first, 0) : start + TILE_WIDTH - first]]
        joined = b"".join([*kept, *new])
        full.append(Tile(below[0].level + 1, index, joined, joined_root(joined)))
    return full + (_higher_tiles(full, hashes) if full else [])


def partial_tiles(size: int) -> Iterator[tuple[int, int, int]]:
    """Name the tiles at the right edge of a tree that are not full: level, index, width from 1 to 255."""
    level = 0
    while size:
        index, width = divmod(size, TILE_WIDTH)
        if width:
            yield level, index, width
        level, size = level + 1, index


def tile_path(level: int, index: int, width: int = TILE_WIDTH) -> str:
    """Return the path of a tile; a `width` below 256 names a partial one."""
    places = [f"{index % 1000:03d}"]
    while index := index // 1000:
        places.append(f"x{index % 1000:03d}")
    return f"tile/{level}/{'/'.join(reversed(places))}" + (f".p/{width}" if width < TILE_WIDTH else "")


def read_path(path: str) -> tuple[int, int, int]:
    """Read a path into level, index and width.

    Raises:
        ValueError: no tile is published under such a path.
    """
    found = _PATH.fullmatch(path)
    if not found:
        raise ValueError(f"not the path of a tile: {path!r}")
    level, index = int(found[1]), int(found[2].replace("x", "").replace("/", ""))
    width = int(found[3] or TILE_WIDTH)
    if path != tile_path(level, index, width) or (found[3] and width >= TILE_WIDTH):
        raise ValueError(f"not the path of a tile: {path!r}")
    return level, index, width
