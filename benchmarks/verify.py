"""Full verification of a sealed record, against plain SHA-256 over the same bytes.

    python -m benchmarks.verify [--size 200000] [--databases sqlite postgresql]

`size` is in weapons of the fictional State, of about seven events each. The rival hashes the same bodies, held in
memory, one call a body, in one process; the limit reads the same rows from the database and does nothing with them.
Product and rival take turns, and medians are told. Beside them stands the load of the machine when the measurement
ended: what others do there slows whoever uses more than one processor most.
"""

import argparse
import hashlib
import os
import shutil
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path
from statistics import median

from benchmarks import results
from tests.postgresql_server import postgresql
from tracemark import demo
from tracemark.authorities import Role
from tracemark.kernel import Actor
from tracemark.node import Node, open_node
from tracemark.recordkeeping import LINE_BREAK
from tracemark.storage.relational.stretches import stretches

_TURNS = 7
_AUDITOR = Actor("bench", "XT-REG", frozenset({Role.AUDITOR.value}))


def verify(node: Node) -> float:
    """Return the seconds a full verification takes.

    Raises:
        AssertionError: the record is not as it was sealed.
    """
    begun = time.perf_counter()
    found = node.verify(_AUDITOR)
    spent = time.perf_counter() - begun
    assert found.ok, found.faults[:5]
    return spent


def read(node: Node) -> tuple[float, list[bytes]]:
    """Return the seconds it takes one process to read every row as verification does, and the bodies."""
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


def measure(node: Node, bodies: list[bytes]) -> dict[str, list[float]]:
    """Return the seconds of product and rival in turn, `_TURNS` of each, the rival before and behind the product.

    Each ratio is of a verification to the mean of the rivals beside it, so that both meet the same machine.
    """
    hashed, verified = [digest(bodies)], list[float]()
    for _ in range(_TURNS):
        verified.append(verify(node))
        hashed.append(digest(bodies))
    ratios = [2 * each / sum(hashed[at : at + 2]) for at, each in enumerate(verified)]
    return {"tracemark verify": verified, "plain SHA-256": hashed, "ratio": ratios}


def compare(database: str, url: str, size: int) -> list[results.Row]:
    """Measure product, limit and rival on one database, and print the ratio."""
    node = open_node(url)
    demo.build_state(node=node, weapons=size, seed=2001)
    reading, bodies = read(node)
    found = measure(node, bodies)
    hashed, ratio = median(found["plain SHA-256"]), median(found.pop("ratio"))
    events, total = len(bodies), sum(map(len, bodies))
    print(f"{database}, {events:,} events, {total / 2**20:,.0f} MiB of canonical bytes")
    rows: list[results.Row] = []
    for system, turns in {**found, "read the rows": [reading]}.items():
        seconds = median(turns)
        print(f"  {system:17} {seconds:8.2f} s {events / seconds:12,.0f} events/s")
        rows.append({
            "system": system, "size": events, "class": database, "seconds": round(seconds, 3),
            "least_seconds": round(min(turns), 3), "turns": len(turns),
            "events_a_second": round(events / seconds), "mib": round(total / 2**20),
            "ratio_to_sha256": round(ratio if system == "tracemark verify" else seconds / hashed, 2),
            "load_average": round(os.getloadavg()[0], 1),
        })  # fmt: skip
    print(f"  {ratio:.2f} times plain SHA-256 (median of {_TURNS} turns)")
    return rows


def main() -> None:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", type=results.size, default=200_000)
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
