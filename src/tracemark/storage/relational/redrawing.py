from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import groupby, islice
from operator import itemgetter

from tracemark.recordkeeping import WeaponState, fold, no_search_for_cycles, read_event
from tracemark.storage.relational.codec import MARK_COLUMNS, WEAPON_COLUMNS, mark_rows, read_weapon, weapon_row
from tracemark.storage.relational.sql import Database, Row
from tracemark.weapons import NO_WEAPON, WeaponId, born_on

MOVED_COLUMNS = ("weapon", "component")

_EVENTS_AT_ONCE = 4096
_WEAPONS_AT_ONCE = 1000
_MARKS_PER_WEAPON = 256
_LEAST, _GREATEST = -(2**53), 2**53
MALFORMED = (KeyError, ValueError, TypeError, AttributeError, IndexError)
"""What reading a row raises that was edited so that it is no event, or no state, any more."""

Fold = tuple[WeaponId, int, WeaponState | None]
"""A weapon, the position of its last event, and its state; None where its events can no longer be folded."""


def register_differences(database: Database) -> Iterator[tuple[WeaponId, int | None]]:
    """Yield each weapon of which the register's tables say other than its events, with its last event's position.

    That is None for what the tables have and the record does not know. Memory stays flat: events are folded weapon by
    weapon, and compared a thousand weapons at a time. Call inside a snapshot.
    """
    after = _LEAST
    with no_search_for_cycles():
        for part in _parts(_folds(database)):
            yield from _differing(database, part, after, part[-1][0])
            after = part[-1][0]
        yield from _differing(database, [], after, _GREATEST)


def redraw_register(database: Database) -> int:
    """Draw weapons, their marks and moved components anew from the record, and return how many weapons there are.

    What the tables held is gone, and the search index is told. Call inside a transaction.

    Raises:
        ValueError: the events of a weapon can no longer be folded.
    """
    for table in ("weapon", "mark", "moved_component"):
        database.execute(f"DELETE FROM {table}")
    weapons, newest = 0, 0
    for part in _parts(_folds(database)):
        states = [state for _, _, state in part if state is not None]
        if len(states) < len(part):
            raise ValueError("an event can no longer be read: verify the record")
        database.insert("weapon", WEAPON_COLUMNS, [weapon_row(each) for each in states])
        database.insert("mark", MARK_COLUMNS, [row for each in states for row in mark_rows(each).values()])
        database.insert("moved_component", MOVED_COLUMNS, [row for each in states for row in moved_rows(each)])
        weapons, newest = weapons + len(states), max(newest, *(position for _, position, _ in part))
    database.insert("redrawn", ("position", "weapon"), [(newest, NO_WEAPON)])
    return weapons


def moved_rows(state: WeaponState) -> list[Row]:
    """Return the rows, as in MOVED_COLUMNS, of components that were first recorded on another weapon."""
    moved = (part.id for part in state.components if born_on(part.id) != state.weapon)
    return [(state.weapon, each) for each in dict.fromkeys(moved)]


def _folds(database: Database) -> Iterator[Fold]:
    for weapon, rows in groupby(_events(database), key=itemgetter(0)):
        known = list(rows)
        try:
            state = fold(weapon, (read_event(position, body.encode()) for _, position, body in known))
        except MALFORMED:
            state = None
        yield weapon, known[-1][1], state


def _events(database: Database) -> Iterator[Row]:
    """Stream weapon, position and body, weapon by weapon. Events that concern no weapon are left out."""
    weapon, position = NO_WEAPON, _GREATEST
    while page := database.rows(
        "SELECT weapon, position, body FROM event WHERE (weapon, position) > (%s, %s) "
        "ORDER BY weapon, position LIMIT %s",
        weapon,
        position,
        _EVENTS_AT_ONCE,
    ):
        yield from page
        weapon, position = page[-1][:2]


def _parts(folds: Iterator[Fold]) -> Iterator[list[Fold]]:
    while part := list(islice(folds, _WEAPONS_AT_ONCE)):
        yield part


def _differing(
    database: Database, part: Iterable[Fold], after: int, last: int
) -> Iterator[tuple[WeaponId, int | None]]:
    """Compare the weapons behind `after` and up to `last`, which the record says are these."""
    weapons = {row[0]: row for row in database.rows(_within("weapon", WEAPON_COLUMNS, "id"), after, last)}
    marks: defaultdict[int, list[Row]] = defaultdict(list)
    bounds = ((each + 1) * _MARKS_PER_WEAPON - 1 for each in (after, last))
    for row in database.rows(_within("mark", MARK_COLUMNS, "id"), *bounds):
        marks[row[0] // _MARKS_PER_WEAPON].append(row[:-1])
    moved: defaultdict[int, list[Row]] = defaultdict(list)
    for row in database.rows(_within("moved_component", MOVED_COLUMNS, "weapon"), after, last):
        moved[row[0]].append(row)
    known = {weapon: (position, state) for weapon, position, state in part}
    for weapon in sorted({*known, *weapons, *marks, *moved}):
        position, state = known.get(WeaponId(weapon), (None, None))
        kept = weapons.get(weapon)
        if state is None or kept is None or not _agree(state, kept, marks[weapon], moved[weapon]):
            yield WeaponId(weapon), position


def _within(table: str, columns: Iterable[str], key: str) -> str:
    return f"SELECT {', '.join(columns)} FROM {table} WHERE {key} > %s AND {key} <= %s ORDER BY {key}"


def _agree(state: WeaponState, row: Row, marks: list[Row], moved: list[Row]) -> bool:
    """Whether the rows are those of this state. When a mark was written, its last column, is not told by the state."""
    wanted = sorted(each[:-1] for each in mark_rows(state).values())
    return marks == wanted and sorted(moved) == sorted(moved_rows(state)) and _says(row, state)


def _says(row: Row, state: WeaponState) -> bool:
    """Whether a weapon's row holds this state. The order within its JSON may differ, and says nothing."""
    if row == weapon_row(state):
        return True
    try:
        return read_weapon(row) == state
    except MALFORMED:
        return False
