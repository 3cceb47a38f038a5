"""Signals of diversion in the record: patterns that rules find, each with its evidence and its innocent reading.

Each rule is one query in `rules/`, over the tables of `recordkeeping.record_tables`. Source: BMS7 DIV.1, PoA II.17.
"""

from tracemark.diversion.batches import Batch, batches_in
from tracemark.diversion.changes import Change, changes_in
from tracemark.diversion.detections import Signal, Stage, Strength
from tracemark.diversion.limits import Beyond, beyond_limits, upper_tail
from tracemark.diversion.ports import Engine, QueryRefused
from tracemark.diversion.queries import RuleFailed, detect, lay_tables
from tracemark.diversion.rulebook import RESERVED, Pattern, RuleUnreadable, patterns, read_pattern, shared_views

__all__ = [
    "RESERVED",
    "Batch",
    "Beyond",
    "Change",
    "Engine",
    "Pattern",
    "QueryRefused",
    "RuleFailed",
    "RuleUnreadable",
    "Signal",
    "Stage",
    "Strength",
    "batches_in",
    "beyond_limits",
    "changes_in",
    "detect",
    "lay_tables",
    "patterns",
    "read_pattern",
    "shared_views",
    "upper_tail",
]
