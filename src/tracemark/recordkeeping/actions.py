from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from tracemark.authorities import Agency, require, require_sight
from tracemark.kernel import Actor, Clock, Finding, Plain, Refused, cite
from tracemark.recordkeeping.events import Event, Sealed, seal_event
from tracemark.recordkeeping.history import WeaponState, apply, current, fold
from tracemark.recordkeeping.holders import unknown_holders
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

    Raises:
        NotPermitted: the actor may not write an event of one of these kinds, or does not see one of the weapons.
        EventRefused: an event lacks a detail, names no weapon on record, or cannot follow what the record says of it.

    Source: ITI 11.
    """
    require_writable(events, actor, stores)
    with stores.atomic():
        for weapon in {event.weapon for event in events} - {NO_WEAPON}:
            require_sight_of(weapon, actor, stores)
        return append(events=events, stores=stores, clock=clock)


def enter_weapon(*, life: Sequence[Event], actor: Actor, stores: RecordkeepingStores, clock: Clock) -> Recorded:
    """Enter a weapon that is not on record, with its first events, under a new identity that takes theirs' place.

    Raises:
        NotPermitted: the actor may not write an event of one of these kinds.
        EventRefused: the first event cannot begin a record, or a later one cannot follow it.

    Source: ITI 11.
    """
    require_writable(life, actor, stores)
    with stores.atomic():
        weapon = WeaponId(stores.register.next_weapons(1)[0])
        return append(events=[replace(event, weapon=weapon) for event in life], stores=stores, clock=clock)


def require_writable(events: Sequence[Event], actor: Actor, stores: RecordkeepingStores) -> None:
    """Let pass an actor who may write these events, each of which names only holders that the node knows.

    Raises:
        NotPermitted: the actor may not write an event of one of these kinds.
        EventRefused: an event has an action of its own, or names a holder whom nobody knows.
    """
    for kind in {event.kind for event in events}:
        require(actor, event_kinds()[kind].permission)
    if found := list(_not_this_way(events, stores.agencies.all())):
        raise EventRefused(found)


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
        EventRefused: an event lacks a detail, or cannot follow what the record says of its weapon.
    """
    at, first = clock.now(), stores.records.size()
    concerned = {event.weapon for event in events} - {NO_WEAPON}
    history = stores.records.of_weapons(concerned)
    states = {weapon: fold(weapon, history[weapon]) for weapon in concerned}
    sealed = []
    for position, event in enumerate(events, first):
        state = states.get(event.weapon, WeaponState(event.weapon))
        sealed.append(seal_event(event, position=position, recorded_at=at))
        known = history.get(event.weapon, [])
        late = _comes_late(event, known)
        found = late_refusals(sealed[-1], known) if late else refusals(event, state)
        found += _of_the_future(event, at.date())
        if found:
            raise EventRefused(found)
        if event.weapon != NO_WEAPON:
            known.append(sealed[-1])
            refold = late or event.kind is EventKind.CORRECTED
            states[event.weapon] = fold(event.weapon, known) if refold else apply(state, event, position)
    stores.records.extend(sealed, stores.signer)
    stores.register.put(list(states.values()))
    return Recorded(tuple(sealed), tuple(states.values()))


def _comes_late(event: Event, known: Sequence[Sealed]) -> bool:
    """Whether the event happened before what is already known, so that it belongs further back in the history."""
    corrects = event.kind is EventKind.CORRECTED
    return not corrects and any(event.happened < sealed.event.happened for sealed in current(known))


def _of_the_future(event: Event, today: date) -> list[Finding]:
    """A day has begun somewhere on earth before it has in UTC; what is later has not happened."""
    if event.happened.first <= today + timedelta(days=1):
        return []
    facts: dict[str, Plain] = {"kind": event.kind.value, "field": "happened", "happened": str(event.happened)}
    return [Finding("recordkeeping.date_future", event_kinds()[event.kind].source, facts)]


def _not_this_way(events: Sequence[Event], agencies: Sequence[Agency]) -> Iterator[Finding]:
    """Events that only an action of their own may write, and holders whom the record may not name."""
    codes = {agency.code for agency in agencies}
    for event in events:
        terms = event_kinds()[event.kind]
        if terms.own_action:
            yield Finding("recordkeeping.own_action", terms.source, {"kind": event.kind.value})
        yield from unknown_holders(event, codes)
