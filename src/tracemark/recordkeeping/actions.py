from collections.abc import Sequence
from dataclasses import dataclass

from tracemark.authorities import require, require_sight
from tracemark.kernel import Actor, Clock, Finding, Refused
from tracemark.recordkeeping.events import Event, Sealed, seal_event
from tracemark.recordkeeping.history import WeaponState, apply, fold
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
        EventRefused: an event lacks a detail, or cannot follow what the record says of its weapon.

    Source: ITI 11.
    """
    for kind in {event.kind for event in events}:
        require(actor, event_kinds()[kind].permission)
    with stores.atomic():
        for weapon in {event.weapon for event in events} - {NO_WEAPON}:
            _require_sight_of(weapon, actor, stores)
        return append(events=events, stores=stores, clock=clock)


def _require_sight_of(weapon: WeaponId, actor: Actor, stores: RecordkeepingStores) -> None:
    """A weapon not on record yet is nobody's, so that everybody may be the first to write of it."""
    try:
        holder = stores.register.state(weapon).holder
    except KeyError:
        return
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
    found: list[Finding] = []
    sealed = []
    for position, event in enumerate(events, first):
        sealed.append(seal_event(event, position=position, recorded_at=at))
        if event.weapon == NO_WEAPON:
            found += refusals(event, WeaponState(event.weapon))
        else:
            state, known = states[event.weapon], history[event.weapon]
            found += late_refusals(sealed[-1], known) if _comes_late(event, state) else refusals(event, state)
            known.append(sealed[-1])
            states[event.weapon] = _after(state, sealed[-1], known)
    if found:
        raise EventRefused(found)
    stores.records.extend(sealed, stores.signer)
    stores.register.put(list(states.values()))
    return Recorded(tuple(sealed), tuple(states.values()))


def _comes_late(event: Event, state: WeaponState) -> bool:
    """Whether the event happened before what is already known, so that it belongs further back in the history."""
    return event.kind is not EventKind.CORRECTED and state.since is not None and event.happened < state.since


def _after(state: WeaponState, sealed: Sealed, history: list[Sealed]) -> WeaponState:
    if sealed.event.kind is EventKind.CORRECTED or _comes_late(sealed.event, state):
        return fold(state.weapon, history)
    return apply(state, sealed.event, sealed.position)
