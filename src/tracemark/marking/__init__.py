"""Marks on weapons: what they say, how they fold for comparison, which are missing, which numbers come next.

`check_marked` asks the instruments, `check_profile` a State's law; `plan_marks` says what to stamp where, `labels_of`
what goes on the tags; `keys_of` and `same_marks` find duplicates. Source: ITI 7-10, FP 8, MOSAIC 05.30.
"""

from tracemark.marking.actions import allocate_block, note_used, reserve_numbers
from tracemark.marking.checks import CheckSystem, check_characters
from tracemark.marking.circumstances import IDENTIFYING, Circumstance, Marked, uniquely_marked
from tracemark.marking.confusables import look_alike, resembles
from tracemark.marking.keys import Comparison, Likeness, MarkKeys, complete_mark, foreign_numbers, keys_of, same_marks
from tracemark.marking.labels import (
    Label,
    LabelLine,
    LabelUnreadable,
    Scanned,
    label_payload,
    labels_of,
    parse_label,
)
from tracemark.marking.marks import Mark, MarkId, MarkKind, Method, Surface, mark_id
from tracemark.marking.numbering import (
    Block,
    NumbersRefused,
    Scheme,
    Span,
    allocate,
    gaps,
    merge_spans,
    next_number,
    skipped,
    take_numbers,
    use_numbers,
)
from tracemark.marking.plans import (
    DEFAULT_INSTRUMENTS,
    LotWeapon,
    MarkingPlan,
    MarkToMake,
    Placement,
    PlanLine,
    numbers_needed,
    plan_marks,
)
from tracemark.marking.ports import MarkingStores, NumberStore
from tracemark.marking.profiles import (
    MM_PER_INCH,
    Criterion,
    Profile,
    ProfileUnreadable,
    Requirement,
    check_profile,
    least_mm,
    profile_of,
    shipped_profile,
    shipped_profiles,
)
from tracemark.marking.rules import ENCOURAGED, NOT_ASSESSED, REQUIRED, Grade, check_marked, grade_of
from tracemark.marking.rules.qualities import QUALITIES
from tracemark.marking.scripts import Script, digit_of, script_of
from tracemark.marking.serials import SERIAL_ALPHABET, fold_serial, look_alike_key

__all__ = [
    "DEFAULT_INSTRUMENTS",
    "ENCOURAGED",
    "IDENTIFYING",
    "MM_PER_INCH",
    "NOT_ASSESSED",
    "QUALITIES",
    "REQUIRED",
    "SERIAL_ALPHABET",
    "Block",
    "CheckSystem",
    "Circumstance",
    "Comparison",
    "Criterion",
    "Grade",
    "Label",
    "LabelLine",
    "LabelUnreadable",
    "Likeness",
    "LotWeapon",
    "Mark",
    "MarkId",
    "MarkKeys",
    "MarkKind",
    "MarkToMake",
    "Marked",
    "MarkingPlan",
    "MarkingStores",
    "Method",
    "NumberStore",
    "NumbersRefused",
    "Placement",
    "PlanLine",
    "Profile",
    "ProfileUnreadable",
    "Requirement",
    "Scanned",
    "Scheme",
    "Script",
    "Span",
    "Surface",
    "allocate",
    "allocate_block",
    "check_characters",
    "check_marked",
    "check_profile",
    "complete_mark",
    "digit_of",
    "fold_serial",
    "foreign_numbers",
    "gaps",
    "grade_of",
    "keys_of",
    "label_payload",
    "labels_of",
    "least_mm",
    "look_alike",
    "look_alike_key",
    "mark_id",
    "merge_spans",
    "next_number",
    "note_used",
    "numbers_needed",
    "parse_label",
    "plan_marks",
    "profile_of",
    "resembles",
    "reserve_numbers",
    "same_marks",
    "script_of",
    "shipped_profile",
    "shipped_profiles",
    "skipped",
    "take_numbers",
    "uniquely_marked",
    "use_numbers",
]
