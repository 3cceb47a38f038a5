"""Full verification of a sealed record, against plain SHA-256 over the same bytes.

    python -m benchmarks.verify [--size 200000] [--databases sqlite postgresql]

`size` is in weapons of the fictional State, of about seven events each. The rival hashes the same bodies, held in
memory, one call a body, in one process; the limit reads the same rows from the database and does nothing with them.
Beside the seconds stands the load of the machine when the measurement ended: what others do there slows whoever uses
more than one processor most.
"""

import argparse
import hashlib
import os
import shutil
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path

from benchmarks import results
from tests.postgresql_server import postgresql
from tracemark import demo
from tracemark.authorities import Role
from tracemark.kernel import Actor
from tracemark.node import Node, open_node
from tracemark.recordkeeping import LINE_BREAK
from tracemark.storage.relational.stretches import stretches

_AUDITOR = Actor("bench", "XT-REG", frozenset({Role.AUDITOR.value}))


def verify(node: Node) -> tuple[float, int]:
    """Return the seconds a full verification takes, and how many events it read.

    Raises:
        AssertionError: the record is not as it was sealed.
    """
    begun = time.perf_counter()
    found = node.verify(_AUDITOR)
    spent = time.perf_counter() - begun
    assert found.ok, found.faults[:5]
    return spent, found.events


def read(node: Node) -> tuple[float, list[bytes]]:
    """Return the seconds it takes to read every row as verification does, and the bodies."""
    database = node.stores.records._database  # type: ignore[attr-defined] # noqa: SLF001 - what lies behind the port.
    begun = time.perf_counter()
    read = [lines for _, lines in stretches(database)]
    return time.perf_counter() - begun, [body for lines in read for body in lines.split(LINE_BREAK)]


def digest(bodies: list[bytes]) -> float:
    """Return the seconds plain SHA-256 takes over all bodies."""
    begun = time.perf_counter()
    for body in bodies:
        hashlib.sha256(body).digest()
    return time.perf_counter() - begun


def compare(database: str, url: str, size: int) -> list[results.Row]:
    """Measure product, limit and rival on one database, and print the ratio."""
    node = open_node(url)
    demo.build_state(node=node, weapons=size, seed=2001)
    verified, events = verify(node)
    reading, bodies = read(node)
    hashed = digest(bodies)
    total = sum(map(len, bodies))
    print(f"{database}, {events:,} events, {total / 2**20:,.0f} MiB of canonical bytes")
    rows: list[results.Row] = []
    for system, seconds in (("tracemark verify", verified), ("read the rows", reading), ("plain SHA-256", hashed)):
        print(f"  {system:17} {seconds:8.2f} s {events / seconds:12,.0f} events/s")
        rows.append({
            "system": system, "size": events, "class": database, "seconds": round(seconds, 3),
            "events_a_second": round(events / seconds), "mib": round(total / 2**20),
            "ratio_to_sha256": round(seconds / hashed, 2), "load_average": round(os.getloadavg()[0], 1),
        })  # fmt: skip
    print(
        f"  {verified / hashed:.2f} times plain SHA-256, {verified / (reading + hashed):.2f} times reading and hashing"
    )
    return rows


def main() -> None:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", type=int, default=200_000)
    parser.add_argument("--databases", nargs="+", default=["sqlite", "postgresql"], choices=["sqlite", "postgresql"])
    asked = parser.parse_args()
    rows: list[results.Row] = []
    for database in asked.databases:
        folder = Path(tempfile.mkdtemp(prefix="tracemark-verify-"))
        os.environ["TRACEMARK_KEY"] = str(folder / "record.key")
        try:
            with ExitStack() as stack:
                on_disk = f"sqlite:///{folder}/record.sqlite3"
                url = on_disk if database == "sqlite" else stack.enter_context(postgresql())
                rows += compare(database, url, asked.size)
        finally:
            shutil.rmtree(folder)
    print(results.write("verify", rows))


if __name__ == "__main__":
    main()
