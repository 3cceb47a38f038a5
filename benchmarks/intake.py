"""Bulk intake: weapons validated, marked, keyed and sealed, against the bare insertion of the very same rows.

    python -m benchmarks.intake [--size 1000000] [--databases sqlite postgresql]

Each system runs in a process of its own, so that peak memory is its own. The rival inserts the rows that the product
wrote, in batches of the same size and with the same durability, by executemany or COPY; the limit writes and syncs
the same bytes to a file.
"""

import argparse
import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from benchmarks import results
from tests.postgresql_server import postgresql
from tracemark.kernel import PartialDate
from tracemark.node import open_node
from tracemark.recordkeeping import Event, EventKind, LifeChecker, append_new
from tracemark.weapons import WeaponId, catalogue

BATCH = 5_000
TABLES = ("event", "weapon", "mark", "tile", "checkpoint")
_GENERATED = {"weapon", "kind"}
"""Columns of an event that the database computes itself."""


def lives(first: int, count: int) -> list[list[Event]]:
    """Return `count` weapons with two events and two marks each, of the catalogue's models in turn."""
    models = tuple(catalogue().models.values())
    return [_life(WeaponId(number), models[number // 40 % len(models)]) for number in range(first, first + count)]


def _life(weapon: WeaponId, model: Any) -> list[Event]:
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
    details = {
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
    return {"seconds": spent, "peak_mib": _peak_mib()}


def run_raw(url: str, size: int, source: str) -> dict[str, float]:
    """Insert the rows that the product wrote into `source` into empty tables of the same kind."""
    there, here = _connection(source), _connection(url)
    spent, rows_done = 0.0, 0
    for table in TABLES:
        share = BATCH * 2 if table == "event" else BATCH
        for names, rows in _read(there, table, share):
            begun = time.perf_counter()
            _insert(here, table, names, rows)
            spent += time.perf_counter() - begun
            rows_done += len(rows)
    return {"seconds": spent, "peak_mib": _peak_mib(), "rows": rows_done}


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
    return {"seconds": spent, "peak_mib": _peak_mib()}


def _connection(url: str) -> Any:
    """Open the node once so that its tables stand, and return the bare driver's connection."""
    stores = open_node(url).stores
    django = stores.records._database.connection  # type: ignore[attr-defined]  # noqa: SLF001 - the rival's bare driver.
    django.ensure_connection()
    return django.connection


def _read(connection: Any, table: str, share: int) -> Iterator[tuple[list[str], list[tuple[Any, ...]]]]:
    cursor = connection.cursor()
    cursor.execute(f"SELECT * FROM {table} LIMIT 0")  # noqa: S608 - a name of our own list.
    generated = _GENERATED if table == "event" else set()
    names = [column[0] for column in cursor.description if column[0] not in generated]
    cursor.execute(f"SELECT {', '.join(map(_quoted, names))} FROM {table}")  # noqa: S608
    while rows := cursor.fetchmany(share):
        yield names, rows


def _quoted(name: str) -> str:
    return f'"{name}"'


def _insert(connection: Any, table: str, names: list[str], rows: list[tuple[Any, ...]]) -> None:
    listed = ", ".join(map(_quoted, names))
    if hasattr(connection, "executemany"):
        connection.execute("BEGIN IMMEDIATE")
        connection.executemany(f"INSERT INTO {table} ({listed}) VALUES ({', '.join('?' * len(names))})", rows)  # noqa: S608
        connection.execute("COMMIT")
        return
    with connection.cursor() as cursor, cursor.copy(f"COPY {table} ({listed}) FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)
    connection.commit()


def _peak_mib() -> float:
    return round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, 1)


def _measure(kind: str, *arguments: str) -> dict[str, float]:
    command = [sys.executable, "-m", "benchmarks.intake", kind, *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=True, env=os.environ)
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return found


def _bytes_of(url: str, folder: Path) -> int:
    if url.startswith("sqlite"):
        return sum(path.stat().st_size for path in folder.iterdir() if path.name.startswith("product.sqlite3"))
    cursor = _connection(url).cursor()
    cursor.execute("SELECT pg_database_size(current_database())")
    return int(cursor.fetchone()[0])


def compare(database: str, size: int, urls: tuple[str, str], folder: Path) -> list[results.Row]:
    """Measure product, rival and limit on one database, one after the other, and print the ratios."""
    product_url, raw_url = urls
    product = _measure("product", product_url, str(size))
    raw = _measure("raw", raw_url, str(size), product_url)
    held = _bytes_of(product_url, folder)
    limit = _measure("limit", str(folder / "limit"), str(size), str(held))
    ratio = product["seconds"] / raw["seconds"]
    print(f"{database}, {size:,} weapons with 2 events and 2 marks each ({raw['rows']:,.0f} rows)")  # noqa: T201
    rows: list[results.Row] = []
    for system, found in (("tracemark", product), ("raw insertion", raw), ("write and sync", limit)):
        rate = raw["rows"] / found["seconds"]
        print(f"  {system:15} {found['seconds']:8.2f} s {rate:12,.0f} rows/s {found['peak_mib']:8,.0f} MiB peak")  # noqa: T201
        rows.append({
            "system": system, "size": size, "class": database, "seconds": round(found["seconds"], 3),
            "rows_a_second": round(rate), "weapons_a_second": round(size / found["seconds"]),
            "peak_mib": found["peak_mib"], "bytes_a_weapon": round(held / size),
            "ratio_to_raw": round(found["seconds"] / raw["seconds"], 2),
        })  # fmt: skip
    print(f"  {ratio:.2f} times raw insertion; {held / size:,.0f} bytes a weapon on disk")  # noqa: T201
    return rows


def main() -> None:
    """Run the benchmark, or one measurement of it in a process of its own."""
    measured = {"product": run_product, "raw": run_raw, "limit": run_limit}
    if len(sys.argv) > 1 and sys.argv[1] in measured:
        kind, url, size, *rest = sys.argv[1:]
        print(json.dumps(measured[kind](url, int(size), *rest)))  # type: ignore[operator]  # noqa: T201
        return
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", type=int, default=1_000_000)
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
    print(results.write("intake", rows))  # noqa: T201


if __name__ == "__main__":
    main()
