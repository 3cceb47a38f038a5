"""Lists and registers as columns: linked by DuckDB and processes of this machine, or by Spark, to the same Parquet.

Both engines do the same work, a folder of units that one function answers one by one; they differ in who calls it.
"""

from tracemark.storage.columnar.finishing import LinkSummary, finish_link, units_shown
from tracemark.storage.columnar.listed import ListedIndex, index_of_list, parquet_table
from tracemark.storage.columnar.processes import answer_in_processes
from tracemark.storage.columnar.spark import SparkMissing, answer_on_spark
from tracemark.storage.columnar.units import UNIT_ROWS, LinkJob, answer_unit, stage_index, stage_rows

__all__ = [
    "UNIT_ROWS",
    "LinkJob",
    "LinkSummary",
    "ListedIndex",
    "SparkMissing",
    "answer_in_processes",
    "answer_on_spark",
    "answer_unit",
    "finish_link",
    "index_of_list",
    "parquet_table",
    "stage_index",
    "stage_rows",
    "units_shown",
]
