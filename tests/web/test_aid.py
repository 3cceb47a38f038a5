"""A file of aid activities is handed in, laid out, shown with its reasons and given back; a bad one is refused."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tests.house.tree import PACKAGE
from tests.web.conftest import ClientAs
from tracemark.assistance import AidSeries
from tracemark.authorities import Role
from tracemark.exchange import DocumentRefused
from tracemark.kernel import Actor
from tracemark.node import Node, handed_in, keep_series_file, read_aid

GIVEN = (PACKAGE / "demo" / "given" / "activities.xml").read_bytes()


def hand_in(client_as: ClientAs, content: bytes) -> tuple[int, str]:
    file = SimpleUploadedFile("given.xml", content)
    answer = client_as("point_of_contact").post(reverse("import_aid"), {"file": file})
    return answer.status_code, answer.content.decode()


def test_what_is_handed_in_stands_on_the_board_and_is_given_back(client_as: ClientAs, node: Node) -> None:
    assert "No activity is followed yet." in client_as("auditor").get(reverse("aid_board")).content.decode()
    assert hand_in(client_as, GIVEN)[0] == 302
    size = node.stores.records.size()
    assert hand_in(client_as, GIVEN)[0] == 302
    assert node.stores.records.size() == size
    reader = client_as("auditor")
    board = reader.get(reverse("aid_board"), {"country": "XE"})
    assert [each.country for each in board.context["board"].places] == ["XE", "XE", "XE"]
    assert [each.name for each in board.context["aids"]] == ["AA-2026-000004", "AA-2026-000002"]
    assert reader.get(reverse("aid_board"), {"country": "nowhere"}).status_code == 200
    one = reader.get(reverse("aid_activity", args=["AA-2026-000002"])).content.decode()
    assert ("words of its title, “Border management”" in one, "Only its words say so" in one) == (True, True)
    given = handed_in("back.xml", reader.get(reverse("aid_file")).content, read_aid)
    assert [each.identifier for each in given.taken] == [
        "XX-DEMO-1-101", "XX-DEMO-2-7", "XX-DEMO-3-2026-04", "XX-DEMO-4-88",
    ]  # fmt: skip


def test_pictures_of_aid_speak_in_words(client_as: ClientAs, node: Node) -> None:
    hand_in(client_as, GIVEN)
    contact = Actor("c", "XT-REG", frozenset({Role.POINT_OF_CONTACT.value}))
    series = AidSeries("Aid by purpose", "Invented", "2026-01-12", {})
    keep_series_file(node, PACKAGE / "demo" / "given" / "aid-series.csv", series, contact)
    board = client_as("auditor").get(reverse("aid_board"), headers={"accept-language": "fr"})
    titles = [each.text for each in board.context["chart"].labels if not each.text.isdigit()]
    assert titles == [each.activity.title("fr") for each in board.context["aids"]]
    assert max(map(len, titles)) > 40
    (_, _, trend) = board.context["series"]
    assert [each.name for each in trend.series if re.match(r"\d", each.name)] == []
    assert any(each.name.endswith(" (15240)") for each in trend.series)
    page = board.content.decode()
    assert '<bdi lang="fr">Machines de marquage' in page
    assert '<bdi lang="en">' in page


def test_an_invalid_file_is_refused_with_line_and_element_and_nothing_is_kept(client_as: ClientAs, node: Node) -> None:
    size = node.stores.records.size()
    status, page = hand_in(client_as, GIVEN.replace(b"<title>", b"<titel>").replace(b"</title>", b"</titel>"))
    assert status == 422
    assert "given.xml, line 7: &lt;titel&gt; may not stand here. Expected: title." in page
    assert hand_in(client_as, b"<!DOCTYPE x><x/>")[0] == 422
    assert node.stores.records.size() == size
    assert client_as("auditor").get(reverse("aid_file")).status_code == 404


def test_a_name_with_folders_stays_in_its_own() -> None:
    with pytest.raises(DocumentRefused) as refused:
        handed_in("../../x.xml", b"<a/>", read_aid)
    assert [each.facts["file"] for each in refused.value.findings] == ["x.xml"]
