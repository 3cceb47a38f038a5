"""The node as its user starts it: a process that answers with the sign-in page, and with the head of its record."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager

_PATIENCE_SECONDS = 120


@contextmanager
def served(url: str) -> Iterator[str]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "tracemark", "serve", "--db", url, "--port", str(port)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, env=os.environ)
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.communicate(timeout=_PATIENCE_SECONDS)


def fetched(address: str) -> str:
    """Return the page, waiting until the node answers at all."""
    until = time.monotonic() + _PATIENCE_SECONDS
    while True:
        try:
            with urllib.request.urlopen(address, timeout=_PATIENCE_SECONDS) as answer:
                return str(answer.read(), "utf-8")
        except OSError:
            if time.monotonic() > until:
                raise
            time.sleep(0.2)


def test_a_served_node_answers_with_its_pages_and_its_head(demo_copy: str) -> None:
    with served(demo_copy) as address:
        page = fetched(f"{address}/")
        assert "<form" in page
        assert "<html lang=" in page
        assert fetched(f"{address}/log/checkpoint").startswith("xt/tracemark/record\n")
