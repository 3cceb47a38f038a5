from pathlib import Path
from typing import cast

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.api.asking import Response, post
from tests.api.conftest import As
from tracemark.authorities import Role
from tracemark.node import Node

COLUMNS = "serial,kind,maker,model,calibre,country,year,holder,registered_on\n"
NEW = COLUMNS + "NEW0001,pistol,glock,glock/17,9x19,AT,2019,XT-DEPOT,2020-01-15\n"
KNOWN = COLUMNS + "KT00003X,pistol,glock,glock/17,9x19,AT,2019,XT-DEPOT,2020-01-15\n"


def send(client: Client, path: str, text: str, profile: str = "registry", name: str = "lot.csv") -> Response:
    file = SimpleUploadedFile(name, text.encode())
    return cast("Response", client.post(f"/api/v1{path}", {"profile": profile, "file": file}))


def test_a_table_is_tried_then_imported_and_changes_nothing_the_second_time(caller: As) -> None:
    officer = caller(Role.REGISTRY_OFFICER)
    tried = send(officer, "/imports/dry-run", NEW).json()
    assert (tried["dry"], tried["imported"], tried["run"]) == (True, 1, 0)
    first = send(officer, "/imports", NEW)
    assert (first.status_code, first.json()["imported"], first.json()["already"]) == (201, 1, "")
    assert send(officer, "/imports", NEW).json()["already"]
    run = officer.get(f"/api/v1/imports/{first.json()['run']}").json()
    assert (run["table"], run["rows"], run["counts"]["imported"]) == ("lot.csv", 1, 1)
    found = officer.get("/api/v1/weapons", {"serial": "NEW0001"}).json()
    assert len(found["items"]) == 1


def test_the_row_of_the_column_names_may_be_named(caller: As) -> None:
    officer, path = caller(Role.REGISTRY_OFFICER), "/api/v1/imports/dry-run"
    answers = [
        officer.post(path, {"profile": "registry", "heading_row": row, "file": SimpleUploadedFile("lot.csv", text)})
        for row, text in ((2, b"Lot 7\n" + NEW.encode()), (1, b"Lot 7\n" + NEW.encode()), (-1, NEW.encode()))
    ]
    assert [each.status_code for each in answers] == [200, 422, 422]
    assert answers[0].json()["heading_row"] == 2


def test_a_row_that_may_be_a_weapon_on_record_is_held_and_judged(caller: As) -> None:
    officer = caller(Role.REGISTRY_OFFICER)
    run = send(officer, "/imports", KNOWN, name="again.csv").json()
    assert (run["imported"], run["held"]) == (0, 1)
    held = officer.get(f"/api/v1/imports/{run['run']}/held", {"state": "held"}).json()["items"][0]
    assert held["against"] == ["W-3"]
    path = f"/api/v1/held/{held['id']}/judgement"
    other = officer.post(path, {"same_as": "W-7"}, content_type="application/json")
    assert (other.status_code, other.json()["code"]) == (422, "intake.held_row_not_against")
    same = officer.post(path, {"same_as": "W-3"}, content_type="application/json")
    assert same.status_code == 201
    again = officer.post(path, {"same_as": None}, content_type="application/json")
    assert (again.status_code, again.json()["code"]) == (409, "intake.held_row_judged")


def test_a_held_rows_person_is_read_to_a_purpose_and_erased_by_two(caller: As) -> None:
    officer = caller(Role.REGISTRY_OFFICER)
    table = KNOWN.replace("XT-DEPOT", "Nobody Atall")
    run = send(officer, "/imports", table, name="again.csv").json()
    held = officer.get(f"/api/v1/imports/{run['run']}/held").json()["items"][0]
    assert "Nobody" not in f"{run} {held}"
    commitment = held["draft"]["events"][0]["details"]["holder"].removeprefix("person:")
    path, asked = f"/held/{held['id']}/persons/{commitment}/read", {"purpose": "case 7"}
    assert post(officer, path, asked).json()["data"] == {"name": "Nobody Atall"}
    assert post(officer, path.replace(commitment, "0" * 64), asked).status_code == 404
    erasure = {"commitment": commitment, "legal_basis": "Data Act 9"}
    number = post(officer, f"/held/{held['id']}/erasures", erasure).json()["id"]
    assert post(caller(Role.APPROVER), f"/proposals/{number}/approve").status_code == 201
    assert post(officer, path, asked).status_code == 404


def test_the_persons_a_weapons_record_names_are_listed_by_commitment(caller: As) -> None:
    officer = caller(Role.REGISTRY_OFFICER)
    send(officer, "/imports", NEW.replace("XT-DEPOT", "Nobody Atall").replace("NEW0001", "QRS7741"))
    weapon = officer.get("/api/v1/weapons", {"serial": "QRS7741"}).json()["items"][0]["weapon"]
    [holder] = officer.get(f"/api/v1/weapons/{weapon}/persons").json()["items"]
    read = post(officer, f"/persons/{holder.removeprefix('person:')}/read", {"weapon": weapon, "purpose": "case 7"})
    assert read.json() == {"holder": holder, "data": {"name": "Nobody Atall"}}
    assert officer.get("/api/v1/weapons/W-3/persons").json() == {"items": []}


def test_rows_that_an_earlier_file_brought_are_counted_and_left_alone(caller: As) -> None:
    officer, keyed = (
        caller(Role.REGISTRY_OFFICER),
        NEW.replace("serial,", "registry_number,serial,").replace("NEW0001", "R-1,LMK5512"),
    )
    assert send(officer, "/imports", keyed).json()["imported"] == 1
    again = send(officer, "/imports", keyed + "R-2,WXZ9084,pistol,glock,glock/17,9x19,AT,2019,XT-DEPOT,2020\n").json()
    assert (again["imported"], again["unchanged"], again["held"]) == (1, 1, 0)


def test_a_profile_is_named_and_never_a_file_of_the_node(caller: As, tmp_path: Path) -> None:
    own = tmp_path / "own.toml"
    own.write_text("secret = 1")
    officer = caller(Role.REGISTRY_OFFICER)
    for profile in (str(own), "../registry", "registry.toml"):
        answer = send(officer, "/imports/dry-run", NEW, profile)
        assert (answer.status_code, answer.json()["fields"][0]["field"]) == (422, "form.profile")
    absent = send(officer, "/imports/dry-run", NEW, "no-such-profile")
    assert (absent.status_code, absent.json()["code"]) == (422, "intake.profile_not_found")


def test_the_name_that_was_sent_leads_nowhere(caller: As, node: Node) -> None:
    answer = send(caller(Role.REGISTRY_OFFICER), "/imports/dry-run", NEW, name="..\\../…/etc/pass wd.csv")
    assert (answer.status_code, answer.json()["file"]) == (200, "pass wd.csv")


def test_what_is_no_table_is_refused(caller: As) -> None:
    officer = caller(Role.REGISTRY_OFFICER)
    for text in ("\x00\x01\x02", "PK\x03\x04 no archive", "", "\n\n"):
        assert send(officer, "/imports/dry-run", text).status_code == 422
    assert send(officer, "/imports/dry-run", "one,two\n1,2\n").json()["code"] == "intake.column_missing"


def test_a_field_of_the_form_that_nobody_knows_is_refused(caller: As) -> None:
    given = {"profile": "registry", "file": SimpleUploadedFile("lot.csv", NEW.encode()), "nobody": "1"}
    answer = caller(Role.REGISTRY_OFFICER).post("/api/v1/imports/dry-run", given)
    assert (answer.status_code, [each["field"] for each in answer.json()["fields"]]) == (422, ["form.nobody"])
