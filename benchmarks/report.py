"""Figures over a record as columns: seconds, processor time and memory, beside one plain aggregate of these columns.

    python -m benchmarks.report [--size 10M]

`size` is a number of weapons. The fictional State of `benchmarks.detect`, of 125,000 weapons, is laid side by side
until it has so many, each with three events or so: counts, issues, returns, storage and repairs are left out, and
every second transfer. Every measure is taken in a process of its own over the same Parquet; `largest_mib` is its peak
resident memory.

- *preparing*: what is kept beside a record, drawn for the first time as a whole (once in a record's life, and again
  when a twentieth of it is new).
- *report*: the figures that the form of the national report asks, each by year.
- *everything*: all figures, each by each of its disaggregations, by each year of these, and by all of them together.
- *plain aggregate*: one aggregate by DuckDB of the columns that figures read, grouped by kind, year and agency.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import duckdb

from benchmarks import detect, results
from tracemark import node
from tracemark.node import drawing_from
from tracemark.reporting import Drawing, Drawn, Period, breakdowns, figures
from tracemark.storage import SnapshotFolder

PERIOD = Period.parse("2024", "2025")
THREE_EACH = (
    "kind NOT IN ('counted', 'issued', 'returned', 'stored', 'repaired') "
    "AND (kind <> 'transferred' OR position % 2 = 0)"
)
ASKED = (
    "production.weapons", "production.marked_share", "licences.issued", "licences.refused", "imports.weapons",
    "imports.marked", "exports.weapons", "losses.stolen", "losses.lost", "stock.held", "stock.marked",
    "stock.declared_surplus", "destructions.weapons", "destructions.recovered", "recoveries.seized", "recoveries.found",
    "recoveries.surrendered", "recoveries.all", "recoveries.retained", "traces.requested", "traces.answered",
    "traces.traced",
)  # fmt: skip
"""What the national report asks."""


def report(drawing: Drawing) -> int:
    """Draw the figures of a national report."""
    return _drawn([drawing.draw(each, _years(each)) for each in ASKED])


def prepare(drawing: Drawing) -> int:
    """Draw each figure once, so that every view which is kept for a head of the record is laid."""
    return _drawn([drawing.draw(each, ()) for each in figures()])


def everything(drawing: Drawing) -> int:
    """Draw all figures by each that they can be broken down by, by each year of it, and by all together."""
    drawn = [each for name in figures() for each in drawing.every_breakdown(name)]
    return _drawn([*drawn, *(drawing.draw(name, breakdowns(each)) for name, each in figures().items())])


def plain(folder: Path) -> int:
    """Aggregate once the columns that figures read."""
    events = ", ".join(f"'{each}'" for each in SnapshotFolder.open(folder).paths("events"))
    query = (
        "SELECT kind, YEAR(happened_first), authority, COUNT(*), MAX(weapon), MAX(position), MAX(holder), MAX(place), "
        "MAX(to_state), MAX(from_state), MAX(method), MAX(dossier), SUM(quantity) "
        f"FROM read_parquet([{events}]) GROUP BY 1, 2, 3"
    )
    with duckdb.connect(config={"threads": 2, "memory_limit": "4GB"}) as connection:
        return len(connection.execute(query).fetchall())


def answer(measure: str, folder: Path) -> dict[str, object]:
    """Measure in this process."""
    measures: Mapping[str, Callable[[Drawing], int]] = {
        "preparing": prepare,
        "report": report,
        "everything": everything,
    }
    begun, spent = time.perf_counter(), time.process_time()
    if measure in measures:
        with drawing_from(SnapshotFolder.open(folder), PERIOD) as opened:
            numbers = measures[measure](opened)
    else:
        numbers = plain(folder)
    seconds, processor = round(time.perf_counter() - begun, 2), round(time.process_time() - spent, 2)
    peak = detect.peak_mib()
    return {"seconds": seconds, "processor_seconds": processor, "largest_mib": peak, "numbers": numbers}


def compare(folder: Path, weapons: int) -> list[results.Row]:
    """Take every measure in turn, and tell each as a ratio to the plain aggregate."""
    shutil.rmtree(folder / "kept", ignore_errors=True)
    answers = {each: _answered(each, folder) for each in ("plain aggregate", "preparing", "report", "everything")}
    limit, rows = answers["plain aggregate"], list[results.Row]()
    for measure, found in answers.items():
        ratio = round(found["processor_seconds"] / limit["processor_seconds"], 1)
        print(f"  {measure:16} {found['seconds']:8.2f} s {found['processor_seconds']:8.2f} s of the processor "
              f"{found['largest_mib']:6.0f} MiB {ratio:6.1f}")  # fmt: skip
        told = {"ratio_to_plain": ratio, "events": SnapshotFolder.open(folder).size}
        system = "DuckDB" if measure == "plain aggregate" else "tracemark figures"
        load = round(os.getloadavg()[0], 1)
        rows.append({"system": system, "size": weapons, "class": measure, **found, **told, "load_average": load})
    return rows


def main() -> None:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", type=results.size, default=1_000_000)
    parser.add_argument("--rivals", nargs="+", help="Nothing else draws these figures; taken and left aside.")
    parser.add_argument("--answer", nargs=2, metavar=("MEASURE", "FOLDER"), help=argparse.SUPPRESS)
    parser.add_argument("--keep", type=Path, help="A folder in which the record is kept for another size.")
    asked = parser.parse_args()
    if asked.answer:
        print(json.dumps(answer(asked.answer[0], Path(asked.answer[1]))))
        return
    folder = asked.keep or Path(tempfile.mkdtemp(prefix="tracemark-report-"))
    folder.mkdir(exist_ok=True)
    try:
        count = max(1, round(asked.size / detect.WEAPONS))
        wanted = folder / f"lean{count}"
        if not wanted.exists():
            detect.copies(_exported(folder), wanted, count, THREE_EACH)
        print(f"{count * detect.WEAPONS:,} weapons, {SnapshotFolder.open(wanted).size:,} events")
        print(results.write("report", compare(wanted, count * detect.WEAPONS), keep_other_sizes=True))
    finally:
        if not asked.keep:
            shutil.rmtree(folder)


def _exported(folder: Path) -> Path:
    """Build the State and export it, unless that was done."""
    if not (folder / "1").exists():
        os.environ["TRACEMARK_KEY"] = str(folder / "record.key")
        os.environ["TRACEMARK_SEGMENTS_DIR"] = "none"
        opened = node.open_node(f"sqlite:///{folder}/record.sqlite3")
        detect.build(opened, folder)
        detect.export(opened, folder)
        opened.stores.close()
    return folder / "1"


def _answered(measure: str, folder: Path) -> dict[str, float]:
    command = [sys.executable, "-m", "benchmarks.report", "--answer", measure, str(folder)]
    told = subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines()[-1]
    return dict(json.loads(told))


def _years(name: str) -> tuple[str, ...]:
    return ("year",) if "year" in breakdowns(figures()[name]) else ()


def _drawn(drawn: Sequence[Drawn]) -> int:
    return sum(max(1, len(each.cells)) for each in drawn)


if __name__ == "__main__":
    main()
