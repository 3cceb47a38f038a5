from bisect import bisect_left
from collections.abc import Generator, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from tracemark.recordkeeping.trees import HASH_BYTES, TILE_WIDTH, split_hashes

NARROWEST, WIDEST = 64, 65_536


class FaultKind(StrEnum):
    """What was done to the record. The first seven concern rows, then come those of the seal, then what stands beside.

    Beside stand the store's guards, what is drawn from the record, and what names its events, persons and decisions.
    """

    CHANGED = "changed"
    DELETED = "deleted"
    INSERTED = "inserted"
    SWAPPED = "swapped"
    MOVED = "moved"
    UNSEALED = "unsealed"
    RENUMBERED = "renumbered"
    TILE_CHANGED = "tile_changed"
    TILE_MISSING = "tile_missing"
    ROOT_DIFFERS = "root_differs"
    CHECKPOINT_CHANGED = "checkpoint_changed"
    CHECKPOINT_MISSING = "checkpoint_missing"
    SIGNATURE_REFUSED = "signature_refused"
    ROLLED_BACK = "rolled_back"
    FORKED = "forked"
    TRIGGER_MISSING = "trigger_missing"
    TRIGGER_CHANGED = "trigger_changed"
    REGISTER_DIFFERS = "register_differs"
    CASE_DIFFERS = "case_differs"
    NUMBERS_DIFFER = "numbers_differ"
    NUMBERS_UNSEALED = "numbers_unsealed"
    DOSSIER_DIFFERS = "dossier_differs"
    FILE_MISSING = "file_missing"
    FILE_CHANGED = "file_changed"
    RECORD_CUT_OFF = "record_cut_off"
    VERIFIED_OTHERWISE = "verified_otherwise"
    HEAD_FOREIGN = "head_foreign"
    HEAD_DELETED = "head_deleted"
    CHANGES_BROKEN = "changes_broken"
    PERSON_CHANGED = "person_changed"
    PERSON_MISSING = "person_missing"
    PERSON_NOT_ERASED = "person_not_erased"
    DECISION_DIFFERS = "decision_differs"


@dataclass(frozen=True, slots=True)
class Fault:
    """What was done, and where. Positions count from 0.

    `event` is the position at which the row was sealed; for a row that never was (inserted, unsealed), that at which it
    stands. `other` depends on `fault`: the second of two swapped rows; where a moved row went; the number a renumbered
    row bears; the last of a run of deleted, inserted or unsealed rows; the last event among which an altered one is.
    `place` names a tile by its path, or a checkpoint as `checkpoint/<size>`, when the seal itself was touched; or the
    guard that is missing or does something else, which concerns no single event: then `event` is None; or the weapon of
    which the register says other than the record: then `event` is the weapon's last, None for a weapon the record does
    not know; or the trace case of which its row does: then `event` opened it, None where none did; or the first number
    of a block of which the tables do: then `event` is that which allocated it; or a dossier's name; or the SHA-256 of a
    picture that `event` names and that is not kept beside the register as it was; or what names the event `other`
    although the record ends before `event`; or `verification/<size>`, an earlier verification that found another root;
    or the place of an account's change in their list; or a person's commitment, which says nothing of the person; or
    `proposal/<id>`, which was approved, and of which the record knows nothing.
    """

    event: int | None
    fault: FaultKind
    other: int | None = None
    place: str = ""


@dataclass(frozen=True, slots=True)
class Edit:
    """One place at which the rows found and the leaves sealed part.

    `index` and `sealed` are None when nothing was sealed there, `position` and `found` when no row stands there. Both
    hashes are given and equal when only the row's number is wrong.
    """

    index: int | None = None
    position: int | None = None
    sealed: bytes | None = None
    found: bytes | None = None


Stretch = tuple[Sequence[int], bytes]
"""Positions, and their hashes side by side."""


class Lane:
    """A stream of numbered hashes, read ahead only as far as asked. `read` counts all that came."""

    def __init__(self, stretches: Iterable[Stretch]) -> None:
        self._stretches = iter(stretches)
        self.positions: list[int] = []
        self.hashes = b""
        self.read = 0

    def fill(self, count: int) -> int:
        """Read until `count` hashes stand ready, or the end; return how many stand ready."""
        parts = [self.hashes]
        while len(self.positions) < count and (stretch := next(self._stretches, None)):
            self.positions += stretch[0]
            self.read += len(stretch[0])
            parts.append(stretch[1])
        self.hashes = b"".join(parts) if len(parts) > 1 else self.hashes
        return len(self.positions)

    def drop(self, count: int) -> None:
        """Leave `count` hashes behind."""
        del self.positions[:count]
        self.hashes = self.hashes[count * HASH_BYTES :]


def compare(found: Lane, sealed: Lane) -> Iterator[Edit]:
    """Walk the rows found and the leaves sealed side by side and yield where they part, in the order of the record.

    Memory is that of a few tiles while they agree, and of a window of at most 65,536 hashes each where they do not.
    """
    offset = 0
    while True:
        rows, leaves = found.fill(TILE_WIDTH), sealed.fill(TILE_WIDTH)
        if not rows and not leaves:
            return
        ready = min(rows, leaves, TILE_WIDTH)
        same = _common(found.hashes, sealed.hashes, ready)
        for at in _renumbered(found.positions, sealed.positions, same, offset):
            yield _edit(found, sealed, at, at)
            offset = found.positions[at] - sealed.positions[at]
        found.drop(same)
        sealed.drop(same)
        if same < ready or not ready:
            offset = yield from _mend(found, sealed, offset)


def _common(left: bytes, right: bytes, count: int) -> int:
    """Return how many hashes agree from the beginning, at most `count`."""
    if left[: count * HASH_BYTES] == right[: count * HASH_BYTES]:
        return count
    pairs = zip(split_hashes(left[: count * HASH_BYTES]), split_hashes(right), strict=False)
    return next(at for at, (one, other) in enumerate(pairs) if one != other)


def _renumbered(positions: list[int], indices: list[int], count: int, offset: int) -> Iterator[int]:
    if offset or positions[:count] != indices[:count]:
        for at in range(count):
            if positions[at] - indices[at] != offset:
                yield at
                offset = positions[at] - indices[at]


def _edit(found: Lane, sealed: Lane, row: int | None, leaf: int | None) -> Edit:
    return Edit(
        None if leaf is None else sealed.positions[leaf],
        None if row is None else found.positions[row],
        None if leaf is None else sealed.hashes[leaf * HASH_BYTES : (leaf + 1) * HASH_BYTES],
        None if row is None else found.hashes[row * HASH_BYTES : (row + 1) * HASH_BYTES],
    )


def _mend(found: Lane, sealed: Lane, offset: int) -> Generator[Edit, None, int]:
    """Find where the lanes agree again, yield what lies between, and return the new offset of positions."""
    width = NARROWEST
    while True:
        rows, leaves = found.fill(width), sealed.fill(width)
        anchors = _anchors(found, sealed, min(rows, width), min(leaves, width), offset)
        ended = not rows or not leaves or (rows < width and leaves < width)
        if ended or width == WIDEST or len(anchors) * 2 >= min(rows, leaves, width) > 0:
            break
        width *= 4
    return (yield from _settle(found, sealed, anchors, (min(rows, width), min(leaves, width)), offset))


def _settle(
    found: Lane, sealed: Lane, anchors: list[tuple[int, int]], window: tuple[int, int], offset: int
) -> Generator[Edit, None, int]:
    """Yield the edits between anchors, leave both lanes behind the last of them, and return the new offset."""
    row = leaf = 0
    for next_row, next_leaf in anchors:
        yield from _pair(found, sealed, range(row, next_row), range(leaf, next_leaf), offset)
        moved = found.positions[next_row] - sealed.positions[next_leaf] - offset
        if moved:
            if moved != (next_row - row) - (next_leaf - leaf):
                yield _edit(found, sealed, next_row, next_leaf)
            offset += moved
        row, leaf = next_row + 1, next_leaf + 1
    if not anchors:
        row, leaf = _without_anchor(found, sealed, window, offset)
        yield from _pair(found, sealed, range(row), range(leaf), offset)
    found.drop(row)
    sealed.drop(leaf)
    return offset


def _without_anchor(found: Lane, sealed: Lane, window: tuple[int, int], offset: int) -> tuple[int, int]:
    """Return how many rows and leaves to give up when nothing in the window agrees: those that stand side by side."""
    rows, leaves = window
    if not rows or not leaves:
        return rows, leaves
    last_row, last_leaf = found.positions[rows - 1] - offset, sealed.positions[leaves - 1]
    beside_rows = sum(position - offset <= last_leaf for position in found.positions[:rows])
    beside_leaves = sum(index <= last_row for index in sealed.positions[:leaves])
    return (beside_rows, beside_leaves) if beside_rows or beside_leaves else (rows, leaves)


def _anchors(found: Lane, sealed: Lane, rows: int, leaves: int, offset: int) -> list[tuple[int, int]]:
    """Return pairs (row, leaf) that agree, both ascending: those in their places, unless more agree when shifted."""
    row_hashes = split_hashes(found.hashes[: rows * HASH_BYTES])
    leaf_hashes = split_hashes(sealed.hashes[: leaves * HASH_BYTES])
    place = {index: at for at, index in enumerate(sealed.positions[:leaves])}
    in_place = [
        (row, leaf)
        for row, each in enumerate(row_hashes)
        if (leaf := place.get(found.positions[row] - offset)) is not None and leaf_hashes[leaf] == each
    ]
    where = {each: at for at, each in enumerate(leaf_hashes)}
    shifted = _longest_ascent([(row, where[each]) for row, each in enumerate(row_hashes) if each in where])
    anchors = shifted if len(shifted) > len(in_place) else in_place
    ended = len(found.positions) <= rows and len(sealed.positions) <= leaves
    return anchors if ended else _trustworthy(anchors)


def _trustworthy(anchors: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Drop lone pairs at the end: within a window that was cut off, a row from far away would look like one."""
    end = len(anchors)
    while end > 1 and anchors[end - 2] != (anchors[end - 1][0] - 1, anchors[end - 1][1] - 1):
        end -= 1
    return anchors[:end] if end > 1 else anchors


def _longest_ascent(pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the longest choice of pairs in which the second number rises, as patience sorting finds it."""
    tops: list[int] = []
    ends: list[int] = []
    before: list[int] = []
    for at, (_, leaf) in enumerate(pairs):
        pile = bisect_left(tops, leaf)
        before.append(ends[pile - 1] if pile else -1)
        tops[pile : pile + 1] = [leaf]
        ends[pile : pile + 1] = [at]
    chosen = []
    at = ends[-1] if ends else -1
    while at >= 0:
        chosen.append(pairs[at])
        at = before[at]
    return chosen[::-1]


def _pair(found: Lane, sealed: Lane, rows: range, leaves: range, offset: int) -> Iterator[Edit]:
    """Yield the edits of a stretch in which nothing agrees: rows beside the leaves whose place they take."""
    place = {sealed.positions[leaf]: leaf for leaf in leaves}
    taken = {row: place.pop(index) for row in rows if (index := found.positions[row] - offset) in place}
    for row in rows:
        yield _edit(found, sealed, row, taken.get(row))
    for leaf in place.values():
        yield _edit(found, sealed, None, leaf)


def name_faults(edits: Sequence[Edit], size: int) -> list[Fault]:
    """Name what was done, from the places at which the rows and the seal part; the first in the record first.

    `size` is the number of sealed events: a row beyond it is unsealed, a strange one before it inserted.
    """
    parted = [each for each in edits if each.sealed != each.found]
    lost = {each.sealed: each for each in parted if each.sealed is not None}
    strays = {each.found: each for each in parted if each.found is not None}
    faults = {
        Fault(each.index, FaultKind.RENUMBERED, each.position)
        for each in edits
        if each.sealed == each.found and each.index is not None
    }
    for each in parted:
        faults.update(_name(each, lost.get(each.found or b""), strays.get(each.sealed or b""), size))
    return _runs(sorted_faults(faults))


def sorted_faults(faults: Iterable[Fault]) -> list[Fault]:
    """Put the first in the record first."""
    return sorted(faults, key=lambda each: (each.event, each.fault, each.other or 0, each.place))


def _name(edit: Edit, origin: Edit | None, refuge: Edit | None, size: int) -> Iterator[Fault]:
    """Name what happened to the sealed leaf, and where the row found instead comes from.

    `origin` is where the row found was sealed, `refuge` where the sealed row stands now; None when nowhere.
    """
    index, position = edit.index, edit.position
    if index is not None and refuge is not None and refuge.position is not None:
        if origin is refuge and refuge.index is not None:
            yield Fault(min(index, refuge.index), FaultKind.SWAPPED, max(index, refuge.index))
        elif abs(index - refuge.position) == 1 and position is None and refuge.index is None:
            yield Fault(min(index, refuge.position), FaultKind.SWAPPED, max(index, refuge.position))
        else:
            yield Fault(index, FaultKind.MOVED, refuge.position)
    elif index is not None:
        yield Fault(index, FaultKind.CHANGED if position is not None and origin is None else FaultKind.DELETED)
    if position is not None and origin is None and (index is None or refuge is not None):
        yield Fault(position, FaultKind.UNSEALED if position >= size else FaultKind.INSERTED)


def _runs(faults: Sequence[Fault]) -> list[Fault]:
    """Make one fault of rows that were deleted, inserted or left unsealed one behind the other."""
    joined: list[Fault] = []
    for each in faults:
        last = joined[-1] if joined else None
        if (
            last
            and each.fault is last.fault
            and each.fault in _IN_RUNS
            and each.event == (last.other or last.event or 0) + 1
        ):
            joined[-1] = Fault(last.event, last.fault, each.event)
        else:
            joined.append(each)
    return joined


_IN_RUNS = frozenset({FaultKind.DELETED, FaultKind.INSERTED, FaultKind.UNSEALED})
