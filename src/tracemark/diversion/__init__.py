"""Signals of diversion in the record: patterns that rules find, each with its evidence and its innocent reading.

Each rule is one query in `rules/`, over the tables of `recordkeeping.record_tables`. Source: BMS7 DIV.1, PoA II.17.
"""

from tracemark.diversion.actions import (
    Found,
    Raised,
    confirm_signal,
    dismiss_signal,
    escalate_signal,
    establish_diversion,
    merge_signal,
    raise_signals,
    share_signal,
)
from tracemark.diversion.batches import Batch, batches_in, batches_of, looks_at
from tracemark.diversion.changes import Change, changes_in
from tracemark.diversion.detections import Signal, Stage, Strength
from tracemark.diversion.feedback import Precision, wilson
from tracemark.diversion.followups import FollowUp, Onward, SignalRefused
from tracemark.diversion.journeys import Moment, Station, journey_of
from tracemark.diversion.limits import Beyond, beyond_limits, upper_tail
from tracemark.diversion.notices import Notice, NoticeRefused, notice_of, sign_notice, verify_notice
from tracemark.diversion.points import (
    STAGES,
    PointOfDiversion,
    TimeToDiversion,
    Way,
    point_findings,
    point_in,
    point_of,
    time_to_diversion,
    ways_of_diversion,
)
from tracemark.diversion.ports import Engine, QueryRefused
from tracemark.diversion.queries import RuleFailed, detect, lay_tables
from tracemark.diversion.raised import (
    Flow,
    SignalFilter,
    SignalRecord,
    flows_between,
    places_alarmed,
    points_of_diversion,
    precision_by_rule,
    signal_queue,
    signal_record,
    stages_of,
)
from tracemark.diversion.rulebook import (
    RESERVED,
    Pattern,
    RuleUnreadable,
    Statistic,
    patterns,
    read_head,
    read_pattern,
    shared_views,
)
from tracemark.diversion.triage import RaisedSignal, Reading, SignalStep, Standing, corroborated, raised_signal

__all__ = [
    "RESERVED",
    "STAGES",
    "Batch",
    "Beyond",
    "Change",
    "Engine",
    "Flow",
    "FollowUp",
    "Found",
    "Moment",
    "Notice",
    "NoticeRefused",
    "Onward",
    "Pattern",
    "PointOfDiversion",
    "Precision",
    "QueryRefused",
    "Raised",
    "RaisedSignal",
    "Reading",
    "RuleFailed",
    "RuleUnreadable",
    "Signal",
    "SignalFilter",
    "SignalRecord",
    "SignalRefused",
    "SignalStep",
    "Stage",
    "Standing",
    "Station",
    "Statistic",
    "Strength",
    "TimeToDiversion",
    "Way",
    "batches_in",
    "batches_of",
    "beyond_limits",
    "changes_in",
    "confirm_signal",
    "corroborated",
    "detect",
    "dismiss_signal",
    "escalate_signal",
    "establish_diversion",
    "flows_between",
    "journey_of",
    "lay_tables",
    "looks_at",
    "merge_signal",
    "notice_of",
    "patterns",
    "places_alarmed",
    "point_findings",
    "point_in",
    "point_of",
    "points_of_diversion",
    "precision_by_rule",
    "raise_signals",
    "raised_signal",
    "read_head",
    "read_pattern",
    "share_signal",
    "shared_views",
    "sign_notice",
    "signal_queue",
    "signal_record",
    "stages_of",
    "time_to_diversion",
    "upper_tail",
    "verify_notice",
    "ways_of_diversion",
    "wilson",
]
