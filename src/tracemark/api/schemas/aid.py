from datetime import date
from typing import Any

from pydantic import BaseModel

from tracemark.assistance import AidKept, Board, Followed, SeriesKept, board_plain
from tracemark.node import AidFileRead


class AidReasonOut(BaseModel):
    """Why an activity is taken for work on small arms: in its `sector`, `title` or `description`, and the words."""

    theme: str
    where: str
    words: str


class AidOut(BaseModel):
    """An aid activity of others, in the terms of IATI 2.03: codes are those of its lists, amounts are decimal text."""

    name: str
    identifier: str
    title: str
    reported_by: str
    themes: list[str]
    status: str
    since: date | None
    until: date | None
    countries: list[str]
    reasons: list[AidReasonOut]
    source: str
    told_on: str
    activity: dict[str, Any]

    @classmethod
    def of(cls, known: Followed) -> "AidOut":
        """Say what the record says."""
        activity = known.aid.activity
        return cls(
            name=known.aid.name,
            identifier=activity.identifier,
            title=activity.title(),
            reported_by=activity.reporting.name,
            themes=list(known.aid.themes),
            status=activity.status,
            since=None if activity.starts == date.min else activity.starts,
            until=None if activity.ends == date.max else activity.ends,
            countries=[each.code for each in activity.countries],
            reasons=[AidReasonOut(**each.plain()) for each in known.reasons],  # type: ignore[arg-type]
            source=known.source,
            told_on=known.told_on,
            activity=dict(activity.plain()),
        )


class AidsOut(BaseModel):
    """The activities that are followed, the newest first."""

    items: list[AidOut]


class AidKeptOut(BaseModel):
    """What a file held, and what of it was new.

    `left_out` counts by reason what was read and could mean nothing; `unchanged` is told here as it is on record.
    """

    version: str
    total: int
    taken: int
    left_out: dict[str, int]
    new: list[str]
    revised: list[str]
    unchanged: int

    @classmethod
    def of(cls, read: AidFileRead, kept: AidKept) -> "AidKeptOut":
        """Say what became of a file."""
        return cls(
            version=read.version,
            total=read.total,
            taken=len(read.taken),
            left_out=dict(read.left_out),
            new=list(kept.new),
            revised=list(kept.revised),
            unchanged=kept.unchanged,
        )


class PlaceOut(BaseModel):
    """A country and a theme: which activities go on there, which requests wait, and the budgets by currency.

    `unsplit` counts activities that do not say what part of their money is the country's.
    """

    country: str
    theme: str
    activities: list[str]
    requests: list[str]
    money: dict[str, str]
    unsplit: int
    gap: bool


class OverlapOut(BaseModel):
    """Two activities of one theme in one country at one time; `shared` take part in both."""

    country: str
    theme: str
    activities: list[str]
    since: date
    until: date | None
    shared: list[str]


class BoardOut(BaseModel):
    """Who does what where on a day, the State of the node first."""

    on: date
    places: list[PlaceOut]
    overlaps: list[OverlapOut]
    orphans: list[str]
    unplaced: list[str]

    @classmethod
    def of(cls, board: Board) -> "BoardOut":
        """Say what the board shows."""
        return cls.model_validate(board_plain(board))


class ReceivedOut(BaseModel):
    """What a recipient got in a year by purpose code, in millions of US dollars as decimal text."""

    year: int
    recipient: str
    code: str
    amounts: dict[str, str]


class AidSeriesOut(BaseModel):
    """A series that others published, and when it was taken from there: context, and no figure of this node."""

    name: str
    series: str
    source: str
    seen_on: str
    rows: list[ReceivedOut]

    @classmethod
    def of(cls, kept: SeriesKept) -> "AidSeriesOut":
        """Say what the record says."""
        rows = [
            ReceivedOut.model_validate({"year": year, **each.plain()})
            for year, found in sorted(kept.series.years.items())
            for each in found
        ]
        return cls(
            name=kept.name,
            series=kept.series.name,
            source=kept.series.source,
            seen_on=kept.series.seen_on,
            rows=rows,
        )


class AidSeriesListOut(BaseModel):
    """The series that are kept, the newest first."""

    items: list[AidSeriesOut]
