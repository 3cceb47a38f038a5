"""Aid through the API: activities with their reasons, who does what where, a series."""

from importlib.resources import as_file, files

from tests.api.conftest import As
from tests.api.test_stockpiles import get
from tracemark.assistance import AidSeries
from tracemark.authorities import Role
from tracemark.kernel import Actor
from tracemark.node import Node, follow_aid, keep_series_file, read_aid

CONTACT = Actor("point_of_contact", "XT-REG", frozenset({Role.POINT_OF_CONTACT.value}))


def test_what_is_followed_is_listed_read_and_laid_out(caller: As, node: Node) -> None:
    with as_file(files("tracemark.demo") / "given") as folder:
        follow_aid(node, read_aid(folder / "activities.xml"), "activities.xml", CONTACT)
        keep_series_file(node, folder / "aid-series.csv", AidSeries("CRS", "Invented", "2026-01-01", {}), CONTACT)
    auditor = caller(Role.AUDITOR)
    items = get(auditor, "/assistance/activities").json()["items"]
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
