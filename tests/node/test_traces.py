"""A trace passes from one node to another in sealed envelopes, and the directory says from which State it comes."""

from tests.node.two_nodes import Pair, pair, post
from tests.tracing.interstate.bureaus import HANDLING, State, finds
from tracemark.correspondence import Message
from tracemark.kernel import Plain
from tracemark.node import Node, send_waiting
from tracemark.tracing import (
    Asking,
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


def desk(node: Node) -> State:
    return State(node.state, node.clock, node.stores)  # type: ignore[arg-type]


def asked(two: Pair) -> None:
    """Let the first node ask the second."""
    a = desk(two.ours)
    case, request = finds(a)
    asking = Asking(case, "XB", two.theirs.key.name, request, HANDLING)
    draft_request(asking=asking, actor=a.analyst, bureau=two.ours.bureau, tables=catalogue())
    send_request(request=OURS, actor=a.analyst, bureau=two.ours.bureau)


def test_a_request_and_its_answer_pass_in_sealed_envelopes() -> None:
    two = pair()
    asked(two)
    a, b = desk(two.ours), desk(two.theirs)
    assert send_waiting(two.ours, two.wire).troubles() == set()
    inquiry = state_inquiry(name=THEIRS, actor=b.analyst, stores=b.stores)
    assert (inquiry.from_state, inquiry.peer, inquiry.number) == ("XA", two.ours.key.name, OURS)
    acknowledge_inquiry(inquiry=THEIRS, actor=b.analyst, bureau=two.theirs.bureau)
    negative = StateAnswer(Result.NOT_FOUND, reasons="Not made here.")
    answer_inquiry(inquiry=THEIRS, answer=negative, actor=b.analyst, bureau=two.theirs.bureau)
    assert send_waiting(two.theirs, two.wire).troubles() == set()
    known = state_request(name=OURS, actor=a.analyst, stores=a.stores)
    assert (known.standing, known.reference, [each.result for each in known.answers]) == (
        *("answered", THEIRS, [Result.NOT_FOUND]),
    )


def test_what_speaks_of_nothing_that_was_asked_is_not_let_in() -> None:
    two = pair()
    body: dict[str, Plain] = {"request": OURS, "answer": {"result": "not_found", "reasons": "Not made here."}}
    post(two.theirs, Message(two.ours.key.name, "tracemark.trace-answer/1", body))
    send_waiting(two.theirs, two.wire)
    [noted] = two.ours.stores.inbox.rejections(limit=1)
    assert (noted.code, two.ours.stores.inbox.page()) == ("tracing.not_asked", [])
