"""Statistics are listed by series and year, handed in as a table, filled in, stated anew and withdrawn."""

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tests.web.conftest import ClientAs
from tracemark.authorities import Role
from tracemark.kernel import Actor
from tracemark.node import Node
from tracemark.reporting import StatedNumber, StatementRecord, statement_list

AUDITOR = Actor("a", "XT-REG", frozenset({Role.AUDITOR.value}))
HEADING = "series,year,sex,age_band,number,reason\n"
GOOD = (
    "people.victims,2024,female,18-24,5,\n"
    "people.victims,2024,,25-34,2,the hospital counts no sexes\n"
    "people.trainees,2024,male,,7,\n"
)  # fmt: skip


def known(node: Node) -> dict[str, StatementRecord]:
    return {each.statement.series: each for each in statement_list(actor=AUDITOR, stores=node.stores)}


def hand_in(client_as: ClientAs, rows: str, note: str = "") -> tuple[int, str]:
    file = SimpleUploadedFile("people.csv", (HEADING + rows).encode())
    told = {"file": file, "document": "Ministry, table 3", "note": note}
    answer = client_as("point_of_contact").post(reverse("upload_statistics"), told)
    return answer.status_code, answer.content.decode()


def test_a_table_is_stated_whole_listed_and_given_back(client_as: ClientAs, node: Node) -> None:
    assert hand_in(client_as, GOOD)[0] == 302
    found = known(node)
    assert {name: each.statement.total for name, each in found.items()} == {"people.victims": 7, "people.trainees": 7}
    reader = client_as("auditor")
    lines = reader.get(reverse("statements")).context["lines"]
    told = {series.id: [each and each.dossier for _, each in cells] for series, cells in lines}
    victims = found["people.victims"].dossier
    assert (told["people.victims"], told["people.delegates"]) == ([victims], [None])
    page = reader.get(reverse("statement", args=[victims])).content.decode()
    assert ("the hospital counts no sexes" in page, "Ministry, table 3" in page) == (True, True)
    given = reader.get(reverse("statement_table", args=[victims]))
    rows = given.content.decode().splitlines()
    assert rows == [
        "series,year,sex,age_band,disability,region,body,number,reason",
        "people.victims,2024,female,18-24,,,,5,",
        "people.victims,2024,,25-34,,,,2,the hospital counts no sexes",
    ]
    assert reader.get(reverse("statement", args=["SX-2026-000099"])).status_code == 404


def test_a_fault_names_row_and_field_and_nothing_is_stated(client_as: ClientAs, node: Node) -> None:
    status, page = hand_in(client_as, GOOD + "people.victims,2024,female,200,x,\npeople.trainees,2024,,,3,\n")
    assert status == 422
    for said in ("Row 5, number: “x” is no whole number.", "Row 5, age_band: “200” is not known.", "Row 6, sex:"):
        assert said in page
    assert known(node) == {}


def test_a_series_is_filled_in_and_a_blank_needs_a_reason(client_as: ClientAs, node: Node) -> None:
    contact, place = client_as("point_of_contact"), f"{reverse('new_statement')}?series=people.officers&year=2025"
    form = contact.get(place).context["form"]
    assert form.columns == ["Female", "Male", "Other", "Not said"]
    told = {"number_0": "12", "number_1": "38", "number_3": "2", "document": "Payroll"}
    refused = contact.post(place, told)
    assert refused.status_code == 422
    assert refused.context["form"].errors == {"reason": ["A number does not say sex or age. Say why."]}
    assert contact.post(place, {"document": "Payroll"}).status_code == 422
    assert contact.post(place, {**told, "reason": "two did not say"}).status_code == 302
    before = known(node)["people.officers"]
    assert before.statement.cells == (
        StatedNumber(12, {"sex": "female"}), StatedNumber(38, {"sex": "male"}), StatedNumber(2, {}, "two did not say"),
    )  # fmt: skip
    anew = {**told, "number_0": "13", "reason": "two did not say"}
    assert contact.post(place, anew).status_code == 422
    assert contact.post(place, {**anew, "note": "One came in May."}).status_code == 302
    waits = reverse("statement", args=[before.dossier])
    assert contact.post(waits, {"step": "approve"}).status_code == 403
    approver = client_as("approver")
    assert list(approver.get(waits).context["forms"]) == ["approve", "decline"]
    assert [each.dossier for each in approver.get(reverse("statements")).context["waiting"]] == [before.dossier]
    assert approver.post(waits, {"step": "decline", "decline-reason": " "}).status_code == 422
    assert approver.post(waits, {"step": "approve"}).status_code == 302
    after = known(node)["people.officers"]
    assert ([told.total for _, told in after.versions], after.sources[1]) == ([52, 53], ("Payroll", "One came in May."))
    late = contact.get(f"{reverse('new_statement')}?series=people.nobody&year=2025")
    assert late.status_code == 422


def test_a_statement_is_withdrawn_with_a_reason(client_as: ClientAs, node: Node) -> None:
    hand_in(client_as, GOOD)
    place = reverse("statement", args=[known(node)["people.trainees"].dossier])
    contact = client_as("point_of_contact")
    assert contact.post(place, {"step": "withdraw", "withdraw-note": " "}).status_code == 422
    assert client_as("auditor").post(place, {"step": "withdraw", "withdraw-note": "wrong"}).status_code == 403
    told = {"step": "withdraw", "withdraw-note": "It counted another course."}
    assert contact.post(place, told).status_code == 302
    assert known(node)["people.trainees"].withdrawn_because == ""
    assert client_as("approver").post(place, {"step": "approve"}).status_code == 302
    assert known(node)["people.trainees"].withdrawn_because == "It counted another course."
    assert "It counted another course." in client_as("auditor").get(place).content.decode()
    assert contact.post(place, told).status_code == 422
