"""Every port in one object, in memory: for the tests of the rooms, and to try things out."""

import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from copy import copy
from dataclasses import dataclass, field, replace

from tracemark.authorities import Agency
from tracemark.kernel import Plain, Signer
from tracemark.marking import import_country, look_alike_key
from tracemark.recordkeeping import (
    LINE_BREAK,
    Checkpoint,
    Dossier,
    EventFilter,
    EventKind,
    Fault,
    Found,
    Frontier,
    NumberBlock,
    Reference,
    RegisterFilter,
    Sealed,
    Tile,
    WeaponState,
    find,
    fold,
    grow,
    leaf_hashes,
    sign_checkpoint,
)
from tracemark.storage.marks import Codebook, SearchedMark, mark_columns, own_serials
from tracemark.storage.memory_accounts import MemoryAccounts, MemoryChanges, MemoryTokens
from tracemark.storage.memory_beside import BesideStores
from tracemark.storage.memory_cases import MemoryCases
from tracemark.storage.memory_correspondence import MemoryInbox, MemoryOutbox
from tracemark.storage.memory_dossiers import MemoryDossiers
from tracemark.storage.memory_intake import MemoryIntake
from tracemark.storage.memory_numbers import MemoryNumbers
from tracemark.storage.memory_persons import MemoryPersons
from tracemark.storage.memory_profiles import MemoryProfiles
from tracemark.storage.memory_proposals import MemoryProposals
from tracemark.storage.memory_questions import MemoryQuestions
from tracemark.storage.memory_searches import MemorySearches
from tracemark.storage.memory_tips import MemoryTips
from tracemark.storage.memory_verifications import MemoryVerifications
from tracemark.storage.memory_witnesses import MemoryWitnesses
from tracemark.tracing import Segment, TraceCase, build_segment
from tracemark.weapons import NO_WEAPON, ComponentId, WeaponId, weapon_text

_FILTERED = ("kind", "maker", "model", "calibre")


@dataclass(slots=True)
class _Held:
    """All that is held. A transaction that fails puts back a copy; values in it are never changed in place."""

    events: list[Sealed] = field(default_factory=list)
    of_weapons: dict[WeaponId, tuple[Sealed, ...]] = field(default_factory=dict)
    tiles: dict[tuple[int, int], Tile] = field(default_factory=dict)
    heads: list[tuple[Checkpoint, Frontier, bytes]] = field(default_factory=list)
    weapons: dict[WeaponId, WeaponState] = field(default_factory=dict)
    reserved: int = 0
    proposals: MemoryProposals = field(default_factory=MemoryProposals)
    persons: MemoryPersons = field(default_factory=MemoryPersons)
    verifications: MemoryVerifications = field(default_factory=MemoryVerifications)
    reads: list[Mapping[str, Plain]] = field(default_factory=list)
    agencies: dict[str, Agency] = field(default_factory=dict)
    cases: dict[str, TraceCase] = field(default_factory=dict)
    blocks: list[NumberBlock] = field(default_factory=list)
    dossiers: dict[str, Dossier] = field(default_factory=dict)
    intake: MemoryIntake = field(default_factory=MemoryIntake)
    profiles: MemoryProfiles = field(default_factory=MemoryProfiles)
    accounts: MemoryAccounts = field(default_factory=MemoryAccounts)
    tokens: MemoryTokens = field(default_factory=MemoryTokens)
    changes: MemoryChanges = field(default_factory=MemoryChanges)
    searches: MemorySearches = field(default_factory=MemorySearches)
    witnesses: MemoryWitnesses = field(default_factory=MemoryWitnesses)
    questions: MemoryQuestions = field(default_factory=MemoryQuestions)
    tips: MemoryTips = field(default_factory=MemoryTips)
    outbox: MemoryOutbox = field(default_factory=MemoryOutbox)
    inbox: MemoryInbox = field(default_factory=MemoryInbox)

    def duplicate(self) -> "_Held":
        return replace(self, **{name: copy(getattr(self, name)) for name in self.__slots__})


class MemoryStores(BesideStores):
    """Every port of the rooms in memory."""

    def __init__(self, signer: Signer) -> None:
        self.signer = signer
        self.held: _Held = _Held()
        self.records = MemoryRecords(self)
        self.register = MemoryRegister(self)
        self.reads = MemoryReads(self)
        self.agencies = MemoryAgencies(self)
        self.cases = MemoryCases(lambda: self.held)
        self.numbers = MemoryNumbers(lambda: self.held)
        self.dossiers = MemoryDossiers(lambda: self.held)
        self.marks = MemoryMarkIndex(self)
        self._writer = threading.RLock()

    @contextmanager
    def atomic(self) -> Iterator[None]:
        """One transaction of the one writer: all or nothing. Inside another, only its own part is undone."""
        with self._writer:
            before = self.held.duplicate()
            try:
                yield
            except BaseException:
                self.held = before
                raise

    def close(self) -> None:
        """Let go of nothing: there is no connection."""

    def snapshot(self) -> AbstractContextManager[None]:
        """One view of the record; in memory there is only one."""
        return nullcontext()


class _Part:
    """One port's view of what is held."""

    def __init__(self, stores: MemoryStores) -> None:
        self._stores = stores

    @property
    def _held(self) -> _Held:
        return self._stores.held


class MemoryRecords(_Part):
    def size(self) -> int:
        return len(self._held.events)

    def extend(self, sealed: Sequence[Sealed], signer: Signer) -> None:
        """Append events, full tiles and a checkpoint.

        Raises:
            ValueError: the positions do not follow what is sealed.
        """
        if not sealed:
            return
        held = self._held
        if [each.position for each in sealed] != list(range(len(held.events), len(held.events) + len(sealed))):
            raise ValueError(f"events do not follow the {len(held.events)} that are sealed")
        frontier = held.heads[-1][1] if held.heads else Frontier()
        growth = grow(frontier, leaf_hashes(each.body for each in sealed), self.tiles())
        head = sign_checkpoint(Checkpoint(signer.name, growth.frontier.size, growth.frontier.root), signer)
        held.heads.append((head, growth.frontier, growth.pending))
        held.tiles.update({(tile.level, tile.index): tile for tile in growth.tiles})
        held.events.extend(sealed)
        for each in sealed:
            held.of_weapons[each.event.weapon] = (*held.of_weapons.get(each.event.weapon, ()), each)

    def of_weapon(self, weapon: WeaponId) -> list[Sealed]:
        return list(self._held.of_weapons.get(weapon, ()))

    def of_weapons(self, weapons: Iterable[WeaponId]) -> Mapping[WeaponId, list[Sealed]]:
        return {weapon: self.of_weapon(weapon) for weapon in weapons}

    def at(self, position: int) -> Sealed:
        if not 0 <= position < len(self._held.events):
            raise KeyError(position)
        return self._held.events[position]

    def all(self, first: int = 0) -> Iterator[Sealed]:
        return iter(self._held.events[first:])

    def mentioning(self, text: str) -> Iterator[Sealed]:
        return (each for each in tuple(self._held.events) if text.encode() in each.body)

    def newest(self, count: int) -> list[Sealed]:
        return self._held.events[::-1][:count]

    def latest(self, kind: EventKind) -> Sealed | None:
        return next((each for each in reversed(self.of_weapon(NO_WEAPON)) if each.event.kind is kind), None)

    def matching(self, wanted: EventFilter, *, first: int, end: int, limit: int) -> list[Sealed]:
        stretch = self._held.events[max(first, 0) : end]
        return [each for each in reversed(stretch) if wanted.fits(each.event)][:limit]

    def found(self) -> Iterator[Found]:
        if events := tuple(self._held.events):
            yield find(([each.position for each in events], LINE_BREAK.join(each.body for each in events)))

    def tiles(self) -> "MemoryTiles":
        return MemoryTiles(self._stores)

    def checkpoints(self) -> Iterator[Checkpoint]:
        return (head for head, _, _ in tuple(self._held.heads))

    def newest_checkpoints(self, count: int) -> list[Checkpoint]:
        return [head for head, _, _ in self._held.heads[::-1][:count]]

    def head(self) -> Checkpoint | None:
        return self._held.heads[-1][0] if self._held.heads else None

    def references(self) -> Sequence[Reference]:
        last = max(self._held.weapons.values(), key=lambda each: each.position, default=None)
        return [Reference(weapon_text(last.weapon), last.position)] if last else []

    def deleted_heads(self) -> Sequence[int]:
        return ()

    def guard_faults(self) -> Sequence[Fault]:
        return ()


class MemoryTiles(_Part):
    def tile(self, level: int, index: int) -> Tile | None:
        return self._held.tiles.get((level, index))

    def roots(self, level: int, first: int, count: int) -> Sequence[bytes]:
        found: list[bytes] = []
        for index in range(first, first + count):
            if (tile := self.tile(level, index)) is None:
                break
            found.append(tile.root)
        return found

    def pending(self, first: int) -> bytes:
        return b"".join(pending for head, _, pending in self._held.heads if head.size > first)


class MemoryRegister(_Part):
    def next_weapons(self, count: int) -> range:
        first = max(0, self._held.reserved, *self._held.weapons, *self._held.of_weapons) + 1
        self._held.reserved = first + count - 1
        return range(first, first + count)

    def put(self, states: Sequence[WeaponState]) -> None:
        self._held.weapons.update({state.weapon: state for state in states})

    def state(self, weapon: WeaponId) -> WeaponState:
        return self._held.weapons[weapon]

    def states(self, weapons: Iterable[WeaponId]) -> Mapping[WeaponId, WeaponState]:
        return {each: self._held.weapons[each] for each in sorted(set(weapons)) if each in self._held.weapons}

    def page(
        self, wanted: RegisterFilter, *, holders: frozenset[str] | None, after: WeaponId = NO_WEAPON, limit: int = 50
    ) -> list[WeaponState]:
        found = [state for weapon, state in sorted(self._held.weapons.items()) if weapon > after]
        seen = (each for each in found if holders is None or each.holder in holders)
        return [each for each in seen if _fits(each, wanted)][:limit]

    def bearing(self, folded: Iterable[str]) -> Mapping[str, list[WeaponId]]:
        return self._by(folded, str)

    def look_alikes(self, keys: Iterable[str]) -> Mapping[str, list[WeaponId]]:
        return self._by(keys, look_alike_key)

    def shared_components(self, among: Iterable[ComponentId] | None = None) -> Mapping[ComponentId, list[WeaponId]]:
        asked = None if among is None else frozenset(among)
        claimed: dict[ComponentId, list[WeaponId]] = {}
        for weapon, state in sorted(self._held.weapons.items()):
            for component in state.components:
                claimed.setdefault(component.id, []).append(weapon)
        shared = (each for each in sorted(claimed.items()) if len(each[1]) > 1)
        return {component: weapons for component, weapons in shared if asked is None or component in asked}

    def differing(self) -> Iterator[tuple[WeaponId, int | None]]:
        folded, held = self._folded(), self._held.weapons
        for weapon in sorted({*folded, *held}):
            if held.get(weapon) != folded.get(weapon):
                yield weapon, folded[weapon].position if weapon in folded else None

    def redraw(self) -> int:
        self._held.weapons = self._folded()
        return len(self._held.weapons)

    def _folded(self) -> dict[WeaponId, WeaponState]:
        return {weapon: fold(weapon, each) for weapon, each in self._held.of_weapons.items() if weapon != NO_WEAPON}

    def _by(self, keys: Iterable[str], key_of: Callable[[str], str]) -> dict[str, list[WeaponId]]:
        wanted, found = set(keys), dict[str, list[WeaponId]]()
        for weapon, state in sorted(self._held.weapons.items()):
            for key in sorted({key_of(folded) for folded in own_serials(state).values()} & wanted):
                found.setdefault(key, []).append(weapon)
        return found


class MemoryReads(_Part):
    def note(self, *, actor: str, authority: str, commitment: str, purpose: str, at: str) -> None:
        read = {"actor": actor, "authority": authority, "commitment": commitment, "purpose": purpose, "at": at}
        self._held.reads.append(read)

    def of(self, commitment: str) -> list[Mapping[str, Plain]]:
        return [read for read in self._held.reads if read["commitment"] == commitment]

    def newest(self, count: int) -> list[Mapping[str, Plain]]:
        return self._held.reads[::-1][:count]


class MemoryAgencies(_Part):
    def all(self) -> list[Agency]:
        return [agency for _, agency in sorted(self._held.agencies.items())]

    def find(self, code: str) -> Agency | None:
        return self._held.agencies.get(code)

    def put(self, agency: Agency) -> None:
        self._held.agencies[agency.code] = agency


class MemoryMarkIndex(_Part):
    """The marks made ready for search; made anew when the register has changed."""

    _made_of: Mapping[WeaponId, WeaponState] | None = None
    _made: tuple[Segment, Codebook]

    def segments(self) -> Sequence[Segment]:
        return [self._current()[0]]

    def code(self, column: str, value: str) -> int:
        return self._current()[1].code(column, value)

    def catch_up(self) -> None:
        self._current()

    def settle(self) -> None:
        """Nothing is done aside."""

    def merge(self) -> None:
        self._current()

    def rebuild(self) -> None:
        self._made_of = None
        self._current()

    def _current(self) -> tuple[Segment, Codebook]:
        if self._made_of != self._held.weapons:
            self._made_of, codes = dict(self._held.weapons), Codebook()
            marks = [mark for state in self._made_of.values() for mark in _searched(state)]
            self._made = build_segment(mark_columns(marks, codes)), codes
        return self._made


def _searched(state: WeaponState) -> Iterator[SearchedMark]:
    described = state.description
    attributes = (described.maker, described.model, described.calibre, described.country, described.year)
    imported = import_country(state.marks)
    for mark, folded in own_serials(state).items():
        yield mark, state.weapon, folded, *attributes, described.kind, imported


def _fits(state: WeaponState, wanted: RegisterFilter) -> bool:
    described = {name: getattr(state.description, name) for name in _FILTERED}
    has = {**described, **{name: str(getattr(state, name) or "") for name in ("status", "holder", "place", "since")}}
    if any(getattr(wanted, name) not in {"", value} for name, value in has.items()):
        return False
    serials = own_serials(state).values()
    return not wanted.serial or any(serial.startswith(wanted.serial) for serial in serials)
