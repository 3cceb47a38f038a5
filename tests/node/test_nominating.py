"""A nomination goes to another node as a letter; names lie beside both records, and the State hears how it stands."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from tests.fellowship.courses import SOURCE, call, nominee
from tests.node.two_nodes import MovedClock, Wire, introduce, state_node
from tests.rooms import officer
from tracemark import fellowship
from tracemark.authorities import Level, Role
from tracemark.fellowship import FellowshipRefused, Identity
from tracemark.kernel import Refused
from tracemark.node import Node, nominate_elsewhere, send_waiting, tell_nominations

WHO = Identity("Somebody Invented", "Inspector")


def by(node: Node, role: Role = Role.POINT_OF_CONTACT) -> dict[str, Any]:
    return {"actor": officer(role, authority=f"{node.state}-REG"), "stores": node.stores, "clock": node.clock}


@pytest.fixture
def nodes() -> tuple[Node, Node, Wire, str]:
    """A State's node, a region's with an open call, and the wire between them."""
    clock = MovedClock()
    clock.moment = datetime(2026, 3, 1, 9, tzinfo=UTC)
    state, region = state_node("XA", clock), replace(state_node("XN", clock), level=Level.REGIONAL)
    introduce(state, region)
    introduce(region, state)
    fund = fellowship.open_fund(source=SOURCE, **by(region))
    cohort = fellowship.call_cohort(call=call(fund), **by(region))
    return state, region, Wire({each.letterbox.endpoint: each for each in (state, region)}), cohort


def test_a_nomination_arrives_is_forgotten_on_the_way_and_its_standing_comes_back(
    nodes: tuple[Node, Node, Wire, str],
) -> None:
    state, region, wire, cohort = nodes
    told = nominee("XA", until=date(2026, 6, 30))
    sent = nominate_elsewhere(state, region.key.name, cohort, told, WHO, by(state)["actor"])
    with pytest.raises(FellowshipRefused) as twice:
        nominate_elsewhere(state, region.key.name, cohort, told, WHO, by(state)["actor"])
    assert twice.value.findings[0].code == "fellowship.nominated_twice"
    assert send_waiting(state, wire).failed == {}
    [kept] = fellowship.nominations_by_letter(region.stores)
    assert (kept.nominee, kept.peer, kept.number, kept.cohort) == (told, state.key.name, sent, cohort)
    read = {"nomination": kept.name, "purpose": "visa", **by(region)}
    assert fellowship.nominee_identity(**read) == WHO
    assert [each["purpose"] for each in region.stores.reads.of(kept.person.removeprefix("person:"))] == ["visa"]
    for node in (state, region):
        assert all(b"Somebody" not in each.body for each in node.stores.records.all())
        posts = [*node.stores.outbox.page(), *node.stores.inbox.page()]
        assert all("Somebody" not in str(each) for each in posts)
    assert (tell_nominations(region), tell_nominations(region), send_waiting(region, wire).failed) == (1, 0, {})
    region.clock.move(days=40)  # type: ignore[attr-defined]
    fellowship.propose_selection(cohort=cohort, **by(region))
    fellowship.decide_selection(cohort=cohort, **by(region, Role.APPROVER))
    assert (tell_nominations(region), send_waiting(region, wire).failed) == (1, {})
    [heard] = fellowship.sent_nominations(actor=by(state)["actor"], stores=state.stores)
    assert (heard.name, heard.status, heard.number) == (sent, "selected", kept.name)
    region.clock.move(days=90)  # type: ignore[attr-defined]
    with pytest.raises(Refused) as past:
        fellowship.nominee_identity(**read)
    assert past.value.findings[0].code == "fellowship.identity_past"


def test_what_the_call_does_not_allow_is_refused_and_said_so(nodes: tuple[Node, Node, Wire, str]) -> None:
    state, region, wire, cohort = nodes
    contact = by(state)["actor"]
    for to, told, code in (
        ("nobody", nominee("XA"), "correspondence.recipient_unknown"),
        (region.key.name, nominee("XB"), "fellowship.not_our_state"),
    ):
        with pytest.raises(FellowshipRefused) as refused:
            nominate_elsewhere(state, to, cohort, told, WHO, contact)
        assert refused.value.findings[0].code == code
    nominate_elsewhere(state, region.key.name, "FC-2026-000099", nominee("XA"), WHO, contact)
    assert list(send_waiting(state, wire).failed.values()) == ["correspondence.letter_refused"]
    [posted] = state.stores.outbox.page()
    assert (posted.trouble.startswith("fellowship.no_such_dossier"), posted.message.body) == (True, {})
    state.clock.move(days=60)  # type: ignore[attr-defined]
    nominate_elsewhere(state, region.key.name, cohort, nominee("XA"), WHO, contact)
    assert len(send_waiting(state, wire).failed) == 1
    assert fellowship.nominations_by_letter(region.stores) == []
