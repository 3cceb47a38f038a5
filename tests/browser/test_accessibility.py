"""Axe finds nothing on any page, in light, in dark and from right to left; and a phone need not scroll sideways."""

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest

from tests.browser.conftest import OpenAs, Site
from tests.browser.pages import PAGES, Page

pytestmark = pytest.mark.browser

VENDOR = Path(__file__).parent / "static" / "vendor"
AXE = (VENDOR / "axe.min.js").read_text("utf-8")
RUN = """() => axe.run({runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]})
    .then(found => found.violations.map(each => [each.id, each.nodes.map(node => node.target.join(" "))]))"""
LOOKS: dict[str, dict[str, Any]] = {
    "light": {"color_scheme": "light", "locale": "en"},
    "dark": {"color_scheme": "dark", "locale": "en"},
    "arabic": {"color_scheme": "light", "locale": "ar"},
}


def named(page: Page) -> str:
    return f"{page.role or 'anybody'}{page.address}"


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("page", PAGES, ids=named)
def test_axe_finds_nothing(page: Page, look: str, site: Site, open_as: OpenAs) -> None:
    # Axe is put into the page by the test, which the page's own policy rightly forbids.
    window = open_as(page.role, bypass_csp=True, **LOOKS[look]).new_page()
    answer = window.goto(page.address.format(person=site.person))
    assert answer is not None
    assert answer.status == page.status
    window.evaluate(AXE)
    assert window.evaluate(RUN) == []


@pytest.mark.parametrize("look", LOOKS)
def test_axe_finds_nothing_where_a_second_factor_is_set_up(look: str, site: Site, open_as: OpenAs) -> None:
    window = open_as("", bypass_csp=True, **LOOKS[look]).new_page()
    window.goto("/account/sign-in/")
    window.fill("[name=login]", "storekeeper")
    window.fill("[name=password]", site.password)
    window.click("main button")
    window.goto("/account/second-factor/app/")
    window.evaluate(AXE)
    assert window.evaluate(RUN) == []
    window.fill("[name=password]", site.password)
    window.click("main button")
    assert window.locator("figure svg").count() == 1
    window.evaluate(AXE)
    assert window.evaluate(RUN) == []


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_a_phone_need_not_scroll_sideways(page: Page, site: Site, open_as: OpenAs) -> None:
    window = open_as(page.role, viewport={"width": 360, "height": 740}).new_page()
    complaints: list[str] = []
    window.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    window.goto(page.address.format(person=site.person))
    wide = window.evaluate("() => document.documentElement.scrollWidth - document.documentElement.clientWidth")
    # The browser itself complains of an answer that is no 200; of a policy that is broken it must not.
    assert (wide, [each for each in complaints if "Failed to load resource" not in each]) == (0, [])


def test_axe_is_the_file_it_says_it_is() -> None:
    listed = json.loads((VENDOR / "VENDOR.json").read_text("utf-8"))
    assert {each["file"]: each["sha256"] for each in listed} == {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in VENDOR.glob("*.js")
    }


def test_axe_would_find_what_is_wrong(open_as: OpenAs) -> None:
    window = open_as("", bypass_csp=True).new_page()
    window.set_content('<!doctype html><html lang="en"><title>x</title><main><h1>x</h1><img src="x.png"></main></html>')
    window.evaluate(AXE)
    assert [code for code, _ in window.evaluate(RUN)] == ["image-alt"]
