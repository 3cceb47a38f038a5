"""Searching, and what a weapon's page says."""

import re
from urllib.parse import parse_qs

import pytest
from django.test import Client
from django.urls import reverse

from tests.web.conftest import ClientAs
from tests.web.sample import Sample
from tracemark.node import Node


def templates(client: Client, weapon: int) -> list[str]:
    return [str(each.name) for each in client.get(reverse("weapon", args=[weapon])).templates]


def weapons_in(html: str) -> list[str]:
    return re.findall(r'<th scope="row"[^>]*><a class="mark" href="[^"]+">(W-\d+)</a>', html)


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({}, ["W-1", "W-2", "W-3", "W-4", "W-5", "W-6"]),
        ({"serial": "kxr 20"}, ["W-1"]),
        ({"q": "U77"}, ["W-4"]),
        ({"status": "in_custody"}, ["W-1", "W-6"]),
        ({"kind": "revolver"}, ["W-3"]),
        ({"maker": "Smith & Wesson"}, ["W-3"]),
        ({"holder": "XT-ARMY-1"}, ["W-2", "W-5"]),
        ({"serial": "NOSUCH"}, []),
        ({"after": "4"}, ["W-5", "W-6"]),
        ({"after": "9" * 30}, ["W-1", "W-2", "W-3", "W-4", "W-5", "W-6"]),
        ({"after": "²"}, ["W-1", "W-2", "W-3", "W-4", "W-5", "W-6"]),
    ],
)
def test_search(asked: dict[str, str], found: list[str], client_as: ClientAs) -> None:
    html = client_as("auditor").get(reverse("register"), asked).content.decode()
    assert weapons_in(html) == found


def test_a_storekeeper_finds_only_what_the_agency_holds(client_as: ClientAs) -> None:
    html = client_as("storekeeper").get(reverse("register")).content.decode()
    assert weapons_in(html) == ["W-2", "W-5"]


def test_a_weapons_number_leads_to_its_page(client_as: ClientAs, sample: Sample) -> None:
    response = client_as("auditor").get(reverse("register"), {"q": "w-1"})
    assert response.headers["Location"] == reverse("weapon", args=[sample.pistol])


@pytest.mark.parametrize("reading", ["AA?0?987", "*0987", "A[0O]1"])
def test_a_damaged_mark_is_sent_to_the_trace_desk(reading: str, client_as: ClientAs) -> None:
    answer = client_as("tracing_analyst").get(reverse("register"), {"q": reading})
    address, query = answer.headers["Location"].split("?", 1)
    assert (address, parse_qs(query)) == (reverse("trace_desk"), {"reading_1": [reading]})
    refused = client_as("auditor").get(reverse("register"), {"q": reading})
    assert (refused.status_code, "knows no ? * or [" in refused.content.decode()) == (422, True)


def test_advice_is_for_who_may_follow_it(client_as: ClientAs) -> None:
    nothing = {"serial": "NOSUCH"}
    pages = {
        role: client_as(role).get(reverse("register"), nothing).content.decode()
        for role in ("registry_officer", "licensing_officer")
    }
    assert [
        ("also finds what is only similar" in html, "weapons of its own agency" in html) for html in pages.values()
    ] == [(True, False), (False, True)]


def test_the_page_tells_the_chain_of_custody(client_as: ClientAs, sample: Sample) -> None:
    html = client_as("auditor").get(reverse("weapon", args=[sample.pistol])).content.decode()
    chain = re.sub(r"\s+", " ", re.sub("<[^>]+>", "", html[html.index('<dl class="chain">') : html.index("</dl>")]))
    assert chain.strip() == (
        f"Last lawful holder Private person {sample.person[:8]}Ownership transferred · 20 Jul 2015 "
        "Left lawful hands Stolen · Oct 2021Life-cycle stage: Possession "
        "Recovered Seized · 17 May 20237 years 9 months after the last lawful event"
    )


def test_the_timeline_stands_in_order_and_says_what_is_lawful(client_as: ClientAs, sample: Sample) -> None:
    html = client_as("auditor").get(reverse("weapon", args=[sample.pistol])).content.decode()
    steps = re.findall(r'<li class="([^"]*)" id="event-(\d+)">', html)
    assert steps == [("", "0"), ("", "1"), (" last-lawful", "2"), ("unlawful", "3"), ("recovery", "4")]


def test_a_part_from_another_weapon_leads_there(client_as: ClientAs, sample: Sample) -> None:
    html = client_as("auditor").get(reverse("weapon", args=[sample.rifle])).content.decode()
    assert '<path class="component foreign"' in html
    assert f'<a class="mark" href="{reverse("weapon", args=[sample.revolver])}">W-3</a>' in html


def test_each_kind_is_drawn_as_what_it_is(client_as: ClientAs, sample: Sample) -> None:
    client = client_as("auditor")
    drawn = {
        weapon: [name for name in templates(client, weapon) if "diagrams" in name]
        for weapon in (sample.pistol, sample.rifle, sample.revolver, sample.shotgun, sample.launcher)
    }  # fmt: skip
    names = ("pistol", "rifle", "revolver", "shotgun", "light_weapon")
    assert list(drawn.values()) == [[f"web/diagrams/{name}.svg"] for name in names]


def test_of_a_weapon_of_which_nothing_is_known_nothing_is_drawn(client_as: ClientAs, sample: Sample) -> None:
    html = client_as("auditor").get(reverse("weapon", args=[sample.home_made])).content.decode()
    assert ("<figure" in html, "No mark and no part of this weapon is on record." in html) == (False, True)


def test_a_part_that_two_weapons_claim_is_shown_on_both(client_as: ClientAs, sample: Sample) -> None:
    shown = {
        weapon: client_as("auditor")
        .get(reverse("weapon", args=[weapon]))
        .content.decode()
        .count("claims this same part")
        for weapon in (sample.rifle, sample.revolver, sample.pistol)
    }
    assert shown == {sample.rifle: 1, sample.revolver: 1, sample.pistol: 0}


def test_marks_are_shown_as_they_wore(client_as: ClientAs, node: Node, sample: Sample) -> None:
    mark = node.stores.register.state(sample.shotgun).marks[0].id
    given = {"happened": "2020", "mark": str(mark), "legible_percent": "70", "method": "magnifier"}
    officer = client_as("registry_officer")
    assert officer.post(reverse("record_event", args=[sample.shotgun, "inspected"]), given).status_code == 302
    html = officer.get(reverse("weapon", args=[sample.shotgun])).content.decode()
    assert ("Marks looked at over time" in html, "magnifier" in html) == (True, True)
