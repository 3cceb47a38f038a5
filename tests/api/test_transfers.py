"""Licences, consignments, certificates and lists over the API, refusals with their reasons."""

from datetime import timedelta
from typing import Any

from django.test import Client

from tests.api.asking import Response, post
from tests.api.conftest import As
from tests.recordkeeping.sealed_logs import SeededSigner
from tests.transfers.test_certificates import FROM_FRANCE
from tracemark import transfers
from tracemark.authorities import Role
from tracemark.node import Node
from tracemark.recordkeeping import VerifierKey
from tracemark.transfers import Authorises


def application(node: Node, **changes: Any) -> dict[str, Any]:
    today = node.clock.now().date()
    return {
        "authorises": "import",
        "applicant": node.stores.agencies.all()[0].code,
        "from_state": "FR",
        "to_state": "XT",
        "goods": [{"kind": "pistol", "quantity": 2}],
        "valid_from": today.isoformat(),
        "valid_until": (today + timedelta(days=60)).isoformat(),
    } | changes


def said(answer: Response, status: int = 201) -> dict[str, Any]:
    assert answer.status_code == status, answer.content.decode()
    found: dict[str, Any] = answer.json()
    return found


def issued(node: Node, caller: As) -> str:
    officer, approver = caller(Role.LICENSING_OFFICER), caller(Role.APPROVER)
    name = str(said(post(officer, "/licences", application(node)))["name"])
    answers = [{"question": code, "reply": "no"} for code in sorted(transfers.asked(Authorises.IMPORT))]
    assessment = {"answers": answers, "risk": "low", "reason": "Nothing was found."}
    said(post(officer, f"/licences/{name}/assessment", assessment))
    said(post(officer, f"/licences/{name}/advice", {"grant": True, "reason": "In order"}))
    said(post(approver, f"/licences/{name}/decision", {"grant": True, "reason": "Granted"}))
    assert said(post(officer, f"/licences/{name}/issue"))["standing"] == "issued"
    return name


def shipped(officer: Client, licence: str, node: Node, *serials: str) -> str:
    journey = {"sender": "organisation:Manufacture", "receiver": application(node)["applicant"], "licence": licence}
    name = str(said(post(officer, "/consignments", journey))["name"])
    items = [{"serial": each} for each in serials]
    said(post(officer, f"/consignments/{name}/packing", {"items": items}))
    said(post(officer, f"/consignments/{name}/shipment", {"on": node.clock.now().date().isoformat()}))
    return name


def test_a_receipt_beyond_the_licence_is_refused_with_its_numbers(node: Node, caller: As) -> None:
    officer, licence = caller(Role.LICENSING_OFFICER), issued(node, caller)
    name, on = shipped(officer, licence, node, "A1", "A2"), node.clock.now().date().isoformat()
    too_many = {"on": on, "items": [{"serial": each} for each in ("A1", "A2", "A3")]}
    refused = said(post(officer, f"/consignments/{name}/receipts", too_many), 409)
    assert refused["code"] == "transfers.receipt_beyond_licence"
    assert refused["detail"].startswith(f"{licence}, line 1, allows 2. 0 were received before, 3 come now: 1 too many.")
    short = said(post(officer, f"/consignments/{name}/receipts", {"on": on, "items": [{"serial": "a-1"}]}))
    assert [each["serial"] for each in short["receipt"]["missing"]] == ["A2"]
    assert said(officer.get(f"/api/v1/licences/{licence}"), 200)["left"] == [0]
    listed = said(officer.get("/api/v1/consignments?limit=1"), 200)
    assert [each["name"] for each in listed["items"]] == [name]


def test_a_refusal_can_be_told_to_others(node: Node, caller: As) -> None:
    officer, approver = caller(Role.LICENSING_OFFICER), caller(Role.APPROVER)
    name = str(said(post(officer, "/licences", application(node, due="2026-12-24")))["name"])
    answers = [{"question": code, "reply": "no"} for code in sorted(transfers.asked(Authorises.IMPORT))]
    said(post(officer, f"/licences/{name}/assessment", {"answers": answers, "risk": "overriding", "reason": "Storage"}))
    said(post(officer, f"/licences/{name}/advice", {"grant": False, "reason": "Storage"}))
    told = said(post(approver, f"/licences/{name}/decision", {"grant": False, "reason": "Storage is insecure"}))
    assert (told["standing"], told["granted"], told["due"]) == ("refused", False, "2026-12-24")
    assert (told["risk"], told["answers"]) == ("overriding", answers)
    assert told["steps"][-1]["said"] == "Storage is insecure"
    listed = said(approver.get("/api/v1/licences?standing=refused"), 200)["items"]
    assert [(each["name"], each["due"]) for each in listed] == [(name, "2026-12-24")]


def test_the_balance_is_guarded(node: Node, caller: As) -> None:
    officer, licence = caller(Role.LICENSING_OFFICER), issued(node, caller)
    shipped(officer, licence, node, "B1")
    journey = {"sender": "organisation:Manufacture", "receiver": application(node)["applicant"], "licence": licence}
    name = said(post(officer, "/consignments", journey))["name"]
    more = {"items": [{"serial": "B2"}, {"serial": "B3"}]}
    assert said(post(officer, f"/consignments/{name}/packing", more), 409)["code"] == "transfers.quantity_exceeded"


def test_a_certificate_is_signed_by_another_and_used_once(node: Node, caller: As) -> None:
    officer, approver = caller(Role.LICENSING_OFFICER), caller(Role.APPROVER)
    on = node.clock.now().date()
    elements = {
        "goods": [{"kind": "pistol", "quantity": 40}], "contract": "K-17", "destination": "XT", "end_use": "Patrols",
        "exporter": "Amber", "end_user": "Police", "office": "Licensing office", "office_from": "2020-01-01",
        "office_until": "2099-01-01", "valid_until": (on + timedelta(days=9)).isoformat(),
    }  # fmt: skip
    name = said(post(officer, "/certificates", elements))["name"]
    assert post(officer, f"/certificates/{name}/signature").status_code == 403
    signed = said(post(approver, f"/certificates/{name}/signature"))
    check = {"token": signed["token"], "key": str(node.key), "on": on.isoformat()}
    assert said(post(officer, "/certificates/check", check), 200)["certificate"] == signed["certificate"]
    other = SeededSigner("fr.example/record", 3)
    forged = {**check, "token": transfers.sign_certificate(FROM_FRANCE, other)}
    assert said(post(officer, "/certificates/check", forged), 422)["code"] == "transfers.certificate_forged"
    french = {**forged, "key": str(VerifierKey(other.name, other.public_key)), "on": "2026-05-07"}
    assert said(post(officer, "/certificates/check", french), 200)["certificate"]["number"] == "FR-77"
    said(post(officer, f"/certificates/{name}/use", {"by_state": "FR", "used_for": "FR/9"}))
    again = said(post(officer, f"/certificates/{name}/use", {"by_state": "FR", "used_for": "FR/10"}), 409)
    assert (again["code"], "was used before, for FR/9" in again["detail"]) == ("transfers.certificate_used", True)


def test_embargoes_and_parties_are_listed_and_asked(node: Node, caller: As) -> None:
    officer = caller(Role.LICENSING_OFFICER)
    asked = said(officer.get("/api/v1/embargoes?state=LR&on=2010-01-01"), 200)["items"]
    assert [(each["code"], each["symbol"]) for each in asked] == [("liberia_1992", "S/RES/788 (1992)")]
    own = said(post(officer, "/embargoes", {"state": "FR", "since": "2026-01-01", "symbol": "Cabinet 7"}))["name"]
    said(post(officer, f"/embargoes/{own}/lifting", {"until": "2026-02-01", "reason": "Cabinet 9"}))
    held = said(officer.get("/api/v1/embargoes?state=FR"), 200)["items"]
    assert [(each["code"], each["until"]) for each in held] == [(own, "2026-02-01")]
    denied = {"name": "Goluboe More", "aliases": ["Голубое Море"], "reason": "Diverted"}
    party = said(post(officer, "/parties", denied))["name"]
    hits = said(post(officer, "/parties/screen", {"names": ["Goluboye More", "Red Star"]}), 200)["hits"]
    assert [(each["name"], each["party"]["dossier"], each["why"]) for each in hits] == [
        ("Goluboye More", party, "near")
    ]
    said(post(officer, f"/parties/{party}/delisting", {"reason": "Merged"}))
    assert said(officer.get("/api/v1/parties"), 200)["items"] == []
    assert (
        said(post(officer, f"/parties/{party}/delisting", {"reason": "x"}), 409)["code"] == "recordkeeping.dossier_step"
    )
    assert node.stores.dossiers.differing() == []
