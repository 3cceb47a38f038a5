from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from random import Random
from typing import Any

from tracemark.authorities import AgencyKind
from tracemark.demo.nation import BORDER_POSTS, TOWNS, codes
from tracemark.demo.persons import person_of
from tracemark.kernel import PartialDate, Plain
from tracemark.recordkeeping import Event, EventKind
from tracemark.weapons import WeaponId

TODAY = date(2026, 9, 30).toordinal()
"""The last day of the fictional State's history."""

TELLER = "demo"
"""Who is said to have written the fictional State's history."""

_YEAR = 365
_FOUND_AGAIN = 0.4
"""The share of missing weapons that come to hand again."""
_SERVICE = (AgencyKind.ARMED_FORCES, AgencyKind.POLICE, AgencyKind.PRISON, AgencyKind.WILDLIFE)
_REGISTRY = "XT-REG"


@dataclass(slots=True)
class Life:
    """One weapon's life as it is told: whose it is, on which day, and the events so far."""

    weapon: WeaponId
    random: Random
    day: int
    holder: str
    place: str
    events: list[Event] = field(default_factory=list)
    owners: int = 0
    ended: bool = False

    def tell(self, kind: EventKind, authority: str, **details: Plain) -> None:
        """Add an event on the present day."""
        happened = PartialDate.of(date.fromordinal(self.day))
        self.events.append(Event(self.weapon, kind, happened, authority, TELLER, details))

    def wait(self, least: int, most: int) -> bool:
        """Let days pass; say whether the present has not been reached."""
        self.day += self.random.randint(least, most)
        return self.day < TODAY


Happening = Callable[[Life], None]


def live_in_service(life: Life) -> None:
    """Tell the years of a weapon of the army, the police or another service: counted, issued, returned, moved, lost."""
    while life.wait(200, 760) and not life.ended:
        _happen(life, _IN_SERVICE)


def live_in_private_hands(life: Life) -> None:
    """Tell the years of a weapon a dealer sells: sold, sold on, stolen, given up."""
    if life.wait(30, 2 * _YEAR):
        _sell(life)
    while life.wait(60, 11 * _YEAR) and not life.ended:
        _happen(life, _IN_PRIVATE_HANDS)


def _happen(life: Life, possible: Sequence[tuple[Happening, int]]) -> None:
    """Let one of several things happen, by their weights."""
    happenings, weights = zip(*possible, strict=True)
    life.random.choices(happenings, weights)[0](life)


def _count(life: Life) -> None:
    life.tell(EventKind.COUNTED, life.holder, place=life.place, count="yearly")


def _issue(life: Life) -> None:
    life.tell(EventKind.ISSUED, life.holder, to=f"{life.holder}/unit-{life.random.randint(1, 12)}")
    if life.wait(20, 500):
        life.tell(EventKind.RETURNED, life.holder, place=life.place)
    else:
        life.ended = True


def _move(life: Life) -> None:
    life.place = f"{life.place.split(',')[0]}, store {life.random.randint(1, 9)}"
    life.tell(EventKind.STORED, life.holder, place=life.place)


def _repair(life: Life) -> None:
    life.tell(EventKind.REPAIRED, life.holder, place=life.place)


def _destroy(life: Life) -> None:
    life.tell(EventKind.DESTROYED, life.holder, method="smelting", place="State Arms Works",
              certificate=f"DC-{life.weapon}", witnesses=2)  # fmt: skip
    life.ended = True


def _release_to_dealer(life: Life) -> None:
    dealer = life.random.choice(codes(AgencyKind.DEALER))
    life.tell(EventKind.MARKED, _REGISTRY, marks=[{"kind": "transfer", "state": "XT", "text": "XT GOV"}])
    life.tell(EventKind.TRANSFERRED, _REGISTRY, holder=dealer, **{"from": life.holder})
    life.holder = dealer
    live_in_private_hands(life)
    life.ended = True


def _export(life: Life) -> None:
    life.tell(EventKind.EXPORTED, _REGISTRY, to_state=life.random.choice(("XU", "XV", "XW")), holder="abroad",
              licence=f"EX-{life.weapon}")  # fmt: skip
    life.ended = True


def _sell(life: Life) -> None:
    life.owners += 1
    buyer = person_of(life.weapon, life.owners)
    life.tell(EventKind.TRANSFERRED, _REGISTRY, holder=buyer, **{"from": life.holder})
    life.holder = buyer


def _deactivate(life: Life) -> None:
    life.tell(EventKind.DEACTIVATED, _REGISTRY, certificate=f"DA-{life.weapon}")
    life.ended = True


def _be_stolen(life: Life) -> None:
    _go_missing(life, EventKind.STOLEN)


def _be_lost(life: Life) -> None:
    _go_missing(life, EventKind.LOST)


def _go_missing(life: Life, kind: EventKind) -> None:
    reporter = _REGISTRY if life.holder.startswith("person:") else life.holder
    life.tell(kind, reporter, place=life.random.choice(TOWNS), reported_on=str(date.fromordinal(life.day + 3)))
    life.ended = True
    if life.random.random() < _FOUND_AGAIN and life.wait(20, 6 * _YEAR):
        _come_to_hand(life)


def _come_to_hand(life: Life) -> None:
    kind = life.random.choices((EventKind.SEIZED, EventKind.FOUND, EventKind.SURRENDERED), (7, 2, 1))[0]
    police = life.random.choice(codes(AgencyKind.POLICE))
    details = recovery_details(life.random, police)
    if kind is not EventKind.SEIZED:
        details.pop("persons")
        details.pop("breach")
    life.tell(kind, police, **details)
    if life.wait(90, 2 * _YEAR):
        _dispose(life, police)


def recovery_details(random: Random, custodian: str) -> dict[str, Any]:
    """Return how a weapon came to hand: place, custodian, grounds, circumstances, and who was involved, nameless."""
    place = random.choice(TOWNS + BORDER_POSTS)
    grounds = [random.choice(("law_of_state", "unauthorised_transfer"))]
    circumstances = random.choice(("vehicle check", "house search", "border check", "arrest", "hidden cache"))
    return {
        "place": place,
        "custodian": custodian,
        "grounds": grounds,
        "legal_basis": "Firearms Act of Taravia, section 12",
        "breach": "administrative" if circumstances == "vehicle check" else "criminal",
        "circumstances": circumstances,
        "persons": [
            {
                "role": "possessor",
                "sex": random.choices(("male", "female", "unknown"), (88, 9, 3))[0],
                "age_band": random.choices(("15-17", "18-24", "25-34", "35-49", "50-64"), (5, 32, 34, 22, 7))[0],
            }
        ],
    }


def _dispose(life: Life, police: str) -> None:
    kind = life.random.choices((EventKind.DESTROYED, EventKind.RELEASED, EventKind.RETAINED), (5, 3, 2))[0]
    if kind is EventKind.DESTROYED:
        life.tell(kind, police, method="cutting", place="State Arms Works", certificate=f"DC-{life.weapon}")
    elif kind is EventKind.RELEASED:
        life.tell(kind, police, holder=life.holder, decision="returned to its lawful holder")
    else:
        life.tell(kind, police, holder=police, decision="taken into service")


def _give_up(life: Life) -> None:
    police = life.random.choice(codes(AgencyKind.POLICE))
    life.tell(EventKind.SURRENDERED, police, place=life.random.choice(TOWNS), custodian=police,
              circumstances="voluntary surrender campaign")  # fmt: skip
    life.ended = True
    if life.wait(30, _YEAR):
        life.tell(EventKind.DESTROYED, police, method="smelting", certificate=f"DC-{life.weapon}")


def service_holders() -> Iterator[str]:
    """Yield the agencies that keep weapons in service."""
    for kind in _SERVICE:
        yield from codes(kind)


_IN_SERVICE: Sequence[tuple[Happening, int]] = (
    (_count, 6200), (_issue, 2400), (_move, 700), (_repair, 400),
    (_destroy, 135), (_release_to_dealer, 51), (_export, 24), (_be_stolen, 54), (_be_lost, 36),
)  # fmt: skip
_IN_PRIVATE_HANDS: Sequence[tuple[Happening, int]] = (
    (_sell, 9400), (_be_stolen, 210), (_be_lost, 140), (_give_up, 100), (_deactivate, 150),
)  # fmt: skip
