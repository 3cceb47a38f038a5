from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from tracemark.instruments import Level
from tracemark.kernel import PartialDate


class AgencyKind(StrEnum):
    """What a holder or authority is. Source: PoA II.17, its list of holders."""

    REGISTRY = "registry"
    POLICE = "police"
    CUSTOMS = "customs"
    ARMED_FORCES = "armed_forces"
    PRISON = "prison"
    WILDLIFE = "wildlife"
    DEALER = "dealer"
    MAKER = "maker"
    IMPORTER = "importer"
    BROKER = "broker"
    MARKING_OFFICE = "marking_office"
    COURT = "court"
    MUSEUM = "museum"
    INTERNATIONAL = "international"


@dataclass(frozen=True, slots=True)
class Agency:
    """An authority or holder. `parent` is the code of the agency above it, empty at the top.

    `state` is empty for an international one. `competent` says it may see what other States give in confidence
    (ITI 15(a)); `contact_point` that other States turn to it (PoA II.5, ITI 25). Open ends of its life are None.
    """

    code: str
    name: str
    kind: AgencyKind
    state: str = ""
    parent: str = ""
    level: Level = Level.NATIONAL
    active_from: PartialDate | None = None
    active_until: PartialDate | None = None
    competent: bool = False
    contact_point: bool = False

    def active(self, on: date) -> bool:
        """Say whether it can have been active `on` that day: a date known in part counts in full."""
        begun = self.active_from is None or self.active_from.first <= on
        return begun and (self.active_until is None or on <= self.active_until.last)


def below(code: str, agencies: Iterable[Agency]) -> frozenset[str]:
    """Return the codes of the agency and of all agencies under it; none where there is no such agency.

    Parents that run in a ring are walked once.
    """
    children: defaultdict[str, list[str]] = defaultdict(list)
    known = set()
    for each in agencies:
        known.add(each.code)
        children[each.parent].append(each.code)
    found: set[str] = set()
    waiting = [code] if code in known else []
    while waiting:
        here = waiting.pop()
        if here not in found:
            found.add(here)
            waiting.extend(children[here])
    return frozenset(found)
