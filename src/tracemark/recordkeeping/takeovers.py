from dataclasses import replace

from tracemark.authorities import Agency, require, require_listed, require_sight
from tracemark.kernel import Actor, Clock, Finding, PartialDate, Plain, Refused, cite
from tracemark.recordkeeping.actions import append
from tracemark.recordkeeping.events import Event, Sealed
from tracemark.recordkeeping.kinds import EventKind, event_kinds
from tracemark.recordkeeping.ports import RecordkeepingStores
from tracemark.weapons import NO_WEAPON

_HANDED_IN = cite("ITI 13")


class TakeOverRefused(Refused):
    """There is no such agency, or it ended on another day or before it began."""


def take_over_records(
    *, agency: str, ended: PartialDate, weapons: int | None, note: str, actor: Actor, stores: RecordkeepingStores,
    clock: Clock,
) -> Sealed:  # fmt: skip
    """Seal that the State has the records of an agency that closed, and give the agency its last day: both or neither.

    `weapons` is how many the records are of, None where nobody has counted. Records that turn up later are taken over
    again, with the same last day.

    Raises:
        NotPermitted: the actor may not write the record, acts for no listed agency, or does not see this one.
        TakeOverRefused: there is no such agency, or it ended on another day or before it began.

    Source: ITI 13.
    """
    require(actor, event_kinds()[EventKind.RECORDS_TAKEN_OVER].permission)
    details: dict[str, Plain] = {"from": agency}
    details |= {"weapons": weapons} if weapons is not None else {}
    details |= {"note": note} if note else {}
    event = Event(NO_WEAPON, EventKind.RECORDS_TAKEN_OVER, ended, actor.authority, actor.name, details)
    with stores.atomic():
        listed = stores.agencies.all()
        require_listed(actor, listed)
        closing = next((each for each in listed if each.code == agency), None)
        if closing is None:
            raise TakeOverRefused([Finding("recordkeeping.no_such_agency", _HANDED_IN, {"agency": agency})])
        require_sight(actor, agency, listed)
        _require_fitting_end(closing, ended)
        stores.agencies.put(replace(closing, active_until=ended))
        return append(events=[event], stores=stores, clock=clock).sealed[0]


def _require_fitting_end(closing: Agency, ended: PartialDate) -> None:
    if closing.active_until not in {None, ended}:
        facts: dict[str, Plain] = {"agency": closing.code, "ended": str(closing.active_until)}
        raise TakeOverRefused([Finding("recordkeeping.agency_ended_already", _HANDED_IN, facts)])
    if closing.active_from is not None and ended.last < closing.active_from.first:
        facts = {"agency": closing.code, "begun": str(closing.active_from)}
        raise TakeOverRefused([Finding("recordkeeping.agency_ends_before_it_began", _HANDED_IN, facts)])
