"""A report through the API: drafted, answered, refused where it does not fit, signed off by another, submitted."""

from typing import cast

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
    items = cast("Response", auditor.get("/api/v1/reports?form=poa")).json()["items"]
    assert [each["name"] for each in items] == [given["name"]]


def test_a_period_that_ends_before_it_begins_is_refused(caller: As) -> None:
    asked = {"first": "2025-01-01", "last": "2024-12-31"}
    assert post(caller(Role.POINT_OF_CONTACT), "/reports", asked).status_code == 422
