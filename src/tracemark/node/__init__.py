"""A national node: the rooms with their stores, keys and clock plugged in, and how one is opened."""

from tracemark.diversion import RuleFailed
from tracemark.exchange import (
    KeyUnusable,
    SdmxForm,
    SignedRequest,
    open_card,
    open_rotation,
    require_file,
    sign_rotation,
)
from tracemark.node.aid import AidFileRead, aid_file, follow_aid, handed_in, keep_series_file, read_aid
from tracemark.node.answer_proofs import proof_keys, send_proofs
from tracemark.node.assisting import (
    GRANT_STEPS,
    PROGRAMME_STEPS,
    REQUEST_STEPS,
    StepSaid,
    StepToTake,
    steps_of,
    take_assistance_step,
)
from tracemark.node.callers import address_of
from tracemark.node.campaigning import count_campaign, return_and_count, shown_by_record
from tracemark.node.certificates import check_certificate, check_fellow, presented
from tracemark.node.detecting import agencies_in, detect_signals, raise_found
from tracemark.node.exchanging import (
    INBOX,
    INCOMING,
    Arrived,
    Carrier,
    Incoming,
    LetterRefused,
    Sent,
    answer_request,
    note_receipt,
    receive,
    receive_request,
    require_caller,
    seal_posted,
    send_waiting,
)
from tracemark.node.exporting import HeadMissing, SnapshotForeign, export_parquet
from tracemark.node.fairness import CONTRIBUTIONS_AN_HOUR, RECEIPTS_AN_HOUR, too_often
from tracemark.node.figures import drawing, drawing_from, figure_file, published_structure
from tracemark.node.freshness import ask_contact, ask_stale, own_card, peer_actor, signed_card, successor
from tracemark.node.helping import share_request
from tracemark.node.indicators import indicator_file, measure_indicator
from tracemark.node.item_files import item_lines
from tracemark.node.letter_files import carries_letters, take_letters, write_letters
from tracemark.node.letterbox import Letterbox
from tracemark.node.levels import member_states, share_figures, share_report, told_reports, told_tables
from tracemark.node.linking import (
    Engine,
    Linked,
    ListSide,
    RegisterSide,
    Side,
    link_sides,
)
from tracemark.node.lost_lists import import_lost_list, look_for_lost, share_lost_list
from tracemark.node.nodes import Node
from tracemark.node.nominating import nominate_elsewhere, tell_nominations, withdraw_elsewhere
from tracemark.node.notices import verify_notice
from tracemark.node.observing import draw_observations
from tracemark.node.opening import (
    NodeUnusable,
    RegisterMissing,
    calendar_of_state,
    node_of_nothing,
    open_node,
    terms_of_state,
    this_node,
    trouble_of,
)
from tracemark.node.outcomes import Proof, RecordDoubtful, Redrawn
from tracemark.node.papers import MeetingFile, PlanFile, PracticeFile, ReportFile
from tracemark.node.ports import Stores, SystemClock
from tracemark.node.practices import (
    mark_durability,
    practice_document,
    practice_library,
    share_practice,
    told_practices,
)
from tracemark.node.publicity import data_licence, is_public, takes_contributions, takes_tips
from tracemark.node.questioning import PrivateAnswer, QuestionFailed
from tracemark.node.reviewing import live_numbers, meeting_dossier, undertaking_statuses
from tracemark.node.rotations import Announced, announce_key, announced_key, take_up_key
from tracemark.node.shared_notices import (
    ToldNotice,
    send_notice,
    send_notices,
    sent_notices,
    told_embargoes,
    told_hits,
    told_least,
    told_notices,
)
from tracemark.node.stating import state_file, state_table
from tracemark.node.tipping import TipKeyMisplaced
from tracemark.node.traces import judge_for_inquiry, search_for_inquiry
from tracemark.node.weights import OwnWeights
from tracemark.node.witnessing import Contact, Watched, verify_carried
from tracemark.storage import Exported, SnapshotDamaged, SparkMissing

__all__ = [
    "CONTRIBUTIONS_AN_HOUR",
    "GRANT_STEPS",
    "INBOX",
    "INCOMING",
    "PROGRAMME_STEPS",
    "RECEIPTS_AN_HOUR",
    "REQUEST_STEPS",
    "AidFileRead",
    "Announced",
    "Arrived",
    "Carrier",
    "Contact",
    "Engine",
    "Exported",
    "HeadMissing",
    "Incoming",
    "KeyUnusable",
    "LetterRefused",
    "Letterbox",
    "Linked",
    "ListSide",
    "MeetingFile",
    "Node",
    "NodeUnusable",
    "OwnWeights",
    "PlanFile",
    "PracticeFile",
    "PrivateAnswer",
    "Proof",
    "QuestionFailed",
    "RecordDoubtful",
    "Redrawn",
    "RegisterMissing",
    "RegisterSide",
    "ReportFile",
    "RuleFailed",
    "SdmxForm",
    "Sent",
    "Side",
    "SignedRequest",
    "SnapshotDamaged",
    "SnapshotForeign",
    "SparkMissing",
    "StepSaid",
    "StepToTake",
    "Stores",
    "SystemClock",
    "TipKeyMisplaced",
    "ToldNotice",
    "Watched",
    "address_of",
    "agencies_in",
    "aid_file",
    "announce_key",
    "announced_key",
    "answer_request",
    "ask_contact",
    "ask_stale",
    "calendar_of_state",
    "carries_letters",
    "check_certificate",
    "check_fellow",
    "count_campaign",
    "data_licence",
    "detect_signals",
    "draw_observations",
    "drawing",
    "drawing_from",
    "export_parquet",
    "figure_file",
    "follow_aid",
    "handed_in",
    "import_lost_list",
    "indicator_file",
    "is_public",
    "item_lines",
    "judge_for_inquiry",
    "keep_series_file",
    "link_sides",
    "live_numbers",
    "look_for_lost",
    "mark_durability",
    "measure_indicator",
    "meeting_dossier",
    "member_states",
    "node_of_nothing",
    "nominate_elsewhere",
    "note_receipt",
    "open_card",
    "open_node",
    "open_rotation",
    "own_card",
    "peer_actor",
    "practice_document",
    "practice_library",
    "presented",
    "proof_keys",
    "published_structure",
    "raise_found",
    "read_aid",
    "receive",
    "receive_request",
    "require_caller",
    "require_file",
    "return_and_count",
    "seal_posted",
    "search_for_inquiry",
    "send_notice",
    "send_notices",
    "send_proofs",
    "send_waiting",
    "sent_notices",
    "share_figures",
    "share_lost_list",
    "share_practice",
    "share_report",
    "share_request",
    "shown_by_record",
    "sign_rotation",
    "signed_card",
    "state_file",
    "state_table",
    "steps_of",
    "successor",
    "take_assistance_step",
    "take_letters",
    "take_up_key",
    "takes_contributions",
    "takes_tips",
    "tell_nominations",
    "terms_of_state",
    "this_node",
    "told_embargoes",
    "told_hits",
    "told_least",
    "told_notices",
    "told_practices",
    "told_reports",
    "told_tables",
    "too_often",
    "trouble_of",
    "undertaking_statuses",
    "verify_carried",
    "verify_notice",
    "withdraw_elsewhere",
    "write_letters",
]
