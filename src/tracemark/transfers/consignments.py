from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from tracemark.recordkeeping import EventKind, Sealed, own_events
from tracemark.transfers.applications import Authorises
from tracemark.transfers.items import Item, Reconciliation, reconcile
from tracemark.transfers.licences import DossierStep, items_in, step_of

INLAND = "inland"
"""What moves between two holders of the State, under no licence."""

OPEN, SHIPPED, RECEIVED, CLOSED, CANCELLED = "open", "shipped", "received", "closed", "cancelled"
UNDER_WAY = frozenset({SHIPPED, RECEIVED})


@dataclass(frozen=True, slots=True)
class Passage:
    """That a place was reported passed."""

    place: str
    on: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Consignment:
    """What the record says of one consignment: the fold of its events.

    `moves` is what its licence authorises, or `inland`. `packed` is the packing list; `received` what our side
    received, `mirrored` what the other side says it received or sent, and `mirrored_by` that side. `due` is the day
    (ISO) by which it ought to be received. `touched` are the places where it was said to leave and to arrive.
    """

    name: str
    authority: str
    standing: str
    licence: str
    moves: str
    from_holder: str
    to_holder: str
    from_state: str
    to_state: str
    carrier: str
    route: tuple[str, ...]
    due: str
    opened_by: str
    packed: tuple[Item, ...] = ()
    shipped_on: str = ""
    passages: tuple[Passage, ...] = ()
    received: tuple[Item, ...] = ()
    received_on: str = ""
    mirrored: tuple[Item, ...] = ()
    mirrored_by: str = ""
    verified: str = ""
    visits: tuple[Passage, ...] = ()
    steps: tuple[DossierStep, ...] = ()
    touched: tuple[str, ...] = ()

    @property
    def comes_here(self) -> bool:
        """Whether our side receives it, and not the other, as with what goes abroad, passes through or is brokered."""
        return self.moves in (INLAND, Authorises.IMPORT)

    @property
    def receipt(self) -> Reconciliation | None:
        """The packing list beside what our side received; None before anything was."""
        return reconcile(self.packed, self.received) if self.received_on else None

    @property
    def mirror(self) -> Reconciliation | None:
        """The packing list beside the other side's report; None while there is none."""
        return reconcile(self.packed, self.mirrored) if self.mirrored_by else None

    @property
    def agrees(self) -> bool:
        """Whether every list that was reported says what was packed."""
        return all(each is None or each.agrees for each in (self.receipt, self.mirror))

    @property
    def missed(self) -> list[str]:
        """Places of the route that nobody reported although a later one, or the arrival, was reported."""
        passed = {*self.touched, *(each.place for each in self.passages)}
        reached = [place for place, code in enumerate(self.route) if code in passed]
        arrived = bool(self.received_on or self.mirrored_by)
        until = len(self.route) if arrived else max(reached, default=0)
        return [code for code in self.route[:until] if code not in passed]

    @property
    def strayed(self) -> list[str]:
        """Places reported that are not on the route; none where no route was declared."""
        return [each.place for each in self.passages if self.route and each.place not in self.route]

    def overdue(self, on: date) -> bool:
        """Whether it was shipped, ought to have come by now, and nobody reported that it came."""
        arrived = self.received_on or self.mirrored_by
        return self.standing == SHIPPED and not arrived and bool(self.due) and self.due < on.isoformat()


def fold_consignment(name: str, events: Sequence[Sealed], standing: str) -> Consignment:
    """Fold the events of a consignment into what is true of it.

    Raises:
        ValueError: none of them opened it.
    """
    own = own_events(name, events)
    if not own or own[0].event.kind is not EventKind.CONSIGNMENT_OPENED:
        raise ValueError(f"no event opened {name}")
    event = own[0].event
    details: Mapping[str, Any] = event.details
    folded = Consignment(
        name=name,
        authority=event.authority,
        standing=standing,
        licence=details.get("licence", ""),
        moves=details["moves"],
        from_holder=details["from"],
        to_holder=details["holder"],
        from_state=details.get("from_state", ""),
        to_state=details.get("to_state", ""),
        carrier=details.get("carrier", ""),
        route=tuple(details.get("route", ())),
        due=details.get("due", ""),
        opened_by=event.by,
    )
    for each in own[1:]:
        folded = _after(folded, each)
    return replace(folded, steps=tuple(map(step_of, own)))


def _after(known: Consignment, sealed: Sealed) -> Consignment:
    event, on = sealed.event, str(sealed.event.happened)
    details: Mapping[str, Any] = event.details
    known = replace(known, due=details.get("due", known.due))
    reads = _READ.get(event.kind)
    return known if reads is None else replace(known, **reads(known, details, on))


def _passage(details: Mapping[str, Any], on: str) -> Passage:
    return Passage(details["place"], on, details.get("note", ""))


def _touched(known: Consignment, details: Mapping[str, Any]) -> tuple[str, ...]:
    return (*known.touched, *([details["place"]] if "place" in details else []))


_READ: Mapping[EventKind, Callable[[Consignment, Mapping[str, Any], str], dict[str, Any]]] = {
    EventKind.CONSIGNMENT_PACKED: lambda known, details, _: {"packed": (*known.packed, *items_in(details, "packed"))},
    EventKind.CONSIGNMENT_SHIPPED: lambda known, details, on: {"shipped_on": on, "touched": _touched(known, details)},
    EventKind.CONSIGNMENT_PASSED: lambda known, details, on: {"passages": (*known.passages, _passage(details, on))},
    EventKind.CONSIGNMENT_RECEIVED: lambda known, details, on: {
        "received": (*known.received, *items_in(details, "received")),
        "received_on": on,
        "touched": _touched(known, details),
    },
    EventKind.CONSIGNMENT_MIRRORED: lambda known, details, _: {
        "mirrored": (*known.mirrored, *items_in(details, "received")),
        "mirrored_by": details["reported_by"],
    },
    EventKind.CONSIGNMENT_VERIFIED: lambda _, details, __: {"verified": details["number"]},
    EventKind.CONSIGNMENT_VISITED: lambda known, details, on: {"visits": (*known.visits, _passage(details, on))},
}
"""What each step of a consignment tells of it."""
