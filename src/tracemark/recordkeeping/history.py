from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from tracemark.kernel import PartialDate, Plain
from tracemark.marking import Mark, MarkId, mark_id
from tracemark.recordkeeping.events import Event, Sealed
from tracemark.recordkeeping.kinds import EventKind, Status, event_kinds
from tracemark.weapons import Component, ComponentId, Description, Material, Part, WeaponId, component_id


@dataclass(frozen=True, slots=True)
class WeaponState:
    """What the record says of one weapon: the fold of its events, and nothing else.

    `holder` is an agency's code or `person:` and a commitment; `custodian` holds it now where that is another;
    `position` is the last event's, -1 before any. `since` is the day of the last event that changed holder or status.
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


def current(events: Iterable[Sealed]) -> list[Sealed]:
    """Return a weapon's events as corrected, in the order they happened.

    An event that a later one corrects is replaced by what the correction says, or left out where it was entered in
    error; corrections themselves are left out. Order is by earliest day, then by place in the record.
    """
    found: dict[int, Sealed] = {}
    for sealed in sorted(events, key=lambda each: each.position):
        if sealed.event.kind is EventKind.CORRECTED:
            _correct(found, sealed.event.details)
        else:
            found[sealed.position] = sealed
    return sorted(found.values(), key=lambda each: (each.event.happened, each.position))


def fold(weapon: WeaponId, events: Iterable[Sealed]) -> WeaponState:
    """Fold a weapon's events into what is true of it now. Source: ITI 11."""
    known = list(events)
    state = WeaponState(weapon)
    for sealed in current(known):
        state = apply(state, sealed.event, sealed.position)
    return replace(state, position=max((sealed.position for sealed in known), default=-1))


def apply(state: WeaponState, event: Event, position: int) -> WeaponState:
    """Return the state after one more event, whether or not it was allowed."""
    terms = event_kinds()[event.kind]
    details: Mapping[str, Any] = event.details
    changes: dict[str, Any] = {"position": position}
    if terms.to is not None:
        changes |= {"status": terms.to, "since": event.happened, "custodian": ""}
    if terms.stage == "recovery" and terms.to is not None:
        changes["custodian"] = details.get("custodian", event.authority)
    elif terms.to is not None and "holder" in details:
        changes["holder"] = details["holder"]
    elif event.kind is EventKind.ISSUED:
        changes["custodian"] = details["to"]
    if "place" in details:
        changes["place"] = details["place"]
    changes |= _description(state, details)
    components, born = _components(state, details)
    marks = _marks(state, details.get("marks", ()), components)
    return replace(state, components=components, components_born=born, marks=marks, **changes)


def _description(state: WeaponState, details: Mapping[str, Plain]) -> dict[str, Description]:
    if "weapon" in details:
        return {"description": Description.of_plain(details["weapon"])}  # type: ignore[arg-type]
    if "calibre" in details:
        return {"description": replace(state.description, calibre=str(details["calibre"]))}
    return {}


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
    added = list(state.marks)
    for plain in coming:
        mark = Mark.of_plain(plain)
        number: MarkId = mark.id or mark_id(state.weapon, len(added) + 1)
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


def _correct(found: dict[int, Sealed], correction: Mapping[str, Any]) -> None:
    wrong = found.pop(int(correction["corrects"]), None)
    if wrong is None or correction.get("void"):
        return
    happened = PartialDate.parse(correction["happened"]) if "happened" in correction else wrong.event.happened
    event = replace(wrong.event, happened=happened, details=correction.get("details", wrong.event.details))
    found[wrong.position] = replace(wrong, event=event)
