"""Campaigns through the API."""

from typing import Any

from tests.api.asking import post
from tests.api.conftest import As
from tests.api.register import REGISTRY
from tests.api.test_stockpiles import codes, get
from tracemark.authorities import Role

PLAN: dict[str, Any] = {
    "kind": "marking", "title": "Mark the depots", "places": [REGISTRY], "quantity": 10, "first": "2026-01-01",
    "last": "2026-12-31", "responsible": REGISTRY, "commitment": "ITI 8(d)", "cost": "100", "currency": "EUR",
    "supplies": [{"name": "diesel", "unit": "litre", "quantity": "50.5"}],
    "machines": [{"name": "dot peen", "per_day": 5}],
}  # fmt: skip


def test_a_campaign_is_planned_started_told_of_counted_and_closed(caller: As) -> None:
    contact, auditor = caller(Role.POINT_OF_CONTACT), caller(Role.AUDITOR)
    assert codes(post(contact, "/campaigns", {**PLAN, "places": ["nobody"]})) == (422, ["assistance.campaign_neither"])
    made = post(contact, "/campaigns", PLAN)
    assert made.status_code == 201, made.json()
    place = f"/campaigns/{made.json()['campaign']}"
    assert post(contact, f"{place}/start", {"on": "2026-01-01"}).json()["standing"] == "started"
    days = {"first": "2026-01-01", "last": "2026-01-31", "done": 2}
    told = post(contact, f"{place}/returns", {**days, "used": [{"supply": "diesel", "amount": "0.5"}]}).json()
    assert (told["claimed"], told["left"], told["returns"][0]["shown"]) == (2, {"diesel": "50"}, told["done"])
    assert codes(post(contact, f"{place}/returns", days)) == (409, ["assistance.campaign_return_twice"])
    assert post(contact, f"{place}/counts", {}).json()["returns"] == told["returns"]
    closed = post(contact, f"{place}/closing", {"reason": "Done."}).json()
    assert closed in get(auditor, "/campaigns").json()["items"]
    assert get(auditor, place).json() == closed
    assert codes(post(contact, f"{place}/counts", {})) == (409, ["assistance.campaign_step"])
