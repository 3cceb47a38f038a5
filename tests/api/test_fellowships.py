"""The fellowship programme through the API."""

from tests.api.asking import post
from tests.api.conftest import As
from tests.api.test_stockpiles import codes, get
from tracemark.authorities import Role

FUND = {
    "title": "Voluntary contribution", "kind": "voluntary", "donor": "XT", "ceiling": "300", "currency": "USD",
    "first": "2026-01-01", "last": "2099-12-31",
}  # fmt: skip
CALL = """
title = "A course"
venue = "Port Estov"
host = "XE"
opens = 2026-01-01
closes = 2098-01-01
begins = 2099-01-01
ends = 2099-01-09
seats = 1
languages = ["en"]
administrator = "organisation:Centre"
currency = "USD"
seat_cost = 100
[[fund]]
fund = "FUND"
amount = 200
[[module]]
code = "M1"
title = "Marking"
commitments = ["ITI 8(a)"]
"""
NOMINEE = {
    "state": "GH", "name": "Somebody Invented", "agency": "police", "sex": "female", "age_band": "35-49",
    "languages": ["en"], "earlier_fellow": False,
}  # fmt: skip


def test_money_a_call_and_a_nomination_and_what_more_would_buy(caller: As) -> None:
    contact, auditor, approver = caller(Role.POINT_OF_CONTACT), caller(Role.AUDITOR), caller(Role.APPROVER)
    fund = post(contact, "/fellowship-funds", FUND).json()
    assert fund["left"] == "300"
    toml = CALL.replace("FUND", fund["name"])
    called = post(contact, "/fellowships", {"toml": toml})
    assert called.status_code == 201, called.json()
    name = called.json()["name"]
    assert codes(post(contact, "/fellowships", {"toml": toml})) == (422, ["fellowship.over_ceiling"])
    made = post(contact, f"/fellowships/{name}/nominations", NOMINEE).json()
    assert (made["standing"], made["blank"], "Somebody" in str(made)) == ("received", [], False)
    assert codes(post(contact, f"/fellowships/{name}/nominations", NOMINEE)) == (409, ["fellowship.nominated_twice"])
    assert post(auditor, f"/fellowships/{name}/nominations", NOMINEE).status_code == 403
    assert codes(post(contact, f"/fellowships/{name}/proposal", {})) == (409, ["fellowship.call_still_open"])
    scenario = get(auditor, f"/fellowships/{name}/scenarios?contribution=100").json()["items"]
    assert [(each["seats"], each["comes_in"]) for each in scenario] == [(1, []), (2, [])]
    declared = post(contact, f"/fellowships/{name}/conflicts", {"reason": "a relative"}).json()
    assert len(declared["conflicts"]) == 1
    assert codes(post(contact, f"/fellowships/{name}/costs", {"on": "2026-01-02", "amount": "201", "what": "x"})) == (
        422,
        ["fellowship.cost_over_budget"],
    )
    certificate = f"/fellowship-nominations/{made['name']}/certificate"
    assert [get(contact, f"{certificate}{each}").status_code for each in ("", "/pdf")] == [404, 404]
    assert get(auditor, certificate).status_code == 403
    taken = post(contact, f"/fellowship-nominations/{made['name']}/withdrawal", {"reason": "ill"}).json()
    assert taken["standing"] == "withdrawn"
    assert post(approver, f"/fellowships/{name}/cancellation", {"reason": "no money"}).json()["standing"] == "cancelled"
    assert get(auditor, "/fellowship-funds").json()["items"][0]["left"] == "300"
    assert [each["name"] for each in get(auditor, "/fellowships").json()["items"]] == [name]
    assert get(auditor, "/fellowship-follow-ups").json() == get(auditor, "/fellowship-alumni").json() == {"items": []}
