"""What a region adds up, over the API: SDG 16.4.2 with who is missing, sums, warnings; nothing of it at a State's."""

from typing import Any

import pytest

from tests.api.conftest import As
from tests.secretariat.test_rollups import told
from tests.web.peer_work import know, signed
from tests.web.test_secretariat import came
from tracemark.authorities import Role
from tracemark.node import Node, this_node
from tracemark.reporting import figures
from tracemark.secretariat import FIGURE_TYPE

YEARS = {"from": "2024", "to": "2025"}


def test_a_region_reckons_what_its_states_published(caller: As, node: Node, monkeypatch: pytest.MonkeyPatch) -> None:
    auditor = caller(Role.AUDITOR)

    def got(path: str, **asked: str) -> tuple[int, Any]:
        answer = auditor.get(f"/api/v1/region/{path}", asked)
        return answer.status_code, answer.json()

    assert [got("indicators/16.4.2")[0], got("figures/recoveries.seized", **YEARS)[0], got("warnings")[0]] == [404] * 3
    monkeypatch.setenv("TRACEMARK_LEVEL", "regional")
    this_node.cache_clear()
    (one, _), (other, _) = signed("xa/tracemark/record", "XA"), signed("xb/tracemark/record", "XB")
    know(node, one)
    know(node, other)
    for figure, number in zip(figures()["indicator.all_share"].parts, (60, 200), strict=True):
        came(node, one.name, FIGURE_TYPE, told(figure, rows=[{"number": number}]))
    status, found = got("indicators/16.4.2", denominator="all")
    (item,) = found["items"]
    assert (status, item["numerator"], item["denominator"], item["percent"]) == (200, 60, 200, "30.00")
    assert (item["counted"], item["missing"]) == (
        {"XA": {"numerator": 60, "denominator": 200, "percent": "30.00"}},
        {"XB": "not_told"},
    )
    assert got("indicators/16.4.2") == (200, {"items": []})
    assert got("indicators/16.4.2", region="999")[0] == 404
    kenya = got("indicators/16.4.2", denominator="all", region="014")[1]["items"][0]
    assert (kenya["numerator"], kenya["missing"]["KE"]) == (None, "not_told")
    summed = got("figures/indicator.all_counted", **YEARS)[1]
    assert summed["rows"] == [{"number": 200, "counted": ["XA"], "missing": {"XB": "not_told"}}]
    assert got("figures/nobody.knows", **YEARS)[0] == 404
    assert got("warnings") == (200, {"items": []})
