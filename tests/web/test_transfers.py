"""From the desk: a licence granted, a lot shipped short and the shortfall seen; what is refused is said in words."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.recordkeeping.sealed_logs import SeededSigner
from tests.rooms import officer
from tests.transfers.test_certificates import FROM_FRANCE
from tests.web.conftest import ClientAs
from tests.web.peer_work import know, signed
from tests.web.sample import Sample
from tracemark import transfers
from tracemark.authorities import Role
from tracemark.node import Node, sent_notices, verify_notice
from tracemark.recordkeeping import VerifierKey
from tracemark.transfers import Weight, questions

LICENSING, APPROVER = "licensing_officer", "approver"
READER = officer(Role.AUDITOR)
FRENCH = SeededSigner("fr.example/record", 3)


def application(node: Node, **changes: str) -> dict[str, str]:
    today = node.clock.now().date()
    return {
        "authorises": "export",
        "applicant": "XT-D01",
        "from_state": "XT",
        "to_state": "FR",
        "goods": "revolver; 2; smith_wesson/586; .357 Magnum; 9302; 1200 EUR\npump-action shotgun; 1",
        "end_user": "Ministry of the Interior (FR)",
        "carrier": "Blue Sea Lines",
        "route": "XTAMB frleh",
        "end_use": "Patrols",
        "valid_from": today.isoformat(),
        "valid_until": (today + timedelta(days=60)).isoformat(),
    } | changes


def answers(**changes: str) -> dict[str, str]:
    found = {f"reply_{each.code}": "no" for each in questions() if each.weight is not Weight.INDICATOR}
    return {**found, "risk": "low", "reason": "Nothing was found."} | changes


def send(client: Client, path: str, data: dict[str, Any], status: int = 302) -> str:
    answer = client.post(path, data)
    assert answer.status_code == status, answer.content.decode()
    return str(answer.headers.get("Location", "")) or answer.content.decode()


def issued(node: Node, client_as: ClientAs, **changes: str) -> str:
    drafter, approver = client_as(LICENSING), client_as(APPROVER)
    address = send(drafter, "/licences/new/", application(node, **changes))
    send(drafter, f"{address}assess/", answers())
    send(drafter, f"{address}advise/", {"advice": "grant", "reason": "In order"})
    send(approver, f"{address}approve/", {"reason": "Granted"})
    send(drafter, f"{address}issue/", {"waiver": "Embassy note 7"})
    return address


def opened(client: Client, licence: str) -> str:
    journey = {"licence": licence.split("/")[2], "sender": "XT-D01", "receiver": "organisation:Ministry"}
    return send(client, "/consignments/new/", journey)


def test_a_licence_is_granted_a_lot_is_shipped_short_and_the_shortfall_is_seen(
    node: Node, client_as: ClientAs, sample: Sample
) -> None:
    licence = issued(node, client_as)
    drafter = client_as(LICENSING)
    consignment = opened(drafter, licence)
    send(drafter, f"{consignment}pack/", {"items": f"W-{sample.revolver}\nU771204"})
    today = node.clock.now().date().isoformat()
    send(drafter, f"{consignment}ship/", {"on": today, "place": "Amberly"})
    nothing = send(drafter, f"{consignment}mirror/", {"on": today, "reported_by": "FR"}, 422)
    assert "This field is required" in nothing
    listed = SimpleUploadedFile("came.csv", b"no,serial\n1,CAK 4711\n", "text/csv")
    send(drafter, f"{consignment}mirror/", {"on": today, "reported_by": "FR", "file": listed})
    page = drafter.get(consignment).content.decode()
    assert "1 of 2 packed weapons are accounted for." in page
    assert "Packed and not come (1)" in page
    assert "U771204" in page
    assert "Lists differ" in client_as("auditor").get("/consignments/").content.decode()
    told = drafter.get(licence).content.decode()
    assert "Granted" in told
    assert consignment in told


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"goods": "revolver two"}, "is not read"),
        ({"goods": "death ray; 2"}, "is not read"),
        ({"end_user": ""}, "No end user is named"),
        ({"applicant": "John Smith"}, "is neither a listed agency nor an organisation"),
        ({"route": "Le Havre"}, "UN/LOCODE"),
        ({"valid_until": "2001-01-01"}, "lies before the first"),
    ],
)
def test_what_an_application_lacks_is_said_beside_the_field(
    node: Node, client_as: ClientAs, changes: dict[str, str], said: str
) -> None:
    page = send(client_as(LICENSING), "/licences/new/", application(node, **changes), 422)
    assert said in page


def test_the_drafter_does_not_decide_and_a_bar_asks_for_words(node: Node, client_as: ClientAs) -> None:
    drafter, approver = client_as(LICENSING), client_as(APPROVER)
    address = send(drafter, "/licences/new/", application(node))
    assert "must be answered" not in drafter.get(address).content.decode()
    assert "reason" in send(drafter, f"{address}assess/", answers(reply_terrorism="yes"), 422)
    send(drafter, f"{address}assess/", answers(reply_security_council="yes", reason_security_council="Panel report"))
    send(drafter, f"{address}advise/", {"advice": "refuse", "reason": "A bar"})
    assert drafter.post(f"{address}approve/", {"reason": "Mine"}).status_code == 403
    page = send(approver, f"{address}approve/", {"reason": "Granted"}, 422)
    assert "found a bar or an overriding risk" in page
    send(approver, f"{address}refuse/", {"reason": "Security Council"})
    assert "refused" in drafter.get(address).content.decode()


def test_more_than_the_licence_has_left_is_refused_and_said(node: Node, client_as: ClientAs, sample: Sample) -> None:
    drafter = client_as(LICENSING)
    licence = issued(node, client_as, goods="revolver; 1")
    send(drafter, f"{opened(drafter, licence)}pack/", {"items": f"W-{sample.revolver}"})
    page = send(drafter, f"{opened(drafter, licence)}pack/", {"items": f"W-{sample.revolver}"}, 422)
    assert "0 of 1 are left" in page
    page = send(drafter, f"{opened(drafter, licence)}pack/", {"items": f"W-{sample.shotgun}"}, 422)
    assert "No line of EL-" in page


def test_a_certificate_is_signed_printed_checked_and_used_once(node: Node, client_as: ClientAs) -> None:
    drafter, approver = client_as(LICENSING), client_as(APPROVER)
    until = (node.clock.now().date() + timedelta(days=90)).isoformat()
    elements = {
        "goods": "pistol; 40", "contract": "K-17", "destination": "XT", "end_use": "Patrols", "exporter": "Amber",
        "end_user": "Police of Examplia", "office": "Licensing office", "office_from": "2020-01-01",
        "office_until": "2099-01-01", "valid_until": until, "no_retransfer": "on",
    }  # fmt: skip
    address = send(drafter, "/certificates/new/", elements)
    assert drafter.get(f"{address}paper.pdf").status_code == 404
    send(approver, f"{address}sign/", {})
    assert drafter.get(f"{address}paper.pdf").content.startswith(b"%PDF")
    file = transfers.certificate(name=address.split("/")[2], actor=READER, stores=node.stores)
    today = node.clock.now().date().isoformat()
    good = {"token": file.token, "key": str(node.key), "on": today}
    assert "That key signed it" in send(drafter, "/certificates/check/", good, 200)
    forged = {**good, "key": str(VerifierKey(FRENCH.name, FRENCH.public_key))}
    assert "Do not accept it" in send(drafter, "/certificates/check/", forged, 422)
    assert "no public key" in send(drafter, "/certificates/check/", {**good, "key": "abc"}, 422)
    send(drafter, f"{address}use/", {"by_state": "FR", "number": "FR/9"})
    again = send(drafter, f"{address}use/", {"by_state": "FR", "number": "FR/10"}, 422)
    assert "was used before, for FR/9" in again


def test_another_state_s_certificate_serves_one_licence_only(node: Node, client_as: ClientAs) -> None:
    drafter, approver = client_as(LICENSING), client_as(APPROVER)
    on = node.clock.now().date()
    whole = replace(
        FROM_FRANCE, office_until=on + timedelta(days=9), issued_on=on, valid_until=on + timedelta(days=9),
        goods=(transfers.GoodsLine("revolver", 2), transfers.GoodsLine("pump_action_shotgun", 1)),
    )  # fmt: skip
    presented = {
        "token": transfers.sign_certificate(whole, FRENCH),
        "key": str(VerifierKey(FRENCH.name, FRENCH.public_key)),
    }
    addresses = []
    for _ in range(2):
        address = send(drafter, "/licences/new/", application(node))
        send(drafter, f"{address}assess/", answers())
        send(drafter, f"{address}advise/", {"advice": "grant", "reason": "In order"})
        send(approver, f"{address}approve/", {"reason": "Granted"})
        addresses.append(address)
    send(drafter, f"{addresses[0]}issue/", presented)
    page = send(drafter, f"{addresses[1]}issue/", presented, 422)
    assert f"was used before, for {addresses[0].split('/')[2]}" in page


def test_a_forged_certificate_carries_no_licence(node: Node, client_as: ClientAs) -> None:
    drafter, approver = client_as(LICENSING), client_as(APPROVER)
    address = send(drafter, "/licences/new/", application(node))
    send(drafter, f"{address}assess/", answers())
    send(drafter, f"{address}advise/", {"advice": "grant", "reason": "In order"})
    send(approver, f"{address}approve/", {"reason": "Granted"})
    presented = {"token": transfers.sign_certificate(FROM_FRANCE, FRENCH), "key": str(node.key)}
    page = send(drafter, f"{address}issue/", presented, 422)
    assert f"The certificate {FROM_FRANCE.number} was not signed by the key" in page
    assert "Do not accept it; ask the State that is said to have given it." in page


def test_more_than_the_licence_allows_is_neither_received_nor_recorded(node: Node, client_as: ClientAs) -> None:
    drafter = client_as(LICENSING)
    coming = {"authorises": "import", "from_state": "FR", "to_state": "XT", "goods": "revolver; 1", "route": ""}
    licence = issued(node, client_as, **coming)
    name = licence.split("/")[2]
    journey = {"licence": name, "sender": "organisation:Manufacture", "receiver": "XT-D01"}
    consignment = send(drafter, "/consignments/new/", journey)
    today = node.clock.now().date().isoformat()
    send(drafter, f"{consignment}pack/", {"items": "CAK 1"})
    send(drafter, f"{consignment}ship/", {"on": today})
    size = node.stores.records.size()
    page = send(drafter, f"{consignment}receive/", {"on": today, "items": "CAK 1\nCAK 2\nCAK 3"}, 422)
    assert f"{name}, line 1, allows 1. 0 were received before, 3 come now: 2 too many. Nothing was recorded." in page
    assert "Hold what is too much apart, record it as found or seized, and ask for a licence." in page
    assert node.stores.records.size() == size
    send(drafter, f"{consignment}receive/", {"on": today, "items": "CAK 1"})


def test_what_is_overdue_is_listed_by_either_of_a_licence_s_days(node: Node, client_as: ClientAs) -> None:
    drafter, today = client_as(LICENSING), node.clock.now().date()
    past, future = ((today + timedelta(days=each)).isoformat() for each in (-1, 30))
    passed_on = application(node, authorises="retransfer", origin_state="DE")
    for decide, answer in ((past, future), (future, past), (future, future)):
        address = send(drafter, "/licences/new/", {**passed_on, "due": decide})
        send(drafter, f"{address}notify/", {"number": "N-1", "due": answer})
    listed = drafter.get("/licences/", {"standing": "late"}).context["listed"]
    assert [each.name[-6:] for each in listed] == ["000002", "000001"]


def test_a_licence_waits_on_the_desk_of_who_has_the_next_step(node: Node, client_as: ClientAs) -> None:
    drafter, approver = client_as(LICENSING), client_as(APPROVER)
    address = send(drafter, "/licences/new/", application(node))

    def desks() -> list[list[str]]:
        waits = [each.get("/").context["waiting"] for each in (drafter, approver)]
        return [[one.code for one in each if any(item.url == address for item in one.oldest)] for each in waits]

    assert desks() == [["web.home.waiting_drafted"], []]
    send(drafter, f"{address}assess/", answers())
    send(drafter, f"{address}advise/", {"advice": "grant", "reason": "In order"})
    assert desks() == [[], ["web.home.waiting_advised"]]
    send(approver, f"{address}approve/", {"reason": "Granted"})
    assert desks() == [["web.home.waiting_approved"], []]
    send(drafter, f"{address}issue/", {"waiver": "Embassy note 7"})
    assert desks() == [[], []]


def test_lists_are_kept_and_names_held_against_them(node: Node, client_as: ClientAs) -> None:
    drafter = client_as(LICENSING)
    send(drafter, "/screening/parties/new/", {"name": "Goluboe More", "aliases": "Голубое Море", "reason": "Diverted"})
    page = send(drafter, "/screening/", {"names": "Goluboye More\nRed Star"}, 200)
    assert "is written nearly as" in page
    assert "Red Star” " not in page
    send(drafter, "/screening/parties/new/", {"name": "Igor Brodsky", "person": "on", "reason": "Brokered"})
    assert "as “Igor Brodsky”" in send(drafter, "/screening/", {"names": "Igor Brodskij"}, 200)
    seen = client_as(APPROVER)
    assert "a natural person who is listed" in send(seen, "/screening/", {"names": "Igor Brodskij"}, 200)
    assert "Brodsky" not in seen.get("/screening/").content.decode()
    today = node.clock.now().date().isoformat()
    embargo = {"state": "FR", "since": today, "symbol": "Cabinet 7", "scope": "all", "exemptions": ["government"]}
    send(drafter, "/screening/embargoes/new/", embargo)
    assert "Cabinet 7" in drafter.get("/screening/").content.decode()
    year = today[:4]
    send(drafter, f"/screening/PA-{year}-000001/end/", {"reason": "Merged"})
    send(drafter, f"/screening/PA-{year}-000002/end/", {"reason": "Acquitted"})
    send(drafter, f"/screening/EM-{year}-000001/end/", {"until": today, "reason": "Cabinet 9"})
    assert "No party is listed." in drafter.get("/screening/").content.decode()
    assert "cannot follow" in send(drafter, f"/screening/PA-{year}-000001/end/", {"reason": "x"}, 422)


def test_an_embargoed_destination_is_told_before_anything_is_decided(node: Node, client_as: ClientAs) -> None:
    drafter, approver = client_as(LICENSING), client_as(APPROVER)
    address = send(drafter, "/licences/new/", application(node, to_state="LY"))
    assert "S/RES/1970 (2011)" in drafter.get(address).content.decode()
    send(drafter, f"{address}assess/", answers())
    send(drafter, f"{address}advise/", {"advice": "grant", "reason": "Exempt"})
    assert "is under an embargo today" in send(approver, f"{address}approve/", {"reason": "Granted"}, 422)
    send(approver, f"{address}approve/", {"reason": "Granted", "exemption": "S/AC.52/2026/NOTE.7"})


def test_a_draft_is_revised_and_what_it_said_before_stays_in_sight(node: Node, client_as: ClientAs) -> None:
    drafter = client_as(LICENSING)
    address = send(drafter, "/licences/new/", application(node))
    begun = drafter.get(f"{address}revise/").content.decode()
    assert "revolver; 2; smith_wesson/586" in begun
    send(drafter, f"{address}revise/", application(node, end_use="Training", goods="revolver; 1"))
    page = drafter.get(address).content.decode()
    assert ("Training" in page, "Patrols" in page) == (True, True)
    send(drafter, f"{address}assess/", answers())
    send(drafter, f"{address}advise/", {"advice": "grant", "reason": "In order"})
    assert "status" in send(drafter, f"{address}revise/", application(node), 422)


def test_poa_ii_13_a_retransfer_waits_for_the_state_that_exported_first(node: Node, client_as: ClientAs) -> None:
    drafter, approver = client_as(LICENSING), client_as(APPROVER)
    lacking = application(node, authorises="retransfer", needs_consent="on")
    assert "were exported by a State first" in send(drafter, "/licences/new/", lacking, 422)
    address = send(drafter, "/licences/new/", {**lacking, "origin_state": "DE"})
    send(drafter, f"{address}assess/", answers())
    send(drafter, f"{address}advise/", {"advice": "grant", "reason": "In order"})
    send(approver, f"{address}approve/", {"reason": "Granted"})
    waiver = {"waiver": "Embassy note 7"}
    assert "was not notified" in send(drafter, f"{address}issue/", waiver, 422)
    send(drafter, f"{address}notify/", {"number": "N-1", "due": (node.clock.now().date()).isoformat()})
    assert "has not consented" in send(drafter, f"{address}issue/", waiver, 422)
    send(drafter, f"{address}answer/", {"consents": "consents", "number": "A-9"})
    send(drafter, f"{address}issue/", waiver)


def test_att_11_5_a_refusal_is_given_as_a_file(node: Node, client_as: ClientAs) -> None:
    drafter, approver = client_as(LICENSING), client_as(APPROVER)
    address = send(drafter, "/licences/new/", application(node))
    send(drafter, f"{address}assess/", answers())
    send(drafter, f"{address}advise/", {"advice": "refuse", "reason": "Doubts"})
    send(approver, f"{address}refuse/", {"reason": "Refused"})
    send(approver, f"{address}notice/", {"to_state": "?"}, 422)
    answer = approver.post(f"{address}notice/", {"to_state": "XU"})
    name = address.split("/")[2]
    assert (answer.status_code, answer["Content-Disposition"]) == (200, f'attachment; filename="{name}.json"')
    assert verify_notice(answer.content.decode(), str(node.key)).plain()["for_state"] == "XU"
    card, _ = signed()
    know(node, card)
    send(approver, f"/notices/{name}/send/", {"nodes": [card.name]})
    assert [each.message.to for each in sent_notices(node, name)] == [card.name]
    assert card.name in approver.get(address).content.decode()


def test_a_drafted_certificate_is_revised(node: Node, client_as: ClientAs) -> None:
    drafter = client_as(LICENSING)
    name = transfers.draft_certificate(
        certificate=replace(FROM_FRANCE, issuer="XT"),
        actor=officer(Role.LICENSING_OFFICER, LICENSING, "XT-D01"),
        stores=node.stores,
        clock=node.clock,
    )
    form = drafter.get(f"/certificates/{name}/revise/").context["form"]
    told = {each.name: each.value() for each in form if each.value() not in (None, False)}
    send(drafter, f"/certificates/{name}/revise/", {**told, "contract": "K-18"})
    page = drafter.get(f"/certificates/{name}/").content.decode()
    assert ("K-18" in page, "K-17" in page) == (True, True)
