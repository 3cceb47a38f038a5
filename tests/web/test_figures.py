import re

import pytest
from django.urls import reverse

from tests.web.conftest import ClientAs
from tests.web.sample import Sample
from tracemark.node import Node

PERIOD = "?first=2015&last=2026"


def test_a_number_leads_to_the_rows_that_make_it(client_as: ClientAs, sample: Sample) -> None:
    client = client_as("auditor")
    html = client.get(reverse("figure", args=["weapons.registered"]) + PERIOD + "&by=weapon_kind").content.decode()
    links = re.findall(r'<td><a href="([^"]+)">(\d+)</a>', html)
    assert links
    for link, number in links:
        rows = client.get(link.replace("&amp;", "&")).content.decode()
        assert rows.count("<tr><td") == int(number)
    whole = re.search(r'tile-number">(\d+)<', html)
    assert whole
    assert int(whole[1]) == sum(int(number) for _, number in links)


def test_what_was_never_recorded_is_not_shown_as_nothing(client_as: ClientAs, sample: Sample) -> None:
    html = client_as("auditor").get(reverse("figure", args=["licences.issued"])).content.decode()
    assert "Not available: the record holds no entry of this kind at all." in html


def test_the_definition_is_on_the_page(client_as: ClientAs) -> None:
    html = client_as("auditor").get(reverse("figure", args=["recoveries.seized"])).content.decode()
    assert "WHERE manner = &#x27;seized&#x27;" in html


@pytest.mark.parametrize("asked", ["?first=2025&last=2020", "?first=soon", "?by=colour"])
def test_what_cannot_be_asked_is_said_and_nothing_breaks(asked: str, client_as: ClientAs) -> None:
    answer = client_as("auditor").get(reverse("figure", args=["recoveries.seized"]) + asked)
    assert answer.status_code == 200
    assert "error-summary" in answer.content.decode()


def test_an_unknown_figure_is_not_found(client_as: ClientAs) -> None:
    assert client_as("auditor").get(reverse("figure", args=["weapons.painted"])).status_code == 404


def test_a_breakdown_typed_into_an_address_reaches_no_query(client_as: ClientAs, sample: Sample) -> None:
    address = reverse("figure_rows", args=["weapons.registered"]) + PERIOD + "&weapon_kind=%27%20OR%20TRUE%20--"
    assert "Nothing was counted" in client_as("auditor").get(address).content.decode()


def test_the_dashboard_of_an_empty_record_says_that_nothing_is_available(client_as: ClientAs) -> None:
    html = client_as("auditor").get(reverse("dashboard")).content.decode()
    assert "Not available" in html


@pytest.mark.parametrize(
    ("asked", "shown"),
    [
        ("", ["four years before", "today"]),
        ("?first=2020&last=", ["2020", "today"]),
        ("?first=2025&last=2020", ["2025", "2020"]),
        ("?first=soon", ["soon", "today"]),
    ],
)
@pytest.mark.parametrize("name", ["dashboard", "figure"])
def test_the_fields_say_the_period_that_is_shown(
    name: str, asked: str, shown: list[str], client_as: ClientAs, node: Node
) -> None:
    today = node.clock.now().date()
    days = {"today": today.isoformat(), "four years before": f"{today.year - 4}-01-01"}
    where = reverse(name, args=["recoveries.seized"] if name == "figure" else [])
    html = client_as("auditor").get(where + asked).content.decode()
    assert re.findall(r'name="(?:first|last)" value="([^"]*)"', html) == [days.get(each, each) for each in shown]
    assert "&lt;time" not in html
