"""The fellowship programme in its pages: a call, a nomination, the room of selection, a certificate that is checked."""

from datetime import date
from typing import Any

from django.test import Client
from django.urls import reverse

from tests.fellowship.courses import SOURCE, Course, nominee
from tests.web.conftest import ClientAs
from tests.web.peer_work import know, signed
from tracemark import fellowship
from tracemark.authorities import Role
from tracemark.demo.desk import REGISTRY
from tracemark.kernel import Actor
from tracemark.node import Node
from tracemark.recordkeeping import VerifierKey

AUDITOR = Actor("a", REGISTRY, frozenset({Role.AUDITOR.value}))


def cohort(node: Node, name: str) -> fellowship.CohortRecord:
    return fellowship.cohort_record(cohort=name, actor=AUDITOR, stores=node.stores)


def test_a_selection_is_proposed_explained_and_decided_otherwise_with_a_reason(client_as: ClientAs, node: Node) -> None:
    course = Course.called(node.stores)
    names = [course.nominate(nominee(state)) for state in ("XA", "XB", "XC")]
    contact, approver = client_as("point_of_contact"), client_as("approver")

    def step(client: Client, slug: str, **told: str) -> int:
        return int(client.post(reverse("selection_step", args=[course.name, slug]), told).status_code)

    assert step(approver, "decide") == 404
    assert step(contact, "propose") == 302
    page = approver.get(reverse("selection", args=[course.name])).content.decode()
    assert "No other selection is worth more under this policy" in page
    assert "Points that were missing: " in page
    proposed = {names[0]: "waiting", names[1]: "selected", names[2]: "selected"}
    swapped = proposed | {names[0]: "selected", names[2]: "waiting"}
    assert step(approver, "decide", **swapped) == 422
    assert step(approver, "decide", **swapped, reason="the host asks for it") == 302
    record = cohort(node, course.name)
    assert [each.standing for each in record.nominations] == ["selected", "selected", "waiting"]
    room = client_as("auditor").get(reverse("selection", args=[course.name])).content.decode()
    assert (room.count("decided otherwise than proposed"), room.count("the host asks for it")) == (2, 2)
    scenarios = client_as("auditor").get(reverse("cohort_scenarios", args=[course.name]), {"contributions": "10000"})
    assert "Corvia" in scenarios.content.decode()


def test_a_fellow_is_taught_certified_and_the_certificate_checked(client_as: ClientAs, node: Node) -> None:
    course = Course.called(node.stores)
    name = course.nominate(nominee("XB"), "Somebody Invented")
    course.decided()
    contact, approver = client_as("point_of_contact"), client_as("approver")

    def step(client: Client, address: str, dossier: str, slug: str, **told: str) -> int:
        return int(client.post(reverse(address, args=[dossier, slug]), told).status_code)

    held = {"module": "M1", "on": "2026-05-08", "present": name, "passed": name}
    assert step(contact, "cohort_step", course.name, "hold", **held | {"module": "M7"}) == 422
    assert step(contact, "cohort_step", course.name, "hold", **held) == 302
    assert step(approver, "nomination_step", name, "certify") == 302
    paper = contact.get(reverse("fellow_certificate", args=[name]))
    assert paper.content.startswith(b"%PDF")
    who = contact.post(reverse("nominee", args=[name]), {"purpose": "the visa is asked for"}).content.decode()
    assert "Somebody Invented" in who
    contact_actor = Actor("c", REGISTRY, frozenset({Role.POINT_OF_CONTACT.value}))
    by: dict[str, Any] = {"actor": contact_actor, "stores": node.stores, "clock": node.clock}
    _, token = fellowship.fellow_certificate(nomination=name, **by)
    key = str(VerifierKey(node.stores.signer.name, node.stores.signer.public_key))
    checked = client_as("auditor").post(reverse("check_fellow"), {"token": token, "key": key})
    assert "Signed with this key, and unchanged" in checked.content.decode()
    changed = client_as("auditor").post(reverse("check_fellow"), {"token": token[:-4] + "AAAA", "key": key})
    assert changed.status_code == 422


def test_a_late_nomination_and_a_call_beyond_the_ceiling_are_refused_beside_their_field(
    client_as: ClientAs, node: Node
) -> None:
    course = Course.called(node.stores)
    told = {"state": "XA", "name": "Somebody", "agency": "police", "sex": "female", "age_band": "35-49",
            "languages": "en", "earlier_fellow": "no"}  # fmt: skip
    contact = client_as("point_of_contact")
    late = contact.post(reverse("new_nomination", args=[course.name]), told)
    assert (late.status_code, "was open from" in late.content.decode()) == (422, True)
    fund = {"title": SOURCE.title, "kind": "voluntary", "donor": "XT", "ceiling": "100", "currency": "USD",
            "first": "2026-01-01", "last": "2099-12-31", "conditions": ""}  # fmt: skip
    assert contact.post(reverse("new_fund"), fund).status_code == 302
    text = f"""
title = "A course"
venue = "Port Estov"
host = "XE"
opens = {date(2026, 1, 1)}
closes = {date(2098, 1, 1)}
begins = {date(2099, 1, 1)}
ends = {date(2099, 1, 9)}
seats = 1
languages = ["en"]
administrator = "organisation:Centre"
currency = "USD"
seat_cost = 101
[[fund]]
fund = "FF-2026-000002"
amount = AMOUNT
[[module]]
code = "M1"
title = "Marking"
commitments = ["ITI 8(a)"]
"""
    over = contact.post(reverse("new_cohort"), {"text": text.replace("AMOUNT", "101")})
    assert (over.status_code, "has a ceiling of 100" in over.content.decode()) == (422, True)
    called = contact.post(reverse("new_cohort"), {"text": text.replace("AMOUNT", "100").replace("101", "100")})
    assert called.status_code == 302
    again = contact.post(reverse("new_nomination", args=["FC-2026-000002"]), told | {"state": "GH"})
    assert again.status_code == 302
    assert "Ghana" in contact.get(again.headers["Location"]).content.decode()


def test_a_nomination_at_another_node_is_shown_and_withdrawn_with_a_reason(client_as: ClientAs, node: Node) -> None:
    card, _ = signed()
    know(node, card)
    told = {"to": card.name, "cohort": "FC-2026-000007", "state": node.state, "name": "Somebody Invented",
            "agency": "police", "sex": "female", "age_band": "35-49", "languages": "en",
            "earlier_fellow": "no"}  # fmt: skip
    contact = client_as("point_of_contact")
    assert contact.post(reverse("nominate_elsewhere"), told).status_code == 302
    [sent] = fellowship.sent_nominations(actor=AUDITOR, stores=node.stores)
    there = reverse("sent_nomination", args=[sent.name])
    recall = reverse("sent_nomination_step", args=[sent.name, "recall"])
    assert there in contact.get(reverse("fellowships")).content.decode()
    shown = contact.get(there).content.decode()
    assert [each in shown for each in ("nothing yet", "waiting", recall, "Somebody Invented")] == [
        True, True, True, False,
    ]  # fmt: skip
    auditor = client_as("auditor")
    assert recall not in auditor.get(there).content.decode()
    assert auditor.post(recall, {"reason": "why"}).status_code == 403
    assert contact.post(recall, {"reason": " "}).status_code == 422
    [letter] = node.stores.outbox.page(about=sent.name)
    node.stores.outbox.note_delivered(letter.id, at=node.clock.now())
    assert contact.post(recall, {"reason": "moved to another post"}).status_code == 302
    after = contact.get(there).content.decode()
    assert ("moved to another post" in after, "tracemark.fellow-withdrawal/1" in after, recall in after) == (
        True,
        True,
        False,
    )
    assert (contact.post(recall, {"reason": "again"}).status_code, contact.get(there + "recall/").status_code) == (
        422,
        405,
    )
    assert contact.get(reverse("sent_nomination", args=["FS-2026-000099"])).status_code == 404
    officer = client_as("registry_officer")
    erase = reverse("erase_sent_nominee", args=[sent.name])
    assert officer.post(erase, {"legal_basis": "asked by the person"}).status_code == 302
    assert [each.reason for each in node.stores.proposals.open()] == ["asked by the person"]


def test_a_fund_is_shown_revised_and_closed_with_a_reason(client_as: ClientAs, node: Node) -> None:
    course = Course.called(node.stores)
    there = reverse("fund", args=[course.fund])
    contact, auditor = client_as("point_of_contact"), client_as("auditor")
    steps = {slug: reverse("fund_step", args=[course.fund, slug]) for slug in ("revise", "close")}
    page = contact.get(there).content.decode()
    assert all(each in page for each in (*steps.values(), 'value="60000"', "20,000"))
    assert not any(each in auditor.get(there).content.decode() for each in steps.values())
    told = {**SOURCE.plain(), "ceiling": "30000", "reason": "cut"}
    lower = contact.post(steps["revise"], told)
    assert (lower.status_code, "its ceiling cannot be 30000" in lower.content.decode()) == (422, True)
    assert contact.post(steps["revise"], {**told, "ceiling": "80000", "reason": "more was given"}).status_code == 302
    assert "more was given" in auditor.get(there).content.decode()
    assert contact.post(steps["close"], {"reason": " "}).status_code == 422
    assert contact.post(steps["close"], {"reason": "the agreement ended"}).status_code == 302
    after = contact.get(there).content.decode()
    assert ("the agreement ended" in after, steps["close"] in after, steps["revise"] in after) == (True, False, False)
    assert there in contact.get(reverse("fellowships")).content.decode()
