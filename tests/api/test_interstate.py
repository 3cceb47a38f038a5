"""A node asks another State through its API, and answers what that State asks."""

from typing import Any

import pytest
from django.test import Client

from tests.api.asking import post
from tests.api.conftest import As
from tests.api.test_tracing import RECOVERY
from tests.tracing.interstate.bureaus import Days, State, asking, finds
from tracemark import tracing
from tracemark.authorities import Role
from tracemark.node import Node
from tracemark.weapons import catalogue

ASKS: dict[str, Any] = {
    "readings": [{"text": "AB?23", "part": "frame"}],
    "purpose": "criminal investigation",
    "illicit_because": ["law_of_state"],
    "legal_basis": "Firearms Act 12",
    "circumstances": "found in a field",
    "kind": "pistol",
    "calibre": "9x19",
    "country": "XB",
}


@pytest.fixture
def here(node: Node) -> State:
    """The State of the served node, as its letters are handed over."""
    return State(node.state, Days(node.clock.now()), node.stores)


@pytest.fixture
def abroad() -> State:
    return State("XB", Days())


@pytest.fixture
def analyst(caller: As) -> Client:
    return caller(Role.TRACING_ANALYST)


def told(client: Client, path: str, body: object = None) -> Any:  # noqa: ANN401 - whatever JSON holds
    answer = post(client, path, body)
    assert answer.status_code in {200, 201}, answer.json()
    return answer.json()


def refused(client: Client, path: str, body: object = None) -> tuple[int, str]:
    answer = post(client, path, body)
    return answer.status_code, answer.json()["code"]


def test_another_state_is_asked_and_its_answer_read_as_far_as_it_allows(
    here: State, abroad: State, analyst: Client
) -> None:
    weapon = {"kind": "pistol", "calibre": "9x19", "country": "XB"}
    marks = [{"kind": "manufacture", "text": "AB 123", "serial": "AB123"}]
    abroad.tell(
        abroad.event("manufactured", "2001-05-04", holder="XB-ARMY", weapon=weapon, marks=marks),
        abroad.event("stolen", "2009-01-02"),
    )
    recovered = told(analyst, "/recoveries", RECOVERY)["weapon"]
    case = told(analyst, "/cases", {"recovered": recovered, **ASKS})["case"]["id"]
    states = analyst.get(f"/api/v1/cases/{case}/states").json()["items"]
    assert ("XB", [{"code": "country", "facts": {}}], []) in [(e["state"], e["because"], e["asked"]) for e in states]
    drafted = told(analyst, "/requests", {"case": case, "to_state": "XB", "node": abroad.node})
    asked = f"/requests/{drafted['request']}"
    assert refused(analyst, f"{asked}/sending") == (409, "tracing.not_searched_at_home")
    told(analyst, "/traces/search", {"readings": ASKS["readings"], "kind": "pistol", "case": case})
    assert told(analyst, f"{asked}/sending")["standing"] == "sent"
    assert refused(analyst, f"{asked}/reminders") == (409, "tracing.not_late")
    assert refused(analyst, f"{asked}/withdrawal", {"reason": "too late"}) == (409, "recordkeeping.dossier_step")
    assert told(analyst, f"{asked}/read") == {"answer": None, "withheld": []}
    here.hands_over(abroad)

    by: dict[str, Any] = {"actor": abroad.analyst, "bureau": abroad.bureau}
    (inquiry,) = tracing.inquiry_list(actor=abroad.analyst, stores=abroad.stores).items
    tracing.return_inquiry(inquiry=inquiry.name, lacking=["tracing.maker_missing"], note="", **by)
    abroad.hands_over(here)
    assert analyst.get(f"/api/v1{asked}").json()["lacking"] == ["tracing.maker_missing"]
    supplied = told(analyst, f"{asked}/supplements", {"maker": "glock", "readings": [{"text": "AB?2*"}]})
    assert (supplied["standing"], supplied["asks"]["maker"]) == ("supplied", "glock")
    assert [each["text"] for each in supplied["asks"]["readings"]] == ["AB?23", "AB?2*"]
    here.hands_over(abroad)
    found = tracing.Judgement(abroad.event("stolen", "2009").weapon, tracing.Verdict.SAME, "b", note="the only one")
    tracing.judge_for_inquiry(inquiry=inquiry.name, judgement=found, **by)
    data = tracing.data_for_answer(inquiry=inquiry.name, **by)
    answer = tracing.StateAnswer(tracing.Result.FULL, data)
    tracing.answer_inquiry(inquiry=inquiry.name, answer=answer, **by)
    abroad.hands_over(here)

    shown = told(analyst, f"{asked}/read")["answer"]
    assert {each["name"]: each["value"] for each in shown["data"]}["left_lawful_hands_on"] == "2009-01-02"
    withheld = told(analyst, f"{asked}/read", {"purpose": "statistics"})
    assert (withheld["answer"]["data"], {each["code"] for each in withheld["withheld"]}) == (
        [],
        {"tracing.datum_purpose"},
    )
    assert told(analyst, f"{asked}/clarifications", {"question": "By whom?"})["standing"] == "clarifying"
    told(analyst, f"{asked}/consents", {"data": ["exported_to"]})
    told(analyst, f"{asked}/readers")
    answered = told(analyst, f"/cases/{case}/answer", {"outcome": "traced", "rests_on": drafted["request"]})
    assert (answered["outcome"], answered["answer"]["rests_on"]) == ("traced", drafted["request"])
    closed = told(analyst, f"{asked}/closing", {"outcome": "traced"})
    assert closed["standing"] == "closed"
    assert analyst.get("/api/v1/requests", {"standing": "closed"}).json() == {"items": [closed], "before": None}
    second = told(analyst, "/requests", {"case": case, "to_state": "XC", "node": "xc.tracemark.example"})
    assert told(analyst, f"/requests/{second['request']}/withdrawal", {"reason": "a slip"})["standing"] == "withdrawn"


def test_another_state_is_answered_by_what_an_officer_found(here: State, analyst: Client) -> None:
    abroad = State("XC", Days())
    case, request = finds(abroad, readings=(tracing.ComponentReading("KT00003X", "frame", "stamp"),), maker="glock")
    by: dict[str, Any] = {"actor": abroad.analyst, "bureau": abroad.bureau}
    made = tracing.draft_request(asking=asking(case, request, here), tables=catalogue(), **by).name
    tracing.send_request(request=made, **by)
    abroad.hands_over(here)
    listed = analyst.get("/api/v1/inquiries").json()["items"]
    assert [(each["from_state"], each["number"], each["standing"]) for each in listed] == [("XC", made, "received")]
    inquiry = f"/inquiries/{listed[0]['inquiry']}"
    asks = told(analyst, f"{inquiry}/read")
    assert (asks["number"], asks["asks"]["readings"][0]["text"]) == (made, "KT00003X")
    assert refused(analyst, f"{inquiry}/return") == (422, "tracing.lacking_unsaid")
    assert refused(analyst, f"{inquiry}/return", {"lacking": ["a pen"]}) == (422, "api.unfit")
    assert told(analyst, f"{inquiry}/acknowledgement")["standing"] == "acknowledged"
    assert refused(analyst, f"{inquiry}/readers") == (409, "tracing.nothing_told")
    ranking = told(analyst, f"{inquiry}/search")
    assert (ranking["candidates"][0]["weapon"], ranking["understood"][0]["text"]) == ("W-3", "KT00003X")
    assert refused(analyst, f"{inquiry}/answers", {"result": "full"}) == (422, "tracing.answer_unjudged")
    judged = told(analyst, f"{inquiry}/judgements", {"weapon": "W-3", "verdict": "same", "note": "its number"})
    assert judged["found"] == "W-3"
    other = {"weapon": "W-4", "verdict": "same", "note": "its number"}
    assert refused(analyst, f"{inquiry}/judgements", other) == (409, "tracing.inquiry_identified")
    known = {each["name"] for each in analyst.get(f"/api/v1{inquiry}/data").json()["items"]}
    assert "last_lawful_state" in known
    assert refused(analyst, f"{inquiry}/answers", {"result": "refused"})[0] == 422
    answered = told(analyst, f"{inquiry}/answers", {"result": "full", "handling": {"onward": "never"}})
    assert ({each["name"] for each in answered["answers"][0]["data"]}, answered["standing"]) == (known, "answered")
    told(analyst, f"{inquiry}/consents", {"data": ["last_lawful_state"]})
    assert refused(analyst, f"{inquiry}/consents", {"data": ["exported_to"]}) == (422, "tracing.never_told")
    told(analyst, f"{inquiry}/readers")
    here.hands_over(abroad)
    assert tracing.state_request(name=made, actor=abroad.analyst, stores=abroad.stores).standing == "answered"
    overdue = analyst.get("/api/v1/interstate/overdue").json()
    assert overdue == {"requests": [], "inquiries": []}
