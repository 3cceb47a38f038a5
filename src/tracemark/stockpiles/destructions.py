import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import Any

from tracemark.kernel import Citation, Finding, Plain, cite
from tracemark.recordkeeping import RECOVERIES, EventKind, Sealed, current, fold_steps
from tracemark.weapons import WeaponId

WITNESSES = 2
"""How many witnesses a destruction has at the least, of different accounts and offices."""


@dataclass(frozen=True, slots=True)
class DestructionMethod:
    """A way to destroy weapons. `leaves` is what remains: nothing, scrap, or weapons that could be taken back."""

    code: str
    source: Citation
    leaves: str


@cache
def destruction_methods() -> Mapping[str, DestructionMethod]:
    """The methods by code, in the order in which they are offered."""
    told = tomllib.loads((files("tracemark.stockpiles") / "methods.toml").read_text("utf-8"))
    return {code: DestructionMethod(code, cite(each["source"]), each["leaves"]) for code, each in told.items()}


@dataclass(frozen=True, slots=True)
class Witness:
    """Who saw a destruction: account, office, and the day they said so."""

    name: str
    authority: str
    on: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Destruction:
    """A destruction, as its dossier tells it: planned, approved, carried_out, certified; or refused, withdrawn.

    `photos` are the SHA-256 of the pictures. `authority` is whose weapons they are, `carried_out_by` the account that
    says the plan was carried out.
    """

    name: str
    authority: str
    planned_by: str
    planned_on: str
    method: str
    place: str
    weapons: tuple[WeaponId, ...]
    standing: str = "planned"
    reason: str = ""
    due: str = ""
    note: str = ""
    approved_by: str = ""
    approved_on: str = ""
    carried_out_by: str = ""
    carried_out_on: str = ""
    photos: tuple[str, ...] = ()
    witnesses: tuple[Witness, ...] = ()
    certified_by: str = ""
    certified_on: str = ""


def destruction_of(name: str, events: Sequence[Sealed]) -> Destruction:
    """Fold a destruction's events into what is true of it now.

    Raises:
        KeyError: none of the events opens it.
    """
    return fold_steps(name, events, _planned, _after)


def _planned(sealed: Sealed, details: Mapping[str, Any]) -> Destruction:
    event = sealed.event
    return Destruction(
        name=details["dossier"],
        authority=event.authority,
        planned_by=event.by,
        planned_on=str(event.happened),
        method=details["method"],
        place=details["place"],
        weapons=tuple(map(WeaponId, details["concerned"])),
        reason=details.get("reason", ""),
        due=details.get("due", ""),
        note=details.get("note", ""),
    )


def _after(known: Destruction, sealed: Sealed, details: Mapping[str, Any]) -> Destruction:
    event, on = sealed.event, str(sealed.event.happened)
    told: dict[EventKind, dict[str, Any]] = {
        EventKind.DESTRUCTION_APPROVED: {"standing": "approved", "approved_by": event.by, "approved_on": on},
        EventKind.DESTRUCTION_REFUSED: {"standing": "refused", "note": details.get("reason", "")},
        EventKind.DESTRUCTION_WITHDRAWN: {"standing": "withdrawn", "note": details.get("reason", "")},
        EventKind.DESTRUCTION_CARRIED_OUT: {
            "standing": "carried_out",
            "carried_out_by": event.by,
            "carried_out_on": on,
            "place": details.get("place", known.place),
            "photos": tuple(details.get("photos", ())),
        },
        EventKind.DESTRUCTION_WITNESSED: {
            "witnesses": (*known.witnesses, Witness(event.by, event.authority, on, details.get("note", "")))
        },
        EventKind.DESTRUCTION_CERTIFIED: {"standing": "certified", "certified_by": event.by, "certified_on": on},
    }
    return replace(known, **told.get(event.kind, {}))


def reappeared(events: Iterable[Sealed]) -> Sealed | None:
    """Return the recovery of a weapon that the record says was destroyed before; None where nothing came back.

    Source: PoA II.19.
    """
    destroyed = False
    for sealed in current(events):
        if sealed.event.kind is EventKind.DESTROYED:
            destroyed = True
        elif destroyed and sealed.event.kind in RECOVERIES:
            return sealed
    return None


def reappearance_finding(weapon: WeaponId, recovery: Sealed) -> Finding:
    """Return what is to be said of a weapon that came back."""
    event = recovery.event
    facts: dict[str, Plain] = {"weapon": weapon, "happened": str(event.happened), "kind": event.kind.value}
    return Finding("stockpiles.destroyed_weapon_came_back", cite("PoA II.19"), facts)
