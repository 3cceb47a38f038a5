"""An export that is killed halfway leaves the folder as it was, and the next one brings it to the end."""

import os
import signal
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from tests.house.tree import ROOT
from tests.node.test_exporting import AUDITOR, stored
from tracemark.node import Node, detect_signals, export_parquet, open_node
from tracemark.storage import SnapshotFolder

TODAY = date(2026, 12, 31)


@pytest.fixture
def node(demo_copy: str) -> Node:
    return open_node(demo_copy)


def killed_halfway(url: str, folder: Path, part: int) -> tuple[int, int]:
    """Let another process export in parts until two are written, and kill it there; return how far it came of what."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.node.exports_until_killed", url, str(folder), str(part)],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    with process:
        assert process.stdout
        line = process.stdout.readline()
        process.send_signal(signal.SIGKILL)
    assert process.returncode == -signal.SIGKILL
    done, size = map(int, line.split())
    return done, size


def found(folder: Path) -> list[object]:
    return [each.plain() for each in detect_signals(folder, today=TODAY)]


def test_an_export_killed_halfway_is_done_again(node: Node, demo_copy: str, tmp_path: Path) -> None:
    folder, whole = tmp_path / "killed", tmp_path / "whole"
    done, size = killed_halfway(demo_copy, folder, 3_000)
    assert 0 < done < size == node.stores.records.size()
    left = sorted(folder.rglob("*.parquet"))
    assert left
    assert SnapshotFolder.open(folder).size == 0
    export_parquet(node, folder, AUDITOR)
    export_parquet(node, whole, AUDITOR)
    SnapshotFolder.open(folder).require_whole()
    assert found(folder) == found(whole)


def test_what_a_folder_had_stays_when_the_next_export_is_killed(node: Node, demo_copy: str, tmp_path: Path) -> None:
    folder, whole = tmp_path / "killed", tmp_path / "whole"
    export_parquet(node, folder, AUDITOR)
    before, had = SnapshotFolder.open(folder), found(folder)
    for _ in range(3):
        stored(node)
    assert killed_halfway(demo_copy, folder, 1) == (before.size + 2, before.size + 3)
    assert (SnapshotFolder.open(folder), found(folder)) == (before, had)
    export_parquet(node, folder, AUDITOR)
    export_parquet(node, whole, AUDITOR)
    assert SnapshotFolder.open(folder).size == before.size + 3
    assert found(folder) == found(whole)
