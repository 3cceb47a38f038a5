import tomllib
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files

from tracemark.kernel import Citation, cite


class EventKind(StrEnum):
    """The closed list of what can happen to a weapon; `kinds.toml` says what each asks."""

    MANUFACTURED = "manufactured"
    IMPORTED = "imported"
    REGISTERED = "registered"
    MARKED = "marked"
    INSPECTED = "inspected"
    EXPORTED = "exported"
    SHIPPED = "shipped"
    RECEIVED = "received"
    TRANSFERRED = "transferred"
    ISSUED = "issued"
    RETURNED = "returned"
    STORED = "stored"
    COUNTED = "counted"
    REPAIRED = "repaired"
    REASSEMBLED = "reassembled"
    CONVERTED = "converted"
    LOST = "lost"
    STOLEN = "stolen"
    SEIZED = "seized"
    FOUND = "found"
    SURRENDERED = "surrendered"
    RETAINED = "retained"
    RELEASED = "released"
    DECLARED_SURPLUS = "declared_surplus"
    DEACTIVATED = "deactivated"
    REACTIVATED = "reactivated"
    DESTROYED = "destroyed"
    TRACE_REQUESTED = "trace_requested"
    IDENTIFIED = "identified"
    JUDGED = "judged"
    TRACE_ANSWERED = "trace_answered"
    CORRECTED = "corrected"
    NUMBERS_ALLOCATED = "numbers_allocated"
    NUMBERS_USED = "numbers_used"
    NUMBERS_CLOSED = "numbers_closed"
    RECORDS_TAKEN_OVER = "records_taken_over"
    KEY_CHANGED = "key_changed"
    PERSONAL_DATA_ERASED = "personal_data_erased"
    WEIGHTS_ADOPTED = "weights_adopted"
    SITE_LISTED = "site_listed"
    SITE_CLOSED = "site_closed"
    LICENCE_DRAFTED = "licence_drafted"
    LICENCE_ASSESSED = "licence_assessed"
    LICENCE_ADVISED = "licence_advised"
    LICENCE_APPROVED = "licence_approved"
    LICENCE_REFUSED = "licence_refused"
    LICENCE_ISSUED = "licence_issued"
    LICENCE_REVOKED = "licence_revoked"
    LICENCE_CLOSED = "licence_closed"
    LICENCE_REVISED = "licence_revised"
    LICENCE_NOTIFIED = "licence_notified"
    LICENCE_ANSWERED = "licence_answered"
    LICENCE_SHARED = "licence_shared"
    CERTIFICATE_DRAFTED = "certificate_drafted"
    CERTIFICATE_REVISED = "certificate_revised"
    CERTIFICATE_ISSUED = "certificate_issued"
    CERTIFICATE_REVOKED = "certificate_revoked"
    CERTIFICATE_USED = "certificate_used"
    CERTIFICATE_PRESENTED = "certificate_presented"
    CONSIGNMENT_OPENED = "consignment_opened"
    CONSIGNMENT_PACKED = "consignment_packed"
    CONSIGNMENT_SHIPPED = "consignment_shipped"
    CONSIGNMENT_PASSED = "consignment_passed"
    CONSIGNMENT_RECEIVED = "consignment_received"
    CONSIGNMENT_MIRRORED = "consignment_mirrored"
    CONSIGNMENT_VERIFIED = "consignment_verified"
    CONSIGNMENT_VISITED = "consignment_visited"
    CONSIGNMENT_CLOSED = "consignment_closed"
    CONSIGNMENT_CANCELLED = "consignment_cancelled"
    PARTY_LISTED = "party_listed"
    PARTY_DELISTED = "party_delisted"
    EMBARGO_DECLARED = "embargo_declared"
    EMBARGO_LIFTED = "embargo_lifted"
    SITE_REVISED = "site_revised"
    SITE_COUNTED = "site_counted"
    COUNT_OPENED = "count_opened"
    COUNT_ENTERED = "count_entered"
    COUNT_CLOSED = "count_closed"
    COUNT_CANCELLED = "count_cancelled"
    INVESTIGATION_OPENED = "investigation_opened"
    INVESTIGATION_NOTED = "investigation_noted"
    INVESTIGATION_CLOSED = "investigation_closed"
    DESTRUCTION_PLANNED = "destruction_planned"
    DESTRUCTION_APPROVED = "destruction_approved"
    DESTRUCTION_REFUSED = "destruction_refused"
    DESTRUCTION_WITHDRAWN = "destruction_withdrawn"
    DESTRUCTION_CARRIED_OUT = "destruction_carried_out"
    DESTRUCTION_WITNESSED = "destruction_witnessed"
    DESTRUCTION_CERTIFIED = "destruction_certified"
    LOT_RECEIVED = "lot_received"
    LOT_ADDED = "lot_added"
    LOT_ISSUED = "lot_issued"
    LOT_RETURNED = "lot_returned"
    LOT_COUNTED = "lot_counted"
    LOT_EXPENDED = "lot_expended"
    LOT_DESTROYED = "lot_destroyed"
    SIGNAL_RAISED = "signal_raised"
    SIGNAL_MERGED = "signal_merged"
    SIGNAL_DISMISSED = "signal_dismissed"
    SIGNAL_ESCALATED = "signal_escalated"
    SIGNAL_CONFIRMED = "signal_confirmed"
    SIGNAL_SHARED = "signal_shared"
    DIVERSION_ESTABLISHED = "diversion_established"
    PUBLICATION_PROPOSED = "publication_proposed"
    PUBLICATION_APPROVED = "publication_approved"
    PUBLICATION_DECLINED = "publication_declined"
    PUBLICATION_WITHDRAWN = "publication_withdrawn"
    TARGET_SET = "target_set"
    TARGET_OBSERVED = "target_observed"
    TARGET_REVISED = "target_revised"
    TARGET_MET = "target_met"
    TARGET_MISSED = "target_missed"
    TARGET_CLOSED = "target_closed"
    PLAN_ADOPTED = "plan_adopted"
    PLAN_ACTIVITY_SET = "plan_activity_set"
    PLAN_ACTIVITY_REPORTED = "plan_activity_reported"
    PLAN_KPI_SET = "plan_kpi_set"
    PLAN_KPI_REPORTED = "plan_kpi_reported"
    PLAN_CLOSED = "plan_closed"
    REPORT_DRAFTED = "report_drafted"
    REPORT_ANSWERED = "report_answered"
    REPORT_SECTION_ASSIGNED = "report_section_assigned"
    REPORT_COMMENTED = "report_commented"
    REPORT_SIGNED_OFF = "report_signed_off"
    REPORT_SUBMITTED = "report_submitted"
    REPORT_PUBLISHED = "report_published"
    REPORT_WITHDRAWN = "report_withdrawn"
    STATISTICS_STATED = "statistics_stated"
    STATISTICS_RESTATED = "statistics_restated"
    STATISTICS_WITHDRAWN = "statistics_withdrawn"
    REPORT_PUBLICATION_PROPOSED = "report_publication_proposed"
    REPORT_TAKEN_BACK = "report_taken_back"
    CONTRIBUTION_RECEIVED = "contribution_received"
    CONTRIBUTION_ACCEPTED = "contribution_accepted"
    CONTRIBUTION_REFUSED = "contribution_refused"
    CONTRIBUTION_ANSWERED = "contribution_answered"
    CONTRIBUTION_WITHDRAWN = "contribution_withdrawn"
    ALARM_SOUNDED = "alarm_sounded"
    ALARM_EXPLAINED = "alarm_explained"
    TAG_KEY_OPENED = "tag_key_opened"
    PEER_PROPOSED = "peer_proposed"
    PEER_LISTED = "peer_listed"
    PEER_DECLINED = "peer_declined"
    PEER_CHANGED = "peer_changed"
    PEER_CONFIRMED = "peer_confirmed"
    PEER_KEY_ROTATED = "peer_key_rotated"
    PEER_KEY_REVOKED = "peer_key_revoked"
    PEER_KEY_PROPOSED = "peer_key_proposed"
    REQUEST_DRAFTED = "request_drafted"
    REQUEST_SENT = "request_sent"
    REQUEST_ACKNOWLEDGED = "request_acknowledged"
    REQUEST_RETURNED = "request_returned"
    REQUEST_SUPPLIED = "request_supplied"
    REQUEST_REMINDED = "request_reminded"
    REQUEST_ANSWERED = "request_answered"
    REQUEST_CLARIFIED = "request_clarified"
    REQUEST_NOTED = "request_noted"
    REQUEST_CLOSED = "request_closed"
    REQUEST_WITHDRAWN = "request_withdrawn"
    INQUIRY_RECEIVED = "inquiry_received"
    INQUIRY_ACKNOWLEDGED = "inquiry_acknowledged"
    INQUIRY_RETURNED = "inquiry_returned"
    INQUIRY_SUPPLIED = "inquiry_supplied"
    INQUIRY_REMINDED = "inquiry_reminded"
    INQUIRY_JUDGED = "inquiry_judged"
    INQUIRY_ANSWERED = "inquiry_answered"
    INQUIRY_CLARIFIED = "inquiry_clarified"
    INQUIRY_NOTED = "inquiry_noted"
    INQUIRY_CLOSED = "inquiry_closed"
    TRACE_DIRECTED = "trace_directed"
    TRACE_HEARD = "trace_heard"
    TRACE_SOUGHT = "trace_sought"
    PRACTICE_DRAFTED = "practice_drafted"
    PRACTICE_REVISED = "practice_revised"
    PRACTICE_REVIEWED = "practice_reviewed"
    PRACTICE_RETURNED = "practice_returned"
    PRACTICE_PUBLISHED = "practice_published"
    PRACTICE_TRIED = "practice_tried"
    PRACTICE_WITHDRAWN = "practice_withdrawn"
    MEETING_DOSSIER_KEPT = "meeting_dossier_kept"
    MEETING_DOSSIER_WITHDRAWN = "meeting_dossier_withdrawn"
    MEETING_PROPOSAL_RECORDED = "meeting_proposal_recorded"
    MEETING_PROPOSAL_REVISED = "meeting_proposal_revised"
    MEETING_POSITION_NOTED = "meeting_position_noted"
    MEETING_PROPOSAL_SETTLED = "meeting_proposal_settled"
    FUND_OPENED = "fund_opened"
    FUND_REVISED = "fund_revised"
    FUND_CLOSED = "fund_closed"
    COHORT_CALLED = "cohort_called"
    COHORT_CONFLICT_DECLARED = "cohort_conflict_declared"
    COHORT_APPROVAL_RECUSED = "cohort_approval_recused"
    COHORT_SELECTION_PROPOSED = "cohort_selection_proposed"
    COHORT_SELECTION_RETURNED = "cohort_selection_returned"
    COHORT_SELECTION_DECIDED = "cohort_selection_decided"
    COHORT_MODULE_HELD = "cohort_module_held"
    COHORT_COST_BOOKED = "cohort_cost_booked"
    COHORT_COMPLETED = "cohort_completed"
    COHORT_CANCELLED = "cohort_cancelled"
    NOMINATION_RECEIVED = "nomination_received"
    NOMINATION_WITHDRAWN = "nomination_withdrawn"
    NOMINATION_SELECTED = "nomination_selected"
    NOMINATION_WAITLISTED = "nomination_waitlisted"
    NOMINATION_DECLINED = "nomination_declined"
    NOMINATION_CERTIFIED = "nomination_certified"
    NOMINATION_FOLLOWED_UP = "nomination_followed_up"
    INQUIRY_ATTESTED = "inquiry_attested"
    LOST_LIST_SHARED = "lost_list_shared"
    LOST_LIST_KEPT = "lost_list_kept"
    LOST_LIST_HIT = "lost_list_hit"


class Status(StrEnum):
    """Where a weapon stands in its life."""

    UNRECORDED = "unrecorded"
    HELD = "held"
    ISSUED = "issued"
    IN_TRANSIT = "in_transit"
    ABROAD = "abroad"
    LOST = "lost"
    STOLEN = "stolen"
    IN_CUSTODY = "in_custody"
    DEACTIVATED = "deactivated"
    DESTROYED = "destroyed"
    IDENTIFIED = "identified"


@dataclass(frozen=True, slots=True)
class KindTerms:
    """What an event of one kind asks: its paragraph, its details, who writes it, and when it may happen.

    `to` is None where the status stays. `retention` is `manufacture` or `other`, as ITI 12 divides records. A kind that
    is `always` recorded is flagged, not refused, where the weapon's history makes it impossible; one with an
    `own_action` is never written as a plain event. An event of a `dossier`, which is named by its kind, `follows` one
    of these standings of it (any where there are none) and `leads_to` another ("": unchanged).
    """

    kind: EventKind
    source: Citation
    permission: str
    requires: frozenset[str]
    may: frozenset[str]
    after: frozenset[Status]
    to: Status | None
    lawful: bool
    retention: str
    stage: str
    first: bool = False
    always: bool = False
    concerns_no_weapon: bool = False
    own_action: bool = False
    dossier: str = ""
    follows: frozenset[str] = frozenset()
    leads_to: str = ""


@cache
def event_kinds() -> dict[EventKind, KindTerms]:
    """Every kind of event, in the order of a weapon's life."""
    text = (files("tracemark.recordkeeping") / "kinds.toml").read_text("utf-8")
    return {EventKind(name): _terms(EventKind(name), entry) for name, entry in tomllib.loads(text).items()}


def _terms(kind: EventKind, entry: dict[str, object]) -> KindTerms:
    terms = dict(entry)
    lists = {name: frozenset(terms.pop(name, ())) for name in ("requires", "may")}  # type: ignore[call-overload]
    after, to = frozenset(terms.pop("after")), terms.pop("to", None)  # type: ignore[call-overload]
    if "dossier" in terms:
        terms |= {"follows": after, "leads_to": to or ""}
        after, to = frozenset(), None
    after = frozenset(map(Status, after))
    source = cite(str(terms.pop("source")))
    return KindTerms(kind=kind, source=source, after=after, to=Status(to) if to else None, **lists, **terms)  # type: ignore[arg-type]
