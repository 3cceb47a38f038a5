"""The record's tables opened for rules, on Spark: the same queries, written anew in its dialect."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from tracemark.diversion import QueryRefused
from tracemark.recordkeeping import RecordTable, record_tables
from tracemark.storage.columnar.detecting import AMENDED, as_corrected
from tracemark.storage.columnar.processes import processors
from tracemark.storage.columnar.snapshots import SnapshotFolder
from tracemark.storage.columnar.spark import SparkMissing, spark_settings

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

_TYPES = {"VARCHAR": "string", "BIGINT": "bigint", "INTEGER": "int", "DATE": "date", "BOOLEAN": "boolean",
          "TIMESTAMP": "timestamp"}  # fmt: skip


class SparkEngine:
    """Answers rules over a folder of snapshots that every worker sees under the same path."""

    def __init__(self, session: "SparkSession", folder: SnapshotFolder) -> None:
        self._session = session
        amended = bool(folder.paths("events", amended=True))
        for table in record_tables().values():
            self._view(f"{table.name}_recorded" if amended else table.name, table, folder.paths(table.name))
            if amended:
                self._view(f"{table.name}_amended", table, folder.paths(table.name, amended=True), corrected=True)
        if amended:
            self.make("amended", AMENDED)
            for table in record_tables().values():
                self._session.sql(in_spark(as_corrected(table))).createOrReplaceTempView(table.name)

    def put(self, name: str, columns: Mapping[str, str], rows: Sequence[Sequence[object]]) -> None:
        """Add a small table."""
        shape = ", ".join(f"`{column}` {_TYPES[kind]}" for column, kind in columns.items())
        self._session.createDataFrame([tuple(row) for row in rows], shape).createOrReplaceTempView(name)

    def make(self, name: str, query: str) -> None:
        """Keep the answer of a query as a table, as far as the workers' memory goes."""
        self._session.sql(in_spark(query)).cache().createOrReplaceTempView(name)

    def rows(self, query: str) -> Iterator[Mapping[str, object]]:
        """Answer a query, row by row."""
        from pyspark.errors import PySparkException
        from sqlglot.errors import SqlglotError

        try:
            found = self._session.sql(in_spark(query)).collect()
        except (PySparkException, SqlglotError) as error:
            raise QueryRefused(str(error)) from error
        yield from (row.asDict() for row in found)

    def _view(self, name: str, table: RecordTable, paths: Sequence[Path], *, corrected: bool = False) -> None:
        shape = ", ".join(f"`{each.name}` {_TYPES[each.type]}" for each in table.columns)
        shape += ", corrected_by bigint" if corrected else ""
        found = (
            self._session.read.schema(shape).parquet(*(str(path.absolute()) for path in paths))
            if paths
            else self._session.createDataFrame([], shape)
        )
        found.createOrReplaceTempView(name)


@contextmanager
def spark_engine(folder: SnapshotFolder) -> Iterator[SparkEngine]:
    """Open an engine on Spark: on the cluster that its own configuration names, else on this machine.

    Raises:
        SparkMissing: PySpark, sqlglot or Java is not installed, or Spark does not start.
    """
    try:
        # Who does not ask for Spark need not have it.
        from pyspark.errors import PySparkException
        from pyspark.sql import SparkSession

        in_spark(AMENDED)
    except ImportError as error:
        raise SparkMissing(str(error)) from error
    settings = spark_settings("tracemark detect")
    settings.setIfMissing("spark.sql.session.timeZone", "UTC")
    if str(settings.get("spark.master")).startswith("local"):
        settings.setIfMissing("spark.sql.shuffle.partitions", str(2 * processors()))
    try:
        session = SparkSession.builder.config(conf=settings).getOrCreate().newSession()
    except (PySparkException, OSError) as error:
        raise SparkMissing(str(error)) from error
    yield SparkEngine(session, folder)
    session.catalog.clearCache()


@lru_cache(256)
def in_spark(query: str) -> str:
    """Write a query of DuckDB's dialect in Spark's."""
    import sqlglot

    return sqlglot.transpile(query, read="duckdb", write="spark")[0]
