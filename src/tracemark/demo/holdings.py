"""Stores of the fictional State over some weeks: counts, ammunition and destructions, most as they ought to be.

Some of what looks alike is innocent, and no plant: a reserve that nobody touches, a loss that was reported.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import cycle
from typing import Any

from tracemark import recordkeeping, stockpiles
from tracemark.authorities import Role
from tracemark.demo.desk import POLICE, REGISTRY, Desk, Pool
from tracemark.demo.nation import TOWNS
from tracemark.demo.plants import Plant
from tracemark.kernel import PartialDate
from tracemark.node import Node
from tracemark.recordkeeping import Correction, EventKind
from tracemark.stockpiles import Deed, Look, LotTold, MissingReport, Move, Plan, SiteTold
from tracemark.weapons import WeaponId, weapon_text

_BETWEEN = timedelta(minutes=3)
_ONE_IN, _FIRST, _ALIKE = 5, 2, 4
"""Of five sites one goes wrong, and one looks as if it did."""
_WEAPONS = 24
_YEARLY, _WEEKLY = 365, 7
_COUNTS = 5
_ROUNDS = 20_000


def keep_holdings(node: Node, pool: Pool, sites: int, note: Callable[[Plant], object] | None) -> None:
    """Tell of so many sites; `note` is told what was planted, if anything is."""
    desk = Desk.after_the_record(node, _BETWEEN)
    wrong, innocent, right = cycle(_WRONG), cycle(_INNOCENT), cycle(_RIGHT)
    for number in range(sites):
        agency, held = pool.take_of_any(number, _WEAPONS, _WEAPONS)
        weapons = [each.weapon for each in held]
        if not weapons:
            return
        place = f"{TOWNS[number % len(TOWNS)]}, hall {1 + number // len(TOWNS)}"
        keeping = _Keeping(desk, agency, place, weapons)
        if note and number % _ONE_IN == _FIRST:
            next(wrong)(keeping, note)
        elif number % _ONE_IN == _ALIKE:
            next(innocent)(keeping)
        else:
            next(right)(keeping)


@dataclass(slots=True)
class _Keeping:
    """A site about to be listed: whose, where, and the weapons that go there."""

    desk: Desk
    agency: str
    place: str
    weapons: list[WeaponId]
    site: str = ""

    def list(self, every_days: int, stored: int = _WEAPONS) -> None:
        """List the site and put the first weapons into it; the others come later."""
        told = SiteTold(self.place, self.agency, "depot-custodian", every_days=every_days)
        self.site = stockpiles.list_site(site=told, **self.keeper)
        self.put(self.weapons[:stored])

    def put(self, weapons: Sequence[WeaponId]) -> None:
        if weapons:
            lines = list(map(weapon_text, weapons))
            stockpiles.put_away(site=self.site, rack="", lines=lines, **self.keeper)

    def count(self, seen: Sequence[WeaponId]) -> str:
        """Count the site, at which just these are seen; a while passes."""
        self.desk.moment += timedelta(hours=1)
        name = stockpiles.open_count(site=self.site, reason="monthly", due="", **self.keeper)
        stockpiles.enter_count(count=name, look=Look(list(map(weapon_text, seen))), **self.inspector)
        stockpiles.close_count(count=name, note="", **self.inspector)
        return name

    def receive_ammunition(self) -> str:
        told = LotTold(f"LX-{self.site[-4:]}", _ROUNDS, "7.62x39")
        return stockpiles.receive_lot(lot=told, site=self.site, happened=self.desk.today, **self.keeper)

    def move(self, lot: str, kind: EventKind, quantity: int, on: PartialDate, **details: str) -> None:
        stockpiles.move_lot(lot=lot, move=Move(kind, quantity, on, details), **self.keeper)

    def destroy(self) -> str:
        """Destroy the weapons before two witnesses, with a certificate."""
        desk, plan = self.desk, Plan(self.weapons, "cutting", f"{self.place}, foundry", "surplus")
        name = stockpiles.plan_destruction(plan=plan, **self.keeper)
        approver = desk.by("registry-approver", REGISTRY, Role.APPROVER)
        stockpiles.decide_destruction(destruction=name, approve=True, note="", **approver)
        stockpiles.carry_out_destruction(destruction=name, deed=Deed(desk.today, plan.place), **self.keeper)
        clerk = desk.by("registry-clerk", REGISTRY, Role.REGISTRY_OFFICER)
        for witness in (clerk, desk.by("police-witness", POLICE, Role.APPROVER)):
            stockpiles.witness_destruction(destruction=name, note="", **witness)
        stockpiles.certify_destruction(destruction=name, **self.keeper)
        return name

    @property
    def keeper(self) -> Mapping[str, Any]:
        return self.desk.by("depot-custodian", self.agency)

    @property
    def inspector(self) -> Mapping[str, Any]:
        return self.desk.by("depot-inspector", self.agency)


def _counted_in_order(keeping: _Keeping) -> None:
    """Count while more weapons come, so that no two counts are alike."""
    keeping.list(_YEARLY, stored=13)
    for stored, coming in ((13, 0), (16, 3), (19, 3), (21, 2), (24, 3)):
        keeping.put(keeping.weapons[stored - coming : stored])
        keeping.count(keeping.weapons[:stored])


def _ammunition_kept(keeping: _Keeping) -> None:
    keeping.list(_YEARLY)
    lot, unit = keeping.receive_ammunition(), f"{keeping.agency}/company-1"
    keeping.move(lot, EventKind.LOT_ISSUED, 4_000, keeping.desk.today, to=unit)
    keeping.move(lot, EventKind.LOT_EXPENDED, 3_500, keeping.desk.today)
    keeping.move(lot, EventKind.LOT_RETURNED, 500, keeping.desk.today, **{"from": unit})
    keeping.move(lot, EventKind.LOT_COUNTED, 16_500, keeping.desk.today)


def _destroyed(keeping: _Keeping) -> None:
    keeping.list(0)
    keeping.destroy()


def _missing_and_reported(keeping: _Keeping) -> None:
    keeping.list(_YEARLY)
    keeping.count(keeping.weapons[1:])
    by = {"actor": keeping.keeper["actor"], "stores": keeping.desk.node.stores}
    known = next(each for each in stockpiles.investigation_list(**by) if each.site == keeping.site)
    on = keeping.desk.today
    report = MissingReport(keeping.weapons[:1], EventKind.LOST, on, on, keeping.place, "Lost on exercise.")
    stockpiles.report_missing(investigation=known.name, report=report, **keeping.keeper)


def _sealed_reserve(keeping: _Keeping) -> None:
    """Count a reserve from which nothing is ever issued: each count is alike, and ought to be."""
    keeping.list(_YEARLY, stored=17)
    for _ in range(_COUNTS):
        keeping.count(keeping.weapons[:17])


def _counted_and_not_closed(keeping: _Keeping) -> None:
    keeping.list(_WEEKLY)
    stockpiles.open_count(site=keeping.site, reason="monthly", due="", **keeping.keeper)


def _gone(keeping: _Keeping, note: Callable[[Plant], object]) -> None:
    keeping.list(_YEARLY)
    count = keeping.count(keeping.weapons[2:])
    note(Plant("counted_missing", tuple(keeping.weapons[:2]), count))


def _never_counted(keeping: _Keeping, note: Callable[[Plant], object]) -> None:
    keeping.list(_WEEKLY)
    note(Plant("count_overdue", (), keeping.site))


def _copied(keeping: _Keeping, note: Callable[[Plant], object]) -> None:
    """Copy the last count instead of counting."""
    keeping.list(_YEARLY, stored=23)
    for _ in range(_COUNTS):
        keeping.count(keeping.weapons[:23])
    note(Plant("counts_alike", (), keeping.site))


def _rounded(keeping: _Keeping, note: Callable[[Plant], object]) -> None:
    keeping.list(_YEARLY, stored=10)
    for stored, coming in ((10, 0), (10, 0), (20, 10), (20, 0)):
        keeping.put(keeping.weapons[stored - coming : stored])
        keeping.count(keeping.weapons[:stored])
    note(Plant("round_counts", (), keeping.site))


def _issued_before_it_came(keeping: _Keeping, note: Callable[[Plant], object]) -> None:
    keeping.list(_YEARLY)
    lot, early = keeping.receive_ammunition(), PartialDate.of(keeping.desk.today.first - timedelta(days=4))
    keeping.move(lot, EventKind.LOT_ISSUED, 6_000, early, to=f"{keeping.agency}/company-1")
    note(Plant("negative_balance", (), lot))


def _kept_back(keeping: _Keeping, note: Callable[[Plant], object]) -> None:
    """Certify a destruction, of which one weapon is then found not to have been destroyed."""
    keeping.list(0)
    name, kept = keeping.destroy(), keeping.weapons[0]
    gone = keeping.desk.node.stores.records.of_weapon(kept)[-1]
    void = Correction(corrects=gone.position, reason="It was not among what was cut.", void=True)
    clerk = keeping.desk.by("registry-clerk", REGISTRY, Role.REGISTRY_OFFICER)
    proposal = recordkeeping.propose_correction(correction=void, **clerk)
    approver = keeping.desk.by("registry-approver", REGISTRY, Role.APPROVER)
    recordkeeping.approve_correction(proposal=proposal.id, **approver)
    note(Plant("destruction_incomplete", (kept,), name))


_Wrong = Callable[[_Keeping, Callable[[Plant], object]], None]

_RIGHT: Sequence[Callable[[_Keeping], None]] = (_counted_in_order, _ammunition_kept, _counted_in_order, _destroyed)
_INNOCENT: Sequence[Callable[[_Keeping], None]] = (_missing_and_reported, _sealed_reserve, _counted_and_not_closed)
_WRONG: Sequence[_Wrong] = (_gone, _never_counted, _copied, _kept_back, _rounded, _issued_before_it_came)
