"""Weights of matching are decided on like a correction: by a second person, with the figures in view."""

import pytest
from django.urls import reverse

from tests.web.conftest import ClientAs
from tests.web.sample import Sample
from tracemark.authorities import Role
from tracemark.kernel import Actor, Plain
from tracemark.node import Node
from tracemark.storage import Files
from tracemark.tracing import Adoption, adopted_weights, propose_weights

OURS = "v8+2026-05-06.1"
SCORE: dict[str, Plain] = {
    "log_loss": "0.4321",
    "brier": "0.08",
    "present": 31,
    "first": 29,
    "in_ten": 30,
    "absent": 9,
    "absent_above": 1,
}
TOLD: dict[str, Plain] = {
    "parent": "v8", "learnt_from": 80, "same": 63, "held_back": 40, "before": SCORE, "after": {**SCORE, "first": 30},
    "log_loss_change": ["-0.1200", "-0.2000", "-0.0400"],
}  # fmt: skip


@pytest.fixture
def address(node: Node, sample: Sample) -> str:
    """The page of weights that an analyst proposed."""
    analyst = Actor("tracing_analyst", "XT-REG", frozenset({Role.TRACING_ANALYST.value}))
    text = node.own_weights.text("v8").replace('"v8"', f'"{OURS}"')
    fingerprint = Files(node.folder / "weights").put(text.encode())
    proposal = propose_weights(
        version=OURS, fingerprint=fingerprint, told=TOLD, actor=analyst, stores=node.stores, clock=node.clock
    )
    return reverse("decision", args=[proposal.id])


def test_the_page_shows_before_and_after(client_as: ClientAs, address: str) -> None:
    html = client_as("approver").get(address).content.decode()
    assert [text in html for text in (OURS, "29/31", "30/31", "0.4321", "-0.2000", "1/9", 'name="approve"')] == [
        True
    ] * 7
    assert OURS in client_as("approver").get(reverse("decisions")).content.decode()


def test_approved_weights_are_in_use_at_once_and_answers_name_them(
    client_as: ClientAs, node: Node, address: str
) -> None:
    assert node.weights.version == "v8"
    assert client_as("approver").post(address, {"approve": ""}).status_code == 302
    found = adopted_weights(node.stores)
    assert isinstance(found, Adoption)
    assert (found.version, found.proposed_by, found.by) == (OURS, "tracing_analyst", "approver")
    assert node.weights.version == OURS
    assert "web.decisions" not in client_as("approver").get(address).content.decode()


def test_weights_whose_file_was_touched_are_not_adopted(client_as: ClientAs, node: Node, address: str) -> None:
    for path in (node.folder / "weights").rglob("*"):
        if path.is_file():
            path.write_text("", "utf-8")
    answer = client_as("approver").post(address, {"approve": ""})
    assert (answer.status_code, "is gone or was changed" in answer.content.decode()) == (422, True)
    assert node.weights.version == "v8"
