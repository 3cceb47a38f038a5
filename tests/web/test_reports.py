"""The report desk: a report is drafted, answered, checked, signed off, submitted and given as files."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tests.web.conftest import ClientAs
from tracemark import reporting
from tracemark.authorities import Role
from tracemark.kernel import Actor
from tracemark.node import Node
from tracemark.reporting import Answer, Report, answer_question

CONTACT, APPROVER, AUDITOR = Role.POINT_OF_CONTACT.value, Role.APPROVER.value, Role.AUDITOR.value


@pytest.fixture
def drafted(client_as: ClientAs, node: Node) -> str:
    """A report drafted on its page."""
    sent = {"form": "poa", "edition": "2026", "first": "2024", "last": "2025"}
    answer = client_as(CONTACT).post(reverse("new_report"), sent)
    assert answer.status_code == 302
    (found,) = reporting.report_list(actor=Actor("a", "XT-REG", frozenset({AUDITOR})), stores=node.stores)
    return found.name


def standing(node: Node, name: str) -> Report:
    return reporting.report(name=name, actor=Actor("a", "XT-REG", frozenset({AUDITOR})), stores=node.stores)


def test_the_desk_lists_reports_and_what_is_due(client_as: ClientAs, drafted: str) -> None:
    page = client_as(AUDITOR).get(reverse("reports")).content.decode()
    assert (drafted in page, "Annual report under the Arms Trade Treaty" in page) == (True, True)


def test_a_period_that_ends_before_it_begins_is_refused(client_as: ClientAs) -> None:
    sent = {"form": "poa", "first": "2025", "last": "2024"}
    assert client_as(CONTACT).post(reverse("new_report"), sent).status_code == 422


def test_answers_are_kept_or_refused_beside_their_question(client_as: ClientAs, node: Node, drafted: str) -> None:
    client, place = client_as(CONTACT), reverse("report_section", args=[drafted, "coordination"])
    assert client.post(place, {"question": "nca.exists", "nca-exists-value": "yes"}).status_code == 302
    wrong = client.post(place, {"question": "nca.composition", "nca-composition-part_all": "7"})
    assert (wrong.status_code, "by sex" in wrong.content.decode()) == (422, True)
    parts = {"nca-composition-part_women": "3", "nca-composition-part_men": "4"}
    assert client.post(place, {"question": "nca.composition", **parts}).status_code == 302
    assert client.post(place, {"question": "nca.nothing"}).status_code == 404
    kept = {"question": "nap.exists", "nap-exists-value": "no", "nap-exists-withheld": "on"}
    assert client.post(place, kept).status_code == 302
    assert "This answer is not for publication." in client.get(place).content.decode()
    assert client.post(place, {"question": "npc.exists", "npc-exists-reason": "not decided"}).status_code == 302
    rows = {"question": "tgt.set", "tgt-set-value": "marking | share | 40 | 90 | 2030-12-31"}
    assert client.post(place, rows).status_code == 302
    answers = standing(node, drafted).answers
    assert (answers["nca.composition"].value, answers["npc.exists"].reason) == (
        {"all": 7, "women": 3, "men": 4}, "not decided",
    )  # fmt: skip
    assert answers["tgt.set"].value == [
        {"commitment": "marking", "indicator": "share", "baseline": "40", "value": "90", "date": "2030-12-31"}
    ]
    assert "Marking" not in client.get(place).content.decode().split("<main")[0]


def test_a_document_is_attached_and_given_back(client_as: ClientAs, node: Node, drafted: str) -> None:
    client, place = client_as(CONTACT), reverse("report_section", args=[drafted, "information"])
    file = SimpleUploadedFile("law.txt", b"the law")
    assert client.post(place, {"question": "inf.files", "inf-files-file": file}).status_code == 302
    (fingerprint,) = reporting.texts_of(standing(node, drafted).answers["inf.files"].value)
    given = client_as(AUDITOR).get(reverse("report_attachment", args=[drafted, fingerprint]))
    assert given.content == b"the law"
    assert client.get(reverse("report_attachment", args=[drafted, "0" * 64])).status_code == 404


def test_steps_are_taken_by_those_who_may(client_as: ClientAs, node: Node, drafted: str) -> None:
    place = reverse("report", args=[drafted])
    contact, approver = client_as(CONTACT), client_as(APPROVER)
    assert (
        contact.post(place, {"step": "assign", "assign-section": "tracing", "assign-owner": "ana"}).status_code == 302
    )
    assert contact.post(place, {"step": "comment", "comment-note": "look"}).status_code == 302
    assert contact.post(place, {"step": "draw"}).status_code == 302
    assert contact.post(place, {"step": "sign_off"}).status_code == 403
    assert approver.post(place, {"step": "sign_off"}).status_code == 302
    assert client_as(AUDITOR).post(place, {"step": "submit"}).status_code == 403
    assert contact.post(place, {"step": "submit"}).status_code == 302
    assert approver.post(place, {"step": "publish"}).status_code == 422
    assert contact.post(place, {"step": "propose", "propose-public_from": "2027-13-01"}).status_code == 422
    assert contact.post(place, {"step": "propose", "propose-public_from": "2026-01-31"}).status_code == 302
    assert approver.post(place, {"step": "publish"}).status_code == 302
    found = standing(node, drafted)
    assert (found.standing, found.owners) == ("published", {"tracing": "ana"})
    page = client_as(AUDITOR).get(place).content.decode()
    assert (found.head in page, "Score by theme" in page) == (True, True)


def test_what_was_carried_over_is_confirmed_and_differences_are_shown(
    client_as: ClientAs, node: Node, drafted: str
) -> None:
    contact, approver = client_as(CONTACT), client_as(APPROVER)
    writer = Actor("cleo", "XT-REG", frozenset({CONTACT}))
    given = Answer("nca.exists", "yes")
    answer_question(report=drafted, answer=given, actor=writer, stores=node.stores, clock=node.clock)
    place = reverse("report", args=[drafted])
    assert approver.post(place, {"step": "sign_off"}).status_code == 302
    assert contact.post(place, {"step": "submit"}).status_code == 302
    sent = {"form": "poa", "edition": "2020", "first": "2025", "last": "2025"}
    second = contact.post(reverse("new_report"), sent).headers["Location"]
    page = approver.get(second).content.decode()
    assert f'href="{second}coordination/#nca-exists"' in page
    assert approver.post(second, {"step": "sign_off"}).status_code == 422
    assert contact.post(second, {"step": "confirm"}).status_code == 302
    assert approver.post(second, {"step": "sign_off"}).status_code == 302


@pytest.mark.parametrize(("form", "start"), [("pdf", b"%PDF"), ("docx", b"PK"), ("xlsx", b"PK"), ("json", b"{")])
def test_files_are_given_in_a_language_and_an_edition(
    client_as: ClientAs, drafted: str, form: str, start: bytes
) -> None:
    place, client = reverse("report_file", args=[drafted, form]), client_as(AUDITOR)
    answer = client.get(f"{place}?language=ar&edition=2012")
    assert (answer.content[: len(start)], answer["Content-Disposition"]) == (
        start, f'attachment; filename="{drafted}-ar.{form}"',
    )  # fmt: skip
    assert client.get(f"{place}?language=xx").status_code == 404
    assert client.get(f"{place}?edition=1999").status_code == 404
    assert client.get(reverse("report_file", args=[drafted, "exe"])).status_code == 404
