import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from tracemark.kernel import Finding, Plain
from tracemark.recordkeeping.events import Event
from tracemark.recordkeeping.kinds import Status, event_kinds
from tracemark.recordkeeping.ports import RecordkeepingStores

_HOLDERS = ("holder", "to", "from", "custodian")
_PERSON = re.compile(r"person:([0-9a-f]{64})")
_UNIT = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,31}(/[A-Za-z0-9][A-Za-z0-9._-]{0,31})*")


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
        """Say whether this is a listed agency, a unit of one, `private`, or a person whose data somebody keeps.

        A unit is written `CODE/unit`, in Latin letters, digits and `.`, `_`, `-`, without spaces. A name of a person
        would stay in the record for ever.
        """
        if text == "private" or text in self.told:
            return True
        if person := _PERSON.fullmatch(text):
            return self._kept(person[1])
        code, _, unit = text.partition("/")
        return code in self.codes and (not unit or _UNIT.fullmatch(unit) is not None) and not text.endswith("/")

    def _kept(self, commitment: str) -> bool:
        try:
            self.stores.persons.get(commitment)
        except KeyError:
            return False
        return True


def guarded(event: Event, known: Known, today: date) -> Iterator[Finding]:
    """Yield what keeps an event from being written by an officer, or by a correction, whatever its weapon's history.

    Some kinds are written by an action of their own only, a holder must be somebody, and what has not come yet has not
    happened. Only a weapon that goes abroad goes to somebody whom we do not list.
    """
    terms = event_kinds()[event.kind]
    if terms.own_action:
        yield Finding("recordkeeping.own_action", terms.source, {"kind": event.kind.value})
    for name in _HOLDERS if terms.to is not Status.ABROAD else ():
        if name in event.details and not known.holder(str(event.details[name])):
            yield Finding("recordkeeping.holder_unknown", terms.source, {"kind": event.kind.value, "field": name})
    yield from of_the_future(event, today)


def of_the_future(event: Event, today: date) -> list[Finding]:
    """A day has begun somewhere on earth before it has in UTC; what is later has not happened."""
    if event.happened.first <= today + timedelta(days=1):
        return []
    facts: dict[str, Plain] = {"kind": event.kind.value, "happened": str(event.happened)}
    return [Finding("recordkeeping.date_future", event_kinds()[event.kind].source, facts)]


def holders_told(events: Collection[Event]) -> set[str]:
    """Return every holder that events name."""
    return {str(event.details[name]) for event in events for name in _HOLDERS if name in event.details}
