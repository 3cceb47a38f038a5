"""The examples of the manual, run one after another over a small demo State of their own."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.docs.examples import Example, examples
from tests.house.tree import ROOT

PAGES = sorted(page for page in (ROOT / "docs").rglob("*.md") if "<!-- run" in page.read_text("utf-8"))
# Debian's sqlite3 as far as the manual uses it, for machines that lack it.
SQLITE3 = f"""#!{sys.executable}
import sqlite3, sys
connection = sqlite3.connect(sys.argv[1], isolation_level=None)
connection.executescript(sys.argv[2])
"""


def environment(folder: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("TRACEMARK_", "DJANGO_"))}
    programs = f"{folder / 'bin'}:{Path(sys.executable).parent}:{os.environ['PATH']}"
    return kept | {
        "PATH": programs,
        "COLUMNS": "240",
        "TRACEMARK_DB": "sqlite:///demo.sqlite3",
        "TRACEMARK_LANGUAGE": "en",
        "TRACEMARK_STATE": "XT",
    }


def run(example: Example, folder: Path) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-c", example.command] if example.is_python else ["bash", "-c", example.command]
    return subprocess.run(
        command, cwd=folder, env=environment(folder), capture_output=True, text=True, check=False, timeout=300
    )


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("demo")
    built = run(Example("tracemark demo --weapons 2000 --no-serve", 0, None), folder)
    assert built.returncode == 0, built.stderr
    return folder


@pytest.mark.slow
@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_examples_do_what_the_page_says(page: Path, demo: Path, tmp_path: Path) -> None:
    folder = tmp_path / "node"
    shutil.copytree(demo, folder)
    (folder / "docs").symlink_to(ROOT / "docs")
    (folder / "bin").mkdir()
    (folder / "bin" / "sqlite3").write_text(SQLITE3)
    (folder / "bin" / "sqlite3").chmod(0o755)
    for example in examples(page):
        ended = run(example, folder)
        output = ended.stdout if ended.returncode == 0 else ended.stdout + ended.stderr
        assert ended.returncode == example.status, f"{example.command}\n{ended.stdout}{ended.stderr}"
        assert example.is_met_by(output), f"{example.command}\n{output}\nis not\n{example.printed}"


def test_an_example_is_met_by_what_it_says_and_nothing_else() -> None:
    example = Example("", 0, "one  … three\n…\nlast\n")
    assert example.is_met_by("one two three\nany\nlines\nlast\n")
    assert example.is_met_by("one   two three\nlast\n")
    assert not example.is_met_by("one two four\nlast\n")
    assert not example.is_met_by("one two three\nlast\nand more\n")


def test_pages_to_be_run_are_found() -> None:
    assert len(PAGES) > 5
    assert all(list(examples(page)) for page in PAGES)
