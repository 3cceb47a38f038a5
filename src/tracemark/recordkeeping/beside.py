import re
from collections.abc import Iterator, Mapping
from itertools import chain

from tracemark.authorities import Permission
from tracemark.recordkeeping.comparison import Fault, FaultKind
from tracemark.recordkeeping.events import Sealed
from tracemark.recordkeeping.holders import SALT_BYTES, Person, commit
from tracemark.recordkeeping.kinds import EventKind
from tracemark.recordkeeping.ports import Decision, Proposal, RecordkeepingStores, RecordStore, Reference, Verified
from tracemark.recordkeeping.tiles import TileHashes
from tracemark.recordkeeping.trees import root_at

_KEPT = 100
"""Among how many verifications the newest that found nothing is looked for."""

_AT_ONCE = 1000

_SEALED_AS: Mapping[str, EventKind] = {
    Permission.RECORD_CORRECT_APPROVE: EventKind.CORRECTED,
    Permission.PERSON_ERASE_APPROVE: EventKind.PERSONAL_DATA_ERASED,
    Permission.WEIGHTS_ADOPT: EventKind.WEIGHTS_ADOPTED,
}
"""What an approved proposal is sealed as, by the permission that approved it."""

_SUBJECT: Mapping[EventKind, str] = {
    EventKind.CORRECTED: "corrects",
    EventKind.PERSONAL_DATA_ERASED: "commitment",
    EventKind.WEIGHTS_ADOPTED: "weights",
}
"""The detail in which each of these events names what was proposed."""
_KEPT_FOR = re.compile(rb'"(?:person|confidence):([0-9a-f]{64})"')
"""What of an event's bytes stands for data that are kept beside the record: a person's, or told by another State."""


def end_faults(size: int, stores: RecordkeepingStores) -> list[Fault]:
    """Name what tells, beside the record, that it once was longer than its `size` events, or another.

    Nothing tells it where that was cut off as well: then only a head kept elsewhere does. Call inside a snapshot.
    """
    kept = [each for each in stores.verifications.newest(_KEPT) if each.size and not each.faults][:1]
    verified = [Reference(_place(each), each.size - 1) for each in kept]
    beyond = [each for each in (*stores.records.references(), *verified) if each.event >= size]
    faults = [Fault(size, FaultKind.RECORD_CUT_OFF, each.event, each.place) for each in beyond[:1]]
    faults += [_head_deleted(each) for each in stores.records.deleted_heads()]
    return faults + [
        Fault(each.size - 1, FaultKind.VERIFIED_OTHERWISE, place=_place(each))
        for each in kept
        if each.size <= size and not _grown_from(each, stores.records)
    ]


def person_faults(stores: RecordkeepingStores) -> Iterator[Fault]:
    """Name each person's data that are not what the record is committed to, or are gone although nothing erased them.

    A person is named by the commitment, which tells nothing of who it is. Call inside a snapshot.

    Source: ITI 12.
    """
    named = _named(stores.records)
    erased = {str(each.event.details.get("commitment")): each.position for each in _erasures(stores.records)}
    missing = named.keys() - erased.keys()
    for person in stores.persons.all():
        missing.discard(person.commitment)
        if person.commitment in erased:
            yield Fault(erased[person.commitment], FaultKind.PERSON_NOT_ERASED, place=person.commitment)
        elif not _opens(person):
            yield Fault(named.get(person.commitment), FaultKind.PERSON_CHANGED, place=person.commitment)
    for commitment in sorted(missing, key=lambda each: (named[each], each)):
        yield Fault(named[commitment], FaultKind.PERSON_MISSING, place=commitment)


def decision_faults(stores: RecordkeepingStores) -> Iterator[Fault]:
    """Name each proposal that was approved and that no event sealed as it was proposed and approved."""
    sealed = {_decided(each) for each in stores.records.mentioning('"proposed_by"')}
    for proposed, decision in _approved(stores):
        if (_SEALED_AS[proposed.permission], proposed.subject, proposed.proposed_by, decision.decided_by) not in sealed:
            yield Fault(None, FaultKind.DECISION_DIFFERS, place=f"proposal/{proposed.id}")


def _place(verified: Verified) -> str:
    return f"verification/{verified.size}"


def _head_deleted(size: int) -> Fault:
    return Fault(size - 1, FaultKind.HEAD_DELETED, place=f"checkpoint/{size}")


def _grown_from(verified: Verified, records: RecordStore) -> bool:
    """Whether the record begins as it was verified; also where the seal has a gap, which is named for itself."""
    try:
        return root_at(verified.size, TileHashes(records.tiles())).hex() == verified.root
    except LookupError:
        return True


def _named(records: RecordStore) -> dict[str, int]:
    """Return each commitment that an event names, with the first that does. Events need not be readable for that."""
    named: dict[str, int] = {}
    for each in chain.from_iterable(map(records.mentioning, ('"person:', '"confidence:'))):
        for commitment in _KEPT_FOR.findall(each.body):
            named.setdefault(commitment.decode(), each.position)
    return named


def _erasures(records: RecordStore) -> Iterator[Sealed]:
    told = records.mentioning(f'"{EventKind.PERSONAL_DATA_ERASED}"')
    return (each for each in told if each.event.kind is EventKind.PERSONAL_DATA_ERASED)


def _opens(person: Person) -> bool:
    return len(person.salt) == SALT_BYTES and commit(person.data, person.salt) == person.commitment


def _decided(sealed: Sealed) -> tuple[object, ...]:
    details = sealed.event.details
    subject = details.get(_SUBJECT.get(sealed.event.kind, ""))
    return sealed.event.kind, str(subject), details.get("proposed_by"), sealed.event.by


def _approved(stores: RecordkeepingStores) -> Iterator[tuple[Proposal, Decision]]:
    before = 0
    while page := stores.proposals.decided(before=before, limit=_AT_ONCE):
        yield from (each for each in page if each[1].approved)
        before = page[-1][0].id
