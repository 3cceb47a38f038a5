"""The trace page under load: many users at once, served as `tracemark serve` serves it, beside a static file.

    make bench-pages SIZE=400K      or  python -m benchmarks.pages --size 400K --users 20 --workers 1 2

The register is a fictional State's, built for the run, or a copy of the SQLite register that `--db` names: accounts,
sessions and searches are written to it. Twice: with users who read for a second between two searches, and with users
who never pause, which shows what the server can do.
"""

import argparse
import http.client
import json
import os
import random
import secrets
import shutil
import socket
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import numpy as np

from benchmarks import results
from tests.signed_in import session_of
from tracemark.node import Node, open_node

STATIC = "/static/web/mark.svg"
_WAIT_SECONDS = 120
_READINGS = 200
_LEAST_READABLE = 6
_MARKS_A_WEAPON = 2
"""How many a weapon of the fictional State bears that have a number."""
_SEED = 2001
_WARMING = 5
_OF_ANOTHER_NODE = ("TRACEMARK_STATE", "TRACEMARK_KEY", "TRACEMARK_SEGMENTS_DIR", "TRACEMARK_AUTHORITY")


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--size", type=results.size, default=100_000, help="marks of the register that is built")
    options.add_argument("--db", help="a register to copy instead, as sqlite:///path")
    options.add_argument("--users", type=int, default=20)
    options.add_argument("--each", type=int, default=15, help="pages that each user asks for")
    options.add_argument("--workers", type=int, nargs="+", default=[1, 2], help="processes that answer, run by run")
    options.add_argument("--prepare", type=int, default=0, help=argparse.SUPPRESS)
    chosen = options.parse_args()
    if chosen.prepare:
        print(json.dumps(prepared(chosen.db, chosen.prepare, chosen.users)))
        return
    with tempfile.TemporaryDirectory(prefix="tracemark-pages-") as folder:
        os.environ |= {"TRACEMARK_VAR": folder, "TRACEMARK_DB": ""}
        for name in _OF_ANOTHER_NODE if not chosen.db else ("TRACEMARK_SEGMENTS_DIR",):
            os.environ.pop(name, None)
        db = f"sqlite:///{folder}/register.sqlite3"
        if chosen.db:
            copy_register(chosen.db, Path(folder))
        command = [sys.executable, "-m", "benchmarks.pages", "--db", db, "--users", str(chosen.users)]
        command += ["--prepare", str(chosen.size)]
        told = json.loads(
            subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout.splitlines()[-1]
        )
        rows = [row for each in chosen.workers for row in measured(db, told, chosen.users, chosen.each, each)]
    print(results.write("pages", rows))


def copy_register(db: str, folder: Path) -> None:
    """Copy a SQLite register, its key and the files of its search index; what others write meanwhile is in or out."""
    kind, _, name = db.partition(":///")
    source = Path(name)
    if kind != "sqlite" or not source.is_file():
        sys.exit(f"{db}: name a register as sqlite:///path")
    copy = folder / "register.sqlite3"
    there = f"{source.absolute().as_uri()}?mode=ro"
    with closing(sqlite3.connect(there, uri=True)) as read, closing(sqlite3.connect(copy)) as written:
        read.backup(written)
    shutil.copy(source.with_suffix(".key"), copy.with_suffix(".key"))
    if (index := source.with_name(f"{source.name}.segments")).is_dir():
        shutil.copytree(index, copy.with_name(f"{copy.name}.segments"), symlinks=True)


def prepared(db: str, size: int, users: int) -> dict[str, Any]:
    """Build the register unless a copy stands, sign users in and draw readings; runs in a process of its own."""
    from tracemark import demo  # noqa: PLC0415 - as below: Django stands only once the node is open

    node = open_node(db)
    if demo.is_untouched(node):
        demo.build_state(node=node, weapons=max(1, size // _MARKS_A_WEAPON), seed=_SEED)
    marks = sum(map(len, node.stores.marks.segments()))
    run = secrets.token_hex(4)
    sessions = [session_of(f"bench-{run}-{number}", ["tracing_analyst"]) for number in range(users)]
    return {"sessions": sessions, "asked": list(readings(node)), "marks": marks}


def measured(db: str, told: dict[str, Any], users: int, each: int, workers: int) -> Iterator[results.Row]:
    """Serve the register and yield a row for each page and pace."""
    pages = {
        "trace": ["/traces/?" + urlencode(each) for each in told["asked"]],
        "trace_form": ["/traces/"],
        "static_file": [STATIC],
    }
    with served(db, workers) as (port, process):
        for address in pages["trace"][: _WARMING * workers]:
            ask(port, told["sessions"][0], address)
        for pause in (1.0, 0.0):
            for name, addresses in pages.items():
                began = cpu_seconds(process)
                times = under_load(port, told["sessions"], addresses, each, pause)
                row: results.Row = {
                    "system": "tracemark" if name != "static_file" else "static_file",
                    "size": told["marks"],
                    "class": f"{name}{'' if pause else '_without_pause'}",
                    "users": users,
                    "workers": workers,
                    "pause_s": pause,
                    "requests": len(times),
                    "p50_ms": round(float(np.percentile(times, 50)), 2),
                    "p95_ms": round(float(np.percentile(times, 95)), 2),
                    "pages_a_second": round(len(times) / (sum(times) / 1000 / users), 1) if not pause else None,
                    "server_cpu_ms": round((cpu_seconds(process) - began) * 1000 / len(times), 2),
                }
                print("  ".join(f"{key} {value}" for key, value in row.items()), flush=True)
                yield row


def readings(node: Node) -> Iterator[dict[str, str]]:
    """Yield what users ask for: numbers of weapons of the register with places lost, half of them with the maker."""
    from tracemark.demo.stories import damaged_serial, number_of  # noqa: PLC0415
    from tracemark.weapons import WeaponId, entry_name  # noqa: PLC0415

    chance = random.Random(31)
    highest = node.stores.register.next_weapons(1).start - 1
    yielded = 0
    while yielded < _READINGS:
        weapons = node.stores.register.states([WeaponId(chance.randint(1, highest)) for _ in range(_READINGS)])
        for state in weapons.values():
            number = number_of(state)
            if len(number) < _LEAST_READABLE or yielded >= _READINGS:
                continue
            yielded += 1
            maker = entry_name("makers", state.description.maker) if yielded % 2 and state.description.maker else ""
            yield {"reading_1": damaged_serial(number, chance), **({"maker": maker} if maker else {})}


@contextmanager
def served(db: str, workers: int) -> Iterator[tuple[int, int]]:
    """Serve a register with granian as `tracemark serve` does; yield the port and the process."""
    with listening("tracemark", "serve", "--workers", str(workers), "--db", db) as found:
        yield found


@contextmanager
def listening(*module: str) -> Iterator[tuple[int, int]]:
    """Run a module of Python that serves at the port it is told; yield the port and the process once it answers."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    command = [sys.executable, "-m", *module, "--port", str(port)]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        until = time.monotonic() + _WAIT_SECONDS
        while time.monotonic() < until and server.poll() is None:
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.2)
        yield port, server.pid
    finally:
        server.terminate()
        server.wait(timeout=_WAIT_SECONDS)


def under_load(port: int, sessions: Sequence[str], addresses: Sequence[str], each: int, pause: float) -> list[float]:
    """Let each user ask for pages one after another, all users at once; return milliseconds, page by page."""
    times: list[float] = []

    def use(number: int, session: str) -> None:
        chance = random.Random(number)
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=_WAIT_SECONDS)
        time.sleep(chance.random() * pause)
        for turn in range(each):
            address = addresses[(number * each + turn) % len(addresses)]
            began = time.perf_counter()
            ask(port, session, address, connection)
            times.append((time.perf_counter() - began) * 1000)
            time.sleep(chance.random() * 2 * pause)
        connection.close()

    users = [threading.Thread(target=use, args=each) for each in enumerate(sessions)]
    for user in users:
        user.start()
    for user in users:
        user.join()
    if len(times) != len(sessions) * each:
        raise RuntimeError(f"{len(sessions) * each - len(times)} pages were not answered")
    return times


def ask(port: int, session: str, address: str, connection: http.client.HTTPConnection | None = None) -> bytes:
    """Ask for a page; anything but the page itself is an error."""
    asked = connection or http.client.HTTPConnection("127.0.0.1", port, timeout=_WAIT_SECONDS)
    asked.request("GET", address, headers={"Cookie": f"session={session}"})
    answer = asked.getresponse()
    body = answer.read()
    if answer.status != http.HTTPStatus.OK:
        raise RuntimeError(f"{answer.status} for {address}: {body[:200]!r}")
    return body


def cpu_seconds(process: int) -> float:
    """Return the processor time of a process and the workers it began, in seconds, as Linux counts it."""
    total = 0.0
    for each in [process, *_children(process)]:
        fields = Path(f"/proc/{each}/stat").read_text("ascii").rpartition(")")[2].split()
        total += (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    return total


def _children(process: int) -> list[int]:
    return [int(each) for each in Path(f"/proc/{process}/task/{process}/children").read_text("ascii").split()]


if __name__ == "__main__":
    main()
