"""Weapons that came to hand in the fictional State and stand in no register: some traced in vain, some never."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from random import Random

from tracemark import diversion, tracing
from tracemark.authorities import AgencyKind, Role
from tracemark.demo.lives import TODAY, recovery_details
from tracemark.demo.nation import codes
from tracemark.diversion import Found
from tracemark.kernel import Actor, PartialDate
from tracemark.marking import Mark, MarkKind
from tracemark.node import Node
from tracemark.recordkeeping import Breach, Event, EventKind, TakenFrom, append
from tracemark.tracing import ComponentReading, Ground, Outcome, Recovery, TraceRequest
from tracemark.weapons import Description, WeaponId

_YEARS = range(5)
_A_YEAR = 14
_YEAR_DAYS = 365
_BETWEEN = timedelta(minutes=11)
_FATES = ("destroyed", "unmarked", "unmarked", "told", "told", "in_vain", "lawful", "destroyed")
_KINDS = ("pistol", "revolver", "shotgun", "rifle")


@dataclass(slots=True)
class _PassingClock:
    """A clock on which time passes between one find and the next."""

    moment: datetime

    def now(self) -> datetime:
        return self.moment


def record_finds(node: Node, seed: int) -> None:
    """Record weapons of unknown origin in each of the last five years, and what was done about them.

    They are destroyed afterwards, so that they fill no store.
    """
    random, clock = Random(f"{seed}/finds"), _PassingClock(node.clock.now())
    passing = replace(node, clock=clock)
    for year in _YEARS:
        for number in range(_A_YEAR):
            day = TODAY - year * _YEAR_DAYS - random.randint(60, 300)
            _record(passing, random, PartialDate.of(datetime.fromordinal(day).date()), _FATES[number % len(_FATES)])
            clock.moment += _BETWEEN


def _record(node: Node, random: Random, happened: PartialDate, fate: str) -> None:
    police = random.choice(codes(AgencyKind.POLICE))
    actor = Actor("demo-tracing-analyst", police, frozenset({Role.TRACING_ANALYST.value}))
    kind = EventKind.SURRENDERED if fate == "lawful" else random.choice((EventKind.SEIZED, EventKind.FOUND))
    recovery = _recovery(random, kind, police, happened, fate)
    weapon = tracing.record_recovery(recovery=recovery, actor=actor, stores=node.stores, clock=node.clock)
    if fate == "told":
        # An informant tells where it came from: the point of diversion is known without a trace.
        found = Found("storage", "insider_sale", ["told by an informant"], place=recovery.place)
        diversion.establish_diversion(weapons=[weapon], found=found, actor=actor, stores=node.stores, clock=node.clock)
    if fate == "in_vain" and kind is EventKind.SEIZED:
        _trace_in_vain(node, weapon, recovery, actor)
    destroyed = Event(
        weapon, EventKind.DESTROYED, PartialDate.of(node.clock.now().date()), police, actor.name, {"method": "cutting"}
    )
    with node.stores.atomic():
        append(events=[destroyed], stores=node.stores, clock=node.clock)


def _recovery(random: Random, kind: EventKind, police: str, happened: PartialDate, fate: str) -> Recovery:
    told = recovery_details(random, police)
    unmarked = "removed" if fate == "unmarked" else ""
    marks = () if unmarked else (Mark(MarkKind.MANUFACTURE, text=f"Z{random.randint(10**5, 10**6)}"),)
    return Recovery(
        kind=kind,
        happened=happened,
        place=told["place"],
        custodian=police,
        grounds=frozenset(map(Ground, told["grounds"])),
        legal_basis=told["legal_basis"],
        circumstances=told["circumstances"],
        description=Description(kind=random.choice(_KINDS), unmarked_because=unmarked),
        marks=marks,
        unmarked=unmarked,
        breach=Breach(told["breach"]) if kind is EventKind.SEIZED else None,
        taken_from=TakenFrom.LAWFUL_HOLDER if fate == "lawful" else None,
    )


def _trace_in_vain(node: Node, weapon: WeaponId, recovery: Recovery, actor: Actor) -> None:
    described = recovery.description or Description()
    request = TraceRequest(
        recovered=weapon,
        readings=tuple(ComponentReading(each.text) for each in recovery.marks),
        purpose="criminal investigation",
        illicit_because=tuple(sorted(each.value for each in recovery.grounds)),
        legal_basis=recovery.legal_basis,
        circumstances=recovery.circumstances,
        kind=described.kind,
    )
    opened = tracing.open_trace(request=request, actor=actor, stores=node.stores, clock=node.clock)
    tracing.answer_trace(
        case=opened.case.id, outcome=Outcome.NOT_IN_REGISTER, note="No such number here.", actor=actor,
        stores=node.stores, clock=node.clock,
    )  # fmt: skip
