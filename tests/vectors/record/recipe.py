"""Writes `log.json`: a small sealed record, made from nothing but this file and the room `recordkeeping`.

Run it from the root of the checkout: `python -m tests.vectors.record.recipe`.
"""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

from tests.recordkeeping.sealed_logs import KeptSeal, SeededSigner
from tracemark.kernel import Plain, canonical_bytes
from tracemark.recordkeeping.checkpoints import (
    COSIGNATURE,
    Checkpoint,
    VerifierKey,
    cosign_checkpoint,
    sign_checkpoint,
)
from tracemark.recordkeeping.tiles import TileHashes, partial_tiles, tile_path
from tracemark.recordkeeping.trees import Frontier, consistency_proof, inclusion_proof, leaf_hashes

TARGET = Path(__file__).with_name("log.json")
SIZES = (1, 2, 3, 7, 8, 255, 256, 257, 300)
INCLUDED = ((0, 1), (0, 8), (6, 7), (255, 256), (0, 300), (255, 300), (256, 300), (299, 300))
CONSISTENT = ((300, 300), (1, 2), (3, 7), (8, 300), (255, 300), (256, 300), (257, 300))


def log() -> Mapping[str, Plain]:
    bodies = [
        canonical_bytes({"kind": "counted", "number": number, "place": f"store {number % 7}"}) for number in range(300)
    ]
    leaves, seal, frontiers = leaf_hashes(bodies), KeptSeal(), [Frontier()]
    for leaf in leaves:
        frontiers.append(seal.keep(frontiers[-1], [leaf]))
    hashes, record, witness = TileHashes(seal), SeededSigner(), SeededSigner("witness.example/one", 8)
    head = sign_checkpoint(Checkpoint(record.name, 300, frontiers[300].root), record)
    included: list[Plain] = [
        {"index": index, "size": size, "path": _hex(inclusion_proof(index, size, hashes))} for index, size in INCLUDED
    ]
    consistent: list[Plain] = [
        {"old": old, "new": new, "path": _hex(consistency_proof(old, new, hashes))} for old, new in CONSISTENT
    ]
    partial = {
        tile_path(level, index, width): b"".join(hashes.hashes(level, index * 256, width)).hex()
        for level, index, width in partial_tiles(300)
    }
    return {
        "bodies": [body.decode() for body in bodies],
        "leaves": _hex(leaves),
        "roots": {str(size): frontiers[size].root.hex() for size in SIZES},
        "checkpoint": str(cosign_checkpoint(head, witness, at=1_767_225_600)),
        "keys": [
            str(VerifierKey(record.name, record.public_key)),
            str(VerifierKey(witness.name, witness.public_key, COSIGNATURE)),
        ],
        "inclusion": included,
        "consistency": consistent,
        "tiles": {tile.path: tile.hashes.hex() for tile in seal.tiles.values()} | partial,
    }


def text() -> str:
    return json.dumps(log(), indent=1, sort_keys=True, ensure_ascii=False) + "\n"


def _hex(hashes: Sequence[bytes]) -> list[str]:
    return [each.hex() for each in hashes]


if __name__ == "__main__":
    TARGET.write_text(text(), encoding="utf-8")
