"""A synthetic year between nodes: States trace weapons over borders and witness each other's records every week.

Each State seizes a weapon some fifteen times a year, asks the State whose mark it bears, and is answered by an officer
there: in full where the weapon is on record, which three of four are. Nodes are out of reach for days, answers are
lost, letters are carried twice. At the end every request is answered once and every record verifies, or the run fails.
"""

import random
import shutil
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from benchmarks import results
from tests.node.two_nodes import BEGIN, MovedClock, introduce
from tracemark import demo, recordkeeping, tracing
from tracemark.authorities import Agency, AgencyKind, Role
from tracemark.exchange import Answer, FileSigner, NoAnswer, NotCarried, SignedRequest
from tracemark.kernel import Actor, Clock, PartialDate
from tracemark.node import Letterbox, Node, send_waiting
from tracemark.recordkeeping import DossierFilter, Event, EventKind, Neighbour, append
from tracemark.storage import open_stores
from tracemark.tracing import (
    Asking,
    ComponentReading,
    Handling,
    Judgement,
    Onward,
    Purpose,
    Recovery,
    Result,
    StateAnswer,
    TraceRequest,
    Verdict,
)
from tracemark.weapons import WeaponId, catalogue

SEED = 1_540
_ASKED_A_DAY = 1 / 24
_MADE, _ON_RECORD = 40, 30
_DOWN, _LONGEST_DOWN = 0.005, 10
_LOST, _TWICE = 0.01, 0.01
_WITNESSES = 3
FAULTS = ("answer lost", "carried twice", "out of reach", "not cosigned")
_WEEK = 7
_ALL = 100_000
_HANDLING = Handling(frozenset({Purpose.TRACING}), Onward.FREELY)


class Days(MovedClock):
    """A clock of days, on which each look takes a second."""

    def now(self) -> datetime:
        """Return the moment, a second after the last."""
        self.move(seconds=1)
        return self.moment

    def dawn(self, day: int) -> None:
        """Go on to a day after the first."""
        self.moment = max(self.moment, BEGIN + timedelta(days=day))


@dataclass(slots=True)
class Post:
    """Carries letters as `demo.Hand` does, but loses answers, carries twice, and does not reach who is down."""

    hand: demo.Hand
    chance: random.Random
    down: set[str] = field(default_factory=set)
    faults: Counter[str] = field(default_factory=lambda: Counter(dict.fromkeys(FAULTS, 0)))

    def carry(self, request: SignedRequest) -> tuple[int, bytes]:
        """Carry a request, if it can be."""
        if request.url.partition("/exchange/")[0] in self.down:
            self.faults["out of reach"] += 1
            raise NotCarried("correspondence.unreachable")
        carried = self.hand.carry(request)
        if self.chance.random() < _TWICE:
            self.faults["carried twice"] += 1
            self.hand.carry(request)
        if self.chance.random() < _LOST:
            self.faults["answer lost"] += 1
            raise NotCarried("correspondence.unreachable")
        return carried


@dataclass(slots=True)
class World:
    """Nodes that know each other, the post between them, and the processor seconds of what they did."""

    nodes: Sequence[Node]
    clock: Days
    post: Post
    chance: random.Random
    away: dict[str, int] = field(default_factory=dict)
    spent: dict[str, float] = field(default_factory=lambda: defaultdict(float))
    done: Counter[str] = field(default_factory=Counter)

    @contextmanager
    def work(self, name: str) -> Iterator[None]:
        """Count what is done inside, and the processor seconds it takes."""
        begun = time.process_time()
        yield
        self.spent[name] += time.process_time() - begun
        self.done[name] += 1


def lived(count: int, days: int = 365) -> results.Row:
    """Live a year, or so many days of it, with so many nodes, and return what it took.

    Raises:
        RuntimeError: something was lost, came twice, or does not verify.
    """
    begun, spent = time.perf_counter(), time.process_time()
    with tempfile.TemporaryDirectory(prefix="tracemark-year-") as folder:
        world = founded(count, Path(folder))
        for day in range(days):
            _live(world, day)
        world.post.down = set()
        for day in range(days, days + _WEEK):
            world.clock.dawn(day)
            _deliver_and_answer(world)
        told = _told(world)
        kept = sum(path.stat().st_size for path in Path(folder).glob("*.sqlite3"))
        for node in world.nodes:
            node.stores.close()
    took = {"processor_seconds": time.process_time() - spent, "seconds": time.perf_counter() - begun}
    size: results.Row = {"system": "tracemark", "size": count, "class": "a year", "mib": round(kept / 2**20)}
    return {**size, **told, **{name: round(value, 1) for name, value in took.items()}}


def _live(world: World, day: int) -> None:
    """Live a day: some nodes fall out of reach, some States ask, all send and answer, and once a week heads go out."""
    world.clock.dawn(day)
    _weather(world)
    for node in world.nodes:
        if world.chance.random() < _ASKED_A_DAY:
            other = world.chance.choice([each for each in world.nodes if each is not node])
            _meet(world, node, other)
            with world.work("ask"):
                ask(node, other, world.chance.randint(1, _MADE))
    _deliver_and_answer(world)
    if day % _WEEK == 0:
        _witness(world)


def founded(count: int, folder: Path) -> World:
    """Found the nodes, each with a database of its own, weapons that it made, and three neighbours as its witnesses."""
    clock, chance = Days(), random.Random(SEED)
    codes = sorted(catalogue().states)[:count]
    opened = {code: _founded(code, folder, clock) for code in codes}
    nodes = list(opened.values())
    for at, node in enumerate(nodes):
        _make(node)
        for step in range(1, min(_WITNESSES, count - 1) + 1):
            near = nodes[(at + step) % count]
            contact = _by(node, Role.POINT_OF_CONTACT)["actor"]
            near.witnessing.put_neighbour(Neighbour(node.key, node.state), _by(near, Role.POINT_OF_CONTACT)["actor"])
            node.witnessing.put_neighbour(Neighbour(near.key, near.state, cosigns=True), contact)
    return World(nodes, clock, Post(demo.Hand(opened), random.Random(SEED + 1)), chance)


def _founded(code: str, folder: Path, clock: Clock) -> Node:
    """Open a node on a copy of the first one's empty tables."""
    path, empty = folder / f"{code}.sqlite3", folder / "empty.sqlite3"
    if not empty.exists():
        open_stores(f"sqlite:///{empty}", FileSigner.fleeting("none"), segments=None).close()
    shutil.copy(empty, path)
    stores = open_stores(f"sqlite:///{path}", FileSigner.fleeting(f"{code.lower()}/tracemark/record"), segments=None)
    registry = f"{code}-REG"
    stores.agencies.put(Agency(registry, registry, AgencyKind.REGISTRY, code, competent=True, contact_point=True))
    return Node(code, stores, clock=clock, letterbox=Letterbox(endpoint=f"https://{code.lower()}.example"))


def _meet(world: World, node: Node, other: Node) -> None:
    """Let two nodes know each other, where they do not yet."""
    if node.directory.find(other.key.name) is None:
        with world.work("meet"):
            introduce(node, other)
            introduce(other, node)


def ask(node: Node, other: Node, number: int) -> None:
    """Seize a weapon that another State marked, look for it at home, and ask that State."""
    analyst = _by(node, Role.TRACING_ANALYST)
    today = PartialDate.of(node.clock.now().date())
    registry = f"{node.state}-REG"
    recovered = tracing.record_recovery(recovery=Recovery(EventKind.SEIZED, today, "A port", registry), **analyst)
    request = TraceRequest(
        recovered=recovered,
        readings=(ComponentReading(_serial(other, number), "frame", ""),),
        purpose="criminal investigation",
        illicit_because=("law_of_state",),
        legal_basis="Firearms Act",
        circumstances="seized in a container",
        kind="pistol",
        calibre="9x19",
        country=other.state,
    )
    case = tracing.open_trace(request=request, **analyst).case.id
    node.trace(tracing.query_of(request), analyst["actor"], case=case)
    asking = Asking(case, other.state, other.key.name, request, _HANDLING)
    taken = {"actor": analyst["actor"], "bureau": node.bureau}
    drafted = tracing.draft_request(asking=asking, tables=catalogue(), **taken)
    tracing.send_request(request=drafted.name, **taken)


def answer(node: Node, inquiry: str) -> None:
    """Look for the weapon that another State asks of, judge, and answer."""
    taken: dict[str, Any] = {"actor": _by(node, Role.TRACING_ANALYST)["actor"], "bureau": node.bureau}
    tracing.acknowledge_inquiry(inquiry=inquiry, **taken)
    shown = tracing.inquiry_shown(inquiry=inquiry, purpose=Purpose.TRACING, **taken)
    ranking = node.trace(tracing.query_of(shown.request), taken["actor"], case=inquiry)
    told = StateAnswer(Result.NOT_FOUND, reasons="Not on record here.")
    if ranking.candidates and ranking.candidates[0].posterior >= tracing.NOTE_BELOW:
        best = ranking.candidates[0]
        judged = Judgement(WeaponId(best.weapon), Verdict.SAME, "", f"{best.posterior:.4f}", ranking.weights_version)
        tracing.judge_for_inquiry(inquiry=inquiry, judgement=judged, **taken)
        told = StateAnswer(Result.FULL, tuple(tracing.data_for_answer(inquiry=inquiry, handling=_HANDLING, **taken)))
    tracing.answer_inquiry(inquiry=inquiry, answer=told, **taken)


def _make(node: Node) -> None:
    """Keep three of four weapons that the State marked."""
    with node.stores.atomic():
        events = []
        for number, weapon in enumerate(node.stores.register.next_weapons(_ON_RECORD), 1):
            serial = _serial(node, number)
            mark = {"kind": "manufacture", "part": "frame", "text": serial, "serial": serial, "state": node.state}
            details: dict[str, Any] = {
                "holder": f"{node.state}-REG",
                "weapon": {"kind": "pistol", "calibre": "9x19", "country": node.state},
                "components": [{"part": "frame", "control": True}],
                "marks": [mark],
            }
            made = PartialDate.parse("2015")
            events.append(
                Event(WeaponId(weapon), EventKind.MANUFACTURED, made, f"{node.state}-REG", "registry", details)
            )
        append(events=events, stores=node.stores, clock=node.clock)


def _serial(node: Node, number: int) -> str:
    return f"{node.state}15{number:04}"


def _by(node: Node, role: Role) -> dict[str, Any]:
    actor = Actor(f"{node.state}.{role.value}", f"{node.state}-REG", frozenset({role.value}))
    return {"actor": actor, "stores": node.stores, "clock": node.clock}


def _weather(world: World) -> None:
    """Let nodes fall out of reach for some days, and come back."""
    world.away = {place: left - 1 for place, left in world.away.items() if left > 0}
    for node in world.nodes:
        if world.chance.random() < _DOWN:
            world.away[node.letterbox.endpoint] = world.chance.randint(1, _LONGEST_DOWN)
    world.post.down = set(world.away)


def _deliver_and_answer(world: World) -> None:
    """Send what is due, twice a day; whoever was asked answers between the two."""
    for _ in range(2):
        for node in world.nodes:
            if node.stores.outbox.waiting(at=node.clock.now(), limit=1):
                with world.work("deliver"):
                    send_waiting(node, world.post, limit=10_000)
        for node in world.nodes:
            for name in [] if node.letterbox.endpoint in world.post.down else _unanswered(node):
                with world.work("answer"):
                    answer(node, name)
        world.clock.move(hours=7)


def _unanswered(node: Node) -> list[str]:
    analyst = _by(node, Role.TRACING_ANALYST)["actor"]
    wanted = DossierFilter(standings=frozenset({"received"}), limit=_ALL)
    return [each.name for each in tracing.inquiry_list(wanted=wanted, actor=analyst, stores=node.stores)]


def _witness(world: World) -> None:
    """Let each node ask its witnesses to cosign its head."""
    known = {each.state: each for each in world.nodes}

    def call(address: str, body: bytes | None, longest: int, headers: object = None) -> Answer:  # noqa: ARG001 - as `Ask`
        code, _, _ = address.partition("/exchange/witness/")
        if known[code].letterbox.endpoint in world.post.down:
            raise NoAnswer(address)
        try:
            return Answer(200, known[code].witnessing.add_checkpoint((body or b"").decode()).encode())
        except recordkeeping.HeadRefused as refused:
            step = refused.refusal is recordkeeping.Refusal.OUT_OF_STEP
            return Answer(409 if step else 422, f"{refused.size}\n".encode())

    for node in world.nodes:
        if node.letterbox.endpoint not in world.post.down:
            contact = _by(node, Role.POINT_OF_CONTACT)["actor"]
            with world.work("witness"):
                told = node.witnessing.ask_witnesses(contact, call)
            world.post.faults["not cosigned"] += sum(each.outcome != "cosigned" for each in told)


def _told(world: World) -> dict[str, int | float]:
    """Tell what was done and what it took, once nothing is lost, nothing twice, and every record verifies."""
    answered = Counter[str]()
    for node in world.nodes:
        analyst = _by(node, Role.TRACING_ANALYST)["actor"]
        for each in tracing.request_list(wanted=DossierFilter(limit=_ALL), actor=analyst, stores=node.stores):
            answered[each.answers[0].result.value if len(each.answers) == 1 else "not once"] += 1
        if node.stores.outbox.waiting() or not node.verify(_by(node, Role.AUDITOR)["actor"], with_register=True).ok:
            raise RuntimeError(f"{node.state}: letters wait still, or its record does not verify")
    if answered["not once"] or answered.total() != world.done["ask"]:
        raise RuntimeError(f"{world.done['ask']} were asked, {dict(answered)} answered")
    return {
        "requests": answered.total(),
        "in_full": answered["full"],
        "not_found": answered["not_found"],
        "events": sum(node.stores.records.size() for node in world.nodes),
        **{name.replace(" ", "_"): number for name, number in world.post.faults.items()},
        **{f"{name}_processor_ms": round(1000 * spent / world.done[name], 2) for name, spent in world.spent.items()},
    }
