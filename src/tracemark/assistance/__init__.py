"""What States need, what others offer, and how well the two fit. Source: PoA III.3-14, ITI 27-30."""

from tracemark.assistance.activities import (
    DAC5,
    SALW_SECTOR,
    AidActivity,
    Budget,
    Money,
    Narrative,
    Organisation,
    Payment,
    Share,
    activity_of,
    for_the_record,
)
from tracemark.assistance.coordination import Aid, Board, Overlap, Place, board_plain, coordinate
from tracemark.assistance.followed import (
    Followed,
    SeriesKept,
    aid_list,
    aid_record,
    coordination_board,
    followed_of,
    series_list,
    series_of,
)
from tracemark.assistance.following import AidKept, AidRefused, SeriesTold, follow_activities, keep_series
from tracemark.assistance.giving import programme_activity
from tracemark.assistance.matching import Grant, Matched, Policy, Round, match_needs
from tracemark.assistance.needs import Help, Merit, Need, Programme, Running
from tracemark.assistance.obstacles import Bar, bars
from tracemark.assistance.openings import Opening, what_it_takes
from tracemark.assistance.recognition import GENERAL, Reason, Recognition, Where, recognise, themes
from tracemark.assistance.roundfiles import RoundUnreadable, read_round
from tracemark.assistance.series import AidSeries, Received, SeriesUnreadable, read_series
from tracemark.assistance.solving import NoSolution

__all__ = [
    "DAC5",
    "GENERAL",
    "SALW_SECTOR",
    "Aid",
    "AidActivity",
    "AidKept",
    "AidRefused",
    "AidSeries",
    "Bar",
    "Board",
    "Budget",
    "Followed",
    "Grant",
    "Help",
    "Matched",
    "Merit",
    "Money",
    "Narrative",
    "Need",
    "NoSolution",
    "Opening",
    "Organisation",
    "Overlap",
    "Payment",
    "Place",
    "Policy",
    "Programme",
    "Reason",
    "Received",
    "Recognition",
    "Round",
    "RoundUnreadable",
    "Running",
    "SeriesKept",
    "SeriesTold",
    "SeriesUnreadable",
    "Share",
    "Where",
    "activity_of",
    "aid_list",
    "aid_record",
    "bars",
    "board_plain",
    "coordinate",
    "coordination_board",
    "follow_activities",
    "followed_of",
    "for_the_record",
    "keep_series",
    "match_needs",
    "programme_activity",
    "read_round",
    "read_series",
    "recognise",
    "series_list",
    "series_of",
    "themes",
    "what_it_takes",
]
