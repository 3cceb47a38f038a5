from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from tracemark.recordkeeping import EventKind, Sealed, fold_steps


@dataclass(frozen=True, slots=True)
class LotStep:
    """One step of an ammunition lot: what happened, when, how many rounds, and how many lay in store after it."""

    position: int
    kind: EventKind
    on: str
    quantity: int
    balance: int
    by: str
    other: str = ""


@dataclass(frozen=True, slots=True)
class Lot:
    """An ammunition lot at a site, by the number its maker gave it. Quantities are rounds.

    `balance` is how many the record has in store, `issued` how many are out, neither expended nor returned.
    `variance` is what the last count found above (or below, negative) the record, 0 where it agreed or nobody counted.
    """

    name: str
    authority: str
    lot: str
    site: str
    rack: str = ""
    calibre: str = ""
    maker: str = ""
    country: str = ""
    year: int | None = None
    balance: int = 0
    issued: int = 0
    variance: int = 0
    steps: tuple[LotStep, ...] = ()


def lot_of(name: str, events: Sequence[Sealed]) -> Lot:
    """Fold a lot's events into what is true of it now.

    Raises:
        KeyError: none of the events opens it.
    """
    return fold_steps(name, events, _received, _stepped)


_PLAIN = ("rack", "calibre", "maker", "country", "year")


def _received(sealed: Sealed, details: Mapping[str, Any]) -> Lot:
    told = {each: details[each] for each in _PLAIN if each in details}
    lot = Lot(details["dossier"], sealed.event.authority, details["lot"], details["site"], **told)
    return _stepped(lot, sealed, details)


def _stepped(lot: Lot, sealed: Sealed, details: Mapping[str, Any]) -> Lot:
    event, quantity = sealed.event, int(details["quantity"])
    balance, issued, variance = moved_quantity(lot, event.kind, quantity)
    other = str(details.get("to", details.get("from", details.get("method", ""))))
    step = LotStep(sealed.position, event.kind, str(event.happened), quantity, balance, event.by, other)
    return replace(lot, balance=balance, issued=issued, variance=variance, steps=(*lot.steps, step))


def moved_quantity(lot: Lot, kind: EventKind, quantity: int) -> tuple[int, int, int]:
    """Return how many rounds are in store, out, and by how many the last count differed, after one more step.

    A count sets what is in store to what was counted. What is negative shows that the step cannot be.
    """
    if kind is EventKind.LOT_COUNTED:
        return quantity, lot.issued, quantity - lot.balance
    store, out = _SIGNS[kind]
    return lot.balance + store * quantity, lot.issued + out * quantity, lot.variance


_SIGNS: Mapping[EventKind, tuple[int, int]] = {
    EventKind.LOT_RECEIVED: (1, 0),
    EventKind.LOT_ADDED: (1, 0),
    EventKind.LOT_ISSUED: (-1, 1),
    EventKind.LOT_RETURNED: (1, -1),
    EventKind.LOT_EXPENDED: (0, -1),
    EventKind.LOT_DESTROYED: (-1, 0),
}
"""What each step adds to the rounds in store, and to those that are out."""
