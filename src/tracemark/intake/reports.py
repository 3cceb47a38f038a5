from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from tracemark.intake.dates import DateDetection
from tracemark.intake.drafts import Draft
from tracemark.intake.duplicates import Alike
from tracemark.intake.grades import Grade
from tracemark.kernel import Finding, Plain

MOST_FINDINGS = 10_000
"""How many rows' findings a report holds; those beyond are counted only."""

_BEGIN_FORMULAS = frozenset("=+-@\t\r")


@dataclass(frozen=True, slots=True)
class Duplicate:
    """A row that may be a weapon already known, and why."""

    row: int
    against: tuple[Alike, ...]


@dataclass(frozen=True, slots=True)
class IntakeReport:
    """What an import did, or would do. Rows count once: imported, held, refused, or unchanged since an earlier file.

    `dates` says how each date column is written; `about_table` are findings on the whole table. `findings` are on rows,
    in the order of the file, at most `MOST_FINDINGS`; `counts` counts all of them by code. `already` is the instant at
    which the same file was imported before with the same profile, "" where it was not. `heading_row` is 1 where no
    title stands above the heading; `sheet` "" where the file is no spreadsheet.
    """

    file: str
    profile: str
    encoding: str
    delimiter: str
    rows: int
    imported: int
    held: int
    refused: int
    grades: Mapping[Grade, int] = field(default_factory=dict)
    counts: Mapping[str, int] = field(default_factory=dict)
    dates: Mapping[str, DateDetection] = field(default_factory=dict)
    about_table: tuple[Finding, ...] = ()
    findings: tuple[Finding, ...] = ()
    duplicates: tuple[Duplicate, ...] = ()
    absent_columns: tuple[str, ...] = ()
    run: int = 0
    unchanged: int = 0
    resumed_at_row: int = 0
    already: str = ""
    dry: bool = False
    sheet: str = ""
    heading_row: int = 1

    def plain(self) -> dict[str, Plain]:
        """Return as JSON what is said of the file as a whole; findings and duplicates are left to who shows them."""
        return {
            "file": self.file,
            "profile": self.profile,
            "sheet": self.sheet,
            "heading_row": self.heading_row,
            "encoding": self.encoding,
            "delimiter": self.delimiter,
            "rows": self.rows,
            "imported": self.imported,
            "held": self.held,
            "refused": self.refused,
            "unchanged": self.unchanged,
            "grades": {grade.value: number for grade, number in self.grades.items()},
            "counts": dict(self.counts),
            "dates": {column: found.plain() for column, found in self.dates.items()},
            "absent_columns": list(self.absent_columns),
            "already": self.already,
            "run": self.run,
        }


class Tally:
    """Counts what becomes of rows, and keeps the first findings to be shown."""

    def __init__(self, counts: Mapping[str, Plain] | None = None) -> None:
        known = counts or {}
        self.imported = _number(known.get("imported"))
        self.held = _number(known.get("held"))
        self.refused = _number(known.get("refused"))
        self.unchanged = _number(known.get("unchanged"))
        self.grades: Counter[str] = Counter(_numbers(known.get("grades")))
        self.codes: Counter[str] = Counter(_numbers(known.get("findings")))
        self.findings: list[Finding] = []
        self.duplicates: list[Duplicate] = []

    def note(self, draft: Draft, held: Sequence[Alike] = (), *, unchanged: bool = False) -> None:
        """Count a row: unchanged since an earlier file, refused for an error, held where it may be another weapon.

        Else it is imported. What is doubtful in a row that has not changed was said when it came in.
        """
        if unchanged:
            self.unchanged += 1
            return
        if draft.refused:
            self.refused += 1
        elif held:
            self.held += 1
            self.duplicates += [Duplicate(draft.row, tuple(held))] if len(self.duplicates) < MOST_FINDINGS else []
        else:
            self.imported += 1
            self.grades[draft.grade.value] += 1
        if draft.findings:
            self.codes.update([finding.code for finding in draft.findings])
        if len(self.findings) < MOST_FINDINGS:
            self.findings += [each.finding(draft, each.weapon) for each in held if each.changed]
            self.findings += draft.findings
        self.codes.update({each.code for each in held})

    def plain(self) -> dict[str, Plain]:
        """Return what is kept with the run."""
        return {
            "imported": self.imported,
            "held": self.held,
            "refused": self.refused,
            "unchanged": self.unchanged,
            "grades": dict(sorted(self.grades.items())),
            "findings": dict(sorted(self.codes.items())),
        }


def _number(value: Plain) -> int:
    return value if isinstance(value, int) else 0


def _numbers(value: Plain) -> dict[str, int]:
    return {name: _number(number) for name, number in value.items()} if isinstance(value, Mapping) else {}


def disarmed(cell: str) -> str:
    """Return a cell of a report as a spreadsheet takes it for text: it must not run what another's table may hold."""
    return f"'{cell}" if cell[:1] in _BEGIN_FORMULAS else cell
