from collections.abc import Callable, Sequence
from dataclasses import dataclass

from tracemark.kernel import Actor, Clock, Finding, PartialDate, Plain, findings
from tracemark.recordkeeping import Event, EventKind, RecordkeepingStores, dossier_step, event_kinds, require_step
from tracemark.transfers.actions.sealing import (
    require_holder,
    require_said,
    require_standing,
    seal,
    seen,
    today,
)
from tracemark.transfers.consignments import INLAND, Consignment, fold_consignment
from tracemark.transfers.items import Item, in_parts, reconcile
from tracemark.transfers.licences import Licence, fold_licence
from tracemark.transfers.packing import Packer, outbound
from tracemark.transfers.queries import embargoes_for
from tracemark.transfers.refusals import TransferRefused
from tracemark.transfers.rules import (
    Movement,
    Voyage,
    destination_open,
    licence_in_force,
    lines_on_licence,
    places_of_voyage,
    receipt_is_ours,
    receipt_within_licence,
    something_packed,
    within_balance,
)
from tracemark.weapons import NO_WEAPON


@dataclass(frozen=True, slots=True)
class Journey:
    """Who sends weapons to whom: `sender` and `receiver` are listed agencies, or organisations named as such.

    `route` holds UN/LOCODE places in order, empty for the licence's; `due` is the day (ISO) of arrival, "" unknown.
    """

    sender: str
    receiver: str
    licence: str = ""
    carrier: str = ""
    route: tuple[str, ...] = ()
    due: str = ""
    note: str = ""


def open_consignment(*, journey: Journey, actor: Actor, stores: RecordkeepingStores, clock: Clock) -> str:
    """Open a consignment, under a licence or within the State, and return its name.

    Raises:
        NotPermitted: the actor may not, or does not see the licence.
        TransferRefused: the licence is not in force, a holder is not known, or a place is not written as UN/LOCODE.
        KeyError: there is no such licence.

    Source: PoA II.12.
    """
    kind = EventKind.CONSIGNMENT_OPENED
    require_step(kind, actor, stores)
    require_holder(journey.sender, "sender", stores)
    require_holder(journey.receiver, "receiver", stores)
    details: dict[str, Plain] = {"from": journey.sender, "holder": journey.receiver, "carrier": journey.carrier}
    details |= {"due": journey.due, "note": journey.note, "licence": journey.licence, "moves": INLAND}
    on = today(clock)
    with stores.atomic():
        route = journey.route
        if journey.licence:
            seen(journey.licence, "licence", actor, stores)
            known = _licence(journey.licence, stores)
            _require(licence_in_force(Movement(known, (), on.first)))
            asked = known.application
            route = route or asked.route
            states = {"from_state": asked.from_state, "to_state": asked.to_state}
            details |= {"moves": asked.authorises.value, **states}
        _require(places_of_voyage(Voyage(route)))
        name = stores.dossiers.next_name("consignment", clock.now().year)
        seal([dossier_step(kind, name, {**details, "route": list(route)}, on, actor)], stores, clock)
    return name


def pack_consignment(
    *, consignment: str, items: Sequence[Item], actor: Actor, stores: RecordkeepingStores, clock: Clock
) -> Consignment:
    """Put weapons on the packing list; under a licence they are drawn from its quantities, which never fall below zero.

    What leaves our register is named by identity, or by a serial that one weapon of the sender bears, and is held by
    the sender now. What comes from abroad is listed as its sender announces it.

    Raises:
        NotPermitted: the actor may not, or does not see consignment or weapon.
        TransferRefused: the licence is not in force or has less left, or a weapon is unknown, elsewhere, of another
            sort than the licence lets go, or on the list already.
        KeyError: there is no such consignment.

    Source: PoA II.11-12.
    """
    kind, on = EventKind.CONSIGNMENT_PACKED, today(clock)

    def packed(known: Consignment) -> list[Event]:
        licence = _licence(known.licence, stores) if known.licence else None
        listed = Packer(known, licence, actor, stores).listed(items)
        if licence is not None:
            movement = Movement(licence, listed, on.first)
            _require(findings((licence_in_force, lines_on_licence, within_balance), movement))
        parts = in_parts(listed)
        return [
            dossier_step(kind, consignment, {"packed": each, "licence": known.licence}, on, actor) for each in parts
        ]

    return _next(kind, consignment, packed, actor, stores, clock)


def ship_consignment(
    *,
    consignment: str,
    on: PartialDate,
    place: str = "",
    due: str = "",
    actor: Actor,
    stores: RecordkeepingStores,
    clock: Clock,
) -> Consignment:
    """Record that a consignment left, and with it each of our weapons that is on its list. All or nothing.

    Raises:
        NotPermitted: the actor may not, or does not see it.
        TransferRefused: nothing is packed, the licence is not in force that day, or the destination is embargoed.
        EventRefused: a weapon can no longer leave, because of what happened to it since it was packed.
        KeyError: there is no such consignment.

    Source: PoA II.12, ATT 6(1).
    """
    kind = EventKind.CONSIGNMENT_SHIPPED

    def shipped(known: Consignment) -> list[Event]:
        _require(something_packed(known))
        if known.licence:
            licence = _licence(known.licence, stores)
            _require(licence_in_force(Movement(licence, (), on.first)))
            holding = [each.code for each in embargoes_for(known.to_state, on.first, stores)]
            _require(destination_open(Voyage((), licence, tuple(holding))))
        details = {"licence": known.licence, "place": place, "due": due}
        return [dossier_step(kind, consignment, details, on, actor), *_leaving(known, on, actor)]

    return _next(kind, consignment, shipped, actor, stores, clock)


def report_passage(
    *,
    consignment: str,
    place: str,
    on: PartialDate,
    note: str = "",
    actor: Actor,
    stores: RecordkeepingStores,
    clock: Clock,
) -> Consignment:
    """Record that a consignment passed a place of transit, on its route or off it.

    Raises:
        NotPermitted: the actor may not, or does not see it.
        TransferRefused: it is not under way, or the place is not written as UN/LOCODE.
        KeyError: there is no such consignment.

    Source: ATT 11(3).
    """
    _require(places_of_voyage(Voyage((place,))))
    details: dict[str, Plain] = {"place": place, "note": note}
    return _plain_step(EventKind.CONSIGNMENT_PASSED, consignment, details, on, actor, stores, clock)


def receive_consignment(
    *,
    consignment: str,
    items: Sequence[Item],
    on: PartialDate,
    place: str = "",
    actor: Actor,
    stores: RecordkeepingStores,
    clock: Clock,
) -> Consignment:
    """Record what our side received, weapon by weapon, in one part or in several. What falls short is seen on it.

    Raises:
        NotPermitted: the actor may not, or does not see it.
        TransferRefused: it was not shipped, more came than the licence allows or when it was no longer in force, or it
            goes abroad, so that the other side receives it.
        KeyError: there is no such consignment.

    Source: PoA II.12, ITI 8(b).
    """
    kind = EventKind.CONSIGNMENT_RECEIVED

    def received(known: Consignment) -> list[Event]:
        _require(receipt_is_ours(known))
        licence = _licence(known.licence, stores) if known.licence else None
        come = Packer(known, licence, actor, stores).received(items)
        if licence is not None:
            movement = Movement(licence, come, on.first)
            _require(findings((licence_in_force, lines_on_licence, receipt_within_licence), movement))
        details = {"licence": known.licence, "place": place}
        told = [dossier_step(kind, consignment, {**details, "received": part}, on, actor) for part in in_parts(come)]
        return [*told, *_arriving(known, come, on, place, actor)]

    return _next(kind, consignment, received, actor, stores, clock)


def mirror_consignment(
    *,
    consignment: str,
    items: Sequence[Item],
    reported_by: str,
    on: PartialDate,
    actor: Actor,
    stores: RecordkeepingStores,
    clock: Clock,
) -> Consignment:
    """Record what the other side says it received, or sent, weapon by weapon. `reported_by` is its State.

    Raises:
        NotPermitted: the actor may not, or does not see it.
        TransferRefused: it is not under way, or the list is empty or too long.
        KeyError: there is no such consignment.

    Source: ATT 11(3), BMS7 DIV.1.
    """
    kind = EventKind.CONSIGNMENT_MIRRORED

    def mirrored(known: Consignment) -> list[Event]:
        told = Packer(known, None, actor, stores).received(items)
        details: dict[str, Plain] = {"licence": known.licence, "reported_by": reported_by}
        return [dossier_step(kind, consignment, {**details, "received": part}, on, actor) for part in in_parts(told)]

    return _next(kind, consignment, mirrored, actor, stores, clock)


def verify_delivery(
    *, consignment: str, number: str, on: PartialDate, note: str = "", actor: Actor, stores: RecordkeepingStores,
    clock: Clock,
) -> Consignment:  # fmt: skip
    """Record the certificate by which the other State's authority verifies the delivery. Raises as `report_passage`."""
    details: dict[str, Plain] = {"number": require_said(number, "number"), "note": note}
    return _plain_step(EventKind.CONSIGNMENT_VERIFIED, consignment, details, on, actor, stores, clock)


def report_visit(
    *, consignment: str, place: str, on: PartialDate, note: str = "", actor: Actor, stores: RecordkeepingStores,
    clock: Clock,
) -> Consignment:  # fmt: skip
    """Record a visit to the end user after the shipment, and what was seen. Raises as `report_passage`."""
    details: dict[str, Plain] = {"place": require_said(place, "place"), "note": note}
    return _plain_step(EventKind.CONSIGNMENT_VISITED, consignment, details, on, actor, stores, clock)


def close_consignment(
    *, consignment: str, reason: str, actor: Actor, stores: RecordkeepingStores, clock: Clock
) -> Consignment:
    """Close a consignment, with what came of it; one that has not left is cancelled, and gives back what it drew.

    Raises:
        NotPermitted: the actor may not, or does not see it.
        TransferRefused: it is closed already, or no reason is given.
        KeyError: there is no such consignment.
    """
    require_step(EventKind.CONSIGNMENT_CLOSED, actor, stores)
    said = require_said(reason, "reason")
    standing = stores.dossiers.dossier(consignment).standing
    cancels = standing in event_kinds()[EventKind.CONSIGNMENT_CANCELLED].follows
    kind = EventKind.CONSIGNMENT_CANCELLED if cancels else EventKind.CONSIGNMENT_CLOSED

    def closed(known: Consignment) -> list[Event]:
        return [dossier_step(kind, consignment, {"reason": said, "licence": known.licence}, today(clock), actor)]

    return _next(kind, consignment, closed, actor, stores, clock)


def _plain_step(
    kind: EventKind,
    name: str,
    details: dict[str, Plain],
    on: PartialDate,
    actor: Actor,
    stores: RecordkeepingStores,
    clock: Clock,
) -> Consignment:
    return _next(kind, name, lambda _: [dossier_step(kind, name, details, on, actor)], actor, stores, clock)


def _next(
    kind: EventKind,
    name: str,
    told: Callable[[Consignment], list[Event]],
    actor: Actor,
    stores: RecordkeepingStores,
    clock: Clock,
) -> Consignment:
    """Seal the next events of a consignment, once `told` let its present state pass."""
    require_step(kind, actor, stores)
    with stores.atomic():
        dossier = seen(name, "consignment", actor, stores)
        require_standing(dossier, kind)
        known = fold_consignment(name, stores.dossiers.events(name), dossier.standing)
        seal(told(known), stores, clock)
        return fold_consignment(name, stores.dossiers.events(name), stores.dossiers.dossier(name).standing)


def _licence(name: str, stores: RecordkeepingStores) -> Licence:
    return fold_licence(name, stores.dossiers.events(name), stores.dossiers.dossier(name).standing)


def _leaving(known: Consignment, on: PartialDate, actor: Actor) -> list[Event]:
    """The events of our weapons that leave: abroad under a licence, or on the way within the State."""
    if not outbound(known):
        return []
    kind = EventKind.SHIPPED if known.moves == INLAND else EventKind.EXPORTED
    details: dict[str, Plain] = {"holder": known.to_holder, "consignment": known.name}
    if known.licence:
        details |= {"to_state": known.to_state, "licence": known.licence}
    return [Event(each.weapon, kind, on, actor.authority, actor.name, details) for each in known.packed]


def _arriving(known: Consignment, come: Sequence[Item], on: PartialDate, place: str, actor: Actor) -> list[Event]:
    """The events of our weapons that came and were sent; of what nobody sent, and of what came before, there are none.

    Weapons that the register does not know yet are entered by an intake.
    """
    before = {sent.weapon for sent, _ in reconcile(known.packed, known.received).matched}
    matched = reconcile(known.packed, (*known.received, *come)).matched
    arrived = [sent.weapon for sent, _ in matched if sent.weapon != NO_WEAPON and sent.weapon not in before]
    kind = EventKind.RECEIVED if known.moves == INLAND else EventKind.IMPORTED
    details: dict[str, Plain] = {"holder": known.to_holder, "consignment": known.name}
    details |= {"place": place} if place else {}
    if known.moves != INLAND:
        details |= {"from_state": known.from_state, "licence": known.licence}
    return [Event(each, kind, on, actor.authority, actor.name, details) for each in arrived]


def _require(found: Sequence[Finding]) -> None:
    if found:
        raise TransferRefused(found)
