"""Lists of lost and stolen weapons, and notices, over the API as the pages have them."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.api.asking import post
from tests.api.conftest import As
from tests.web.peer_work import know, signed
from tracemark.authorities import Role
from tracemark.kernel import PartialDate
from tracemark.node import Node, look_for_lost
from tracemark.recordkeeping import Event, EventKind, append
from tracemark.weapons import WeaponId

ROWS = "Make,Serial number,Status\nM1,AB 1234,stolen\n"


@pytest.fixture
def analyst(caller: As) -> Client:
    return caller(Role.TRACING_ANALYST)


def kept(client: Client, rows: str, state: str = "FR", name: str = "list.csv") -> tuple[int, Any]:
    given = {"state": state, "file": SimpleUploadedFile(name, rows.encode())}
    answer = client.post("/api/v1/lost-lists/import", given)
    return answer.status_code, answer.json()


def test_a_list_is_kept_read_in_confidence_and_what_fits_is_shown(analyst: Client, node: Node) -> None:
    with node.stores.atomic():
        about = {"weapon": {"kind": "pistol", "maker": "M1"}, "holder": "XT-REG"}
        mark = {"kind": "manufacture", "part": "frame", "text": "AB-1234", "serial": "AB-1234"}
        told: dict[str, Any] = {**about, "components": [{"part": "frame", "control": True}], "marks": [mark]}
        born = Event(WeaponId(900), EventKind.REGISTERED, PartialDate.parse("2020"), "XT-REG", "o", told)
        append(events=[born], stores=node.stores, clock=node.clock)
    status, told_of = kept(analyst, ROWS)
    name = told_of["kept"]["name"]
    assert (status, told_of["faults"], told_of["kept"]["size"]) == (201, [], 1)
    look_for_lost(node)
    shown = analyst.get(f"/api/v1/lost-lists/{name}").json()
    assert [(each["weapon"], each["fit"], each["where"]) for each in shown["hits"]] == [(900, "exact", "register")]
    assert "AB" not in str(shown)
    (entry,) = post(analyst, f"/lost-lists/{name}/read").json()["items"]
    assert (entry["serial"], entry["how"], entry["maker"]) == ("AB 1234", "stolen", "M1")
    assert [each["name"] for each in analyst.get("/api/v1/lost-lists").json()["items"]] == [name]
    assert analyst.get("/api/v1/lost-lists/LL-2020-000009").status_code == 404


def test_a_row_that_is_wrong_keeps_nothing(analyst: Client) -> None:
    status, told = kept(analyst, "Serial number,Status\n,stolen\nX1,melted\n")
    assert (status, told["kept"]) == (200, None)
    assert [(each["row"], each["field"]) for each in told["faults"]] == [(2, "serial"), (3, "how")]
    assert kept(analyst, "Colour\nred\n")[1]["code"] == "tracing.lost_no_serial_column"
    assert kept(analyst, ROWS, state="France")[0] == 422


def test_a_list_and_a_notice_go_to_nodes_that_are_known_and_to_no_others(
    analyst: Client, caller: As, node: Node
) -> None:
    asked = {"to": "nobody/here", "form": "hashed"}
    assert post(analyst, "/lost-lists", asked).json()["code"] == "correspondence.recipient_unknown"
    told = {"about": "EM-2026-000001", "to": "nobody/here"}
    approver = caller(Role.APPROVER)
    assert post(approver, "/notices", told).json()["code"] == "correspondence.recipient_unknown"
    card, _ = signed()
    know(node, card)
    assert post(approver, "/notices", {**told, "to": card.name}).status_code == 404
    declared = post(approver, "/embargoes", {"state": "SO", "since": "2026-01-01", "symbol": "Decree 7"}).json()
    sent = post(approver, "/notices", {"about": declared["name"], "to": card.name})
    assert (sent.status_code, node.stores.outbox.posted(sent.json()["message"]).message.to) == (201, card.name)
    assert post(approver, "/notices", {"about": "T-1", "to": card.name}).status_code == 422
    assert caller(Role.AUDITOR).get("/api/v1/notices").json() == {"items": []}
