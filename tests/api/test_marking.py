from typing import Any

from tests.api.asking import post
from tests.api.conftest import As
from tests.marking.profiles.test_reading import GOOD
from tracemark.authorities import Role


def marked(height_mm: str) -> dict[str, Any]:
    mark = {
        "kind": "import",
        "text": "XT 26 1",
        "serial": "1",
        "state": "XT",
        "year": 2026,
        "part": "frame",
        "depth_mm": "0.0762",
        "height_mm": height_mm,
    }
    return {
        "description": {"kind": "pistol", "maker": "glock"},
        "components": [{"part": "frame", "control": True, "material": "steel"}],
        "marks": [mark],
        "circumstance": "import",
        "on": "2026-01-01",
        "state": "XT",
    }


def test_us_27cfr_478_92_height_passes_where_eu_2019_68_asks_more(caller: As) -> None:
    client = caller(Role.AUDITOR)
    found = {
        law: {
            each["code"]
            for each in post(client, "/marking/check", marked("1.5875") | {"profile": law}).json()["profile"]
        }
        for law in ("us", "eu")
    }
    assert [code for code in found["eu"] - found["us"] if "height" in code or "small" in code]


def test_iti_8b_import_mark_is_asked_for(caller: As) -> None:
    told = post(caller(Role.AUDITOR), "/marking/check", marked("1.6") | {"marks": []}).json()
    found = {each["code"]: (each["source"], each["grade"]) for each in told["instruments"]}
    assert found["marking.import_mark_missing"] == ("ITI 8(b)", "required")


def test_a_law_that_nobody_wrote_is_not_found(caller: As) -> None:
    assert post(caller(Role.AUDITOR), "/marking/check", marked("1.6") | {"profile": "xx"}).status_code == 404


def test_numbers_are_allocated_once_and_stand_in_the_plan(caller: As) -> None:
    officer = caller(Role.REGISTRY_OFFICER)
    block = {
        "holder": "XT-REG",
        "scheme": {"prefix": "XT26-", "digits": 5, "check": "mod_37_36"},
        "first": 1,
        "last": 99,
    }
    first = post(officer, "/marking/blocks", block)
    assert (first.status_code, first.json()["next"]) == (201, first.json()["first"])
    again = post(officer, "/marking/blocks", block)
    assert (again.status_code, again.json()["code"]) == (409, "marking.numbers_overlap")
    assert len(officer.get("/api/v1/marking/blocks").json()["items"]) == 1
    lot = {"weapons": ["W-1", "W-3"], "circumstance": "import", "on": "2026-01-01"}
    plan = post(officer, "/marking/plans", lot).json()
    assert [line["weapon"] for line in plan["lines"]] == ["W-1", "W-3"]
    assert plan["marks_to_make"] >= 2
    assert all(mark["mark"]["state"] == "XT" for line in plan["lines"] for mark in line["marks"])


def test_numbers_are_reserved_noted_and_closed(caller: As) -> None:
    officer, keeper = caller(Role.REGISTRY_OFFICER), caller(Role.STOREKEEPER)
    block = {"holder": "glock", "scheme": {"prefix": "GL", "digits": 4}, "first": 1, "last": 99}
    there = f"/marking/blocks/{post(officer, '/marking/blocks', block).json()['event']}"
    reserved = post(keeper, f"{there}/reservations", {"count": 2, "plan": "M-1"})
    assert (reserved.status_code, reserved.json()) == (201, {"numbers": ["GL0001", "GL0002"]})
    noted = post(officer, f"{there}/used", {"first": "GL0005", "last": "GL0006"}).json()
    assert (noted["next"], noted["skipped"]) == ("GL0007", [{"first": "GL0003", "last": "GL0004"}])
    again = post(officer, f"{there}/used", {"first": "GL0001", "last": "GL0001"})
    assert (again.status_code, again.json()["code"]) == (409, "marking.number_reused")
    strange = post(officer, f"{there}/used", {"first": "GX1", "last": "GL0001"})
    assert (strange.status_code, strange.json()["fields"][0]["code"]) == (422, "api.numbers_unfit")
    closed = post(officer, f"{there}/closing", {"note": "the year is over"}).json()
    assert (closed["next"], closed["closed_on"] is None) == (None, False)
    late = post(keeper, f"{there}/reservations", {"count": 1})
    assert (late.status_code, late.json()["code"]) == (409, "recordkeeping.block_closed")
    assert post(keeper, "/marking/blocks/0/reservations", {"count": 1}).status_code == 404


def test_a_holder_nobody_lists_is_refused(caller: As) -> None:
    block = {"holder": "Jo the smith", "scheme": {"digits": 4}, "first": 1, "last": 99}
    answer = post(caller(Role.REGISTRY_OFFICER), "/marking/blocks", block)
    assert (answer.status_code, answer.json()["fields"][0]["code"]) == (422, "recordkeeping.block_holder_unknown")


def test_a_scheme_that_cannot_write_its_numbers_is_refused(caller: As) -> None:
    block = {"holder": "XT-REG", "scheme": {"digits": 2}, "first": 1, "last": 900}
    answer = post(caller(Role.REGISTRY_OFFICER), "/marking/blocks", block)
    assert (answer.status_code, answer.json()["fields"][0]["code"]) == (422, "api.numbers_unfit")


def test_a_state_s_own_law_is_checked_added_and_used(caller: As) -> None:
    officer = caller(Role.REGISTRY_OFFICER)
    law = {"name": "xt", "text": GOOD.replace("from = 2027-01-01\n", "")}
    assert post(officer, "/marking/laws/check", law).json()["requirements"] == 1
    added = post(officer, "/marking/laws", law | {"valid_from": "2025-01-01"})
    assert (added.status_code, added.json()["valid_until"]) == (201, None)
    other = post(officer, "/marking/laws", law | {"text": GOOD, "valid_from": "2025-01-01"})
    assert (other.status_code, other.json()["code"]) == (409, "marking.profile_version_stands")
    names = [each["name"] for each in officer.get("/api/v1/marking/laws").json()["items"]]
    assert names == ["eu", "us", "xt"]
    found = post(officer, "/marking/check", marked("1.6") | {"profile": "xt"}).json()["profile"]
    assert [each["code"] for each in found] == ["marking.xt_depth"]
    assert post(officer, "/marking/check", marked("1.6") | {"profile": "xt", "on": "2024-12-31"}).status_code == 404


def test_a_law_s_mistake_is_named(caller: As) -> None:
    law = {"name": "xt", "text": GOOD.replace("min_depth_mm", "min_weight")}
    answer = post(caller(Role.REGISTRY_OFFICER), "/marking/laws/check", law)
    assert (answer.status_code, answer.json()["code"]) == (422, "marking.profile_value_unknown")
