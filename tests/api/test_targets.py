"""Targets and plans through the API."""

from typing import Any

from django.test import Client

from tests.api.asking import Response, post
from tests.api.conftest import As
from tests.api.register import REGISTRY
from tests.api.test_stockpiles import codes, get
from tests.targets.aims import SALW, WPS
from tracemark.authorities import Role

AIM = {
    "title": "Fewer losses",
    "commitment": "PoA II.17",
    "indicator": "losses a year",
    "baseline": "120",
    "baseline_on": "2021-12-31",
    "goal": "20.5",
    "due": "2035-12-31",
    "direction": "fall",
    "responsible": REGISTRY,
}


def target_at(client: Client, **told: Any) -> Response:
    return post(client, "/targets", {**AIM, **told})


def local(text: str) -> str:
    """Return a plan whose owners this register lists."""
    for code in ("XT-ARMY", "XT-REG", "XT-POL"):
        text = text.replace(f'"{code}"', f'"organisation:{code}"')
    return text


def test_a_target_is_set_observed_revised_and_closed(caller: As) -> None:
    contact, auditor = caller(Role.POINT_OF_CONTACT), caller(Role.AUDITOR)
    made = target_at(contact)
    assert made.status_code == 201, made.json()
    name = made.json()["name"]
    assert (made.json()["outlook"], made.json()["aim"]["goal"]) == ("unobserved", "20.5")
    seen = [
        {"on": f"{year}-12-31", "value": str(value), "source": "book"} for year, value in ((2022, 119), (2023, 118))
    ]
    told = post(contact, f"/targets/{name}/observations", {"observations": seen}).json()
    assert (told["outlook"], told["latest"], told["way"], told["forecast"]) == ("off_track", "118", "0.02", None)
    assert codes(post(contact, f"/targets/{name}/observations", {})) == (422, ["targets.figure_not_used"])
    assert codes(post(contact, f"/targets/{name}/closing", {"outcome": "met", "reason": "x"})) == (
        409,
        ["targets.not_met"],
    )
    revision = {"aim": {**AIM, "goal": "118"}, "reason": "less money"}
    assert post(contact, f"/targets/{name}/revisions", revision).json()["outlook"] == "reached"
    assert codes(post(contact, f"/targets/{name}/revisions", revision)) == (409, ["targets.nothing_changes"])
    ended = post(contact, f"/targets/{name}/closing", {"outcome": "met", "reason": "reached"}).json()
    assert (ended["standing"], ended["revised"]) == ("met", True)
    assert get(auditor, f"/targets/{name}").json() == ended
    assert ended in get(auditor, "/targets").json()["items"]


def test_who_may_not_write_targets_sets_none(caller: As) -> None:
    for role in (Role.AUDITOR, Role.REGISTRY_OFFICER, Role.ADMINISTRATOR):
        assert target_at(caller(role)).status_code == 403


def test_what_cannot_be_is_explained(caller: As) -> None:
    contact = caller(Role.POINT_OF_CONTACT)
    assert codes(target_at(contact, direction="rise")) == (422, ["targets.direction_contradicts"])
    assert target_at(contact, goal="many").status_code == 422
    assert get(contact, "/targets/TG-2026-000099").status_code == 404


def test_plans_are_adopted_reported_on_and_compared(caller: As) -> None:
    contact, auditor = caller(Role.POINT_OF_CONTACT), caller(Role.AUDITOR)
    left, right = (post(contact, "/plans", {"toml": local(text)}).json()["name"] for text in (SALW, WPS))
    report = {"activity": "A1", "status": "done", "on": "2025-12-01", "spent": "500.25"}
    waits = post(contact, f"/plans/{left}/reports", {**report, "activity": "A2"})
    assert codes(waits) == (409, ["targets.activity_waits"])
    assert post(contact, f"/plans/{left}/reports", report).json()["spent"] == "500.25"
    year = get(auditor, f"/plans/{left}/years/2025").json()
    assert (year["done"], year["on_time"], year["spent"]) == (["A1"], 1, {"A1": "500.25"})
    paper = get(auditor, f"/plans/{left}/years/2025/files/docx?language=fr")
    assert (paper.content[:2], paper["Content-Disposition"]) == (b"PK", f'attachment; filename="{left}-2025-fr.docx"')
    assert get(auditor, f"/plans/{left}/years/2025/files/json").status_code == 422
    found = get(auditor, f"/plans/{left}/beside/{right}").json()
    assert [each["about"] for each in found["contradictions"]] == [["dates", "owner", "budget"], ["status"]]
    assert len(get(auditor, "/plans").json()["items"]) == 2
    kpi = {"kpi": "K1", "year": 2025, "values": {"XA": "1"}}
    assert codes(post(contact, f"/plans/{left}/kpis", kpi)) == (422, ["targets.kpi_not_in_plan"])
    wrong = post(contact, "/plans", {"toml": local(SALW).replace('depends = ["A1"]', 'depends = ["A2"]')})
    assert codes(wrong) == (422, ["targets.activities_in_a_ring"])


def test_a_plan_is_changed_and_closed(caller: As) -> None:
    contact = caller(Role.POINT_OF_CONTACT)
    place = f"/plans/{post(contact, '/plans', {'toml': local(SALW)}).json()['name']}"
    told = {"goal": "1", "title": "Count", "owner": REGISTRY, "start": "2026-01-01", "end": "2026-12-31",
            "commitments": ["SDG 16.4"], "reason": "new"}  # fmt: skip
    added = post(contact, f"{place}/activities", told)
    assert (added.status_code, added.json()["activities"][-1]["code"]) == (201, "A4")
    assert codes(post(contact, f"{place}/activities", {**told, "code": "A4"})) == (409, ["targets.nothing_changes"])
    ring = {**told, "code": "A4", "depends": ["A4"]}
    assert codes(post(contact, f"{place}/activities", ring)) == (422, ["targets.ring"])
    outside = {**told, "code": "A4", "end": "2028-01-01"}
    assert codes(post(contact, f"{place}/activities", outside)) == (422, ["targets.activity_outside"])
    waited = post(contact, f"{place}/cancellations", {"activity": "A1", "reason": "no money"})
    assert codes(waited) == (409, ["targets.others_wait"])
    dropped = post(contact, f"{place}/cancellations", {"activity": "A4", "reason": "no money"}).json()
    assert dropped["activities"][-1]["status"] == "dropped"
    assert post(contact, f"{place}/closing", {"reason": "over"}).json()["standing"] == "closed"


def test_a_target_measures_a_cell_and_serves_the_goals(caller: As) -> None:
    linked = {
        "figure": "people.trainees", "cell": {"sex": "female"}, "share": True, "serves": ["SDG 5.5", "SDG 16.4"],
        "development": [{"document": "Plan 2030", "on": "2024-01-15", "goal": "4"}], "gaps": ["nca.exists"],
    }  # fmt: skip
    aim = target_at(caller(Role.POINT_OF_CONTACT), **linked).json()["aim"]
    assert {name: aim[name] for name in linked} == linked
    assert aim["unit"] == "percent"
    wrong = target_at(caller(Role.POINT_OF_CONTACT), **{**linked, "cell": {"colour": "red"}})
    assert codes(wrong) == (422, ["targets.cell_unknown"])
