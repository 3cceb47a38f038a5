"""Full verification of a sealed record, against plain SHA-256 over the same bytes.

    python -m benchmarks.verify [--size 200000] [--databases sqlite postgresql]

`size` is in weapons of the fictional State, of about eight events each. The rival hashes the same bodies, held in
memory, one call a body; the limit reads the same rows from the database and does nothing with them.
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

_AUDITOR = Actor("bench", "XT-REG", frozenset({Role.AUDITOR.value}))


def verify(node: Node) -> tuple[float, int]:
    """Return the seconds a full verification takes, and how many events it read.

    Raises:
        AssertionError: the record is not as it was sealed.
    """
    begun = time.perf_counter()
    found = node.verify(_AUDITOR)
    spent = time.perf_counter() - begun
    assert found.ok, found.faults[:5]  # noqa: S101 - a benchmark of a wrong answer means nothing.
    return spent, found.events


def read(node: Node) -> tuple[float, list[bytes]]:
    """Return the seconds it takes to read every row, and the bodies."""
    begun = time.perf_counter()
    bodies = [body for _, body, _ in node.stores.records.rows()]
    return time.perf_counter() - begun, bodies


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
    print(f"{database}, {events:,} events, {total / 2**20:,.0f} MiB of canonical bytes")  # noqa: T201
    rows: list[results.Row] = []
    for system, seconds in (("tracemark verify", verified), ("read the rows", reading), ("plain SHA-256", hashed)):
        print(f"  {system:17} {seconds:8.2f} s {events / seconds:12,.0f} events/s")  # noqa: T201
        rows.append({
            "system": system, "size": events, "class": database, "seconds": round(seconds, 3),
            "events_a_second": round(events / seconds), "mib": round(total / 2**20),
            "ratio_to_sha256": round(seconds / hashed, 2),
        })  # fmt: skip
    print(
        f"  {verified / hashed:.2f} times plain SHA-256, {verified / (reading + hashed):.2f} times reading and hashing"
    )  # noqa: T201
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
    print(results.write("verify", rows))  # noqa: T201


if __name__ == "__main__":
    main()
