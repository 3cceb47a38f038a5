from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from tracemark.recordkeeping import EventKind, Sealed, fold_steps


class Function(StrEnum):
    """What a site is for. An evidence room keeps what was seized until a court and the law have done with it."""

    STORE = "store"
    EVIDENCE_ROOM = "evidence_room"
    WORKSHOP = "workshop"


@dataclass(frozen=True, slots=True)
class Site:
    """A place where weapons are kept, as its dossier tells it.

    `authority` is the agency whose site it is, `office` the custodian's office as a holder's code, `keeper` the account
    of the custodian. It is counted at least every `every_days` (0: nobody said), next by `due` (ISO day, "" for none);
    `counted` is the name of its last count. `answers` are to the questions of its risk, by their codes.
    """

    name: str
    authority: str
    place: str = ""
    office: str = ""
    keeper: str = ""
    function: Function = Function.STORE
    racks: tuple[str, ...] = ()
    every_days: int = 0
    due: str = ""
    counted: str = ""
    note: str = ""
    answers: Mapping[str, str] = field(default_factory=dict)
    open: bool = True

    def late(self, today: date) -> bool:
        """Whether its count is overdue."""
        return bool(self.open and self.every_days) and "" < self.due < today.isoformat()

    def at(self, rack: str) -> str:
        """How a place within it is written: the site's place, and the rack where there is one."""
        return f"{self.place}, {rack}" if rack else self.place

    def next_due(self, counted_on: date) -> str:
        """The day by which it is to be counted again, "" where nobody said how often."""
        return (counted_on + timedelta(days=self.every_days)).isoformat() if self.every_days else ""


def site_of(name: str, events: Sequence[Sealed]) -> Site:
    """Fold a site's events into what is true of it now. Events that only name the site say nothing of it.

    Raises:
        KeyError: none of the events opens it.
    """
    return fold_steps(name, events, _listed, _after)


def _listed(sealed: Sealed, details: Mapping[str, Any]) -> Site:
    return _after(Site(details["dossier"], sealed.event.authority), sealed, details)


_PLAIN = ("place", "office", "keeper", "every_days", "due", "note")


def _after(site: Site, sealed: Sealed, details: Mapping[str, Any]) -> Site:
    if sealed.event.kind is EventKind.SITE_CLOSED:
        return replace(site, open=False)
    told: dict[str, Any] = {name: details[name] for name in _PLAIN if name in details}
    if sealed.event.kind is EventKind.SITE_COUNTED:
        return replace(site, counted=details["count"], due=told.get("due", ""))
    if "function" in details:
        told["function"] = Function(details["function"])
    if "racks" in details:
        told["racks"] = tuple(details["racks"])
    if "answers" in details:
        told["answers"] = dict(details["answers"])
    return replace(site, **told)
