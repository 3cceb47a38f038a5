import json
from collections.abc import Iterable, Iterator, Mapping, Sequence

from tracemark.kernel import Signer
from tracemark.recordkeeping import (
    Checkpoint,
    EventFilter,
    EventKind,
    Fault,
    FaultKind,
    Found,
    Frontier,
    NotACheckpoint,
    Reference,
    Sealed,
    Tile,
    grow,
    leaf_hashes,
    read_event,
    sign_checkpoint,
)
from tracemark.storage.relational.append_only import altered, missing
from tracemark.storage.relational.dossiers import named_in
from tracemark.storage.relational.finders import find_beside, find_here
from tracemark.storage.relational.references import deleted_heads, references
from tracemark.storage.relational.sql import Database
from tracemark.weapons import NO_WEAPON, WeaponId

_EVENT = "SELECT position, body FROM event"
_CHECKPOINT = "SELECT size, note, root, frontier FROM checkpoint"
_AT_ONCE = 4096
_LARGE = 100_000
"""From how many events on it pays to let other processes help."""

_TILES_AHEAD = 64


class RelationalRecords:
    """The record in SQL: events, and beside them the seal, which is never computed from the events again."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def size(self) -> int:
        return self._frontier().size

    def extend(self, sealed: Sequence[Sealed], signer: Signer) -> None:
        """Append events, full tiles and a checkpoint.

        Raises:
            ValueError: the positions do not follow what is sealed.
            RuntimeError: there is no surrounding transaction.
        """
        if not self._database.connection.in_atomic_block:
            raise RuntimeError("the record is extended inside a transaction only")
        if not sealed:
            return
        frontier = self._frontier()
        expected = range(frontier.size, frontier.size + len(sealed))
        if [each.position for each in sealed] != list(expected):
            raise ValueError(f"events do not follow the {frontier.size} that are sealed")
        growth = grow(frontier, leaf_hashes(each.body for each in sealed), RelationalTiles(self._database))
        head = sign_checkpoint(Checkpoint(signer.name, growth.frontier.size, growth.frontier.root), signer)
        events = [(each.position, each.body.decode()) for each in sealed]
        tiles = [(each.level, each.index, each.hashes, each.root) for each in growth.tiles]
        checkpoint = (head.size, str(head), head.root, growth.frontier.to_bytes(), growth.pending)
        self._database.insert("event", ("position", "body"), events)
        self._database.insert("dossier_event", ("dossier", "position"), list(named_in(sealed)))
        self._database.insert("tile", ("level", "index", "hashes", "root"), tiles)
        self._database.insert("checkpoint", ("size", "note", "root", "frontier", "pending"), [checkpoint])

    def of_weapon(self, weapon: WeaponId) -> list[Sealed]:
        found = self._database.rows(f"{_EVENT} WHERE weapon = %s ORDER BY position", weapon)
        return [_sealed(*row) for row in found]

    def of_weapons(self, weapons: Iterable[WeaponId]) -> Mapping[WeaponId, list[Sealed]]:
        found: dict[WeaponId, list[Sealed]] = {weapon: [] for weapon in weapons}
        condition, listed = self._database.among("weapon", found)
        for row in self._database.rows(f"{_EVENT} WHERE {condition} ORDER BY position", listed):
            sealed = _sealed(*row)
            found[sealed.event.weapon].append(sealed)
        return found

    def at(self, position: int) -> Sealed:
        row = self._database.row(f"{_EVENT} WHERE position = %s", position)
        if row is None:
            raise KeyError(position)
        return _sealed(*row)

    def all(self, first: int = 0) -> Iterator[Sealed]:
        """Stream in pages by position, so that no server keeps a cursor and no reader holds up a checkpoint."""
        while page := self._database.rows(f"{_EVENT} WHERE position >= %s ORDER BY position LIMIT %s", first, _AT_ONCE):
            yield from (_sealed(*row) for row in page)
            first = page[-1][0] + 1

    def mentioning(self, text: str) -> Iterator[Sealed]:
        """Stream in pages, as `all` does."""
        holds = "strpos(body, %s) > 0" if self._database.on_postgresql else "instr(body, %s) > 0"
        first = 0
        while page := self._database.rows(
            f"{_EVENT} WHERE {holds} AND position >= %s ORDER BY position LIMIT %s", text, first, _AT_ONCE
        ):
            yield from (_sealed(*row) for row in page)
            first = page[-1][0] + 1

    def newest(self, count: int) -> list[Sealed]:
        found = self._database.rows(f"{_EVENT} ORDER BY position DESC LIMIT %s", count)
        return [_sealed(*row) for row in found]

    def latest(self, kind: EventKind) -> Sealed | None:
        asked = f"{_EVENT} WHERE weapon = %s AND kind = %s ORDER BY position DESC LIMIT 1"
        row = self._database.row(asked, NO_WEAPON, kind.value)
        return _sealed(*row) if row else None

    def matching(self, wanted: EventFilter, *, first: int, end: int, limit: int) -> list[Sealed]:
        conditions, values = ["position >= %s", "position < %s"], [first, end]
        if wanted.weapon:
            conditions.append("weapon = %s")
            values.append(wanted.weapon)
        texts = [wanted.kind] if wanted.kind else []
        conditions += ["kind = %s"] if wanted.kind else []
        for name, text in (("by", wanted.account), ("authority", wanted.authority)):
            if text:
                conditions.append("body LIKE %s ESCAPE '!'")
                texts.append(_containing(name, text))
        asked = f"{_EVENT} WHERE {' AND '.join(conditions)} ORDER BY position DESC LIMIT %s"
        # The body may say a name elsewhere too, so what was found is read and compared.
        found = (_sealed(*row) for row in self._database.rows(asked, *values, *texts, limit))
        return [each for each in found if wanted.fits(each.event)]

    def found(self) -> Iterator[Found]:
        return find_beside(self._database) if self.size() >= _LARGE else find_here(self._database)

    def tiles(self) -> "RelationalTiles":
        return RelationalTiles(self._database)

    def checkpoints(self) -> Iterator[Checkpoint]:
        size = 0
        while page := self._database.rows(f"{_CHECKPOINT} WHERE size > %s ORDER BY size LIMIT %s", size, _AT_ONCE):
            yield from (_checkpoint(*row) for row in page)
            size = page[-1][0]

    def newest_checkpoints(self, count: int) -> list[Checkpoint]:
        return [_checkpoint(*row) for row in self._database.rows(f"{_CHECKPOINT} ORDER BY size DESC LIMIT %s", count)]

    def head(self) -> Checkpoint | None:
        return next(iter(self.newest_checkpoints(1)), None)

    def _frontier(self) -> Frontier:
        row = self._database.row("SELECT size, frontier FROM checkpoint ORDER BY size DESC LIMIT 1")
        return Frontier.from_bytes(row[0], bytes(row[1])) if row else Frontier()

    def references(self) -> Sequence[Reference]:
        return list(references(self._database))

    def deleted_heads(self) -> Sequence[int]:
        return deleted_heads(self._database)

    def guard_faults(self) -> Sequence[Fault]:
        gone, changed = missing(self._database.connection), altered(self._database.connection)
        faults = [Fault(None, FaultKind.TRIGGER_MISSING, place=each) for each in gone]
        faults += [Fault(None, FaultKind.TRIGGER_CHANGED, place=each) for each in changed]
        return sorted(faults, key=lambda each: each.place)


class RelationalTiles:
    """The sealed hashes in SQL."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._ahead: dict[int, Tile] = {}
        self._last = (0, -2)

    def tile(self, level: int, index: int) -> Tile | None:
        """Return one tile; who asks for one after the other is given them from a page read ahead."""
        kept = self._ahead.get(index) if self._last[0] == level else None
        if kept is None:
            count = _TILES_AHEAD if (level, index) == (self._last[0], self._last[1] + 1) else 1
            self._ahead = self._read(level, index, count)
            kept = self._ahead.get(index)
        self._last = (level, index)
        return kept

    def _read(self, level: int, first: int, count: int) -> dict[int, Tile]:
        found = self._database.rows(
            'SELECT "index", hashes, root FROM tile WHERE level = %s AND "index" >= %s AND "index" < %s',
            level,
            first,
            first + count,
        )
        return {index: Tile(level, index, bytes(hashes), bytes(root)) for index, hashes, root in found}

    def roots(self, level: int, first: int, count: int) -> Sequence[bytes]:
        found = self._database.rows(
            'SELECT "index", root FROM tile WHERE level = %s AND "index" >= %s AND "index" < %s ORDER BY "index"',
            level,
            first,
            first + count,
        )
        return [bytes(root) for expected, (index, root) in enumerate(found, first) if index == expected]

    def pending(self, first: int) -> bytes:
        found = self._database.rows("SELECT pending FROM checkpoint WHERE size > %s ORDER BY size", first)
        return b"".join(bytes(row[0]) for row in found)


def _containing(name: str, text: str) -> str:
    """Return the LIKE pattern of a canonical body in which a name has a value; `!` escapes."""
    written = f'"{name}":{json.dumps(text, ensure_ascii=False)}'
    for sign in "!%_":
        written = written.replace(sign, f"!{sign}")
    return f"%{written}%"


def _sealed(position: int, body: str) -> Sealed:
    return read_event(position, body.encode())


def _checkpoint(size: int, note: str, root: bytes, frontier: bytes) -> Checkpoint:
    """Return the checkpoint a row holds; one that nobody signed where the row's parts do not agree."""
    try:
        checkpoint = Checkpoint.parse(note)
        agreed = checkpoint.size == size and checkpoint.root == bytes(root) == Frontier.from_bytes(size, frontier).root
    except (NotACheckpoint, ValueError):
        agreed = False
    return checkpoint if agreed else Checkpoint("", size, bytes(32))
