"""Requests, programmes and grants through the API."""

from tests.api.asking import post
from tests.api.conftest import As
from tests.api.test_stockpiles import codes, get
from tracemark.authorities import Role

ASK = {
    "title": "Marking machines", "commitment": "PoA II.7", "themes": ["marking"], "helps": ["equipment"],
    "need": "Two depots cannot mark.", "lines": [{"what": "Machines", "amount": 60000}], "currency": "EUR",
    "women": 4, "men": 5,
}  # fmt: skip
OFFER = {
    "title": "Marking", "donor": "A donor", "themes": ["marking"], "helps": ["equipment"], "budget": 100000,
    "currency": "EUR", "most": 50000, "calls": [{"name": "First", "opens": "2020-01-01", "closes": "2040-12-31"}],
}  # fmt: skip
GRANT = {"currency": "EUR", "starts": "2026-01-01", "ends": "2040-12-31", "expects": "Both mark."}


def test_from_a_request_to_a_confirmed_result(caller: As) -> None:
    contact, approver = caller(Role.POINT_OF_CONTACT), caller(Role.APPROVER)
    asked = post(contact, "/assistance/requests", ASK)
    assert asked.status_code == 201, asked.json()
    request = asked.json()["name"]
    assert codes(post(contact, "/assistance/requests", ASK)) == (409, ["assistance.asked_before"])
    assert post(approver, f"/assistance/requests/{request}/sign", {}).json()["status"] == "signed_off"
    assert post(contact, f"/assistance/requests/{request}/publish", {}).json()["status"] == "published"
    programme = post(contact, "/assistance/programmes", OFFER).json()["name"]
    proposal = get(contact, "/assistance/proposal").json()
    assert [(each["request"], each["amount"]) for each in proposal["grants"]] == [(request, 50000)]
    told = {**GRANT, "request": request, "programme": programme}
    over = post(contact, "/assistance/grants", {**told, "amount": 50001})
    assert codes(over) == (422, ["assistance.over_ceiling"])
    grant = post(contact, "/assistance/grants", {**told, "amount": 50000}).json()["name"]
    steps = f"/assistance/grants/{grant}"
    assert post(approver, f"{steps}/decide", {}).json()["status"] == "granted"
    assert post(contact, f"{steps}/activity", {"activity": "Bought", "amount": 60000}).json()["alarms"] != []
    assert post(contact, f"{steps}/result", {"result": "Both mark."}).json()["status"] == "reported"
    assert post(approver, f"{steps}/confirm", {}).json()["status"] == "confirmed"
    assert get(contact, f"/assistance/requests/{request}").json()["granted"] == 50000
    lists = [get(contact, f"/assistance/{each}").json()["items"] for each in ("requests", "programmes", "grants")]
    assert [[each["name"] for each in listed] for listed in lists] == [[request], [programme], [grant]]
