from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from tracemark.recordkeeping import EventKind, Sealed, Status, WeaponState, current
from tracemark.weapons import WeaponId


class Ground(StrEnum):
    """Why a weapon is surplus to what its holder needs."""

    OBSOLETE = "obsolete"
    UNSERVICEABLE = "unserviceable"
    EXCESS = "excess"


@dataclass(frozen=True, slots=True)
class Criteria:
    """What makes weapons of a holder surplus. "" and None ask for nothing.

    `made_before` is a year of manufacture; `calibres` and `kinds` are those no longer in use. `ceilings` are how many
    weapons of a kind are needed: what is above them is excess, the oldest first.
    """

    made_before: int | None = None
    calibres: frozenset[str] = frozenset()
    kinds: frozenset[str] = frozenset()
    unserviceable: bool = True
    ceilings: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Surplus:
    """A weapon that is surplus, and on which grounds. `declared` says whether the record says so already."""

    state: WeaponState
    grounds: tuple[Ground, ...]
    declared: bool = False


_HELD = frozenset({Status.HELD, Status.DEACTIVATED})
_WORN = ("unserviceable", "beyond repair", "worn out")


def identify_surplus(
    states: Iterable[WeaponState], histories: Mapping[WeaponId, Iterable[Sealed]], criteria: Criteria
) -> list[Surplus]:
    """Return which weapons are surplus by the criteria, of those that are in hand, by identity.

    A weapon is unserviceable whose last told condition says so. Excess counts those that no other ground takes.

    Source: PoA II.18, MOSAIC 05.20.
    """
    held = [each for each in states if each.status in _HELD]
    grounds = {each.weapon: _own_grounds(each, histories.get(each.weapon, ()), criteria) for each in held}
    for kind, ceiling in criteria.ceilings.items():
        needed = [each for each in held if each.description.kind == kind and not grounds[each.weapon]]
        newest_first = sorted(needed, key=lambda each: (-(each.description.year or 0), each.weapon))
        for each in newest_first[ceiling:]:
            grounds[each.weapon] = (Ground.EXCESS,)
    declared = {each.weapon for each in held if is_declared(histories.get(each.weapon, ()))}
    found = [Surplus(each, grounds[each.weapon], each.weapon in declared) for each in held]
    return [each for each in found if each.grounds or each.declared]


def is_declared(events: Iterable[Sealed]) -> bool:
    """Whether the record says of a weapon that it is surplus."""
    return any(each.event.kind is EventKind.DECLARED_SURPLUS for each in current(events))


def _own_grounds(state: WeaponState, events: Iterable[Sealed], criteria: Criteria) -> tuple[Ground, ...]:
    about = state.description
    old = criteria.made_before is not None and about.year is not None and about.year < criteria.made_before
    found = []
    if old or about.calibre in criteria.calibres or about.kind in criteria.kinds:
        found.append(Ground.OBSOLETE)
    if criteria.unserviceable and _condition(events) in _WORN:
        found.append(Ground.UNSERVICEABLE)
    return tuple(found)


def _condition(events: Iterable[Sealed]) -> str:
    told = [str(each.event.details["condition"]) for each in current(events) if each.event.details.get("condition")]
    return told[-1].strip().casefold() if told else ""
