"""The examples of the manual, run one after another over a small demo State of their own."""

from pathlib import Path

import pytest

from tests.docs.examples import Example, examples, run
from tests.house.tree import ROOT

PAGES = sorted(page for page in (ROOT / "docs").rglob("*.md") if "<!-- run" in page.read_text("utf-8"))


@pytest.mark.usefixtures("node")
@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_examples_do_what_the_page_says(page: Path) -> None:
    for example in examples(page):
        ended = run(example)
        assert ended.status == example.status, f"{example.command}\n{ended.output}"
        assert example.is_met_by(ended.output), f"{example.command}\n{ended.output}\nis not\n{example.printed}"


def test_an_example_is_met_by_what_it_says_and_nothing_else() -> None:
    example = Example("", 0, "one  … three\n…\nlast\n")
    assert example.is_met_by("one two three\nany\nlines\nlast\n")
    assert example.is_met_by("one   two three\nlast\n")
    assert not example.is_met_by("one two four\nlast\n")
    assert not example.is_met_by("one two three\nlast\nand more\n")


def test_every_block_marked_to_be_run_is_run() -> None:
    marked = {page: page.read_text("utf-8").count("<!-- run") for page in PAGES}
    found = {page: len(list(examples(page))) for page in PAGES}
    assert [page.name for page in PAGES if found[page] < marked[page]] == []
