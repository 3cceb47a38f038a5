from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from tracemark.marking import import_country
from tracemark.recordkeeping import RegisterFilter, WeaponState
from tracemark.storage.relational.codec import (
    MARK_COLUMNS,
    WEAPON_COLUMNS,
    mark_rows,
    read_weapon,
    weapon_row,
)
from tracemark.storage.relational.redrawing import MOVED_COLUMNS, moved_rows, redraw_register, register_differences
from tracemark.storage.relational.sql import Database, Row, Value
from tracemark.weapons import NO_WEAPON, ComponentId, Description, WeaponId, born_on

_WEAPON = f"SELECT {', '.join(WEAPON_COLUMNS)} FROM weapon"
_LAST_SYMBOL, _AFTER_DIGITS = "Z", {"9": "A"}
_MOST_LISTED = 20_000


class RelationalRegister:
    """The register in SQL. What a search finds is drawn from the record, row by row, and can be drawn again."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def next_weapons(self, count: int) -> range:
        row = self._database.row("SELECT (SELECT MAX(weapon) FROM event), (SELECT MAX(id) FROM weapon)")
        first = max(0, self._database.standing.reserved, *(highest or 0 for highest in row or ())) + 1
        self._database.standing.reserved = first + count - 1
        return range(first, first + count)

    def put(self, states: Sequence[WeaponState]) -> None:
        """Keep states. Of what a weapon no longer bears, or is no longer described as, the search index is told."""
        known = self._known(states)
        self._database.replace("weapon", WEAPON_COLUMNS, [weapon_row(each) for each in states if each.weapon in known])
        new = [each for each in states if each.weapon not in known]
        self._database.insert("weapon", WEAPON_COLUMNS, [weapon_row(each) for each in new])
        marks = [row for each in new for row in mark_rows(each).values()]
        for each in states:
            if before := known.get(each.weapon):
                marks += self._redraw(before, each)
        self._database.insert("mark", MARK_COLUMNS, marks)
        self._keep_moved(states, known)

    def state(self, weapon: WeaponId) -> WeaponState:
        row = self._database.row(f"{_WEAPON} WHERE id = %s", weapon)
        if row is None:
            raise KeyError(weapon)
        return read_weapon(row)

    def states(self, weapons: Iterable[WeaponId]) -> Mapping[WeaponId, WeaponState]:
        condition, listed = self._database.among("id", weapons)
        found = map(read_weapon, self._database.rows(f"{_WEAPON} WHERE {condition} ORDER BY id", listed))
        return {state.weapon: state for state in found}

    def page(
        self, wanted: RegisterFilter, *, holders: frozenset[str] | None, after: WeaponId = NO_WEAPON, limit: int = 50
    ) -> list[WeaponState]:
        conditions = ["id > %s"]
        values: list[Value] = [after]
        for column in ("status", "kind", "maker", "model", "calibre", "holder", "place", "since"):
            if value := getattr(wanted, column):
                conditions.append(f"{column} = %s")
                values.append(value)
        if holders is not None:
            condition, listed = self._held_by(holders)
            conditions.append(condition)
            values.append(listed)
        if wanted.serial:
            condition, bounds = self._beginning(wanted.serial)
            conditions.append(condition)
            values += bounds
        found = self._database.rows(f"{_WEAPON} WHERE {' AND '.join(conditions)} ORDER BY id LIMIT %s", *values, limit)
        return [read_weapon(row) for row in found]

    def bearing(self, folded: Iterable[str]) -> Mapping[str, list[WeaponId]]:
        return self._bearing("folded", folded)

    def look_alikes(self, keys: Iterable[str]) -> Mapping[str, list[WeaponId]]:
        return self._bearing("look_alike", keys)

    def shared_components(self, among: Iterable[ComponentId] | None = None) -> Mapping[ComponentId, list[WeaponId]]:
        claimed: defaultdict[ComponentId, set[WeaponId]] = defaultdict(set)
        condition, asked = self._database.among("component", among) if among is not None else ("TRUE", None)
        moved = f"SELECT component, weapon FROM moved_component WHERE {condition}"
        for component, weapon in self._database.rows(moved, *([] if among is None else [asked])):
            claimed[component].add(weapon)
        births = self.states({born_on(component) for component in claimed})
        for component, weapons in claimed.items():
            birth = births.get(born_on(component))
            if birth and any(each.id == component for each in birth.components):
                weapons.add(birth.weapon)
        return {component: sorted(weapons) for component, weapons in sorted(claimed.items()) if len(weapons) > 1}

    def differing(self) -> Iterator[tuple[WeaponId, int | None]]:
        return register_differences(self._database)

    def redraw(self) -> int:
        return redraw_register(self._database)

    def _known(self, states: Sequence[WeaponState]) -> dict[WeaponId, WeaponState]:
        """Return what the register says now of those weapons which it has."""
        row = self._database.row("SELECT MAX(id) FROM weapon")
        highest = (row and row[0]) or 0
        return dict(self.states(each.weapon for each in states if each.weapon <= highest))

    def _redraw(self, before: WeaponState, after: WeaponState) -> list[Row]:
        """Bring the marks of a weapon in step with its state, and return the rows that are new."""
        if (before.marks, before.description) == (after.marks, after.description):
            return []
        standing, wanted = mark_rows(before), mark_rows(after)
        changed = [each for each, row in standing.items() if row[:-1] != wanted.get(each, ())[:-1]]
        if changed:
            condition, listed = self._database.among("id", changed)
            self._database.execute(f"DELETE FROM mark WHERE {condition}", listed)
        if changed or (standing and _searched_by(before) != _searched_by(after)):
            self._database.insert("redrawn", ("position", "weapon"), [(after.position, after.weapon)])
        return [row for each, row in wanted.items() if each not in standing or each in changed]

    def _keep_moved(self, states: Sequence[WeaponState], known: Mapping[WeaponId, WeaponState]) -> None:
        changed = [each for each in states if each.weapon in known and known[each.weapon].components != each.components]
        if any(born_on(part.id) != each.weapon for each in changed for part in known[each.weapon].components):
            condition, listed = self._database.among("weapon", [each.weapon for each in changed])
            self._database.execute(f"DELETE FROM moved_component WHERE {condition}", listed)
        new = (each for each in states if each.weapon not in known)
        rows = dict.fromkeys(row for each in (*changed, *new) for row in moved_rows(each))
        self._database.insert("moved_component", MOVED_COLUMNS, list(rows))

    def _held_by(self, holders: frozenset[str]) -> tuple[str, Value]:
        """Return the condition that one of the holders has a weapon, and its value."""
        condition, listed = self._database.among("holder", holders)
        if not self._database.on_postgresql and self._are_many(f"weapon WHERE {condition}", listed):
            # Too many to be sorted. The plus sign asks SQLite to walk all weapons in their order instead.
            return f"+{condition}", listed
        return condition, listed

    def _beginning(self, serial: str) -> tuple[str, list[str]]:
        """Return the condition that a weapon bears a serial which begins so, and its values."""
        beyond = _following(serial)
        within = "folded >= %s AND folded < %s" if beyond else "folded >= %s"
        bounds = [serial, beyond] if beyond else [serial]
        if not self._are_many(f"mark WHERE {within}", *bounds):
            return f"id IN (SELECT weapon FROM mark WHERE {within})", bounds
        # Too many marks begin so to list them: weapons are walked in their order, and each is asked.
        own = "mark.id > weapon.id * 256 AND mark.id < weapon.id * 256 + 256"
        return f"EXISTS (SELECT 1 FROM mark WHERE {own} AND {within})", bounds

    def _are_many(self, rows: str, *values: Value) -> bool:
        row = self._database.row(
            f"SELECT COUNT(*) FROM (SELECT 1 FROM {rows} LIMIT {_MOST_LISTED + 1}) AS few", *values
        )
        return row is not None and row[0] > _MOST_LISTED

    def _bearing(self, column: str, values: Iterable[str]) -> dict[str, list[WeaponId]]:
        condition, listed = self._database.among(column, values)
        found: dict[str, list[WeaponId]] = {}
        rows = self._database.rows(
            f"SELECT DISTINCT {column}, weapon FROM mark WHERE {condition} ORDER BY weapon", listed
        )
        for value, weapon in rows:
            found.setdefault(value, []).append(weapon)
        return found


def _searched_by(state: WeaponState) -> tuple[Description, str]:
    """Return what the index of marks says of a weapon beside its numbers."""
    return state.description, import_country(state.marks)


def _following(serial: str) -> str:
    """Return the least folded serial behind all that begin with `serial`, "" where there is none."""
    kept = serial.rstrip(_LAST_SYMBOL)
    last = kept[-1:]
    return kept[:-1] + _AFTER_DIGITS.get(last, chr(ord(last) + 1)) if last else ""
