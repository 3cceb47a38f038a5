import pytest
from django.test import Client

from tests.api.conftest import As
from tests.api.register import WEAPONS
from tracemark.authorities import Role
from tracemark.recordkeeping import EventKind


def test_a_paragraph_is_told_with_how_sure_we_are(stranger: Client) -> None:
    told = stranger.get("/api/v1/instruments/paragraphs", {"citation": "ITI 8(b)"}).json()
    assert told["citation"] == "ITI 8(b)"
    assert told["summary"]
    assert told["confidence"] in {"read", "paraphrased in a source", "from memory"}


def test_a_paragraph_that_nobody_wrote_is_not_found(stranger: Client) -> None:
    assert stranger.get("/api/v1/instruments/paragraphs", {"citation": "ITI 999"}).status_code == 404


def test_every_kind_of_event_is_told(stranger: Client) -> None:
    told = stranger.get("/api/v1/event-kinds").json()["items"]
    assert [each["kind"] for each in told] == [each.value for each in EventKind]


@pytest.mark.parametrize(
    ("path", "asked", "code"),
    [("makers", {"q": "Glock Ges.m.b.H."}, "glock"), ("calibres", {"q": "9x19"}, "9x19"), ("makers", {"q": "qqq"}, "")],
)
def test_words_are_found_in_the_catalogue(path: str, asked: dict[str, str], code: str, caller: As) -> None:
    told = caller(Role.AUDITOR).get(f"/api/v1/catalogue/{path}", asked).json()
    assert told["code"] == code
    assert (told["entry"] or {}).get("code", "") == code


def test_the_audit_reads_the_record_page_by_page(caller: As) -> None:
    client, first, found = caller(Role.AUDITOR), 0, []
    while True:
        page = client.get("/api/v1/audit/events", {"first": str(first), "limit": "5"}).json()
        found += [each["position"] for each in page["items"]]
        if page["next"] is None:
            break
        first = page["next"]
    assert found == list(range(WEAPONS + 1))
