"""The seven subjects of the review meetings in one walk: from a lot of rifles to what a State brings to a meeting."""

from datetime import date, timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.api.asking import Response, post
from tests.api.conftest import As
from tests.rooms import officer
from tracemark import node as nodes
from tracemark import transfers
from tracemark.authorities import Role
from tracemark.node import Node
from tracemark.transfers import Authorises

MEETING = "BMS10"
SERIALS = [f"QR5{number}417" for number in range(1, 6)]
LOT = "serial,kind,maker,model,calibre,country,year,holder,registered_on,material\n" + "".join(
    f"{serial},assault_rifle,glock,,5.56x45,AT,2019,XT-DEPOT,2020-01-15,polymer\n" for serial in SERIALS
)


def said(answer: Response, status: int = 201) -> dict[str, Any]:
    assert answer.status_code == status, answer.content.decode()
    found: dict[str, Any] = answer.json()
    return found


def got(client: Client, path: str, **asked: str) -> dict[str, Any]:
    return said(client.get(f"/api/v1{path}", asked), 200)


def test_from_a_lot_of_rifles_to_the_meeting(node: Node, caller: As) -> None:
    today = node.clock.now().date()
    weapons = marked_and_recorded(caller)
    lost = shipped_short(caller, weapons, today)
    traced(caller, lost, today)
    flagged_and_coded(node, caller, lost)
    measured(caller, today)
    target = reported_and_aimed_at(caller, today)
    grant = helped(caller, target, today)
    share_practice(caller)
    before_the_meeting(caller, grant)


def marked_and_recorded(caller: As) -> list[str]:
    """Import the lot, and find each weapon under its mark."""
    officer = caller(Role.REGISTRY_OFFICER)
    file = SimpleUploadedFile("lot.csv", LOT.encode())
    run = said(officer.post("/api/v1/imports", {"profile": "registry", "file": file}))
    assert (run["imported"], run["held"]) == (5, 0)
    found = [got(officer, "/weapons", serial=serial)["items"] for serial in SERIALS]
    return [each[0]["weapon"] for each in found]


def shipped_short(caller: As, weapons: list[str], today: date) -> str:
    """License the lot to France and ship it; France reports one fewer. Return that one."""
    clerk, approver = caller(Role.LICENSING_OFFICER), caller(Role.APPROVER)
    application = {
        "authorises": "export", "applicant": "XT-REG", "from_state": "XT", "to_state": "FR",
        "goods": [{"kind": "assault_rifle", "quantity": 5}], "valid_from": today.isoformat(),
        "valid_until": (today + timedelta(days=60)).isoformat(),
        "parties": [{"role": "end_user", "name": "Ministry of the Interior", "state": "FR"}],
    }  # fmt: skip
    licence = f"/licences/{said(post(clerk, '/licences', application))['name']}"
    answers = [{"question": code, "reply": "no"} for code in sorted(transfers.asked(Authorises.EXPORT))]
    said(post(clerk, f"{licence}/assessment", {"answers": answers, "risk": "low", "reason": "Nothing was found."}))
    said(post(clerk, f"{licence}/advice", {"grant": True, "reason": "In order."}))
    said(post(approver, f"{licence}/decision", {"grant": True, "reason": "As advised."}))
    said(post(clerk, f"{licence}/issue", {"waiver": "The certificate is shown at the border."}))
    journey = {"sender": "XT-DEPOT", "receiver": "organisation:Ministry", "licence": licence.rpartition("/")[2]}
    consignment = f"/consignments/{said(post(clerk, '/consignments', journey))['name']}"
    said(post(clerk, f"{consignment}/packing", {"items": [{"weapon": each} for each in weapons]}))
    said(post(clerk, f"{consignment}/shipment", {"on": today.isoformat()}))
    arrived = {"on": today.isoformat(), "reported_by": "FR", "items": [{"weapon": each} for each in weapons[1:]]}
    told = said(post(clerk, f"{consignment}/mirror", arrived))
    assert [each["weapon"] for each in told["mirror"]["missing"]] == weapons[:1]
    return weapons[0]


def traced(caller: As, lost: str, today: date) -> None:
    """Recover it with two places of its number gone, find it, judge it and answer."""
    analyst = caller(Role.TRACING_ANALYST)
    reading = f"Q?5?{SERIALS[0][4:]}"
    recovery = {
        "kind": "seized", "happened": today.isoformat(), "place": "a harbour", "custodian": "XT-POLICE",
        "grounds": ["law_of_state"], "persons": [{"role": "possessor", "sex": "male", "age_band": "25-34"}],
        "description": {"kind": "assault_rifle"}, "marks": [{"kind": "manufacture", "text": reading, "part": "frame"}],
    }  # fmt: skip
    recovered = said(post(analyst, "/recoveries", recovery))["weapon"]
    ranking = said(post(analyst, "/traces/search", {"readings": [{"text": reading}], "kind": "assault_rifle"}), 200)
    assert ranking["candidates"][0]["weapon"] == lost
    asked = {"recovered": recovered, "readings": [{"text": reading, "part": "frame"}], "kind": "assault_rifle"}
    case = str(said(post(analyst, "/cases", asked))["case"]["id"])
    same = {"other_weapon": lost, "verdict": "same", "posterior": "0.98", "weights": ranking["weights"]}
    said(post(analyst, f"/cases/{case}/judgements", same))
    answered = said(post(analyst, f"/cases/{case}/answer", {"outcome": "traced", "note": "It was exported."}))
    assert answered["outcome"] == "traced"


def flagged_and_coded(node: Node, caller: As, lost: str) -> None:
    """Look for signals; an analyst escalates what speaks of it, and another person confirms where it was diverted."""
    nodes.raise_found(node, officer(Role.TRACING_ANALYST, authority="XT-REG"))
    analyst, approver = caller(Role.TRACING_ANALYST), caller(Role.APPROVER)
    found = got(analyst, "/signals", weapon=lost)["items"]
    assert "received_short" in {each["rule"] for each in found}
    [signal] = [each["name"] for each in found if each["rule"] == "received_short"]
    said(post(analyst, f"/signals/{signal}/escalation", {"note": "It never came."}))
    point = {"stage": "transfer", "how": "theft", "since": "2020"}
    said(post(approver, f"/signals/{signal}/confirmation", {"note": "The carrier says so.", "point": point}))
    assert [each["weapon"] for each in got(approver, "/diversions")["items"]] == [lost]


def measured(caller: As, today: date) -> None:
    """SDG 16.4.2 counts it: one seized, one traced."""
    year = str(today.year)
    [told] = got(caller(Role.AUDITOR), "/indicators/16.4.2", **{"from": year, "to": year})["years"]
    assert (told["numerator"], told["denominator"]) == (1, 1)


def reported_and_aimed_at(caller: As, today: date) -> str:
    """Draft the national report, and set a target where it shows a gap."""
    contact = caller(Role.POINT_OF_CONTACT)
    asked = {"edition": "2026", "first": f"{today.year}-01-01", "last": f"{today.year}-12-31"}
    report = said(post(contact, "/reports", asked))["name"]
    gap = got(contact, f"/reports/{report}/gaps")["items"][0]
    return str(said(post(contact, "/targets", gap["target"]))["name"])


def helped(caller: As, target: str, today: date) -> str:
    """Ask for help towards the target, match it with a programme, grant it, and confirm what came of it."""
    contact, approver = caller(Role.POINT_OF_CONTACT), caller(Role.APPROVER)
    ask = {
        "title": "Seals for containers", "commitment": "PoA II.2", "themes": ["marking"], "helps": ["equipment"],
        "need": "Containers leave unsealed.", "lines": [{"what": "Seals", "amount": 40000}], "currency": "EUR",
        "women": 3, "men": 5, "target": target,
    }  # fmt: skip
    request = said(post(contact, "/assistance/requests", ask))["name"]
    said(post(approver, f"/assistance/requests/{request}/sign", {}))
    said(post(contact, f"/assistance/requests/{request}/publish", {}))
    years = {"opens": f"{today.year}-01-01", "closes": f"{today.year + 1}-12-31"}
    offer = {
        "title": "Safe transfers", "donor": "A donor", "themes": ["marking"], "helps": ["equipment"],
        "budget": 100000, "currency": "EUR", "most": 50000, "calls": [{"name": "First", **years}],
    }  # fmt: skip
    programme = said(post(contact, "/assistance/programmes", offer))["name"]
    [match] = got(contact, "/assistance/proposal")["grants"]
    assert (match["request"], match["programme"], match["amount"]) == (request, programme, 40000)
    ends = (today + timedelta(days=365)).isoformat()
    terms = {"request": request, "programme": programme, "amount": 40000, "currency": "EUR"}
    terms |= {"starts": today.isoformat(), "ends": ends, "expects": "Every container leaves sealed."}
    grant = str(said(post(contact, "/assistance/grants", terms))["name"])
    said(post(approver, f"/assistance/grants/{grant}/decide", {}))
    said(post(contact, f"/assistance/grants/{grant}/result", {"result": "They do."}))
    told = said(post(approver, f"/assistance/grants/{grant}/confirm", {}))
    assert (told["status"], told["target"]) == ("confirmed", target)
    return grant


def share_practice(caller: As) -> None:
    """Propose at the next meeting what was learnt, and note the State's own position beside it."""
    contact = caller(Role.POINT_OF_CONTACT)
    text = {"meeting": MEETING, "title": "Seals", "proposed_by": "XT", "undertaking": "BMS7 DIV.1", "text": "Seal all."}
    proposed = said(post(contact, "/review/proposals", text))["name"]
    said(post(contact, f"/review/proposals/{proposed}/positions", {"by": "XT", "stance": "supports"}))


def before_the_meeting(caller: As, grant: str) -> None:
    """The dossier for the meeting tells all of it."""
    dossier = got(caller(Role.POINT_OF_CONTACT), f"/review/meetings/{MEETING}/dossier")
    sections = {each["code"]: each["rows"] for each in dossier["sections"]}
    [given] = [each for each in sections["assistance"] if each.get("dossier") == grant]
    assert (given["way"], given["amount"], given["standing"]) == ("received", "40000", "confirmed")
    assert [(each["year"], each["value"]) for each in sections["indicator"][-1:]] == [
        (str(dossier["drawn_on"])[:4], "100.00")
    ]
    assert {each["absent"] for each in sections["signals"]} == {"withheld"}
    assert len(sections["targets"]) == 1
