"""The trace page under load: many users at once, served as `tracemark serve` serves it, beside a static file.

    python -m benchmarks.pages --db sqlite:///var/demo.sqlite3 --users 20

Accounts and sessions of the users are written to the register given, and searches to its log: take a copy. Twice: with
users who read for a second between two searches, and with users who never pause, which shows what the server can do.
"""

import argparse
import http.client
import json
import os
import random
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import numpy as np

from benchmarks import results
from tracemark.node import Node

STATIC = "/static/web/mark.svg"
_WAIT_SECONDS = 120
_READINGS = 200
_LEAST_READABLE = 6


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--db", default="sqlite:///var/demo.sqlite3", help="the register")
    options.add_argument("--users", type=int, default=20)
    options.add_argument("--each", type=int, default=15, help="pages that each user asks for")
    options.add_argument("--workers", type=int, default=1, help="processes that answer, as of `tracemark serve`")
    options.add_argument("--prepare", action="store_true", help=argparse.SUPPRESS)
    chosen = options.parse_args()
    os.environ["TRACEMARK_DB"] = chosen.db
    if chosen.prepare:
        print(json.dumps(prepared(chosen.users)))
        return
    command = [sys.executable, "-m", "benchmarks.pages", "--db", chosen.db, "--users", str(chosen.users), "--prepare"]
    told = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout.splitlines()[-1])
    pages = {
        "trace": ["/traces/?" + urlencode(each) for each in told["asked"]],
        "trace_form": ["/traces/"],
        "static_file": [STATIC],
    }
    rows: list[dict[str, Any]] = []
    with served(chosen.db, chosen.workers) as (port, process):
        ask(port, told["sessions"][0], pages["trace"][0])
        for pause in (1.0, 0.0):
            for name, addresses in pages.items():
                began = cpu_seconds(process)
                times = under_load(port, told["sessions"], addresses, chosen.each, pause)
                row = {
                    "system": "tracemark" if name != "static_file" else "static_file",
                    "size": told["marks"],
                    "class": f"{name}{'' if pause else '_without_pause'}",
                    "users": chosen.users,
                    "pause_s": pause,
                    "requests": len(times),
                    "p50_ms": round(float(np.percentile(times, 50)), 2),
                    "p95_ms": round(float(np.percentile(times, 95)), 2),
                    "server_cpu_ms": round((cpu_seconds(process) - began) * 1000 / len(times), 2),
                }
                rows.append(row)
                print("  ".join(f"{key} {value}" for key, value in row.items()), flush=True)
    print(results.write("pages", rows))


def prepared(users: int) -> dict[str, Any]:
    """Open the accounts, sign them in as Django would, and draw readings; runs in a process of its own."""
    from importlib import import_module  # noqa: PLC0415 - Django stands only once the node is open

    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY, get_user_model  # noqa: PLC0415
    from django.utils import timezone  # noqa: PLC0415

    from tracemark.cli.options import node_at  # noqa: PLC0415

    node = node_at(os.environ["TRACEMARK_DB"])
    marks = sum(map(len, node.stores.marks.segments()))
    sessions = []
    for number in range(users):
        account, _ = get_user_model().objects.get_or_create(
            username=f"bench-{number}", defaults={"roles": ["tracing_analyst"], "authority": "XT-REG"}
        )
        account.last_login = timezone.now()
        account.factor_exempt = True
        account.save()
        session = import_module("django.contrib.sessions.backends.db").SessionStore()
        session[SESSION_KEY] = str(account.pk)
        session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
        session["second_factor"] = True
        session[HASH_SESSION_KEY] = account.get_session_auth_hash()
        session.save()
        sessions.append(session.session_key)
    return {"sessions": sessions, "asked": list(readings(node)), "marks": marks}


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
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    command = [sys.executable, "-m", "tracemark", "serve", "--port", str(port), "--workers", str(workers), "--db", db]
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
