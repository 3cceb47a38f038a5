"""The life-cycle record: append-only, sealed in a transparency log, kept for the years the ITI asks.

Blocks of serial numbers are allocated, used and closed here, as sealed events. Source: ITI 8(a), ITI 11-13.
"""

from tracemark.recordkeeping.actions import (
    EventRefused,
    Recorded,
    append,
    append_step,
    enter_weapon,
    record_events,
    require_step,
    require_writable,
)
from tracemark.recordkeeping.allocations import allocate_block, close_block, note_used, reserve_numbers, seal_blocks
from tracemark.recordkeeping.amendments import Amendment, amendments_of, changed_details
from tracemark.recordkeeping.assemblies import Examination, Inspection, Tangle, assembly_findings, examined
from tracemark.recordkeeping.beside import decision_faults, end_faults, person_faults
from tracemark.recordkeeping.bulk import LifeChecker, append_new, no_search_for_cycles
from tracemark.recordkeeping.chains import RECOVERIES, Custody, custody
from tracemark.recordkeeping.checkpoints import (
    COSIGNATURE,
    Attested,
    Checkpoint,
    NotACheckpoint,
    Note,
    Signature,
    SignatureRefused,
    VerifierKey,
    cosign_checkpoint,
    parse_signatures,
    sign_checkpoint,
    verify_checkpoint,
    verify_note,
)
from tracemark.recordkeeping.columns import RecordColumn, RecordTable, columnar_version, record_tables
from tracemark.recordkeeping.compact import CompactFile, read_compact, sign_compact
from tracemark.recordkeeping.comparison import Fault, FaultKind
from tracemark.recordkeeping.confidences import (
    compare_confidence,
    confidence_commitment,
    confidence_reads,
    keep_confidence,
    open_confidence,
)
from tracemark.recordkeeping.corrections import (
    Correction,
    CorrectionRefused,
    RejectionUnexplained,
    approve_correction,
    propose_correction,
    reject_proposal,
    undecided,
)
from tracemark.recordkeeping.dossiers import (
    DOSSIER_DETAILS,
    Dossier,
    DossierStore,
    dossier_name,
    dossier_prefixes,
    dossier_step,
    dossiers_named,
    fold_dossiers,
    fold_steps,
    own_events,
)
from tracemark.recordkeeping.erasures import PersonStanding, Stake, person_standing
from tracemark.recordkeeping.events import Event, Sealed, photos_of, read_event, seal_event
from tracemark.recordkeeping.history import WeaponState, apply, component_of_plain, component_plain, current, fold
from tracemark.recordkeeping.holders import (
    HOLDER_DETAILS,
    PRIVATE,
    SALT_BYTES,
    Person,
    commit,
    draw_person,
    holders_in,
    is_known_holder,
    organisation_holder,
    person_commitment,
    person_holder,
    unknown_holders,
)
from tracemark.recordkeeping.kinds import EventKind, KindTerms, Status, event_kinds
from tracemark.recordkeeping.lifecycle import Step, check_event, refusals, steps
from tracemark.recordkeeping.numbers import NUMBER_KINDS, NumberBlock, blocks_of, differing_blocks, redrawn_blocks
from tracemark.recordkeeping.origins import OriginRefused, change_key, keys_in_turn, require_origin
from tracemark.recordkeeping.pages import (
    DossierFilter,
    Page,
    dossier_page,
    dossier_standings,
    every_dossier,
    every_folded,
)
from tracemark.recordkeeping.persons import (
    ErasureRefused,
    PersonDataChanged,
    approve_erasure,
    keep_person,
    open_person,
    propose_erasure,
    put_erasure_forward,
    read_person,
)
from tracemark.recordkeeping.ports import (
    AgencyStore,
    Decision,
    EventFilter,
    NumberStore,
    PersonStore,
    Proposal,
    ProposalStore,
    ReadLog,
    RecordkeepingStores,
    RecordStore,
    Reference,
    RegisterFilter,
    RegisterStore,
    VerificationLog,
    Verified,
)
from tracemark.recordkeeping.proofs import CarriedProof, Proved, verify_proof
from tracemark.recordkeeping.proposals import (
    PROPOSAL_DECIDERS,
    PROPOSAL_READERS,
    PROPOSAL_READERS_OF_ALL,
    ProposalRecord,
    approve_proposal,
    corrections_waiting,
    decided_proposals,
    open_proposals,
    proposal,
)
from tracemark.recordkeeping.queries import (
    EventPage,
    WeaponRecord,
    event_at,
    event_page,
    newest_heads,
    newest_reads,
    newest_verifications,
    note_verification,
    persons_named,
    reads_of_person,
    record_naming,
    register_page,
    search_events,
    weapon_record,
)
from tracemark.recordkeeping.retention import (
    Floor,
    Kept,
    Term,
    TermsRefused,
    below_floor,
    floor_of,
    floors,
    keep_until,
    kept,
    read_terms,
    retention_of,
)
from tracemark.recordkeeping.seizures import Breach, TakenFrom
from tracemark.recordkeeping.signed_files import SignedFile, VerifySignature, read_file, sign_file
from tracemark.recordkeeping.soundings import AlarmRefused, AlarmStanding, alarms, explain_alarm, sound_alarm
from tracemark.recordkeeping.takeovers import TakeOverRefused, take_over_records
from tracemark.recordkeeping.tiles import (
    Tile,
    TileHashes,
    TileSource,
    grow,
    partial_tiles,
    read_path,
    tile_path,
)
from tracemark.recordkeeping.trees import (
    HASH_BYTES,
    TILE_WIDTH,
    Frontier,
    ProofRefused,
    consistency_proof,
    inclusion_proof,
    leaf_hash,
    leaf_hashes,
    root_at,
    verify_consistency,
    verify_inclusion,
)
from tracemark.recordkeeping.verification import LINE_BREAK, Found, Rows, Verification, find, verify_log
from tracemark.recordkeeping.witnessing import (
    AlarmKind,
    Cosigned,
    HeadRefused,
    Neighbour,
    Refusal,
    SeenHead,
    Submission,
    alarm_of,
    check_submission,
    origin_hash,
    quorum,
)

__all__ = [
    "COSIGNATURE", "DOSSIER_DETAILS", "HASH_BYTES", "HOLDER_DETAILS", "LINE_BREAK", "NUMBER_KINDS", "PRIVATE",
    "PROPOSAL_DECIDERS", "PROPOSAL_READERS", "PROPOSAL_READERS_OF_ALL", "RECOVERIES", "SALT_BYTES", "TILE_WIDTH",
    "AgencyStore", "AlarmKind", "AlarmRefused", "AlarmStanding", "Amendment", "Attested", "Breach",
    "CarriedProof", "Checkpoint", "CompactFile", "Correction", "CorrectionRefused", "Cosigned", "Custody", "Decision",
    "Dossier", "DossierFilter", "DossierStore", "ErasureRefused", "Event", "EventFilter", "EventKind",
    "EventPage", "EventRefused", "Examination", "Fault", "FaultKind", "Floor", "Found", "Frontier", "HeadRefused",
    "Inspection", "Kept", "KindTerms", "LifeChecker", "Neighbour", "NotACheckpoint", "Note", "NumberBlock",
    "NumberStore", "OriginRefused", "Page", "Person", "PersonDataChanged", "PersonStanding", "PersonStore",
    "ProofRefused", "Proposal", "ProposalRecord", "ProposalStore", "Proved", "ReadLog", "RecordColumn",
    "RecordStore", "RecordTable", "Recorded", "RecordkeepingStores", "Reference", "Refusal", "RegisterFilter",
    "RegisterStore", "RejectionUnexplained", "Rows", "Sealed", "SeenHead", "Signature", "SignatureRefused",
    "SignedFile", "Stake", "Status", "Step", "Submission", "TakeOverRefused", "TakenFrom", "Tangle", "Term",
    "TermsRefused", "Tile", "TileHashes", "TileSource", "Verification", "VerificationLog", "Verified",
    "VerifierKey", "VerifySignature", "WeaponRecord", "WeaponState", "alarm_of", "alarms", "allocate_block",
    "amendments_of", "append", "append_new", "append_step", "apply", "approve_correction", "approve_erasure",
    "approve_proposal",
    "assembly_findings", "below_floor", "blocks_of", "change_key", "changed_details", "check_event",
    "check_submission", "close_block", "columnar_version", "commit", "compare_confidence", "component_of_plain",
    "component_plain",
    "confidence_commitment", "confidence_reads", "consistency_proof", "corrections_waiting", "cosign_checkpoint",
    "current", "custody", "decided_proposals", "decision_faults", "differing_blocks", "dossier_name",
    "dossier_page", "dossier_prefixes", "dossier_standings", "dossier_step", "dossiers_named", "draw_person",
    "end_faults", "enter_weapon", "event_at", "event_kinds", "event_page", "every_dossier", "every_folded", "examined",
    "explain_alarm", "find", "floor_of", "floors", "fold", "fold_dossiers", "fold_steps", "grow", "holders_in",
    "inclusion_proof", "is_known_holder", "keep_confidence", "keep_person", "keep_until", "kept", "keys_in_turn",
    "leaf_hash", "leaf_hashes", "newest_heads", "newest_reads", "newest_verifications", "no_search_for_cycles",
    "note_used", "note_verification", "open_confidence", "open_person", "open_proposals", "organisation_holder",
    "origin_hash", "own_events", "parse_signatures", "partial_tiles", "person_commitment", "person_faults",
    "person_holder", "person_standing", "persons_named", "photos_of", "proposal", "propose_correction",
    "propose_erasure", "put_erasure_forward", "quorum", "read_compact", "read_event", "read_file", "read_path",
    "read_person", "read_terms", "reads_of_person", "record_events", "record_naming", "record_tables", "redrawn_blocks",
    "refusals", "register_page", "reject_proposal", "require_origin", "require_step", "require_writable",
    "reserve_numbers", "retention_of", "root_at", "seal_blocks", "seal_event", "search_events", "sign_checkpoint",
    "sign_compact", "sign_file", "sound_alarm", "steps", "take_over_records", "tile_path", "undecided",
    "unknown_holders", "verify_checkpoint", "verify_consistency", "verify_inclusion", "verify_log", "verify_note",
    "verify_proof", "weapon_record",
]  # fmt: skip
