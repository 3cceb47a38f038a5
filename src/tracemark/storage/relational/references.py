import re
from collections.abc import Iterator, Sequence

from tracemark.recordkeeping import HASH_BYTES, TILE_WIDTH, Reference
from tracemark.storage.relational.sql import Database
from tracemark.weapons import WeaponId, weapon_text

_LAST = {
    "weapon": "SELECT id, position FROM weapon ORDER BY position DESC LIMIT 1",
    "mark": "SELECT weapon, position FROM mark ORDER BY id DESC LIMIT 1",
    "case": "SELECT id, position FROM trace_case ORDER BY position DESC LIMIT 1",
    "numbers": "SELECT prefix, position FROM number_block WHERE position IS NOT NULL ORDER BY position DESC LIMIT 1",
}
_CORRECTION = (
    "SELECT id, subject FROM proposal WHERE permission = 'record.correct_approve' "
    "ORDER BY LENGTH(subject) DESC, subject DESC LIMIT 1"
)
_RUNS = "SELECT id, counts FROM intake_run ORDER BY id"
_IMPORTED = re.compile(r'"imported":\s*([0-9]{1,15})')
_HEADS = "SELECT size, LENGTH(pending), LAG(size) OVER (ORDER BY size) FROM checkpoint ORDER BY size"


def references(database: Database) -> Iterator[Reference]:
    """Yield what names events from beside the record: of each table the row that names the last."""
    for table, asked in _LAST.items():
        if row := database.row(asked):
            yield Reference(weapon_text(WeaponId(row[0])) if table in ("weapon", "mark") else row[0], row[1])
    if (row := database.row(_CORRECTION)) and row[1].isdecimal():
        yield Reference(f"proposal/{row[0]}", int(row[1]))
    yield from _imported(database)


def _imported(database: Database) -> Iterator[Reference]:
    """Each weapon that was imported has one event at the least, so that so many cannot have fewer."""
    count = 0
    for run, counts in database.rows(_RUNS):
        found = _IMPORTED.search(counts)
        count += int(found[1]) if found else 0
        yield Reference(f"import/{run}", count - 1)


def deleted_heads(database: Database) -> Sequence[int]:
    """Return the sizes at which a head is gone: a head keeps what it sealed of the last tile, from the head before on.

    Of a head whose next one sealed a whole tile or more, nothing tells that it stood there.
    """
    found = []
    for size, length, before in database.rows(_HEADS):
        began = size - length // HASH_BYTES
        if began % TILE_WIDTH and began != before:
            found.append(began)
    return found
