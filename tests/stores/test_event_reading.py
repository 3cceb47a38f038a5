import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import Any

from tests.stores.lives import keep_many
from tracemark.storage import event_source
from tracemark.storage.relational.stores import RelationalStores

ANOTHER_PROGRAM = (
    "import sqlite3, sys; c = sqlite3.connect(sys.argv[1]); c.execute('SELECT count(*) FROM event'); c.close()"
)


def test_who_read_events_still_writes_where_others_look(sqlite_stores: RelationalStores) -> None:
    """A program that ends throws SQLite’s log away where nobody seems to use it, with what is written there later."""
    place = Path(str(sqlite_stores._database.connection.settings_dict["NAME"]))
    keep_many(sqlite_stores, 1)
    source = event_source(sqlite_stores, sqlite_stores.records)
    source.events(0, 1)
    source.close()
    subprocess.run([sys.executable, "-c", ANOTHER_PROGRAM, str(place)], check=True)
    before = sqlite_stores.records.size()
    keep_many(sqlite_stores, 1)
    with sqlite3.connect(place) as other:
        [found] = other.execute("SELECT count(*) FROM event").fetchone()
    other.close()
    assert found == sqlite_stores.records.size() > before


def test_who_reads_events_leaves_alone_what_the_writer_has_mapped(sqlite_stores: RelationalStores) -> None:
    connection = sqlite_stores._database.connection
    place = Path(str(connection.settings_dict["NAME"]))
    shared = place.with_name(f"{place.name}-shm")
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_autocheckpoint = 0")
        cursor.execute("CREATE TABLE filler (content BLOB)")
        cursor.execute("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 6000) "
                       "INSERT INTO filler SELECT randomblob(4000) FROM n")  # fmt: skip
        cursor.execute("PRAGMA wal_checkpoint(RESTART)")
    keep_many(sqlite_stores, 1)
    before = shared.stat().st_size
    source = event_source(sqlite_stores, sqlite_stores.records)
    read: Any = source.events(0, 1)
    assert len(read["position"]) == 1
    source.close()
    assert before > 32_768
    assert shared.stat().st_size == before
