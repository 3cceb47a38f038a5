"""Other nodes knock at the inbox: what is signed by a node we know comes in once, everything else is named."""

import json
from dataclasses import replace

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.node.two_nodes import MovedClock, introduce, note, post, state_node
from tracemark.exchange import SignedRequest, open_card, sign_request
from tracemark.node import INBOX, Node, SystemClock, note_receipt, own_card, seal_posted

LETTER = "application/jose"


@pytest.fixture(scope="module")
def other(node: Node) -> Node:
    """Another State's node; it and ours know each other."""
    found = replace(state_node("XB", MovedClock()), clock=SystemClock())
    introduce(found, node)
    introduce(replace(node, stores=node.stores), found)
    return found


def request_of(other: Node, node: Node, said: str) -> SignedRequest:
    """A letter of the other node, as it would be sent."""
    letter = seal_posted(other, other.stores.outbox.posted(post(other, note(node, said))))
    request = SignedRequest("POST", f"https://xt.example{INBOX}", letter, {"Content-Type": LETTER})
    sign_request(request, node.key.name, other.stores.signer, other.clock.now(), f"nonce of {said}")
    return request


def knock(client: Client, request: SignedRequest) -> tuple[int, str, bytes]:
    """Send a request, and return the status, the code of a problem or "", and the body."""
    headers = {name: value for name, value in request.headers.items() if name != "Content-Type"}
    answer = client.post(INBOX, request.body, content_type=request.headers["Content-Type"], headers=headers)
    told = json.loads(answer.content) if answer["Content-Type"] == "application/problem+json" else {}
    return answer.status_code, told.get("code", ""), answer.content


def test_a_stranger_reads_our_card(stranger: Client, node: Node) -> None:
    answer = stranger.get("/exchange/keys")
    assert (answer["Content-Type"], open_card(answer.content.decode())) == (LETTER, own_card(node))


def test_a_letter_comes_in_and_its_receipt_goes_back(stranger: Client, node: Node, other: Node) -> None:
    status, _, receipt = knock(stranger, request_of(other, node, "hello"))
    [received] = node.stores.inbox.page(limit=1)
    assert (status, received.body, note_receipt(other, receipt.decode()).id) == (200, {"said": "hello"}, received.id)


def test_what_is_wrong_is_named(stranger: Client, node: Node, other: Node) -> None:
    whole = request_of(other, node, "once")
    assert knock(stranger, whole)[:2] == (200, "")
    assert knock(stranger, whole)[:2] == (422, "correspondence.request_repeated")
    cut = request_of(other, node, "cut")
    assert knock(stranger, replace(cut, body=cut.body[:-3]))[:2] == (422, "correspondence.request_unsigned")
    bare = replace(cut, headers={"Content-Type": LETTER})
    assert knock(stranger, bare)[:2] == (422, "correspondence.request_unsigned")
    typed = replace(cut, headers={**cut.headers, "Content-Type": "application/json"})
    assert knock(stranger, typed)[:2] == (415, "api.wrong_type")
    large = replace(cut, body=b"a" * ((1 << 20) + 1))
    assert knock(stranger, large)[:2] == (413, "api.too_large")


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    body=st.binary(max_size=200),
    headers=st.dictionaries(
        st.sampled_from(["Signature", "Signature-Input", "Content-Digest", "Tracemark-Recipient"]),
        st.text(st.characters(min_codepoint=32, max_codepoint=126), max_size=80),
    ),
)
def test_whatever_comes_is_answered_with_a_problem(
    stranger: Client, node: Node, body: bytes, headers: dict[str, str]
) -> None:
    before = node.stores.inbox.page()
    status, code, _ = knock(stranger, SignedRequest("POST", INBOX, body, {**headers, "Content-Type": LETTER}))
    assert (status, code) == (422, "correspondence.request_unsigned")
    assert node.stores.inbox.page() == before
