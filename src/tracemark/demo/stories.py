from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

from tracemark.marking import MarkKind
from tracemark.node import Node
from tracemark.recordkeeping import RegisterFilter, Status, WeaponState
from tracemark.tracing import Query, find_candidates, parse_reading
from tracemark.weapons import catalogue, entry_name

_LOOK_ALIKE = {"0": "O", "O": "0", "1": "I", "I": "1", "5": "S", "S": "5", "8": "B", "B": "8", "2": "Z", "Z": "2"}
LEAST_READABLE = 6
_CLEAR = 0.9


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
    for state in missing(node, Status.STOLEN):
        number, description = number_of(state), state.description
        if len(number) >= LEAST_READABLE and description.calibre and not state.holder.startswith("person:"):
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


def missing(node: Node, status: Status) -> Iterator[WeaponState]:
    """Yield the first weapons that are lost or stolen, whichever is asked for."""
    yield from node.stores.register.page(RegisterFilter(status=status.value), holders=None, limit=2_000)


def number_of(state: WeaponState) -> str:
    """The maker's number of a weapon; "" where it has none."""
    return next((mark.serial for mark in state.marks if mark.kind is MarkKind.MANUFACTURE), "")
