from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from tracemark.kernel import Finding, Plain, Refused, cite
from tracemark.reporting import SUM, Period, Publication, PublishedTable, breakdowns, figures, public_plain
from tracemark.secretariat.shapes import FINGERPRINT, HEAD, shaped

FIGURE_TYPE = "tracemark.published-figure/1"
"""What a message with a published figure says that it is."""

_LARGEST = 2**53 - 1


class FigureUnfit(Refused):
    """What came is no published figure that this software knows."""


@dataclass(frozen=True, slots=True)
class StateTable:
    """A figure as a State published it: its name there, how it was counted, and at which head of that State's record.

    `stands` is False where the State took it back.
    """

    state: str
    publication: str
    table: PublishedTable
    definition: str
    head: str
    published_on: str
    stands: bool = True


def shared_figure(publication: Publication) -> dict[str, Plain]:
    """Return what a region or the world is told of a published figure: what the public sees, and no more."""
    return public_plain(publication)


def read_table(state: str, told: Mapping[str, Any]) -> StateTable:
    """Read a figure that a State published.

    Raises:
        FigureUnfit: it is none, of a figure that nobody here knows, or a number in it is impossible.
    """
    try:
        return _read(state, told)
    except (KeyError, TypeError, ValueError, AttributeError, InvalidOperation) as error:
        facts: dict[str, Plain] = {"state": state, "figure": str(told.get("figure", ""))[:80], "why": str(error)[:200]}
        raise FigureUnfit([Finding("secretariat.figure_unfit", cite("PoA II.33"), facts)]) from None


def _read(state: str, told: Mapping[str, Any]) -> StateTable:
    figure, by = figures()[told["figure"]], tuple(told["by"])
    if strange := set(by) - set(breakdowns(figure)):
        raise ValueError(f"by: {', '.join(sorted(strange))}")
    if told["unit"] != figure.unit:
        raise ValueError(f"unit: {told['unit']}")
    numbers = {
        tuple(str(row.get(each, SUM)) for each in by) or (SUM,): _number(row["number"], whole=not figure.parts)
        for row in told["rows"]
    }
    if (SUM,) * max(1, len(by)) not in numbers:
        raise ValueError("rows: no sum")
    period = Period(date.fromisoformat(told["first"]), date.fromisoformat(told["last"]))
    return StateTable(
        state=state,
        publication=str(told["publication"]),
        table=PublishedTable(figure.id, figure.unit, period, by, numbers),
        definition=shaped(FINGERPRINT, told["definition"]),
        head=shaped(HEAD, told["head"]),
        published_on=date.fromisoformat(told["published_on"]).isoformat(),
        stands=told["standing"] == "published",
    )


def _number(told: object, *, whole: bool) -> int | Decimal | None:
    """A count, a share of a hundred, or None where it is withheld."""
    if told is None:
        return None
    if whole:
        if type(told) is not int or not 0 <= told <= _LARGEST:
            raise ValueError(f"number: {told!r}")
        return told
    share = Decimal(str(told))
    if not 0 <= share <= 100:  # noqa: PLR2004 - a share of a hundred
        raise ValueError(f"number: {told!r}")
    return share
