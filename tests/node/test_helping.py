"""A request goes to the region's node as a letter, stands there once, and the State hears that it arrived."""

from dataclasses import replace
from typing import Any

import pytest

from tests.assistance.asked import ASK, OFFER, terms
from tests.node.two_nodes import MovedClock, Wire, introduce, state_node
from tests.rooms import officer
from tracemark import assistance
from tracemark.assistance import AssistanceRefused
from tracemark.authorities import Level, Role
from tracemark.kernel import Actor
from tracemark.node import Node, StepSaid, send_waiting, share_request, take_assistance_step
from tracemark.secretariat import SharingRefused


def by(node: Node, role: Role = Role.POINT_OF_CONTACT) -> dict[str, Any]:
    return {"actor": officer(role, authority=f"{node.state}-REG"), "stores": node.stores, "clock": node.clock}


def published(node: Node) -> str:
    name = assistance.draft_request(ask=ASK, state=node.state, **by(node))
    assistance.sign_request(request=name, note="", **by(node, Role.APPROVER))
    assistance.open_request(request=name, access="published", **by(node))
    return name


def offered(node: Node) -> str:
    return assistance.open_programme(offer=OFFER, **by(node))


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
    assert send_waiting(state, wire).troubles() == set()
    kept = assistance.request_list(region.stores)[0].request
    told = (kept.state, kept.peer, kept.number, kept.standing, kept.asks)
    assert told == ("XT", state.key.name, name, "received", ASK)
    with pytest.raises(AssistanceRefused) as twice:
        share_request(state, name, region.key.name, contact)
    assert twice.value.findings[0].code == "assistance.sent_before"
    take_assistance_step(region, kept.name, "acknowledge", StepSaid(), by(region)["actor"])
    assert send_waiting(region, wire).troubles() == set()
    heard = assistance.request_list(state.stores)[0].request
    assert (heard.sent_to, heard.acknowledged_on) == ((region.key.name,), state.clock.now().date())


def test_the_state_confirms_by_letter_what_came_of_a_grant(nodes: tuple[Node, Node, Wire]) -> None:
    state, region, wire = nodes
    name = published(state)
    share_request(state, name, region.key.name, by(state)["actor"])
    send_waiting(state, wire)
    kept, programme = assistance.request_list(region.stores)[0].request.name, offered(region)
    contact, approver = by(region)["actor"], by(region, Role.APPROVER)["actor"]

    def at_region(dossier: str, step: str, actor: Actor, said: StepSaid) -> None:
        take_assistance_step(region, dossier, step, said, actor)
        assert send_waiting(region, wire).troubles() == set()

    at_region(kept, "acknowledge", contact, StepSaid())
    at_region(kept, "circulate", contact, StepSaid(note="Its letter says so."))
    grant = assistance.propose_grant(terms=terms(kept, programme), **by(region))
    at_region(grant, "decide", approver, StepSaid())
    for confirmed, answer in ((False, StepSaid(reason="One does not run.")), (True, StepSaid(note="Both run."))):
        at_region(grant, "result", contact, StepSaid(result="Two depots mark."))
        asks = assistance.request_list(state.stores)[0].request
        assert asks.awaiting == ((region.key.name, grant),)
        step = "confirm" if confirmed else "contest"
        take_assistance_step(state, name, step, answer, by(state, Role.APPROVER)["actor"])
        assert send_waiting(state, wire).troubles() == set()
        assert assistance.request_list(state.stores)[0].request.awaiting == ()
    award = assistance.grant_list(region.stores)[0].award
    assert (award.standing, award.confirmed_by) == ("confirmed", f"node:{state.key.name}")


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
    assert len(send_waiting(state, wire).refused) == 1
    assert assistance.request_list(region.stores) == ()
