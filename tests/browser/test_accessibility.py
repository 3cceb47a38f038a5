"""Axe finds nothing on any page, in light, in dark and from right to left; and a phone need not scroll sideways."""

import hashlib
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, ViewportSize, expect
from playwright.sync_api import Page as Window

from tests.browser.conftest import OpenAs, Site, context_of
from tests.browser.pages import PAGES, Page

pytestmark = pytest.mark.browser

VENDOR = Path(__file__).parent / "static" / "vendor"
AXE = (VENDOR / "axe.min.js").read_text("utf-8")
SUMMED_UP = ".then(found => found.violations.map(each => [each.id, each.nodes.map(node => node.target.join(' '))]))"


def axe_run(kind: str, values: list[str]) -> str:
    return f"""() => axe.run({{runOnly: {{type: "{kind}", values: {json.dumps(values)}}}}}){SUMMED_UP}"""


RUN = axe_run("tag", ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"])
# Dark differs from light in its colours only.
RUN_COLOURS = axe_run("rule", ["color-contrast", "link-in-text-block"])
# Arabic differs from English in its words, its direction and what these make of the layout.
RUN_WORDS = axe_run("rule", (Path(__file__).parent / "rules-of-words.txt").read_text("utf-8").split())
RUNS = {"en": (("light", RUN), ("dark", RUN_COLOURS)), "ar": (("light", RUN_WORDS),)}
LANGUAGES = tuple(RUNS)
PHONE, DESK = ViewportSize(width=360, height=740), ViewportSize(width=1280, height=720)
TOO_WIDE = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"


def named(page: Page) -> str:
    return f"{page.role or 'anybody'}{page.address}"


def complaints_of(window: Window, language: str = "en") -> list[object]:
    """Return what axe finds on the page as it stands, in light and then in dark; in Arabic colours are left out."""
    window.evaluate(AXE)
    found: list[object] = []
    for scheme, rules in RUNS[language]:
        window.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        found += ([scheme, *each] for each in window.evaluate(rules))
    return found


@dataclass(frozen=True, slots=True)
class Opened:
    """A window, and the errors that it told since they were last forgotten."""

    window: Window
    errors: list[str]


WindowOf = Callable[[str, str], Opened]


@pytest.fixture(scope="module")
def window_of(browser: Browser, site: Site) -> Iterator[WindowOf]:
    """One window for each role and language, which goes from page to page as people do: nothing here writes."""
    contexts: list[BrowserContext] = []

    @cache
    def opened(role: str, language: str) -> Opened:
        contexts.append(context_of(role, browser, site, locale=language, reduced_motion="reduce"))
        window, errors = contexts[-1].new_page(), list[str]()
        window.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
        return Opened(window, errors)

    yield opened
    for context in contexts:
        context.close()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("page", PAGES, ids=named)
def test_axe_finds_nothing_and_a_phone_need_not_scroll_sideways(
    page: Page, language: str, site: Site, window_of: WindowOf
) -> None:
    opened = window_of(page.role, language)
    window = opened.window
    opened.errors.clear()
    window.emulate_media(color_scheme="light")
    window.set_viewport_size(PHONE)
    answer = window.goto(page.address.format(person=site.person))
    assert answer is not None
    assert (answer.status, window.evaluate(TOO_WIDE)) == (page.status, 0)
    window.set_viewport_size(DESK)
    assert complaints_of(window, language) == []
    # The browser itself complains of an answer that is no 200; of a policy that is broken it must not.
    assert [each for each in opened.errors if "Failed to load resource" not in each] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_axe_finds_nothing_where_a_second_factor_is_set_up(language: str, site: Site, open_as: OpenAs) -> None:
    window = open_as("", locale=language, reduced_motion="reduce").new_page()
    window.goto("/account/sign-in/")
    window.fill("[name=login]", "storekeeper")
    window.fill("[name=password]", site.password)
    window.click("main button")
    window.goto("/account/second-factor/app/")
    assert complaints_of(window) == []
    window.fill("[name=password]", site.password)
    window.click("main button")
    expect(window.locator("figure svg")).to_have_count(1)
    assert complaints_of(window) == []


def test_axe_is_the_file_it_says_it_is() -> None:
    listed = json.loads((VENDOR / "VENDOR.json").read_text("utf-8"))
    assert {each["file"]: each["sha256"] for each in listed} == {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in VENDOR.glob("*.js")
    }


def test_axe_would_find_what_is_wrong(open_as: OpenAs) -> None:
    window = open_as("", locale="en").new_page()
    window.set_content(
        "<!doctype html><html lang=en><title>x</title><style>@media (prefers-color-scheme: dark) { p { color: #eee } }"
        "</style><main><h1>x</h1><img src=x.png><p>pale</p></main></html>"
    )
    assert [each[:2] for each in complaints_of(window)] == [["light", "image-alt"], ["dark", "color-contrast"]]  # type: ignore[index]
