from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any, cast

from tracemark.diversion.detections import Signal, Stage, Strength
from tracemark.recordkeeping import EventKind, Sealed
from tracemark.weapons import WeaponId


class Standing(StrEnum):
    """Where a signal stands. Merged, dismissed and confirmed are ends; only a second person confirms."""

    OPEN = "open"
    ESCALATED = "escalated"
    MERGED = "merged"
    DISMISSED = "dismissed"
    CONFIRMED = "confirmed"


class Reading(StrEnum):
    """The innocent readings for which a signal is dismissed, as officers code them."""

    SERIAL_MISREAD = "serial_misread"
    SERIAL_SHARED = "serial_shared"
    ENTRY_WRONG = "entry_wrong"
    ENTRY_MISSING = "entry_missing"
    ENTRY_LATE = "entry_late"
    REPORTED_TWICE = "reported_twice"
    LAWFUL_CAUSE = "lawful_cause"
    USUAL_PRACTICE = "usual_practice"
    CHANCE = "chance"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class SignalStep:
    """One step of a signal: what was done, by whom, on which day, and what was said."""

    kind: EventKind
    position: int
    on: str
    by: str
    note: str = ""
    readings: tuple[str, ...] = ()
    investigation: str = ""
    case: str = ""
    into: str = ""
    to_state: str = ""


@dataclass(frozen=True, slots=True)
class RaisedSignal:
    """A signal that waits for an officer, or was judged by one, as its dossier tells it.

    `identity` is that of the signal as the rule found it, though of very many weapons or events only the first are
    kept. `joined` are the signals that were merged into it. A signal is no finding of guilt, whatever its strength.
    """

    name: str
    identity: str
    signal: Signal
    raised: SignalStep
    standing: Standing = Standing.OPEN
    earlier: str = ""
    steps: tuple[SignalStep, ...] = ()
    joined: tuple[str, ...] = ()

    @property
    def escalated_by(self) -> str:
        """Who escalated it last; "" where nobody did."""
        return next((each.by for each in reversed(self.steps) if each.kind is EventKind.SIGNAL_ESCALATED), "")

    def standing_at(self, standing: Standing) -> "RaisedSignal":
        """Return it as it stands by its dossier."""
        return replace(self, standing=standing)

    def plain(self) -> dict[str, Any]:
        """Return it as JSON-ready values."""
        last = self.steps[-1] if self.steps else self.raised
        found = self.signal.plain() | {"id": self.identity, "facts": dict(self.signal.facts or {})}
        own = {"signal": self.name, "standing": self.standing.value, "raised_on": self.raised.on, "joined": self.joined}
        return {**own, **found, "last": {"step": last.kind.value, "by": last.by, "on": last.on, "note": last.note}}


_LEADS = {
    EventKind.SIGNAL_MERGED: Standing.MERGED,
    EventKind.SIGNAL_DISMISSED: Standing.DISMISSED,
    EventKind.SIGNAL_ESCALATED: Standing.ESCALATED,
    EventKind.SIGNAL_CONFIRMED: Standing.CONFIRMED,
}


def raised_signal(name: str, events: Iterable[Sealed]) -> RaisedSignal:
    """Fold a signal's events into what is true of it now; events of other dossiers may name it.

    Raises:
        KeyError: none of the events raises it.
    """
    found: RaisedSignal | None = None
    for sealed in events:
        details = cast("Mapping[str, Any]", sealed.event.details)
        if details.get("dossier") == name:
            found = _after(found, sealed) if found else read_raised(sealed)
        elif found and sealed.event.kind is EventKind.SIGNAL_MERGED and details["into"] == name:
            found = replace(found, joined=(*found.joined, details["dossier"]))
    if found is None:
        raise KeyError(name)
    return found


def read_raised(sealed: Sealed) -> RaisedSignal:
    """Read a signal from the event that raised it."""
    details = cast("Mapping[str, Any]", sealed.event.details)
    signal = Signal(
        rule=details["rule"],
        stage=Stage(details["stage"]),
        strength=Strength(details["strength"]),
        weapons=tuple(map(WeaponId, details["concerned"])),
        evidence=tuple(details["evidence"]),
        when=details.get("seen_on", ""),
        place=details.get("place", ""),
        facts=details.get("facts", {}),
    )
    return RaisedSignal(
        details["dossier"], details["identity"], signal, _step(sealed), earlier=details.get("earlier", "")
    )


def corroborated(subject: RaisedSignal, joined: Sequence[RaisedSignal]) -> bool:
    """Whether a signal says enough to be confirmed: it is not weak, or one of another rule was merged into it.

    Source: BMS7 DIV.1.
    """
    told = [subject, *joined]
    return (
        any(each.signal.strength is not Strength.WEAK for each in told) or len({each.signal.rule for each in told}) > 1
    )


def _after(known: RaisedSignal, sealed: Sealed) -> RaisedSignal:
    standing = _LEADS.get(sealed.event.kind, known.standing)
    return replace(known, standing=standing, steps=(*known.steps, _step(sealed)))


def _step(sealed: Sealed) -> SignalStep:
    event = sealed.event
    names = ("note", "investigation", "case", "into", "to_state")
    told = {name: str(event.details[name]) for name in names if name in event.details}
    readings = tuple(cast("Sequence[str]", event.details.get("readings", ())))
    return SignalStep(event.kind, sealed.position, str(event.happened), event.by, readings=readings, **told)
