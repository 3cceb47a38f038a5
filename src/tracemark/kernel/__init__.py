"""The few values every room shares: who acts, when, under which paragraph, and the one byte string of a value.

Nothing here reads, writes or knows a framework.
"""

from tracemark.kernel.actors import Actor
from tracemark.kernel.canonical import NotCanonical, Plain, canonical_bytes, fingerprint
from tracemark.kernel.citations import Citation, cite
from tracemark.kernel.clock import Clock, instant_text
from tracemark.kernel.dates import PartialDate, interval_days
from tracemark.kernel.rules import Finding, Refused, Rule, findings, rule
from tracemark.kernel.signing import Signer
from tracemark.kernel.toml_texts import NotToml, toml_tables
from tracemark.kernel.troubles import Trouble, reason_of

__all__ = [
    "Actor",
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
    "canonical_bytes",
    "cite",
    "findings",
    "fingerprint",
    "instant_text",
    "interval_days",
    "reason_of",
    "rule",
    "toml_tables",
]
