import base64

from pydantic import BaseModel

from tracemark.api.schemas.fields import Coming, Flag, Said
from tracemark.node import Proof
from tracemark.recordkeeping import Checkpoint, Fault, FaultKind, Verification


class HeadOut(BaseModel):
    """The signed head of the record. `checkpoint` is the C2SP note, `root` is base64, `key` verifies the signature."""

    origin: str
    size: int
    root: str
    checkpoint: str
    key: str

    @classmethod
    def of(cls, head: Checkpoint, key: str) -> "HeadOut":
        """Return a head as it goes out."""
        root = base64.b64encode(head.root).decode()
        return cls(origin=head.origin, size=head.size, root=root, checkpoint=str(head), key=key)


class InclusionOut(BaseModel):
    """That one event is in the record: its leaf hash and the path to the root, in hexadecimal (RFC 9162)."""

    position: int
    size: int
    leaf: str
    path: list[str]
    checkpoint: str

    @classmethod
    def of(cls, proof: Proof) -> "InclusionOut":
        """Return a proof as it goes out."""
        return cls(
            position=proof.position,
            size=proof.head.size,
            leaf=proof.leaf.hex(),
            path=[each.hex() for each in proof.path],
            checkpoint=str(proof.head),
        )


class ConsistencyOut(BaseModel):
    """That the record of `new_size` events is the record of `old_size`, grown: hashes in hexadecimal (RFC 9162)."""

    old_size: int
    new_size: int
    path: list[str]


class VerifyIn(Coming):
    """What to verify the record against: a head kept elsewhere (a C2SP checkpoint; null for none), and the register.

    `with_register` compares what the register says of each weapon and trace case with its events, too, and personal
    data and decisions with what was sealed of them. It takes longer. `every_head` checks the signature of each head,
    and not of the newest one only.
    """

    against: Said | None = None
    with_register: Flag = False
    every_head: Flag = False


class FaultOut(BaseModel):
    """What was done to the record, and where. `other` and `place` say more, as the kind of fault needs.

    `event` is null where a trigger is missing or does something else: it concerns no single event, and `place` is its
    name. It is null, too, for a weapon or a trace case that the record does not know, for a person whom it does not
    name, for a decision that no event tells, and for an entry of the account changes; `place` names it.
    """

    event: int | None
    fault: FaultKind
    other: int | None
    place: str

    @classmethod
    def of(cls, fault: Fault) -> "FaultOut":
        """Return a fault as it goes out."""
        return cls(event=fault.event, fault=fault.fault, other=fault.other, place=fault.place)


class VerificationOut(BaseModel):
    """What became of verifying the record. `complete` is false where so much was found that the rest was not read.

    `with_register` says whether the register was compared with it.
    """

    ok: bool
    events: int
    head: str
    faults: list[FaultOut]
    complete: bool
    with_register: bool

    @classmethod
    def of(cls, found: Verification) -> "VerificationOut":
        """Return a verification as it goes out."""
        return cls(
            ok=found.ok,
            events=found.events,
            head=str(found.head or ""),
            faults=[FaultOut.of(each) for each in found.faults],
            complete=found.complete,
            with_register=found.with_register,
        )
