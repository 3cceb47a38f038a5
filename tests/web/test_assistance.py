"""Requests, programmes, the matching desk and grants in the pages, from a form to a confirmed result."""

from collections.abc import Mapping

from django.test import Client
from django.urls import reverse

from tests.web.conftest import ClientAs

ASK = {
    "title": "Marking machines", "commitment": "PoA II.7", "themes": ["marking"], "helps": ["equipment"], "stage": "",
    "need": "Two depots cannot mark.", "lines": "Machines | 60000\nTraining | 10 000", "currency": "eur",
    "women": "4", "men": "5",
}  # fmt: skip
OFFER = {
    "title": "Marking", "donor": "A donor", "themes": ["marking"], "helps": ["equipment"], "budget": "100000",
    "currency": "EUR", "most": "50000", "calls": "First | 2020-01-01 | 2040-12-31",
}  # fmt: skip


def sent(client: Client, address: str, told: Mapping[str, object]) -> str:
    """Send a form, and return the name of what was sealed."""
    answer = client.post(reverse(address), told)
    assert answer.status_code == 302, answer.content.decode()[:4000]
    return answer.headers["Location"].rstrip("/").rpartition("/")[2]


def test_from_a_form_to_a_confirmed_result(client_as: ClientAs) -> None:
    contact, approver = client_as("point_of_contact"), client_as("approver")

    def step(client: Client, of: str, name: str, slug: str, **told: str) -> int:
        return client.post(reverse(of, args=[name, slug]), told).status_code

    request = sent(contact, "new_assistance_request", ASK)
    again = contact.post(reverse("new_assistance_request"), ASK)
    assert (again.status_code, f"The same is asked in {request}" in again.content.decode()) == (422, True)
    assert step(approver, "assistance_request_step", request, "sign", note="") == 302
    assert step(contact, "assistance_request_step", request, "publish") == 302
    programme = sent(contact, "new_programme", OFFER)
    shown = contact.get(reverse("matching_desk"), {"request": request}).content.decode()
    assert ("50,000&nbsp;EUR" in shown, "The first help on this theme" in shown, "No other proposal" in shown) == (
        True,
    ) * 3
    told = {"request": request, "programme": programme, "currency": "EUR", "starts": "2026-01-01", "ends": "2040-12-31"}
    over = contact.post(reverse("new_grant"), {**told, "amount": "50001", "expects": "Both mark."})
    assert (over.status_code, "is above the ceiling" in over.content.decode()) == (422, True)
    grant = sent(contact, "new_grant", {**told, "amount": "50000", "expects": "Both mark."})
    assert step(contact, "grant_step", grant, "decide", note="") == 403
    assert step(approver, "grant_step", grant, "decide", note="") == 302
    assert step(contact, "grant_step", grant, "pay", amount="50000", on="2026-05-01", note="") == 302
    assert step(contact, "grant_step", grant, "activity", activity="Bought", amount="40000", on="2026-05-01") == 302
    assert step(contact, "grant_step", grant, "result", result="Both mark.") == 302
    assert step(approver, "grant_step", grant, "confirm", note="") == 302
    for name, arguments in (
        ("assistance_requests", []), ("programmes", []), ("grants", []), ("matching_desk", []),
        ("assistance_request", [request]), ("programme", [programme]), ("grant", [grant]),
    ):  # fmt: skip
        assert client_as("auditor").get(reverse(name, args=arguments)).status_code == 200
    page = client_as("auditor").get(reverse("grant", args=[grant])).content.decode()
    assert ("Confirmed for the receiving State by" in page, "Both mark." in page) == (True, True)
    assert step(contact, "assistance_request_step", request, "close", outcome="partly", reason="One is left.") == 302
    assert step(contact, "programme_step", programme, "close", reason="Spent.") == 302


def test_a_target_fills_in_a_request(client_as: ClientAs) -> None:
    contact = client_as("point_of_contact")
    aim = {
        "title": "Fewer losses", "commitment": "PoA II.17", "indicator": "losses", "window": "year", "baseline": "9",
        "baseline_on": "2021-12-31", "goal": "2", "due": "2035-12-31", "direction": "fall", "level": "national",
        "responsible": "XT-ARMY", "funding": "sought", "cost": "9000", "currency": "EUR",
    }  # fmt: skip
    name = contact.post(reverse("new_target"), aim).headers["Location"].rstrip("/").rpartition("/")[2]
    shown = contact.get(reverse("new_assistance_request"), {"target": name}).content.decode()
    assert ("Fewer losses | 9000" in shown, f'value="{name}"' in shown, 'value="PoA II.17"' in shown) == (True,) * 3
