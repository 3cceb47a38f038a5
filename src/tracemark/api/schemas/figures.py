from collections.abc import Mapping, Sequence
from typing import Any

from pydantic import BaseModel

from tracemark.reporting import Drawn, Figure, breakdowns


class FigureOut(BaseModel):
    """A figure: what it counts, of what its number is, what it can be broken down by, and its query.

    A share has no query but `parts`: the first as a percentage of the second.
    """

    figure: str
    question: str
    unit: str
    paragraph: str
    by: list[str]
    parts: list[str]
    sql: str

    @classmethod
    def of(cls, figure: Figure) -> "FigureOut":
        """Return a figure as it goes out."""
        return cls(
            figure=figure.id,
            question=figure.question,
            unit=figure.unit,
            paragraph=str(figure.paragraph),
            by=list(breakdowns(figure)),
            parts=list(figure.parts),
            sql=figure.sql,
        )


class FiguresOut(BaseModel):
    """Every figure."""

    items: list[FigureOut]


class DrawnOut(BaseModel):
    """A figure as drawn at a head (SIZE.ROOT). A percentage is text, since it is no binary fraction.

    Each entry of `by` has the values of the breakdown by their names, and `value`.
    """

    figure: str
    value: int | str | None
    unit: str
    by: list[dict[str, int | str | None]]
    head: str
    available: bool

    @classmethod
    def of(cls, drawn: Drawn) -> "DrawnOut":
        """Return a drawn figure as it goes out."""
        return cls.model_validate(drawn.plain())


class FigureRowsOut(BaseModel):
    """What was counted, and what is said of it.

    `counted` is a weapon's identity, an event's position or a dossier's name; `next` is where the next page begins,
    null on the last one.
    """

    items: list[dict[str, Any]]
    head: str
    next: int | None

    @classmethod
    def of(cls, rows: Sequence[Mapping[str, object]], head: str, following: int | None) -> "FigureRowsOut":
        """Return rows as they go out."""
        items = [{name: each if isinstance(each, int) else str(each) for name, each in row.items()} for row in rows]
        return cls(items=items, head=head, next=following)
