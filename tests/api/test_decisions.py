from tests.api.asking import post
from tests.api.conftest import As
from tests.api.register import PERSON, SALT
from tracemark.authorities import Role
from tracemark.recordkeeping import commit

PERSON_AT = commit(PERSON, SALT)


def test_a_correction_takes_two_people(caller: As) -> None:
    officer, approver = caller(Role.REGISTRY_OFFICER), caller(Role.APPROVER)
    wrong = {"corrects": 12, "reason": "the day was misread", "happened": "2024-06-02"}
    proposed = post(officer, "/corrections", wrong)
    number = proposed.json()["id"]
    assert (proposed.status_code, proposed.json()["subject"]) == (201, "12")
    assert [each["id"] for each in approver.get("/api/v1/proposals").json()["items"]] == [number]
    approved = post(approver, f"/proposals/{number}/approve")
    assert (approved.status_code, approved.json()["events"][0]["kind"]) == (201, "corrected")
    again = post(approver, f"/proposals/{number}/approve")
    assert (again.status_code, again.json()["code"]) == (409, "recordkeeping.already_decided")
    life = officer.get("/api/v1/weapons/W-2/events").json()
    assert life["items"][-1]["happened"] == "2024-06-02"


def test_a_proposal_is_rejected_with_a_note(caller: As) -> None:
    number = post(caller(Role.REGISTRY_OFFICER), "/corrections", {"corrects": 0, "reason": "x", "void": True}).json()[
        "id"
    ]
    rejected = post(caller(Role.APPROVER), f"/proposals/{number}/reject", {"note": "it did happen"})
    assert (rejected.status_code, rejected.json()["approved"]) == (201, False)


def test_others_see_only_what_they_proposed(caller: As) -> None:
    number = post(caller(Role.STOREKEEPER), "/corrections", {"corrects": 2, "reason": "x", "void": True}).json()["id"]
    seen = [each["id"] for each in caller(Role.STOREKEEPER).get("/api/v1/proposals").json()["items"]]
    assert seen == [number]
    assert caller(Role.TRACING_ANALYST).get("/api/v1/proposals").json()["items"] == []


def test_an_event_that_never_was_is_not_corrected(caller: As) -> None:
    answer = post(caller(Role.REGISTRY_OFFICER), "/corrections", {"corrects": 999, "reason": "x", "void": True})
    assert (answer.status_code, answer.json()["code"]) == (422, "recordkeeping.no_such_event")


def test_a_person_is_read_to_a_purpose_and_the_read_can_be_told(caller: As) -> None:
    officer = caller(Role.REGISTRY_OFFICER)
    asked = {"weapon": "W-12", "purpose": "a trace of the police"}
    read = post(officer, f"/persons/{PERSON_AT}/read", asked)
    assert (read.status_code, read.json()["data"]) == (200, PERSON)
    told = caller(Role.AUDITOR).get(f"/api/v1/audit/reads/{PERSON_AT}").json()["items"]
    assert [(each["actor"], each["purpose"]) for each in told] == [("registry_officer", asked["purpose"])]
    elsewhere = post(officer, f"/persons/{PERSON_AT}/read", {**asked, "weapon": "W-1"})
    assert elsewhere.status_code == 404
    assert len(caller(Role.AUDITOR).get(f"/api/v1/audit/reads/{PERSON_AT}").json()["items"]) == 1


def test_a_purpose_is_said(caller: As) -> None:
    answer = post(caller(Role.REGISTRY_OFFICER), f"/persons/{PERSON_AT}/read", {"weapon": "W-12", "purpose": "  "})
    assert (answer.status_code, answer.json()["fields"][0]["field"]) == (422, "body.purpose")


def test_a_person_is_kept_and_stands_in_the_record_as_a_commitment(caller: As) -> None:
    kept = post(caller(Role.REGISTRY_OFFICER), "/persons", {"data": {"name": "made up"}})
    assert kept.status_code == 201
    assert kept.json()["holder"].startswith("person:")


def test_erasure_takes_two_people_and_leaves_the_record_whole(caller: As) -> None:
    officer, approver = caller(Role.REGISTRY_OFFICER), caller(Role.APPROVER)
    asked = {"commitment": PERSON_AT, "weapon": "W-12", "legal_basis": "a court's order"}
    number = post(officer, "/erasures", asked).json()["id"]
    assert post(officer, f"/proposals/{number}/approve").status_code == 403
    assert post(approver, f"/proposals/{number}/approve").status_code == 201
    assert post(officer, f"/persons/{PERSON_AT}/read", {"weapon": "W-12", "purpose": "x"}).status_code == 404
    assert post(caller(Role.AUDITOR), "/record/verify").json()["ok"]
