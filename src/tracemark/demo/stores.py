"""Stores of the fictional State: a theft that a count found, an evidence room, a destruction, ammunition."""

from collections.abc import Callable, Sequence
from datetime import timedelta

from tracemark import recordkeeping, stockpiles
from tracemark.authorities import Role
from tracemark.demo.desk import DEPOT, POLICE, REGISTRY, Desk
from tracemark.demo.plants import Plant
from tracemark.node import Node
from tracemark.recordkeeping import Event, EventKind, RegisterFilter, Status
from tracemark.stockpiles import Deed, Function, Look, LotTold, MissingReport, Move, Plan, SiteTold
from tracemark.weapons import WeaponId, weapon_text

_RACKS = ("rack 1", "rack 2")
_IN_RACKS, _FOR_DESTRUCTION, _EVIDENCE = 16, 4, 6
_BETWEEN = timedelta(hours=2)
_ANSWERS = {
    **dict.fromkeys(("locks", "guarded", "entry_logged", "serials_listed", "counted_by_others"), "yes"),
    **dict.fromkeys(("alarm", "two_keys"), "no"),
}


def keep_stores(node: Node, note: Callable[[Plant], object]) -> None:
    """List sites, put weapons into them, count them, and destroy some, as far as the State has such weapons.

    `note` is told what a rule ought to find of it.
    """
    held = _weapons(node, RegisterFilter(holder=DEPOT, status=Status.HELD), _IN_RACKS + _FOR_DESTRUCTION)
    if len(held) < _IN_RACKS + _FOR_DESTRUCTION:
        return
    desk = Desk.after_the_record(node, _BETWEEN)
    site = _depot(desk, held[:_IN_RACKS])
    note(_count_with_a_theft(desk, site, held[:_IN_RACKS]))
    _ammunition(desk, site)
    note(_evidence_room(desk))
    note(_destruction(desk, held[_IN_RACKS:]))


def _weapons(node: Node, wanted: RegisterFilter, limit: int) -> list[WeaponId]:
    return [each.weapon for each in node.stores.register.page(wanted, holders=None, limit=limit)]


def _depot(desk: Desk, weapons: Sequence[WeaponId]) -> str:
    told = SiteTold("Amberly depot, hall 1", f"{DEPOT}/hall-1", "depot-custodian", racks=_RACKS, every_days=30,
                    answers=_ANSWERS)  # fmt: skip
    site = stockpiles.list_site(site=told, **desk.by("depot-custodian"))
    half = len(weapons) // 2
    for rack, some in zip(_RACKS, (weapons[:half], weapons[half:]), strict=True):
        stockpiles.put_away(site=site, rack=rack, lines=list(map(weapon_text, some)), **desk.by("depot-custodian"))
    return site


def _count_with_a_theft(desk: Desk, site: str, weapons: Sequence[WeaponId]) -> Plant:
    """Count the depot while weapons are issued from it: two are gone. One theft is reported, the other case is open."""
    first, second, issued, *others = weapons
    keeper, counter = desk.by("depot-custodian"), desk.by("depot-inspector")
    count = stockpiles.open_count(site=site, reason="half-yearly", due="", **keeper)
    given = Event(issued, EventKind.ISSUED, desk.today, DEPOT, "depot-custodian", {"to": f"{DEPOT}/company-2"})
    recordkeeping.record_events(events=[given], **keeper)
    stockpiles.enter_count(count=count, look=Look(list(map(weapon_text, others))), **counter)
    stockpiles.close_count(count=count, note="The seal of the rear window was broken.", **counter)
    (investigation,) = stockpiles.investigation_list(actor=counter["actor"], stores=desk.node.stores)
    report = MissingReport([first], EventKind.STOLEN, desk.today, desk.today, "Amberly", "rear window forced")
    stockpiles.report_missing(investigation=investigation.name, report=report, **keeper)
    note = f"{weapon_text(second)} is looked for in the workshop."
    stockpiles.note_investigation(investigation=investigation.name, note=note, due="", **keeper)
    return Plant("counted_missing", (second,), count)


def _ammunition(desk: Desk, site: str) -> None:
    lot = LotTold("LX-04-17", 24_000, "7.62x39", year=2004, rack=_RACKS[1])
    name = stockpiles.receive_lot(lot=lot, site=site, happened=desk.today, **desk.by("depot-custodian"))
    for kind, quantity, details in (
        (EventKind.LOT_ISSUED, 2_400, {"to": f"{DEPOT}/company-2"}),
        (EventKind.LOT_EXPENDED, 1_900, {"note": "training"}),
        (EventKind.LOT_RETURNED, 500, {"from": f"{DEPOT}/company-2"}),
    ):
        move = Move(kind, quantity, desk.today, details)
        stockpiles.move_lot(lot=name, move=move, **desk.by("depot-custodian"))


def _evidence_room(desk: Desk) -> Plant:
    """List an evidence room that nobody has counted since: its count falls due."""
    by = desk.by("evidence-custodian", REGISTRY, Role.REGISTRY_OFFICER)
    told = SiteTold("National evidence room", "", "evidence-custodian", Function.EVIDENCE_ROOM, every_days=14)
    site = stockpiles.list_site(site=told, **by)
    seized = _weapons(desk.node, RegisterFilter(status=Status.IN_CUSTODY), _EVIDENCE)
    stockpiles.put_away(site=site, rack="", lines=list(map(weapon_text, seized)), **by)
    return Plant("count_overdue", (), site)


def _destruction(desk: Desk, weapons: Sequence[WeaponId]) -> Plant:
    """Destroy weapons before two witnesses; one of them is seized some hours after it."""
    clerk = desk.by("registry-clerk", REGISTRY, Role.REGISTRY_OFFICER)
    plan = Plan(weapons, "cutting", "Amberly foundry", "obsolete")
    name = stockpiles.plan_destruction(plan=plan, **desk.by("depot-custodian"))
    approver = desk.by("registry-approver", REGISTRY, Role.APPROVER)
    stockpiles.decide_destruction(destruction=name, approve=True, note="", **approver)
    stockpiles.carry_out_destruction(
        destruction=name, deed=Deed(desk.today, "Amberly foundry"), **desk.by("depot-custodian")
    )
    for witness in (clerk, desk.by("police-witness", POLICE, Role.APPROVER)):
        stockpiles.witness_destruction(destruction=name, note="", **witness)
    stockpiles.certify_destruction(destruction=name, **desk.by("depot-custodian"))
    details = {"place": "Brackwater ferry", "custodian": POLICE, "circumstances": "in the boot of a car"}
    seized = Event(weapons[0], EventKind.SEIZED, desk.today, REGISTRY, "registry-clerk", details)
    recordkeeping.record_events(events=[seized], **clerk)
    return Plant("destroyed_then_recovered", (weapons[0],))
