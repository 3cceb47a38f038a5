"""Good practice: what States found to work, reviewed and published, taken up in plans; and how long marks last.

A practice is a dossier of the record. What other nodes send stands beside our own, named as theirs, until somebody here
reviews it. Source: BMS7 ITI.1, BMS7 ITI.3.
"""

from tracemark.practices.actions import (
    draft_practice,
    note_experience,
    publish_practice,
    return_practice,
    review_practice,
    revise_practice,
    take_over_practice,
    withdraw_practice,
)
from tracemark.practices.adopting import activity_for_practice
from tracemark.practices.contents import TELLS, Backing, Content, PracticeSubject, Telling
from tracemark.practices.drafts import LANGUAGES, MOST_TEXT, read_content, read_practice_toml, require_whole
from tracemark.practices.durability import (
    AGE_BANDS,
    AGES,
    DEPTHS,
    LEFT_OUT,
    Durability,
    MarkCell,
    age_band,
    draw_durability,
    durability_of,
)
from tracemark.practices.entries import Holding, LibraryEntry, own_entry, shipped_practices
from tracemark.practices.queries import (
    PracticeUse,
    counts_for_document,
    entry_named,
    library,
    practice_list,
    practice_record,
    uses_of,
)
from tracemark.practices.records import (
    Experience,
    Practice,
    PracticeRefused,
    PracticeVersion,
    practice_of,
    refuse_practice,
)
from tracemark.practices.searching import Match, folded, search_practices
from tracemark.practices.sharing import PRACTICE_TYPE, newest, read_shared_practice, shared_practice
from tracemark.practices.survival import Lasting, Share, Span, lasting, wilson

__all__ = [
    "AGES",
    "AGE_BANDS",
    "DEPTHS",
    "LANGUAGES",
    "LEFT_OUT",
    "MOST_TEXT",
    "PRACTICE_TYPE",
    "TELLS",
    "Backing",
    "Content",
    "Durability",
    "Experience",
    "Holding",
    "Lasting",
    "LibraryEntry",
    "MarkCell",
    "Match",
    "Practice",
    "PracticeRefused",
    "PracticeSubject",
    "PracticeUse",
    "PracticeVersion",
    "Share",
    "Span",
    "Telling",
    "activity_for_practice",
    "age_band",
    "counts_for_document",
    "draft_practice",
    "draw_durability",
    "durability_of",
    "entry_named",
    "folded",
    "lasting",
    "library",
    "newest",
    "note_experience",
    "own_entry",
    "practice_list",
    "practice_of",
    "practice_record",
    "publish_practice",
    "read_content",
    "read_practice_toml",
    "read_shared_practice",
    "refuse_practice",
    "require_whole",
    "return_practice",
    "review_practice",
    "revise_practice",
    "search_practices",
    "shared_practice",
    "shipped_practices",
    "take_over_practice",
    "uses_of",
    "wilson",
    "withdraw_practice",
]
