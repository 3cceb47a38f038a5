"""Short ways to write a weapon's life in a test."""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from tracemark.kernel import PartialDate
from tracemark.recordkeeping import Event, EventKind, Sealed, seal_event
from tracemark.weapons import WeaponId

RECORDED_AT = datetime(2026, 1, 1, tzinfo=UTC)
WEAPON = WeaponId(7)


def event(kind: str, happened: str, /, of: int = WEAPON, **details: Any) -> Event:
    return Event(WeaponId(of), EventKind(kind), PartialDate.parse(happened), "XT-REG", "officer", details)


def sealed(events: Iterable[Event]) -> list[Sealed]:
    return [seal_event(each, position=position, recorded_at=RECORDED_AT) for position, each in enumerate(events)]


def imported(happened: str = "2001-05-04", holder: str = "XT-ARMY", **details: Any) -> Event:
    return event(
        "imported",
        happened,
        from_state="XU",
        holder=holder,
        weapon={"kind": "pistol", "maker": "ourmaker", "model": "m1", "calibre": "9x19"},
        components=[{"part": "frame", "control": True, "material": "polymer"}, {"part": "slide"}],
        marks=[{"kind": "manufacture", "part": "frame", "text": "AB 123", "serial": "AB123"}],
        **details,
    )
