import json

import pytest
from django.test import Client
from django.urls import reverse

from tests.web.conftest import ClientAs
from tests.web.sample import Sample

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
