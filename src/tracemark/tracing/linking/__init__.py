"""Linking a list to a register in bulk: the rows of one side, and for each the weapons of the other it may be.

Every row is searched for as a single mark is, and has an answer of its own: candidates with posteriors, "not here", or
the reason why it could not be searched for. No row is dropped, and no answer depends on the rows beside it, so a list
may be cut into batches anywhere. Source: ITI 14, PoA II.9.
"""

from tracemark.tracing.linking.answers import LINK_COLUMNS, TWIN_ABSENT, LinkTerms, link_rows
from tracemark.tracing.linking.lists import LIST_COLUMNS, ListHeading, ListRefused, heading_of, knows_list
from tracemark.tracing.linking.rows import ListRow, RowReader, Spoken, recorded_text, stated_in

__all__ = [
    "LINK_COLUMNS",
    "LIST_COLUMNS",
    "TWIN_ABSENT",
    "LinkTerms",
    "ListHeading",
    "ListRefused",
    "ListRow",
    "RowReader",
    "Spoken",
    "heading_of",
    "knows_list",
    "link_rows",
    "recorded_text",
    "stated_in",
]
