import json
from typing import Any, cast

import pytest
from django.conf import settings
from django.contrib.auth import get_user_model
from django.test import Client

from tests.api.asking import Response
from tests.api.conftest import As, Key
from tracemark.api import limits
from tracemark.authorities import Role, digest_of
from tracemark.node import Node

JSON = "application/json"
MOST = 2**53


def search(client: Client, text: str, content_type: str = JSON) -> Response:
    return cast("Response", client.post("/api/v1/traces/search", text, content_type=content_type))


@pytest.mark.parametrize(
    ("text", "status", "fields"),
    [
        ('{"readings": [', 400, []),
        ('{"limit": NaN}', 400, []),
        ('{"maker": "a", "maker": "b"}', 400, []),
        ('{"maker": ' + "[" * 100_000, 400, []),
        ('{"year": ' + "9" * 5_000 + "}", 400, []),
        ('"text"', 422, ["body"]),
        ('{"nobody": 1}', 422, ["body.nobody"]),
        ('{"maker": "a\\u0000b"}', 422, ["body.maker"]),
        ('{"maker": "\\ud800"}', 422, ["body.maker"]),
        ('{"readings": [{"text": "A\\udfff"}]}', 422, ["body.readings.0.text"]),
        (json.dumps({"year": MOST}), 422, ["body.year"]),
        (json.dumps({"year": -MOST}), 422, ["body.year"]),
        ('{"year": "2019"}', 422, ["body.year"]),
        ('{"year": 2019.0}', 422, ["body.year"]),
        ('{"year": true}', 422, ["body.year"]),
        ('{"limit": 0}', 422, ["body.limit"]),
        ('{"readings": [{}]}', 422, ["body.readings.0.text"]),
        ('{"readings": [{"text": "A", "part": "wheel"}]}', 422, ["body.readings.0.part"]),
        (json.dumps({"maker": "a" * 201}), 422, ["body.maker"]),
    ],
)
def test_what_is_sent_is_read_strictly(text: str, status: int, fields: list[str], caller: As) -> None:
    answer = search(caller(Role.TRACING_ANALYST), text)
    plain = answer.json()
    assert (answer.status_code, [each["field"] for each in plain["fields"]]) == (status, fields)
    assert answer["Content-Type"] == "application/problem+json"
    assert plain["status"] == status
    assert plain["detail"]
    assert all(each["detail"] != each["code"] for each in plain["fields"])


def test_bytes_that_are_no_utf_8_are_malformed(caller: As) -> None:
    answer = caller(Role.TRACING_ANALYST).generic("POST", "/api/v1/traces/search", b'{"maker": "\xff"}', JSON)
    assert answer.status_code == 400


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        ({"nobody": "1"}, "query.nobody"),
        ({"limit": "201"}, "query.limit"),
        ({"limit": "9" * 5000}, "query.limit"),
        ({"status": "gone"}, "query.status"),
        ({"maker": "a\0"}, "query.maker"),
        ({"after": "W-0"}, "query.after"),
        ({"maker": ["a", "b"]}, "query.maker"),
    ],
)
def test_an_address_is_read_strictly(asked: dict[str, Any], field: str, caller: As) -> None:
    answer = caller(Role.AUDITOR).get("/api/v1/weapons", asked)
    assert (answer.status_code, [each["field"] for each in answer.json()["fields"]]) == (422, [field])


def test_another_type_of_body_is_refused(caller: As) -> None:
    answer = search(caller(Role.TRACING_ANALYST), "maker=glock", "application/x-www-form-urlencoded")
    assert (answer.status_code, answer.json()["code"]) == (415, "api.wrong_type")


def test_a_body_that_is_too_large_is_not_read(caller: As) -> None:
    answer = search(caller(Role.TRACING_ANALYST), json.dumps({"maker": "a" * limits.LARGEST_BODY}))
    assert (answer.status_code, answer.json()["code"]) == (413, "api.too_large")


def test_a_wrong_method_names_the_right_ones(caller: As) -> None:
    answer = caller(Role.AUDITOR).delete("/api/v1/weapons")
    assert (answer.status_code, sorted(answer["Allow"].split(", ")), answer["Content-Type"]) == (
        405,
        ["GET", "POST"],
        "application/problem+json",
    )


@pytest.mark.parametrize("path", ["/api/v1/nothing", "/api/v2/weapons", "/log/nothing", "/api/v1/weapons/"])
def test_an_address_that_leads_nowhere_is_a_problem_and_no_page(path: str, stranger: Client) -> None:
    answer = stranger.get(path)
    assert (answer.status_code, answer["Content-Type"]) == (404, "application/problem+json")


@pytest.mark.parametrize(("language", "spoken"), [("fr", "fr"), ("ar,en;q=0.5", "ar"), ("xx", "en"), ("", "en")])
def test_the_answer_says_in_which_language_it_speaks(language: str, spoken: str, caller: As) -> None:
    answer = caller(Role.AUDITOR, language=language).get("/api/v1/weapons/W-99")
    assert (answer.status_code, answer["Content-Language"]) == (404, spoken)


def test_who_asks_too_often_waits(monkeypatch: pytest.MonkeyPatch, caller: As) -> None:
    monkeypatch.setattr(settings, "API_REQUESTS_PER_MINUTE", 0, raising=False)
    answer = caller(Role.AUDITOR).get("/api/v1/weapons")
    assert (answer.status_code, answer.json()["code"]) == (429, "api.too_many")
    assert 0 < int(answer["Retry-After"]) <= 60


@pytest.mark.parametrize("given", ["", "Bearer", "Bearer ", "Basic eDp4", "Token a b"])
def test_what_is_no_token_opens_nothing(given: str, stranger: Client) -> None:
    answer = stranger.get("/api/v1/weapons", headers={"authorization": given})
    assert (answer.status_code, answer.json()["code"]) == (401, "api.token_missing")


@pytest.mark.parametrize("given", ["Bearer x", "bearer tmk_é"])
def test_a_wrong_token_is_named_as_such(given: str, stranger: Client) -> None:
    answer = stranger.get("/api/v1/weapons", headers={"authorization": given})
    assert (answer.status_code, answer.json()["code"]) == (401, "api.token_unknown")


def test_a_value_of_another_form_is_told_which_is_wanted(caller: As) -> None:
    answer = caller(Role.AUDITOR).get("/api/v1/weapons", {"limit": "x"})
    [field] = answer.json()["fields"]
    assert (field["code"], "valid integer" in field["detail"]) == ("api.field_unfit", True)


def weapons_with(client: Client, key: str) -> int:
    return client.get("/api/v1/weapons", headers={"authorization": f"bearer {key}"}).status_code


def test_a_token_is_good_until_it_expires_or_is_revoked_or_its_owner_leaves(
    node: Node, key: Key, stranger: Client
) -> None:
    assert weapons_with(stranger, key(Role.AUDITOR)) == 200
    assert weapons_with(stranger, key(Role.AUDITOR, days=0)) == 401
    revoked = key(Role.AUDITOR)
    token = node.stores.tokens.find(digest_of(revoked))
    assert token is not None
    node.stores.tokens.revoke(token.id, "2026-01-01T00:00:00.000Z")
    assert weapons_with(stranger, revoked) == 401
    left = key(Role.LICENSING_OFFICER)
    accounts = get_user_model().objects.filter(username=Role.LICENSING_OFFICER.value)
    accounts.update(is_active=False)
    assert weapons_with(stranger, left) == 401
    accounts.update(is_active=True)


def test_a_key_is_kept_nowhere(node: Node, key: Key) -> None:
    issued = key(Role.AUDITOR)
    with (node.folder.with_suffix(".sqlite3")).open("rb") as file:
        assert issued.encode() not in file.read()


def test_behind_the_proxy_the_address_it_wrote_is_counted(monkeypatch: pytest.MonkeyPatch, stranger: Client) -> None:
    monkeypatch.setattr(settings, "API_REQUESTS_PER_MINUTE", 1, raising=False)
    monkeypatch.setattr(settings, "SECURE_PROXY_SSL_HEADER", ("HTTP_X_FORWARDED_PROTO", "https"))
    asked = ("1.1.1.1, 192.0.2.7", "2.2.2.2, 192.0.2.7", "192.0.2.8")
    answers = [stranger.get("/api/v1/openapi.json", headers={"X-Forwarded-For": each}).status_code for each in asked]
    assert [answer == 429 for answer in answers] == [False, True, False]
