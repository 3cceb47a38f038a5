"""The life-cycle record: append-only, sealed in a transparency log, kept for the years the ITI asks.

Source: ITI 11-13.
"""

from tracemark.recordkeeping.actions import EventRefused, Recorded, append, record_events
from tracemark.recordkeeping.bulk import LifeChecker, append_new
from tracemark.recordkeeping.chains import RECOVERIES, Custody, custody
from tracemark.recordkeeping.checkpoints import Checkpoint, NotACheckpoint, sign_checkpoint
from tracemark.recordkeeping.corrections import (
    Correction,
    CorrectionRefused,
    approve_correction,
    propose_correction,
    reject_proposal,
)
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
    RegisterFilter,
    RegisterStore,
)
from tracemark.recordkeeping.queries import WeaponRecord, reads_of_person, register_page, weapon_record
from tracemark.recordkeeping.retention import Floor, below_floor, floors, keep_until
from tracemark.recordkeeping.tiles import Tile, TileSource, grow
from tracemark.recordkeeping.trees import Frontier
from tracemark.recordkeeping.verification import Row, Verification, verify_log

__all__ = [
    "RECOVERIES",
    "AgencyStore",
    "Checkpoint",
    "Correction",
    "CorrectionRefused",
    "Custody",
    "Decision",
    "ErasureRefused",
    "Event",
    "EventKind",
    "EventRefused",
    "Floor",
    "Frontier",
    "KindTerms",
    "LifeChecker",
    "NotACheckpoint",
    "PersonStore",
    "Proposal",
    "ProposalStore",
    "ReadLog",
    "RecordStore",
    "Recorded",
    "RecordkeepingStores",
    "RegisterFilter",
    "RegisterStore",
    "Row",
    "Sealed",
    "Status",
    "Step",
    "Tile",
    "TileSource",
    "Verification",
    "WeaponRecord",
    "WeaponState",
    "append",
    "append_new",
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
    "grow",
    "keep_person",
    "keep_until",
    "person_holder",
    "propose_correction",
    "propose_erasure",
    "read_event",
    "read_person",
    "reads_of_person",
    "record_events",
    "refusals",
    "register_page",
    "reject_proposal",
    "seal_event",
    "sign_checkpoint",
    "steps",
    "verify_log",
    "weapon_record",
]
