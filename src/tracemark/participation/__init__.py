"""What others than the State say of what it published: comments, and numbers of their own with source and method.

Nothing here is known to `reporting`: what others say stands beside official figures and never enters one.
Source: BMS7 MEAS.5.
"""

from tracemark.participation.actions import (
    accept_contribution,
    answer_contribution,
    erase_contribution,
    receive_contribution,
    refuse_contribution,
    withdraw_contribution,
)
from tracemark.participation.drafts import MOST_TEXT, MOST_WAITING, ContributionDraft
from tracemark.participation.published import Subject, subjects
from tracemark.participation.queries import (
    ContributionTally,
    Shown,
    contribution_by_receipt,
    contribution_named,
    contribution_words,
    contributions,
    shown_about,
    tally_about,
)
from tracemark.participation.voices import (
    Contribution,
    ContributionRefused,
    ContributionSort,
    Receipt,
    Voice,
    Words,
)

__all__ = [
    "MOST_TEXT",
    "MOST_WAITING",
    "Contribution",
    "ContributionDraft",
    "ContributionRefused",
    "ContributionSort",
    "ContributionTally",
    "Receipt",
    "Shown",
    "Subject",
    "Voice",
    "Words",
    "accept_contribution",
    "answer_contribution",
    "contribution_by_receipt",
    "contribution_named",
    "contribution_words",
    "contributions",
    "erase_contribution",
    "receive_contribution",
    "refuse_contribution",
    "shown_about",
    "subjects",
    "tally_about",
    "withdraw_contribution",
]
