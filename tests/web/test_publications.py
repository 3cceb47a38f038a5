import json
import re
from dataclasses import replace
from decimal import Decimal
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse

from tests.web.conftest import ClientAs
from tests.web.sample import Sample
from tracemark.kernel import PartialDate
from tracemark.reporting import SUM, Period, Publication, PublicationStanding, PublishedTable
from tracemark.web.published import published_trend

ASKED = {"first": "2015", "last": "2026", "by": "weapon_kind"}


def propose(client_as: ClientAs, **told: str) -> str:
    address = reverse("propose_publication", args=["weapons.registered"])
    return client_as("point_of_contact").post(address, ASKED | told, follow=True).content.decode()


def test_a_figure_goes_from_its_page_to_the_public(
    client_as: ClientAs, sample: Sample, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "Done: " in propose(client_as)
    client_as("approver").post(reverse("publication_step", args=["PF-2026-000001", "approve"]))
    assert Client().get(reverse("public_site")).status_code == 404
    monkeypatch.setenv("TRACEMARK_PUBLIC", "1")
    html = Client().get(reverse("public_site")).content.decode()
    assert "PF-2026-000001" in html
    told = json.loads(Client().get(reverse("open_data", args=["PF-2026-000001", "json"])).content)
    assert (told["figure"], told["standing"]) == ("weapons.registered", "published")
    assert all(row["number"] is None or row["number"] >= 5 for row in told["rows"] if row["number"] != 0)
    lines = Client().get(reverse("open_data", args=["PF-2026-000001", "csv"])).content.decode().splitlines()
    assert lines[0] == "weapon_kind,number,figure,unit,first,last,head"
    assert len(lines) == 1 + len(told["rows"])


def test_a_figure_published_by_years_has_a_picture_beside_its_table(
    client_as: ClientAs, sample: Sample, monkeypatch: pytest.MonkeyPatch
) -> None:
    client_as("point_of_contact").post(
        reverse("propose_publication", args=["weapons.registered"]), ASKED | {"by": "weapon_kind", "and_by": "year"}
    )
    client_as("approver").post(reverse("publication_step", args=["PF-2026-000001", "approve"]))
    monkeypatch.setenv("TRACEMARK_PUBLIC", "1")
    for address in (reverse("public_site"), reverse("public_figure", args=["PF-2026-000001"])):
        html = Client().get(address).content.decode()
        assert "echarts" in html
        (spec,) = re.findall(r'data-chart="([^"]+)"', html)
        drawn = json.loads(unescape(spec))
        told = json.loads(Client().get(reverse("open_data", args=["PF-2026-000001", "json"])).content)
        years = {each["year"] for each in told["rows"] if "year" in each}
        assert (set(drawn["axis"]), drawn["axis"]) == (years, sorted(years))
        assert html.index("data-chart") < html.index("<table")


def test_a_withheld_number_has_no_place_in_the_picture() -> None:
    numbers: dict[tuple[str, ...], int | Decimal | None] = {("2024",): 12, ("2025",): None, (SUM,): None}
    table = PublishedTable("recoveries.all", "weapons", Period.parse("2024", "2025"), ("year",), numbers)
    found = Publication("PF-2026-000001", PublicationStanding.PUBLISHED, table, 5, "9.aa", "", "c", PartialDate(2026))
    trend = published_trend(found)
    assert trend
    assert [(each.name, each.values) for each in trend.series] == [("Weapons seized, found or surrendered", (12, None))]
    assert published_trend(replace(found, table=replace(table, by=("manner",)))) is None


def test_what_only_waits_is_not_public(client_as: ClientAs, sample: Sample, monkeypatch: pytest.MonkeyPatch) -> None:
    propose(client_as)
    monkeypatch.setenv("TRACEMARK_PUBLIC", "1")
    assert "PF-2026-000001" not in Client().get(reverse("public_site")).content.decode()
    assert Client().get(reverse("open_data", args=["PF-2026-000001", "json"])).status_code == 404


def test_a_refusal_is_told(client_as: ClientAs, sample: Sample) -> None:
    propose(client_as)
    client = client_as("approver")
    client.post(reverse("publication_step", args=["PF-2026-000001", "approve"]))
    assert "Say why it is revised." in propose(client_as)
    withdrawn = client.post(reverse("publication_step", args=["PF-2026-000001", "withdraw"]), follow=True)
    assert "Give a reason." in withdrawn.content.decode()
    assert "Done: " in propose(client_as, reason="Entered late.")
