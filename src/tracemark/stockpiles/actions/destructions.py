from collections.abc import Sequence
from dataclasses import dataclass

from tracemark.authorities import require_second_person, require_sight
from tracemark.kernel import Actor, Clock, Finding, PartialDate, Plain, cite
from tracemark.recordkeeping import Event, EventKind, RecordkeepingStores, append, event_kinds, refusals, require_step
from tracemark.stockpiles.actions.telling import StockRefused, refuse, told
from tracemark.stockpiles.destructions import WITNESSES, Destruction, destruction_methods, destruction_of
from tracemark.weapons import WeaponId

MOST_WEAPONS = 3_000
"""How many weapons one destruction may concern: an event of the record has room for no more."""

_SURPLUS = cite("PoA II.19")


@dataclass(frozen=True, slots=True)
class Plan:
    """Which weapons are to be destroyed, by which method and where; `due` is an ISO day, "" for none."""

    weapons: Sequence[WeaponId]
    method: str
    place: str
    reason: str = ""
    due: str = ""


@dataclass(frozen=True, slots=True)
class Deed:
    """When and where a plan was carried out, and the SHA-256 of the pictures that show it."""

    happened: PartialDate
    place: str
    photos: Sequence[str] = ()
    note: str = ""


def plan_destruction(*, plan: Plan, actor: Actor, stores: RecordkeepingStores, clock: Clock) -> str:
    """Plan to destroy weapons, and return the plan's name. A second person approves it.

    Raises:
        NotPermitted: the actor may not write stock, or does not see one of the weapons.
        StockRefused: there are none or too many, one is unknown, cannot be destroyed as it stands, or stands in another
            plan; or there is no such method.

    Source: PoA II.16, PoA II.19, MOSAIC 05.50.
    """
    require_step(EventKind.DESTRUCTION_PLANNED, actor, stores)
    if plan.method not in destruction_methods():
        raise refuse("stockpiles.method_unknown", _SURPLUS, field="method", method=plan.method)
    if not plan.weapons or len(plan.weapons) > MOST_WEAPONS:
        raise refuse(
            "stockpiles.too_many_weapons", _SURPLUS, field="weapons", count=len(plan.weapons), most=MOST_WEAPONS
        )
    with stores.atomic():
        _require_destructible(plan.weapons, actor, stores, clock)
        name = stores.dossiers.next_name("destruction", clock.now().year)
        details: dict[str, Plain] = {
            "dossier": name,
            "concerned": list(dict.fromkeys(plan.weapons)),
            "method": plan.method,
            "place": plan.place,
            "reason": plan.reason,
            "due": plan.due,
        }
        append(events=[told(EventKind.DESTRUCTION_PLANNED, actor, clock, details)], stores=stores, clock=clock)
    return name


def decide_destruction(
    *, destruction: str, approve: bool, note: str, actor: Actor, stores: RecordkeepingStores, clock: Clock
) -> None:
    """Approve or refuse a plan that somebody else made; `note` is the reason where it is refused.

    Raises:
        NotPermitted: the actor may not approve destructions, or made the plan.
        StockRefused: there is no such plan, or it is decided already.

    Source: PoA II.19.
    """
    kind = EventKind.DESTRUCTION_APPROVED if approve else EventKind.DESTRUCTION_REFUSED
    with stores.atomic():
        known = _at_step(destruction, kind, actor, stores)
        require_second_person(known.planned_by, actor)
        if not approve and not note:
            raise refuse("stockpiles.reason_missing", _SURPLUS, field="note")
        details = {"dossier": destruction, "note" if approve else "reason": note}
        append(events=[told(kind, actor, clock, details)], stores=stores, clock=clock)


def withdraw_destruction(
    *, destruction: str, reason: str, actor: Actor, stores: RecordkeepingStores, clock: Clock
) -> None:
    """Withdraw a plan, or what was said of its being carried out, before it is certified.

    Raises:
        NotPermitted: the actor may not write stock, or does not see whose weapons they are.
        StockRefused: there is no such plan, or it is certified or decided against.
    """
    with stores.atomic():
        _at_step(destruction, EventKind.DESTRUCTION_WITHDRAWN, actor, stores)
        details = {"dossier": destruction, "reason": reason}
        append(events=[told(EventKind.DESTRUCTION_WITHDRAWN, actor, clock, details)], stores=stores, clock=clock)


def carry_out_destruction(
    *,
    destruction: str,
    deed: Deed,
    actor: Actor,
    stores: RecordkeepingStores,
    clock: Clock,
) -> None:
    """Say that the weapons of an approved plan were destroyed, with the fingerprints of pictures. Witnesses follow.

    Raises:
        NotPermitted: the actor may not write stock, or does not see whose weapons they are.
        StockRefused: there is no such plan, it is not approved, or the day lies before it was.

    Source: PoA II.19, MOSAIC 05.50.
    """
    kind = EventKind.DESTRUCTION_CARRIED_OUT
    with stores.atomic():
        known = _at_step(destruction, kind, actor, stores)
        if deed.happened.last < PartialDate.parse(known.approved_on).first:
            raise refuse("stockpiles.destroyed_before_approval", _SURPLUS, field="happened", approved=known.approved_on)
        _require_destructible(known.weapons, actor, stores, clock, besides=destruction)
        details: dict[str, Plain] = {
            "dossier": destruction,
            "place": deed.place,
            "photos": list(deed.photos),
            "note": deed.note,
        }
        append(events=[told(kind, actor, clock, details, deed.happened)], stores=stores, clock=clock)


def witness_destruction(
    *, destruction: str, note: str, actor: Actor, stores: RecordkeepingStores, clock: Clock
) -> None:
    """Say, as a witness, that one saw the weapons of a plan destroyed. A second witness comes of another office.

    Raises:
        NotPermitted: the actor may not witness, or carried it out.
        StockRefused: it was not carried out, or this account or office witnessed it already.

    Source: PoA II.19, MOSAIC 05.50.
    """
    kind = EventKind.DESTRUCTION_WITNESSED
    with stores.atomic():
        known = _at_step(destruction, kind, actor, stores)
        require_second_person(known.carried_out_by, actor)
        for each in known.witnesses:
            require_second_person(each.name, actor)
            if each.authority == actor.authority:
                raise refuse("stockpiles.witness_of_same_office", _SURPLUS, witness=each.name, office=each.authority)
        append(events=[told(kind, actor, clock, {"dossier": destruction, "note": note})], stores=stores, clock=clock)


def certify_destruction(*, destruction: str, actor: Actor, stores: RecordkeepingStores, clock: Clock) -> int:
    """Certify a destruction that two witnesses saw: each weapon is destroyed on record. Return how many.

    Raises:
        NotPermitted: the actor may not write stock, or does not see whose weapons they are.
        StockRefused: it was not carried out, or fewer than two witnesses saw it.
        EventRefused: a weapon cannot be destroyed as it stands.

    Source: PoA II.19, MOSAIC 05.50.
    """
    kind = EventKind.DESTRUCTION_CERTIFIED
    with stores.atomic():
        known = _at_step(destruction, kind, actor, stores)
        count = len(known.witnesses)
        if count < WITNESSES:
            raise refuse("stockpiles.witnesses_lacking", _SURPLUS, count=count, least=WITNESSES)
        details: dict[str, Plain] = {
            "method": known.method,
            "place": known.place,
            "certificate": known.name,
            "destruction": known.name,
            "witnesses": count,
        }
        details |= {"photos": list(known.photos)} if known.photos else {}
        on = PartialDate.parse(known.carried_out_on)
        gone = [
            Event(each, EventKind.DESTROYED, on, actor.authority, actor.name, details, known.name)
            for each in known.weapons
        ]
        certified = told(kind, actor, clock, {"dossier": destruction, "witnesses": count})
        append(events=[certified, *gone], stores=stores, clock=clock)
    return len(gone)


def _at_step(name: str, kind: EventKind, actor: Actor, stores: RecordkeepingStores) -> Destruction:
    """Return a destruction of which this may be the next step, by somebody who may take it."""
    require_step(kind, actor, stores)
    try:
        known = destruction_of(name, stores.dossiers.events(name))
    except KeyError:
        raise refuse("stockpiles.destruction_unknown", _SURPLUS, destruction=name) from None
    require_sight(actor, known.authority, stores.agencies.all())
    follows = event_kinds()[kind].follows
    if follows and known.standing not in follows:
        facts: dict[str, Plain] = {"kind": kind.value, "dossier": name, "standing": known.standing}
        raise StockRefused([Finding("recordkeeping.dossier_step", _SURPLUS, facts)])
    return known


def _require_destructible(
    weapons: Sequence[WeaponId], actor: Actor, stores: RecordkeepingStores, clock: Clock, besides: str = ""
) -> None:
    """Let pass weapons that the actor sees, that can be destroyed as they stand, and that no other plan concerns."""
    states, agencies = stores.register.states(weapons), stores.agencies.all()
    planned = {each: name for name, known in open_destructions(stores).items() if name != besides for each in known}
    today = PartialDate.of(clock.now().date())
    for each in weapons:
        if each not in states:
            raise refuse("stockpiles.no_such_weapon", _SURPLUS, field="weapons", weapon=each)
        require_sight(actor, states[each].holder, agencies)
        gone = Event(each, EventKind.DESTROYED, today, actor.authority, actor.name, {"method": "-"})
        if found := refusals(gone, states[each]):
            raise StockRefused(found)
        if each in planned:
            raise refuse("stockpiles.weapon_planned", _SURPLUS, field="weapons", weapon=each, destruction=planned[each])


def open_destructions(stores: RecordkeepingStores) -> dict[str, frozenset[WeaponId]]:
    """Return the weapons of each plan that is neither certified nor given up, by the plan's name."""
    going_on = stores.dossiers.page("destruction", standings=_GOING_ON, limit=MOST_WEAPONS)
    found = {each.name: destruction_of(each.name, stores.dossiers.events(each.name)) for each in going_on}
    return {name: frozenset(each.weapons) for name, each in found.items()}


_GOING_ON = frozenset({"planned", "approved", "carried_out"})
