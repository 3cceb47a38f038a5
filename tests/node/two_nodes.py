"""Two nodes in one process that know each other, a clock that tests move, and a post between them that can fail."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from tests.rooms import officer
from tracemark import correspondence
from tracemark.authorities import Agency, AgencyKind, Role
from tracemark.correspondence import EnvelopeRefused, Message
from tracemark.exchange import FileSigner, NotCarried, SignedRequest
from tracemark.node import Letterbox, Node, answer_request, own_card
from tracemark.storage.memory import MemoryStores

BEGIN = datetime(2026, 5, 6, 7, 8, 9, tzinfo=UTC)


class MovedClock:
    """A clock that tests move, and that may be wrong by a while."""

    def __init__(self, wrong_by: timedelta = timedelta()) -> None:
        self.moment = BEGIN + wrong_by

    def now(self) -> datetime:
        return self.moment

    def move(self, **by: float) -> None:
        self.moment += timedelta(**by)


def state_node(state: str, clock: MovedClock, stores: MemoryStores | None = None) -> Node:
    """A node of a State, with its registry listed."""
    name = f"{state.lower()}/tracemark/record"
    stores = stores or MemoryStores(FileSigner.fleeting(name))
    code = f"{state}-REG"
    with stores.atomic():
        stores.agencies.put(Agency(code, code, AgencyKind.REGISTRY, state, contact_point=True))
    return Node(state, stores, clock=clock, letterbox=Letterbox(endpoint=f"https://{state.lower()}.example"))


def introduce(node: Node, other: Node) -> str:
    """Let a node know another, by the eyes of two people; return the dossier."""
    by: dict[str, Any] = {"stores": node.stores, "clock": node.clock}
    registry = f"{node.state}-REG"
    card = own_card(other)
    peer = correspondence.propose_peer(card=card, actor=officer(Role.POINT_OF_CONTACT, authority=registry), **by)
    correspondence.list_peer(peer=peer, spoken=card.spoken, actor=officer(Role.APPROVER, authority=registry), **by)
    return peer


def note(to: Node, said: str = "hello") -> Message:
    return Message(to.key.name, "tracemark.note/1", {"said": said})


def post(node: Node, message: Message) -> str:
    with node.stores.atomic():
        return node.stores.outbox.post(message, at=node.clock.now())


def said(node: Node) -> list[str]:
    """What others said to a node, in the order in which it came."""
    return [str(each.body["said"]) for each in reversed(node.stores.inbox.page(message_type="tracemark.note/1"))]


Spoil = Callable[[SignedRequest], SignedRequest]


@dataclass
class Wire:
    """Carries requests to nodes by their endpoint. `down` is not reached; `spoil` changes what passes."""

    nodes: dict[str, Node]
    down: set[str] = field(default_factory=set)
    lose_answers: bool = False
    spoil: Spoil = lambda request: request
    passed: list[SignedRequest] = field(default_factory=list)

    def carry(self, request: SignedRequest) -> tuple[int, bytes]:
        place = request.url.partition("/exchange/")[0]
        if place in self.down:
            raise NotCarried("correspondence.unreachable")
        self.passed.append(replace(request, headers=dict(request.headers)))
        try:
            answer = answer_request(self.nodes[place], self.spoil(request))
        except EnvelopeRefused as error:
            return 422, error.findings[0].code.encode()
        if self.lose_answers:
            raise NotCarried("correspondence.unreachable")
        return 200, answer.encode()


@dataclass
class Pair:
    """Two nodes that know each other, each with its own clock, and the wire between them."""

    ours: Node
    theirs: Node
    our_clock: MovedClock
    their_clock: MovedClock
    wire: Wire

    def move(self, **by: float) -> None:
        self.our_clock.move(**by)
        self.their_clock.move(**by)


def pair(wrong_by: timedelta = timedelta()) -> Pair:
    our_clock, their_clock = MovedClock(), MovedClock(wrong_by)
    ours, theirs = state_node("XA", our_clock), state_node("XB", their_clock)
    introduce(ours, theirs)
    introduce(theirs, ours)
    wire = Wire({each.letterbox.endpoint: each for each in (ours, theirs)})
    return Pair(ours, theirs, our_clock, their_clock, wire)
