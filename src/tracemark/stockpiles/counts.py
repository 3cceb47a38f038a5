from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any, cast

from tracemark.recordkeeping import EventKind, Sealed
from tracemark.stockpiles.whereabouts import Whereabouts
from tracemark.weapons import WeaponId


class Covers(StrEnum):
    """What a pass looked at: the whole site, one rack, or nothing whole: what was seen besides."""

    SITE = "site"
    RACK = "rack"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Pass:
    """One look at a site or a rack: begun when the record had grown to `since`, told at `position`.

    `seen` are the weapons that were there; `unread` is what was there and could not be told, as it was written.
    """

    position: int
    since: int
    covers: Covers
    rack: str
    seen: frozenset[WeaponId]
    unread: tuple[str, ...]
    by: str

    def looked_at(self, where: Whereabouts, site: str) -> bool:
        """Whether the pass looked where the record puts a weapon, be it present there or issued from there."""
        return where.site == site and self.looks_at_rack(where.rack)

    def looks_at_rack(self, rack: str) -> bool:
        """Whether the pass looked at all that is in a rack."""
        return self.covers is Covers.SITE or (self.covers is Covers.RACK and self.rack == rack)


@dataclass(frozen=True, slots=True)
class Count:
    """A blind count of a site, as its dossier tells it. What was expected is fixed where it was `opened`.

    `standing` is open, closed or cancelled. Once closed, at `ended`, it says how many weapons were `found`, and which
    were `missing` or `extra`.
    """

    name: str
    site: str
    opened: int
    opened_by: str
    opened_on: str
    standing: str = "open"
    passes: tuple[Pass, ...] = ()
    due: str = ""
    reason: str = ""
    ended: int | None = None
    ended_on: str = ""
    found: int = 0
    missing: tuple[WeaponId, ...] = ()
    extra: tuple[WeaponId, ...] = ()
    unread: tuple[str, ...] = ()
    investigation: str = ""

    @property
    def open(self) -> bool:
        """Whether it still goes on."""
        return self.standing == "open"


def count_of(name: str, events: Sequence[Sealed]) -> Count:
    """Fold a count's events into what is true of it now.

    Raises:
        KeyError: none of the events opens it.
    """
    count: Count | None = None
    for sealed in events:
        details = cast("Mapping[str, Any]", sealed.event.details)
        if sealed.event.kind is EventKind.COUNT_OPENED and details["dossier"] == name:
            count = _opened(name, sealed, details)
        elif count is not None:
            count = _after(count, sealed, details)
    if count is None:
        raise KeyError(name)
    return count


def _opened(name: str, sealed: Sealed, details: Mapping[str, Any]) -> Count:
    event = sealed.event
    due, reason = details.get("due", ""), details.get("reason", "")
    return Count(name, details["site"], sealed.position, event.by, str(event.happened), due=due, reason=reason)


def _after(count: Count, sealed: Sealed, details: Mapping[str, Any]) -> Count:
    kind = sealed.event.kind
    if kind is EventKind.INVESTIGATION_OPENED:
        return replace(count, investigation=details["dossier"])
    if details.get("dossier") != count.name:
        return count
    if kind is EventKind.COUNT_ENTERED:
        return replace(count, passes=(*count.passes, _pass(sealed, details)))
    if kind is EventKind.COUNT_CANCELLED:
        return replace(count, standing="cancelled", reason=details["reason"])
    return replace(
        count,
        standing="closed",
        ended=sealed.position,
        ended_on=str(sealed.event.happened),
        found=details["found"],
        missing=_weapons(details["absent"]),
        extra=_weapons(details["extra"]),
        unread=tuple(details.get("unread", ())),
    )


def _pass(sealed: Sealed, details: Mapping[str, Any]) -> Pass:
    seen = frozenset(_weapons((*details["seen"], *details.get("extra", ()))))
    unread = tuple(details.get("unread", ()))
    covers, rack = Covers(details["covers"]), details.get("rack", "")
    return Pass(sealed.position, details["since"], covers, rack, seen, unread, sealed.event.by)


def _weapons(numbers: Sequence[int]) -> tuple[WeaponId, ...]:
    return tuple(map(WeaponId, numbers))
