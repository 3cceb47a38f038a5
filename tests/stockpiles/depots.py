"""A depot with two racks, its custodian and its counter, and rifles put away, for the tests of this room."""

from collections.abc import Sequence
from datetime import date

from tests.rooms import StillClock, officer
from tracemark.authorities import Role
from tracemark.kernel import PartialDate, Plain
from tracemark.recordkeeping import Event, EventKind, RecordkeepingStores, append
from tracemark.stockpiles import Covers, Look, Sighted, SiteTold, enter_count, list_site, open_count
from tracemark.weapons import WeaponId

KEEPER = officer(Role.STOREKEEPER, "keeper", "XT-ARMY")
COUNTER = officer(Role.STOREKEEPER, "counter", "XT-ARMY")
TODAY = PartialDate(2026, 5, 6)
DAY = date(2026, 5, 6)
RACKS = ("A", "B")


def happened(weapon: int, kind: str, on: PartialDate = TODAY, /, **details: Plain) -> Event:
    return Event(WeaponId(weapon), EventKind(kind), on, "XT-ARMY", "keeper", details)


def registered(weapon: int, serial: str, kind: str = "rifle", year: int = 2001) -> Event:
    marks: list[Plain] = [{"kind": "manufacture", "text": serial, "serial": serial}]
    about: Plain = {"kind": kind, "year": year, "calibre": "7_62x39"}
    return happened(weapon, "registered", PartialDate(2020), holder="XT-ARMY", weapon=about, marks=marks)


def sealed(stores: RecordkeepingStores, *events: Event) -> int:
    """Put events on record, and return the position of the last."""
    with stores.atomic():
        return append(events=events, stores=stores, clock=StillClock()).sealed[-1].position


def depot(stores: RecordkeepingStores, place: str = "Amberly", keeper: str = "keeper", every_days: int = 30) -> str:
    told = SiteTold(place, "XT-ARMY/store-4", keeper, racks=RACKS, every_days=every_days)
    return list_site(site=told, actor=KEEPER, stores=stores, clock=StillClock())


def stored(stores: RecordkeepingStores, site: str, racks: Sequence[str]) -> list[WeaponId]:
    """Register a rifle for each rack named, with serials R1001, R1002, …, put it there, and return the identities."""
    with stores.atomic():
        weapons = [WeaponId(each) for each in stores.register.next_weapons(len(racks))]
        coming = [registered(each, f"R{1000 + each}") for each in weapons]
        away = [
            happened(each, "stored", place="Amberly", site=site, rack=rack)
            for each, rack in zip(weapons, racks, strict=True)
        ]
        append(events=[*coming, *away], stores=stores, clock=StillClock())
    return weapons


def opened(stores: RecordkeepingStores, site: str) -> str:
    return open_count(site=site, reason="yearly", due="", actor=KEEPER, stores=stores, clock=StillClock())


def entered(
    stores: RecordkeepingStores, count: str, *lines: str, rack: str | None = None, since: int | None = None
) -> Sighted:
    """Enter a pass of the whole site, or of a rack."""
    covers = Covers.SITE if rack is None else Covers.RACK
    look = Look(lines, covers, rack or "", since)
    return enter_count(count=count, look=look, actor=COUNTER, stores=stores, clock=StillClock())
