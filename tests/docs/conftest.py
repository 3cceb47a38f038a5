import shutil
import sys
from pathlib import Path

import pytest

from tests.docs.examples import Example, run
from tests.house.tree import ROOT

# Debian's sqlite3 as far as the manual uses it, for machines that lack it.
SQLITE3 = f"""#!{sys.executable}
import sqlite3, sys
connection = sqlite3.connect(sys.argv[1], isolation_level=None)
connection.executescript(sys.argv[2])
"""


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("demo")
    ended = run(Example("tracemark demo --weapons 2000 --no-serve", 0, None), folder)
    assert ended.returncode == 0, ended.stderr
    return folder


@pytest.fixture
def node(built: Path, tmp_path: Path) -> Path:
    """A folder with a small demo State of its own, from which the manual's examples are typed."""
    folder = tmp_path / "node"
    shutil.copytree(built, folder)
    (folder / "docs").symlink_to(ROOT / "docs")
    (folder / "bin").mkdir()
    (folder / "bin" / "sqlite3").write_text(SQLITE3)
    (folder / "bin" / "sqlite3").chmod(0o755)
    return folder
