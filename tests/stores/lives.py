"""Weapons, marks and cases for the stores to keep."""

from datetime import UTC, datetime
from typing import Protocol

from tracemark.authorities import AccountStore, ChangeStore, TokenStore
from tracemark.correspondence import CorrespondenceStores
from tracemark.intake import IntakeStores
from tracemark.kernel import PartialDate, Plain
from tracemark.marking import MarkingStores
from tracemark.recordkeeping import Event, EventKind, Sealed, WeaponState, fold, seal_event
from tracemark.storage.memory import MemoryStores
from tracemark.storage.relational.stores import RelationalStores
from tracemark.tracing import TracingStores
from tracemark.weapons import WeaponId

RECORDED_AT = datetime(2026, 1, 1, tzinfo=UTC)


class RoomStores(TracingStores, MarkingStores, IntakeStores, CorrespondenceStores, Protocol):
    """What all rooms together need; that every store has it is what the type checker proves."""

    @property
    def accounts(self) -> AccountStore: ...
    @property
    def tokens(self) -> TokenStore: ...
    @property
    def changes(self) -> ChangeStore: ...


Stores = MemoryStores | RelationalStores


def plugged(stores: Stores) -> RoomStores:
    """Return the stores as the rooms see them."""
    return stores


def registered(weapon: int, serial: str, holder: str = "XT-ARMY", **described: Plain) -> Event:
    """A weapon with a frame and a slide, its serial on the frame and a proof mark without serial."""
    details: dict[str, Plain] = {
        "weapon": {"kind": "pistol", "maker": "ourmaker", "model": "m1", "calibre": "9x19", **described},
        "holder": holder,
        "components": [{"part": "frame", "control": True}, {"part": "slide"}],
        "marks": [
            {"kind": "manufacture", "part": "frame", "text": serial, "serial": serial, "maker": "OUR"},
            {"kind": "proof", "text": "crown"},
        ],
    }
    return Event(WeaponId(weapon), EventKind.REGISTERED, PartialDate(2001, 5, 4), "XT-REG", "officer", details)


def happened(weapon: int, kind: str, on: str = "2005", **details: Plain) -> Event:
    return Event(WeaponId(weapon), EventKind(kind), PartialDate.parse(on), "XT-REG", "officer", details)


def keep(stores: Stores, *events: Event) -> list[Sealed]:
    """Seal events and bring the register in step, without asking whether they may follow one another."""
    with stores.atomic():
        first = stores.records.size()
        sealed = [seal_event(each, position=at, recorded_at=RECORDED_AT) for at, each in enumerate(events, first)]
        stores.records.extend(sealed, stores.signer)
        weapons = dict.fromkeys(each.weapon for each in events)
        stores.register.put([fold(each, stores.records.of_weapon(each)) for each in weapons])
    return sealed


def keep_and_fail(stores: Stores, *events: Event) -> None:
    with stores.atomic():
        keep(stores, *events)
        raise ZeroDivisionError


def keep_many(stores: Stores, count: int, first: int = 1) -> list[WeaponState]:
    """Keep so many weapons in one transaction, their serials `A` and seven digits."""
    keep(stores, *(registered(weapon, f"A{weapon:07d}") for weapon in range(first, first + count)))
    found = stores.register.states(WeaponId(weapon) for weapon in range(first, first + count))
    return list(found.values())
