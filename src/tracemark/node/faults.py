"""What verification finds beside the sealed rows: what is drawn from them, what lies beside, what was decided."""

from collections.abc import Iterator

from tracemark import authorities, recordkeeping
from tracemark.node.ports import Stores
from tracemark.recordkeeping import Fault, FaultKind, Verification
from tracemark.storage import Files
from tracemark.weapons import weapon_text


def drawn_faults(stores: Stores) -> Iterator[Fault]:
    """Name what is drawn from the record and says other than it: weapons, trace cases, blocks of numbers, dossiers."""
    for weapon, last in stores.register.differing():
        yield Fault(last, FaultKind.REGISTER_DIFFERS, place=weapon_text(weapon))
    for case, opened in stores.cases.differing():
        yield Fault(opened, FaultKind.CASE_DIFFERS, place=case)
    yield from map(_number_fault, stores.numbers.differing())
    for name in stores.dossiers.differing():
        yield Fault(None, FaultKind.DOSSIER_DIFFERS, place=name)


def decided_faults(stores: Stores) -> Iterator[Fault]:
    """Name personal data and decisions that are other than the record tells, of a record that stands as sealed."""
    yield from recordkeeping.person_faults(stores)
    yield from recordkeeping.decision_faults(stores)


def beside_faults(found: Verification, stores: Stores) -> Iterator[Fault]:
    """Name what tells, beside the record, of an end that is gone; and where the list of account changes is broken."""
    yield from recordkeeping.end_faults(max(found.events, found.head.size if found.head else 0), stores)
    broken = authorities.first_broken(stores.changes.all())
    if broken is not None:
        yield Fault(None, FaultKind.CHANGES_BROKEN, place=str(broken))


def photo_faults(stores: Stores, photos: Files) -> Iterator[Fault]:
    """Name each picture that an event tells of and that is not beside the register, or is another by now."""
    for sealed in stores.records.mentioning('"photo'):
        for fingerprint in recordkeeping.photos_of(sealed.event):
            try:
                altered = photos.altered(fingerprint)
            except KeyError:
                yield Fault(sealed.position, FaultKind.FILE_MISSING, place=fingerprint)
            else:
                if altered:
                    yield Fault(sealed.position, FaultKind.FILE_CHANGED, place=fingerprint)


def _number_fault(block: recordkeeping.NumberBlock) -> Fault:
    kind = FaultKind.NUMBERS_UNSEALED if block.allocated is None else FaultKind.NUMBERS_DIFFER
    return Fault(block.allocated, kind, place=block.block.scheme.write(block.block.first))
