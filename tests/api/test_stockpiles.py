"""A store through the API: put away, counted by another than its custodian, a loss reported, ammunition drawn down."""

from typing import cast

import pytest
from django.contrib.auth import get_user_model
from django.test import Client

from tests.api.asking import Response, post
from tests.api.conftest import As, keep_token
from tests.api.register import REGISTRY
from tracemark.authorities import Permission, Role
from tracemark.node import Node

EVERYTHING = tuple(each.value for each in Permission)


@pytest.fixture(scope="module")
def second(node: Node) -> Client:
    """Another registry officer, who counts what the first one keeps."""
    get_user_model().objects.create(username="second", authority=REGISTRY, roles=[Role.REGISTRY_OFFICER.value])
    return Client(headers={"Authorization": f"Bearer {keep_token(node, 'second', EVERYTHING)}"})


def listed(client: Client, place: str) -> str:
    told = {"place": place, "keeper": "registry_officer", "racks": ["A"], "answers": {"locks": "no"}}
    answer = post(client, "/sites", told)
    assert answer.status_code == 201, answer.json()
    return str(answer.json()["site"]["name"])


def get(client: Client, path: str) -> Response:
    return cast("Response", client.get(f"/api/v1{path}"))


def codes(answer: Response) -> tuple[int, list[str]]:
    return answer.status_code, [each["code"] for each in answer.json()["findings"]]


def test_a_store_is_counted_blind_and_the_loss_is_found(caller: As, second: Client) -> None:
    keeper = caller(Role.REGISTRY_OFFICER)
    site, other = listed(keeper, "Amberly"), listed(keeper, "Brackwater")
    assert post(keeper, f"/sites/{site}/weapons", {"lines": ["W-3", "KT00004X"], "rack": "A"}).json() == {
        "weapons": ["W-3", "W-4"]
    }
    assert post(keeper, f"/sites/{other}/weapons", {"lines": ["W-5"]}).status_code == 201
    count = post(keeper, f"/sites/{site}/counts", {"reason": "yearly"}).json()["name"]
    assert get(second, f"/sites/{site}").json()["weapons"] is None
    assert codes(post(keeper, f"/counts/{count}/passes", {"lines": ["W-3"]})) == (403, ["authorities.same_person"])
    entered = post(second, f"/counts/{count}/passes", {"lines": ["W-3", "W-5", "ZZ"]}).json()
    assert (entered["seen"], entered["extra"], entered["unread"]) == (["W-3"], ["W-5"], ["ZZ"])
    assert [each["code"] for each in entered["findings"]] == ["stockpiles.weapon_elsewhere", "stockpiles.lines_unread"]
    closed = post(second, f"/counts/{count}/closing", {}).json()
    assert (closed["found"], closed["missing"], closed["extra"]) == (1, ["W-4"], ["W-5"])
    assert codes(post(second, f"/counts/{count}/closing", {})) == (409, ["stockpiles.count_over"])
    investigation = closed["investigation"]
    report = {"weapons": ["W-4"], "kind": "stolen", "happened": "2030-01-01", "reported_on": "2030-01-01"}
    assert codes(post(keeper, f"/investigations/{investigation}/missing", report))[0] == 422
    assert codes(post(second, f"/investigations/{investigation}/closing", {"finding": "stolen"}))[0] == 403
    assert [each["name"] for each in get(keeper, "/investigations").json()["items"]] == [investigation]


def test_a_late_site_is_asked_for(caller: As) -> None:
    assert get(caller(Role.AUDITOR), "/sites?late=true").json() == {"items": [], "before": None}


def test_a_destruction_is_planned_and_refused(caller: As) -> None:
    keeper, approver = caller(Role.REGISTRY_OFFICER), caller(Role.APPROVER)
    plan = {"weapons": ["W-6"], "method": "smelting", "place": "Amberly foundry"}
    planned = post(keeper, "/destructions", plan).json()
    address = f"/destructions/{planned['name']}"
    assert codes(post(keeper, "/destructions", plan)) == (409, ["stockpiles.weapon_planned"])
    assert codes(post(keeper, f"{address}/certification")) == (409, ["recordkeeping.dossier_step"])
    assert codes(post(approver, f"{address}/decision", {"approve": False})) == (422, ["stockpiles.reason_missing"])
    refused = post(approver, f"{address}/decision", {"approve": False, "note": "a museum asks"})
    assert (refused.status_code, refused.json()["standing"]) == (201, "refused")
    assert get(approver, "/destructions").json()["items"][0]["standing"] == "refused"


def test_ammunition_never_gets_below_zero(caller: As) -> None:
    keeper = caller(Role.REGISTRY_OFFICER)
    told = {"site": listed(keeper, "Cindermoor"), "lot": "LX-1", "quantity": 50, "happened": "2026-01-02"}
    lot = post(keeper, "/lots", told).json()["name"]
    step = {"kind": "lot_issued", "quantity": 51, "happened": "2026-01-03", "to": REGISTRY}
    assert codes(post(keeper, f"/lots/{lot}/steps", step)) == (409, ["stockpiles.balance_below_zero"])
    moved = post(keeper, f"/lots/{lot}/steps", {**step, "quantity": 20}).json()
    assert (moved["balance"], moved["issued"], len(moved["steps"])) == (30, 20, 2)
    assert get(keeper, f"/lots/{lot}").json() == moved


def test_what_waits_for_a_decision_is_listed(caller: As) -> None:
    assert get(caller(Role.AUDITOR), "/dispositions?days=1").json() == {"items": []}
