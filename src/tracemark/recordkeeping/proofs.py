import base64
import binascii
import re
from collections.abc import Iterable
from dataclasses import dataclass

from tracemark.recordkeeping.checkpoints import (
    COSIGNATURE,
    Checkpoint,
    NotACheckpoint,
    SignatureRefused,
    VerifierKey,
    VerifySignature,
    hash_line,
    hash_of_line,
    verify_checkpoint,
)
from tracemark.recordkeeping.trees import MOST_PROOF_LINES, ProofRefused, leaf_hash, verify_inclusion

_FIRST = "c2sp.org/tlog-proof@v1"


@dataclass(frozen=True, slots=True)
class CarriedProof:
    """That an event is in a record, to be checked far away and years later: the event, its path, and a signed head.

    `body` is the event's canonical bytes, of which the leaf is made. Source: C2SP tlog-proof.
    """

    index: int
    body: bytes
    path: tuple[bytes, ...]
    head: Checkpoint

    @classmethod
    def parse(cls, text: str) -> "CarriedProof":
        """Read a proof that carries its event.

        Raises:
            NotACheckpoint: the text is none.
        """
        above, gap, below = text.partition("\n\n")
        lines = above.split("\n")
        found = re.fullmatch(r"extra ([^ ]+)\nindex (0|[1-9][0-9]{0,18})", "\n".join(lines[1:3]))
        if not gap or lines[0] != _FIRST or not found or len(lines) > 3 + MOST_PROOF_LINES:
            raise NotACheckpoint("not a proof that carries its event")
        try:
            body = base64.b64decode(found[1], validate=True)
        except binascii.Error as error:
            raise NotACheckpoint("the event is not base64") from error
        return cls(int(found[2]), body, tuple(map(hash_of_line, lines[3:])), Checkpoint.parse(below))

    def __str__(self) -> str:
        extra = base64.b64encode(self.body).decode()
        lines = (_FIRST, f"extra {extra}", f"index {self.index}", *map(hash_line, self.path))
        return "".join(f"{each}\n" for each in lines) + f"\n{self.head}"


@dataclass(frozen=True, slots=True)
class Proved:
    """What a proof shows: the origin of the record, and the witnesses known to the reader who cosigned its head."""

    origin: str
    witnesses: tuple[str, ...]


def verify_proof(proof: CarriedProof, keys: Iterable[VerifierKey], verify: VerifySignature) -> Proved:
    """Show that the event a proof carries is in the record of a known key, and name the known witnesses of its head.

    How many witnesses are enough is for the reader to say.

    Raises:
        SignatureRefused: no known key of the record signed the head, or a known key's signature is not its own.
        ProofRefused: the path does not lead from the event to the head.

    Source: C2SP tlog-proof.
    """
    head = proof.head
    attested = verify_checkpoint(head, keys, verify)
    if not any(each.key.kind != COSIGNATURE and each.key.name == head.origin for each in attested):
        raise SignatureRefused(f"{head.origin} did not sign this")
    if proof.index >= head.size:
        raise ProofRefused(f"no event {proof.index} in a tree of {head.size}")
    verify_inclusion(leaf_hash(proof.body), proof.index, head.size, head.root, proof.path)
    return Proved(head.origin, tuple(sorted({each.key.name for each in attested if each.key.kind == COSIGNATURE})))
