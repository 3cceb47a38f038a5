from dataclasses import dataclass

from tracemark.recordkeeping import Checkpoint


class RecordDoubtful(Exception):
    """Nothing is drawn from a record whose events do not stand as they were sealed."""


@dataclass(frozen=True, slots=True)
class Proof:
    """That one event is in the record under one signed head: its leaf, and the path to the root (RFC 9162)."""

    position: int
    leaf: bytes
    path: tuple[bytes, ...]
    head: Checkpoint


@dataclass(frozen=True, slots=True)
class Redrawn:
    """How many weapons and trace cases were drawn anew from the record."""

    weapons: int
    cases: int
