"""Writes `1/proofs.json`: proofs that travel, good and bad; and `1/answer.json`: an answer with its evidence.

Run it from the root of the checkout: `python -m tests.vectors.proofs.recipe`.
"""

import base64
import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from tests.recordkeeping.sealed_logs import KeptSeal, SeededSigner
from tracemark.exchange.letters import sign_document
from tracemark.kernel import PartialDate, Plain, canonical_bytes
from tracemark.recordkeeping import (
    CarriedProof,
    Checkpoint,
    Event,
    EventKind,
    Frontier,
    TileHashes,
    VerifierKey,
    cosign_checkpoint,
    inclusion_proof,
    leaf_hashes,
    seal_event,
    sign_checkpoint,
)
from tracemark.tracing import fingerprint_of
from tracemark.weapons import NO_WEAPON

TARGET = Path(__file__).parent / "1" / "proofs.json"
ANSWER = TARGET.with_name("answer.json")
AT_INSTANT = datetime(2026, 5, 6, 7, 8, 9, tzinfo=UTC)
LOG = SeededSigner("xt.example/record", 21)
WITNESSES = [SeededSigner(f"w{number}.example/record", 30 + number) for number in range(3)]
STRANGER = SeededSigner("stranger.example", 40)
AT = 1_790_000_000


def keys() -> list[str]:
    """Return the keys a reader trusts: the record's, and those of the first two witnesses."""
    found = [VerifierKey(LOG.name, LOG.public_key)]
    return list(map(str, [*found, *(VerifierKey(each.name, each.public_key, 4) for each in WITNESSES[:2])]))


def proof_of(index: int, size: int, witnesses: int = 2) -> CarriedProof:
    """Return the proof of one of `size` invented events, cosigned by the first witnesses."""
    bodies = [
        canonical_bytes({"kind": "counted", "number": number, "place": f"dépôt {number % 7}"}) for number in range(size)
    ]
    seal = KeptSeal()
    frontier = seal.keep(Frontier(), leaf_hashes(bodies))
    head = sign_checkpoint(Checkpoint(LOG.name, size, frontier.root), LOG)
    for each in WITNESSES[:witnesses]:
        head = cosign_checkpoint(head, each, at=AT)
    return CarriedProof(index, bodies[index], tuple(inclusion_proof(index, size, TileHashes(seal))), head)


def text() -> str:
    """Return the vectors as they are kept."""
    good = proof_of(300, 1000)
    unsigned = replace(good.head, signatures=good.head.signatures[1:])
    forged = replace(good.head.signatures[1], signature=good.head.signatures[0].signature[:8] + bytes(64))
    foreign = sign_checkpoint(Checkpoint("stranger.example", good.head.size, good.head.root), STRANGER)
    cases: dict[str, tuple[CarriedProof, int, bool]] = {
        "two witnesses": (good, 2, True),
        "a third witness nobody knows": (proof_of(300, 1000, 3), 2, True),
        "fewer witnesses than asked for": (good, 3, False),
        "no witness asked for": (proof_of(0, 5, 0), 0, True),
        "no witness at all": (proof_of(0, 5, 0), 1, False),
        "a record of one event": (proof_of(0, 1), 2, True),
        "the last event": (proof_of(999, 1000), 2, True),
        "another event": (replace(good, body=good.body.replace(b"300", b"301")), 2, False),
        "another place": (replace(good, index=301), 2, False),
        "beyond the end": (replace(good, index=1000), 2, False),
        "path cut": (replace(good, path=good.path[:-1]), 2, False),
        "path too long": (replace(good, path=(*good.path, bytes(32))), 2, False),
        "head not signed by the record": (replace(good, head=unsigned), 2, False),
        "cosignature forged": (
            replace(good, head=replace(good.head, signatures=(good.head.signatures[0], forged))),
            1,
            False,
        ),
        "head of a record nobody knows": (replace(good, head=foreign), 0, False),
    }
    plain: Plain = {
        "keys": keys(),
        "cases": {
            name: {"proof": str(proof), "least": least, "good": holds, "event": base64.b64encode(proof.body).decode()}
            for name, (proof, least, holds) in cases.items()
        },
    }
    return json.dumps(plain, indent=1, ensure_ascii=False, sort_keys=True) + "\n"


def answer_text() -> str:
    """Return an answer with its evidence, as `tracemark request evidence` prints it."""
    body: dict[str, Plain] = {
        "answer": {"result": "not_found", "reasons": "Jamais fabriquée ni importée ici."},
        "reference": "TI-2026-000001",
        "request": "TR-2026-000001",
    }
    told: dict[str, Plain] = {
        "schema": "tracemark.envelope/1",
        "id": "00112233445566778899aabbccddeeff",
        "from": LOG.name,
        "to": "xa.example/record",
        "type": "tracemark.trace-answer/1",
        "body": body,
        "about": "TI-2026-000001",
        "answers": "ffeeddccbbaa99887766554433221100",
        "handling": {},
        "sent_at": "2026-05-06T07:08:09.000Z",
    }
    details: dict[str, Plain] = {"dossier": "TI-2026-000001", "about": told["id"], "fingerprint": fingerprint_of(body)}
    day = PartialDate.parse("2026-05-06")
    attested = Event(NO_WEAPON, EventKind.INQUIRY_ATTESTED, day, "XT-REG", f"node:{LOG.name}", details)
    others = [canonical_bytes({"kind": "counted", "number": number}) for number in range(5)]
    bodies = [*others, seal_event(attested, position=5, recorded_at=AT_INSTANT).body]
    seal = KeptSeal()
    head = sign_checkpoint(Checkpoint(LOG.name, 6, seal.keep(Frontier(), leaf_hashes(bodies)).root), LOG)
    for each in WITNESSES[:2]:
        head = cosign_checkpoint(head, each, at=AT)
    proof = CarriedProof(5, bodies[5], tuple(inclusion_proof(5, 6, TileHashes(seal))), head)
    found: Plain = {
        "signer": LOG.public_key.hex(),
        "document": sign_document(told, LOG),
        "proof": str(proof),
        "witnesses": [each.name for each in WITNESSES[:2]],
        "keys": list(keys()),
    }
    return json.dumps(found, indent=1, ensure_ascii=False, sort_keys=True) + "\n"


if __name__ == "__main__":
    TARGET.write_text(text(), encoding="utf-8")
    ANSWER.write_text(answer_text(), encoding="utf-8")
