"""A report through the API: drafted, answered, refused where it does not fit, signed off by another, submitted."""

from hashlib import sha256
from typing import cast

from django.core.files.uploadedfile import SimpleUploadedFile

from tests.api.asking import Response, post
from tests.api.conftest import As
from tracemark.authorities import Role


def codes(answer: Response) -> tuple[int, list[str]]:
    return answer.status_code, [each["code"] for each in answer.json()["findings"]]


def test_a_report_is_drafted_answered_and_submitted(caller: As) -> None:
    writer, approver, auditor = (caller(each) for each in (Role.POINT_OF_CONTACT, Role.APPROVER, Role.AUDITOR))
    asked = {"edition": "2020", "first": "2024-01-01", "last": "2025-12-31"}
    drafted = post(writer, "/reports", asked)
    assert drafted.status_code == 201, drafted.json()
    place = f"/reports/{drafted.json()['name']}"
    assert codes(post(writer, f"{place}/answers", {"question": "nca.exists", "value": "maybe"})) == (
        422, ["reporting.not_yes_or_no"],
    )  # fmt: skip
    answered = post(writer, f"{place}/answers", {"question": "nca.exists", "value": "yes"}).json()
    (told,) = [each for each in answered["answers"] if each["question"] == "nca.exists"]
    assert (told["number"], told["value"], told["origin"]) == ("1.1", "yes", "typed")
    assert codes(post(writer, f"{place}/steps", {"step": "submit"})) == (409, ["reporting.wrong_standing"])
    assert post(writer, f"{place}/steps", {"step": "sign_off"}).status_code == 403
    assert post(approver, f"{place}/steps", {"step": "sign_off"}).status_code == 201
    assert post(writer, f"{place}/steps", {"step": "submit"}).json()["standing"] == "submitted"
    given = cast("Response", auditor.get(f"/api/v1{place}?edition=2026")).json()
    assert (given["edition"], given["laid_out_in"], len(given["fingerprint"])) == ("2020", "2026", 64)
    assert auditor.get(f"/api/v1{place}?edition=1999").status_code == 404
    assert auditor.get("/api/v1/reports/NR-2026-000099").status_code == 404
    paper = cast("Response", auditor.get(f"/api/v1{place}/files/pdf?language=ar&edition=2026"))
    name = f"{given['name']}-ar.pdf"
    assert (paper.content[:4], paper["Content-Disposition"]) == (b"%PDF", f'attachment; filename="{name}"')
    assert auditor.get(f"/api/v1{place}/files/pdf?edition=1999").status_code == 404
    items = cast("Response", auditor.get("/api/v1/reports?form=poa")).json()["items"]
    assert [each["name"] for each in items] == [given["name"]]


def test_a_period_that_ends_before_it_begins_is_refused(caller: As) -> None:
    asked = {"first": "2025-01-01", "last": "2024-12-31"}
    assert post(caller(Role.POINT_OF_CONTACT), "/reports", asked).status_code == 422


def test_every_step_of_the_page_is_taken_through_the_api(caller: As) -> None:
    writer, approver, auditor = (caller(each) for each in (Role.POINT_OF_CONTACT, Role.APPROVER, Role.AUDITOR))
    asked = {"edition": "2020", "first": "2024-01-01", "last": "2025-12-31"}
    first = f"/reports/{post(writer, '/reports', asked).json()['name']}"
    post(writer, f"{first}/answers", {"question": "nca.exists", "value": "no"})
    for client, step in ((approver, "sign_off"), (writer, "submit")):
        assert post(client, f"{first}/steps", {"step": step}).status_code == 201
    scores = cast("Response", auditor.get("/api/v1/scores")).json()["items"]
    assert (scores[-1]["report"], scores[-1]["last"]) == (first.rpartition("/")[2], "2025-12-31")
    place = f"/reports/{post(writer, '/reports', asked).json()['name']}"
    carried = [each for each in cast("Response", writer.get(f"/api/v1{place}")).json()["answers"]
               if each["origin"] == "carried"]  # fmt: skip
    assert [each["question"] for each in carried] == ["nca.exists"]
    confirmed = post(writer, f"{place}/confirmations", {}).json()
    assert [each["origin"] for each in confirmed["answers"] if each["question"] == "nca.exists"] == ["typed"]
    assert post(writer, f"{place}/drawings", {}).status_code == 201
    section = confirmed["answers"][0]["section"]
    assert post(writer, f"{place}/owners", {"section": section, "owner": "cleo"}).json()["owners"] == {section: "cleo"}
    assert codes(post(writer, f"{place}/owners", {"section": "nowhere", "owner": "cleo"})) == (
        422, ["reporting.no_such_section"],
    )  # fmt: skip
    said = post(auditor, f"{place}/comments", {"text": "sure?", "question": "nca.exists"}).json()["comments"]
    assert [(each["question"], each["text"]) for each in said] == [("nca.exists", "sure?")]


def test_a_document_is_attached_through_the_api(caller: As) -> None:
    writer = caller(Role.POINT_OF_CONTACT)
    asked = {"edition": "2020", "first": "2024-01-01", "last": "2025-12-31"}
    place = f"/reports/{post(writer, '/reports', asked).json()['name']}"
    kept = writer.post(f"/api/v1{place}/attachments", {"file": SimpleUploadedFile("law.pdf", b"law")})
    assert (kept.status_code, kept.json()) == (201, {"fingerprint": sha256(b"law").hexdigest()})
    other = writer.post("/api/v1/reports/NR-2026-000099/attachments", {"file": SimpleUploadedFile("law.pdf", b"law")})
    assert other.status_code == 404


def test_gaps_come_with_a_target_that_fills_them(caller: As) -> None:
    writer = caller(Role.POINT_OF_CONTACT)
    asked = {"edition": "2020", "first": "2024-01-01", "last": "2025-12-31"}
    name = post(writer, "/reports", asked).json()["name"]
    items = cast("Response", writer.get(f"/api/v1/reports/{name}/gaps")).json()["items"]
    (gap,) = [each for each in items if each["gap"] == "nca.exists"]
    assert (gap["answer"], gap["answered_by"]) == ("", [])
    made = post(writer, "/targets", gap["target"])
    assert made.status_code == 201, made.json()
    items = cast("Response", writer.get(f"/api/v1/reports/{name}/gaps")).json()["items"]
    (gap,) = [each for each in items if each["gap"] == "nca.exists"]
    assert [each["dossier"] for each in gap["answered_by"]] == [made.json()["name"]]
