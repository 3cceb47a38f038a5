"""The life-cycle record: append-only, sealed in a transparency log, kept for the years the ITI asks.

Source: ITI 11-13.
"""

from tracemark.recordkeeping.actions import EventRefused, Recorded, append, record_events
from tracemark.recordkeeping.corrections import (
    Correction,
    CorrectionRefused,
    approve_correction,
    propose_correction,
    reject_proposal,
)
from tracemark.recordkeeping.custody import RECOVERIES, Custody, custody
from tracemark.recordkeeping.events import Event, Sealed, read_event, seal_event
from tracemark.recordkeeping.history import WeaponState, apply, component_of_plain, component_plain, current, fold
from tracemark.recordkeeping.kinds import EventKind, KindTerms, Status, event_kinds
from tracemark.recordkeeping.lifecycle import Step, check_event, refusals, steps
from tracemark.recordkeeping.persons import (
    ErasureRefused,
    approve_erasure,
    commit,
    keep_person,
    person_holder,
    propose_erasure,
    read_person,
)
from tracemark.recordkeeping.ports import (
    AgencyStore,
    Decision,
    PersonStore,
    Proposal,
    ProposalStore,
    ReadLog,
    RecordkeepingStores,
    RecordStore,
    RegisterStore,
)
from tracemark.recordkeeping.queries import WeaponRecord, weapon_record
from tracemark.recordkeeping.retention import Floor, below_floor, floors, keep_until

__all__ = [
    "RECOVERIES",
    "AgencyStore",
    "Correction",
    "CorrectionRefused",
    "Custody",
    "Decision",
    "ErasureRefused",
    "Event",
    "EventKind",
    "EventRefused",
    "Floor",
    "KindTerms",
    "PersonStore",
    "Proposal",
    "ProposalStore",
    "ReadLog",
    "RecordStore",
    "Recorded",
    "RecordkeepingStores",
    "RegisterStore",
    "Sealed",
    "Status",
    "Step",
    "WeaponRecord",
    "WeaponState",
    "append",
    "apply",
    "approve_correction",
    "approve_erasure",
    "below_floor",
    "check_event",
    "commit",
    "component_of_plain",
    "component_plain",
    "current",
    "custody",
    "event_kinds",
    "floors",
    "fold",
    "keep_person",
    "keep_until",
    "person_holder",
    "propose_correction",
    "propose_erasure",
    "read_event",
    "read_person",
    "record_events",
    "refusals",
    "reject_proposal",
    "seal_event",
    "steps",
    "weapon_record",
]
