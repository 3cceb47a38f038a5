"""Linking a list of recoveries to a register in bulk: this engine in processes and on Spark, and Splink on DuckDB.

    python -m benchmarks.linking --recoveries 10000 --register 100000 [--spark]

All are given the same rows and attributes. Each runs in a process of its own, whose peak memory, that of its children
included, is measured. Splink is set up as its manual advises: Jaro-Winkler of serials and exact attributes with term
frequencies, trained by expectation maximisation, blocked on maker and on both ends and the middle of the serial.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

import duckdb
import numpy as np
from numpy.typing import NDArray

from benchmarks import results
from benchmarks.marks import DAMAGES, Recovery, Register, recoveries, register, world
from tracemark import storage, tracing

SEED = 47
CONFIDENT = 0.9

Whole = NDArray[np.integer[Any]]

Best = dict[int, tuple[int, float]]
"""The first candidate of each row and its probability."""


@dataclass
class Outcome:
    """What a system found, and what it took: seconds in all and of building only, and peak memory."""

    best: Best
    seconds: float
    build_s: float


class _Index:
    """The register made ready for search; codes are the numbers of the generator."""

    def __init__(self, registered: Register) -> None:
        rows = registered.marks
        serials = registered.recorded_serials
        columns = tracing.MarkColumns(
            np.arange(len(rows)), rows, [serials[row] for row in rows], registered.recorded[rows]
        )
        self._segment = tracing.build_segment(columns)

    def segments(self) -> Sequence[tracing.Segment]:
        return [self._segment]

    def code(self, _column: str, value: str) -> int:
        return int(value)


def tracemark(
    registered: Register, asked: Sequence[Recovery], answer: Callable[[storage.LinkJob, Callable[[int], None]], None]
) -> Outcome:
    folder = Path(tempfile.mkdtemp(prefix="linking-"))
    try:
        began = time.perf_counter()
        job = storage.LinkJob(folder, tracing.load_weights(), tracing.LinkTerms())
        storage.stage_index(_Index(registered), folder)
        built = time.perf_counter()
        rows = (tracing.ListRow(number, "", each.text, each.stated) for number, each in enumerate(asked))
        storage.stage_rows(rows, folder)
        answer(job, lambda _: None)
        storage.finish_link(job, folder / "out.parquet", {}, None)
        ended = time.perf_counter()
        best = f"SELECT row, weapon, posterior FROM '{folder / 'out.parquet'}' WHERE rank = 1"
        found = duckdb.connect().execute(best).fetchall()
    finally:
        shutil.rmtree(folder)
    return Outcome({row: (weapon, chance) for row, weapon, chance in found}, ended - began, built - began)


def splink(registered: Register, asked: Sequence[Recovery]) -> Outcome:
    from splink import DuckDBAPI, Linker, SettingsCreator, block_on  # noqa: PLC0415 - measured in its own process
    from splink import comparison_library as compared  # noqa: PLC0415

    began = time.perf_counter()
    database = duckdb.connect()
    rows = registered.marks
    _table(database, "register", rows, [registered.recorded_serials[row] for row in rows], registered.recorded[rows])
    stated = np.array([each.stated for each in asked])
    _table(database, "recovered", np.arange(len(asked)), [each.text for each in asked], stated)
    api = DuckDBAPI(connection=database)
    sides = [api.register(name, dataset_display_name=name) for name in ("recovered", "register")]
    attributes = [name for name in tracing.COLUMNS if name != "year"]
    rules: list[Any] = [
        block_on("maker", "substr(serial, 1, 4)"),
        block_on("maker", "right(serial, 4)"),
        block_on("maker", "substr(serial, 3, 4)"),
        block_on("substr(serial, 1, 6)"),
        block_on("right(serial, 6)"),
    ]
    settings = SettingsCreator(
        link_type="link_only",
        comparisons=[
            compared.JaroWinklerAtThresholds("serial", [0.97, 0.93, 0.88, 0.8]),
            *(compared.ExactMatch(name).configure(term_frequency_adjustments=True) for name in attributes),
            compared.ExactMatch("year"),
        ],
        blocking_rules_to_generate_predictions=rules,
        retain_matching_columns=False,
    )
    linker = Linker(sides, settings, log_level=40)
    linker.training.estimate_probability_two_random_records_match([block_on("serial", "maker")], recall=0.3)
    linker.training.estimate_u_using_random_sampling(max_pairs=2e6, seed=SEED)
    linker.training.estimate_parameters_using_expectation_maximisation(block_on("maker", "right(serial, 4)"))
    linker.training.estimate_parameters_using_expectation_maximisation(block_on("serial"))
    built = time.perf_counter()
    predicted = linker.inference.predict(threshold_match_probability=0.01)
    # The recovered are "recovered" on the left; of marks of one weapon the best counts.
    found = database.sql(
        "SELECT asked.row, arg_max(register.row, p), max(p) FROM (SELECT "
        "CASE WHEN source_dataset_l = 'recovered' THEN unique_id_l ELSE unique_id_r END AS one, "
        "CASE WHEN source_dataset_l = 'recovered' THEN unique_id_r ELSE unique_id_l END AS two, "
        f"match_probability AS p FROM {predicted.physical_name}) JOIN recovered AS asked ON asked.unique_id = one "
        "JOIN register ON register.unique_id = two GROUP BY asked.row"
    ).fetchall()
    ended = time.perf_counter()
    return Outcome({row: (weapon, chance) for row, weapon, chance in found}, ended - began, built - began)


def _table(
    database: duckdb.DuckDBPyConnection, name: str, rows: Whole, serials: Sequence[str], attributes: Whole
) -> None:
    laid = {"unique_id": np.arange(len(serials)), "row": rows, "serial": np.array(serials, object)}
    laid |= {column: np.ascontiguousarray(attributes[:, place]) for place, column in enumerate(tracing.COLUMNS)}
    database.register("laid", laid)
    known = ", ".join(f"NULLIF({column}, -1) AS {column}" for column in tracing.COLUMNS)
    database.execute(f"CREATE TABLE {name} AS SELECT unique_id, row, serial, {known} FROM laid")


SYSTEMS: dict[str, Callable[[Register, Sequence[Recovery]], Outcome]] = {
    "tracemark_duckdb": lambda registered, asked: tracemark(registered, asked, storage.answer_in_processes),
    "tracemark_spark": lambda registered, asked: tracemark(registered, asked, storage.answer_on_spark),
    "splink_duckdb": splink,
}


def drawn(recovered: int, size: int) -> tuple[Register, list[Recovery]]:
    """Draw register and recoveries, the same for every system."""
    of = world(SEED)
    registered = register(of, size, SEED)
    return registered, recoveries(of, registered, -(-recovered // len(DAMAGES)), SEED)


def figures(found: Outcome, asked: Sequence[Recovery]) -> dict[str, float | int | None]:
    present = [number for number, each in enumerate(asked) if each.weapon >= 0]
    absent = [number for number, each in enumerate(asked) if each.weapon < 0]
    sure = [number for number, (_, chance) in found.best.items() if chance > CONFIDENT]
    right = sum(found.best[number][0] == asked[number].weapon for number in sure)
    return {
        "rows": len(asked),
        "seconds": round(found.seconds, 1),
        "build_s": round(found.build_s, 1),
        "recall_at_1": round(
            sum(found.best.get(number, (None,))[0] == asked[number].weapon for number in present) / len(present), 4
        ),
        "above_0_9": len(sure),
        "precision_above_0_9": round(right / len(sure), 4) if sure else None,
        "absent_above_0_9": round(sum(number in set(sure) for number in absent) / len(absent), 4),
    }


class _Peak:
    """Watches the memory of this process and those below it, each page that is theirs alone or shared counted once."""

    def __init__(self) -> None:
        self.mib = 0.0
        self._ended = threading.Event()
        self._watch = threading.Thread(target=self._look, daemon=True)

    def __enter__(self) -> Self:
        self._watch.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ended.set()
        self._watch.join()

    def _look(self) -> None:
        while not self._ended.wait(0.5):
            self.mib = max(self.mib, sum(map(_proportional_mib, _family())))


def _family() -> Iterator[int]:
    waiting = [os.getpid()]
    while waiting:
        one = waiting.pop()
        yield one
        for task in Path(f"/proc/{one}/task").glob("*/children"):
            try:
                waiting += map(int, task.read_text().split())
            except OSError:
                continue


def _proportional_mib(process: int) -> float:
    try:
        lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0.0
    return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024


def _processor_seconds() -> float:
    """What this process and those it waited for took of the processors; on a shared machine it says more than a clock.

    Spark's workers are not among them.
    """
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


def alone(name: str, recovered: int, size: int) -> None:
    """Measure one system in this process and print its row."""
    registered, asked = drawn(recovered, size)
    with _Peak() as peak:
        found = SYSTEMS[name](registered, asked)
    print(json.dumps({**figures(found, asked), "cpu_s": round(_processor_seconds(), 1), "peak_mib": round(peak.mib)}))


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--recoveries", type=int, default=10_000)
    options.add_argument("--register", type=int, default=100_000, help="marks in the register")
    options.add_argument("--spark", action="store_true", help="measure Spark on this machine too")
    options.add_argument("--alone", choices=SYSTEMS, help=argparse.SUPPRESS)
    chosen = options.parse_args()
    if chosen.alone:
        alone(chosen.alone, chosen.recoveries, chosen.register)
        return
    rows: list[dict[str, Any]] = []
    for name in SYSTEMS:
        if name == "tracemark_spark" and not chosen.spark:
            continue
        command = [sys.executable, "-m", "benchmarks.linking", "--alone", name]
        command += ["--recoveries", str(chosen.recoveries), "--register", str(chosen.register)]
        ran = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
        rows.append({"system": name, "size": chosen.register, "class": "all"} | json.loads(ran.stdout.splitlines()[-1]))
    names = [name for name in rows[0] if name not in {"size", "class"}]
    widths = {name: max(len(name), *(len(str(row[name])) for row in rows)) for name in names}
    print("  ".join(name.rjust(widths[name]) for name in names))
    for row in rows:
        print("  ".join(str(row[name]).rjust(widths[name]) for name in names))
    print(results.write("linking", rows))


if __name__ == "__main__":
    main()
