from typing import Annotated

from pydantic import BaseModel, Field

from tracemark.api.schemas.fields import Coming, Count, Line, Said, Text, Word, Year
from tracemark.reporting import STATISTICS_COLUMNS, Revision, StatedNumber, StatedSeries, StatementRecord


class StatedRowIn(Coming):
    """One number: of which series and year, of whom, and, where sex or age is not said, why."""

    series: Word
    year: Year
    number: Count
    sex: Line = ""
    age_band: Line = ""
    disability: Line = ""
    region: Line = ""
    body: Line = ""
    reason: Line = ""

    def row(self) -> list[str]:
        """Return it as a row of a table of statistics."""
        return [str(getattr(self, each)) for each in STATISTICS_COLUMNS]


class StatisticsIn(Coming):
    """Numbers, where they come from, and why those that are stated already are superseded."""

    rows: Annotated[list[StatedRowIn], Field(min_length=1, max_length=5000)]
    document: Word
    note: Text = ""


class WithdrawalIn(Coming):
    """Why a statement no longer holds."""

    note: Said


class DeclinedIn(Coming):
    """Why a statement stays as it is."""

    reason: Said


class SeriesOut(BaseModel):
    """What can be stated: each number is told by all that `needs` names, or says why not, and may be told by `may`.

    `counts` is what a number is of: what `happened` in its year, or what `stands` at its end.
    """

    series: str
    about: str
    unit: str
    paragraph: str
    counts: str
    needs: list[str]
    may: list[str]

    @classmethod
    def of(cls, series: StatedSeries) -> "SeriesOut":
        """Return a series as it goes out."""
        return cls(
            series=series.id,
            about=series.about,
            unit=series.unit,
            paragraph=str(series.paragraph),
            counts=series.counts.value,
            needs=list(series.needs),
            may=list(series.may),
        )


class SeriesListOut(BaseModel):
    """Every series."""

    items: list[SeriesOut]


class StatedNumberOut(BaseModel):
    """One number; a split that is "" was not said, and `reason` says why."""

    number: int
    splits: dict[str, str]
    reason: str

    @classmethod
    def of(cls, cell: StatedNumber) -> "StatedNumberOut":
        """Return a number as it goes out."""
        return cls(number=cell.number, splits=dict(cell.splits), reason=cell.reason)


class VersionOut(BaseModel):
    """A version of a statement: the event that says it, where it comes from, and why it superseded the one before."""

    event: int
    total: int
    document: str
    note: str
    numbers: list[StatedNumberOut]


class RevisionOut(BaseModel):
    """What one person proposed in a statement's place, null to withdraw it, and what another decided.

    `decided_by` is "" while it waits; `declined_because` is "" unless it was declined.
    """

    document: str
    note: str
    proposed_by: str
    decided_by: str
    declined_because: str
    numbers: list[StatedNumberOut] | None

    @classmethod
    def of(cls, revision: Revision) -> "RevisionOut":
        """Return a revision as it goes out."""
        told = revision.statement
        return cls(
            document=revision.document,
            note=revision.note,
            proposed_by=revision.proposed_by,
            decided_by=revision.decided_by,
            declined_because=revision.declined_because,
            numbers=list(map(StatedNumberOut.of, told.cells)) if told else None,
        )


class StatementOut(BaseModel):
    """What is stated of a series for a year, each version of it, the newest last; withdrawn, it counts no more."""

    statement: str
    series: str
    year: int
    total: int
    authority: str
    withdrawn: bool
    withdrawn_because: str
    versions: list[VersionOut]
    revisions: list[RevisionOut]

    @classmethod
    def of(cls, known: StatementRecord) -> "StatementOut":
        """Return a statement as it goes out."""
        told = known.statement
        versions = [
            VersionOut(
                event=position, total=each.total, document=document, note=note,
                numbers=list(map(StatedNumberOut.of, each.cells)),
            )
            for (position, each), (document, note) in zip(known.versions, known.sources, strict=True)
        ]  # fmt: skip
        return cls(
            statement=known.dossier,
            series=told.series,
            year=told.year,
            total=told.total,
            authority=known.authority,
            withdrawn=known.withdrawn,
            withdrawn_because=known.withdrawn_because,
            versions=versions,
            revisions=list(map(RevisionOut.of, known.revisions)),
        )


class StatementsOut(BaseModel):
    """What is stated."""

    items: list[StatementOut]


class StatedOut(BaseModel):
    """What became of statements, each by its dossier; what is proposed counts once a second person approves it."""

    new: list[str]
    proposed: list[str]
    unchanged: list[str]
