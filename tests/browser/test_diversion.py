"""What the room must show, clicked through: a lot shipped short, a count with a theft, a destroyed weapon come back."""

import pytest
from playwright.sync_api import Page as Window

from tests.browser.conftest import OpenAs

pytestmark = pytest.mark.browser

HEAD = "registry_number,kind,maker,model,calibre,country,year,serial,holder,registered_on,place"


def seal(window: Window, button: str, form: str = "") -> None:
    """Press a button that seals something, in the form of a name if one is given, and see that nothing was refused."""
    within = window.get_by_role("form", name=form, exact=True) if form else window
    within.get_by_role("button", name=button, exact=True).click()
    assert window.locator(".error-summary").all_inner_texts() == []


def unfold(window: Window, step: str) -> None:
    """Open a step that is not the first of its page."""
    window.locator("summary", has_text=step).click()


def registered(open_as: OpenAs, letters: str, count: int) -> list[str]:
    """Import pistols of the registry's own, and return them as they are written."""
    window, serials = (
        open_as("registry_officer").new_page(),
        [f"{letters}{number}7731" for number in range(1, count + 1)],
    )
    rows = (f"{each},pistol,Glock,17,9x19,AT,2015,{each},XT-REG,2019,Amberly" for each in serials)
    window.goto("/intake/")
    table = "\n".join([HEAD, *rows]).encode()
    window.set_input_files("#id_file", {"name": f"{letters}.csv", "mimeType": "text/csv", "buffer": table})
    window.select_option("#id_profile", "registry")
    window.get_by_role("button", name="Try it").click()
    window.get_by_role("button", name="Import now").click()
    return [found_by(window, each) for each in serials]


def found_by(window: Window, serial: str) -> str:
    """Look a weapon up by its serial."""
    window.goto(f"/register/?serial={serial}")
    return window.locator("tbody th a").inner_text()


def test_a_licence_is_granted_and_the_lot_that_comes_short_is_seen(open_as: OpenAs) -> None:
    sent = registered(open_as, "QHRT", 3)
    clerk, adviser, approver = (
        open_as(role).new_page() for role in ("licensing_officer", "licensing_adviser", "approver")
    )
    clerk.goto("/licences/new/")
    clerk.select_option("#id_authorises", "export")
    clerk.fill("#id_to_state", "FR")
    clerk.fill("#id_goods", "pistol; 3")
    clerk.fill("#id_end_user", "Ministry of the Interior (FR)")
    seal(clerk, "Seal it")
    licence = clerk.url
    clerk.get_by_role("link", name="Assess the risk").click()
    for each in clerk.locator("select[name^=reply_]").all():
        each.select_option("no")
    clerk.select_option("#id_risk", "low")
    clerk.fill("#id_reason", "Nothing was found.")
    seal(clerk, "Seal it")
    adviser.goto(licence)
    adviser.select_option("#id_advise_advice", "grant")
    adviser.fill("#id_advise_reason", "An end user we know.")
    seal(adviser, "Advise")
    approver.goto(licence)
    approver.fill("#id_approve_reason", "As advised.")
    seal(approver, "Grant")
    clerk.goto(licence)
    clerk.fill("#id_issue_waiver", "The certificate is shown at the border.")
    seal(clerk, "Issue the licence")
    clerk.get_by_role("link", name="Open a consignment").click()
    clerk.fill("#id_receiver", "organisation:Ministry of the Interior")
    seal(clerk, "Seal it")
    clerk.fill("#id_pack_items", "\n".join(sent))
    seal(clerk, "Pack weapons")
    unfold(clerk, "It left")
    seal(clerk, "It left")
    unfold(clerk, "The other side reports")
    clerk.fill("#id_mirror_reported_by", "FR")
    clerk.fill("#id_mirror_items", "\n".join(sent[1:]))
    seal(clerk, "The other side reports")
    assert clerk.locator("#mirror-title ~ ul a").all_inner_texts() == sent[:1]


def test_a_blind_count_finds_a_theft_which_is_investigated_and_reported(open_as: OpenAs) -> None:
    stored = registered(open_as, "QHRS", 3)
    keeper, counter = (open_as(role).new_page() for role in ("registry_officer", "storekeeper"))
    keeper.goto("/sites/new/")
    keeper.fill("#id_place", "Fernhaven armoury")
    keeper.fill("#id_keeper", "registry_officer")
    seal(keeper, "Record and seal")
    keeper.fill("#id_put-lines", "\n".join(stored))
    seal(keeper, "Record and seal")
    seal(keeper, "Open a count")
    counter.goto(keeper.url)
    assert [each for each in stored if each in counter.content()] == []
    counter.fill("#id_lines", "\n".join(stored[1:]))
    seal(counter, "Seal this pass")
    seal(counter, "Close and compare")
    assert counter.locator("#missing-title + ul a").all_inner_texts() == stored[:1]
    counter.locator(".note.bad a").click()
    counter.get_by_role("radio", name="Stolen").check()
    counter.get_by_role("checkbox", name=stored[0]).check()
    day = counter.locator("#id_report-reported_on").input_value()
    counter.fill("#id_report-happened", day)
    counter.fill("#id_report-circumstances", "The rear window was forced.")
    seal(counter, "Record and seal", "Report weapons lost or stolen")
    assert counter.get_by_role("form", name="Report weapons lost or stolen").count() == 0
    assert "Stolen" in counter.locator("tr", has_text=stored[0]).inner_text()


def test_a_destroyed_weapon_that_turns_up_is_traced_flagged_and_coded(open_as: OpenAs) -> None:
    (weapon,) = registered(open_as, "QHRD", 1)
    keeper, approver, police, analyst = (
        open_as(role).new_page() for role in ("registry_officer", "approver", "police_witness", "tracing_analyst")
    )
    keeper.goto(f"/destructions/new/?weapon={weapon}")
    keeper.fill("#id_place", "Amberly foundry")
    seal(keeper, "Record and seal")
    approver.goto(keeper.url)
    seal(approver, "Approve")
    keeper.reload()
    seal(keeper, "Record and seal")
    for witness in (approver, police):
        witness.goto(keeper.url)
        seal(witness, "I saw them destroyed")
    keeper.reload()
    seal(keeper, "Certify and seal")
    analyst.goto("/recoveries/new/")
    analyst.fill("#id_reading_1", "QHRD17731")
    analyst.fill("#id_place", "Brackwater ferry")
    seal(analyst, "Seal the recovery onto the record")
    analyst.get_by_role("link", name="Open a trace case").click()
    seal(analyst, "Open a trace case")
    analyst.fill("#id_weapon", weapon)
    analyst.get_by_role("button", name="Compare and judge").click()
    analyst.get_by_role("radio", name="The same weapon").check()
    analyst.fill("#id_note", "Every character fits.")
    seal(analyst, "Record the judgement")
    analyst.goto("/signals/")
    seal(analyst, "Look for signals now")
    analyst.locator("tr", has_text=f"{weapon} was recorded destroyed").get_by_role("link").first.click()
    analyst.fill("#id_escalate_note", "It was never cut.")
    seal(analyst, "Escalate")
    approver.goto(analyst.url)
    approver.fill("#id_confirm_note", "The foundry's book names another serial.")
    approver.select_option("#id_confirm_how", "not_destroyed")
    seal(approver, "Confirm")
    keeper.reload()
    keeper.locator(".note.bad a", has_text=weapon).click()
    assert "not destroyed as recorded" in keeper.locator("[aria-labelledby=point-title]").inner_text()
