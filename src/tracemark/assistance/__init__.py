"""What States need, what others offer, and how well the two fit. Source: PoA III.3-14, ITI 27-30."""

from tracemark.assistance.groups import group_merits
from tracemark.assistance.matching import Grant, Matched, Policy, Round, match_needs
from tracemark.assistance.needs import Help, Merit, Need, Programme, Running
from tracemark.assistance.obstacles import Bar, bars
from tracemark.assistance.openings import Opening, what_it_takes
from tracemark.assistance.roundfiles import RoundUnreadable, read_round
from tracemark.assistance.solving import NoSolution, Problem

__all__ = [
    "Bar",
    "Grant",
    "Help",
    "Matched",
    "Merit",
    "Need",
    "NoSolution",
    "Opening",
    "Policy",
    "Problem",
    "Programme",
    "Round",
    "RoundUnreadable",
    "Running",
    "bars",
    "group_merits",
    "match_needs",
    "read_round",
    "what_it_takes",
]
