"""What somebody typed outlives the session, and is forgotten once it was sent."""

import json

import pytest
from django.urls import reverse

from tests.web.conftest import ClientAs
from tests.web.sample import Sample

PATH = "/recoveries/new/"


def keep(client_as: ClientAs, *fields: tuple[str, str], role: str = "registry_officer", path: str = PATH) -> int:
    body = json.dumps({"path": path, "fields": fields})
    return client_as(role).post(reverse("draft"), body, content_type="application/json").status_code


def kept(client_as: ClientAs, role: str = "registry_officer", path: str = PATH) -> list[list[str]]:
    found: list[list[str]] = client_as(role).get(reverse("draft"), {"path": path}).json().get("fields", [])
    return found


def test_what_was_typed_is_kept_for_who_typed_it(client_as: ClientAs) -> None:
    assert keep(client_as, ("place", "Amberly"), ("person_name", "Anna"), ("password", "x"), ("empty", "")) == 204
    assert kept(client_as) == [["place", "Amberly"]]
    assert (kept(client_as, "tracing_analyst"), kept(client_as, path="/elsewhere/")) == ([], [])
    assert (keep(client_as), kept(client_as)) == (204, [])


def test_what_was_sent_and_taken_is_forgotten(client_as: ClientAs, sample: Sample) -> None:
    path = reverse("record_event", args=[sample.pistol, "destroyed"])
    keep(client_as, ("method", "melted"), path=path)
    client_as("registry_officer").post(path, {"happened": "never"})
    assert kept(client_as, path=path) == [["method", "melted"]]
    client_as("registry_officer").post(path, {"happened": "2026-01", "method": "melted"})
    assert kept(client_as, path=path) == []


@pytest.mark.parametrize("body", ["", "[]", '{"path": "x", "fields": []}', '{"path": "/x", "fields": [["a"]]}'])
def test_another_shape_is_refused(body: str, client_as: ClientAs) -> None:
    answer = client_as("auditor").post(reverse("draft"), body, content_type="application/json")
    assert answer.status_code == 400


def test_too_much_is_refused(client_as: ClientAs) -> None:
    assert keep(client_as, ("note", "x" * 70_000)) == 413


def test_an_ended_session_is_told_at_the_door(client_as: ClientAs) -> None:
    client = client_as()
    client.cookies["session"] = "ended"
    html = client.get(PATH, follow=True).content.decode()
    assert ("Your session ended" in html, 'value="/recoveries/new/"' in html) == (True, True)
    assert "Your session ended" not in client_as().get(PATH, follow=True).content.decode()
