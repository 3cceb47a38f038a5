"""What looks wrong in the record of the fictional State: entries dated back, one buyer of many, seizures of one make.

All of it is entered by officers through the rooms' own actions, so that only what a real node admits is planted. A step
that cannot follow the one before is not among it: no action admits one, and it comes in with what was sealed elsewhere.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256

from tracemark import recordkeeping
from tracemark.authorities import AgencyKind, Role
from tracemark.demo.desk import POLICE, REGISTRY, Desk
from tracemark.demo.nation import BORDER_POSTS, codes
from tracemark.demo.plants import Plant
from tracemark.kernel import PartialDate, Plain
from tracemark.node import Node
from tracemark.recordkeeping import Event, EventKind, RegisterFilter, Status, WeaponState
from tracemark.weapons import WeaponId

_BETWEEN = timedelta(minutes=7)
_BACK_DATED, _BOUGHT, _SEIZED = 3, 4, 6
_LOOKED_AT = 2_000
_LEAST_DAYS = 3
_Note = Callable[[Plant], object]


def leave_suspicions(node: Node, rounds: int, note: _Note) -> None:
    """Enter so many of each, as far as the State has weapons for them; `note` is told what was planted."""
    teller = _Teller(Desk.after_the_record(node, _BETWEEN), note)
    recovered = iter(teller.stolen_and_recovered())
    for number in range(rounds):
        teller.date_back(number, [each for each, _ in zip(recovered, range(_BACK_DATED), strict=False)])
    sold = iter(teller.in_stock())
    for number in range(rounds):
        teller.sell_to_one(number, [each for each, _ in zip(sold, range(_BOUGHT), strict=False)])
    for place, weapons in zip(BORDER_POSTS, teller.missing_of_one_make(), strict=False):
        teller.seize(place, weapons)


@dataclass(frozen=True, slots=True)
class _Teller:
    """Who enters it, and to whom the truth is told."""

    desk: Desk
    note: _Note

    def date_back(self, number: int, weapons: Sequence[WeaponState]) -> None:
        """Enter sales of weapons after they were recovered, and date each to before they were gone."""
        if len(weapons) < _BACK_DATED:
            return
        account = f"registry-clerk-{number + 2}"
        for each in weapons:
            life = self.desk.node.stores.records.of_weapon(each.weapon)
            gone = next(told.event for told in life if told.event.kind in {EventKind.STOLEN, EventKind.LOST})
            before = next(told.event for told in reversed(life) if told.event.happened.first < gone.happened.first)
            day = PartialDate.of(before.happened.last + timedelta(days=1))
            details: dict[str, Plain] = {"holder": self._person(f"back-dated {each.weapon}")}
            details["from"] = _holder_before(life)
            self._enter(each.weapon, EventKind.TRANSFERRED, day, account, details)
            self.note(Plant("back_dated_entry", (each.weapon,)))
        self.note(Plant("back_dated_by_account", tuple(each.weapon for each in weapons), account))

    def sell_to_one(self, number: int, weapons: Sequence[WeaponState]) -> None:
        """Sell weapons of dealers to one person; one of them is seized."""
        if len(weapons) < _BOUGHT:
            return
        buyer = self._person(f"repeat buyer {number}")
        for each in weapons:
            details: dict[str, Plain] = {"holder": buyer, "from": each.holder}
            self._enter(each.weapon, EventKind.TRANSFERRED, self.desk.today, "registry-clerk", details)
        self._seize(weapons[0].weapon, "Ironbridge crossing", self.desk.today)
        self.note(Plant("repeat_buyer", tuple(each.weapon for each in weapons), buyer))

    def seize(self, place: str, weapons: Sequence[WeaponState]) -> None:
        """Seize missing weapons of one make at one place, one a day."""
        for ago, each in enumerate(reversed(weapons)):
            self._seize(each.weapon, place, PartialDate.of(self.desk.today.first - timedelta(days=ago)))
        self.note(Plant("small_seizures", tuple(each.weapon for each in weapons)))

    def stolen_and_recovered(self) -> Iterator[WeaponState]:
        """Yield weapons in custody that a private person reported as gone, some days after the last lawful event."""
        for each in self._page(RegisterFilter(status=Status.IN_CUSTODY)):
            life = self.desk.node.stores.records.of_weapon(each.weapon)
            gone = [told.event.happened for told in life if told.event.kind in {EventKind.STOLEN, EventKind.LOST}]
            earlier = [told.event.happened for told in life if gone and told.event.happened.first < gone[0].first]
            apart = gone[0].first - earlier[-1].last if len(gone) == 1 and earlier else timedelta(0)
            if apart > timedelta(days=_LEAST_DAYS) and _holder_before(life).startswith("person:"):
                yield each

    def in_stock(self) -> Iterator[WeaponState]:
        """Yield weapons that dealers hold."""
        for dealer in codes(AgencyKind.DEALER):
            yield from self._page(RegisterFilter(status=Status.HELD, holder=dealer))

    def missing_of_one_make(self) -> Iterator[Sequence[WeaponState]]:
        """Yield weapons of one maker that are missing, of each maker with enough of them."""
        made: defaultdict[str, list[WeaponState]] = defaultdict(list)
        for each in self._page(RegisterFilter(status=Status.STOLEN)):
            made[each.description.maker].append(each)
        yield from (found[:_SEIZED] for maker, found in sorted(made.items()) if maker and len(found) >= _SEIZED)

    def _page(self, wanted: RegisterFilter) -> Sequence[WeaponState]:
        return self.desk.node.stores.register.page(wanted, holders=None, limit=_LOOKED_AT)

    def _person(self, name: str) -> str:
        clerk = self.desk.by("registry-clerk", REGISTRY, Role.REGISTRY_OFFICER)
        salt = sha256(f"fictional salt of {name}".encode()).digest()
        return recordkeeping.keep_person(
            data={"name": name.title()}, salt=salt, actor=clerk["actor"], stores=clerk["stores"]
        )

    def _seize(self, weapon: WeaponId, place: str, on: PartialDate) -> None:
        told: dict[str, Plain] = {"place": place, "custodian": POLICE, "circumstances": "border check"}
        self._enter(weapon, EventKind.SEIZED, on, "registry-clerk", told)

    def _enter(
        self, weapon: WeaponId, kind: EventKind, on: PartialDate, account: str, details: dict[str, Plain]
    ) -> None:
        event = Event(weapon, kind, on, REGISTRY, account, details)
        recordkeeping.record_events(events=[event], **self.desk.by(account, REGISTRY, Role.REGISTRY_OFFICER))


def _holder_before(life: Sequence[recordkeeping.Sealed]) -> str:
    """Return who held a weapon when it was reported gone; "" where nobody is told."""
    held = ""
    for told in life:
        if told.event.kind in {EventKind.STOLEN, EventKind.LOST}:
            return held
        held = str(told.event.details.get("holder", held))
    return ""
