"""Aid through the API: activities with their reasons, who does what where, a series."""

from importlib.resources import as_file, files
from typing import cast

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.api.asking import Response
from tests.api.conftest import As
from tests.api.test_stockpiles import codes, get
from tracemark.assistance import AidSeries
from tracemark.authorities import Role
from tracemark.kernel import Actor
from tracemark.node import Node, keep_series_file

CONTACT = Actor("point_of_contact", "XT-REG", frozenset({Role.POINT_OF_CONTACT.value}))


def test_a_file_is_followed_once_and_what_is_followed_is_listed_read_and_laid_out(caller: As, node: Node) -> None:
    with as_file(files("tracemark.demo") / "given") as folder:
        content = (folder / "activities.xml").read_bytes()
        keep_series_file(node, folder / "aid-series.csv", AidSeries("CRS", "Invented", "2026-01-01", {}), CONTACT)
    auditor, contact = caller(Role.AUDITOR), caller(Role.POINT_OF_CONTACT)
    broken = content.replace(b"<iati-identifier>XX-DEMO-4-88</iati-identifier>", b"", 1)
    assert codes(send(contact, broken)) == (422, ["exchange.iati_misplaced"])
    first, again = send(contact, content), send(contact, content, version="1.05").json()
    told = first.json()
    assert (first.status_code, told["version"], told["total"], told["taken"], len(told["new"])) == (
        201,
        "2.03",
        5,
        4,
        4,
    )
    assert (len(again["new"]), again["unchanged"], send(auditor, content).status_code) == (0, 4, 403)
    items = get(auditor, "/assistance/activities").json()["items"]
    assert len(items) == 4
    one = get(auditor, f"/assistance/activities/{items[-1]['name']}").json()
    assert one == items[-1]
    assert (one["identifier"], one["themes"], one["until"]) == ("XX-DEMO-1-101", ["stockpiles"], "2027-12-31")
    assert one["reasons"][0] == {"theme": "small_arms", "where": "sector", "words": "15240"}
    board = get(auditor, "/assistance/board?country=XT").json()
    assert [each["theme"] for each in board["places"]] == ["borders", "marking", "records", "stockpiles"]
    assert [each["shared"] for each in board["overlaps"]] == [["Lakes Institute for Public Safety"]]
    (series,) = get(auditor, "/assistance/series").json()["items"]
    assert (series["series"], len(series["rows"])) == ("CRS", 12)
    assert get(auditor, "/assistance/activities/AA-2026-000099").status_code == 404


def send(client: Client, content: bytes, **form: str) -> Response:
    file = SimpleUploadedFile("activities.xml", content)
    return cast("Response", client.post("/api/v1/assistance/activities", {"file": file, **form}))
