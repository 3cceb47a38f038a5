"""Six nodes that never were: four States, their region and the world, each with a register and keys of its own.

A lot of pistols is made in Arlandia, exported to Borland, passed on to Corvia without Arlandia's consent, and one of
them is found damaged in Dorania. Dorania traces it hop by hop, codes the point of diversion, and all four tell the
region.
"""

import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from tracemark import correspondence, diversion, node, reporting, secretariat, tracing
from tracemark.authorities import Agency, AgencyKind, Level, Role
from tracemark.correspondence import EnvelopeRefused
from tracemark.kernel import Actor, Clock, PartialDate
from tracemark.node import Node, SignedRequest
from tracemark.recordkeeping import Event, EventKind, append
from tracemark.reporting import Denominator, Period
from tracemark.secretariat import RegionalCell, RegionalIndicator
from tracemark.tracing import (
    Asking,
    ComponentReading,
    Handling,
    Judgement,
    Onward,
    Outcome,
    Purpose,
    Ranking,
    Recovery,
    Result,
    StateAnswer,
    TraceRequest,
    Verdict,
)
from tracemark.weapons import WeaponId, catalogue

PERIOD = Period.parse("2010", "2026")
HANDLING = Handling(frozenset({Purpose.TRACING, Purpose.INVESTIGATION, Purpose.STATISTICS}), Onward.FREELY)
READING = "A?2?0017"
_NOTE = "All that could be read and was stated agrees, and the number lies in the one lot of its maker that we know."
FIGURES = ("recoveries.seized", "exports.weapons")
OUT_OF = Denominator.ALL
_BEGIN = datetime(2026, 9, 1, 8, tzinfo=UTC)
_WEAPONS = 40


@dataclass(frozen=True, slots=True)
class Member:
    """A node of the region: its code, what it is called, and the port it answers at."""

    code: str
    name: str
    level: Level
    port: int

    @property
    def endpoint(self) -> str:
        """Where its inbox is reached, on this machine only."""
        return f"http://127.0.0.1:{self.port}"


MEMBERS = (
    Member("XA", "Arlandia", Level.NATIONAL, 8101),
    Member("XB", "Borland", Level.NATIONAL, 8102),
    Member("XC", "Corvia", Level.NATIONAL, 8103),
    Member("XD", "Dorania", Level.NATIONAL, 8104),
    Member("XR", "Region of the four", Level.REGIONAL, 8105),
    Member("XG", "Secretariat", Level.GLOBAL, 8106),
)
A, B, C, D = MEMBERS[:4]


@dataclass(slots=True)
class Time:
    """A clock on which each look takes a minute, the same for all nodes."""

    moment: datetime = _BEGIN

    def now(self) -> datetime:
        self.moment += timedelta(minutes=1)
        return self.moment


@dataclass(frozen=True, slots=True)
class Hop:
    """One request of the trace: whom Dorania asked, why, and what was answered."""

    request: str
    state: str
    because: tuple[str, ...]
    result: str
    next_state: str


@dataclass(frozen=True, slots=True)
class RegionTold:
    """What the region was told at the end: the journey, the point of diversion, and its figures with who is missing."""

    reading: str
    hops: tuple[Hop, ...]
    case: str
    how: str
    figures: Mapping[str, RegionalCell]
    indicator: RegionalIndicator


Deliver = Callable[[Node], object]
"""Carries what waits in a node's outbox to the others."""


class Hand:
    """Carries letters between nodes that stand in one process, as a server would take them."""

    def __init__(self, opened: Mapping[str, Node]) -> None:
        self._nodes = {each.letterbox.endpoint: each for each in opened.values()}

    def carry(self, request: SignedRequest) -> tuple[int, bytes]:
        """Hand a request to the node it is for; what is not let in is turned away, as over HTTP."""
        to = self._nodes[request.url.partition("/exchange/")[0]]
        try:
            return 200, node.answer_request(to, request).encode()
        except EnvelopeRefused as refused:
            return 422, refused.findings[0].code.encode()


@contextmanager
def configured(member: Member, folder: Path) -> Iterator[Mapping[str, str]]:
    """Set the environment of a member's node, as its own process would have it; what stood there before comes back."""
    told = {
        "TRACEMARK_DB": f"sqlite:///{folder / member.code.lower()}.sqlite3",
        "TRACEMARK_STATE": member.code,
        "TRACEMARK_LEVEL": member.level.value,
        "TRACEMARK_ENDPOINT": member.endpoint,
        "TRACEMARK_CONTACT": f"Contact point of {member.name}",
    }
    before = {name: os.environ.get(name) for name in told}
    os.environ.update(told)
    try:
        yield told
    finally:
        for name, value in before.items():
            os.environ.pop(name, None) if value is None else os.environ.update({name: value})


def open_region(folder: Path, clock: Clock | None = None) -> dict[str, Node]:
    """Open the six nodes, set up where they do not stand yet; agencies listed and all known to each other.

    Without a `clock` they share one of the story's own: nodes that answer in processes of theirs tell the real time.
    """
    clock, opened = clock or Time(), dict[str, Node]()
    for member in MEMBERS:
        with configured(member, folder):
            opened[member.code] = replace(node.open_node(create=True), clock=clock)
    for member in MEMBERS:
        _list_agencies(opened[member.code], member)
    for one in opened.values():
        for other in opened.values():
            if one is not other and one.directory.find(other.key.name) is None:
                introduce(one, other)
    return opened


def is_told(opened: Mapping[str, Node]) -> bool:
    """Whether the story was told in these registers before."""
    return bool(opened[D.code].stores.cases.page(limit=1))


def introduce(one: Node, other: Node, who: Callable[[Node, Role], dict[str, Any]] | None = None) -> None:
    """Let a node know another: one person proposes it, another confirms the digits that were read out."""
    who, card = who or by, node.own_card(other)
    peer = correspondence.propose_peer(card=card, **who(one, Role.POINT_OF_CONTACT))
    correspondence.list_peer(peer=peer, spoken=card.spoken, **who(one, Role.APPROVER))


def by(one: Node, role: Role, agency: str = "REG") -> dict[str, Any]:
    """Return who acts in a node, and with what."""
    actor = Actor(f"{one.state.lower()}.{role.value}", f"{one.state}-{agency}", frozenset({role.value}))
    return {"actor": actor, "stores": one.stores, "clock": one.clock}


def tell_region(opened: Mapping[str, Node], deliver: Deliver) -> RegionTold:
    """Tell the story; `deliver` carries what waits in a node's outbox."""
    a, b, d = (opened[each.code] for each in (A, B, D))
    _make(a)
    _pass_on(b)
    case, recovered = _find(d)
    hops = []
    while (hop := _ask(opened, case, deliver)) is not None:
        hops.append(hop)
    _conclude(d, case, recovered, hops)
    for member in (A, B, C, D):
        _publish(opened[member.code])
        for above in MEMBERS[4:]:
            name = opened[above.code].key.name
            node.share_figures(opened[member.code], name, by(opened[member.code], Role.APPROVER)["actor"])
        deliver(opened[member.code])
    return RegionTold(READING, tuple(hops), case, "retransfer", _figures(opened["XR"]), _indicator(opened["XR"]))


def _list_agencies(one: Node, member: Member) -> None:
    kinds = (("REG", AgencyKind.REGISTRY), ("POL", AgencyKind.POLICE), ("ARMY", AgencyKind.ARMED_FORCES))
    for suffix, kind in kinds:
        competent, contact = suffix != "ARMY", suffix == "REG"
        named = (f"{member.code}-{suffix}", f"{member.name}: {kind.value}", kind, member.code)
        one.stores.agencies.put(Agency(*named, competent=competent, contact_point=contact))


def _make(a: Node) -> None:
    """Arlandia makes a lot and exports it to Borland."""
    with a.stores.atomic():
        for number, weapon in enumerate(a.stores.register.next_weapons(_WEAPONS), 1):
            made = {"holder": "XA-ARMY", **_pistol(_mark(number))}
            sold = {"to_state": B.code, "holder": "organisation:Army of Borland"}
            _tell(a, weapon, ("manufactured", "2013-04", made), ("exported", "2014-05-02", sold))


def _pass_on(b: Node) -> None:
    """Borland imports the lot and, years later, lets half of it go to Corvia, without asking where it came from."""
    with b.stores.atomic():
        for number, weapon in enumerate(b.stores.register.next_weapons(_WEAPONS), 1):
            imported = {"kind": "import", "part": "frame", "text": f"{B.code} 14", "state": B.code}
            bought = {"from_state": A.code, "holder": "XB-ARMY", **_pistol(_mark(number), imported)}
            _tell(b, weapon, ("imported", "2014-06", bought))
            if number <= _WEAPONS // 2:
                gone = {"to_state": C.code, "holder": "organisation:A dealer in Corvia"}
                _tell(b, weapon, ("exported", "2019-09-10", gone))


def _mark(number: int) -> dict[str, str]:
    serial = f"AR26{number:04}"
    return {"kind": "manufacture", "part": "frame", "text": serial, "serial": serial, "state": A.code}


def _pistol(*marks: Mapping[str, str]) -> dict[str, Any]:
    return {
        "weapon": {"kind": "pistol", "calibre": "9x19", "country": A.code},
        "components": [{"part": "frame", "control": True}],
        "marks": list(marks),
    }


def _tell(one: Node, weapon: int, *told: tuple[str, str, dict[str, Any]]) -> None:
    events = [
        Event(WeaponId(weapon), EventKind(kind), PartialDate.parse(on), f"{one.state}-REG", "registry", details)
        for kind, on, details in told
    ]
    append(events=events, stores=one.stores, clock=one.clock)


def _find(d: Node) -> tuple[str, WeaponId]:
    """Dorania seizes one of them, its number damaged and its import mark filed off."""
    recovery = Recovery(EventKind.SEIZED, PartialDate.parse("2026-08-20"), "Harbour of Dorania", "XD-POL")
    recovered = tracing.record_recovery(recovery=recovery, **by(d, Role.TRACING_ANALYST, "POL"))
    request = TraceRequest(
        recovered=recovered,
        readings=(ComponentReading(READING, "frame", ""),),
        purpose="criminal investigation",
        illicit_because=("law_of_state",),
        legal_basis="Firearms Act",
        circumstances="seized in a container; the import mark is filed off",
        kind="pistol",
        calibre="9x19",
        country=A.code,
    )
    case = tracing.open_trace(request=request, **by(d, Role.TRACING_ANALYST, "POL")).case
    d.trace(tracing.query_of(request), by(d, Role.TRACING_ANALYST, "POL")["actor"], case=case.id)
    return case.id, recovered


def _ask(opened: Mapping[str, Node], case: str, deliver: Deliver) -> Hop | None:
    """Ask the State that is likeliest to know and was not asked yet; None where nobody is left."""
    d = opened[D.code]
    analyst = by(d, Role.TRACING_ANALYST, "POL")["actor"]
    listed = tracing.whom_to_ask(case=case, actor=analyst, bureau=d.bureau, tables=catalogue())
    left = [each for each in listed if not each.asked]
    if not left:
        return None
    asked = opened[left[0].state]
    request = d.stores.cases.get(case).request
    asking = Asking(case, asked.state, asked.key.name, request, HANDLING)
    drafted = tracing.draft_request(asking=asking, actor=analyst, bureau=d.bureau, tables=catalogue())
    tracing.send_request(request=drafted.name, actor=analyst, bureau=d.bureau)
    deliver(d)
    _answer(asked)
    deliver(asked)
    shown = tracing.answer_shown(request=drafted.name, purpose=Purpose.TRACING, actor=analyst, bureau=d.bureau)
    standing = tracing.state_request(name=drafted.name, actor=analyst, stores=d.stores)
    because = tuple(each.code for each in left[0].because)
    next_state = shown.answer.next_state if shown else ""
    return Hop(drafted.name, asked.state, because, standing.answers[-1].result.value, next_state)


def _answer(asked: Node) -> None:
    """An officer of the State that was asked looks for the weapon, judges, and answers."""
    analyst = by(asked, Role.TRACING_ANALYST, "POL")["actor"]
    inquiry = tracing.inquiry_list(actor=analyst, stores=asked.stores).items[0].name
    tracing.acknowledge_inquiry(inquiry=inquiry, actor=analyst, bureau=asked.bureau)
    ranking = look_for(asked, inquiry, analyst)
    if not ranking.candidates or ranking.candidates[0].posterior < ranking.not_here:
        answer = StateAnswer(Result.NOT_FOUND, reasons="Never made, imported or registered here.")
    else:
        answer = answer_in_full(asked, inquiry, ranking, analyst, _NOTE)
    tracing.answer_inquiry(inquiry=inquiry, answer=answer, actor=analyst, bureau=asked.bureau)


def look_for(asked: Node, inquiry: str, analyst: Actor) -> Ranking:
    """Look in the register of the State that was asked for the weapon that an inquiry is about."""
    shown = tracing.inquiry_shown(inquiry=inquiry, purpose=Purpose.TRACING, actor=analyst, bureau=asked.bureau)
    return asked.trace(tracing.query_of(shown.request), analyst, case=inquiry)


def answer_in_full(asked: Node, inquiry: str, ranking: Ranking, analyst: Actor, note: str) -> StateAnswer:
    """Judge the first of the candidates to be the weapon, and return all that may be told of it."""
    best = ranking.candidates[0]
    judgement = Judgement(
        WeaponId(best.weapon), Verdict.SAME, "", f"{best.posterior:.4f}", ranking.weights_version, note
    )
    tracing.judge_for_inquiry(inquiry=inquiry, judgement=judgement, actor=analyst, bureau=asked.bureau)
    data = tracing.data_for_answer(inquiry=inquiry, actor=analyst, bureau=asked.bureau, handling=HANDLING)
    return StateAnswer(Result.FULL, tuple(data))


def _conclude(d: Node, case: str, recovered: WeaponId, hops: list[Hop]) -> None:
    """Dorania answers its case by what it heard, and codes where the weapon left lawful hands."""
    traced = [each for each in hops if each.result == Result.FULL.value]
    tracing.answer_trace(
        case=case,
        outcome=Outcome.TRACED,
        note="Traced over three States.",
        rests_on=traced[-1].request,
        **by(d, Role.TRACING_ANALYST, "POL"),
    )
    found = diversion.Found(
        stage="transfer",
        how="retransfer",
        grounds=["Borland let it go to Corvia, which never had it on record, without the consent of Arlandia."],
        since=PartialDate.parse("2019-09-10"),
        until=PartialDate.parse("2026-08-20"),
        case=case,
    )
    diversion.establish_diversion(weapons=[recovered], found=found, **by(d, Role.TRACING_ANALYST, "POL"))


def _publish(one: Node) -> None:
    """Two people publish the State's figures; there are no persons in them, so small numbers need not be withheld."""
    actor = by(one, Role.POINT_OF_CONTACT)["actor"]
    for name in (*FIGURES, *reporting.figures()[secretariat.INDICATOR_FIGURES[OUT_OF]].parts):
        with node.drawing(one, PERIOD, actor) as drawing:
            drawn = drawing.draw(name)
        if drawn.available:
            publication = reporting.propose_publication(drawn=drawn, least=1, **by(one, Role.POINT_OF_CONTACT))
            reporting.approve_publication(name=publication, **by(one, Role.APPROVER))


def _figures(region: Node) -> dict[str, RegionalCell]:
    """What the region makes of what it was told; who is missing is named."""
    tables, members = list(node.told_tables(region)), node.member_states(region)
    return {name: secretariat.roll_up(name, PERIOD, (), tables, members).whole for name in FIGURES}


def _indicator(region: Node) -> RegionalIndicator:
    """SDG 16.4.2 of the region, of what its States published."""
    return secretariat.regional_indicator(OUT_OF, PERIOD, node.told_tables(region), node.member_states(region))
