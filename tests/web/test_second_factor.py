"""Nobody whose roles ask for a second factor passes without one, and what is done to factors is on the list."""

import json
import re
import time
from datetime import date

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.cache import cache as remembered
from django.test import Client
from django.urls import reverse

from tests.web.conftest import ClientAs, open_account
from tracemark.authorities import ChangeKind, Role
from tracemark.node import Node

PASSWORD = "quiet amber lighthouse"
NEEDED = [role.value for role in Role if role is not Role.AUDITOR]
SET_UP = ("mfa_index", "account_change_password", "account_logout", "account_reauthenticate")


def signed_in(*roles: str, name: str = "newcomer") -> Client:
    """A client of a new account that signed in by password alone."""
    open_account(name, list(roles), "XT-REG", PASSWORD)
    return by_password(name)


def by_password(name: str = "newcomer") -> Client:
    client = Client()
    client.post(reverse("account_login"), {"login": name, "password": PASSWORD})
    return client


def set_up_app(client: Client) -> tuple[str, list[str]]:
    """Set up an authenticator app; return its secret and the recovery codes."""
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    secret = client.get(reverse("mfa_activate_totp")).context["form"].secret
    answer = client.post(reverse("mfa_activate_totp"), {"code": code_of(secret)})
    page = client.get(answer.headers["Location"]).content.decode()
    return secret, re.findall(r'<li><bdi class="mark">(\w+)</bdi></li>', page)


def code_of(secret: str, ahead: int = 0) -> str:
    """Return the number that an authenticator app shows now, or half a minute further for each step `ahead`.

    The clock may go on to the next step before the number is looked at: it is then that of the step before.
    """
    return str(format_hotp_value(hotp_value(secret, int(time.time()) // 30 + ahead)))


def leads_to(client: Client, name: str = "home") -> str:
    """Return where an address leads, "" where it opens."""
    answer = client.get(reverse(name))
    return answer.headers["Location"].split("?")[0] if answer.status_code == 302 else ""


def kinds(node: Node, account: str = "newcomer") -> list[str]:
    return [each.kind.value for each in node.stores.changes.page(account=account)[::-1]]


@pytest.mark.parametrize("role", NEEDED)
def test_a_role_that_needs_a_second_factor_opens_nothing_without_one(role: str, node: Node) -> None:
    client = signed_in(role)
    assert {leads_to(client, name) for name in ("home", "instruments", "own_tokens")} == {reverse("mfa_index")}
    assert [client.get(reverse(name)).status_code for name in SET_UP] == [200] * len(SET_UP)


@pytest.mark.parametrize("role", NEEDED)
def test_once_it_is_set_up_everything_opens(role: str, node: Node) -> None:
    client = signed_in(role)
    _, codes = set_up_app(client)
    assert (len(codes), leads_to(client)) == (10, "")
    assert kinds(node) == ["factor_added"]


@pytest.mark.parametrize("roles", [[Role.AUDITOR.value], []])
def test_who_only_reads_the_record_or_has_no_role_needs_none(roles: list[str], node: Node) -> None:
    assert leads_to(signed_in(*roles)) == ""


def test_a_form_sent_without_the_factor_changes_nothing(node: Node) -> None:
    client = signed_in("administrator")
    given = {"username": "accomplice", "authority": "XT-REG", "roles": ["approver"]}
    assert client.post(reverse("new_account"), given).headers["Location"] == reverse("mfa_index")
    assert node.stores.accounts.find("accomplice") is None


def test_a_recovery_code_signs_in_once(node: Node) -> None:
    _, codes = set_up_app(signed_in("approver"))
    for opened in (True, False):
        client = by_password()
        assert leads_to(client) == reverse("account_login")
        client.post(reverse("mfa_authenticate"), {"code": codes[0]})
        assert (leads_to(client) == "") is opened


@pytest.mark.parametrize(("ahead", "taken"), [(0, True), (1, True), (3, False)])
def test_a_number_is_taken_a_step_beside_its_own_and_no_further(ahead: int, taken: bool, node: Node) -> None:
    secret, _ = set_up_app(signed_in("approver"))
    client = by_password()
    client.post(reverse("mfa_authenticate"), {"code": code_of(secret, ahead)})
    assert (leads_to(client) == "") is taken


def test_a_number_signs_in_once_for_as_long_as_it_is_good(node: Node) -> None:
    secret, _ = set_up_app(signed_in("approver"))
    code, number = code_of(secret, 1), get_user_model().objects.get_by_natural_key("newcomer").pk
    for opened in (True, False):
        client = by_password()
        client.post(reverse("mfa_authenticate"), {"code": code})
        assert (leads_to(client) == "") is opened
        # So it stands half a minute later: allauth has forgotten, and the number is still good.
        assert remembered.delete(f"allauth.mfa.totp.used?user={number}&code={code}")


def test_a_session_that_began_before_the_factor_ends(node: Node) -> None:
    first, second = signed_in("approver"), by_password()
    set_up_app(second)
    assert leads_to(first, "mfa_index") == reverse("account_login")
    assert leads_to(second) == ""


def test_a_stolen_password_alone_does_not_remove_the_factor(node: Node) -> None:
    client = signed_in("approver")
    _, codes = set_up_app(client)
    session = client.session
    session["account_authentication_methods"] = []
    session.save()
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    assert client.post(reverse("mfa_deactivate_totp")).status_code == 302
    assert Authenticator.objects.filter(type="totp").count() == 1
    client.post(reverse("mfa_reauthenticate"), {"code": codes[0]})
    client.post(reverse("mfa_deactivate_totp"))
    assert Authenticator.objects.count() == 0
    assert (kinds(node), leads_to(client)) == (["factor_added", "factor_removed"], reverse("mfa_index"))


def test_new_codes_are_on_the_list_and_never_told(node: Node) -> None:
    client = signed_in("approver")
    _, old = set_up_app(client)
    client.post(reverse("mfa_generate_recovery_codes"))
    page = client.get(reverse("mfa_view_recovery_codes")).content.decode()
    assert not any(code in page for code in old)
    assert kinds(node) == ["factor_added", "codes_drawn"]
    assert not any(code in repr(list(node.stores.changes.all())) for code in old)


def test_a_lost_factor_is_reset_by_an_administrator_with_a_new_password(node: Node, client_as: ClientAs) -> None:
    client = signed_in("approver")
    set_up_app(client)
    number = get_user_model().objects.get_by_natural_key("newcomer").pk
    page = client_as("administrator").post(reverse("account", args=[number]), {"factors": ""}).content.decode()
    given = re.search(r'<bdi class="mark">([\w-]+)</bdi></p>', page)
    assert given is not None
    assert leads_to(client) == reverse("account_login")
    again = Client()
    again.post(reverse("account_login"), {"login": "newcomer", "password": given[1]})
    assert leads_to(again) == reverse("account_change_password")
    assert kinds(node) == ["factor_added", "password_given", "factors_reset"]


def test_an_administrator_does_not_reset_their_own(node: Node, client_as: ClientAs) -> None:
    number = get_user_model().objects.get_by_natural_key("administrator").pk
    assert client_as("administrator").post(reverse("account", args=[number]), {"factors": ""}).status_code == 422
    assert kinds(node, "administrator") == []


def test_a_node_may_name_the_day_from_which_it_asks(node: Node, monkeypatch: pytest.MonkeyPatch) -> None:
    client = signed_in("approver")
    monkeypatch.setattr(settings, "SECOND_FACTOR_SINCE", date(9999, 1, 1))
    assert leads_to(client) == ""
    monkeypatch.setattr(settings, "SECOND_FACTOR_SINCE", date(2026, 1, 1))
    assert leads_to(client) == reverse("mfa_index")


def test_an_account_of_the_demonstration_is_exempt_and_every_page_says_so(node: Node, client_as: ClientAs) -> None:
    client = signed_in("approver")
    get_user_model().objects.filter(username="newcomer").update(factor_exempt=True)
    assert "Demonstration" in client.get(reverse("home")).content.decode()
    assert "demonstration" in client_as("administrator").get(reverse("accounts")).content.decode()


def test_no_action_and_no_form_exempts(node: Node, client_as: ClientAs) -> None:
    open_account("newcomer", ["approver"], "XT-REG", PASSWORD)
    number = get_user_model().objects.get_by_natural_key("newcomer").pk
    given = {"authority": "XT-REG", "roles": ["approver"], "is_active": "on", "factor_exempt": "on"}
    client_as("administrator").post(reverse("account", args=[number]), given)
    assert not get_user_model().objects.get(pk=number).factor_exempt


def test_tokens_of_the_api_need_no_second_factor(node: Node) -> None:
    from tests.api.conftest import keep_token  # noqa: PLC0415 - its fixtures are of another node

    open_account("newcomer", ["approver"], "XT-REG", PASSWORD)
    key = keep_token(node, "newcomer", ("record.read",))
    answer = Client(headers={"authorization": f"Bearer {key}"}).get("/api/v1/weapons")
    assert answer.status_code == 200


ANSWER = {"clientDataJSON": "e30", "attestationObject": "AA", "authenticatorData": "AA", "signature": "AA"}
WHOLE = {"id": "eA", "rawId": "eA", "type": "public-key", "clientExtensionResults": {}}
NO_PASSKEYS = (
    *("", "{}", "[]", "3", "not json", '{"id": "x"}'),
    json.dumps({**WHOLE, "response": {}}),
    json.dumps({**WHOLE, "response": {**ANSWER, "userHandle": "MQ"}}),
)


@pytest.mark.parametrize("credential", NO_PASSKEYS)
def test_what_is_no_passkey_is_refused_and_said(credential: str, node: Node) -> None:
    client = signed_in("approver")
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    client.get(reverse("mfa_add_webauthn"))
    answer = client.post(reverse("mfa_add_webauthn"), {"name": "mine", "credential": credential})
    assert (answer.status_code, "error-summary" in answer.content.decode()) == (200, True)
    assert (Authenticator.objects.count(), kinds(node)) == (0, [])


@pytest.mark.parametrize("credential", NO_PASSKEYS)
def test_what_is_no_passkey_signs_nobody_in(credential: str, node: Node) -> None:
    client = Client()
    client.get(reverse("mfa_login_webauthn"), headers={"x-requested-with": "XMLHttpRequest"})
    answer = client.post(reverse("mfa_login_webauthn"), {"credential": credential})
    assert (answer.status_code, leads_to(client)) == (302, reverse("account_login"))


def test_a_password_chosen_is_on_the_list(node: Node) -> None:
    client = signed_in("auditor")
    other = "another amber lighthouse"
    client.post(reverse("account_change_password"), {"oldpassword": PASSWORD, "password1": other, "password2": other})
    assert kinds(node) == [ChangeKind.PASSWORD_CHOSEN]
    assert other not in repr(list(node.stores.changes.all()))
