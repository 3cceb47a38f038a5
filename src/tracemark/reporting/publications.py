"""Figures that were published: what stands in the world under the State's name, and how it was revised."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from tracemark.kernel import PartialDate, Plain, fingerprint
from tracemark.recordkeeping import EventKind, Sealed, own_events
from tracemark.reporting.drawing import Drawn
from tracemark.reporting.figurebook import Figure, figures, views_of
from tracemark.reporting.periods import Period
from tracemark.reporting.suppression import SUM, Key, suppressed, with_sums

LEAST = 5
"""Numbers from 1 to below this are not published, unless a State says otherwise: common with statistical offices,
from memory."""


class PublicationStanding(StrEnum):
    """How a publication stands: proposed by one person, published by another, declined, or taken back."""

    PROPOSED = "proposed"
    PUBLISHED = "published"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class PublishedTable:
    """A figure as the public sees it: cells and sums by key, None where a number is withheld.

    In a key `SUM` stands for the sum over that breakdown; a figure without a breakdown has the one key `(SUM,)`.
    """

    figure: str
    unit: str
    period: Period
    by: tuple[str, ...]
    numbers: Mapping[Key, int | Decimal | None]

    @property
    def value(self) -> int | Decimal | None:
        """The whole; None where it is withheld."""
        return self.numbers[(SUM,) * max(1, len(self.by))]


@dataclass(frozen=True, slots=True)
class Publication:
    """The fold of one publication's dossier.

    `head` is SIZE.ROOT of the record it was drawn at, `definition` the fingerprint of the figure's query then,
    `approved_at` the position in the record at which it was published; `revises` names the publication it takes the
    place of, and `reason` says why.
    """

    name: str
    standing: PublicationStanding
    table: PublishedTable
    least: int
    head: str
    definition: str
    proposed_by: str
    proposed_on: PartialDate
    approved_by: str = ""
    published_on: PartialDate | None = None
    approved_at: int = -1
    revises: str = ""
    reason: str = ""

    @property
    def size(self) -> int:
        """How many events the record had."""
        return int(self.head.partition(".")[0])


def definition_of(figure: Figure) -> str:
    """Return the fingerprint of how a figure is counted: another one is another figure under the same name."""
    parts: list[Plain] = [definition_of(figures()[each]) for each in figure.parts]
    views: dict[str, Plain] = {name: each.sql for name, each in views_of(figure).items()}
    return fingerprint({"query": figure.sql, "views": views, "parts": parts})


def table_of(drawn: Drawn, least: int) -> PublishedTable:
    """Withhold from a drawn figure what would tell of single cases. A share is published as a whole only.

    What stands in the middle is no number of cases, and is published as it is.

    Raises:
        ValueError: it is not available, has more than two breakdowns, or is a share with a breakdown.
    """
    if drawn.value is None:
        raise ValueError("a figure that is not available")
    if isinstance(drawn.value, Decimal):
        if drawn.by:
            raise ValueError("a share with a breakdown")
        return PublishedTable(drawn.figure, drawn.unit, drawn.period, (), {(SUM,): drawn.value})
    if figures()[drawn.figure].of_one:
        return PublishedTable(drawn.figure, drawn.unit, drawn.period, (), {(SUM,): int(drawn.value)})
    cells = _cells_of(drawn)
    whole, hidden = with_sums(cells), suppressed(cells, least)
    numbers = {key: None if key in hidden else number for key, number in whole.items()}
    if not drawn.by:
        numbers = {(SUM,): numbers[(SUM,)]}
    return PublishedTable(drawn.figure, drawn.unit, drawn.period, drawn.by, numbers)


def whole_of(drawn: Drawn) -> dict[Key, int]:
    """Return a drawn count with all its sums, nothing withheld; nothing of a share, or of what stands in the middle."""
    counted = not isinstance(drawn.value, Decimal) and not figures()[drawn.figure].of_one
    return with_sums(_cells_of(drawn)) if counted else {}


def _cells_of(drawn: Drawn) -> dict[Key, int]:
    nothing = ("",) * max(1, len(drawn.by))
    return {key: int(number or 0) for key, number in drawn.cells.items()} or {nothing: int(drawn.value or 0)}


def plain_of(table: PublishedTable) -> dict[str, Plain]:
    """Return a table as an event's details hold it."""
    rows: list[Plain] = [
        {
            "key": ["*" if each == SUM else f"={each}" for each in key],
            "number": str(number) if isinstance(number, Decimal) else number,
        }
        for key, number in sorted(table.numbers.items())
    ]
    return {"figure": table.figure, "unit": table.unit, "valid_from": table.period.first.isoformat(),
            "valid_until": table.period.last.isoformat(), "by": list(table.by), "table": rows}  # fmt: skip


def public_plain(publication: Publication) -> dict[str, Plain]:
    """Return a publication as open data: the numbers, what they are of, and where they come from.

    In a row a breakdown that is absent is summed over; `number` is null where it is withheld.
    """
    table = publication.table
    rows: list[Plain] = [
        {
            **{by: each for by, each in zip(table.by, key, strict=False) if each != SUM},
            "number": str(number) if isinstance(number, Decimal) else number,
        }
        for key, number in sorted(table.numbers.items())
    ]
    return {
        "publication": publication.name,
        "standing": publication.standing.value,
        "figure": table.figure,
        "unit": table.unit,
        "paragraph": str(figures()[table.figure].paragraph),
        "first": table.period.first.isoformat(),
        "last": table.period.last.isoformat(),
        "by": list(table.by),
        "rows": rows,
        "least": publication.least,
        "head": publication.head,
        "definition": publication.definition,
        "published_on": str(publication.published_on or ""),
        "revises": publication.revises,
        "reason": publication.reason,
    }


def publication_of(name: str, events: Iterable[Sealed]) -> Publication:
    """Fold a publication's events.

    Raises:
        KeyError: none of them opens it.
    """
    found: Publication | None = None
    for sealed in own_events(name, events):
        found = _opened(name, sealed) if found is None else _next(found, sealed)
    if found is None:
        raise KeyError(name)
    return found


def _opened(name: str, sealed: Sealed) -> Publication:
    told: Mapping[str, Any] = sealed.event.details
    numbers = {
        tuple(SUM if each == "*" else each[1:] for each in row["key"]): _number(row["number"]) for row in told["table"]
    }
    period = Period(date.fromisoformat(told["valid_from"]), date.fromisoformat(told["valid_until"]))
    return Publication(
        name=name,
        standing=PublicationStanding.PROPOSED,
        table=PublishedTable(told["figure"], told["unit"], period, tuple(told["by"]), numbers),
        least=told["least"],
        head=told["head"],
        definition=told["definition"],
        proposed_by=sealed.event.by,
        proposed_on=sealed.event.happened,
        revises=told.get("revises", ""),
        reason=told.get("reason", ""),
    )


def _next(found: Publication, sealed: Sealed) -> Publication:
    event = sealed.event
    if event.kind is EventKind.PUBLICATION_APPROVED:
        return replace(
            found,
            standing=PublicationStanding.PUBLISHED,
            approved_by=event.by,
            published_on=event.happened,
            approved_at=sealed.position,
        )
    standing = PublicationStanding.DECLINED
    if event.kind is EventKind.PUBLICATION_WITHDRAWN:
        standing = PublicationStanding.WITHDRAWN
    return replace(found, standing=standing, reason=str(event.details.get("reason", "")))


def _number(told: int | str | None) -> int | Decimal | None:
    return Decimal(told) if isinstance(told, str) else told
