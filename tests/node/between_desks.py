"""Police of two nodes that ask and answer about a weapon, in one process."""

from typing import Any

from tests.node.two_nodes import Pair, pair
from tests.rooms import officer
from tracemark import tracing
from tracemark.authorities import Agency, AgencyKind, Role
from tracemark.kernel import Actor, PartialDate
from tracemark.node import Node, send_waiting
from tracemark.recordkeeping import EventKind
from tracemark.tracing import (
    Asking,
    ComponentReading,
    Handling,
    Onward,
    Purpose,
    Recovery,
    Result,
    StateAnswer,
    StateRequest,
    TraceRequest,
)
from tracemark.weapons import catalogue

HANDLING = Handling(frozenset({Purpose.TRACING}), Onward.FREELY)


def analyst(node: Node) -> Actor:
    return officer(Role.TRACING_ANALYST, authority=f"{node.state}-POL")


def by(node: Node) -> dict[str, Any]:
    return {"actor": analyst(node), "bureau": node.bureau}


def carry(found: Pair) -> None:
    for node in (found.ours, found.theirs):
        assert send_waiting(node, found.wire).troubles() == set()


def with_police() -> Pair:
    """Two nodes whose police may see what other States tell."""
    found = pair()
    for node in (found.ours, found.theirs):
        with node.stores.atomic():
            name = f"{node.state}-POL"
            node.stores.agencies.put(Agency(name, name, AgencyKind.POLICE, node.state, competent=True))
    return found


def asks(found: Pair) -> str:
    """Let ours ask theirs about a seized weapon; return the request, which has arrived and was acknowledged."""
    node = found.ours
    told: dict[str, Any] = {"stores": found.ours.stores, "clock": found.ours.clock}
    recovery = Recovery(EventKind.SEIZED, PartialDate(2026, 4, 3), "Border", f"{node.state}-POL")
    recovered = tracing.record_recovery(recovery=recovery, actor=analyst(node), **told)
    request = TraceRequest(
        recovered=recovered,
        readings=(ComponentReading("AB?23", "frame", "stamp"),),
        purpose="criminal investigation",
        illicit_because=("law_of_state",),
        legal_basis="Firearms Act 12",
        circumstances="seized at a border crossing",
        kind="pistol",
        calibre="9x19",
        country="XB",
    )
    case = tracing.open_trace(request=request, actor=analyst(node), **told).case
    node.trace(tracing.query_of(request), analyst(node), case=case.id)
    asking = Asking(case.id, found.theirs.state, found.theirs.key.name, request, HANDLING)
    drafted = tracing.draft_request(asking=asking, tables=catalogue(), **by(node)).name
    tracing.send_request(request=drafted, **by(node))
    carry(found)
    tracing.acknowledge_inquiry(inquiry=inquiry_of(found), **by(found.theirs))
    return drafted


def inquiry_of(found: Pair) -> str:
    return tracing.inquiry_list(actor=analyst(found.theirs), stores=found.theirs.stores).items[0].name


def answers(found: Pair, reasons: str = "Never made, imported or registered here.") -> None:
    """Let theirs answer that it was not found, and the answer arrive."""
    found.theirs.trace(tracing.query_of(request_asked(found)), analyst(found.theirs), case=inquiry_of(found))
    answer = StateAnswer(Result.NOT_FOUND, reasons=reasons)
    tracing.answer_inquiry(inquiry=inquiry_of(found), answer=answer, **by(found.theirs))
    carry(found)


def request_asked(found: Pair) -> TraceRequest:
    return tracing.inquiry_shown(inquiry=inquiry_of(found), purpose=Purpose.TRACING, **by(found.theirs)).request


def request_of(found: Pair, name: str) -> StateRequest:
    return tracing.state_request(name=name, actor=analyst(found.ours), stores=found.ours.stores)
