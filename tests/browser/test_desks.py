"""Work at the desks in a real browser: by keyboard alone, and without a script."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import OpenAs
from tests.browser.test_accessibility import AXE, RUN
from tests.web.desk_work import TABLE

pytestmark = pytest.mark.browser


def test_a_mark_is_traced_by_keyboard_alone(open_as: OpenAs) -> None:
    window = open_as("tracing_analyst").new_page()
    window.goto("/traces/")
    window.locator("#id_reading_1").focus()
    window.keyboard.type("CAK?711")
    window.keyboard.press("Tab")
    window.keyboard.type("Frame")
    window.keyboard.press("Tab")
    window.keyboard.press("Enter")  # unfolds the fields of another reading
    window.keyboard.press("Tab")
    window.keyboard.type("41")
    window.keyboard.press("Enter")
    window.wait_for_selector(".candidate")
    assert window.locator(".candidate").first.locator("h3 a").inner_text() == "W-3"
    assert [window.locator(name).input_value() for name in ("#id_part_1", "#id_reading_2")] == ["frame", "41"]


def test_a_file_is_tried_and_imported_without_a_script(open_as: OpenAs) -> None:
    window = open_as("registry_officer", java_script_enabled=False).new_page()
    window.goto("/intake/")
    more = TABLE.splitlines()[0] + b"\nR-90,pistol,Walther,P99,9x19,DE,2013,WB990011,XT-D01,2022-01-09,Amberly\n"
    window.set_input_files("#id_file", {"name": "another.csv", "mimeType": "text/csv", "buffer": more})
    window.select_option("#id_profile", "registry")
    window.get_by_role("button", name="Try it").click()
    assert window.locator(".tile-number").all_inner_texts() == ["1", "1", "0", "0"]
    window.get_by_role("button", name="Import now").click()
    assert window.locator("#progress .note").first.inner_text().startswith("Finished")


def test_axe_finds_nothing_on_a_plan(open_as: OpenAs) -> None:
    window = open_as("registry_officer").new_page()
    window.goto("/marking/")
    window.fill("#id_weapons", "W-4 W-6")
    window.select_option("#id_profile", "eu")
    window.get_by_role("button", name="Show the plan").click()
    expect(window.locator(".plan-line")).to_have_count(2)
    window.evaluate(AXE)
    assert window.evaluate(RUN) == []


def test_axe_finds_nothing_on_a_form_that_was_refused(open_as: OpenAs) -> None:
    window = open_as("tracing_analyst").new_page()
    window.goto("/recoveries/new/")
    window.fill("#id_reading_1", "CA[4")
    window.get_by_role("button", name="Seal the recovery").click()
    expect(window.locator(".error-summary a")).to_have_count(2)
    window.evaluate(AXE)
    assert window.evaluate(RUN) == []


def test_axe_finds_nothing_on_what_a_verification_found(open_as: OpenAs) -> None:
    window = open_as("auditor").new_page()
    window.goto("/verification/")
    window.get_by_label("Compare the register, too").focus()
    window.keyboard.press("Space")
    window.keyboard.press("Tab")
    window.keyboard.press("Enter")
    window.wait_for_selector(".note.good")
    assert "say what their events say" in window.locator(".note.good").inner_text()
    window.evaluate(AXE)
    assert window.evaluate(RUN) == []


def test_a_request_is_asked_matched_and_granted_by_two_people(open_as: OpenAs) -> None:
    contact, approver = (open_as(role).new_page() for role in ("point_of_contact", "approver"))
    contact.goto("/assistance/requests/new/")
    for name, value in (
        ("title", "A scale for the depot"), ("commitment", "PoA II.17"), ("need", "Nobody knows what lies there."),
        ("lines", "A scale | 20000"), ("currency", "EUR"), ("women", "2"), ("men", "3"),
    ):  # fmt: skip
        contact.fill(f"[name={name}]", value)
    for name, value in (("themes", "stockpiles"), ("helps", "equipment")):
        contact.locator(f"[name={name}][value={value}]").check()
    contact.locator("form.panel .buttons button").click()
    address = contact.url
    approver.goto(address)
    approver.locator("#step-sign summary").click()
    approver.locator("#step-sign button").click()
    contact.goto(address)
    contact.locator("#step-publish summary").click()
    contact.locator("#step-publish button").click()
    contact.goto("/assistance/matching/")
    contact.locator("tr", has_text="A scale for the depot").get_by_role("link", name="Propose a grant").click()
    contact.fill("[name=expects]", "All is weighed.")
    contact.fill("[name=starts]", "2026-06-01")
    contact.fill("[name=ends]", "2027-05-31")
    contact.locator("form.panel .buttons button").click()
    approver.goto(contact.url)
    approver.locator("#step-decide summary").click()
    approver.locator("#step-decide button").click()
    contact.goto(address)
    assert contact.locator(".timeline .tag").all_inner_texts() == ["granted"]


def test_the_selection_room_explains_itself_and_leads_to_what_more_money_buys(open_as: OpenAs) -> None:
    window = open_as("approver").new_page()
    window.goto("/fellowships/FC-2026-000001/selection/")
    waiting = window.locator("tr", has_text="waiting").first
    assert "Points that were missing" in waiting.inner_text()
    waiting.locator("details summary").click()
    assert waiting.locator("details li").count() > 0
    window.goto("/fellowships/FC-2026-000001/scenarios/")
    window.fill("[name=contributions]", "18000")
    window.get_by_role("button", name="Try", exact=True).click()
    lines = window.locator("table.cards tbody").last.locator("tr")
    expect(lines).to_have_count(2)
    bought = lines.nth(1).inner_text()
    window.get_by_label("Select anew").check()
    window.get_by_role("button", name="Try", exact=True).click()
    expect(window).to_have_url(re.compile("anew=on$"))
    expect(lines).to_have_count(2)
    assert "FN-2026-" in bought
