"""A node's stores in memory, a clock that stands still, and officers, for the tests of rooms."""

from datetime import UTC, datetime

import pytest

from tests.recordkeeping.sealed_logs import SeededSigner
from tracemark.authorities import Agency, AgencyKind, Role
from tracemark.kernel import Actor
from tracemark.recordkeeping import Event, Recorded, append
from tracemark.storage.memory import MemoryStores

NOW = datetime(2026, 5, 6, 7, 8, 9, tzinfo=UTC)


class StillClock:
    def now(self) -> datetime:
        return NOW


def officer(role: Role, name: str = "", authority: str = "XT-REG") -> Actor:
    return Actor(name or role.value, authority, frozenset({role.value}))


@pytest.fixture
def stores() -> MemoryStores:
    """Empty stores that know a registry, an army with a depot, and a dealer."""
    found = MemoryStores(SeededSigner())
    with found.atomic():
        for code, kind, parent in (
            ("XT-REG", AgencyKind.REGISTRY, ""),
            ("XT-ARMY", AgencyKind.ARMED_FORCES, ""),
            ("XT-ARMY-1", AgencyKind.ARMED_FORCES, "XT-ARMY"),
            ("XT-DEALER", AgencyKind.DEALER, ""),
            ("XT-POL", AgencyKind.POLICE, ""),
        ):
            found.agencies.put(Agency(code, code, kind, "XT", parent))
    return found


@pytest.fixture
def clock() -> StillClock:
    return StillClock()


def told(stores: MemoryStores, clock: StillClock, *events: Event) -> Recorded:
    """Put events on record as an intake does, for weapons the record does not know yet."""
    with stores.atomic():
        return append(events=events, stores=stores, clock=clock)
