"""An administrator opens and closes accounts and adds agencies, and touches no record."""

from django.contrib.auth import get_user_model
from django.urls import reverse

from tests.web.conftest import ClientAs
from tracemark.node import Node


def number_of(name: str) -> int:
    return int(get_user_model().objects.get_by_natural_key(name).pk)


def test_roles_agency_and_closing(client_as: ClientAs) -> None:
    given = {"authority": "XT-POL", "roles": ["tracing_analyst"]}
    client_as("administrator").post(reverse("account", args=[number_of("nobody")]), given)
    changed = get_user_model().objects.get_by_natural_key("nobody")
    assert (changed.authority, changed.roles, changed.is_active) == ("XT-POL", ["tracing_analyst"], False)


def test_nobody_changes_their_own_account(client_as: ClientAs) -> None:
    given = {"authority": "XT-REG", "roles": ["registry_officer"], "is_active": "on"}
    response = client_as("administrator").post(reverse("account", args=[number_of("administrator")]), given)
    kept = get_user_model().objects.get_by_natural_key("administrator")
    assert (response.status_code, kept.roles) == (422, ["administrator"])


def test_an_account_name_is_given_once(client_as: ClientAs) -> None:
    response = client_as("administrator").post(reverse("new_account"), {"username": "auditor", "authority": "XT-REG"})
    assert response.status_code == 422


def test_an_agency_is_added_and_never_written_over(client_as: ClientAs, node: Node) -> None:
    given = {"code": "XT-NEW", "name": "New Agency", "kind": "police", "parent": "XT-POL"}
    client = client_as("administrator")
    assert client.post(reverse("new_agency"), given).status_code == 302
    assert client.post(reverse("new_agency"), {**given, "name": "Another"}).status_code == 422
    assert {each.code: each.name for each in node.stores.agencies.all()}["XT-NEW"] == "New Agency"


def test_an_unknown_parent_is_refused(client_as: ClientAs) -> None:
    given = {"code": "XT-NEW", "name": "New Agency", "kind": "police", "parent": "GHOST"}
    assert client_as("administrator").post(reverse("new_agency"), given).status_code == 422


def test_no_agency_is_chosen_for_a_new_account(client_as: ClientAs) -> None:
    html = client_as("administrator").get(reverse("new_account")).content.decode()
    assert '<option value="" selected>Choose the agency</option>' in html


def test_what_roles_rule_out_is_told_before_they_are_given(client_as: ClientAs) -> None:
    given = {"authority": "XT-REG", "roles": ["registry_officer", "auditor"], "is_active": "on"}
    client, address = client_as("administrator"), reverse("account", args=[number_of("nobody")])
    told = client.post(address, given)
    assert (told.status_code, "rules out what other roles" in told.content.decode()) == (422, True)
    assert client.post(address, {**given, "knowingly": "on"}).status_code == 302
    assert sorted(get_user_model().objects.get_by_natural_key("nobody").roles) == ["auditor", "registry_officer"]
