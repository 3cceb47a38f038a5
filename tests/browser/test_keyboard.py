"""Everything that a mouse can do, keys can do; and one always sees where one stands."""

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import OpenAs

pytestmark = pytest.mark.browser

FOCUS = """() => {
    const at = document.activeElement, style = getComputedStyle(at);
    return {
        name: at.tagName, text: (at.innerText || at.getAttribute("aria-label") || at.name || "").trim(),
        seen: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2,
        body: at === document.body,
    };
}"""


def walk(page: Page, most: int = 120) -> list[dict[str, object]]:
    """Press Tab from the top until the focus leaves the page, and return each place it stood at."""
    page.locator("body").focus()
    places: list[dict[str, object]] = []
    for _ in range(most):
        page.keyboard.press("Tab")
        place = page.evaluate(FOCUS)
        if place["body"]:
            return places
        places.append(place)
    return places


@pytest.mark.parametrize(
    ("role", "address"),
    [
        ("registry_officer", "/register/"),
        ("registry_officer", "/register/W-1/"),
        ("registry_officer", "/register/W-2/record/reassembled/"),
        ("approver", "/decisions/1/"),
        ("administrator", "/accounts/new/"),
        ("registry_officer", "/account/tokens/"),
        ("auditor", "/audit/searches/"),
        ("", "/account/sign-in/"),
    ],
)
def test_tab_reaches_everything_and_shows_where_it_is(role: str, address: str, open_as: OpenAs) -> None:
    page = open_as(role, viewport={"width": 1280, "height": 900}).new_page()
    page.goto(address)
    places = walk(page)
    reachable = page.locator(":is(a[href], button, input, select, textarea, summary, [tabindex='0']):visible").count()
    assert places[0]["text"] == "Skip to the content"
    assert len(places) >= reachable
    assert [each for each in places if not each["seen"]] == []


def test_the_skip_link_leads_to_the_content(open_as: OpenAs) -> None:
    page = open_as("auditor").new_page()
    page.goto("/register/")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("() => document.activeElement.id") == "main"


def test_errors_take_the_focus_and_lead_to_their_field(open_as: OpenAs) -> None:
    page = open_as("registry_officer").new_page()
    page.goto("/register/W-4/record/transferred/")
    page.locator("main form button.button:not(.second)").press("Enter")
    page.wait_for_load_state()
    assert page.evaluate("() => document.activeElement.className").endswith("error-summary")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("() => document.activeElement.id") == "id_holder"


def test_the_account_menu_opens_and_closes_by_key(open_as: OpenAs) -> None:
    page = open_as("auditor").new_page()
    page.goto("/")
    page.locator(".who summary").press("Enter")
    assert page.locator(".who-panel").is_visible()
    page.keyboard.press("Escape")
    assert not page.locator(".who-panel").is_visible()
    assert page.evaluate("() => document.activeElement.tagName") == "SUMMARY"


def test_the_navigation_unfolds_on_a_phone(open_as: OpenAs) -> None:
    page = open_as("auditor", viewport={"width": 360, "height": 740}).new_page()
    page.goto("/")
    assert not page.locator("#navigation").is_visible()
    page.locator(".menu-button").press("Enter")
    assert page.locator("#navigation").is_visible()


def test_the_navigation_is_there_without_scripts(open_as: OpenAs) -> None:
    page = open_as("auditor", viewport={"width": 360, "height": 740}, java_script_enabled=False).new_page()
    page.goto("/")
    assert page.locator("#navigation").is_visible()


def test_what_can_be_pressed_is_large_enough(open_as: OpenAs) -> None:
    page = open_as("registry_officer", viewport={"width": 360, "height": 740}).new_page()
    page.goto("/register/W-1/")
    sizes = page.locator("a[href]:not(.skip):visible, button:visible, summary:visible").evaluate_all(
        "all => all.map(each => [each.innerText, Math.round(each.getBoundingClientRect().height)])"
    )
    assert [each for each in sizes if each[1] < 24] == []
