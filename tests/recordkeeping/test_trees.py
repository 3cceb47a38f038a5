import hashlib
from collections.abc import Sequence
from itertools import pairwise
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pymerkle import InmemoryTree
from pymerkle import verify_consistency as oracle_accepts

from tracemark.recordkeeping.trees import (
    EMPTY_ROOT,
    Frontier,
    ProofRefused,
    consistency_proof,
    inclusion_proof,
    joined_root,
    leaf_hash,
    leaf_hashes,
    node_hash,
    subtree_root,
    verify_consistency,
    verify_inclusion,
)

# The leaves and hashes with which implementations of Certificate Transparency (RFC 6962) are tested.
LEAVES = [
    bytes.fromhex(each)
    for each in (
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    )
]
ROOTS = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
D0_1 = "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7"
D2_4 = "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e"
D4_8 = "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4"
D4 = "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b"
D4_6 = "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a"
D6_8 = "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0"


class Leaves:
    """The hashes of a tree computed each time from all its leaves, which is slow and plain."""

    def __init__(self, leaves: Sequence[bytes]) -> None:
        self._leaves = leaves

    def hashes(self, level: int, first: int, count: int) -> list[bytes]:
        width = 256**level
        return [
            subtree_root(self._leaves[number * width : (number + 1) * width]) for number in range(first, first + count)
        ]


def recursive_root(leaves: Sequence[bytes]) -> bytes:
    """The definition in RFC 9162 2.1.1, word for word."""
    if len(leaves) < 2:
        return leaves[0] if leaves else hashlib.sha256(b"").digest()
    middle = 1 << ((len(leaves) - 1).bit_length() - 1)
    return node_hash(recursive_root(leaves[:middle]), recursive_root(leaves[middle:]))


def numbered(size: int) -> list[bytes]:
    return leaf_hashes(b"%d" % number for number in range(size))


@pytest.mark.parametrize("size", range(9))
def test_roots_of_certificate_transparency(size: int) -> None:
    assert Frontier().extend(leaf_hashes(LEAVES[:size])).root.hex() == ROOTS[size]


@pytest.mark.parametrize(
    ("index", "size", "path"),
    [
        (0, 1, []),
        (0, 8, [D0_1, D2_4, D4_8]),
        (5, 8, [D4, D6_8, ROOTS[4]]),
        (2, 3, [ROOTS[2]]),
        (1, 5, [ROOTS[1], D2_4, D4]),
    ],
)
def test_inclusion_proofs_of_certificate_transparency(index: int, size: int, path: list[str]) -> None:
    leaves = leaf_hashes(LEAVES)
    proof = inclusion_proof(index, size, Leaves(leaves))
    assert [each.hex() for each in proof] == path
    verify_inclusion(leaves[index], index, size, bytes.fromhex(ROOTS[size]), proof)


@pytest.mark.parametrize(
    ("old", "new", "path"),
    [(1, 1, []), (1, 8, [D0_1, D2_4, D4_8]), (6, 8, [D4_6, D6_8, ROOTS[4]]), (2, 5, [D2_4, D4]), (4, 8, [D4_8])],
)
def test_consistency_proofs_of_certificate_transparency(old: int, new: int, path: list[str]) -> None:
    proof = consistency_proof(old, new, Leaves(leaf_hashes(LEAVES)))
    assert [each.hex() for each in proof] == path
    verify_consistency(old, new, bytes.fromhex(ROOTS[old]), bytes.fromhex(ROOTS[new]), proof)


def test_leaf_and_node_are_told_apart() -> None:
    left, right = numbered(2)
    assert leaf_hash(left + right) != node_hash(left, right)
    assert leaf_hash(b"") == hashlib.sha256(b"\x00").digest()
    assert Frontier().root == EMPTY_ROOT


@given(st.lists(st.integers(0, 700), max_size=6))
def test_frontier_grown_in_any_steps_has_the_root_of_the_definition(steps: list[int]) -> None:
    leaves, frontier = numbered(sum(steps)), Frontier()
    for step in steps:
        frontier = frontier.extend(leaves[frontier.size : frontier.size + step])
        assert Frontier.from_bytes(frontier.size, frontier.to_bytes()) == frontier
    assert frontier.root == recursive_root(leaves)


def test_frontier_takes_a_subtree_by_its_root() -> None:
    leaves = numbered(768)
    joined = Frontier().extend(leaves[:512]).join(joined_root(b"".join(leaves[512:])), 8)
    assert joined == Frontier().extend(leaves)


def test_frontier_refuses_a_subtree_out_of_step() -> None:
    with pytest.raises(ValueError, match="cannot follow"):
        Frontier().extend(numbered(3)).join(leaf_hash(b""), 1)


@pytest.mark.parametrize(("size", "kept"), [(1, b""), (2, bytes(64)), (3, bytes(63)), (0, bytes(32))])
def test_frontier_of_another_size_is_refused(size: int, kept: bytes) -> None:
    with pytest.raises(ValueError, match="not the right edge"):
        Frontier.from_bytes(size, kept)


def test_proofs_agree_with_pymerkle_over_random_sizes() -> None:
    size, chance = 2000, Random(9162)
    oracle, leaves = InmemoryTree(algorithm="sha256"), numbered(size)
    oracle.append_entries([b"%d" % number for number in range(size)])
    source, grown = Leaves(leaves), [Frontier()]
    for leaf in leaves:
        grown.append(grown[-1].extend([leaf]))
    for _ in range(2000):
        new = chance.randint(1, size)
        old, index = chance.randint(1, new), chance.randrange(new)
        included, consistent = inclusion_proof(index, new, source), consistency_proof(old, new, source)
        # pymerkle writes the leaf before the path of the RFC, and consistency proofs in a form of its own.
        assert [leaves[index], *included] == oracle.prove_inclusion(index + 1, new).path
        verify_inclusion(leaves[index], index, new, oracle.get_root(new), included)
        verify_consistency(old, new, oracle.get_root(old), oracle.get_root(new), consistent)
        oracle_accepts(grown[old].root, grown[new].root, oracle.prove_consistency(old, new), old, new)


def test_every_proof_of_small_trees_verifies() -> None:
    leaves = numbered(40)
    source = Leaves(leaves)
    roots = [Frontier().extend(leaves[:size]).root for size in range(41)]
    for new in range(1, 41):
        for old in range(1, new + 1):
            verify_consistency(old, new, roots[old], roots[new], consistency_proof(old, new, source))
            verify_inclusion(leaves[old - 1], old - 1, new, roots[new], inclusion_proof(old - 1, new, source))


@given(st.data())
def test_inclusion_proof_with_one_bit_changed_is_refused(data: st.DataObject) -> None:
    size = data.draw(st.integers(2, 300))
    index, leaves = data.draw(st.integers(0, size - 1)), numbered(size)
    root, proof = Frontier().extend(leaves).root, inclusion_proof(index, size, Leaves(leaves))
    with pytest.raises(ProofRefused):
        verify_inclusion(leaves[index], index, size, root, _one_bit_changed(proof, data))
    with pytest.raises(ProofRefused):
        verify_inclusion(_one_bit_changed([leaves[index]], data)[0], index, size, root, proof)
    other = data.draw(st.integers(0, size - 1).filter(lambda at: at != index))
    with pytest.raises(ProofRefused):
        verify_inclusion(leaves[index], other, size, root, proof)


@given(st.data())
def test_consistency_proof_with_one_bit_changed_is_refused(data: st.DataObject) -> None:
    new = data.draw(st.integers(2, 300))
    old, leaves = data.draw(st.integers(1, new - 1)), numbered(new)
    roots = Frontier().extend(leaves[:old]).root, Frontier().extend(leaves).root
    proof = consistency_proof(old, new, Leaves(leaves))
    with pytest.raises(ProofRefused):
        verify_consistency(old, new, *roots, _one_bit_changed(proof, data))
    for altered in (proof[:-1], [*proof, leaves[0]], [leaves[0], *proof]):
        with pytest.raises(ProofRefused):
            verify_consistency(old, new, *roots, altered)
    with pytest.raises(ProofRefused):
        verify_consistency(old, new, _one_bit_changed([roots[0]], data)[0], roots[1], proof)
    with pytest.raises(ProofRefused):
        verify_consistency(old, new, roots[0], _one_bit_changed([roots[1]], data)[0], proof)


def test_proofs_of_the_wrong_length_are_refused() -> None:
    leaves = numbered(7)
    root, proof = Frontier().extend(leaves).root, inclusion_proof(3, 7, Leaves(leaves))
    for altered in (proof[:-1], [*proof, leaves[0]], [], [proof[0][:-1], *proof[1:]]):
        with pytest.raises(ProofRefused):
            verify_inclusion(leaves[3], 3, 7, root, altered)
    with pytest.raises(ProofRefused):
        verify_consistency(7, 7, root, root, proof)
    with pytest.raises(ProofRefused):
        verify_consistency(7, 7, root, leaves[0], [])
    with pytest.raises(ProofRefused):
        verify_consistency(0, 7, EMPTY_ROOT, root, [])
    with pytest.raises(ProofRefused):
        verify_inclusion(leaves[3], 7, 7, root, proof)


@pytest.mark.parametrize(("index", "size"), [(7, 7), (-1, 7), (0, 0)])
def test_there_is_no_proof_of_what_is_not_there(index: int, size: int) -> None:
    with pytest.raises(IndexError):
        inclusion_proof(index, size, Leaves(numbered(7)))


@pytest.mark.parametrize(("old", "new"), [(0, 7), (8, 7)])
def test_there_is_no_proof_from_a_tree_that_is_empty_or_larger(old: int, new: int) -> None:
    with pytest.raises(IndexError):
        consistency_proof(old, new, Leaves(numbered(8)))


def test_roots_of_growing_trees_differ() -> None:
    roots = [Frontier().extend(numbered(size)).root for size in range(70)]
    assert all(one != other for one, other in pairwise(roots))


def _one_bit_changed(hashes: list[bytes], data: st.DataObject) -> list[bytes]:
    at, bit = data.draw(st.integers(0, len(hashes) - 1)), data.draw(st.integers(0, 255))
    altered = (int.from_bytes(hashes[at], "big") ^ (1 << bit)).to_bytes(32, "big")
    return [*hashes[:at], altered, *hashes[at + 1 :]]
