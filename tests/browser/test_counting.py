"""A store is counted on a phone without a script, and a destruction is read with axe at every step."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import OpenAs
from tests.browser.test_accessibility import AXE, RUN

pytestmark = pytest.mark.browser


def test_a_site_is_listed_and_counted_on_a_phone_without_a_script(open_as: OpenAs) -> None:
    phone = {"java_script_enabled": False, "viewport": {"width": 360, "height": 740}}
    keeper = open_as("registry_officer", **phone).new_page()
    keeper.goto("/sites/new/")
    keeper.fill("#id_place", "Dunholm armoury")
    keeper.fill("#id_keeper", "registry_officer")
    keeper.get_by_role("button", name="Record and seal").click()
    keeper.fill("#id_put-lines", "W-5")
    keeper.get_by_role("button", name="Record and seal").click()
    expect(keeper.locator("table tbody tr")).to_have_count(1)
    keeper.get_by_role("button", name="Open a count").click()
    counter = open_as("storekeeper", **phone).new_page()
    counter.goto(keeper.url)
    counter.fill("#id_lines", "W-5\nno such mark")
    counter.get_by_role("button", name="Seal this pass").click()
    assert "These lines name no weapon for sure" in counter.locator(".messages").first.inner_text()
    counter.get_by_role("button", name="Close and compare").click()
    assert counter.locator(".tile-number").all_inner_texts() == ["1", "0", "0", "1"]


def test_axe_finds_nothing_on_a_pass_that_was_refused(open_as: OpenAs) -> None:
    window = open_as("storekeeper").new_page()
    window.goto("/counts/CT-2026-000002/")
    window.get_by_role("button", name="Give it up").click()
    expect(window.locator(".error-summary a")).to_have_count(1)
    window.evaluate(AXE)
    assert window.evaluate(RUN) == []
