from typing import Any

import pytest

from tests.api.asking import post
from tests.api.conftest import As
from tests.api.register import DEPOT, WEAPONS
from tracemark.authorities import Role

JSON = "application/json"


def test_pages_follow_one_another_to_the_end(caller: As) -> None:
    client, found, after = caller(Role.REGISTRY_OFFICER), [], ""
    for _ in range(WEAPONS):
        page = client.get("/api/v1/weapons", {"limit": "5"} | ({"after": after} if after else {})).json()
        found += [each["weapon"] for each in page["items"]]
        if not (after := page["next"]):
            break
    assert found == [f"W-{number}" for number in range(1, WEAPONS + 1)]


def test_a_serial_is_looked_for_as_it_is_read(caller: As) -> None:
    page = caller(Role.AUDITOR).get("/api/v1/weapons", {"serial": "kt 0000-3", "status": "held"}).json()
    assert [each["weapon"] for each in page["items"]] == ["W-3"]


def test_a_weapon_is_told_whole(caller: As) -> None:
    weapon = caller(Role.AUDITOR).get("/api/v1/weapons/W-1").json()
    assert (weapon["holder"], weapon["status"], weapon["since"]) == (DEPOT, "held", "2019-05-17")
    assert [each["serial"] for each in weapon["marks"]] == ["KT00001X"]


def test_a_life_is_told_with_the_custody_it_leaves(caller: As) -> None:
    client = caller(Role.TRACING_ANALYST)
    life = client.get("/api/v1/weapons/W-2/events").json()
    assert [(each["kind"], each["before"], each["after"]) for each in life["items"]] == [
        ("registered", "unrecorded", "held"),
        ("lost", "held", "lost"),
    ]
    custody = client.get("/api/v1/weapons/W-2/custody").json()
    assert (custody["holder"], custody["left_on"], custody["diverted"]["kind"]) == (DEPOT, "2024-05", "lost")


def test_an_event_is_sealed_and_told(caller: As) -> None:
    client = caller(Role.STOREKEEPER)
    body = {"kind": "issued", "happened": "2024-03-01", "details": {"to": "XT-DEALER", "until": "2024-06"}}
    answer = client.post("/api/v1/weapons/W-4/events", body, content_type=JSON)
    told = answer.json()
    assert answer.status_code == 201
    assert (told["events"][0]["details"], told["weapons"][0]["custodian"]) == (body["details"], "XT-DEALER")


def test_what_cannot_follow_is_a_conflict_and_cites_its_paragraph(caller: As) -> None:
    body = {"kind": "returned", "happened": "2024-06-01", "details": {}}
    answer = caller(Role.STOREKEEPER).post("/api/v1/weapons/W-2/events", body, content_type=JSON)
    plain = answer.json()
    assert (answer.status_code, plain["code"]) == (409, "recordkeeping.impossible_sequence")
    assert plain["source"]
    assert plain["detail"].endswith("cannot follow the status “Lost”.")


def test_a_detail_that_its_kind_does_not_know_is_named(caller: As) -> None:
    body = {"kind": "stored", "happened": "2024-06-01", "details": {"place": "a rack", "licence": "L-1"}}
    answer = caller(Role.STOREKEEPER).post("/api/v1/weapons/W-5/events", body, content_type=JSON)
    assert answer.status_code == 422
    assert [(each["field"], each["code"]) for each in answer.json()["fields"]] == [
        ("licence", "recordkeeping.detail_unknown")
    ]


def test_a_kind_is_written_by_those_who_may(caller: As) -> None:
    body = {"kind": "transferred", "happened": "2024-06-01", "details": {"holder": "XT-DEALER"}}
    answer = caller(Role.STOREKEEPER).post("/api/v1/weapons/W-5/events", body, content_type=JSON)
    assert (answer.status_code, answer.json()["code"]) == (403, "authorities.not_permitted")


def test_a_weapon_that_is_not_on_record_gains_no_event(caller: As) -> None:
    body = {"kind": "stored", "happened": "2024-06-01", "details": {"place": "a rack"}}
    client = caller(Role.REGISTRY_OFFICER)
    assert client.post("/api/v1/weapons/W-999/events", body, content_type=JSON).status_code == 404
    assert client.get("/api/v1/weapons/W-999").status_code == 404


def test_who_sees_their_own_agency_sees_no_private_holder(caller: As) -> None:
    client = caller(Role.STOREKEEPER)
    assert client.get("/api/v1/weapons/W-12").json()["code"] == "authorities.out_of_sight"
    page = client.get("/api/v1/weapons", {"limit": "200"}).json()
    assert "W-12" not in [each["weapon"] for each in page["items"]]


def test_more_marks_than_can_be_told_apart_are_refused(caller: As) -> None:
    marks = [{"kind": "other", "text": "one of many"}] * 40
    body = {"kind": "marked", "happened": "2024-06-01", "details": {"marks": marks}}
    client = caller(Role.REGISTRY_OFFICER)
    answers = [client.post("/api/v1/weapons/W-6/events", body, content_type=JSON) for _ in range(7)]
    assert [each.status_code for each in answers] == [201] * 6 + [422]
    assert answers[-1].json()["fields"][0]["code"] == "api.too_many_parts"


ENTRY: dict[str, Any] = {
    "description": {"kind": "pistol", "maker": "glock", "model": "glock/17", "calibre": "9x19", "country": "AT"},
    "components": [{"part": "frame", "control": True, "material": "steel"}],
    "marks": [
        {"kind": "manufacture", "part": "frame", "text": "XTQ001", "serial": "XTQ001", "maker": "glock", "state": "AT"}
    ],
    "kind": "registered",
    "happened": "2026-02-03",
    "details": {"holder": "XT-REG"},
}


def test_one_weapon_is_entered_and_its_like_held(caller: As) -> None:
    officer = caller(Role.REGISTRY_OFFICER)
    first = post(officer, "/weapons", ENTRY)
    assert (first.status_code, first.json()["held"], first.json()["weapon"]["holder"]) == (201, None, "XT-REG")
    weapon = first.json()["weapon"]["weapon"]
    again = post(officer, "/weapons", ENTRY | {"document": "R 8"})
    assert (again.status_code, again.json()["weapon"], again.json()["against"]) == (202, None, [weapon])
    judged = post(officer, f"/held/{again.json()['held']}/judgement", {"same_as": weapon})
    assert judged.status_code == 201


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"kind": "lost"}, "api.field_choice"),
        ({"details": {"holder": "Somebody Fictional"}}, "recordkeeping.holder_unknown"),
        ({"happened": "2018", "description": {"year": 2019}}, "intake.year_after_event"),
    ],
)
def test_an_entry_that_cannot_be_is_refused(wrong: dict[str, Any], code: str, caller: As) -> None:
    answer = post(caller(Role.REGISTRY_OFFICER), "/weapons", ENTRY | wrong)
    assert (answer.status_code, answer.json()["fields"][0]["code"]) == (422, code)


def test_a_weapon_s_parts_are_told(caller: As) -> None:
    told = caller(Role.AUDITOR).get("/api/v1/weapons/W-1/parts").json()
    assert (told["weapon"], told["tangles"], told["inspections"]) == ("W-1", [], [])
