from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Protocol

from tracemark.authorities import Agency
from tracemark.kernel import PartialDate, Plain, Signer
from tracemark.marking import Span
from tracemark.recordkeeping.checkpoints import Checkpoint
from tracemark.recordkeeping.comparison import Fault
from tracemark.recordkeeping.dossiers import DossierStore
from tracemark.recordkeeping.events import Event, Sealed
from tracemark.recordkeeping.history import WeaponState
from tracemark.recordkeeping.holders import Person
from tracemark.recordkeeping.kinds import EventKind
from tracemark.recordkeeping.numbers import NumberBlock
from tracemark.recordkeeping.tiles import TileSource
from tracemark.recordkeeping.verification import Found
from tracemark.recordkeeping.witnessing import WitnessStore
from tracemark.weapons import NO_WEAPON, ComponentId, WeaponId


@dataclass(frozen=True, slots=True)
class Proposal:
    """A correction, an erasure or weights, which one person proposes and another decides on. `at` is RFC 3339, UTC."""

    id: int
    permission: str
    subject: str
    content: Mapping[str, Plain]
    reason: str
    proposed_by: str
    at: str


@dataclass(frozen=True, slots=True)
class Decision:
    """What a second person decided about a proposal."""

    proposal: int
    approved: bool
    decided_by: str
    at: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class RegisterFilter:
    """What is looked for in the register; "" asks for nothing. `serial` is the beginning of a folded serial.

    `since` is the day of the last event that changed holder or status, as the record writes it.
    """

    serial: str = ""
    status: str = ""
    kind: str = ""
    maker: str = ""
    model: str = ""
    calibre: str = ""
    holder: str = ""
    place: str = ""
    since: str = ""


@dataclass(frozen=True, slots=True)
class EventFilter:
    """What is looked for in the whole record; "" and no weapon ask for nothing. Account and authority stand whole."""

    account: str = ""
    authority: str = ""
    kind: str = ""
    weapon: WeaponId = NO_WEAPON

    def fits(self, event: Event) -> bool:
        """Whether an event is what is looked for."""
        asked = ((self.account, event.by), (self.authority, event.authority), (self.kind, event.kind.value))
        return all(not wanted or wanted == told for wanted, told in asked) and self.weapon in (NO_WEAPON, event.weapon)


@dataclass(frozen=True, slots=True)
class Verified:
    """That somebody verified the record: when (RFC 3339, UTC), up to which head, and how many faults were found."""

    at: str
    actor: str
    authority: str
    size: int
    root: str
    faults: int


@dataclass(frozen=True, slots=True)
class Reference:
    """Something beside the record that cannot be without the event at a position. `place` says what it is."""

    place: str
    event: int


class RecordStore(Protocol):
    """Where sealed events are kept. It only ever grows."""

    def size(self) -> int:
        """How many events the record holds. Takes the writer's lock when inside a transaction."""
        ...

    def extend(self, sealed: Sequence[Sealed], signer: Signer) -> None:
        """Append sealed events, the completed tiles and a signed checkpoint, all in the surrounding transaction."""
        ...

    def of_weapon(self, weapon: WeaponId) -> list[Sealed]:
        """Every event of a weapon, in the order of the record."""
        ...

    def of_weapons(self, weapons: Iterable[WeaponId]) -> Mapping[WeaponId, list[Sealed]]:
        """The same for several weapons at once; a weapon without events has an empty list."""
        ...

    def at(self, position: int) -> Sealed:
        """Raise KeyError where there is no such event."""
        ...

    def all(self, first: int = 0) -> Iterator[Sealed]:
        """Every event from `first` on, streamed."""
        ...

    def mentioning(self, text: str) -> Iterator[Sealed]:
        """Every event whose canonical bytes hold a text, streamed in the order of the record."""
        ...

    def newest(self, count: int) -> list[Sealed]:
        """The last events, newest first."""
        ...

    def latest(self, kind: EventKind) -> Sealed | None:
        """The last event of a kind that concerns no weapon; None where there is none."""
        ...

    def matching(self, wanted: EventFilter, *, first: int, end: int, limit: int) -> list[Sealed]:
        """The last events of those at `first` up to before `end` that fit, newest first."""
        ...

    def found(self) -> Iterator[Found]:
        """What is stored of the events, unread and hashed, many at a time in the order of position: to be verified."""
        ...

    def tiles(self) -> TileSource:
        """The sealed hashes, tile by tile."""
        ...

    def checkpoints(self) -> Iterator[Checkpoint]:
        """Every signed head, by size."""
        ...

    def newest_checkpoints(self, count: int) -> list[Checkpoint]:
        """The last signed heads, newest first."""
        ...

    def head(self) -> Checkpoint | None:
        """The newest signed head; None while the record is empty."""
        ...

    def references(self) -> Sequence[Reference]:
        """What names events of the record from beside it, of each kind of thing the one that names the last event."""
        ...

    def deleted_heads(self) -> Sequence[int]:
        """The sizes at which a head was signed that is gone, as far as the heads behind tell that it stood there."""
        ...

    def guard_faults(self) -> Sequence[Fault]:
        """What ought to keep the store from changing a row, by name, and is gone, asleep, or does something else."""
        ...


class RegisterStore(Protocol):
    """What is true of each weapon now: drawn from the record, kept for search, and able to be drawn again."""

    def next_weapons(self, count: int) -> range:
        """Reserve identities. Call inside the transaction that will record them."""
        ...

    def put(self, states: Sequence[WeaponState]) -> None:
        """Keep the states of weapons after new events; marks are only ever added."""
        ...

    def state(self, weapon: WeaponId) -> WeaponState:
        """Raise KeyError where the register has no such weapon."""
        ...

    def states(self, weapons: Iterable[WeaponId]) -> Mapping[WeaponId, WeaponState]:
        """The same for several at once; weapons the register does not have are left out."""
        ...

    def page(
        self, wanted: RegisterFilter, *, holders: frozenset[str] | None, after: WeaponId = NO_WEAPON, limit: int = 50
    ) -> list[WeaponState]:
        """Weapons that fit, by identity, beginning behind `after`; of these holders only, None for all."""
        ...

    def bearing(self, folded: Iterable[str]) -> Mapping[str, list[WeaponId]]:
        """The weapons that bear a mark with one of these folded serials, by serial; others are left out."""
        ...

    def look_alikes(self, keys: Iterable[str]) -> Mapping[str, list[WeaponId]]:
        """The weapons that bear a mark with one of these look-alike keys, by key; others are left out."""
        ...

    def shared_components(self, among: Iterable[ComponentId] | None = None) -> Mapping[ComponentId, list[WeaponId]]:
        """The components, of these or of all, that two or more weapons claim now, with the weapons."""
        ...

    def differing(self) -> Iterator[tuple[WeaponId, int | None]]:
        """Each weapon of which the register says other than its events, by identity, with its last event's position.

        That is None for a weapon the record does not know. Call inside a snapshot.
        """
        ...

    def redraw(self) -> int:
        """Draw all states and marks anew from the record, and return how many weapons. Call inside a transaction."""
        ...


class ProposalStore(Protocol):
    """Proposals and decisions, append-only."""

    def propose(self, proposal: Proposal) -> Proposal:
        """Keep a proposal and return it with its id."""
        ...

    def proposal(self, proposal: int) -> Proposal:
        """Raise KeyError where there is none."""
        ...

    def decision(self, proposal: int) -> Decision | None: ...

    def decide(self, decision: Decision) -> None: ...

    def open(self) -> list[Proposal]:
        """Proposals not decided yet, oldest first."""
        ...

    def decided(self, *, proposed_by: str = "", before: int = 0, limit: int = 50) -> list[tuple[Proposal, Decision]]:
        """Decided proposals, the newest first: of one account where it is named, below the number `before` if given."""
        ...


class PersonStore(Protocol):
    """Personal data beside the record, each under its salted commitment."""

    def put(self, commitment: str, salt: bytes, data: Mapping[str, Plain]) -> None: ...

    def put_new(self, persons: Sequence[Person]) -> None:
        """Keep many at once, each under a commitment that was drawn afresh and that nothing else bears."""
        ...

    def get(self, commitment: str) -> tuple[bytes, Mapping[str, Plain]]:
        """Raise KeyError where the data were never held, or were erased."""
        ...

    def all(self) -> Iterator[Person]:
        """All that are kept, streamed by commitment. Data that somebody made unreadable come empty."""
        ...

    def erase(self, commitment: str) -> None:
        """Remove data and salt for good. Raise KeyError where there are none."""
        ...


class ReadLog(Protocol):
    """Who read a person's data, when and why. Append-only."""

    def note(self, *, actor: str, authority: str, commitment: str, purpose: str, at: str) -> None: ...

    def of(self, commitment: str) -> list[Mapping[str, Plain]]:
        """Every read of one person's data, oldest first."""
        ...

    def newest(self, count: int) -> list[Mapping[str, Plain]]:
        """The last reads of anybody's data, newest first."""
        ...


class NumberStore(Protocol):
    """Blocks of numbers and the use made of them: drawn from the record, and able to be drawn again."""

    def blocks(self) -> Sequence[NumberBlock]:
        """Every block, in the order of allocation; last those that were allocated before numbers were sealed."""
        ...

    def block(self, allocated: int) -> NumberBlock:
        """The block that the event at this position allocated. Raise KeyError where there is none."""
        ...

    def put(self, block: NumberBlock) -> None:
        """Keep a new block. Raise ValueError where one of its scheme and first number is kept already."""
        ...

    def use(self, block: NumberBlock, span: Span) -> None:
        """Mark numbers as used, for good. Raise KeyError where there is no such block."""
        ...

    def close(self, allocated: int, closed_on: PartialDate) -> None:
        """Mark a block as closed, for good."""
        ...

    def differing(self) -> Sequence[NumberBlock]:
        """Each block of which the tables say other than the record, as the tables or else the record have it.

        Call inside a snapshot.
        """
        ...

    def redraw(self) -> int:
        """Draw all blocks anew from the record, and return how many. Call inside a transaction.

        A block that was allocated before numbers were sealed is left as it is, unless the record has it by now.
        """
        ...


class VerificationLog(Protocol):
    """Who verified the record, and what was found. Append-only."""

    def note(self, verified: Verified) -> None: ...

    def newest(self, count: int) -> list[Verified]:
        """The last, newest first."""
        ...


class AgencyStore(Protocol):
    """The agencies and holders this node knows: reference data, beside the record."""

    def all(self) -> list[Agency]: ...

    def find(self, code: str) -> Agency | None: ...

    def put(self, agency: Agency) -> None:
        """Add an agency, or replace the one of the same code."""
        ...


class RecordkeepingStores(Protocol):
    """What recordkeeping needs from outside."""

    @property
    def records(self) -> RecordStore: ...
    @property
    def register(self) -> RegisterStore: ...
    @property
    def proposals(self) -> ProposalStore: ...
    @property
    def persons(self) -> PersonStore: ...
    @property
    def reads(self) -> ReadLog: ...
    @property
    def verifications(self) -> VerificationLog: ...
    @property
    def agencies(self) -> AgencyStore: ...
    @property
    def numbers(self) -> NumberStore: ...
    @property
    def dossiers(self) -> DossierStore: ...
    @property
    def witnesses(self) -> WitnessStore: ...
    @property
    def signer(self) -> Signer: ...

    def atomic(self) -> AbstractContextManager[object]:
        """One transaction of the one writer: all or nothing."""
        ...

    def snapshot(self) -> AbstractContextManager[object]:
        """One view of everything while others go on writing. Nothing is written inside."""
        ...
