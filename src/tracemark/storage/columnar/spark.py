import os
import sys
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from tracemark.storage.columnar.units import LinkJob, answer_unit

if TYPE_CHECKING:
    from pyspark import SparkConf, SparkContext

_UNITS_AT_ONCE = 16
"""So many units a processor are given out before the next are: what is done is told in between."""


class SparkMissing(Exception):
    """Spark cannot be started; the message says what it lacks."""


def answer_on_spark(job: LinkJob, told: Callable[[int], None]) -> None:
    """Answer every unit on Spark: on the cluster that its own configuration names, else on this machine.

    Every worker must see the job's folder under the same path and have this program installed. A unit that is given to
    a second worker is answered twice, to the same file. Spark ends with this process.

    Raises:
        SparkMissing: PySpark or Java is not installed, or Spark does not start.
    """
    context = _context()
    job.answers.mkdir()
    units, done = job.units(), 0
    at_once = _UNITS_AT_ONCE * context.defaultParallelism
    for first in range(0, len(units), at_once):
        given = units[first : first + at_once]
        done += sum(context.parallelize(given, len(given)).map(partial(answer_unit, job)).collect())
        told(done)


def spark_settings(name: str) -> "SparkConf":
    """Return what Spark is started with where its own configuration does not say otherwise: on this machine.

    Raises:
        ImportError: PySpark is not installed.
    """
    from pyspark import SparkConf

    settings = SparkConf().setIfMissing("spark.app.name", name).setIfMissing("spark.master", "local[*]")
    settings.setIfMissing("spark.ui.enabled", "false").setIfMissing("spark.ui.showConsoleProgress", "false")
    if str(settings.get("spark.master")).startswith("local"):
        os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
        settings.setIfMissing("spark.driver.host", "127.0.0.1").setIfMissing("spark.driver.bindAddress", "127.0.0.1")
    return settings


def _context() -> "SparkContext":
    try:
        # Who does not ask for Spark need not have it.
        from pyspark import SparkContext
        from pyspark.errors import PySparkException

        settings = spark_settings("tracemark link")
    except ImportError as error:
        raise SparkMissing(str(error)) from error
    try:
        return SparkContext.getOrCreate(settings)
    except (PySparkException, OSError) as error:
        raise SparkMissing(str(error)) from error
