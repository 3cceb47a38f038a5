"""What the rooms' ports are plugged into: `memory` for tests and demonstrations, `relational` for a node's register.

`columnar` links lists and registers in bulk, and lays the record down as Parquet, on which rules are answered.

Both keep every port in one object; one suite of tests holds them to the same promises. `Files` keeps pictures beside.
"""

from tracemark.storage.columnar import (
    DuckDbEngine,
    EventSource,
    Exported,
    LinkJob,
    LinkSummary,
    RecordToExport,
    SnapshotDamaged,
    SnapshotFolder,
    SparkEngine,
    SparkMissing,
    amended_events,
    answer_in_processes,
    answer_on_spark,
    duckdb_engine,
    event_source,
    export_record,
    finish_link,
    index_of_list,
    parquet_table,
    processors,
    spark_engine,
    stage_index,
    stage_rows,
    units_shown,
)
from tracemark.storage.disk import one_at_a_time
from tracemark.storage.files import Files
from tracemark.storage.marks import own_serials
from tracemark.storage.memory import MemoryStores
from tracemark.storage.relational import (
    DatabaseNotReady,
    NoRegister,
    OtherVersion,
    Standing,
    UnknownDatabase,
    database_path,
    database_trouble,
    open_stores,
    record_size,
    require_register,
)

__all__ = [
    "DatabaseNotReady",
    "DuckDbEngine",
    "EventSource",
    "Exported",
    "Files",
    "LinkJob",
    "LinkSummary",
    "MemoryStores",
    "NoRegister",
    "OtherVersion",
    "RecordToExport",
    "SnapshotDamaged",
    "SnapshotFolder",
    "SparkEngine",
    "SparkMissing",
    "Standing",
    "UnknownDatabase",
    "amended_events",
    "answer_in_processes",
    "answer_on_spark",
    "database_path",
    "database_trouble",
    "duckdb_engine",
    "event_source",
    "export_record",
    "finish_link",
    "index_of_list",
    "one_at_a_time",
    "open_stores",
    "own_serials",
    "parquet_table",
    "processors",
    "record_size",
    "require_register",
    "spark_engine",
    "stage_index",
    "stage_rows",
    "units_shown",
]
