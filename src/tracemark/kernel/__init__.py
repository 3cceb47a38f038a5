"""The few values every room shares: who acts, when, under which paragraph, and the one byte string of a value.

Wherever a file is read, the names of months and what spreadsheets do to numbers are the same. Nothing here reads,
writes or knows a framework.
"""

from tracemark.kernel.actors import Actor
from tracemark.kernel.altered_cells import Alteration, altered, no_value, whole_of
from tracemark.kernel.canonical import NotCanonical, Plain, canonical_bytes, fingerprint
from tracemark.kernel.citations import Citation, cite
from tracemark.kernel.clock import Clock, instant_text
from tracemark.kernel.dates import PartialDate, interval_days
from tracemark.kernel.months import folded_word, is_weekday, months_named
from tracemark.kernel.rules import Finding, Refused, Rule, findings, rule
from tracemark.kernel.signing import Signer
from tracemark.kernel.toml_texts import NotToml, toml_tables
from tracemark.kernel.troubles import Trouble, reason_of

__all__ = [
    "Actor",
    "Alteration",
    "Citation",
    "Clock",
    "Finding",
    "NotCanonical",
    "NotToml",
    "PartialDate",
    "Plain",
    "Refused",
    "Rule",
    "Signer",
    "Trouble",
    "altered",
    "canonical_bytes",
    "cite",
    "findings",
    "fingerprint",
    "folded_word",
    "instant_text",
    "interval_days",
    "is_weekday",
    "months_named",
    "no_value",
    "reason_of",
    "rule",
    "toml_tables",
    "whole_of",
]
