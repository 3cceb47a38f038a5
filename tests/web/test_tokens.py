"""One's own tokens: listed, issued within one's roles, shown once, revoked; an administrator revokes anyone's."""

import re

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse

from tests.web.conftest import ClientAs
from tracemark.authorities import Role, permissions_of
from tracemark.node import Node

GIVEN = {"name": "evening export", "scopes": ["record.read"], "days": "30"}


def issued(client: Client, **other: object) -> str:
    """Issue a token on the page and return its key."""
    page = client.post(reverse("own_tokens"), {**GIVEN, **other}).content.decode()
    found = re.search(r"tmk_[\w-]+", page)
    assert found is not None
    return found[0]


def asked(key: str) -> int:
    return Client(headers={"authorization": f"Bearer {key}"}).get("/api/v1/weapons").status_code


def test_a_token_is_issued_shown_once_and_works_until_it_is_revoked(node: Node, client_as: ClientAs) -> None:
    client = client_as("registry_officer")
    key = issued(client)
    page = client.get(reverse("own_tokens")).content.decode()
    assert ("evening export" in page, key in page, asked(key)) == (True, False, 200)
    answer = client.post(reverse("revoke_token", args=[1]))
    assert (answer.status_code, asked(key)) == (302, 401)
    assert "revoked" in client.get(reverse("own_tokens")).content.decode()
    assert client.post(reverse("revoke_token", args=[1])).status_code == 404
    kinds = [(each.kind.value, each.by) for each in node.stores.changes.page()]
    assert kinds == [("token_revoked", "registry_officer"), ("token_issued", "registry_officer")]
    assert key not in repr(list(node.stores.changes.all()))


@pytest.mark.parametrize("role", [role.value for role in Role])
def test_what_is_offered_is_what_the_roles_grant(role: str, client_as: ClientAs) -> None:
    form = client_as(role).get(reverse("own_tokens")).context["form"]
    assert {code for code, _ in form.fields["scopes"].choices} == permissions_of([role])


@pytest.mark.parametrize(
    "wrong",
    [{"scopes": ["record.write"]}, {"scopes": []}, {"days": "0"}, {"days": "3651"}, {"days": "soon"}, {"name": " "}],
)
def test_what_cannot_be_is_refused_and_said(wrong: dict[str, object], node: Node, client_as: ClientAs) -> None:
    answer = client_as("auditor").post(reverse("own_tokens"), {**GIVEN, **wrong})
    assert (answer.status_code, list(node.stores.tokens.of("auditor"))) == (422, [])
    assert "error-summary" in answer.content.decode()


@pytest.mark.parametrize("role", [role.value for role in Role if role is not Role.REGISTRY_OFFICER] + ["nobody"])
def test_only_its_owner_and_an_administrator_revoke(role: str, client_as: ClientAs) -> None:
    key = issued(client_as("registry_officer"))
    answer = client_as(role).post(reverse("revoke_token", args=[1]))
    allowed = role == Role.ADMINISTRATOR
    assert (answer.status_code, asked(key)) == ((302, 401) if allowed else (403, 200))


def test_an_administrator_sees_the_tokens_of_an_account(client_as: ClientAs) -> None:
    issued(client_as("registry_officer"))
    number = get_user_model().objects.get_by_natural_key("registry_officer").pk
    page = client_as("administrator").get(reverse("account", args=[number])).content.decode()
    assert "evening export" in page


def test_nobody_sees_the_tokens_of_another(client_as: ClientAs) -> None:
    issued(client_as("registry_officer"))
    assert "evening export" not in client_as("auditor").get(reverse("own_tokens")).content.decode()
