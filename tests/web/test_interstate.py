"""Another State is asked from the case's page; what another State asks is opened, judged and answered."""

import re

import pytest
from django.urls import reverse

from tests.tracing.interstate.bureaus import Days, State, asking, finds
from tests.web.conftest import ClientAs
from tests.web.desk_work import open_case, recover
from tracemark.node import Node
from tracemark.tracing import (
    Outcome,
    Result,
    StateAnswer,
    acknowledge_inquiry,
    answer_inquiry,
    draft_request,
    send_request,
    state_inquiry,
    state_request,
)
from tracemark.weapons import catalogue

OURS, THEIRS = "TR-2026-000001", "TI-2026-000001"
HANDLING = {"purposes": ["tracing", "investigation"], "onward": "with_consent"}


@pytest.fixture
def other(node: Node) -> State:
    return State("XA", Days(node.clock.now()))


def test_another_state_is_asked_from_the_page_of_a_case(client_as: ClientAs, node: Node, other: State) -> None:
    analyst, case = client_as("tracing_analyst"), open_case(node, recover(node))
    assert analyst.get(reverse("case", args=[case])).status_code == 200
    page = analyst.get(reverse("ask_state", args=[case])).content.decode()
    assert "United States" in page
    asked = {"to_state": "XA", "node": other.node, **HANDLING}
    drafted = analyst.post(reverse("ask_state", args=[case]), asked)
    assert drafted.headers["Location"] == reverse("state_request", args=[OURS])
    refused = analyst.post(reverse("request_step", args=[OURS, "send"]), {})
    known = state_request(name=OURS, actor=other.analyst, stores=node.stores)
    assert (refused.status_code, known.standing) == (422, "drafted")
    listed = client_as("auditor").get(reverse("state_requests")).content.decode()
    assert re.findall(r">(TR-[0-9-]+)<", listed) == [OURS]


def test_an_inquiry_is_opened_judged_and_answered(client_as: ClientAs, node: Node, other: State) -> None:
    ours = State("XT", Days(node.clock.now()), node.stores)
    case, request = finds(other)
    draft_request(asking=asking(case, request, ours), actor=other.analyst, bureau=other.bureau, tables=catalogue())
    send_request(request=OURS, actor=other.analyst, bureau=other.bureau)
    other.hands_over(ours)
    analyst = client_as("tracing_analyst")
    closed = analyst.get(reverse("inquiry", args=[THEIRS])).content.decode()
    assert ("seized at a border crossing" in closed, "?read=tracing" in closed) == (False, True)
    opened = analyst.get(reverse("inquiry", args=[THEIRS]), {"read": "tracing"}).content.decode()
    assert "seized at a border crossing" in opened
    for slug, told in (
        ("acknowledge", {}),
        ("reply", {"result": "not_found", "reasons": "Not made here.", "onward": "never"}),
    ):
        assert analyst.post(reverse("inquiry_step", args=[THEIRS, slug]), told).status_code == 302
    groundless = {"result": "refused", "reasons": "No.", "onward": "never"}
    assert analyst.post(reverse("inquiry_step", args=[THEIRS, "reply"]), groundless).status_code == 422
    ours.hands_over(other)
    answered = state_request(name=OURS, actor=other.analyst, stores=other.stores)
    assert [each.result.value for each in answered.answers] == ["not_found"]
    assert state_inquiry(name=THEIRS, actor=other.analyst, stores=node.stores).standing == "answered"


def test_a_case_that_waits_for_another_state_is_answered_by_what_it_told(
    client_as: ClientAs, node: Node, other: State
) -> None:
    ours, analyst = State("XT", Days(node.clock.now()), node.stores), client_as("tracing_analyst")
    case, request = finds(ours)
    draft_request(asking=asking(case, request, other), actor=ours.analyst, bureau=ours.bureau, tables=catalogue())
    send_request(request=OURS, actor=ours.analyst, bureau=ours.bureau)
    ours.hands_over(other)
    address = reverse("answer_case", args=[case])
    assert analyst.post(address, {"outcome": "ask_another_state", "rests_on": OURS}).status_code == 422
    assert analyst.post(address, {"outcome": "ask_another_state"}).status_code == 302
    assert address not in analyst.get(reverse("case", args=[case])).content.decode()
    denied = StateAnswer(Result.NOT_FOUND, reasons="Not made here.")
    acknowledge_inquiry(inquiry=THEIRS, actor=other.analyst, bureau=other.bureau)
    answer_inquiry(inquiry=THEIRS, answer=denied, actor=other.analyst, bureau=other.bureau)
    other.hands_over(ours)
    assert f'<option value="{OURS}"' in analyst.get(reverse("case", args=[case])).content.decode()
    assert analyst.post(address, {"outcome": "records_incomplete"}).status_code == 422
    assert analyst.post(address, {"outcome": "records_incomplete", "rests_on": OURS}).status_code == 302
    answered = node.stores.cases.get(case)
    assert (answered.outcome, answered.answer["rests_on"]) == (Outcome.RECORDS_INCOMPLETE, OURS)
