"""Statistics through the API: what can be stated, stated, stated anew, withdrawn."""

from typing import Any

from tests.api.asking import post
from tests.api.conftest import As
from tests.api.test_stockpiles import codes, get
from tracemark.authorities import Role
from tracemark.reporting import statistics

ROW = {"series": "people.officers", "year": 2024, "number": 12, "sex": "female"}


def body(*rows: dict[str, Any], note: str = "") -> dict[str, Any]:
    return {"rows": list(rows or [ROW]), "document": "Payroll", "note": note}


def test_what_can_be_stated_is_listed(caller: As) -> None:
    items = get(caller(Role.AUDITOR), "/statistics/series").json()["items"]
    assert [(each["series"], each["needs"]) for each in items] == [
        (name, list(each.needs)) for name, each in statistics().items()
    ]


def test_numbers_are_stated_superseded_and_withdrawn(caller: As) -> None:
    contact, auditor = caller(Role.POINT_OF_CONTACT), caller(Role.AUDITOR)
    made = post(contact, "/statistics", body(ROW, {**ROW, "sex": "", "number": 2, "reason": "they did not say"}))
    assert (made.status_code, made.json()) == (201, {"new": ["SX-2026-000001"], "proposed": [], "unchanged": []})
    assert codes(post(contact, "/statistics", body())) == (409, ["reporting.statistics_superseded_unexplained"])
    assert post(contact, "/statistics", body(note="recounted")).json()["proposed"] == ["SX-2026-000001"]
    assert post(contact, "/statistics/SX-2026-000001/approval", {}).status_code == 403
    assert post(caller(Role.APPROVER), "/statistics/SX-2026-000001/approval", {}).status_code == 201
    (listed,) = get(auditor, "/statistics").json()["items"]
    assert (listed["total"], [each["total"] for each in listed["versions"]], listed["versions"][1]["note"]) == (
        12, [14, 12], "recounted",
    )  # fmt: skip
    assert listed["versions"][0]["numbers"][1] == {"number": 2, "splits": {}, "reason": "they did not say"}
    gone = post(contact, "/statistics/SX-2026-000001/withdrawal", {"note": "of another year"})
    assert (gone.status_code, gone.json()["withdrawn"], gone.json()["revisions"][-1]["note"]) == (
        201, False, "of another year",
    )  # fmt: skip
    approver = caller(Role.APPROVER)
    kept = post(approver, "/statistics/SX-2026-000001/refusal", {"reason": "it is of this year"})
    assert (kept.status_code, kept.json()["revisions"][-1]["declined_because"]) == (201, "it is of this year")
    post(contact, "/statistics/SX-2026-000001/withdrawal", {"note": "of another year"})
    gone = post(approver, "/statistics/SX-2026-000001/approval", {})
    assert (gone.status_code, gone.json()["withdrawn_because"]) == (201, "of another year")
    assert codes(post(approver, "/statistics/SX-2026-000001/approval", {})) == (
        409, ["reporting.statistics_nothing_waits"],
    )  # fmt: skip
    again = post(contact, "/statistics/SX-2026-000001/withdrawal", {"note": "again"})
    assert codes(again) == (409, ["reporting.statistics_withdrawn_before"])
    assert get(auditor, "/statistics/SX-2026-000009").status_code == 404


def test_a_blank_needs_a_reason_and_each_fault_names_its_row(caller: As) -> None:
    contact = caller(Role.POINT_OF_CONTACT)
    before = get(contact, "/statistics").json()
    wrong = post(contact, "/statistics", body(ROW, {**ROW, "sex": ""}, {**ROW, "series": "people.nobody"}))
    assert codes(wrong) == (422, ["reporting.statistic_split_missing", "reporting.statistic_series_unknown"])
    assert [each["detail"].split(":")[0] for each in wrong.json()["findings"]] == ["Row 2, sex", "Row 3, series"]
    assert get(contact, "/statistics").json() == before
