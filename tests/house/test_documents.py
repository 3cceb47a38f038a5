"""What the documents at the root point to is there."""

import re
from pathlib import Path

import pytest

from tests.house.tree import ROOT

DOCUMENTS = [*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").rglob("*.md"))]
_NAMED = re.compile(r"`((?:src|tests|docs|benchmarks|requirements|\.ci|\.hooks)/[\w./-]+)`")
_MADE = re.compile(r"(?:`|^    )make ([a-z][a-z-]*)", re.MULTILINE)


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_path_named_is_there(path: Path) -> None:
    text = path.read_text()
    linked = [path.parent / link for link in re.findall(r"\]\((?!\w+:|#)([^)#]+)", text)]
    named = [ROOT / name for name in _NAMED.findall(text)]
    assert [str(target) for target in [*linked, *named] if not target.exists()] == []


def test_every_target_of_make_that_a_document_names_exists() -> None:
    targets = set(re.findall(r"^([a-z%-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    named = {name for path in DOCUMENTS for name in _MADE.findall(path.read_text()) if not name.startswith("bench-")}
    assert named - targets == set()
