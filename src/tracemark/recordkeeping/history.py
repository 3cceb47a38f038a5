from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, cast

from tracemark.kernel import PartialDate, Plain
from tracemark.marking import Mark, MarkId, mark_id
from tracemark.recordkeeping.amendments import corrected
from tracemark.recordkeeping.events import Event, Sealed
from tracemark.recordkeeping.kinds import EventKind, Status, event_kinds
from tracemark.weapons import Component, ComponentId, Description, Material, Part, WeaponId, component_id


@dataclass(frozen=True, slots=True)
class WeaponState:
    """What the record says of one weapon: the fold of its events, and nothing else.

    `holder` is an agency's code or `person:` and a commitment; `custodian` holds it now where that is another;
    `position` is the last event's, -1 before any. `since` is the day of the last event that changed holder or status.
    `components_born` and `marks_born` count those first recorded here, voided ones too: identities are used once.
    """

    weapon: WeaponId
    description: Description = field(default_factory=Description)
    components: tuple[Component, ...] = ()
    marks: tuple[Mark, ...] = ()
    components_born: int = 0
    status: Status = Status.UNRECORDED
    holder: str = ""
    custodian: str = ""
    place: str = ""
    since: PartialDate | None = None
    position: int = -1
    marks_born: int = 0


def current(events: Iterable[Sealed]) -> list[Sealed]:
    """Return a weapon's events as corrected, in the order they happened.

    An event that a later one corrects is replaced by what the correction says, or left out where it was entered in
    error; corrections themselves are left out. Order is by earliest day, then by place in the record.
    """
    return _Birthbook(events).in_order_of_life()


def fold(weapon: WeaponId, events: Iterable[Sealed]) -> WeaponState:
    """Fold a weapon's events into what is true of it now. Source: ITI 11."""
    book, state = _Birthbook(events), WeaponState(weapon)
    for sealed in book.in_order_of_life():
        state = apply(state, sealed.event, sealed.position)
    return replace(state, position=book.position, components_born=book.components, marks_born=book.marks)


def apply(state: WeaponState, event: Event, position: int) -> WeaponState:
    """Return the state after one more event, whether or not it was allowed."""
    terms = event_kinds()[event.kind]
    details: Mapping[str, Any] = event.details
    components, born = _components(state, details)
    coming = details.get("marks", ())
    holder, custodian = _hands(state, event)
    # Written out, not replaced: when a register is compared with its record, every event comes through here.
    return WeaponState(
        weapon=state.weapon,
        description=_description(state, details),
        components=components,
        marks=_marks(state, coming, components),
        components_born=born,
        status=state.status if terms.to is None else terms.to,
        holder=holder,
        custodian=custodian,
        place=details.get("place", state.place),
        since=state.since if terms.to is None else event.happened,
        position=position,
        marks_born=state.marks_born + sum(not mark.get("id") for mark in coming),
    )


def _hands(state: WeaponState, event: Event) -> tuple[str, str]:
    """Return who holds the weapon after an event, and who has custody where that is another."""
    terms, details = event_kinds()[event.kind], cast("Mapping[str, Any]", event.details)
    custodian = state.custodian if terms.to is None else ""
    if terms.stage == "recovery" and terms.to is not None:
        return state.holder, details.get("custodian", event.authority)
    if terms.to is not None and "holder" in details:
        return details["holder"], custodian
    return state.holder, details["to"] if event.kind is EventKind.ISSUED else custodian


def _description(state: WeaponState, details: Mapping[str, Plain]) -> Description:
    if "weapon" in details:
        return Description.of_plain(details["weapon"])  # type: ignore[arg-type]
    if "calibre" in details:
        return replace(state.description, calibre=str(details["calibre"]))
    return state.description


def _components(state: WeaponState, details: Mapping[str, Any]) -> tuple[tuple[Component, ...], int]:
    """Take off what was removed and add what was fitted; a component without identity is born on this weapon."""
    coming = (*details.get("components", ()), *details.get("fitted", ()))
    if not coming and "removed" not in details:
        return state.components, state.components_born
    removed = set(details.get("removed", ()))
    kept = [component for component in state.components if component.id not in removed]
    born = state.components_born
    for plain in coming:
        if not plain.get("id"):
            born += 1
        kept.append(component_of_plain(plain, ComponentId(plain.get("id") or component_id(state.weapon, born))))
    return tuple(kept), born


def _marks(
    state: WeaponState, coming: Sequence[Mapping[str, Plain]], components: tuple[Component, ...]
) -> tuple[Mark, ...]:
    """Add marks, each with its identity, and tied to the component its part names where that is plain."""
    if not coming:
        return state.marks
    by_part = {component.part: component.id for component in reversed(components)}
    added, born = list(state.marks), state.marks_born
    for plain in coming:
        mark = Mark.of_plain(plain)
        born += not mark.id
        number: MarkId = mark.id or mark_id(state.weapon, born)
        component = mark.component or (by_part.get(mark.part, ComponentId(0)) if mark.part else ComponentId(0))
        added.append(replace(mark, id=number, component=component))
    return tuple(added)


def component_of_plain(plain: Mapping[str, Any], identity: ComponentId) -> Component:
    """Read a component from its JSON form, under the identity given."""
    return Component(
        id=identity,
        part=Part(plain["part"]),
        control=bool(plain.get("control", False)),
        material=Material(plain.get("material", "unknown")),
        metal_plate=plain.get("metal_plate"),
    )


def component_plain(component: Component) -> dict[str, Plain]:
    """Return the JSON form kept in the record; identity 0 is left out, for a component not yet born."""
    plain: dict[str, Plain] = {"part": component.part.value}
    if component.id:
        plain["id"] = component.id
    if component.control:
        plain["control"] = True
    if component.material is not Material.UNKNOWN:
        plain["material"] = component.material.value
    if component.metal_plate is not None:
        plain["metal_plate"] = component.metal_plate
    return plain


class _Birthbook:
    """A weapon's events as corrected, in which each new mark and component bears its identity.

    Identities follow the order of the record, not that of dates, so that nothing recorded later can shift them. What a
    correction puts in the place of a mark keeps its identity; what it adds is born with the correction.
    """

    def __init__(self, events: Iterable[Sealed]) -> None:
        self.marks = self.components = 0
        self.position = -1
        self._found: dict[int, Sealed] = {}
        for sealed in sorted(events, key=lambda each: each.position):
            self.position = sealed.position
            if sealed.event.kind is EventKind.CORRECTED:
                self._correct(sealed.event.details)
            else:
                self._found[sealed.position] = self._named(sealed, {})

    def in_order_of_life(self) -> list[Sealed]:
        """Return the events by earliest day, then by place in the record."""
        return sorted(self._found.values(), key=lambda each: (each.event.happened, each.position))

    def _correct(self, correction: Mapping[str, Any]) -> None:
        wrong = self._found.pop(int(correction["corrects"]), None)
        if wrong and (event := corrected(wrong.event, correction)):
            self._found[wrong.position] = self._named(replace(wrong, event=event), wrong.event.details)

    def _named(self, sealed: Sealed, before: Mapping[str, Any]) -> Sealed:
        """Give what is new in an event its identity; `before` are the details that these take the place of."""
        weapon, details = sealed.event.weapon, cast("Mapping[str, Any]", sealed.event.details)
        if details.keys().isdisjoint(_BEARING):
            return sealed
        named: dict[str, Plain] = {
            name: [
                each if each.get("id") else {**each, "id": self._identity(weapon, name, place, before)}
                for place, each in enumerate(details[name])
            ]
            for name in _BEARING
            if details.get(name)
        }
        return replace(sealed, event=replace(sealed.event, details={**details, **named})) if named else sealed

    def _identity(self, weapon: WeaponId, name: str, place: int, before: Mapping[str, Any]) -> int:
        known = before.get(name, ())
        if place < len(known):
            return int(known[place]["id"])
        if name == "marks":
            self.marks += 1
            return mark_id(weapon, self.marks)
        self.components += 1
        return component_id(weapon, self.components)


_BEARING = ("components", "fitted", "marks")
