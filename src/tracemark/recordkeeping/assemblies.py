from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tracemark.authorities import may_see
from tracemark.kernel import Actor, Finding, PartialDate, findings
from tracemark.marking import MarkId, fold_serial, foreign_numbers
from tracemark.recordkeeping.history import WeaponState
from tracemark.recordkeeping.kinds import EventKind
from tracemark.recordkeeping.lifecycle import Step
from tracemark.recordkeeping.ports import RecordkeepingStores
from tracemark.recordkeeping.queries import WeaponRecord
from tracemark.weapons import ASSEMBLY_RULES, ComponentId, WeaponId, absence_of_marks_explained, assembly, catalogue


@dataclass(frozen=True, slots=True)
class Tangle:
    """A component that ties the weapon to others: it bears `serials` of theirs, or, with none, is claimed by them too.

    `weapons` are those the actor sees; there may be others.
    """

    component: ComponentId
    part: str
    serials: tuple[str, ...]
    weapons: tuple[WeaponId, ...]


@dataclass(frozen=True, slots=True)
class Inspection:
    """How much of a mark could be read on a day, in per cent, and how it was looked at. Source: ITI 7(5)."""

    position: int
    happened: PartialDate
    mark: MarkId
    legible_percent: int
    method: str
    note: str


@dataclass(frozen=True, slots=True)
class Examination:
    """What is to be said of a weapon's components and marks over time."""

    findings: tuple[Finding, ...]
    tangles: tuple[Tangle, ...]
    inspections: tuple[Inspection, ...]


def assembly_findings(state: WeaponState) -> list[Finding]:
    """Return what is to be said of a weapon's components: which is the control, what does not belong, mixed numbers.

    Source: ITI 10, FP 3, BMS7 ITI.1, MOSAIC 05.30.
    """
    built = assembly(state.weapon, state.description, state.components, catalogue())
    found = findings(ASSEMBLY_RULES, built) if state.components else []
    found += foreign_numbers(state.components, state.marks)
    return found if state.marks else [*found, *absence_of_marks_explained(state.description)]


def examined(*, record: WeaponRecord, actor: Actor, stores: RecordkeepingStores) -> Examination:
    """Say of a weapon, whose record the actor has read, what its parts and marks tell.

    Parts that bear numbers of other weapons, and components that two weapons claim, are found and shown with these.

    Source: ITI 7(5), ITI 10, BMS7 ITI.1.
    """
    state, agencies = record.state, stores.agencies.all()
    found = [*_mixed(state, stores), *_shared(state, stores)]
    known = stores.register.states(weapon for each in found for weapon in each.weapons)
    seen = {weapon for weapon, other in known.items() if may_see(actor, other.holder, agencies)}
    tangles = (
        Tangle(each.component, each.part, each.serials, tuple(weapon for weapon in each.weapons if weapon in seen))
        for each in found
    )
    return Examination(tuple(assembly_findings(state)), tuple(tangles), tuple(_inspections(record.steps)))


def _mixed(state: WeaponState, stores: RecordkeepingStores) -> Iterable[Tangle]:
    """Each component that bears another number than the control component, with the weapons that bear it too."""
    mixed: Sequence[Mapping[str, Any]] = [each.facts for each in foreign_numbers(state.components, state.marks)]
    wanted = {fold_serial(serial) for each in mixed for serial in each["serials"]}
    bearing = stores.register.bearing(wanted) if wanted else {}
    for each in mixed:
        others = {weapon for serial in each["serials"] for weapon in bearing.get(fold_serial(serial), ())}
        yield Tangle(each["component"], each["part"], tuple(each["serials"]), tuple(sorted(others - {state.weapon})))


def _shared(state: WeaponState, stores: RecordkeepingStores) -> Iterable[Tangle]:
    """Each component that other weapons claim too, which cannot be."""
    if not state.components:
        return
    claimed = stores.register.shared_components(each.id for each in state.components)
    for each in state.components:
        others = tuple(weapon for weapon in claimed.get(each.id, ()) if weapon != state.weapon)
        if others:
            yield Tangle(each.id, each.part.value, (), others)


def _inspections(steps: Iterable[Step]) -> Iterable[Inspection]:
    for step in steps:
        details: Mapping[str, Any] = step.sealed.event.details
        if step.sealed.event.kind is EventKind.INSPECTED:
            told = (str(details.get(name, "")) for name in ("method", "note"))
            mark, percent = MarkId(details["mark"]), int(details["legible_percent"])
            yield Inspection(step.sealed.position, step.sealed.event.happened, mark, percent, *told)
