from collections.abc import Mapping
from dataclasses import dataclass, field

from tracemark.authorities import require_sight
from tracemark.kernel import Actor, Clock, PartialDate, Plain, cite
from tracemark.recordkeeping import EventKind, RecordkeepingStores, append, event_kinds, is_known_holder, require_step
from tracemark.stockpiles.actions.telling import open_site, refuse, told
from tracemark.stockpiles.destructions import destruction_methods
from tracemark.stockpiles.lots import Lot, lot_of, moved_quantity

_DESTROYED = cite("PoA II.19")


@dataclass(frozen=True, slots=True)
class LotTold:
    """What somebody says of an ammunition lot that came in: the number its maker gave it, rounds, and what it is."""

    lot: str
    quantity: int
    calibre: str = ""
    maker: str = ""
    country: str = ""
    year: int | None = None
    rack: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Move:
    """A step of an ammunition lot: how many rounds, when, and what else its kind of event asks or allows."""

    kind: EventKind
    quantity: int
    happened: PartialDate
    details: Mapping[str, Plain] = field(default_factory=dict)


def receive_lot(
    *, lot: LotTold, site: str, happened: PartialDate, actor: Actor, stores: RecordkeepingStores, clock: Clock
) -> str:
    """Take an ammunition lot into a site, and return its name.

    Raises:
        NotPermitted: the actor may not write stock, or does not see the site.
        StockRefused: there is no such site, it has the lot already, or nothing was received.

    Source: PoA II.17.
    """
    require_step(EventKind.LOT_RECEIVED, actor, stores)
    if not lot.lot.strip() or lot.quantity <= 0:
        raise refuse("stockpiles.quantity_unfit", field="quantity", lot=lot.lot, quantity=lot.quantity)
    with stores.atomic():
        known = open_site(site, actor, stores)
        if lot.rack and lot.rack not in known.racks:
            raise refuse("stockpiles.rack_unknown", field="rack", rack=lot.rack, site=site)
        twin = next((each for each in lots_of(site, stores) if each.lot.casefold() == lot.lot.strip().casefold()), None)
        if twin:
            raise refuse("stockpiles.lot_known", field="lot", lot=twin.lot, dossier=twin.name)
        name = stores.dossiers.next_name("lot", clock.now().year)
        details: dict[str, Plain] = {
            "dossier": name,
            "lot": lot.lot.strip(),
            "quantity": lot.quantity,
            "site": site,
            "rack": lot.rack,
            "calibre": lot.calibre,
            "maker": lot.maker,
            "country": lot.country,
            "year": lot.year,
            "note": lot.note,
        }
        append(events=[told(EventKind.LOT_RECEIVED, actor, clock, details, happened)], stores=stores, clock=clock)
    return name


def move_lot(
    *,
    lot: str,
    move: Move,
    actor: Actor,
    stores: RecordkeepingStores,
    clock: Clock,
) -> Lot:
    """Record a step of an ammunition lot: more received, issued, returned, counted, expended, destroyed.

    Neither what is in store nor what is out gets below zero.

    Raises:
        NotPermitted: the actor may not write stock, or does not see whose lot it is.
        StockRefused: there is no such lot, the quantity is none, or more than there is; or nobody knows the receiver or
            the method.

    Source: PoA II.17, PoA II.19.
    """
    kind, quantity = move.kind, move.quantity
    require_step(kind, actor, stores)
    if quantity < 0 or (quantity == 0 and kind is not EventKind.LOT_COUNTED):
        raise refuse("stockpiles.quantity_unfit", field="quantity", lot=lot, quantity=quantity)
    with stores.atomic():
        known = seen_lot(lot, actor, stores)
        balance, out, _ = moved_quantity(known, kind, quantity)
        if balance < 0 or out < 0:
            left = known.balance if balance < 0 else known.issued
            raise refuse("stockpiles.balance_below_zero", field="quantity", lot=known.lot, quantity=quantity, left=left)
        _require_sense(kind, move.details, stores)
        said = {"dossier": lot, "quantity": quantity, **move.details}
        append(events=[told(kind, actor, clock, said, move.happened)], stores=stores, clock=clock)
        return lot_of(lot, stores.dossiers.events(lot))


def seen_lot(name: str, actor: Actor, stores: RecordkeepingStores) -> Lot:
    """Return a lot that the actor sees.

    Raises:
        NotPermitted: the actor does not see whose lot it is.
        StockRefused: there is none of this name.
    """
    try:
        lot = lot_of(name, stores.dossiers.events(name))
    except KeyError:
        raise refuse("stockpiles.lot_unknown", dossier=name) from None
    require_sight(actor, lot.authority, stores.agencies.all())
    return lot


def lots_of(site: str, stores: RecordkeepingStores) -> list[Lot]:
    """Return the ammunition lots of a site, by the order in which they came."""
    opened = [each.event for each in stores.dossiers.events(site) if each.event.kind is EventKind.LOT_RECEIVED]
    names = [str(each.details["dossier"]) for each in opened]
    return [lot_of(name, stores.dossiers.events(name)) for name in names]


def _require_sense(kind: EventKind, details: Mapping[str, Plain], stores: RecordkeepingStores) -> None:
    codes = {each.code for each in stores.agencies.all()}
    for name in {"to", "from"} & details.keys():
        if details[name] and not is_known_holder(str(details[name]), codes):
            raise refuse("stockpiles.office_unknown", field=name, office=details[name])
    if "method" in event_kinds()[kind].requires and details.get("method") not in destruction_methods():
        raise refuse("stockpiles.method_unknown", _DESTROYED, field="method", method=details.get("method", ""))
