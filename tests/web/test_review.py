"""Pages of the review cycle: live cells that lead to desks, a dossier that is kept once, a proposal to its end."""

import re

import pytest
from django.urls import reverse

from tests.web.conftest import ClientAs
from tests.web.sample import Sample
from tracemark import instruments, review, wording
from tracemark.authorities import Role
from tracemark.kernel import Actor, cite
from tracemark.node import Node

CONTACT = Actor("c", "XT-REG", frozenset({Role.POINT_OF_CONTACT.value}))
TEXT = {
    "meeting": "BMS10", "undertaking": "BMS7 ITI.1", "title": "A plate", "proposed_by": "XE", "said_text": "Plates.",
}  # fmt: skip


def test_every_cell_shows_a_number_and_leads_where_the_reader_may_go(client_as: ClientAs, sample: Sample) -> None:
    found = client_as("auditor").get(reverse("review_table"))
    cells = [each for _, row in found.context["rows"] for each in row]
    assert [each.cell.column for each in cells if not each.numbers or not each.desks] == []
    page = found.content.decode()
    assert re.findall(r"Weapons seized, found or surrendered", page) == ["Weapons seized, found or surrendered"]
    assert reverse("figure", args=["recoveries.all"]) in page
    blind = client_as("storekeeper").get(reverse("review_table")).content.decode()
    assert ("not open to your role" in blind, reverse("figure", args=["recoveries.all"]) in blind) == (True, False)


def test_undertakings_are_told_in_words_before_their_codes(client_as: ClientAs, sample: Sample) -> None:
    told = wording.paragraph_summary(instruments.shipped().versions[cite("BMS7 SUM.N1")][-1], to="ar")
    assert told.language == "ar"
    for name in ("review_table", "review_undertakings"):
        page = client_as("auditor").get(reverse(name), headers={"accept-language": "ar"}).content.decode()
        assert re.search(rf'{told.text}[^"]*"cite">BMS7 SUM\.N1<', page)
        assert re.findall(r'<(?:li|span|p)[^>]*>\s*<bdi class="(?:cite|mark)">[A-Z0-9]+ ', page) == []


@pytest.mark.parametrize("language", ["en", "ar"])
def test_meetings_say_what_is_uncertain_and_name_their_sources(language: str, client_as: ClientAs) -> None:
    page = client_as("auditor").get(reverse("review_meetings"), headers={"accept-language": language}).content.decode()
    main = page.partition('<main id="main"')[2].partition("</main>")[0]
    shown = re.sub(r"<[^>]+>", " ", main)
    assert re.findall(r"https?://|TRACEMARK_\w+|from memory", shown) == []
    (bms9,) = (each for each in main.split("</tr>") if "BMS9<" in each)
    assert re.search(r'<a href="https://meetings\.unoda\.org/[^"]+" rel="noreferrer">[^<]+</a>', bms9)
    (bms1,) = (each for each in main.split("</tr>") if "BMS1<" in each)
    assert wording.sentence("instruments.confidence_from_memory", {}, to=language) in bms1


def test_a_dossier_is_kept_once_though_it_be_sent_twice(client_as: ClientAs, node: Node) -> None:
    contact, address = client_as("point_of_contact"), reverse("keep_meeting_dossier", args=["BMS9"])
    ticket = contact.get(reverse("meeting_dossier", args=["BMS9"])).context["once"]
    assert {contact.post(address, {"once": ticket, "note": "Taken."}).status_code for _ in "ab"} == {302}
    (kept,) = review.kept_dossiers(actor=CONTACT, stores=node.stores)
    assert (kept.dossier.meeting, kept.note) == ("BMS9", "Taken.")
    page = client_as("auditor").get(reverse("review_meeting", args=["BMS9"])).content.decode()
    assert reverse("kept_meeting_dossier", args=[kept.name, "pdf"]) in page
    given = client_as("storekeeper").get(reverse("kept_meeting_dossier", args=[kept.name, "json"]))
    assert given.json()["fingerprint"] == kept.fingerprint


@pytest.mark.parametrize(
    "address",
    ["/review/meetings/BMS99/", "/review/meetings/BMS99/dossier/", "/review/meetings/BMS9/dossier/?for=XE",
     "/review/meetings/BMS9/dossier.odt", "/review/meetings/BMS9/dossier.pdf?language=tlh"],
)  # fmt: skip
def test_what_is_not_there_is_not_found(address: str, client_as: ClientAs) -> None:
    assert client_as("auditor").get(address).status_code == 404


def test_a_proposal_goes_from_its_form_to_its_end(client_as: ClientAs, node: Node) -> None:
    contact = client_as("point_of_contact")
    assert contact.post(reverse("new_meeting_proposal"), {**TEXT, "undertaking": "BMS7 NO.1"}).status_code == 422
    made = contact.post(reverse("new_meeting_proposal"), TEXT)
    name = made.headers["Location"].rstrip("/").rpartition("/")[2]

    def step(slug: str, **told: str) -> int:
        return contact.post(reverse("meeting_proposal_step", args=[name, slug]), told).status_code

    assert step("position", by="XE", stance="supports", instructions="Vote yes.") == 422
    assert step("position", by="XT", stance="reserves", instructions="Ask for time.") == 302
    assert step("revise", **TEXT, reason="same") == 422
    assert step("revise", **{**TEXT, "title": "A metal plate"}, reason="clearer") == 302
    seen = client_as("auditor").get(reverse("meeting_proposal", args=[name])).content.decode()
    assert ("Reserves its position" in seen, "Ask for time." in seen) == (True, False)
    assert step("settle", settled="adopted", reason="so") == 302
    assert step("position", by="XT", stance="supports") == 422
    board = client_as("auditor").get(reverse("review_proposals")).content.decode()
    assert "A metal plate" in board


def test_undertakings_can_be_seen_by_how_they_stand(client_as: ClientAs) -> None:
    shown = client_as("auditor").get(reverse("review_undertakings"), {"standing": "of_others"})
    standings = {each.standing for _, group in shown.context["groups"] for each, _ in group}
    assert standings == {review.Standing.OF_OTHERS}
