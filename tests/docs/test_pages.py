"""Links of the manual lead somewhere, and every page of it is led to."""

import re
from pathlib import Path

import pytest

from tests.house.tree import ROOT

DOCS = ROOT / "docs"
PAGES = sorted([*DOCS.rglob("*.md"), *ROOT.glob("*.md")])
_FENCED = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)
_LINK = re.compile(r"\]\((?!\w+:)([^)\s]+)\)")


def links(page: Path) -> list[tuple[Path, str]]:
    """Return where a page's links lead: the file, and the place in it, "" for its beginning."""
    text = _FENCED.sub("", page.read_text("utf-8"))
    parted = (link.partition("#") for link in _LINK.findall(text))
    return [((page.parent / path).resolve() if path else page, place) for path, _, place in parted]


def places(page: Path) -> set[str]:
    """Return the places of a page that a link can lead to, as readers of Markdown name headings."""
    text = _FENCED.sub("", page.read_text("utf-8"))
    headings = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    plain = (re.sub(r"\[([^]]*)\]\([^)]*\)", r"\1", heading).lower() for heading in headings)
    named = {re.sub(r"[^\w -]", "", heading).strip().replace(" ", "-") for heading in plain}
    return named | set(re.findall(r'<a id="([^"]+)">', text))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_every_link_leads_to_a_file_and_a_place_in_it(page: Path) -> None:
    broken = [
        f"{target}#{place}"
        for target, place in links(page)
        if not target.exists() or (place and target.suffix == ".md" and place not in places(target))
    ]
    assert broken == []


def test_every_page_of_the_manual_is_led_to_from_its_map() -> None:
    reached: set[Path] = set()
    waiting = [DOCS / "README.md"]
    while waiting:
        page = waiting.pop()
        if page.suffix == ".md" and page.is_file() and page not in reached:
            reached.add(page)
            waiting += [target for target, _ in links(page)]
    assert set(DOCS.rglob("*.md")) - reached == set()
