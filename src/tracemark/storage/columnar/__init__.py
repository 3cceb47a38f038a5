"""Registers as columns: lists linked in bulk, and the record as Parquet, on which rules are answered.

Both engines do the same work, a folder of units that one function answers one by one; they differ in who calls it.
"""

from tracemark.storage.columnar.detecting import DuckDbEngine, duckdb_engine
from tracemark.storage.columnar.exporting import Amended, EventSource, Exported, RecordToExport, export_record
from tracemark.storage.columnar.finishing import LinkSummary, finish_link, units_shown
from tracemark.storage.columnar.listed import ListedIndex, index_of_list, parquet_table
from tracemark.storage.columnar.processes import answer_in_processes, processors
from tracemark.storage.columnar.snapshots import SnapshotDamaged, SnapshotFolder
from tracemark.storage.columnar.sources import amended_events, event_source
from tracemark.storage.columnar.spark import SparkMissing, answer_on_spark
from tracemark.storage.columnar.spark_detecting import SparkEngine, spark_engine
from tracemark.storage.columnar.units import UNIT_ROWS, LinkJob, answer_unit, stage_index, stage_rows

__all__ = [
    "UNIT_ROWS",
    "Amended",
    "DuckDbEngine",
    "EventSource",
    "Exported",
    "LinkJob",
    "LinkSummary",
    "ListedIndex",
    "RecordToExport",
    "SnapshotDamaged",
    "SnapshotFolder",
    "SparkEngine",
    "SparkMissing",
    "amended_events",
    "answer_in_processes",
    "answer_on_spark",
    "answer_unit",
    "duckdb_engine",
    "event_source",
    "export_record",
    "finish_link",
    "index_of_list",
    "parquet_table",
    "processors",
    "spark_engine",
    "stage_index",
    "stage_rows",
    "units_shown",
]
