from pathlib import Path

from pyarrow import RecordBatchReader

from tests.stores.lives import keep_many
from tracemark.storage.relational.stores import RelationalStores


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
    streams = sqlite_stores.event_streams()
    read = streams.events(0, 1)
    assert RecordBatchReader.from_stream(read).read_all().num_rows == 1
    read.close()
    streams.close()
    assert before > 32_768
    assert shared.stat().st_size == before
