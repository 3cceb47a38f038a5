from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from tracemark.authorities import require, require_listed, require_sight
from tracemark.kernel import Actor, Clock, Finding, PartialDate, Plain, Refused, cite
from tracemark.recordkeeping.dossiers import Dossier, after_event, dossier_findings, dossier_step
from tracemark.recordkeeping.events import Event, Sealed, seal_event
from tracemark.recordkeeping.guards import Known, guarded, holders_told, of_the_future
from tracemark.recordkeeping.history import WeaponState, apply, current, fold
from tracemark.recordkeeping.kinds import EventKind, event_kinds
from tracemark.recordkeeping.lifecycle import late_refusals, refusals
from tracemark.recordkeeping.ports import RecordkeepingStores
from tracemark.weapons import NO_WEAPON, WeaponId


class EventRefused(Refused):
    """An event does not say what its kind asks, or cannot follow the weapon's history."""


@dataclass(frozen=True, slots=True)
class Recorded:
    """What was sealed, and the states of the weapons it concerns."""

    sealed: tuple[Sealed, ...]
    states: tuple[WeaponState, ...]


def record_events(*, events: Sequence[Event], actor: Actor, stores: RecordkeepingStores, clock: Clock) -> Recorded:
    """Seal events onto the record, in order, and bring the register in step. All or nothing.

    They are the actor's own: whatever they say, they are sealed in the actor's name and for the actor's agency.

    Raises:
        NotPermitted: the actor may not write an event of one of these kinds, or does not see one of the weapons.
        EventRefused: an event lacks a detail, names no weapon on record, or cannot follow what the record says of it.

    Source: ITI 11.
    """
    require_writable(events, actor, stores)
    with stores.atomic():
        for weapon in {event.weapon for event in events} - {NO_WEAPON}:
            require_sight_of(weapon, actor, stores)
        return append(events=_own(events, actor), stores=stores, clock=clock)


def enter_weapon(*, life: Sequence[Event], actor: Actor, stores: RecordkeepingStores, clock: Clock) -> Recorded:
    """Enter a weapon that is not on record, with its first events, under a new identity that takes theirs' place.

    The events are sealed in the actor's name and for the actor's agency.

    Raises:
        NotPermitted: the actor may not write an event of one of these kinds.
        EventRefused: the first event cannot begin a record, or a later one cannot follow it.

    Source: ITI 11.
    """
    require_writable(life, actor, stores)
    with stores.atomic():
        weapon = WeaponId(stores.register.next_weapons(1)[0])
        events = _own([replace(event, weapon=weapon) for event in life], actor)
        return append(events=events, stores=stores, clock=clock)


def require_writable(events: Sequence[Event], actor: Actor, stores: RecordkeepingStores) -> None:
    """Let pass an actor who may write these events, past the guards that every event of an officer passes.

    Raises:
        NotPermitted: the actor may not write an event of one of these kinds, or acts for nobody who is listed.
        EventRefused: an event has an action of its own, or names a holder whom nobody knows.
    """
    for kind in {event.kind for event in events}:
        require(actor, event_kinds()[kind].permission)
    agencies = stores.agencies.all()
    require_listed(actor, agencies)
    codes = {agency.code for agency in agencies}
    told = stores.records.of_weapons({event.weapon for event in events} - {NO_WEAPON})
    found = list[Finding]()
    for event in events:
        on_record = holders_told(sealed.event for sealed in current(told.get(event.weapon, ())))
        found += guarded(event, Known(stores, codes, on_record))
    if found:
        raise EventRefused(found)


def require_step(kind: EventKind, actor: Actor, stores: RecordkeepingStores) -> None:
    """Let pass an actor who may take a step of a dossier, for an agency that is listed.

    Raises:
        NotPermitted: the actor may not, or acts for nobody who is listed.
    """
    require(actor, event_kinds()[kind].permission)
    require_listed(actor, stores.agencies.all())


def _own(events: Sequence[Event], actor: Actor) -> list[Event]:
    """Return events as the actor's own."""
    return [replace(event, by=actor.name, authority=actor.authority) for event in events]


def require_sight_of(weapon: WeaponId, actor: Actor, stores: RecordkeepingStores) -> None:
    """Let pass an actor who sees the holder of a weapon that is on record.

    Raises:
        NotPermitted: the actor does not see the weapon's holder.
        EventRefused: there is no such weapon; who would enter one is given its identity.
    """
    try:
        holder = stores.register.state(weapon).holder
    except KeyError:
        raise EventRefused([Finding("recordkeeping.no_such_weapon", cite("ITI 11"), {"weapon": weapon})]) from None
    if holder:
        require_sight(actor, holder, stores.agencies.all())


def append(*, events: Sequence[Event], stores: RecordkeepingStores, clock: Clock) -> Recorded:
    """Seal events for an action that has checked its own permission. Call inside the caller's transaction.

    Raises:
        EventRefused: an event lacks a detail, or cannot follow what the record says of its weapon or its dossier.
    """
    at, first = clock.now(), stores.records.size()
    concerned = {event.weapon for event in events} - {NO_WEAPON}
    history = stores.records.of_weapons(concerned)
    states = {weapon: fold(weapon, history[weapon]) for weapon in concerned}
    sealed, dossiers = list[Sealed](), dict[str, Dossier]()
    for position, event in enumerate(events, first):
        state = states.get(event.weapon, WeaponState(event.weapon))
        known = history.get(event.weapon, [])
        late = _comes_late(event, known)
        found = late_refusals(Sealed(position, event, at, b""), known) if late else refusals(event, state)
        if found := found or of_the_future(event, at.date()):
            raise EventRefused(found)
        sealed.append(seal_event(event, position=position, recorded_at=at))
        if event_kinds()[event.kind].dossier:
            _next_of_dossier(sealed[-1], dossiers, stores)
        if event.weapon != NO_WEAPON:
            known.append(sealed[-1])
            refold = late or event.kind is EventKind.CORRECTED
            states[event.weapon] = fold(event.weapon, known) if refold else apply(state, event, position)
    stores.records.extend(sealed, stores.signer)
    stores.register.put(list(states.values()))
    stores.dossiers.put(list(dossiers.values()))
    return Recorded(tuple(sealed), tuple(states.values()))


def append_step(
    kind: EventKind,
    name: str,
    details: Mapping[str, Plain],
    actor: Actor,
    stores: RecordkeepingStores,
    clock: Clock,
    on: date | None = None,
) -> None:
    """Seal a step of a dossier as the actor's, of today unless `on` says when, as `append` seals events."""
    step = dossier_step(kind, name, details, PartialDate.of(on or clock.now().date()), actor)
    append(events=[step], stores=stores, clock=clock)


def _next_of_dossier(sealed: Sealed, dossiers: dict[str, Dossier], stores: RecordkeepingStores) -> None:
    """Bring the dossier of an event, which `dossiers` has if an event before it changed it, in step with it."""
    name = str(sealed.event.details["dossier"])
    known = dossiers.get(name) or _kept_dossier(name, stores)
    if found := list(dossier_findings(sealed.event, known)):
        raise EventRefused(found)
    dossiers[name] = after_event(known, sealed)


def _kept_dossier(name: str, stores: RecordkeepingStores) -> Dossier | None:
    try:
        return stores.dossiers.dossier(name)
    except KeyError:
        return None


def _comes_late(event: Event, known: Sequence[Sealed]) -> bool:
    """Whether the event happened before what is already known, so that it belongs further back in the history."""
    corrects = event.kind is EventKind.CORRECTED
    return not corrects and any(event.happened < sealed.event.happened for sealed in current(known))
