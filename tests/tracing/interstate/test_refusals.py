"""What a State does not let happen: asking unprepared, hearing from strangers, messages out of their turn, looking."""

from dataclasses import replace
from typing import Any

import pytest

from tests.tracing.interstate.bureaus import Days, State, asking, finds
from tracemark.correspondence import Message, Posted
from tracemark.kernel import Refused
from tracemark.tracing import (
    MessageRefused,
    Purpose,
    Result,
    StateAnswer,
    acknowledge_inquiry,
    answer_inquiry,
    answer_shown,
    draft_request,
    open_trace,
    overdue,
    remind,
    send_request,
    state_inquiry,
    state_request,
)
from tracemark.weapons import catalogue

OURS, THEIRS = "TR-2026-000001", "TI-2026-000001"


def codes(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [each.code for each in refused.value.findings]


def asked(a: State, b: State) -> None:
    case, request = finds(a)
    draft_request(asking=asking(case, request, b), actor=a.analyst, bureau=a.bureau, tables=catalogue())
    send_request(request=OURS, actor=a.analyst, bureau=a.bureau)
    a.hands_over(b)


def posted(type_: str, **body: Any) -> Posted:
    return Posted("f" * 32, Message("xa.tracemark.example", type_, body), "2026-05-06T07:08:09.000Z", "")


@pytest.fixture
def days() -> Days:
    return Days()


@pytest.fixture
def a(days: Days) -> State:
    return State("XA", days)


@pytest.fixture
def b(days: Days) -> State:
    return State("XB", days)


def test_iti_17_an_incomplete_request_is_not_sent(a: State, b: State) -> None:
    case, request = finds(a)
    bare = asking(case, replace(request, legal_basis=""), b)
    draft_request(asking=bare, actor=a.analyst, bureau=a.bureau, tables=catalogue())
    with pytest.raises(Refused) as refused:
        send_request(request=OURS, actor=a.analyst, bureau=a.bureau)
    assert (codes(refused), a.stores.outbox.waiting()) == (["tracing.legal_basis_missing"], [])


def test_iti_14_our_own_register_is_searched_first(a: State, b: State) -> None:
    _, request = finds(a)
    case = open_trace(request=request, actor=a.analyst, stores=a.stores, clock=a.days).case.id
    draft_request(asking=asking(case, request, b), actor=a.analyst, bureau=a.bureau, tables=catalogue())
    with pytest.raises(Refused) as refused:
        send_request(request=OURS, actor=a.analyst, bureau=a.bureau)
    assert codes(refused) == ["tracing.not_searched_at_home"]


def test_another_node_does_not_answer_for_the_one_that_was_asked(a: State, b: State, days: Days) -> None:
    asked(a, b)
    forged = posted("tracemark.trace-answer/1", request=OURS, answer={"result": "not_found", "reasons": "none"})
    with pytest.raises(Refused) as refused:
        a.hears(forged, State("XC", days))
    assert codes(refused) == ["tracing.not_asked"]
    assert state_request(name=OURS, actor=a.analyst, stores=a.stores).answer is None


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"request": 7, "asks": {}, "handling": {}, "because": []},
        {"request": OURS, "asks": {"weapon": 1}, "handling": {"purposes": [], "onward": "never"}, "because": []},
        {"request": "x" * 5000, "asks": {}, "handling": {"purposes": [], "onward": "never"}, "because": []},
    ],
)
def test_a_message_that_is_no_request_is_refused_whole(a: State, b: State, body: dict[str, Any]) -> None:
    with pytest.raises(MessageRefused):
        b.hears(posted("tracemark.trace-request/1", **body), a)
    assert b.stores.records.size() == 0


def test_an_acknowledgement_that_an_answer_overtook_is_noted_and_a_request_that_comes_twice_is_one(
    a: State, b: State
) -> None:
    asked(a, b)
    again = a.stores.outbox.page()[0]
    b.hears(replace(again, id="e" * 32), a)
    acknowledge_inquiry(inquiry=THEIRS, actor=b.analyst, bureau=b.bureau)
    negative = StateAnswer(Result.NOT_FOUND, reasons="Not made here.")
    answer_inquiry(inquiry=THEIRS, answer=negative, actor=b.analyst, bureau=b.bureau)
    for each in reversed(b.stores.outbox.waiting()):
        a.hears(each, b)
    found = state_request(name=OURS, actor=a.analyst, stores=a.stores)
    assert (found.standing, found.reference, found.acknowledged_on) == ("answered", THEIRS, "2026-05-06")
    assert [each.name for each in b.stores.dossiers.page("inquiry")] == [THEIRS]


def test_iti_15_a_only_a_designated_authority_sees_what_was_answered(a: State, b: State) -> None:
    asked(a, b)
    acknowledge_inquiry(inquiry=THEIRS, actor=b.analyst, bureau=b.bureau)
    negative = StateAnswer(Result.NOT_FOUND, reasons="Not made here.")
    answer_inquiry(inquiry=THEIRS, answer=negative, actor=b.analyst, bureau=b.bureau)
    b.hands_over(a)
    with pytest.raises(Refused) as refused:
        answer_shown(request=OURS, purpose=Purpose.TRACING, actor=a.soldier, bureau=a.bureau)
    assert codes(refused) == ["tracing.not_competent"]


def test_iti_19_what_is_late_is_listed_reminded_of_and_escalated(a: State, b: State, days: Days) -> None:
    asked(a, b)
    with pytest.raises(Refused) as refused:
        remind(request=OURS, actor=a.analyst, bureau=a.bureau)
    assert codes(refused) == ["tracing.not_late"]
    escalated = []
    for _ in range(3):
        days.pass_by(10)
        assert [each.name for each in overdue(actor=a.analyst, bureau=a.bureau).requests] == [OURS]
        remind(request=OURS, actor=a.analyst, bureau=a.bureau)
        (told,) = a.hands_over(b)
        escalated.append(told.body["escalated"])
    assert escalated == [False, False, True]
    assert state_inquiry(name=THEIRS, actor=b.analyst, stores=b.stores).reminders == 3
    assert [each.name for each in overdue(actor=b.analyst, bureau=b.bureau).inquiries] == [THEIRS]
