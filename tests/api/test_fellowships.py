"""The fellowship programme through the API."""

from tests.api.asking import post
from tests.api.conftest import As
from tests.api.test_stockpiles import codes, get
from tests.fellowship.courses import OPEN_CALL
from tests.web.peer_work import know, signed
from tracemark.authorities import Role
from tracemark.node import Node

FUND = {
    "title": "Voluntary contribution", "kind": "voluntary", "donor": "XT", "ceiling": "300", "currency": "USD",
    "first": "2026-01-01", "last": "2099-12-31",
}  # fmt: skip
NOMINEE = {
    "state": "GH", "name": "Somebody Invented", "agency": "police", "sex": "female", "age_band": "35-49",
    "languages": ["en"], "earlier_fellow": False,
}  # fmt: skip


def test_money_a_call_and_a_nomination_and_what_more_would_buy(caller: As) -> None:
    contact, auditor, approver = caller(Role.POINT_OF_CONTACT), caller(Role.AUDITOR), caller(Role.APPROVER)
    fund = post(contact, "/fellowship-funds", FUND).json()
    assert fund["left"] == "300"
    toml = OPEN_CALL.replace("FUND", fund["name"])
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


def test_a_nomination_at_another_node_is_withdrawn_once_with_a_reason(caller: As, node: Node) -> None:
    contact, auditor = caller(Role.POINT_OF_CONTACT), caller(Role.AUDITOR)
    card, _ = signed()
    know(node, card)
    body = NOMINEE | {"to": card.name, "cohort": "FC-2026-000007", "state": node.state}
    sent = post(contact, "/fellowship-nominations", body).json()["name"]
    there = f"/fellowship-nominations/sent/{sent}"
    assert get(auditor, there).json()["withdrawn_on"] == ""
    assert post(auditor, f"{there}/withdrawal", {"reason": "ill"}).status_code == 403
    assert post(contact, f"{there}/withdrawal", {"reason": ""}).status_code == 422
    taken = post(contact, f"{there}/withdrawal", {"reason": "moved to another post"})
    assert (taken.status_code, taken.json()["withdrawn_because"]) == (201, "moved to another post")
    assert codes(post(contact, f"{there}/withdrawal", {"reason": "again"})) == (409, ["fellowship.wrong_standing"])
    [listed] = get(auditor, "/fellowship-nominations").json()["items"]
    assert listed == get(auditor, there).json() == taken.json()
    assert get(auditor, "/fellowship-nominations/sent/FS-2026-000099").status_code == 404


def test_a_fund_is_revised_and_closed_with_a_reason(caller: As) -> None:
    contact, auditor = caller(Role.POINT_OF_CONTACT), caller(Role.AUDITOR)
    fund = post(contact, "/fellowship-funds", FUND).json()
    there = f"/fellowship-funds/{fund['name']}"
    assert get(auditor, there).json() == fund
    more = FUND | {"ceiling": "500", "reason": "more was given"}
    assert post(auditor, f"{there}/revision", more).status_code == 403
    assert post(contact, f"{there}/revision", FUND).status_code == 422
    revised = post(contact, f"{there}/revision", more).json()
    assert (revised["ceiling"], revised["reason"]) == ("500", "more was given")
    closed = post(contact, f"{there}/closing", {"reason": "the agreement ended"}).json()
    assert (closed["standing"], closed["reason"]) == ("closed", "the agreement ended")
    assert codes(post(contact, f"{there}/closing", {"reason": "again"})) == (409, ["fellowship.wrong_standing"])
    toml = OPEN_CALL.replace("FUND", fund["name"])
    assert codes(post(contact, "/fellowships", {"toml": toml})) == (422, ["fellowship.fund_unfit"])
    assert get(auditor, "/fellowship-funds/FF-2026-000099").status_code == 404
