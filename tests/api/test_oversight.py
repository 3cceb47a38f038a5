"""An auditor's program reads what was done to accounts and who searched, page by page."""

import pytest

from tests.api.conftest import As
from tests.rooms import officer
from tracemark.authorities import Account, Role, change_account, open_account
from tracemark.node import Node

ANA = Account("ana", "XT-REG", frozenset({Role.APPROVER.value}))
SOUGHT = {"readings": ["KT0000?X"], "year": 2019}


@pytest.fixture(scope="module")
def watched(node: Node) -> Node:
    """A node on which an account was opened and changed, and somebody searched twice."""
    administrator = officer(Role.ADMINISTRATOR)
    open_account(account=ANA, actor=administrator, stores=node.stores, clock=node.clock)
    becomes = Account("ana", "XT-DEPOT", frozenset(), active=False)
    change_account(account=becomes, actor=administrator, stores=node.stores, clock=node.clock)
    return node


def test_changes_of_accounts_come_page_by_page(watched: Node, caller: As) -> None:
    client = caller(Role.AUDITOR)
    first = client.get("/api/v1/audit/accounts", {"limit": "3", "account": "ana"}).json()
    kinds = [each["kind"] for each in first["items"]]
    assert (kinds, first["broken"]) == (["closed", "roles_changed", "agency_changed"], None)
    assert first["items"][1]["before"] == {"roles": ["approver"]}
    rest = client.get("/api/v1/audit/accounts", {"before": first["next"], "account": "ana"}).json()
    assert ([each["kind"] for each in rest["items"]], rest["next"]) == (["opened"], None)
    assert client.get("/api/v1/audit/accounts", {"account": "zoe"}).json()["items"] == []


def test_a_search_over_the_api_is_listed_and_counted(watched: Node, caller: As) -> None:
    analyst, client = caller(Role.TRACING_ANALYST), caller(Role.AUDITOR)
    query = {"readings": [{"text": "KT0000?X"}], "year": 2019}
    for _ in range(2):
        assert analyst.post("/api/v1/traces/search", query, content_type="application/json").status_code == 200
    page = client.get("/api/v1/audit/searches", {"limit": "1", "account": "tracing_analyst"}).json()
    [search] = page["items"]
    assert (search["asked"], search["case"], search["shown"][0][:2]) == (SOUGHT, "", "W-")
    behind = client.get("/api/v1/audit/searches", {"before": page["next"], "account": "tracing_analyst"}).json()
    assert ([each["asked"] for each in behind["items"]], behind["next"]) == ([SOUGHT], None)
    [counted] = client.get("/api/v1/audit/searchers", {"days": 1}).json()["items"]
    assert (counted["actor"], counted["searches"], counted["without_case"]) == ("tracing_analyst", 2, 2)


@pytest.mark.parametrize("asked", [{"limit": "0"}, {"before": "-1"}, {"days": "0"}, {"of": "ana"}])
def test_what_cannot_be_asked_is_said(asked: dict[str, str], watched: Node, caller: As) -> None:
    path = "searchers" if "days" in asked else "accounts"
    assert caller(Role.AUDITOR).get(f"/api/v1/audit/{path}", asked).status_code == 422
