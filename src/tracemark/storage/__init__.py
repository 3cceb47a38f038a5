"""What the rooms' ports are plugged into: `memory` for tests and demonstrations, `relational` for a node's register.

`columnar` links lists and registers in bulk.

Both keep every port in one object; one suite of tests holds them to the same promises. `Files` keeps pictures beside.
"""

from tracemark.storage.columnar import (
    LinkJob,
    LinkSummary,
    SparkMissing,
    answer_in_processes,
    answer_on_spark,
    finish_link,
    index_of_list,
    parquet_table,
    stage_index,
    stage_rows,
    units_shown,
)
from tracemark.storage.files import Files
from tracemark.storage.marks import own_serials
from tracemark.storage.memory import MemoryStores
from tracemark.storage.relational import (
    DatabaseNotReady,
    NoRegister,
    UnknownDatabase,
    database_path,
    database_trouble,
    open_stores,
    record_size,
    require_register,
)

__all__ = [
    "DatabaseNotReady",
    "Files",
    "LinkJob",
    "LinkSummary",
    "MemoryStores",
    "NoRegister",
    "SparkMissing",
    "UnknownDatabase",
    "answer_in_processes",
    "answer_on_spark",
    "database_path",
    "database_trouble",
    "finish_link",
    "index_of_list",
    "open_stores",
    "own_serials",
    "parquet_table",
    "record_size",
    "require_register",
    "stage_index",
    "stage_rows",
    "units_shown",
]
