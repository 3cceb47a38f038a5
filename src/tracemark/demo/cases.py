"""Recoveries of the fictional State and the traces on them, at every stage of the work."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from random import Random

from tracemark import tracing
from tracemark.authorities import AgencyKind, Role
from tracemark.demo.lives import TODAY, recovery_details
from tracemark.demo.nation import codes
from tracemark.demo.stories import LEAST_READABLE, damaged_serial, missing, number_of
from tracemark.kernel import Actor, PartialDate
from tracemark.marking import Mark, MarkKind
from tracemark.node import Node
from tracemark.recordkeeping import Breach, EventKind, Status, WeaponState
from tracemark.tracing import (
    ComponentReading,
    Ground,
    Judgement,
    Outcome,
    PersonInvolved,
    Priority,
    Ranking,
    Recovery,
    Sex,
    TraceCase,
    TraceRequest,
    Verdict,
)
from tracemark.weapons import Description, WeaponId

_STAGES = ("answered", "judged", "open", "urgent", "answered", "rejected", "open", "incomplete")
_CASES = 3 * len(_STAGES)
_BETWEEN = timedelta(hours=7)
_MAKER_LEGIBLE = 0.8
_CALIBRE_KNOWN = 0.7
_ANSWER = "The holder reported the loss; see the loss report."
_NOTE = "The frame shows the proof marks that the register describes."


@dataclass(slots=True)
class _PassingClock:
    """A clock on which time passes between one step and the next."""

    moment: datetime

    def now(self) -> datetime:
        return self.moment

    def pass_on(self) -> None:
        self.moment += _BETWEEN


@dataclass(frozen=True, slots=True)
class _Told:
    """A case with the weapon it is truly about, and who works on it."""

    case: TraceCase
    truth: WeaponState
    actor: Actor


def open_cases(node: Node, seed: int) -> None:
    """Record recoveries and open a trace on each; judge and answer some, and leave the others for the desk to work on.

    The marks are searched for all cases before the first is judged.
    """
    random, clock = Random(f"{seed}/cases"), _PassingClock(node.clock.now())
    passing = replace(node, clock=clock)
    gone = [*missing(node, Status.STOLEN), *missing(node, Status.LOST)]
    random.shuffle(gone)
    told = []
    for number, state in enumerate([each for each in gone if len(number_of(each)) >= LEAST_READABLE][:_CASES]):
        told.append(_open_case(passing, state, random, _stage(number)))
        clock.pass_on()
    rankings = [passing.trace(tracing.query_of(each.case.request), each.actor) for each in told]
    for number, (each, ranking) in enumerate(zip(told, rankings, strict=True)):
        _work_on(passing, each, ranking, _stage(number))
        clock.pass_on()


def _stage(number: int) -> str:
    return _STAGES[number % len(_STAGES)]


def _work_on(node: Node, told: _Told, ranking: Ranking, stage: str) -> None:
    """Bring a case as far as its stage; where it was found to be what it is, it waits for its answer or has it."""
    if stage in {"answered", "judged"}:
        _judge(node, told, ranking, told.truth.weapon, Verdict.SAME)
    if stage == "answered":
        tracing.answer_trace(
            case=told.case.id, outcome=Outcome.TRACED, note=_ANSWER, actor=told.actor, stores=node.stores,
            clock=node.clock,
        )  # fmt: skip
    others = [each.weapon for each in ranking.candidates if each.weapon != told.truth.weapon]
    if stage == "rejected" and others:
        _judge(node, told, ranking, WeaponId(others[0]), Verdict.DIFFERENT)


def _judge(node: Node, told: _Told, ranking: Ranking, other: WeaponId, verdict: Verdict) -> None:
    chances = {each.weapon: f"{each.posterior:.4f}" for each in ranking.candidates}
    judgement = Judgement(
        other_weapon=other,
        verdict=verdict,
        by=told.actor.name,
        posterior=chances.get(other, ""),
        weights=ranking.weights_version,
        note=_NOTE if verdict is Verdict.SAME else "Another finish.",
    )
    tracing.judge_candidate(
        case=told.case.id, judgement=judgement, actor=told.actor, stores=node.stores, clock=node.clock
    )


def _open_case(node: Node, state: WeaponState, random: Random, stage: str) -> _Told:
    police = random.choice(codes(AgencyKind.POLICE))
    actor = Actor("demo-tracing-analyst", police, frozenset({Role.TRACING_ANALYST.value}))
    recovery = _recovery(state, random, police)
    weapon = tracing.record_recovery(recovery=recovery, actor=actor, stores=node.stores, clock=node.clock)
    urgent, incomplete = stage == "urgent", stage == "incomplete"
    described = recovery.description or Description()
    request = TraceRequest(
        recovered=weapon,
        readings=tuple(ComponentReading(each.text, each.part.value if each.part else "") for each in recovery.marks),
        purpose="" if incomplete else "criminal investigation",
        illicit_because=tuple(sorted(each.value for each in recovery.grounds)),
        legal_basis="" if incomplete else recovery.legal_basis,
        circumstances=recovery.circumstances,
        kind=described.kind,
        maker=described.maker,
        calibre=described.calibre,
        priority=Priority.URGENT if urgent else Priority.ROUTINE,
        urgent_because="the suspect is held until the hearing" if urgent else "",
    )
    opened = tracing.open_trace(request=request, actor=actor, stores=node.stores, clock=node.clock)
    return _Told(opened.case, state, actor)


def _recovery(state: WeaponState, random: Random, police: str) -> Recovery:
    """A seizure of the weapon, of which the examiner read the damaged number, and maker and calibre where legible."""
    told, described = recovery_details(random, police), state.description
    part = next((mark.part for mark in state.marks if mark.kind is MarkKind.MANUFACTURE), None)
    return Recovery(
        kind=EventKind.SEIZED,
        happened=PartialDate.of(date.fromordinal(TODAY - random.randint(1, 120))),
        place=told["place"],
        custodian=police,
        grounds=frozenset(map(Ground, told["grounds"])),
        legal_basis=told["legal_basis"],
        breach=Breach(told["breach"]),
        circumstances=told["circumstances"],
        persons=tuple(PersonInvolved(each["role"], Sex(each["sex"]), each["age_band"]) for each in told["persons"]),
        description=Description(
            kind=described.kind,
            maker=described.maker if random.random() < _MAKER_LEGIBLE else "",
            calibre=described.calibre if random.random() < _CALIBRE_KNOWN else "",
        ),
        marks=(Mark(MarkKind.MANUFACTURE, damaged_serial(number_of(state), random), part=part),),
    )
