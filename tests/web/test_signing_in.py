"""Signing in and out, one-time passwords, lock-out, and what stands around every page."""

import re
import stat

import pytest
from django.contrib.auth import get_user_model
from django.core.cache import cache
from django.urls import reverse

from tests.web.conftest import ClientAs, open_account
from tests.web.test_second_factor import code_of
from tracemark.node import Node
from tracemark.settings import VAR

PASSWORD = "quiet amber lighthouse"
SIGN_IN = {"login": "newcomer", "password": PASSWORD}


def test_an_account_signs_in_and_out(node: Node, client_as: ClientAs) -> None:
    open_account("newcomer", ["auditor"], "XT-REG", PASSWORD)
    client = client_as()
    assert client.post(reverse("account_login"), SIGN_IN).headers["Location"] == reverse("home")
    assert client.get(reverse("home")).status_code == 200
    client.post(reverse("account_logout"))
    assert client.get(reverse("home")).status_code == 302


def test_a_wrong_password_says_so_and_five_lock_the_account(node: Node, client_as: ClientAs) -> None:
    open_account("newcomer", ["auditor"], "XT-REG", PASSWORD)
    client = client_as()
    wrong = [client.post(reverse("account_login"), {**SIGN_IN, "password": "wrong"}).status_code for _ in range(5)]
    assert wrong == [200, 200, 200, 200, 429]
    client.post(reverse("account_login"), SIGN_IN)
    assert client.get(reverse("home")).status_code == 302


def test_a_closed_account_does_not_sign_in(node: Node, client_as: ClientAs) -> None:
    open_account("newcomer", ["auditor"], "XT-REG", PASSWORD)
    get_user_model().objects.filter(username="newcomer").update(is_active=False)
    client = client_as()
    client.post(reverse("account_login"), SIGN_IN)
    assert client.get(reverse("home")).status_code == 302


def test_a_one_time_password_leads_to_choosing_another(node: Node, client_as: ClientAs) -> None:
    page = client_as("administrator").post(
        reverse("new_account"), {"username": "newcomer", "authority": "XT-REG", "roles": ["auditor"]}
    )
    given = re.search(r'<bdi class="mark">([\w-]+)</bdi></p>', page.content.decode())
    assert given is not None
    client = client_as()
    client.post(reverse("account_login"), {"login": "newcomer", "password": given[1]})
    assert client.get(reverse("audit")).headers["Location"] == reverse("account_change_password")
    client.post(
        reverse("account_change_password"), {"oldpassword": given[1], "password1": PASSWORD, "password2": PASSWORD}
    )
    assert client.get(reverse("audit")).status_code == 200
    again = client_as()
    again.post(reverse("account_login"), SIGN_IN)
    assert again.get(reverse("audit")).status_code == 200


def test_a_one_time_password_stays_one_until_another_is_chosen(node: Node, client_as: ClientAs) -> None:
    open_account("newcomer", ["auditor"], "XT-REG", PASSWORD)
    get_user_model().objects.filter(username="newcomer").update(last_login=None)
    for _ in range(2):
        client = client_as()
        client.post(reverse("account_login"), SIGN_IN)
        assert client.get(reverse("audit")).status_code == 302


@pytest.mark.parametrize("name", ["account_change_password", "mfa_index"])
def test_pages_of_ones_own_account_open(name: str, client_as: ClientAs) -> None:
    assert client_as("auditor").get(reverse(name)).status_code == 200


def test_nobody_signs_up(node: Node, client_as: ClientAs) -> None:
    assert client_as().get("/account/signup/").status_code == 404


def test_a_second_factor_is_set_up_and_asked_for(node: Node, client_as: ClientAs) -> None:
    open_account("newcomer", ["auditor"], "XT-REG", PASSWORD)
    client = client_as()
    client.post(reverse("account_login"), SIGN_IN)
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    page = client.get(reverse("mfa_activate_totp"))
    secret = page.context["form"].secret
    assert "<svg" in page.content.decode()
    response = client.post(reverse("mfa_activate_totp"), {"code": code_of(secret)})
    assert response.headers["Location"] == reverse("mfa_view_recovery_codes")
    codes = re.findall(
        r'<li><bdi class="mark">(\w+)</bdi></li>', client.get(response.headers["Location"]).content.decode()
    )
    assert len(codes) == 10

    again = client_as()
    response = again.post(reverse("account_login"), SIGN_IN)
    assert response.headers["Location"] == reverse("mfa_authenticate")
    assert again.get(reverse("audit")).status_code == 302
    again.post(reverse("mfa_authenticate"), {"code": "000000"})
    assert again.get(reverse("audit")).status_code == 302
    again.post(reverse("mfa_authenticate"), {"code": codes[0]})
    assert again.get(reverse("audit")).status_code == 200


def test_setting_up_a_second_factor_asks_for_the_password_anew(client_as: ClientAs) -> None:
    response = client_as("auditor").get(reverse("mfa_activate_totp"))
    assert response.headers["Location"].split("?")[0] == reverse("account_reauthenticate")


def test_an_idle_session_ends(client_as: ClientAs) -> None:
    client = client_as("auditor")
    assert client.session.get_expiry_age() <= 30 * 60
    assert client.get(reverse("home")).cookies["session"]["samesite"] == "Lax"


def test_a_session_ends_a_days_work_after_it_began(client_as: ClientAs) -> None:
    client = client_as("auditor")
    client.get(reverse("home"))
    session = client.session
    session["begun"] -= 12 * 3600 - 60
    session.save()
    assert client.get(reverse("home")).status_code == 200
    session = client.session
    session["begun"] -= 60
    session.save()
    assert client.get(reverse("home")).status_code == 302


def test_a_new_password_ends_the_sessions_of_the_old(node: Node, client_as: ClientAs) -> None:
    open_account("newcomer", ["auditor"], "XT-REG", PASSWORD)
    first, second = client_as(), client_as()
    for client in (first, second):
        client.post(reverse("account_login"), SIGN_IN)
    new = {"oldpassword": PASSWORD, "password1": "another amber lighthouse", "password2": "another amber lighthouse"}
    first.post(reverse("account_change_password"), new)
    assert [each.get(reverse("home")).status_code for each in (first, second)] == [200, 302]


def test_signing_in_gives_the_session_another_name_and_signing_out_forgets(node: Node, client_as: ClientAs) -> None:
    open_account("newcomer", ["auditor"], "XT-REG", PASSWORD)
    client = client_as()
    client.get(reverse("account_login"))
    client.post(reverse("preferences"), {"language": "fr"})
    before = client.session.session_key
    client.post(reverse("account_login"), SIGN_IN)
    assert before != client.session.session_key
    assert client.post(reverse("account_logout")).headers["Clear-Site-Data"] == '"cache", "storage"'


def test_wrong_passwords_are_counted_for_the_account_wherever_they_come_from(node: Node, client_as: ClientAs) -> None:
    """Behind many addresses as well: allauth counts by name, five in five minutes."""
    open_account("newcomer", ["auditor"], "XT-REG", PASSWORD)
    for number in range(6):
        client_as().post(reverse("account_login"), {**SIGN_IN, "password": "wrong"}, REMOTE_ADDR=f"192.0.2.{number}")
    client = client_as()
    client.post(reverse("account_login"), SIGN_IN, REMOTE_ADDR="192.0.2.99")
    assert client.get(reverse("home")).status_code == 302


def test_what_is_remembered_for_minutes_is_shared_by_the_processes_of_a_node(node: Node) -> None:
    cache.set("used", "code", 60)
    folder = VAR / "remembered"
    assert (any(folder.iterdir()), stat.S_IMODE(folder.stat().st_mode)) == (True, 0o700)
