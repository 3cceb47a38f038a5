"""Officers at work in the fictional State: who acts, with what, and how time passes between their steps."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from tracemark.authorities import AgencyKind, Role
from tracemark.demo.nation import codes
from tracemark.kernel import Actor, PartialDate
from tracemark.node import Node
from tracemark.recordkeeping import RegisterFilter, Status, WeaponState

DEPOT, ARMY, POLICE, REGISTRY = "XT-ARMY-1", "XT-ARMY", "XT-POL", "XT-REG"


@dataclass(slots=True)
class Desk:
    """A node at which time passes between one step and the next."""

    node: Node
    moment: datetime
    between: timedelta = timedelta(hours=2)

    @classmethod
    def after_the_record(cls, node: Node, between: timedelta) -> "Desk":
        """Begin where the record ends."""
        return cls(node, node.stores.records.newest(1)[0].recorded_at, between)

    def now(self) -> datetime:
        """Let a while pass, and tell the moment."""
        self.moment += self.between
        return self.moment

    def by(self, name: str, agency: str = DEPOT, role: Role = Role.STOREKEEPER) -> Mapping[str, Any]:
        """Return who acts, and with what."""
        return {"actor": Actor(name, agency, frozenset({role.value})), "stores": self.node.stores, "clock": self}

    @property
    def today(self) -> PartialDate:
        """The present day."""
        return PartialDate.of(self.moment.date())


@dataclass(slots=True)
class Pool:
    """Weapons that agencies hold and that no story has used yet."""

    node: Node
    _left: dict[str, list[WeaponState]] = field(default_factory=dict)

    def take(self, agency: str, count: int, *, of_one_kind: bool = False) -> list[WeaponState]:
        """Take weapons of an agency; fewer, or none, where it has no more."""
        left = self._left.setdefault(agency, self._held(agency))
        kind = left[0].description.kind if left else ""
        taken = [each for each in left if not of_one_kind or each.description.kind == kind][:count]
        used = {each.weapon for each in taken}
        self._left[agency] = [each for each in left if each.weapon not in used]
        return taken

    def take_of_any(
        self, turn: int, least: int, count: int, *, of_one_kind: bool = False
    ) -> tuple[str, list[WeaponState]]:
        """Take weapons of the next army depot that has at least so many; "" and none where no depot has.

        The first depot is left to its own story.
        """
        depots = [each for each in codes(AgencyKind.ARMED_FORCES) if each.startswith(f"{ARMY}-")][1:]
        for place in range(len(depots)):
            depot = depots[(turn + place) % len(depots)]
            if len(found := self.take(depot, count, of_one_kind=of_one_kind)) >= least:
                return depot, found
        return "", []

    def _held(self, agency: str) -> list[WeaponState]:
        wanted = RegisterFilter(holder=agency, status=Status.HELD)
        return self.node.stores.register.page(wanted, holders=None, limit=_MOST)


_MOST = 2_000
