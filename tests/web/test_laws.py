"""A State's own law on marks: checked, added, replaced by a newer version, used."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tests.marking.profiles.test_reading import GOOD
from tests.web.conftest import ClientAs
from tests.web.sample import Sample
from tracemark.node import Node

GIVEN = {"name": "xt", "valid_from": "2026-01-01", "text": GOOD.replace("from = 2027-01-01\n", "")}


def test_a_law_is_checked_added_and_used_at_once(client_as: ClientAs, node: Node, sample: Sample) -> None:
    officer = client_as("registry_officer")
    checked = officer.post(reverse("new_law"), GIVEN | {"check": "1"}).content.decode()
    assert ("marking.xt_depth" in checked, list(node.stores.profiles.versions())) == (True, [])
    assert officer.post(reverse("new_law"), GIVEN | {"add": "1"}).headers["Location"] == reverse("laws")
    assert "Exemplar State" in officer.get(reverse("laws")).content.decode()
    assert "min_depth_mm" in officer.get(reverse("law", args=["xt", "2026-01-01"])).content.decode()
    asked = {"profile": "xt", "circumstance": "import", "on": "2026-05-01"}
    found = officer.get(reverse("marks_check", args=[sample.rifle]), asked)
    assert (found.status_code, "Exemplar State</h2>" in found.content.decode()) == (200, True)
    before = officer.get(reverse("marks_check", args=[sample.rifle]), asked | {"on": "2019-05-01"})
    assert (before.status_code, "does not hold on that day" in before.content.decode()) == (422, True)
    plan = {"circumstance": "import", "state": "XT", "year": "2026", "profile": "xt", "instruments": ["ITI"]}
    planned = officer.post(reverse("marking_plan"), plan | {"weapons": f"W-{sample.shotgun}"})
    assert planned.status_code == 200


def test_a_newer_version_comes_as_a_file_and_both_are_listed(client_as: ClientAs, node: Node) -> None:
    officer = client_as("registry_officer")
    officer.post(reverse("new_law"), GIVEN | {"add": "1"})
    file = SimpleUploadedFile("xt.toml", GOOD.replace("Exemplar", "Newer").encode())
    newer = {"name": "xt", "valid_from": "2027-01-01", "valid_until": "2029-12-31", "file": file, "add": "1"}
    assert officer.post(reverse("new_law"), newer).status_code == 302
    assert [each.profile.title for each in node.stores.profiles.versions("xt")] == ["Exemplar State", "Newer State"]
    listed = officer.get(reverse("laws")).content.decode()
    assert (listed.count("Exemplar State"), listed.count("Newer State"), listed.count("in force")) == (1, 1, 1)


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": "eu"},
        {"name": "<b>"},
        {"valid_from": "soon"},
        {"valid_until": "2025-01-01"},
        {"text": ""},
        {"text": "title = "},
        {"text": GOOD.replace("min_depth_mm", "min_weight")},
        {"file": SimpleUploadedFile("xt.toml", b"\xff\xfe")},
        {"file": SimpleUploadedFile("xt.toml", b"#" * 70_000)},
    ],
)
def test_what_is_wrong_is_said_and_nothing_added(wrong: dict[str, object], client_as: ClientAs, node: Node) -> None:
    answer = client_as("registry_officer").post(reverse("new_law"), GIVEN | {"add": "1"} | wrong)
    assert (answer.status_code, list(node.stores.profiles.versions())) == (422, [])
