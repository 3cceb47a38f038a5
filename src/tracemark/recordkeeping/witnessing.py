import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

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
from tracemark.recordkeeping.trees import EMPTY_ROOT, MOST_PROOF_LINES, ProofRefused, verify_consistency


class AlarmKind(StrEnum):
    """What a witness sees of a record that ought not to be."""

    SPLIT_VIEW = "split_view"
    GROWTH_NOT_SHOWN = "growth_not_shown"
    ROLLED_BACK = "rolled_back"
    SILENT = "silent"
    OWN_RECORD_BEHIND = "own_record_behind"


class Refusal(StrEnum):
    """Why a head is not cosigned, in the order in which it is looked at."""

    ORIGIN_UNKNOWN = "origin_unknown"
    NOT_SIGNED = "not_signed"
    SIZES_CROSSED = "sizes_crossed"
    OUT_OF_STEP = "out_of_step"
    INCONSISTENT = "inconsistent"


class HeadRefused(Exception):
    """A head is not cosigned. `size` is that of the head cosigned last, 0 for none."""

    def __init__(self, refusal: Refusal, size: int = 0) -> None:
        super().__init__(refusal.value)
        self.refusal = refusal
        self.size = size


@dataclass(frozen=True, slots=True)
class Neighbour:
    """Another node whose record this one watches. `key` signs its heads; `address` is where it answers, "" for nowhere.

    `cosigns` says that this State chose it as a witness of its own heads. A neighbour of whom no head comes for
    `silent_after` hours is silent. `may_ask` says that it is answered where it asks privately.
    """

    key: VerifierKey
    address: str = ""
    silent_after: int = 48
    cosigns: bool = False
    may_ask: bool = False

    @property
    def name(self) -> str:
        """The origin of its record."""
        return self.key.name

    @property
    def witness_key(self) -> VerifierKey:
        """The key of its cosignatures: the same Ed25519 key, which C2SP tells apart by the algorithm byte."""
        return VerifierKey(self.key.name, self.key.public_key, COSIGNATURE)


@dataclass(frozen=True, slots=True)
class SeenHead:
    """A head of another record as it was seen, with its signatures; `at` is RFC 3339, UTC."""

    head: Checkpoint
    at: str


@dataclass(frozen=True, slots=True)
class Cosigned:
    """That a witness cosigned this node's own head of a size: its signature line, and when it came (RFC 3339, UTC)."""

    size: int
    witness: str
    line: str
    at: str


@dataclass(frozen=True, slots=True)
class Submission:
    """What a log sends to its witness: the size the witness saw last, the proof from there, and the new head.

    Source: C2SP tlog-witness, `add-checkpoint`.
    """

    old_size: int
    proof: tuple[bytes, ...]
    head: Checkpoint

    @classmethod
    def parse(cls, text: str) -> "Submission":
        """Read the body of a request.

        Raises:
            NotACheckpoint: it has another shape.
        """
        above, gap, below = text.partition("\n\n")
        first, *proof = above.split("\n")
        found = re.fullmatch(r"old (0|[1-9][0-9]{0,18})", first)
        if not gap or not found or len(proof) > MOST_PROOF_LINES:
            raise NotACheckpoint("not an old size, a proof, and a head below an empty line")
        return cls(int(found[1]), tuple(map(hash_of_line, proof)), Checkpoint.parse(below))

    def __str__(self) -> str:
        lines = (f"old {self.old_size}", *map(hash_line, self.proof))
        return "".join(f"{each}\n" for each in lines) + f"\n{self.head}"


class WitnessStore(Protocol):
    """Whose records this node watches, what it saw of them, and who cosigned its own heads."""

    def neighbours(self) -> Sequence[Neighbour]:
        """All, by name."""
        ...

    def put_neighbour(self, neighbour: Neighbour) -> None:
        """Add one, or replace the one of the same name."""
        ...

    def seen(self, origin: str) -> SeenHead | None:
        """The head seen last of a record; None where none was. Takes the writer's lock when inside a transaction."""
        ...

    def see(self, seen: SeenHead) -> None:
        """Keep a head that was seen. What was seen before stays."""
        ...

    def cosigned(self, size: int) -> Sequence[Cosigned]:
        """The newest cosignature of each witness on the own head of a size, by witness."""
        ...

    def keep_cosigned(self, cosigned: Cosigned) -> None: ...


def origin_hash(origin: str) -> str:
    """Return the name under which a witness serves the heads of a record. Source: C2SP tlog-witness."""
    return hashlib.sha256(origin.encode()).hexdigest()


def check_submission(
    submission: Submission, seen: Checkpoint | None, key: VerifierKey | None, verify: VerifySignature
) -> None:
    """Show that a head may be cosigned: a known record signed it, and it only grew from the head cosigned last.

    Raises:
        HeadRefused: it may not.

    Source: C2SP tlog-witness, `add-checkpoint`.
    """
    head, size = submission.head, seen.size if seen else 0
    if key is None or key.name != head.origin:
        raise HeadRefused(Refusal.ORIGIN_UNKNOWN)
    try:
        verify_checkpoint(head, [key], verify)
    except SignatureRefused:
        raise HeadRefused(Refusal.NOT_SIGNED) from None
    if submission.old_size > head.size:
        raise HeadRefused(Refusal.SIZES_CROSSED)
    if submission.old_size != size:
        raise HeadRefused(Refusal.OUT_OF_STEP, size)
    try:
        check_growth(seen, head, submission.proof)
    except ProofRefused:
        raise HeadRefused(Refusal.INCONSISTENT, size) from None


def check_growth(seen: Checkpoint | None, head: Checkpoint, proof: Sequence[bytes]) -> None:
    """Show that a head continues the one seen before; from nothing every head grows, without a proof.

    Raises:
        ProofRefused: it is not shown.
    """
    if head.size == 0 and head.root != EMPTY_ROOT:
        raise ProofRefused("an empty record has one root")
    if seen is None or seen.size == 0:
        if proof:
            raise ProofRefused("from nothing there is nothing to prove")
    else:
        verify_consistency(seen.size, head.size, seen.root, head.root, proof)


def alarm_of(seen: Checkpoint | None, told: Checkpoint, proof: Sequence[bytes] | None) -> AlarmKind | None:
    """Return what two signed heads of one record show against it, `told` being its newest; None where it only grew.

    Without a `proof` growth is not looked at.
    """
    if seen is None:
        return None
    if told.size < seen.size:
        return AlarmKind.ROLLED_BACK
    if told.size == seen.size:
        return None if told.root == seen.root else AlarmKind.SPLIT_VIEW
    try:
        if proof is not None:
            check_growth(seen, told, proof)
    except ProofRefused:
        return AlarmKind.GROWTH_NOT_SHOWN
    return None


def quorum(head: Checkpoint, witnesses: Iterable[VerifierKey], verify: VerifySignature) -> frozenset[str]:
    """Return the names of those of the witnesses who cosigned a head.

    Raises:
        SignatureRefused: a signature that bears a witness's name and id is not its own.
    """
    keys = {(key.name, key.key_id): key for key in witnesses}
    signed = [keys[place] for each in head.signatures if (place := (each.name, each.key_id)) in keys]
    return frozenset(each.key.name for each in verify_checkpoint(head, signed, verify)) if signed else frozenset()
