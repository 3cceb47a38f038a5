"""Signals and officers for the tests of triage."""

from tests.rooms import StillClock, officer, told
from tracemark.authorities import Role
from tracemark.diversion import Onward, Reading, Signal, Stage, Strength, confirm_signal, escalate_signal, raise_signals
from tracemark.kernel import PartialDate, Plain
from tracemark.recordkeeping import Event, EventKind, Recorded
from tracemark.storage.memory import MemoryStores
from tracemark.weapons import WeaponId

ANALYST = officer(Role.TRACING_ANALYST, "ana")
APPROVER = officer(Role.APPROVER, "ben")
CONTACT = officer(Role.POINT_OF_CONTACT, "cleo")
NOWHERE = Onward()
READINGS = (Reading.SERIAL_MISREAD,)


def signal(rule: str = "seized_twice", *evidence: int, strength: Strength = Strength.STRONG, weapon: int = 1) -> Signal:
    return Signal(
        rule, Stage.STORAGE, strength, (WeaponId(weapon),), evidence or (0,), "2026-02", "Depot 3", {"days": 7}
    )


def raised(stores: MemoryStores, clock: StillClock, *signals: Signal) -> tuple[str, ...]:
    return raise_signals(signals=signals, actor=ANALYST, stores=stores, clock=clock).names


def escalated(stores: MemoryStores, clock: StillClock, name: str, onward: Onward = NOWHERE) -> None:
    escalate_signal(signal=name, note="two seizures", onward=onward, actor=ANALYST, stores=stores, clock=clock)


def confirmed(stores: MemoryStores, clock: StillClock, name: str) -> None:
    confirm_signal(signal=name, note="the store confirms", actor=APPROVER, stores=stores, clock=clock)


def life(stores: MemoryStores, clock: StillClock, weapon: int = 1) -> Recorded:
    """A rifle registered in a year of which no more is known, and found."""
    rifle: dict[str, Plain] = {
        "weapon": {"kind": "rifle", "maker": "zastava", "model": "m70"},
        "holder": "XT-ARMY-1",
        "marks": [
            {"id": 1, "kind": "manufacture", "text": "A 123", "serial": "A123"},
            {"id": 2, "kind": "other", "text": "property of Jo"},
        ],
    }
    found = {"custodian": "XT-POL", "place": "Sea Road"}
    return told(
        stores,
        clock,
        Event(WeaponId(weapon), EventKind.REGISTERED, PartialDate(2019), "XT-REG", "ana", rifle),
        Event(WeaponId(weapon), EventKind.FOUND, PartialDate(2026, 2, 3), "XT-POL", "pol", found),
    )
