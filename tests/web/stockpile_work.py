"""A storekeeper's site with a theft in it, counted; a destruction whose weapon came back; an ammunition lot."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from tracemark import recordkeeping, stockpiles
from tracemark.authorities import Role
from tracemark.kernel import Actor, PartialDate, Plain
from tracemark.node import Node
from tracemark.recordkeeping import Event, EventKind
from tracemark.stockpiles import Deed, Function, Look, LotTold, Plan, SiteTold
from tracemark.weapons import WeaponId

RACK = "rack 1"


@dataclass(frozen=True, slots=True)
class Work:
    """The names of what was done."""

    site: str
    open_count: str
    closed_count: str
    investigation: str
    planned: str
    certified: str
    lot: str


def actor(role: Role, name: str = "", authority: str = "XT-REG") -> Actor:
    return Actor(name or role.value, authority, frozenset({role.value}))


def keep_stock(node: Node, authority: str = "XT-REG") -> Work:
    """Do a storekeeper's work, at a register that has one weapon put in for each step."""
    keeper = actor(Role.REGISTRY_OFFICER, "custodian", authority)
    counter = actor(Role.REGISTRY_OFFICER, "counter", authority)
    by: dict[str, Any] = {"stores": node.stores, "clock": node.clock}
    answers = {"locks": "yes", "alarm": "no"}
    told = SiteTold("Amberly depot", authority, "custodian", Function.STORE, [RACK], 30, "behind the hall", answers)
    site = stockpiles.list_site(site=told, actor=keeper, **by)
    other = stockpiles.list_site(site=SiteTold("Brackwater", authority, "custodian"), actor=keeper, **by)
    first, second, third, fourth = _rifles(node, keeper, authority)
    lines = [f"W-{each}" for each in (first, second, third)]
    stockpiles.put_away(site=site, rack=RACK, lines=lines, actor=keeper, **by)
    stockpiles.put_away(site=other, rack="", lines=[f"W-{fourth}"], actor=keeper, **by)
    closed = stockpiles.open_count(site=site, reason="yearly", due="", actor=keeper, **by)
    seen = Look([f"W-{first}", f"W-{third}", f"W-{fourth}", "no such mark"])
    stockpiles.enter_count(count=closed, look=seen, actor=counter, **by)
    stockpiles.close_count(count=closed, note="", actor=counter, **by)
    opened = stockpiles.open_count(site=other, reason="", due="", actor=keeper, **by)
    stockpiles.enter_count(count=opened, look=Look([f"W-{fourth}"]), actor=counter, **by)
    lot = LotTold("LX-04-17", 5000, "7.62x39", "a maker", "XT", 2004, RACK)
    named = stockpiles.receive_lot(lot=lot, site=site, happened=_today(node), actor=keeper, **by)
    certified = _destroyed(node, keeper, [third])
    planned = stockpiles.plan_destruction(
        plan=Plan([first], "smelting", "Amberly foundry", "surplus"), actor=keeper, **by
    )
    return Work(site, opened, closed, "IV-" + closed[3:8] + "000001", planned, certified, named)


def _rifles(node: Node, keeper: Actor, authority: str) -> Sequence[WeaponId]:
    with node.stores.atomic():
        weapons = [WeaponId(each) for each in node.stores.register.next_weapons(4)]
        about: Plain = {
            "kind": "assault_rifle",
            "maker": "colt",
            "model": "colt/m4a1",
            "calibre": "5_56x45",
            "year": 1985,
        }
        events = [
            Event(
                each,
                EventKind.REGISTERED,
                PartialDate(2020),
                authority,
                keeper.name,
                {
                    "holder": authority,
                    "weapon": about,
                    "marks": [{"kind": "manufacture", "text": f"SR{each:05}", "serial": f"SR{each:05}"}],
                },
            )
            for each in weapons
        ]
        recordkeeping.append(events=events, stores=node.stores, clock=node.clock)
    return weapons


def _destroyed(node: Node, keeper: Actor, weapons: Sequence[WeaponId]) -> str:
    """Destroy weapons before two witnesses, and let the first be seized after it."""
    by: dict[str, Any] = {"stores": node.stores, "clock": node.clock}
    name = stockpiles.plan_destruction(plan=Plan(weapons, "cutting", "Amberly foundry", "worn"), actor=keeper, **by)
    approver = actor(Role.APPROVER, "second")
    stockpiles.decide_destruction(destruction=name, approve=True, note="", actor=approver, **by)
    deed = Deed(_today(node), "Amberly foundry")
    stockpiles.carry_out_destruction(destruction=name, deed=deed, actor=keeper, **by)
    for witness in (actor(Role.APPROVER, "police witness", "XT-POL"), actor(Role.REGISTRY_OFFICER, "clerk")):
        stockpiles.witness_destruction(destruction=name, note="seen", actor=witness, **by)
    stockpiles.certify_destruction(destruction=name, actor=keeper, **by)
    seized = Event(weapons[0], EventKind.SEIZED, _today(node), "XT-POL", "clerk", {"place": "Dunholm"})
    with node.stores.atomic():
        recordkeeping.append(events=[seized], stores=node.stores, clock=node.clock)
    return name


def _today(node: Node) -> PartialDate:
    return PartialDate.of(node.clock.now().date())
