from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from tracemark.kernel import Finding, Plain
from tracemark.recordkeeping.dossiers import dossiers_named
from tracemark.recordkeeping.events import Event
from tracemark.recordkeeping.holders import HOLDER_DETAILS, holders_in, is_known_holder, person_commitment
from tracemark.recordkeeping.kinds import Status, event_kinds
from tracemark.recordkeeping.ports import RecordkeepingStores


@dataclass(frozen=True, slots=True)
class Known:
    """Whom an event may name as a holder, besides persons whose data are kept: agencies, and what is on record already.

    `codes` are those of the listed agencies; `told` are the holders that the weapon's record, or the event that a
    correction replaces, names: they stay as they are, whatever the guards ask of new ones.
    """

    stores: RecordkeepingStores
    codes: Collection[str]
    told: Collection[str] = ()

    def holder(self, text: str) -> bool:
        """Say whether the record may name this holder; of a person, whether somebody keeps the data."""
        if text in self.told:
            return True
        commitment = person_commitment(text)
        return self._kept(commitment) if commitment else is_known_holder(text, self.codes)

    def open_site(self, name: str) -> bool:
        """Say whether there is an open site of this name."""
        try:
            site = self.stores.dossiers.dossier(name)
        except KeyError:
            return False
        return (site.kind, site.standing) == ("site", "open")

    def _kept(self, commitment: str) -> bool:
        try:
            self.stores.persons.get(commitment)
        except KeyError:
            return False
        return True


def guarded(event: Event, known: Known) -> Iterator[Finding]:
    """Yield what keeps an event from being written by an officer, or by a correction, whatever its weapon's history.

    Some kinds are written by an action of their own only, and a holder must be somebody. Only a weapon that goes abroad
    goes to somebody whom we do not list.
    """
    terms = event_kinds()[event.kind]
    if terms.own_action:
        yield Finding("recordkeeping.own_action", terms.source, {"kind": event.kind.value})
    for name in HOLDER_DETAILS if terms.to is not Status.ABROAD else ():
        if name in event.details and not known.holder(str(event.details[name])):
            yield Finding("recordkeeping.holder_unknown", terms.source, {"kind": event.kind.value, "field": name})
    yield from _dossiers(event, known)


def _dossiers(event: Event, known: Known) -> Iterator[Finding]:
    """A site that an event names is on record and open; a count, an investigation or a destruction tells its own."""
    terms, kind = event_kinds()[event.kind], event.kind.value
    if "site" in event.details and not known.open_site(str(event.details["site"])):
        facts: dict[str, Plain] = {"kind": kind, "field": "site", "site": event.details["site"]}
        yield Finding("recordkeeping.site_unknown", terms.source, facts)
    own = [name for name in _TOLD_BY_ROOMS & event.details.keys() if dossiers_named({name: event.details[name]})]
    for name in sorted(own):
        facts = {"kind": kind, "field": name, "dossier": event.details[name]}
        yield Finding("recordkeeping.dossier_tells", terms.source, facts)


_TOLD_BY_ROOMS = frozenset({"count", "destruction", "investigation"})


def of_the_future(event: Event, today: date) -> list[Finding]:
    """A day has begun somewhere on earth before it has in UTC; what is later has not happened."""
    if event.happened.first <= today + timedelta(days=1):
        return []
    facts: dict[str, Plain] = {"kind": event.kind.value, "field": "happened", "happened": str(event.happened)}
    return [Finding("recordkeeping.date_future", event_kinds()[event.kind].source, facts)]


def holders_told(events: Iterable[Event]) -> set[str]:
    """Return every holder that events name."""
    return {holder for event in events for holder in holders_in(event.details)}
