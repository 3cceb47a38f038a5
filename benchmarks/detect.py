"""All rules of diversion over a record as columns: seconds, processor time and memory, beside pandas and a plain scan.

    python -m benchmarks.detect [--size 1M] [--rivals none]

A fictional State of about a million events is built with planted diversions, by a seed that no rule was tuned on, and
exported. Larger records are copies of it laid side by side, each with positions, weapons, numbers and persons of its
own. Every system answers in a process of its own over the same Parquet; `largest_mib` is its peak resident memory.
The limit is a scan by DuckDB of the columns that rules read. PM4Py's token replay answers one of the rules' questions
on a sample, where `make rivals` installed it: it is under the AGPL, and in no environment of a node or a test.
Precision and recall are told by rule for what was planted.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import duckdb

from benchmarks import results
from benchmarks.planted import score
from benchmarks.replay import replay
from tracemark import demo, node
from tracemark.authorities import Role
from tracemark.kernel import Actor
from tracemark.recordkeeping import record_tables
from tracemark.storage import SnapshotFolder, event_source
from tracemark.storage.columnar.exporting import PART_EVENTS
from tracemark.storage.columnar.snapshots import Snapshot, SnapshotFile
from tracemark.storage.disk import digest_of

SEED = 40_917
WEAPONS = 125_000
PLANTS = 0.002
TODAY = date(2026, 12, 31)
PAPER = demo.Paper(consignments=600, sites=150)
_AUDITOR = Actor("bench", "XT-REG", frozenset({Role.AUDITOR.value}))
_LARGE = 3
_SCANNED = (
    "kind, weapon, happened_first, happened_last, authority, holder, from_holder, to_holder, place, licence, dossier"
)


_DOSSIERS = ("dossier", "licence", "consignment", "certificate", "site", "counting", "destruction")


def build(opened: node.Node, folder: Path) -> None:
    """Build the State, and write down what was planted."""
    truth: list[demo.Plant] = []
    demo.build_state(node=opened, weapons=WEAPONS, seed=SEED, plants=PLANTS, note=truth.append, paper=PAPER)
    (folder / "truth.json").write_text(json.dumps([[each.rule, list(each.weapons), each.dossier] for each in truth]))


def export(opened: node.Node, folder: Path) -> list[results.Row]:
    """Export the State, and tell how quick that is beside reading the same rows."""
    shutil.rmtree(folder / "1", ignore_errors=True)
    begun, spent = time.perf_counter(), time.process_time()
    _, added = node.export_parquet(opened, folder / "1", _AUDITOR)
    seconds, processor = time.perf_counter() - begun, time.process_time() - spent
    source = event_source(opened.stores, opened.stores.records)
    begun = time.perf_counter()
    with duckdb.connect(config={"threads": 2}) as connection:
        for first in range(0, added.size, PART_EVENTS):
            connection.register("coming", source.events(first, first + PART_EVENTS))
            connection.execute("SELECT count(body), sum(length(body)) FROM coming").fetchall()
    read = time.perf_counter() - begun
    source.close()
    return [
        {"system": "tracemark export parquet", "size": added.size, "class": "export", "seconds": round(seconds, 2),
         "processor_seconds": round(processor, 2), "rows_a_second": round(added.size / seconds),
         "mib": round(added.bytes / 2**20), "ratio_to_read": round(seconds / read, 1)},
        {"system": "read the rows", "size": added.size, "class": "export", "seconds": round(read, 2),
         "rows_a_second": round(added.size / read)},
    ]  # fmt: skip


def copies(source: Path, folder: Path, count: int, only: str = "TRUE") -> None:
    """Lay a record side by side `count` times, each copy with identities of its own, with `only` some of its events."""
    kept = SnapshotFolder.open(source)
    newest = kept.newest
    assert newest is not None
    size, files, events = kept.size, dict[str, SnapshotFile](), 0
    with duckdb.connect(config={"threads": 2, "memory_limit": "3GB"}) as connection:
        for name, file in kept.files():
            for copy in range(count):
                target = f"{file.table}/{copy:03d}-{Path(name).name}"
                (folder / target).parent.mkdir(parents=True, exist_ok=True)
                query = f"SELECT {_replaced(file.table, copy, size)} FROM read_parquet('{source / name}')"
                if file.table == "agencies" and copy:
                    continue
                query += f" WHERE {only}" if file.table == "events" else ""
                [[rows]] = connection.execute(
                    f"COPY ({query}) TO '{folder / target}' (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 32768)"
                ).fetchall()
                events += rows if file.table == "events" else 0
                path = folder / target
                files[target] = SnapshotFile(file.table, rows, path.stat().st_size, digest_of(path))
    whole = Snapshot(events, newest.head, newest.root, newest.taken_at, files, "")
    SnapshotFolder(folder).with_snapshot(kept.state, whole)


def _replaced(table: str, copy: int, size: int) -> str:
    columns = {each.name for each in record_tables()[table].columns}
    replaced = {"position": f"position + {copy * size}"}
    replaced |= {"weapon": f"CASE WHEN weapon > 0 THEN weapon + {copy * 10_000_000} ELSE 0 END"}
    replaced |= {name: f"'{copy}.' || {name}" for name in _DOSSIERS}
    if table == "events":
        replaced |= {"holder": f"replace(holder, 'person:', 'person:{copy}.')"}
        replaced |= {"details": f"replace(details, '-EUC-', '-EUC{copy}-')"}
    if table == "marks" and copy:
        replaced |= {"folded": f"'{copy}K' || folded", "stem": f"'{copy}K' || stem"}
    told = ", ".join(f"{value} AS {name}" for name, value in replaced.items() if name in columns)
    return f"* REPLACE ({told})" if told else "*"


def answer(system: str, folder: Path) -> dict[str, object]:
    """Answer in this process, and tell the seconds, processor seconds, peak memory and what was found."""
    begun, spent = time.perf_counter(), time.process_time()
    steps: dict[str, float] = {}
    found: Counter[str] = Counter()
    last = begun

    def timed(step: str) -> None:
        nonlocal last
        steps[step], last = round(time.perf_counter() - last, 3), time.perf_counter()

    if system == "tracemark detect":
        signals = list(node.detect_signals(folder, today=TODAY, timed=timed))
        found.update(each.rule for each in signals)
    elif system == "DuckDB scan":
        scan(folder)
    else:
        # Only who is asked loads pandas: its weight would count as memory of the others.
        from benchmarks.rivals import pandas_rules  # noqa: PLC0415

        found.update(pandas_rules.answer(system.removeprefix("pandas "), folder, TODAY))
    peak = peak_mib()
    seconds, processor = time.perf_counter() - begun, time.process_time() - spent
    return {"seconds": round(seconds, 2), "processor_seconds": round(processor, 2), "largest_mib": peak, "steps": steps,
            "found": dict(found)}  # fmt: skip


def peak_mib() -> int:
    """Return this program's peak resident memory; what the process held before it became this program is left out."""
    lines = Path("/proc/self/status").read_text(encoding="utf-8").splitlines()
    return next(int(line.split()[1]) // 1024 for line in lines if line.startswith("VmHWM"))


def scan(folder: Path) -> None:
    """Read once every column that rules read, and do nothing with it."""
    kept = SnapshotFolder.open(folder)
    listed = ", ".join(f"'{path}'" for path in kept.paths("events"))
    sums = ", ".join(f"max({column})" for column in _SCANNED.split(", "))
    with duckdb.connect(config={"threads": 2}) as connection:
        connection.execute(f"SELECT {sums} FROM read_parquet([{listed}])").fetchall()
        for table, columns in (
            ("marks", "mark_kind, weapon, folded, maker, running"),
            ("descriptions", "weapon, model"),
        ):
            paths = ", ".join(f"'{path}'" for path in kept.paths(table))
            sums = ", ".join(f"max({column})" for column in columns.split(", "))
            connection.execute(f"SELECT {sums} FROM read_parquet([{paths}])").fetchall()


def compare(folder: Path, count: int, rivals: Sequence[str]) -> list[results.Row]:
    """Let every system answer over one record, each in a process of its own."""
    size = SnapshotFolder.open(folder).size
    rows: list[results.Row] = []
    for system in ("tracemark detect", "DuckDB scan", *rivals):
        command = [sys.executable, "-m", "benchmarks.detect", "--answer", system, str(folder)]
        told = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines()[-1])
        found, steps = told.pop("found"), told.pop("steps")
        slowest = ", ".join(f"{name} {spent}" for name, spent in sorted(steps.items(), key=lambda each: -each[1])[:5])
        print(f"  {system:32} {told['seconds']:8.2f} s {told['largest_mib']:6} MiB  {slowest}")
        rows.append({"system": system, "size": size, "class": "rules", **told, "signals": sum(found.values()),
                     "copies": count, "load_average": round(os.getloadavg()[0], 1), "slowest": slowest})  # fmt: skip
    return rows


def main() -> None:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", type=results.size, default=1_000_000)
    parser.add_argument("--rivals", nargs="+", default=["recovered_while_held", "serial_twice", "issued_not_returned"])
    parser.add_argument("--answer", nargs=2, metavar=("SYSTEM", "FOLDER"), help=argparse.SUPPRESS)
    parser.add_argument("--keep", type=Path, help="A folder in which the record is kept for another size.")
    asked = parser.parse_args()
    if asked.answer:
        print(json.dumps(answer(asked.answer[0], Path(asked.answer[1]))))
        return
    folder = asked.keep or Path(tempfile.mkdtemp(prefix="tracemark-detect-"))
    folder.mkdir(exist_ok=True)
    try:
        os.environ["TRACEMARK_KEY"] = str(folder / "record.key")
        os.environ["TRACEMARK_SEGMENTS_DIR"] = "none"
        opened = node.open_node(f"sqlite:///{folder}/record.sqlite3")
        if not opened.stores.records.size():
            build(opened, folder)
        rows = export(opened, folder)
        opened.stores.close()
        rivals = [f"pandas {each}" for each in asked.rivals if each != "none"]
        size = SnapshotFolder.open(folder / "1").size
        count = max(1, round(asked.size / size))
        wanted = folder / str(count)
        if count > 1 and not wanted.exists():
            copies(folder / "1", wanted, count)
        print(f"{size * count:,} events")
        rows += compare(wanted, count, rivals if count < _LARGE else rivals[:0])
        if count == 1:
            rows += score(folder / "1", folder / "truth.json", TODAY)
            rows += replay(folder / "1", folder) if rivals else []
        print(results.write("detect", rows, keep_other_sizes=True))
    finally:
        if not asked.keep:
            shutil.rmtree(folder)


if __name__ == "__main__":
    main()
