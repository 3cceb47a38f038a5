"""A recovered weapon found to be another is told in three events, sealed together; they stand or fall together."""

from collections.abc import Mapping
from typing import Any, cast

from tracemark.kernel import Finding, cite
from tracemark.recordkeeping.chains import RECOVERIES
from tracemark.recordkeeping.events import Event, Sealed
from tracemark.recordkeeping.history import current
from tracemark.recordkeeping.kinds import EventKind
from tracemark.recordkeeping.ports import RecordStore
from tracemark.weapons import WeaponId

_BINDING = ("case", "as", "recovered_as", "other_weapon", "judgement")
"""The details by which the three name each other."""


def bound_with(sealed: Sealed, records: RecordStore) -> list[Sealed]:
    """Return the standing events that cannot stand without this one, in the order of the record.

    An identification and the recovery that it put into the other weapon's history need each other; both need the
    judgement they follow from. The judgement stands without them: an officer did judge so.

    Source: ITI 20.
    """
    event, details = sealed.event, sealed.event.details
    if event.kind is EventKind.IDENTIFIED:
        return _recoveries(event.weapon, details["as"], records)
    if event.kind in RECOVERIES and "recovered_as" in details:
        return _identifications(details["recovered_as"], event.weapon, records)
    if event.kind is EventKind.JUDGED and details["judgement"] == "same":
        return _that_follow(sealed, records)
    return []


def unbinds(wrong: Event, details: Mapping[str, Any]) -> list[Finding]:
    """Say where new details would make one of the three, or an answer drawn from them, name something else."""
    changed = [name for name in _BINDING if wrong.details.get(name) != details.get(name)]
    return [
        Finding("recordkeeping.identification_only_voided", cite("ITI 20"), {"kind": wrong.kind.value, "field": name})
        for name in changed
    ]


def _that_follow(judged: Sealed, records: RecordStore) -> list[Sealed]:
    recovered, details = judged.event.weapon, cast("Mapping[str, Any]", judged.event.details)
    found = WeaponId(details["other_weapon"])
    later = [each for each in records.of_weapon(recovered) if each.position > judged.position]
    named = next((each for each in later if each.event.kind is EventKind.IDENTIFIED), None)
    standing = [
        each for each in _identifications(recovered, found, records) if named and each.position == named.position
    ]
    return [*_recoveries(recovered, found, records), *standing] if standing else []


def _recoveries(recovered: WeaponId, found: Any, records: RecordStore) -> list[Sealed]:  # noqa: ANN401 - a detail
    known = current(records.of_weapon(WeaponId(found)))
    return [each for each in known if each.event.details.get("recovered_as") == recovered]


def _identifications(recovered: Any, found: WeaponId, records: RecordStore) -> list[Sealed]:  # noqa: ANN401 - a detail
    known = current(records.of_weapon(WeaponId(recovered)))
    return [each for each in known if each.event.kind is EventKind.IDENTIFIED and each.event.details["as"] == found]
