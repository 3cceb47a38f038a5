"""The node as its user starts it: a process that answers with the sign-in page, and with the head of its record."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest
from pytest_django import DjangoDbBlocker

from tests.stores.lives import keep, registered
from tracemark.node import open_node
from tracemark.storage.relational.segments import SegmentFolder
from tracemark.storage.relational.stores import RelationalStores

_PATIENCE_SECONDS = 120
_ROOT = Path(__file__).parents[2]
_SOURCES = os.pathsep.join([str(_ROOT / "src"), str(_ROOT)])


@contextmanager
def served(url: str, start: Sequence[str] = ("-m", "tracemark", "serve")) -> Iterator[str]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, *start, "--db", url, "--port", str(port)]
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, env={**os.environ, "PYTHONPATH": _SOURCES}
    )
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


def test_what_came_is_merged_before_the_node_listens(
    tmp_path: Path, django_db_blocker: DjangoDbBlocker, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The process that merges becomes another one, which has none of its threads."""
    url, segments = f"sqlite:///{tmp_path}/register.sqlite3", tmp_path / "register.segments"
    monkeypatch.setenv("TRACEMARK_SEGMENTS_DIR", str(segments))
    with django_db_blocker.unblock():
        stores = open_node(url).stores
        assert isinstance(stores, RelationalStores)
        keep(stores, *(registered(weapon, f"A{weapon}") for weapon in range(1, 41)))
        assert [len(each) for each in stores.marks.segments()] == [40]
        keep(stores, *(registered(weapon, f"A{weapon}") for weapon in range(41, 45)))
        stores.close()
    _, before, _ = SegmentFolder(segments).load()
    with served(url, [str(Path(__file__).with_name("serving.py"))]) as address:
        assert "<html lang=" in fetched(f"{address}/")
    merged, manifest, _ = SegmentFolder(segments).load()
    assert (before.events, manifest.events, len(merged)) == (40, 44, 44)
