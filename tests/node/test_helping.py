"""A request goes to the region's node as a letter, stands there once, and the State hears that it arrived."""

from dataclasses import replace
from typing import Any

import pytest

from tests.assistance.asked import ASK
from tests.node.two_nodes import MovedClock, Wire, introduce, state_node
from tests.rooms import officer
from tracemark import assistance
from tracemark.assistance import AssistanceRefused
from tracemark.authorities import Level, Role
from tracemark.node import Node, StepSaid, send_waiting, share_request, take_assistance_step
from tracemark.secretariat import SharingRefused


def by(node: Node, role: Role = Role.POINT_OF_CONTACT) -> dict[str, Any]:
    return {"actor": officer(role, authority=f"{node.state}-REG"), "stores": node.stores, "clock": node.clock}


def published(node: Node) -> str:
    name = assistance.draft_request(ask=ASK, state=node.state, **by(node))
    assistance.sign_request(request=name, note="", **by(node, Role.APPROVER))
    assistance.open_request(request=name, access="published", **by(node))
    return name


@pytest.fixture
def nodes() -> tuple[Node, Node, Wire]:
    clock = MovedClock()
    state, region = state_node("XT", clock), replace(state_node("XN", clock), level=Level.REGIONAL)
    introduce(state, region)
    introduce(region, state)
    return state, region, Wire({each.letterbox.endpoint: each for each in (state, region)})


def test_a_request_is_kept_at_the_region_and_acknowledged(nodes: tuple[Node, Node, Wire]) -> None:
    state, region, wire = nodes
    name, contact = published(state), by(state)["actor"]
    share_request(state, name, region.key.name, contact)
    assert send_waiting(state, wire).failed == {}
    kept = assistance.request_list(region.stores)[0].request
    told = (kept.state, kept.peer, kept.number, kept.standing, kept.asks)
    assert told == ("XT", state.key.name, name, "received", ASK)
    with pytest.raises(AssistanceRefused) as twice:
        share_request(state, name, region.key.name, contact)
    assert twice.value.findings[0].code == "assistance.sent_before"
    take_assistance_step(region, kept.name, "acknowledge", StepSaid(), by(region)["actor"])
    assert send_waiting(region, wire).failed == {}
    heard = assistance.request_list(state.stores)[0].request
    assert (heard.sent_to, heard.acknowledged_on) == ((region.key.name,), state.clock.now().date())


def test_a_request_goes_to_no_other_state(nodes: tuple[Node, Node, Wire]) -> None:
    state, region, _ = nodes
    name = published(state)
    with pytest.raises(SharingRefused):
        share_request(state, name, "nobody", by(state)["actor"])
    with pytest.raises(SharingRefused):
        share_request(replace(region, level=Level.NATIONAL), name, state.key.name, by(region)["actor"])


def test_a_states_node_takes_no_requests(nodes: tuple[Node, Node, Wire]) -> None:
    state, region, wire = nodes
    share_request(state, published(state), region.key.name, by(state)["actor"])
    wire.nodes[region.letterbox.endpoint] = replace(region, level=Level.NATIONAL)
    assert list(send_waiting(state, wire).failed.values()) == ["correspondence.turned_away"]
    assert assistance.request_list(region.stores) == ()
