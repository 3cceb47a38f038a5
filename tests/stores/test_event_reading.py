import sqlite3
import subprocess
import sys
from pathlib import Path

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
