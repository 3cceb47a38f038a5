from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.recordkeeping.sealed_logs import KeptSeal
from tracemark.recordkeeping.tiles import (
    TileHashes,
    grow,
    partial_tiles,
    read_path,
    tile_path,
)
from tracemark.recordkeeping.trees import (
    Frontier,
    consistency_proof,
    inclusion_proof,
    leaf_hashes,
    subtree_root,
    verify_consistency,
    verify_inclusion,
)


def numbered(size: int) -> list[bytes]:
    return leaf_hashes(b"%d" % number for number in range(size))


def grown(steps: list[int], leaves: list[bytes]) -> tuple[KeptSeal, list[Frontier]]:
    seal, frontiers = KeptSeal(), [Frontier()]
    for step in steps:
        size = frontiers[-1].size
        frontiers.append(seal.keep(frontiers[-1], leaves[size : size + step]))
    return seal, frontiers


@pytest.mark.parametrize(
    ("path", "level", "index", "width"),
    [
        ("tile/0/x001/x234/067", 0, 1_234_067, 256),
        ("tile/2/000", 2, 0, 256),
        ("tile/63/999", 63, 999, 256),
        ("tile/0/x001/000.p/112", 0, 1000, 112),
        ("tile/1/x273/x456/789.p/1", 1, 273_456_789, 1),
    ],
)
def test_paths_of_tiles(path: str, level: int, index: int, width: int) -> None:
    assert tile_path(level, index, width) == path
    assert read_path(path) == (level, index, width)


@pytest.mark.parametrize(
    "path",
    [
        "tile/0/1",
        "tile/64/000",
        "tile/00/000",
        "tile/0/x000/001",
        "tile/0/001/002",
        "tile/0/x001",
        "tile/0/001.p/0",
        "tile/0/001.p/256",
        "tile/0/001.p/012",
        "tile/0/٠٠١",
        "tile/0/001\n",
        "/tile/0/001",
        "tile/0/../001",
        "tile/entries/005.p/17",
    ],
)
def test_other_paths_are_refused(path: str) -> None:
    with pytest.raises(ValueError, match="not the path of a tile"):
        read_path(path)


def test_partial_tiles_of_the_specification() -> None:
    assert list(partial_tiles(70_000)) == [(0, 273, 112), (1, 1, 17), (2, 0, 1)]
    assert list(partial_tiles(256)) == [(1, 0, 1)]
    assert list(partial_tiles(0)) == []


@given(st.lists(st.integers(0, 900), max_size=5))
def test_tiles_do_not_depend_on_the_steps_in_which_the_record_grew(steps: list[int]) -> None:
    leaves = numbered(sum(steps))
    seal, frontiers = grown(steps, leaves)
    whole, _ = grown([len(leaves)], leaves)
    assert seal.tiles == whole.tiles
    assert frontiers[-1] == Frontier().extend(leaves)
    first = len(leaves) // 256 * 256
    assert seal.pending(first) == b"".join(leaves[first:])


def test_a_tile_holds_the_roots_of_the_tiles_below() -> None:
    leaves = numbered(70_000)
    seal, frontiers = grown([300, 65_000, 235, 1, 4464], leaves)
    assert sorted(seal.tiles) == [*((0, index) for index in range(273)), (1, 0)]
    assert [seal.tiles[1, 0].hashes[at * 32 : at * 32 + 32] for at in range(256)] == [
        subtree_root(leaves[at * 256 : at * 256 + 256]) for at in range(256)
    ]
    assert seal.tiles[1, 0].root == subtree_root(leaves[:65_536])
    assert seal.tiles[1, 0].path == "tile/1/000"
    assert frontiers[-1].root == Frontier().extend(leaves).root


def test_one_event_at_a_time_reads_the_seal_only_when_a_tile_is_full() -> None:
    leaves = numbered(600)
    seal, frontiers = grown([1] * 600, leaves)
    assert sorted(seal.tiles) == [(0, 0), (0, 1)]
    assert len(seal.read) == 2
    assert frontiers[-1].root == Frontier().extend(leaves).root


def test_pending_hashes_of_another_tree_are_not_built_upon() -> None:
    leaves = numbered(300)
    seal, frontiers = grown([200], leaves)
    seal.pendings = [(200, b"".join(numbered(201)[1:]))]
    with pytest.raises(LookupError, match="do not belong"):
        grow(frontiers[-1], leaves[200:], seal)


def test_proofs_read_a_few_tiles_only() -> None:
    leaves = numbered(70_123)
    seal, frontiers = grown([65_000, 1, 5122], leaves)
    size, root, source, chance = 70_123, frontiers[-1].root, TileHashes(seal), Random(11)
    for _ in range(60):
        index, old = chance.randrange(size), chance.randint(1, size)
        seal.read.clear()
        included, consistent = inclusion_proof(index, size, source), consistency_proof(old, size, source)
        assert len(set(seal.read)) <= 8
        verify_inclusion(leaves[index], index, size, root, included)
        verify_consistency(old, size, Frontier().extend(leaves[:old]).root, root, consistent)


def test_hashes_that_the_seal_does_not_hold_are_missed() -> None:
    seal, _ = grown([300], numbered(300))
    with pytest.raises(LookupError, match="holds 4 of 8"):
        TileHashes(seal).hashes(0, 296, 8)
