"""What goes in and out of the fictional State: most of it as it ought to, some short, late, astray or past its licence.

Some of what looks alike is innocent, and no plant: a storm, a second part that follows, a carrier who is late.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import cycle
from random import Random

from tracemark import recordkeeping, transfers
from tracemark.authorities import AgencyKind, Role
from tracemark.demo.desk import ARMY, REGISTRY, Desk, Pool
from tracemark.demo.nation import EMBARGOED, STATE, codes
from tracemark.demo.plants import Plant
from tracemark.demo.trade import Trade, goods_of, items_of
from tracemark.kernel import PartialDate, Plain
from tracemark.node import Node
from tracemark.recordkeeping import Event, EventKind, WeaponState
from tracemark.transfers import Authorises, Denied, Embargo, GoodsLine, Item
from tracemark.weapons import NO_WEAPON

_BETWEEN = timedelta(minutes=4)
_LOT = (3, 8)
_ONE_IN, _FIRST, _ALIKE = 10, 4, 7
"""Of ten consignments one goes wrong, and one looks as if it did."""
_SOON, _LATER = 5, 200
_ASTRAY = "BEANR"


def ship(node: Node, pool: Pool, seed: int, consignments: int, note: Callable[[Plant], object] | None) -> None:
    """Tell of so many consignments, and of licences at every stage; `note` is told what was planted, if anything is."""
    trade = Trade(Desk.after_the_record(node, _BETWEEN), Random(f"{seed}/transfers"), pool)
    if consignments:
        _paper_at_every_stage(trade)
    wrong, innocent, right = cycle(_WRONG), cycle(_INNOCENT), cycle(_RIGHT)
    for number in range(consignments):
        shipment = _shipment(trade, number)
        if shipment is None:
            return
        if note and number % _ONE_IN == _FIRST:
            next(wrong)(shipment, note)
        elif number % _ONE_IN == _ALIKE:
            next(innocent)(shipment)
        else:
            next(right)(shipment)


def sign_certificate(node: Node) -> None:
    """Sign the oldest certificate that waits, with the node's own key.

    No two nodes share it, so that this is no part of the history that a seed tells byte for byte.
    """
    desk = Desk.after_the_record(node, _BETWEEN)
    drafted = [each.name for each in node.stores.dossiers.page("certificate") if each.standing == "drafted"]
    if drafted:
        transfers.issue_certificate(certificate=min(drafted), **desk.by("licensing-approver", REGISTRY, Role.APPROVER))


@dataclass(frozen=True, slots=True)
class _Shipment:
    """What is about to be sent: weapons of one kind, from a depot, to a State or to another depot."""

    trade: Trade
    sender: str
    receiver: str
    to_state: str
    weapons: Sequence[WeaponState]

    def abroad(self, due_in: int = _SOON, spare: int = 0) -> tuple[str, str]:
        return self.trade.exported(self.sender, self.to_state, self.weapons, due_in, spare)

    def inland(self) -> str:
        consignment = self.trade.opened(self.sender, self.receiver, "", _SOON)
        return self.trade.shipped(consignment, items_of(self.weapons))

    def come(self, consignment: str, items: Sequence[Item]) -> None:
        self.trade.mirrored(consignment, self.to_state, items)

    def export_besides(self, weapon: WeaponState, on: PartialDate, **details: Plain) -> None:
        """Enter an export as a registry does that reads no packing list."""
        self.tell(weapon, EventKind.EXPORTED, on, holder="abroad", **details)

    def tell(self, weapon: WeaponState, kind: EventKind, on: PartialDate, **details: Plain) -> None:
        """Enter what happened to a weapon."""
        event = Event(weapon.weapon, kind, on, REGISTRY, "registry-clerk", details)
        clerk = self.trade.desk.by("registry-clerk", REGISTRY, Role.REGISTRY_OFFICER)
        recordkeeping.record_events(events=[event], **clerk)

    def seal_past_the_room(self, kind: EventKind, **details: Plain) -> None:
        """Seal a step that the room refuses, as one does who has the machine."""
        desk = self.trade.desk
        event = Event(NO_WEAPON, kind, desk.today, ARMY, "licensing-clerk", details)
        with desk.node.stores.atomic():
            recordkeeping.append(events=[event], stores=desk.node.stores, clock=desk)


def _shipment(trade: Trade, number: int) -> _Shipment | None:
    """Draw weapons of the next depot that has enough; None where no depot has."""
    sender, weapons = trade.pool.take_of_any(number, _LOT[0], trade.random.randint(*_LOT), of_one_kind=True)
    receiver = trade.random.choice([each for each in codes(AgencyKind.ARMED_FORCES) if each not in {sender, ARMY}])
    return _Shipment(trade, sender, receiver, trade.random.choice(trade.states), weapons) if weapons else None


def _paper_at_every_stage(trade: Trade) -> None:
    """Leave licences and certificates for the desk to work on, and list a party to which nothing is to go."""
    denied = Denied("", "Corvid Trading House", ("Corvid Trdg.",), STATE, "Consigned rifles to an armed group in 2019.")
    transfers.list_party(denied=denied, source="Cabinet order 12 of 2020", **trade.decider)
    embargo = Embargo("", EMBARGOED, date(2025, 3, 1), None, "Cabinet order 4 of 2025")
    transfers.declare_embargo(embargo=embargo, **trade.decider)
    line = [GoodsLine("pistol", 40)]
    for exporter in ("Amber Arms", "Northern Optics and Arms"):
        transfers.draft_certificate(certificate=trade.contents(STATE, line, exporter), **trade.drafter)
    for to_state in trade.states[:3]:
        trade.draft(to_state, line)
        trade.advised(trade.draft(to_state, line))
    trade.approved(trade.draft(trade.states[3], line))
    refused = trade.advised(trade.draft(trade.states[4], line), grant=False)
    transfers.refuse_licence(licence=refused, reason="The end user could not be confirmed.", **trade.decider)
    revoked = trade.issued(trade.states[5], line)
    transfers.revoke_licence(licence=revoked, reason="The end user passed weapons on.", **trade.decider)


def _complete(shipment: _Shipment) -> None:
    licence, consignment = shipment.abroad()
    shipment.trade.passed(consignment, f"{shipment.to_state}GTE")
    shipment.come(consignment, items_of(shipment.weapons))
    by, on = shipment.trade.drafter, shipment.trade.desk.today
    transfers.verify_delivery(consignment=consignment, number=f"DV-{consignment[3:]}", on=on, **by)
    transfers.close_consignment(consignment=consignment, reason="All came.", **by)
    transfers.close_licence(licence=licence, reason="It is used up.", **by)


def _under_way(shipment: _Shipment) -> None:
    shipment.abroad(_LATER)


def _moved(shipment: _Shipment) -> None:
    shipment.trade.received(shipment.inland(), items_of(shipment.weapons))


def _brought_in(shipment: _Shipment) -> None:
    """Announce weapons that come from abroad by their serials, and receive them; an intake enters them later."""
    trade, kind = shipment.trade, shipment.weapons[0].description.kind
    goods = [GoodsLine(kind, len(shipment.weapons))]
    ends = {"authorises": Authorises.IMPORT, "from_state": shipment.to_state}
    licence = trade.approved(trade.draft(STATE, goods, **ends, route=(f"{shipment.to_state}GTE", f"{STATE}KES")))
    transfers.issue_licence(licence=licence, **trade.drafter)
    items = [Item(serial=f"IM{licence[-6:]}-{each:03}") for each in range(len(shipment.weapons))]
    consignment = trade.opened(f"organisation:Arms Works ({shipment.to_state})", shipment.receiver, licence, _SOON)
    trade.received(trade.shipped(consignment, items), items)


def _detour(shipment: _Shipment) -> None:
    _, consignment = shipment.abroad()
    shipment.trade.passed(consignment, _ASTRAY, "A storm: the ship lay there for two days.")
    shipment.come(consignment, items_of(shipment.weapons))


def _in_two_parts(shipment: _Shipment) -> None:
    consignment, items = shipment.inland(), items_of(shipment.weapons)
    shipment.trade.received(consignment, items[:-1])
    shipment.trade.received(consignment, items[-1:])


def _late(shipment: _Shipment) -> None:
    shipment.abroad(_SOON)


def _short_abroad(shipment: _Shipment, note: Callable[[Plant], object]) -> None:
    _, consignment = shipment.abroad()
    shipment.come(consignment, items_of(shipment.weapons[1:]))
    note(Plant("received_short", (shipment.weapons[0].weapon,), consignment))


def _short_inland(shipment: _Shipment, note: Callable[[Plant], object]) -> None:
    consignment = shipment.inland()
    shipment.trade.received(consignment, items_of(shipment.weapons[2:]))
    note(Plant("received_short", tuple(each.weapon for each in shipment.weapons[:2]), consignment))


def _more_came(shipment: _Shipment, note: Callable[[Plant], object]) -> None:
    _, consignment = shipment.abroad()
    shipment.come(consignment, [*items_of(shipment.weapons), Item(serial="ZZ 004417")])
    note(Plant("received_unsent", (), consignment))


def _never_came(shipment: _Shipment, note: Callable[[Plant], object]) -> None:
    _, consignment = shipment.abroad()
    note(Plant("delivery_overdue", (), consignment))


def _astray(shipment: _Shipment, note: Callable[[Plant], object]) -> None:
    _, consignment = shipment.abroad()
    shipment.trade.passed(consignment, _ASTRAY)
    shipment.come(consignment, items_of(shipment.weapons))
    note(Plant("route_deviation", (), consignment))


def _overdrawn(shipment: _Shipment, note: Callable[[Plant], object]) -> None:
    besides, sent = shipment.weapons[0], shipment.weapons[1:]
    licence, consignment = _Shipment(
        shipment.trade, shipment.sender, shipment.receiver, shipment.to_state, sent
    ).abroad()
    shipment.come(consignment, items_of(sent))
    shipment.export_besides(besides, shipment.trade.desk.today, to_state=shipment.to_state, licence=licence)
    note(Plant("licence_overdrawn", (besides.weapon,), licence))


def _before_its_days(shipment: _Shipment, note: Callable[[Plant], object]) -> None:
    besides, sent = shipment.weapons[0], shipment.weapons[1:]
    licence, consignment = _Shipment(
        shipment.trade, shipment.sender, shipment.receiver, shipment.to_state, sent
    ).abroad(spare=1)
    shipment.come(consignment, items_of(sent))
    early = PartialDate.of(shipment.trade.desk.today.first - timedelta(days=12))
    shipment.export_besides(besides, early, to_state=shipment.to_state, licence=licence)
    note(Plant("shipped_outside_validity", (besides.weapon,), licence))


def _to_an_embargoed_state(shipment: _Shipment, note: Callable[[Plant], object]) -> None:
    today = shipment.trade.desk.today
    for each in shipment.weapons:
        shipment.export_besides(each, today, to_state=EMBARGOED)
    note(Plant("embargoed_at_date", tuple(each.weapon for each in shipment.weapons)))


def _certificate_again(shipment: _Shipment, note: Callable[[Plant], object]) -> None:
    trade, to_state, goods = shipment.trade, shipment.to_state, goods_of(shipment.weapons)
    first, second = (trade.approved(trade.draft(to_state, goods)) for _ in range(2))
    presented = trade.certificate(to_state, goods)
    transfers.issue_licence(licence=first, presented=presented, **trade.drafter)
    contents = transfers.read_token(presented.token).certificate
    name = trade.desk.node.stores.dossiers.next_name("certificate", trade.desk.now().year)
    shipment.seal_past_the_room(
        EventKind.CERTIFICATE_PRESENTED, dossier=name, contents=contents.plain(), token=presented.token,
        key=str(presented.key), licence=second, number=contents.number, from_state=to_state,
    )  # fmt: skip
    shipment.seal_past_the_room(EventKind.LICENCE_ISSUED, dossier=second, certificate=name)
    note(Plant("certificate_used_twice", (), f"{to_state} {contents.number}"))


def _certificate_of_nobody(shipment: _Shipment, note: Callable[[Plant], object]) -> None:
    trade = shipment.trade
    licence = trade.approved(trade.draft(shipment.to_state, goods_of(shipment.weapons)))
    shipment.seal_past_the_room(EventKind.LICENCE_ISSUED, dossier=licence, certificate=f"EC-2019-{licence[-6:]}")
    note(Plant("certificate_unknown", (), licence))


def _passed_on(shipment: _Shipment, note: Callable[[Plant], object]) -> None:
    """Let a weapon come under an undertaking to its exporter, and go on to another State without asking it."""
    trade, weapon, origin = shipment.trade, shipment.weapons[0], shipment.to_state
    token = trade.certificate(STATE, goods_of(shipment.weapons)).token
    contents = transfers.read_token(token).certificate
    name = transfers.draft_certificate(certificate=contents, **trade.drafter)
    shipment.seal_past_the_room(EventKind.CERTIFICATE_ISSUED, dossier=name, contents=contents.plain(), token=token)
    shipment.seal_past_the_room(EventKind.CERTIFICATE_USED, dossier=name, number=f"EX-{name[3:]}", from_state=origin)
    today = trade.desk.today
    shipment.export_besides(weapon, today, to_state=origin)
    shipment.tell(weapon, EventKind.IMPORTED, today, from_state=origin, holder=shipment.sender)
    elsewhere = next(each for each in trade.states if each != origin)
    shipment.export_besides(weapon, today, to_state=elsewhere)
    note(Plant("passed_on_without_consent", (weapon.weapon,)))


_Wrong = Callable[[_Shipment, Callable[[Plant], object]], None]

_RIGHT: Sequence[Callable[[_Shipment], None]] = (_complete, _moved, _moved, _brought_in, _under_way, _moved)
_INNOCENT: Sequence[Callable[[_Shipment], None]] = (_in_two_parts, _detour, _late)
_WRONG: Sequence[_Wrong] = (
    _short_abroad, _never_came, _astray, _overdrawn, _certificate_again, _short_inland, _before_its_days, _more_came,
    _to_an_embargoed_state, _certificate_of_nobody, _passed_on,
)  # fmt: skip
