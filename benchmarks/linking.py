"""Linking a list of recoveries to a register in bulk: this engine in processes and on Spark, and Splink on DuckDB.

    python -m benchmarks.linking --recoveries 10K --register 1M [--systems tracemark_duckdb splink_duckdb]

All are given the same rows and attributes. Each runs in a process of its own, whose peak memory, that of its children
included, is measured. Splink is set up as in the benchmark of single searches, and is given every processor.
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

from benchmarks import results
from benchmarks.marks import DAMAGES, Recovery, Register, recoveries, register, world
from benchmarks.rivals.splink_batch import SplinkBatch
from benchmarks.systems import Engine
from tracemark import storage, tracing

SEED = 47
CONFIDENT = 0.9
TRAINING = 2000
"""So many other recoveries, whose weapons are known, Splink learns from."""

Best = dict[int, tuple[int, float]]
"""The first candidate of each row and its probability."""


@dataclass
class Outcome:
    """What a system found, and what it took: seconds in all and of building only, and peak memory."""

    best: Best
    seconds: float
    build_s: float


def tracemark(
    registered: Register, asked: Sequence[Recovery], answer: Callable[[storage.LinkJob, Callable[[int], None]], None]
) -> Outcome:
    folder = Path(tempfile.mkdtemp(prefix="linking-"))
    try:
        began = time.perf_counter()
        job = storage.LinkJob(folder, tracing.load_weights(), tracing.LinkTerms())
        storage.stage_index(Engine.built(registered), folder)
        built = time.perf_counter()
        rows = (
            tracing.ListRow(number, "", each.text, (*each.stated, tracing.UNKNOWN)) for number, each in enumerate(asked)
        )
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
    began = time.perf_counter()
    training = list(recoveries(world(SEED), registered, TRAINING // len(DAMAGES), SEED + 1))
    rival = SplinkBatch(registered, training, threads=os.cpu_count() or 1)
    built = time.perf_counter()
    best: Best = {}
    for row, weapon, chance in rival.pairs(asked):
        best.setdefault(row, (weapon, chance))
    ended = time.perf_counter()
    rival.close()
    return Outcome(best, ended - began, built - began)


SYSTEMS: dict[str, Callable[[Register, Sequence[Recovery]], Outcome]] = {
    "tracemark_duckdb": lambda registered, asked: tracemark(registered, asked, storage.answer_in_processes),
    "tracemark_spark": lambda registered, asked: tracemark(registered, asked, storage.answer_on_spark),
    "splink_duckdb": splink,
}

RIVALS = ("splink_duckdb",)


def drawn(recovered: int, size: int) -> tuple[Register, list[Recovery]]:
    """Draw register and recoveries, the same for every system."""
    of = world(SEED)
    registered = register(of, size, SEED)
    return registered, recoveries(of, registered, -(-recovered // len(DAMAGES)), SEED)


def figures(found: Outcome, asked: Sequence[Recovery]) -> dict[str, float | int | None]:
    present = [number for number, each in enumerate(asked) if each.weapon >= 0]
    absent = [number for number, each in enumerate(asked) if each.weapon < 0]
    sure = {number for number, (_, chance) in found.best.items() if chance > CONFIDENT}
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
        "absent_above_0_9": round(len(sure.intersection(absent)) / len(absent), 4),
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


def alone(name: str, recovered: int, size: int, sample: int | None) -> None:
    """Measure one system in this process and print its row; a rival may be given only the first of the recoveries."""
    registered, asked = drawn(recovered, size)
    if sample and name in RIVALS:
        asked = asked[:sample]
    with _Peak() as peak:
        found = SYSTEMS[name](registered, asked)
    print(json.dumps({**figures(found, asked), "cpu_s": round(_processor_seconds(), 1), "peak_mib": round(peak.mib)}))


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--recoveries", type=results.size, default=10_000)
    options.add_argument("--register", type=results.size, default=100_000, help="marks in the register")
    usual = [name for name in SYSTEMS if name != "tracemark_spark"]
    options.add_argument("--systems", nargs="+", choices=SYSTEMS, default=usual, help="Spark only if named")
    options.add_argument("--sample", type=results.size, help="so many of the recoveries, drawn by lot, for rivals")
    options.add_argument("--alone", choices=SYSTEMS, help=argparse.SUPPRESS)
    chosen = options.parse_args()
    if chosen.alone:
        alone(chosen.alone, chosen.recoveries, chosen.register, chosen.sample)
        return
    rows: list[dict[str, Any]] = []
    for name in chosen.systems:
        command = [sys.executable, "-m", "benchmarks.linking", "--alone", name]
        command += ["--recoveries", str(chosen.recoveries), "--register", str(chosen.register)]
        command += ["--sample", str(chosen.sample)] if chosen.sample else []
        ran = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
        rows.append({"system": name, "size": chosen.register, "class": "all"} | json.loads(ran.stdout.splitlines()[-1]))
    names = [name for name in rows[0] if name not in {"size", "class"}]
    widths = {name: max(len(name), *(len(str(row[name])) for row in rows)) for name in names}
    print("  ".join(name.rjust(widths[name]) for name in names))
    for row in rows:
        print("  ".join(str(row[name]).rjust(widths[name]) for name in names))
    print(results.write("linking", rows, keep_other_sizes=True))


if __name__ == "__main__":
    main()
