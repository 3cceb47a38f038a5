"""Taking data in: tables of other registries and lists of import lots, row by row into the record.

A profile says what each column means; a dry run says what is wrong and what may have been meant; what may be a weapon
already known is held for a person's judgement. Source: ITI 8(a), ITI 11, PoA II.9.
"""

from tracemark.intake.actions import (
    BATCH_ROWS,
    Intake,
    IntakeRefused,
    dry_run,
    events_lacking,
    import_table,
    judge_held,
)
from tracemark.intake.dates import DateDetection, DateFormat, DateReader, DateUnread, detect_dates
from tracemark.intake.drafts import Draft, DraftEvent, in_order
from tracemark.intake.duplicates import Alike, Bearer, FileMarks, alike
from tracemark.intake.entries import BY_HAND, FIRST_KINDS, Considered, Entered, Entry, consider_entry, register_weapon
from tracemark.intake.faults import Severity, fault, severities, severity
from tracemark.intake.grades import Grade, GradeReason, Lack, grade_of, grade_reasons
from tracemark.intake.holders import ListedAgencies
from tracemark.intake.judgements import rows_judged
from tracemark.intake.names import CatalogueNames, Named, Names
from tracemark.intake.persons import persons_of_row, propose_erasure_from_row, read_person_of_row, require_named
from tracemark.intake.ports import HeldRow, HeldState, IntakeStore, IntakeStores, KnownRow, Progress, Run
from tracemark.intake.profiles import (
    Profile,
    ProfileRefused,
    check_columns,
    read_profile,
    shipped_profile,
    shipped_profiles,
)
from tracemark.intake.reports import MOST_FINDINGS, Duplicate, IntakeReport, disarmed
from tracemark.intake.rows import RowReader
from tracemark.intake.sources import HolderKind
from tracemark.intake.surveys import Survey, survey
from tracemark.intake.tables import SourceRow, Table, table_of

__all__ = [
    "BATCH_ROWS",
    "BY_HAND",
    "FIRST_KINDS",
    "MOST_FINDINGS",
    "Alike",
    "Bearer",
    "CatalogueNames",
    "Considered",
    "DateDetection",
    "DateFormat",
    "DateReader",
    "DateUnread",
    "Draft",
    "DraftEvent",
    "Duplicate",
    "Entered",
    "Entry",
    "FileMarks",
    "Grade",
    "GradeReason",
    "HeldRow",
    "HeldState",
    "HolderKind",
    "Intake",
    "IntakeRefused",
    "IntakeReport",
    "IntakeStore",
    "IntakeStores",
    "KnownRow",
    "Lack",
    "ListedAgencies",
    "Named",
    "Names",
    "Profile",
    "ProfileRefused",
    "Progress",
    "RowReader",
    "Run",
    "Severity",
    "SourceRow",
    "Survey",
    "Table",
    "alike",
    "check_columns",
    "consider_entry",
    "detect_dates",
    "disarmed",
    "dry_run",
    "events_lacking",
    "fault",
    "grade_of",
    "grade_reasons",
    "import_table",
    "in_order",
    "judge_held",
    "persons_of_row",
    "propose_erasure_from_row",
    "read_person_of_row",
    "read_profile",
    "register_weapon",
    "require_named",
    "rows_judged",
    "severities",
    "severity",
    "shipped_profile",
    "shipped_profiles",
    "survey",
    "table_of",
]
