from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256
from random import Random
from typing import Any

from tracemark.authorities import AgencyKind
from tracemark.demo.nation import BORDER_POSTS, TOWNS, codes
from tracemark.kernel import PartialDate, Plain
from tracemark.recordkeeping import Event, EventKind
from tracemark.weapons import WeaponId

TODAY = date(2026, 9, 30).toordinal()
"""The last day of the fictional State's history."""

_YEAR = 365
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
    ended: bool = False

    def tell(self, kind: EventKind, authority: str, **details: Plain) -> None:
        """Add an event on the present day."""
        happened = PartialDate.of(date.fromordinal(self.day))
        self.events.append(Event(self.weapon, kind, happened, authority, "demo", details))

    def wait(self, least: int, most: int) -> bool:
        """Let days pass; say whether the present has not been reached."""
        self.day += self.random.randint(least, most)
        return self.day < TODAY


def person_of(weapon: WeaponId, number: int) -> str:
    """Return a holder text for a fictional person, of whom nothing is known but that they are one."""
    return "person:" + sha256(f"fictional holder {weapon}.{number}".encode()).hexdigest()


def live_in_service(life: Life) -> None:
    """Tell the years of a weapon of the army, the police or another service: counted, issued, returned, moved, lost."""
    while life.wait(150, 540) and not life.ended:
        chance = life.random.random()
        if chance < 0.62:
            life.tell(EventKind.COUNTED, life.holder, place=life.place, count="yearly")
        elif chance < 0.86:
            _issue(life)
        elif chance < 0.93:
            life.place = f"{life.place.split(',')[0]}, store {life.random.randint(1, 9)}"
            life.tell(EventKind.STORED, life.holder, place=life.place)
        elif chance < 0.97:
            life.tell(EventKind.REPAIRED, life.holder, place=life.place)
        else:
            _leave_service(life)


def live_in_private_hands(life: Life) -> None:
    """Tell the years of a weapon a dealer sells: sold, sold on, stolen, given up."""
    owner = 0
    while life.wait(30, 9 * _YEAR if owner else 2 * _YEAR) and not life.ended:
        chance = life.random.random()
        if chance < 0.94 or not owner:
            owner += 1
            buyer = person_of(life.weapon, owner)
            life.tell(EventKind.TRANSFERRED, _REGISTRY, holder=buyer, **{"from": life.holder})
            life.holder = buyer
        elif chance < 0.975:
            _go_missing(life)
        elif chance < 0.985:
            _give_up(life)
        else:
            life.tell(EventKind.DEACTIVATED, _REGISTRY, certificate=f"DA-{life.weapon}")
            life.ended = True


def _issue(life: Life) -> None:
    life.tell(EventKind.ISSUED, life.holder, to=f"{life.holder}/unit-{life.random.randint(1, 12)}")
    if life.wait(20, 500):
        life.tell(EventKind.RETURNED, life.holder, place=life.place)
    else:
        life.ended = True


def _leave_service(life: Life) -> None:
    chance = life.random.random()
    if chance < 0.45:
        life.tell(EventKind.DESTROYED, life.holder, method="melted", place="State Arms Works",
                  certificate=f"DC-{life.weapon}", witnesses=2)  # fmt: skip
        life.ended = True
    elif chance < 0.62:
        dealer = life.random.choice(codes(AgencyKind.DEALER))
        life.tell(EventKind.MARKED, _REGISTRY, marks=[{"kind": "transfer", "state": "XT", "text": "XT GOV"}])
        life.tell(EventKind.TRANSFERRED, _REGISTRY, holder=dealer, **{"from": life.holder})
        life.holder = dealer
        live_in_private_hands(life)
        life.ended = True
    elif chance < 0.7:
        life.tell(EventKind.EXPORTED, _REGISTRY, to_state=life.random.choice(("XU", "XV", "XW")), holder="abroad",
                  licence=f"EX-{life.weapon}")  # fmt: skip
        life.ended = True
    else:
        _go_missing(life)


def _go_missing(life: Life) -> None:
    kind = EventKind.STOLEN if life.random.random() < 0.6 else EventKind.LOST
    reporter = _REGISTRY if life.holder.startswith("person:") else life.holder
    life.tell(kind, reporter, place=life.random.choice(TOWNS), reported_on=str(date.fromordinal(life.day + 3)))
    life.ended = True
    if life.random.random() < 0.4 and life.wait(20, 6 * _YEAR):
        _come_to_hand(life)


def _come_to_hand(life: Life) -> None:
    kind = life.random.choices((EventKind.SEIZED, EventKind.FOUND, EventKind.SURRENDERED), (7, 2, 1))[0]
    police = life.random.choice(codes(AgencyKind.POLICE))
    details = recovery_details(life.random, police)
    if kind is not EventKind.SEIZED:
        details.pop("persons")
    life.tell(kind, police, **details)
    if life.wait(90, 2 * _YEAR):
        _dispose(life, police)


def recovery_details(random: Random, custodian: str) -> dict[str, Any]:
    """Return how a weapon came to hand: place, custodian, grounds, circumstances, who was involved by sex and age band."""
    place = random.choice(TOWNS + BORDER_POSTS)
    return {
        "place": place,
        "custodian": custodian,
        "grounds": [random.choice(("law_of_state", "unauthorised_transfer"))],
        "legal_basis": "Firearms Act of Taravia, section 12",
        "circumstances": random.choice(("vehicle check", "house search", "border check", "arrest", "hidden cache")),
        "persons": [
            {
                "role": "possessor",
                "sex": random.choices(("male", "female", "unknown"), (88, 9, 3))[0],
                "age_band": random.choices(("15-17", "18-24", "25-34", "35-49", "50-64"), (5, 32, 34, 22, 7))[0],
            }
        ],
    }


def _dispose(life: Life, police: str) -> None:
    chance = life.random.random()
    if chance < 0.5:
        life.tell(EventKind.DESTROYED, police, method="cut", place="State Arms Works", certificate=f"DC-{life.weapon}")
    elif chance < 0.8:
        life.tell(EventKind.RELEASED, police, holder=life.holder, decision="returned to its lawful holder")
    else:
        life.tell(EventKind.RETAINED, police, holder=police, decision="taken into service")


def _give_up(life: Life) -> None:
    police = life.random.choice(codes(AgencyKind.POLICE))
    life.tell(EventKind.SURRENDERED, police, place=life.random.choice(TOWNS), custodian=police,
              circumstances="voluntary surrender campaign")  # fmt: skip
    life.ended = True
    if life.wait(30, _YEAR):
        life.tell(EventKind.DESTROYED, police, method="melted", certificate=f"DC-{life.weapon}")


def service_holders() -> Iterator[str]:
    """Yield the agencies that keep weapons in service."""
    for kind in _SERVICE:
        yield from codes(kind)
