"""Two neighbours that never were, asked by the fictional State and asking it: answered soon, late, in part, or not yet.

Their nodes stand in memory while the story is told, and are gone afterwards: what they wrote and were told stays on
record here.
"""

from collections.abc import Generator, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from heapq import heappop, heappush
from typing import Any

from tracemark import tracing
from tracemark.authorities import Agency, AgencyKind, Role
from tracemark.demo.desk import POLICE, REGISTRY, Desk
from tracemark.demo.nation import STATE
from tracemark.demo.region import HANDLING, Hand, answer_in_full, introduce, look_for
from tracemark.demo.stories import LEAST_READABLE, number_of
from tracemark.kernel import Actor, PartialDate
from tracemark.marking import Mark, MarkKind
from tracemark.node import Letterbox, Node, node_of_nothing, send_waiting
from tracemark.recordkeeping import Event, EventKind, RegisterFilter, Status, WeaponState, append
from tracemark.tracing import (
    Asking,
    ComponentReading,
    Ground,
    Outcome,
    Recovery,
    Result,
    StateAnswer,
    TraceRequest,
    Withholding,
)
from tracemark.weapons import Description, WeaponId, catalogue

MAKER, BUYER = "XU", "XV"
"""One makes pistols and sells them to the other."""

_OPENS = 6
"""The hour at which a day begins: all its steps fit into it."""

_MADE, _SOLD = 12, 8
_PISTOL = Description(kind="pistol", calibre="9x19", country=MAKER)
_NOTE = "Number and proof marks agree."
_MOST = 2_000


@dataclass(frozen=True, slots=True)
class Given:
    """What a State answers, how many days after it was asked, and when it acknowledged; None where it has not yet."""

    acknowledged: int | None = None
    answered: int | None = None
    result: Result = Result.FULL
    grounds: tuple[Withholding, ...] = ()
    reasons: str = ""


_WITHHELD = "The matter is before a court."
_OURS: tuple[tuple[int, tuple[tuple[str, Given], ...]], ...] = (
    (1, ((MAKER, Given(2, 9)), (BUYER, Given(1, 6)))),
    (2, ((MAKER, Given(1, 4)), (BUYER, Given(3, 10, Result.REFUSED, (Withholding.INVESTIGATION,), _WITHHELD)))),
    (77, ((MAKER, Given(4, 21, Result.NOT_FOUND, reasons="No such number was ever made here.")),)),
    (_MADE, ((MAKER, Given(2, 13)),)),
    (78, ((BUYER, Given(8)),)),
)
"""What we ask: the number of a pistol, of which they know those up to `_MADE`, and whom, one after another."""

_THEIRS: tuple[tuple[str, Given], ...] = (
    (MAKER, Given(1, 5)),
    (BUYER, Given(3, 12, Result.DELAYED, (Withholding.LAW,), "The archive of the army is searched by hand.")),
    (MAKER, Given(2, 8)),
    (BUYER, Given(4, 16, Result.REFUSED, (Withholding.CONFIDENTIALITY,), "The buyer was promised confidence.")),
    (MAKER, Given()),
)
"""What the neighbours ask about weapons that went to them from here."""


@dataclass(slots=True)
class _Abroad:
    """The nodes by their States, ours among them, on one clock."""

    desk: Desk
    nodes: Mapping[str, Node]
    hand: Hand = field(init=False)

    def __post_init__(self) -> None:
        self.hand = Hand(self.nodes)

    def deliver(self) -> None:
        """Carry what waits at each node to the others."""
        for each in self.nodes.values():
            send_waiting(each, self.hand, jitter=float)

    def who(self, state: str) -> Actor:
        """Return who traces in a State."""
        agency, name = (
            (POLICE, "demo-tracing-analyst") if state == STATE else (f"{state}-POL", f"{state.lower()}.analyst")
        )
        return Actor(name, agency, frozenset({Role.TRACING_ANALYST.value}))


def write_to_neighbours(desk: Desk) -> None:
    """Ask two neighbours about weapons that came to hand, and answer what they ask, over three weeks."""
    abroad = _Abroad(desk, {STATE: _at_home(desk), **{each: _neighbour(desk, each) for each in (MAKER, BUYER)}})
    for each in (MAKER, BUYER):
        _make_known(abroad, each)
    _sell(abroad)
    stories = [_we_ask(abroad, number, asked) for number, asked in _OURS]
    _let_pass(abroad, [*stories, *_asked_of_us(abroad)])


def _let_pass(abroad: _Abroad, stories: Sequence[Iterator[int]]) -> None:
    """Let stories go on side by side: each says after a step how many days pass until its next."""
    morning = datetime(*(abroad.desk.moment + timedelta(days=1)).timetuple()[:3], _OPENS, tzinfo=UTC)
    waiting = [(0, place) for place in range(len(stories))]
    while waiting:
        day, place = heappop(waiting)
        abroad.desk.moment = max(abroad.desk.moment, morning + timedelta(days=day))
        pause = next(stories[place], None)
        abroad.deliver()
        if pause is not None:
            heappush(waiting, (day + pause, place))


def _we_ask(abroad: _Abroad, number: int, asked: Sequence[tuple[str, Given]]) -> Iterator[int]:
    ours, analyst = abroad.nodes[STATE], abroad.who(STATE)
    case = _open_case(ours, analyst, _serial(number), _PISTOL)
    traced = ""
    for state, given in asked:
        request = yield from _ask(abroad, (STATE, state), case, given)
        traced = request if given.result is Result.FULL and given.answered else traced
    if traced and asked[-1][1].result is Result.FULL:
        by: dict[str, Any] = {"actor": analyst, "stores": ours.stores, "clock": ours.clock}
        tracing.answer_trace(
            case=case, outcome=Outcome.TRACED, note="Traced with the help of our neighbours.", rests_on=traced, **by
        )


def _asked_of_us(abroad: _Abroad) -> Iterator[Iterator[int]]:
    """Yield what neighbours ask, as far as weapons went to them from here."""
    gone = {each: _exported_to(abroad.nodes[STATE], each) for each in (MAKER, BUYER)}
    for asking, given in _THEIRS:
        if weapon := next(gone[asking], None):
            yield _they_ask(abroad, asking, weapon, given)


def _they_ask(abroad: _Abroad, asking: str, weapon: WeaponState, given: Given) -> Iterator[int]:
    described = replace(weapon.description, country=STATE)
    case = _open_case(abroad.nodes[asking], abroad.who(asking), number_of(weapon), described)
    yield from _ask(abroad, (asking, STATE), case, given)


def _ask(abroad: _Abroad, between: tuple[str, str], case: str, given: Given) -> Generator[int, None, str]:
    """Let one State ask another about a case, and the other answer in its time; return the request's name."""
    asking, asked = (abroad.nodes[each] for each in between)
    analyst = abroad.who(between[0])
    request = asking.stores.cases.get(case).request
    told = Asking(case, asked.state, asked.key.name, request, HANDLING)
    name = tracing.draft_request(asking=told, actor=analyst, bureau=asking.bureau, tables=catalogue()).name
    tracing.send_request(request=name, actor=analyst, bureau=asking.bureau)
    if given.acknowledged is None:
        return name
    yield given.acknowledged
    by: dict[str, Any] = {"actor": abroad.who(between[1]), "bureau": asked.bureau}
    inquiry = _inquiry_of(asked, name, asking.key.name, by["actor"])
    tracing.acknowledge_inquiry(inquiry=inquiry, **by)
    if given.answered is not None:
        yield given.answered - given.acknowledged
        tracing.answer_inquiry(inquiry=inquiry, answer=_answer(asked, inquiry, given, by), **by)
    yield 0
    return name


def _inquiry_of(asked: Node, number: str, peer: str, actor: Actor) -> str:
    listed = tracing.inquiry_list(actor=actor, stores=asked.stores)
    return next(each.name for each in listed if (each.number, each.peer) == (number, peer))


def _answer(asked: Node, inquiry: str, given: Given, by: Mapping[str, Any]) -> StateAnswer:
    """Answer as a State does that looked; where it tells all, by the weapon that an officer found to be the same."""
    expected = (asked.clock.now().date() + timedelta(days=30)).isoformat() if given.result is Result.DELAYED else ""
    if given.result is not Result.FULL:
        return StateAnswer(given.result, grounds=given.grounds, reasons=given.reasons, expected_on=expected)
    ranking = look_for(asked, inquiry, by["actor"])
    return answer_in_full(asked, inquiry, ranking, by["actor"], _NOTE)


def _open_case(node: Node, analyst: Actor, number: str, described: Description) -> str:
    """Seize a weapon of a number, open a case on it, and look for it at home."""
    by: dict[str, Any] = {"actor": analyst, "stores": node.stores, "clock": node.clock}
    recovery = Recovery(
        EventKind.SEIZED,
        PartialDate.of(node.clock.now().date()),
        "Ironbridge crossing",
        analyst.authority,
        grounds=frozenset({Ground.LAW_OF_STATE}),
        description=Description(kind=described.kind, calibre=described.calibre),
        marks=(Mark(MarkKind.MANUFACTURE, text=number),),
    )
    request = TraceRequest(
        recovered=tracing.record_recovery(recovery=recovery, **by),
        readings=(ComponentReading(number),),
        purpose="criminal investigation",
        illicit_because=(Ground.LAW_OF_STATE.value,),
        legal_basis="Firearms Act, section 12",
        circumstances="border check",
        kind=described.kind,
        calibre=described.calibre,
        country=described.country,
    )
    case = tracing.open_trace(request=request, **by).case
    node.trace(tracing.query_of(request), analyst, case=case.id)
    return case.id


def _exported_to(node: Node, state: str) -> Iterator[WeaponState]:
    """Yield weapons that went to a State, of which number and calibre are known."""
    for each in node.stores.register.page(RegisterFilter(status=Status.ABROAD), holders=None, limit=_MOST):
        life = node.stores.records.of_weapon(WeaponId(each.weapon))
        last = next((step.event for step in reversed(life) if step.event.kind is EventKind.EXPORTED), None)
        known = each.description.calibre and len(number_of(each)) >= LEAST_READABLE
        if known and last and last.details["to_state"] == state:
            yield each


def _sell(abroad: _Abroad) -> None:
    """Let one neighbour make pistols, and sell most of them to the other."""
    maker, buyer = abroad.nodes[MAKER], abroad.nodes[BUYER]
    for number, weapon in enumerate(maker.stores.register.next_weapons(_MADE), 1):
        _tell(maker, weapon, "manufactured", date(2016, 5, 3), holder=f"{MAKER}-REG", **_pistol(number))
        if number <= _SOLD:
            _tell(maker, weapon, "exported", date(2018, 2, 20), to_state=BUYER, holder="organisation:Coast guard")
    for number, weapon in enumerate(buyer.stores.register.next_weapons(_SOLD), 1):
        _tell(buyer, weapon, "imported", date(2018, 3, 9), from_state=MAKER, holder=f"{BUYER}-POL", **_pistol(number))
        _tell(buyer, weapon, "stolen", date(2023, 11, 17), place="A depot")


def _tell(node: Node, weapon: int, kind: str, on: date, /, **details: Any) -> None:
    event = Event(WeaponId(weapon), EventKind(kind), PartialDate.of(on), f"{node.state}-REG", "registry", details)
    with node.stores.atomic():
        append(events=[event], stores=node.stores, clock=node.clock)


def _pistol(number: int) -> dict[str, Any]:
    serial = _serial(number)
    mark = {"kind": "manufacture", "part": "frame", "text": serial, "serial": serial, "state": MAKER}
    described = {"kind": _PISTOL.kind, "calibre": _PISTOL.calibre, "country": _PISTOL.country}
    return {"weapon": described, "marks": [mark]}


def _serial(number: int) -> str:
    return f"KU{40_000 + 37 * number}"


def _at_home(desk: Desk) -> Node:
    """Our own node, as neighbours reach it."""
    box = replace(desk.node.letterbox, endpoint=_endpoint(STATE))
    return replace(desk.node, clock=desk, letterbox=box)


def _neighbour(desk: Desk, state: str) -> Node:
    box = Letterbox(endpoint=_endpoint(state), contact=f"Contact point of {state}")
    node = replace(node_of_nothing(state), clock=desk, letterbox=box)
    kinds = (("REG", AgencyKind.REGISTRY), ("POL", AgencyKind.POLICE))
    for suffix, kind in kinds:
        code = f"{state}-{suffix}"
        node.stores.agencies.put(
            Agency(code, f"{state}: {kind.value}", kind, state, competent=True, contact_point=True)
        )
    return node


def _make_known(abroad: _Abroad, state: str) -> None:
    ours, theirs = abroad.nodes[STATE], abroad.nodes[state]
    introduce(ours, theirs, _at_our_desk)
    introduce(theirs, ours)


def _at_our_desk(ours: Node, role: Role) -> dict[str, Any]:
    actor = Actor(f"demo-{role.value.replace('_', '-')}", REGISTRY, frozenset({role.value}))
    return {"actor": actor, "stores": ours.stores, "clock": ours.clock}


def _endpoint(state: str) -> str:
    """An address that nobody has, whatever the names of States come to be."""
    return f"https://tracemark.{state.lower()}.example"
