"""Each kind of no has a page with a sentence."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.web.conftest import ClientAs
from tests.web.sample import Sample
from tracemark.node import Node


def test_not_permitted_says_what_no_role_permits(client_as: ClientAs) -> None:
    response = client_as("auditor").get(reverse("accounts"))
    assert response.status_code == 403
    assert "None of your roles permits this" in response.content.decode()


def test_a_weapon_out_of_sight_is_not_shown(client_as: ClientAs, sample: Sample) -> None:
    assert client_as("storekeeper").get(reverse("weapon", args=[sample.rifle])).status_code == 200
    response = client_as("storekeeper").get(reverse("weapon", args=[sample.revolver]))
    assert response.status_code == 403
    assert "XT-D01" not in response.content.decode()


def test_a_weapon_not_on_record_is_not_found(client_as: ClientAs) -> None:
    assert client_as("auditor").get("/register/W-999/").status_code == 404


def test_an_address_that_is_none_is_not_found(client_as: ClientAs) -> None:
    assert client_as("auditor").get("/register/W-0/").status_code == 404
    assert client_as().get("/nowhere/").status_code == 404


def test_a_form_from_elsewhere_is_refused(node: Node) -> None:
    client = Client(enforce_csrf_checks=True)
    response = client.post(reverse("account_login"), {"login": "auditor", "password": "x"})
    assert (response.status_code, "send it again" in response.content.decode()) == (403, True)


@pytest.mark.parametrize(
    "path", ["intake/{}/", "intake/held/{}/", "decisions/{}/", "accounts/{}/", "register/W-1/seal/{}/"]
)
def test_a_number_longer_than_any_leads_nowhere(path: str, client_as: ClientAs) -> None:
    for role in ("registry_officer", "administrator", "approver", "auditor"):
        assert client_as(role).get("/" + path.format("9" * 30)).status_code == 404


@pytest.mark.parametrize("path", ["recoveries/?after={}", "intake/held/?after={}&run={}", "traces/?recovered={}"])
def test_a_number_longer_than_any_in_a_query_is_none(path: str, client_as: ClientAs) -> None:
    assert client_as("registry_officer").get("/" + path.replace("{}", "9" * 30)).status_code in {200, 403}
