"""The campaign page: planned in a form, told of, and the difference between claim and record is named."""

from django.urls import reverse

from tests.web.conftest import ClientAs
from tracemark.authorities import Role
from tracemark.node import Node

PLAN = {
    "kind": "destruction", "title": "Old rifles", "places": "XT-ARMY", "quantity": "40", "first": "2026-01-01",
    "last": "2026-12-31", "responsible": "XT-ARMY", "commitment": "PoA II.19", "machines": "press | 12",
    "supplies": "diesel | litre | 100", "cost": "500", "currency": "EUR", "every_days": "30",
}  # fmt: skip


def test_a_campaign_is_planned_and_its_claim_is_compared(node: Node, client_as: ClientAs) -> None:
    desk = client_as(Role.POINT_OF_CONTACT.value)
    bad = desk.post(reverse("new_campaign"), {**PLAN, "supplies": "diesel", "places": "XT-NONE"})
    assert (bad.status_code, "“diesel” cannot be read" in bad.content.decode()) == (422, True)
    assert desk.post(reverse("new_campaign"), PLAN).status_code == 302
    name = f"LC-{node.clock.now().year}-000001"

    def step(slug: str, **told: str) -> int:
        return desk.post(reverse("campaign_step", args=[name, slug]), told).status_code

    assert step("start", on="2026-01-01") == 302
    days = {"first": "2026-01-01", "last": "2026-02-01", "days_worked": "10", "spent": "100"}
    assert step("return", **days, done="900", used="diesel = 900") == 422
    assert step("return", **days, done="900", used="diesel = 30") == 302
    shown = client_as(Role.AUDITOR.value).get(reverse("campaign", args=[name])).content.decode()
    assert ("more than is on record" in shown, "Old rifles" in shown) == (True, True)
    revised = {**PLAN, "quantity": "50", "reason": "More were found."}
    page = reverse("revise_campaign", args=[name])
    assert "diesel | litre | 100" in desk.get(page).content.decode()
    assert (desk.post(page, {**revised, "kind": "marking"}).status_code, desk.post(page, revised).status_code) == (
        422,
        302,
    )
    assert "More were found." in desk.get(reverse("campaign", args=[name])).content.decode()
    assert step("count") == 302
    assert step("close", reason="Done.") == 302
    assert step("count") == 422
    assert name in desk.get(reverse("campaigns")).content.decode()
