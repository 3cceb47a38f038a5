import shlex
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from random import Random

from tracemark import tracing
from tracemark.authorities import AgencyKind, Role
from tracemark.demo.lives import TODAY, recovery_details
from tracemark.demo.nation import codes
from tracemark.kernel import Actor, PartialDate
from tracemark.marking import MarkKind
from tracemark.node import Node
from tracemark.recordkeeping import EventKind, RegisterFilter, Status, WeaponState
from tracemark.tracing import ComponentReading, Ground, PersonInvolved, Recovery, Sex, TraceRequest
from tracemark.weapons import entry_name

_CASES = 24
_LOOK_ALIKE = {"0": "O", "O": "0", "1": "I", "I": "1", "5": "S", "S": "5", "8": "B", "B": "8", "2": "Z", "Z": "2"}
_LEAST_READABLE = 6


@dataclass(frozen=True, slots=True)
class Story:
    """A weapon recovered with a damaged mark: what can be read, and where it came to hand."""

    reading: str
    maker: str
    calibre: str
    place: str

    @property
    def command(self) -> str:
        """What one types to trace it."""
        return shlex.join([self.reading, "--make", self.maker, "--calibre", self.calibre])


def story(node: Node) -> Story:
    """Return the story the demonstration tells: a stolen weapon, half of whose number was ground off.

    Raises:
        LookupError: the node holds no stolen weapon with a number long enough.
    """
    for state in _missing(node, Status.STOLEN):
        mark = _number(state)
        if len(mark) >= _LEAST_READABLE and state.description.calibre:
            damaged = f"{mark[:2]}?{mark[3]}?{mark[5:]}"
            maker, calibre = state.description.maker, state.description.calibre
            return Story(damaged, entry_name("makers", maker), entry_name("calibres", calibre), "Brackwater ferry")
    raise LookupError("no stolen weapon to tell of: build a larger State")


def damaged_serial(serial: str, random: Random) -> str:
    """Write a serial as an examiner reads it after damage: places lost, ends ground off, look-alikes misread."""
    places = list(serial)
    chance = random.random()
    if chance < 0.55:
        for place in random.sample(range(len(places)), k=min(random.choice((1, 1, 2, 2, 3)), max(1, len(places) - 3))):
            places[place] = "?"
    elif chance < 0.7:
        places[: random.randint(1, 2)] = "*"
    elif chance < 0.85:
        places[-random.randint(1, 2) :] = "*"
    else:
        alike = [place for place, sign in enumerate(places) if sign in _LOOK_ALIKE]
        if alike:
            place = random.choice(alike)
            places[place] = _LOOK_ALIKE[places[place]]
    return "".join(places)


def open_cases(node: Node, seed: int) -> None:
    """Record recoveries whose weapons nobody has identified yet, and open a trace on each, for the desk to work on."""
    random = Random(f"{seed}/cases")
    missing = [*_missing(node, Status.STOLEN), *_missing(node, Status.LOST)]
    random.shuffle(missing)
    for state in [state for state in missing if len(_number(state)) >= _LEAST_READABLE][:_CASES]:
        _open_case(node, state, random)


def _open_case(node: Node, state: WeaponState, random: Random) -> None:
    police = random.choice(codes(AgencyKind.POLICE))
    actor = Actor("demo-tracing-analyst", police, frozenset({Role.TRACING_ANALYST.value}))
    told = recovery_details(random, police)
    day = PartialDate.of(date.fromordinal(TODAY - random.randint(1, 120)))
    recovered = tracing.record_recovery(
        recovery=Recovery(
            kind=EventKind.SEIZED,
            happened=day,
            place=told["place"],
            custodian=police,
            grounds=frozenset(map(Ground, told["grounds"])),
            legal_basis=told["legal_basis"],
            circumstances=told["circumstances"],
            persons=tuple(PersonInvolved(each["role"], Sex(each["sex"]), each["age_band"]) for each in told["persons"]),
        ),
        actor=actor,
        stores=node.stores,
        clock=node.clock,
    )
    description = state.description
    tracing.open_trace(
        request=TraceRequest(
            recovered=recovered,
            readings=(ComponentReading(damaged_serial(_number(state), random)),),
            purpose="criminal investigation",
            illicit_because=tuple(told["grounds"]),
            legal_basis=told["legal_basis"],
            circumstances=told["circumstances"],
            kind=description.kind,
            maker=description.maker if random.random() < 0.8 else "",
            calibre=description.calibre if random.random() < 0.7 else "",
        ),
        actor=actor,
        stores=node.stores,
        clock=node.clock,
    )


def _missing(node: Node, status: Status) -> Iterator[WeaponState]:
    yield from node.stores.register.page(RegisterFilter(status=status.value), holders=None, limit=2_000)


def _number(state: WeaponState) -> str:
    """The maker's number of a weapon; "" where it has none."""
    return next((mark.serial for mark in state.marks if mark.kind is MarkKind.MANUFACTURE), "")
