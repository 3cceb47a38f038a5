from dataclasses import dataclass
from enum import StrEnum
from typing import cast

from tracemark import stockpiles, tracing
from tracemark.diversion.triage import RaisedSignal
from tracemark.kernel import Actor, Clock, Finding, Plain, Refused, cite
from tracemark.marking import Mark
from tracemark.recordkeeping import RECOVERIES, Sealed, Status, WeaponState, current
from tracemark.stockpiles import Occasion, Reason
from tracemark.tracing import ComponentReading, TraceRequest, TracingStores

_IN_HANDS = frozenset({Status.HELD, Status.ISSUED, Status.IN_TRANSIT, Status.DEACTIVATED})
_MOST_READINGS = 20


class SignalRefused(Refused):
    """What was asked does not fit how a signal stands, or names what there is not."""


class FollowUp(StrEnum):
    """What an escalated signal opens: an investigation where weapons are kept, or the trace of one recovered."""

    INVESTIGATION = "investigation"
    CASE = "case"


@dataclass(frozen=True, slots=True)
class Onward:
    """Where an escalated signal goes: to an investigation or a case that there is, or to what it opens."""

    investigation: str = ""
    case: str = ""
    opens: FollowUp | None = None

    @property
    def twice(self) -> bool:
        """Whether it names one of the kind that it opens."""
        return bool(self.opens and getattr(self, self.opens.value))


def follow_up(
    kind: FollowUp, raised: RaisedSignal, note: str, actor: Actor, stores: TracingStores, clock: Clock
) -> dict[str, Plain]:
    """Open what follows from a signal, and return how the escalation names it. Call inside a transaction.

    Raises:
        NotPermitted: the actor may not open it, or does not see a weapon.
        SignalRefused: a trace is asked for, and none of the weapons was recovered.

    Source: PoA II.17, ITI 17.
    """
    if kind is FollowUp.INVESTIGATION:
        return {"investigation": _investigation(raised, actor, stores, clock)}
    return {"case": _case(raised, note, actor, stores, clock)}


def _investigation(raised: RaisedSignal, actor: Actor, stores: TracingStores, clock: Clock) -> str:
    """Open an investigation of what the record has in somebody's hands; what the analyst noted stays with the signal.

    A storekeeper whom it may concern reads the investigation, and not the signal.
    """
    states = stores.register.states(raised.signal.weapons)
    held = [each for each, state in states.items() if state.status in _IN_HANDS]
    occasion = Occasion(Reason.ALARM, held, stockpiles.site_keeping(held, stores), signal=raised.name)
    return stockpiles.open_investigation(occasion=occasion, actor=actor, stores=stores, clock=clock)


def _case(raised: RaisedSignal, note: str, actor: Actor, stores: TracingStores, clock: Clock) -> str:
    found = _recovered(raised, stores)
    if found is None:
        raise SignalRefused(
            [Finding("diversion.nothing_recovered", cite("ITI 17(a)"), {"field": "opens", "signal": raised.name})]
        )
    request = _request(*found, note)
    return tracing.open_trace(request=request, actor=actor, stores=stores, clock=clock).case.id


def _recovered(raised: RaisedSignal, stores: TracingStores) -> tuple[WeaponState, Sealed] | None:
    """Return the first weapon of a signal that was recovered and not identified yet, with its last recovery."""
    told, states = stores.records.of_weapons(raised.signal.weapons), stores.register.states(raised.signal.weapons)
    for weapon in raised.signal.weapons:
        recoveries = [each for each in current(told.get(weapon, ())) if each.event.kind in RECOVERIES]
        if recoveries and states[weapon].status is not Status.IDENTIFIED:
            return states[weapon], recoveries[-1]
    return None


def _request(state: WeaponState, recovery: Sealed, purpose: str) -> TraceRequest:
    about, details = state.description, recovery.event.details
    readings = [
        ComponentReading(each.text, each.part.value if each.part else "") for each in state.marks if _legible(each)
    ]
    return TraceRequest(
        recovered=state.weapon,
        readings=tuple(readings[:_MOST_READINGS]),
        purpose=purpose,
        illicit_because=tuple(map(str, cast("list[str]", details.get("grounds", [])))),
        legal_basis=str(details.get("legal_basis", "")),
        circumstances=str(details.get("circumstances", "")),
        kind=about.kind,
        maker=about.maker,
        model=about.model,
        calibre=about.calibre,
        country=about.country,
        year=about.year,
    )


def _legible(mark: Mark) -> bool:
    """Whether a mark reads as itself: a sign of damage in it would be read as one."""
    return bool(mark.text) and not set("?*[") & set(mark.text)
