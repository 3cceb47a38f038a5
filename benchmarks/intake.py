"""Bulk intake: weapons validated, marked, keyed and sealed, against the bare insertion of the very same rows.

    python -m benchmarks.intake [--size 1000000] [--databases sqlite postgresql]

Each system runs in a process of its own, so that peak memory is its own. The rival inserts the rows that the product
wrote into the same tables, in as many transactions and with the same durability, by executemany or COPY; the limit
writes and syncs the same bytes to a file. Beside the seconds stands the load of the machine when the run ended.
"""

import argparse
import json
import os
import resource
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from itertools import zip_longest
from pathlib import Path
from typing import Any, NamedTuple

import psycopg

from benchmarks import results
from tests.postgresql_server import postgresql
from tracemark.kernel import PartialDate, Plain
from tracemark.node import open_node
from tracemark.recordkeeping import Event, EventKind, LifeChecker, append_new
from tracemark.weapons import Model, WeaponId, catalogue

BATCH = 5_000
SHARES = {"event": 2 * BATCH, "weapon": BATCH, "mark": 2 * BATCH, "tile": 2 * BATCH // 256 + 1, "checkpoint": 1}
"""The tables that the product writes, and how many rows a batch of weapons leaves in each."""
_GENERATED = {("event", "weapon"), ("event", "kind")}
"""Columns of an event that the database computes itself."""


Driver = sqlite3.Connection | psycopg.Connection[Any]


class Chunk(NamedTuple):
    table: str
    names: Sequence[str]
    rows: Sequence[tuple[Any, ...]]


def lives(first: int, count: int) -> list[list[Event]]:
    """Return `count` weapons with two events and two marks each, of the catalogue's models in turn."""
    models = tuple(catalogue().models.values())
    return [_life(WeaponId(number), models[number // 40 % len(models)]) for number in range(first, first + count)]


def _life(weapon: WeaponId, model: Model) -> list[Event]:
    serial, when = f"AB{weapon:07d}", PartialDate(2001 + weapon % 25, 1 + weapon % 12, 1 + weapon % 28)
    described = {"kind": model.kind, "maker": model.maker, "model": model.code, "origin": "industrial"}
    made = {
        "kind": "manufacture",
        "part": model.control_part.value,
        "serial": serial,
        "text": serial,
        "maker": model.maker,
    }
    came = {
        "kind": "import",
        "part": model.control_part.value,
        "state": "XT",
        "text": f"XT {weapon}",
        "serial": f"XT{weapon}",
    }
    details: dict[str, Plain] = {
        "from_state": "XU", "holder": f"XT-D{weapon % 23 + 1:02d}", "lot": f"LOT-{weapon // 500}", "weapon": described,
        "components": [{"part": model.control_part.value, "control": True}], "marks": [made],
    }  # fmt: skip
    return [
        Event(weapon, EventKind.IMPORTED, when, "XT-REG", "bench", details),
        Event(weapon, EventKind.MARKED, when, "XT-MARK", "bench", {"marks": [came]}),
    ]


def run_product(url: str, size: int) -> dict[str, float]:
    """Take in `size` weapons through the product's own bulk path; the making of the input is not timed."""
    node, checker, spent = open_node(url), LifeChecker(), 0.0
    for first in range(1, size + 1, BATCH):
        batch = lives(first, min(BATCH, size + 1 - first))
        begun = time.perf_counter()
        with node.stores.atomic():
            node.stores.register.next_weapons(len(batch))
            append_new(lives=batch, stores=node.stores, clock=node.clock, checker=checker)
        spent += time.perf_counter() - begun
    return {"seconds": spent, **_standing()}


def run_raw(url: str, size: int, source: str) -> dict[str, float]:
    """Insert the rows that the product wrote into `source` into empty tables of the same kind, batch by batch."""
    there, here = _connection(source), _connection(url)
    spent, rows_done = 0.0, 0
    for batch in zip_longest(*(_read(there, table, share) for table, share in SHARES.items())):
        chunks = [chunk for chunk in batch if chunk]
        begun = time.perf_counter()
        _insert(here, chunks)
        spent += time.perf_counter() - begun
        rows_done += sum(len(chunk.rows) for chunk in chunks)
    assert rows_done >= 5 * size
    return {"seconds": spent, **_standing(), "rows": rows_done}


def run_limit(url: str, size: int, source: str) -> dict[str, float]:
    """Write as many bytes as the product's database holds to a file, synced as often as the product commits."""
    total, spent = int(source), 0.0
    chunk = os.urandom(total // max(1, size // BATCH) + 1)
    with Path(url).open("wb") as file:
        begun = time.perf_counter()
        for _ in range(0, size, BATCH):
            file.write(chunk)
            file.flush()
            os.fsync(file.fileno())
        spent = time.perf_counter() - begun
    return {"seconds": spent, **_standing()}


def _connection(url: str) -> Driver:
    """Open the node once so that its tables stand, and return the bare driver's connection."""
    stores = open_node(url).stores
    django = stores.records._database.connection  # type: ignore[attr-defined] # noqa: SLF001 - what lies behind the port.
    django.ensure_connection()
    driver: Driver = django.connection
    return driver


def _read(connection: Driver, table: str, share: int) -> Iterator[Chunk]:
    cursor: Any
    if isinstance(connection, sqlite3.Connection):
        cursor = connection.cursor()
    else:
        cursor = connection.cursor(table, withhold=True)
    cursor.execute(f"SELECT * FROM {table}")
    kept = [place for place, column in enumerate(cursor.description) if (table, column[0]) not in _GENERATED]
    names = [f'"{cursor.description[place][0]}"' for place in kept]
    while rows := cursor.fetchmany(share):
        yield Chunk(table, names, [tuple(row[place] for place in kept) for row in rows])


def _insert(connection: Driver, chunks: Sequence[Chunk]) -> None:
    """Insert chunks in one transaction, by what is quickest in each database."""
    if isinstance(connection, sqlite3.Connection):
        connection.execute("BEGIN IMMEDIATE")
        for table, names, rows in chunks:
            places = ", ".join("?" * len(names))
            connection.executemany(f"INSERT INTO {table} ({', '.join(names)}) VALUES ({places})", rows)
        connection.execute("COMMIT")
        return
    with connection.transaction(), connection.cursor() as cursor:
        for table, names, rows in chunks:
            with cursor.copy(f"COPY {table} ({', '.join(names)}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)


def _standing() -> dict[str, float]:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"peak_mib": round(peak, 1), "load_average": round(os.getloadavg()[0], 1)}


def _measure(kind: str, *arguments: str) -> dict[str, float]:
    command = [sys.executable, "-m", "benchmarks.intake", kind, *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=True, env=os.environ)
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return found


def _bytes_of(url: str, folder: Path) -> int:
    if url.startswith("sqlite"):
        return sum(path.stat().st_size for path in folder.iterdir() if path.name.startswith("product.sqlite3"))
    found = _connection(url).execute("SELECT pg_database_size(current_database())").fetchone()
    assert found
    return int(found[0])


def compare(database: str, size: int, urls: tuple[str, str], folder: Path) -> list[results.Row]:
    """Measure product, rival and limit on one database, one after the other, and print the ratios."""
    product_url, raw_url = urls
    product = _measure("product", product_url, str(size))
    raw = _measure("raw", raw_url, str(size), product_url)
    held = _bytes_of(product_url, folder)
    limit = _measure("limit", str(folder / "limit"), str(size), str(held))
    ratio = product["seconds"] / raw["seconds"]
    print(f"{database}, {size:,} weapons with 2 events and 2 marks each ({raw['rows']:,.0f} rows)")
    rows: list[results.Row] = []
    for system, found in (("tracemark", product), ("raw insertion", raw), ("write and sync", limit)):
        rate = raw["rows"] / found["seconds"]
        print(f"  {system:15} {found['seconds']:8.2f} s {rate:12,.0f} rows/s {found['peak_mib']:8,.0f} MiB peak")
        rows.append({
            "system": system, "size": size, "class": database, "seconds": round(found["seconds"], 3),
            "rows_a_second": round(rate), "weapons_a_second": round(size / found["seconds"]),
            "peak_mib": found["peak_mib"], "bytes_a_weapon": round(held / size),
            "ratio_to_raw": round(found["seconds"] / raw["seconds"], 2), "load_average": found["load_average"],
        })  # fmt: skip
    print(f"  {ratio:.2f} times raw insertion; {held / size:,.0f} bytes a weapon on disk")
    return rows


def main() -> None:
    """Run the benchmark, or one measurement of it in a process of its own."""
    measured = {"product": run_product, "raw": run_raw, "limit": run_limit}
    if len(sys.argv) > 1 and sys.argv[1] in measured:
        kind, url, size, *rest = sys.argv[1:]
        print(json.dumps(measured[kind](url, int(size), *rest)))  # type: ignore[operator]
        return
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", type=results.size, default=1_000_000)
    parser.add_argument("--databases", nargs="+", default=["sqlite", "postgresql"], choices=["sqlite", "postgresql"])
    asked = parser.parse_args()
    rows: list[results.Row] = []
    for database in asked.databases:
        folder = Path(tempfile.mkdtemp(prefix="tracemark-intake-"))
        try:
            with ExitStack() as stack:
                if database == "sqlite":
                    urls = (f"sqlite:///{folder}/product.sqlite3", f"sqlite:///{folder}/raw.sqlite3")
                else:
                    urls = (
                        stack.enter_context(postgresql(durable=True)),
                        stack.enter_context(postgresql(durable=True)),
                    )
                os.environ["TRACEMARK_VAR"] = str(folder)
                rows += compare(database, asked.size, urls, folder)
        finally:
            shutil.rmtree(folder)
    print(results.write("intake", rows))


if __name__ == "__main__":
    main()
