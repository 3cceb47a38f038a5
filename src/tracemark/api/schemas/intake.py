from typing import Annotated, Any

from pydantic import BaseModel, Field, StringConstraints

from tracemark.api.schemas.fields import Coming, FindingOut, Line, Weapon, plain_of
from tracemark.api.schemas.weapons import weapon_or_none
from tracemark.intake import HeldRow, HeldState, IntakeReport, Run
from tracemark.weapons import WeaponId, weapon_text

SHOWN_FINDINGS = 1_000
"""How many findings an answer lists; `counts` counts all of them."""


class TableReadingIn(Coming):
    """By which shipped profile a table is read, and where in a spreadsheet it stands, "" and 0 where that is found.

    The path of a file is no profile's name, so that nobody reads the node's own files.
    """

    profile: Annotated[str, StringConstraints(pattern=r"^[a-z0-9-]{1,40}$")]
    sheet: Line = ""
    heading_row: Annotated[int, Field(ge=0, le=1_048_576)] = 0


class ReportOut(BaseModel):
    """What an import did, or would do. Rows count once: imported, held, refused, or unchanged since an earlier file.

    `already` is the instant at which the same file was imported before with the same profile, "" where it was not.
    """

    run: int
    dry: bool
    file: str
    profile: str
    sheet: str
    heading_row: int
    encoding: str
    delimiter: str
    rows: int
    imported: int
    held: int
    refused: int
    unchanged: int
    grades: dict[str, int]
    counts: dict[str, int]
    absent_columns: list[str]
    resumed_at_row: int
    already: str
    about_table: list[FindingOut]
    findings: list[FindingOut]

    @classmethod
    def of(cls, report: IntakeReport, to: str) -> "ReportOut":
        """Return a report as it goes out."""
        same = {
            name: getattr(report, name)
            for name in cls.model_fields
            if name not in {"about_table", "findings", "grades"}
        }
        same["counts"], same["absent_columns"] = dict(report.counts), list(report.absent_columns)
        return cls(
            **same,
            grades={grade.value: number for grade, number in report.grades.items()},
            about_table=[FindingOut.of(each, to) for each in report.about_table],
            findings=[FindingOut.of(each, to) for each in report.findings[:SHOWN_FINDINGS]],
        )


class RunOut(BaseModel):
    """An import, as far as it has come. `finished_at` is "" while rows remain; `file` is the SHA-256 of its bytes."""

    id: int
    file: str
    table: str
    profile: str
    actor: str
    started_at: str
    finished_at: str
    rows: int
    counts: dict[str, Any]

    @classmethod
    def of(cls, run: Run) -> "RunOut":
        """Return a run as it goes out."""
        return cls(**{**{name: getattr(run, name) for name in cls.model_fields}, "counts": plain_of(run.counts)})


class HeldOut(BaseModel):
    """A row set aside: held against weapons it may be, or refused for its errors. `weapon`: what was judged.

    A person stands in the draft as `person:` and a commitment; of a refused row the data are not kept.
    """

    id: int
    run: int
    row: int
    state: HeldState
    draft: dict[str, Any]
    findings: list[dict[str, Any]]
    against: list[str]
    weapon: str | None
    judged_by: str
    judged_at: str

    @classmethod
    def of(cls, row: HeldRow) -> "HeldOut":
        """Return a row as it goes out."""
        return cls(
            id=row.id,
            run=row.run,
            row=row.row,
            state=row.state,
            draft=plain_of(row.draft),
            findings=plain_of(row.findings),
            against=[weapon_text(WeaponId(each)) for each in row.against],
            weapon=weapon_or_none(row.weapon),
            judged_by=row.judged_by,
            judged_at=row.judged_at,
        )


class HeldPage(BaseModel):
    """Rows set aside, in the order of their ids. `next` is what to give as `after`; null at the end."""

    items: list[HeldOut]
    next: int | None

    @classmethod
    def of(cls, found: list[HeldRow], limit: int) -> "HeldPage":
        """Return a page of `limit` rows; that one more was found says that there is a next."""
        shown = found[:limit]
        return cls(items=[HeldOut.of(each) for each in shown], next=shown[-1].id if len(found) > limit else None)


class HeldJudgementIn(Coming):
    """What an officer finds of a held row: `same_as` is a weapon it is held against, or null for a new one."""

    same_as: Weapon | None
