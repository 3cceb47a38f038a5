"""Planted diversions: lives of the fictional State that go on as diverted weapons do, and the truth about them.

What is planted is drawn by a chance of its own, so that all other lives stay as they are.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from random import Random

from tracemark.authorities import AgencyKind
from tracemark.demo.lives import TELLER, TODAY, recovery_details
from tracemark.demo.nation import BORDER_POSTS, TOWNS, codes
from tracemark.demo.persons import person_of
from tracemark.kernel import PartialDate, Plain
from tracemark.recordkeeping import Event, EventKind, Status, event_kinds
from tracemark.weapons import WeaponId

_LEAST_DAYS = 120
_LONG_OUT = 760
_NEIGHBOURS = 4


@dataclass(frozen=True, slots=True)
class Plant:
    """One planted diversion: the rule that ought to find it, its weapons, and the dossier or number that is its."""

    rule: str
    weapons: tuple[WeaponId, ...]
    dossier: str = ""


@dataclass(slots=True)
class _Telling:
    """A life as it is told on: the weapon's status, its holder, the day, and what was added."""

    random: Random
    life: list[Event]

    @property
    def weapon(self) -> WeaponId:
        return self.life[0].weapon

    @property
    def begun(self) -> int:
        return self.life[0].happened.first.toordinal()

    @property
    def day(self) -> int:
        return self.life[-1].happened.first.toordinal()

    @property
    def status(self) -> Status:
        told = [terms.to for each in self.life if (terms := event_kinds()[each.kind]).to]
        return told[-1] if told else Status.UNRECORDED

    @property
    def holder(self) -> str:
        return next((str(each.details["holder"]) for each in reversed(self.life) if "holder" in each.details), "")

    @property
    def in_service(self) -> bool:
        return not self.holder.startswith("person:") and self.holder not in codes(AgencyKind.DEALER)

    def add(self, kind: EventKind, day: int, authority: str, **details: Plain) -> None:
        happened = PartialDate.of(date.fromordinal(min(day, TODAY)))
        self.life.append(Event(self.weapon, kind, happened, authority, TELLER, details))

    def recover(self, least: int, most: int, place: str = "", marks: Sequence[Plain] = ()) -> None:
        police = self.random.choice(codes(AgencyKind.POLICE))
        details = recovery_details(self.random, police)
        details |= {"place": place} if place else {}
        details |= {"marks": marks} if marks else {}
        self.add(EventKind.SEIZED, self.day + self.random.randint(least, most), police, **details)


def planted(lives: Iterator[tuple[WeaponId, list[Event]]], seed: int, rate: float, note: Callable[[Plant], object]) -> (
    Iterator[tuple[WeaponId, list[Event]]]
):  # fmt: skip
    """Yield lives, of which about `rate` go on as a pattern of diversion; `note` is told what was planted where."""
    random = Random(f"{seed}/plants")
    run: list[tuple[WeaponId, list[Event]]] = []
    for weapon, life in lives:
        if run:
            run.append((weapon, life))
            if len(run) == _NEIGHBOURS:
                yield from _batch(run, random, note)
                run = []
        elif random.random() >= rate:
            yield weapon, life
        elif random.random() < _OF_A_BATCH:
            run = [(weapon, life)]
        else:
            yield weapon, _told_on(life, random, note)
    yield from run


_OF_A_BATCH = 0.06


def _told_on(life: list[Event], random: Random, note: Callable[[Plant], object]) -> list[Event]:
    """Tell a life on by one of the patterns that its end allows; as it is where there is none."""
    telling = _Telling(random, list(life))
    possible = [
        (rule, tell)
        for rule, (status, service, least, tell) in _PATTERNS.items()
        if telling.status is status
        and service in {None, telling.in_service}
        and telling.day < TODAY - _LEAST_DAYS
        and telling.begun < TODAY - least
    ]
    if not possible:
        return life
    rule, tell = random.choice(possible)
    tell(telling)
    note(Plant(rule, (telling.weapon,)))
    return telling.life


def _batch(
    run: Sequence[tuple[WeaponId, list[Event]]], random: Random, note: Callable[[Plant], object]
) -> Iterator[tuple[WeaponId, list[Event]]]:
    """Tell of weapons with neighbouring numbers that come to hand within weeks of each other."""
    tellings = [_Telling(random, list(life)) for _, life in run]
    first = run[0][1][0].details
    one_lot = all(life[0].details.get("lot") == first.get("lot") for _, life in run)
    held = [each for each in tellings if each.status in {Status.HELD, Status.ABROAD, Status.STOLEN, Status.LOST}]
    if not one_lot or len(held) < _NEIGHBOURS:
        yield from run
        return
    begun, place = max(each.day for each in held) + 1, random.choice(BORDER_POSTS)
    for each in held:
        if begun < TODAY - _LEAST_DAYS and each.status is Status.HELD:
            each.add(EventKind.STOLEN, begun, _reporter(each), place=random.choice(TOWNS))
        each.recover(max(0, begun - each.day) + 10, max(0, begun - each.day) + 60, place)
    for rule in ("consecutive_recoveries", "batch_recovered"):
        note(Plant(rule, tuple(each.weapon for each in held)))
    yield from ((each.weapon, each.life) for each in tellings)


def _reporter(telling: _Telling) -> str:
    return telling.holder if telling.in_service else "XT-REG"


def _recovered(telling: _Telling) -> None:
    telling.recover(20, 400)


def _ship(telling: _Telling) -> None:
    other = telling.random.choice(codes(AgencyKind.ARMED_FORCES))
    telling.add(EventKind.SHIPPED, telling.day + 9, telling.holder, holder=other, place=telling.random.choice(TOWNS))


def _sell_and_recover(telling: _Telling) -> None:
    buyer = person_of(telling.weapon, sum("holder" in each.details for each in telling.life) + 1)
    telling.add(EventKind.TRANSFERRED, telling.day + 7, "XT-REG", holder=buyer, **{"from": telling.holder})
    telling.recover(15, 300)


def _report_late(telling: _Telling) -> None:
    reported = date.fromordinal(min(TODAY, telling.day + 9 + telling.random.randint(100, 110)))
    telling.add(EventKind.STOLEN, telling.day + 5, _reporter(telling), reported_on=str(reported), place=TOWNS[0])


def _exchange_parts(telling: _Telling) -> None:
    marks: list[Plain] = [
        {"kind": "manufacture", "part": "frame", "text": "TV40917", "serial": "TV40917"},
        {"kind": "component", "part": "slide", "text": "2286", "serial": "2286"},
    ]
    telling.recover(30, 400, marks=marks)


def _issue_for_good(telling: _Telling) -> None:
    """End the life where the weapon is given out and never spoken of again."""
    telling.life = [each for each in telling.life if each.happened.first.toordinal() < TODAY - _LONG_OUT]
    if telling.status is Status.HELD:
        telling.add(EventKind.ISSUED, telling.day + 1, telling.holder, to=f"{telling.holder}/unit-13")


_Pattern = tuple[Status, bool | None, int, Callable[[_Telling], None]]

_PATTERNS: Mapping[str, _Pattern] = {
    "recovered_while_held": (Status.HELD, True, 0, _recovered),
    "shipped_not_received": (Status.HELD, True, 0, _ship),
    "destroyed_then_recovered": (Status.DESTROYED, None, 0, _recovered),
    "deactivated_then_live": (Status.DEACTIVATED, None, 0, _recovered),
    "exported_then_recovered": (Status.ABROAD, None, 0, _recovered),
    "seized_twice": (Status.IN_CUSTODY, None, 0, _recovered),
    "short_time_to_recovery": (Status.HELD, False, 0, _sell_and_recover),
    "loss_reported_late": (Status.HELD, None, 0, _report_late),
    "parts_of_several_weapons": (Status.STOLEN, None, 0, _exchange_parts),
    "issued_not_returned": (Status.HELD, True, _LONG_OUT, _issue_for_good),
}
"""By rule: the status at the end of the life, whether in service, for how many days at least, and what is told on."""
