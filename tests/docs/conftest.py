import os
import sys
from pathlib import Path

import pytest

from tests.fictional import demo_copy, demo_url
from tests.house.tree import ROOT
from tracemark.cli.output import console

__all__ = ["demo_copy", "demo_url"]

# Debian's sqlite3 as far as the manual uses it, for machines that lack it.
SQLITE3 = f"""#!{sys.executable}
import sqlite3, sys
connection = sqlite3.connect(sys.argv[1], isolation_level=None)
connection.executescript(sys.argv[2])
"""


@pytest.fixture
def node(demo_copy: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Stand in a folder with a small demo State of its own, from which the manual's examples are typed."""
    programs = tmp_path / "bin"
    programs.mkdir()
    (programs / "sqlite3").write_text(SQLITE3)
    (programs / "sqlite3").chmod(0o755)
    (tmp_path / "docs").symlink_to(ROOT / "docs")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(console, "width", 240)
    monkeypatch.setenv("PATH", f"{programs}:{Path(sys.executable).parent}:{os.environ['PATH']}")
    monkeypatch.setenv("TRACEMARK_DB", "sqlite:///demo.sqlite3")
    monkeypatch.setenv("TRACEMARK_LANGUAGE", "en")
    return tmp_path
