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
from tracemark.tracing import (
    ComponentReading,
    Ground,
    PersonInvolved,
    Query,
    Recovery,
    Sex,
    TraceRequest,
    find_candidates,
    parse_reading,
)
from tracemark.weapons import catalogue, entry_name

_CASES = 24
_LOOK_ALIKE = {"0": "O", "O": "0", "1": "I", "I": "1", "5": "S", "S": "5", "8": "B", "B": "8", "2": "Z", "Z": "2"}
_LEAST_READABLE = 6
_MAKER_LEGIBLE = 0.8
_CLEAR = 0.9
_CALIBRE_KNOWN = 0.7


@dataclass(frozen=True, slots=True)
class Story:
    """A weapon recovered with a damaged mark: what can be read, and where it came to hand."""

    reading: str
    maker: str
    calibre: str
    place: str

    @property
    def command(self) -> tuple[str, ...]:
        """What one types to trace it, after the name of the program."""
        return "trace", self.reading, "--make", self.maker, "--calibre", self.calibre


def story(node: Node) -> Story | None:
    """Return the story the demonstration tells: a weapon stolen from a service, of whose number places were ground off.

    It is the first of those whose damaged number still leads to one weapon; others in the register do not. None where
    the State is too small to hold one.
    """
    for state in _missing(node, Status.STOLEN):
        number, description = _number(state), state.description
        if len(number) >= _LEAST_READABLE and description.calibre and not state.holder.startswith("person:"):
            told = Story(
                reading=f"{number[:2]}?{number[3]}?{number[5:]}",
                maker=entry_name("makers", description.maker),
                calibre=entry_name("calibres", description.calibre),
                place="Brackwater ferry",
            )
            if _leads_to(state, told, node):
                return told
    return None


def _leads_to(state: WeaponState, told: Story, node: Node) -> bool:
    known = catalogue()
    query = Query(
        readings=(parse_reading(told.reading),),
        maker=known.find_maker(told.maker).code or None,
        calibre=known.find_calibre(told.calibre).code or None,
    )
    ranking = find_candidates(query, node.stores.marks, node.weights, limit=1)
    best = next(iter(ranking.candidates), None)
    return best is not None and best.weapon == state.weapon and best.posterior > _CLEAR


def damaged_serial(serial: str, random: Random) -> str:
    """Write a serial as an examiner reads it after damage: places lost, ends ground off, look-alikes misread."""
    damage = random.choices((_lose_places, _lose_head, _lose_tail, _misread), (55, 15, 15, 15))[0]
    return "".join(damage(list(serial), random))


def _lose_places(places: list[str], random: Random) -> list[str]:
    lost = min(random.choice((1, 1, 2, 2, 3)), max(1, len(places) - 3))
    for place in random.sample(range(len(places)), k=lost):
        places[place] = "?"
    return places


def _lose_head(places: list[str], random: Random) -> list[str]:
    return ["*", *places[random.randint(1, 2) :]]


def _lose_tail(places: list[str], random: Random) -> list[str]:
    return [*places[: -random.randint(1, 2)], "*"]


def _misread(places: list[str], random: Random) -> list[str]:
    if alike := [place for place, sign in enumerate(places) if sign in _LOOK_ALIKE]:
        place = random.choice(alike)
        places[place] = _LOOK_ALIKE[places[place]]
    return places


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
            maker=description.maker if random.random() < _MAKER_LEGIBLE else "",
            calibre=description.calibre if random.random() < _CALIBRE_KNOWN else "",
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
