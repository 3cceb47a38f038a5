import os
from pathlib import Path

from tracemark.recordkeeping import TILE_WIDTH, Checkpoint, TileHashes, TileSource, partial_tiles, tile_path


def write_mirror(directory: Path, tiles: TileSource, head: Checkpoint) -> int:
    """Write the log's tiles and its signed head as static files, as C2SP tlog-tiles lays them out; return how many.

    Only hashes leave: another State can mirror and witness the record without reading one event. An earlier export in
    the same directory is continued, since a full tile never changes. The head is written last, so that a reader never
    meets a head whose tiles are not there yet.
    """
    hashes, written = TileHashes(tiles), 0
    level, full = 0, head.size // TILE_WIDTH
    while full:
        for index in range(full):
            target = directory / tile_path(level, index)
            tile = None if target.exists() else tiles.tile(level, index)
            if tile is not None:
                _write(target, tile.hashes)
                written += 1
        level, full = level + 1, full // TILE_WIDTH
    for at, index, width in partial_tiles(head.size):
        _write(directory / tile_path(at, index, width), b"".join(hashes.hashes(at, index * TILE_WIDTH, width)))
        written += 1
    _write(directory / "checkpoint", str(head).encode())
    return written + 1


def _write(target: Path, content: bytes) -> None:
    """Write a file whole or not at all."""
    target.parent.mkdir(parents=True, exist_ok=True)
    draft = target.with_name(f".{target.name}.draft")
    with draft.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(target)
