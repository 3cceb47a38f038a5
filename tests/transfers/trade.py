"""A licence and its officers, for the tests of the room: XT exports two kinds of weapons to XA."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from tests.rooms import StillClock, officer, told
from tracemark import transfers
from tracemark.authorities import Role
from tracemark.kernel import PartialDate, Plain
from tracemark.recordkeeping import Event, EventKind
from tracemark.storage.memory import MemoryStores
from tracemark.transfers import (
    Answer,
    Application,
    Assessment,
    Authorises,
    Certificate,
    GoodsLine,
    Item,
    Party,
    PartyRole,
    Reply,
    Risk,
)
from tracemark.weapons import WeaponId

DRAFTER = officer(Role.LICENSING_OFFICER, "licensing", "XT-ARMY")
SECOND = officer(Role.LICENSING_OFFICER, "second", "XT-ARMY")
DECIDER = officer(Role.APPROVER, "decider")
ON = PartialDate(2026, 5, 6)

APPLICATION = Application(
    authorises=Authorises.EXPORT,
    applicant="XT-ARMY",
    from_state="XT",
    to_state="FR",
    goods=(GoodsLine("pistol", 2, calibre="9x19"), GoodsLine("revolver", 1)),
    valid_from=date(2026, 1, 1),
    valid_until=date(2026, 12, 31),
    parties=(Party(PartyRole.END_USER, "Ministry of the Interior", "FR"), Party(PartyRole.CARRIER, "Blue Sea Lines")),
    route=("XTAMB", "FRLEH"),
    end_use="Patrols of the gendarmerie",
)
ASSESSMENT = Assessment(
    tuple(Answer(code, Reply.NO) for code in sorted(transfers.asked(Authorises.EXPORT))), Risk.LOW, "Nothing was found."
)
CERTIFICATE = Certificate(
    number="",
    issuer="XT",
    goods=(GoodsLine("pistol", 2), GoodsLine("revolver", 1)),
    contract="K-17",
    contract_on="2026-02-03",
    destination="XT",
    end_use="Patrols",
    exporter="Amber Arms",
    end_user="Police of Examplia",
    parties=(),
    office="Head of the licensing office",
    office_from=date(2025, 1, 1),
    office_until=date(2027, 12, 31),
    issued_on=date(2026, 5, 6),
    valid_until=date(2026, 11, 30),
    no_retransfer=True,
)


@dataclass(frozen=True, slots=True)
class Trade:
    """The stores and clock of a test, and what its officers do."""

    stores: MemoryStores
    clock: StillClock

    @property
    def with_stores(self) -> dict[str, Any]:
        return {"stores": self.stores, "clock": self.clock}

    def drafted(self, **changes: Any) -> str:
        application = replace(APPLICATION, **changes)
        return transfers.draft_licence(application=application, actor=DRAFTER, **self.with_stores)

    def advised(self, assessment: Assessment = ASSESSMENT, **changes: Any) -> str:
        name = self.drafted(**changes)
        transfers.assess_licence(licence=name, assessment=assessment, actor=DRAFTER, **self.with_stores)
        transfers.advise_licence(licence=name, grant=True, reason="It is in order", actor=SECOND, **self.with_stores)
        return name

    def approved(self, **changes: Any) -> str:
        name = self.advised(**changes)
        transfers.approve_licence(licence=name, reason="Granted", actor=DECIDER, **self.with_stores)
        return name

    def issued(self, **changes: Any) -> str:
        name = self.approved(**changes)
        transfers.issue_licence(licence=name, waiver="Embassy note 7", actor=DRAFTER, **self.with_stores)
        return name

    def weapons(self, count: int, kind: str = "pistol", first: int = 1) -> list[Item]:
        """Enter weapons that the army holds, and return them as items."""
        for number in range(first, first + count):
            told(self.stores, self.clock, registered(number, kind))
        return [Item(WeaponId(number)) for number in range(first, first + count)]

    def opened(self, licence: str = "", **journey: Any) -> str:
        way = transfers.Journey(
            **{"sender": "XT-ARMY", "receiver": "organisation:Ministry", "licence": licence} | journey
        )
        return transfers.open_consignment(journey=way, actor=DRAFTER, **self.with_stores)

    def packed(self, items: list[Item], licence: str = "", **journey: Any) -> str:
        name = self.opened(licence, **journey)
        transfers.pack_consignment(consignment=name, items=items, actor=DRAFTER, **self.with_stores)
        return name

    def shipped(self, items: list[Item], licence: str = "", **journey: Any) -> str:
        name = self.packed(items, licence, **journey)
        transfers.ship_consignment(consignment=name, on=ON, actor=DRAFTER, **self.with_stores)
        return name


def registered(number: int, kind: str = "pistol", holder: str = "XT-ARMY") -> Event:
    details: dict[str, Plain] = {
        "weapon": {"kind": kind, "calibre": "9x19"},
        "holder": holder,
        "marks": [{"kind": "manufacture", "text": f"AB{number:04}", "serial": f"AB{number:04}"}],
    }
    return Event(WeaponId(number), EventKind.REGISTERED, PartialDate(2020, 1, 2), "XT-REG", "registry", details)


def serials(*numbers: int) -> list[Item]:
    return [Item(serial=f"ab-{number:04}") for number in numbers]
