"""How long marks stay readable, by how they were made, in what and how deep; no weapon is told."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files

from tracemark.diversion import Engine, QueryRefused, lay_tables
from tracemark.kernel import Plain
from tracemark.practices.survival import Lasting, Share, Span, lasting, wilson
from tracemark.reporting import LEAST, FigureFailed

DEPTHS = ("under_0_0762", "to_0_1524", "over_0_1524", "unmeasured")
"""Bands of depth: below 0.0762 mm (0.003 inch), from there to below its double, from there on, not measured."""

LEFT_OUT = ("method", "material", "age", "unidentified")
"""Why a reading is left out: how or in what the mark was made is not on record, its age is not, or whose mark it is."""

AGES = (1, 2, 3, 5, 7, 10, 15, 20, 25, 30)
"""The ages in years that are told of."""

AGE_BANDS = (0, 2, 5, 10, 20)
"""Where bands of age begin, in years."""


def age_band(first: int) -> str:
    """Write the band of ages that begins with a year: `2–5`, `20+`."""
    after = next((each for each in AGE_BANDS if each > first), None)
    return f"{first}–{after}" if after else f"{first}+"


@dataclass(frozen=True, slots=True)
class MarkCell:
    """What is told of marks made in one way: how many were read again, how they were found by age, how they last.

    `material` is a component's material, or `embedded_plate`. `by_age` goes from the first year of a band to the marks
    read last in it, whole or not; bands with fewer than `LEAST` marks are left out. `lasts` is the estimated share that
    stays whole longer than an age, as far as whole marks were seen.
    """

    method: str
    material: str
    depth: str
    marks: int
    failed: int
    by_age: Mapping[int, Share] = field(default_factory=dict)
    lasts: tuple[Lasting, ...] = ()

    @property
    def code(self) -> str:
        """Its name in addresses and files."""
        return f"{self.method}-{self.material}-{self.depth}"


@dataclass(frozen=True, slots=True)
class Durability:
    """What the record tells of how long marks last, at one head of it (SIZE.ROOT).

    `withheld` is how many cells have fewer than `LEAST` marks. `left_out` says how many readings could not be used, by
    why; `unread` how many of those without an identified weapon were not whole: such weapons are harder to identify.
    """

    head: str
    cells: tuple[MarkCell, ...]
    withheld: int
    left_out: Mapping[str, int]
    unread: int
    least: int = LEAST

    def plain(self) -> dict[str, Plain]:
        """As JSON says it; shares are text with four decimals, as they are no binary fractions."""
        cells: list[Plain] = [_cell_plain(each) for each in self.cells]
        left_out: dict[str, Plain] = dict(self.left_out)
        return {
            "head": self.head,
            "least": self.least,
            "cells": cells,
            "withheld": self.withheld,
            "left_out": left_out,
            "unidentified_unread": self.unread,
        }


def draw_durability(engine: Engine, *, head: str, state: str, today: object) -> Durability:
    """Count from the record's tables how marks that were read again had lasted.

    Raises:
        FigureFailed: the query cannot be answered.

    Source: ITI 7(5), BMS7 ITI.3.
    """
    lay_tables(engine, today=today, state=state)  # type: ignore[arg-type]
    try:
        rows = list(engine.rows(_query()))
    except QueryRefused as error:
        raise FigureFailed("marks.durability", str(error)) from error
    return durability_of(rows, head)


def durability_of(rows: Iterable[Mapping[str, object]], head: str) -> Durability:
    """Gather the rows that the query answers with.

    Each is either a group of marks, `counted` of one `method`, `material` and `depth`, of which the last reading was at
    `age` and `readable`, and which failed in the years from `first` to `last` (None: not yet); or, with a
    `left_out`, a number of readings that were not used.
    """
    told = list(rows)
    groups: dict[tuple[str, str, str], list[Mapping[str, object]]] = {}
    left_out, unread = dict.fromkeys(LEFT_OUT, 0), 0
    for row in told:
        if why := str(row["left_out"] or ""):
            left_out[why] += _whole(row["counted"])
            unread += _whole(row["counted"]) if why == "unidentified" and not row["readable"] else 0
        else:
            groups.setdefault((str(row["method"]), str(row["material"]), str(row["depth"])), []).append(row)
    cells = [_cell(key, rows_of) for key, rows_of in sorted(groups.items())]
    shown = tuple(each for each in cells if each is not None)
    return Durability(head, shown, len(cells) - len(shown), left_out, unread)


def _cell(key: tuple[str, str, str], rows: Sequence[Mapping[str, object]]) -> MarkCell | None:
    marks = sum(_whole(row["counted"]) for row in rows)
    if marks < LEAST:
        return None
    spans: dict[Span, int] = {}
    bands = {first: [0, 0] for first in AGE_BANDS}
    for row in rows:
        span = (_whole(row["first"]), None if row["last"] is None else _whole(row["last"]))
        spans[span] = spans.get(span, 0) + _whole(row["counted"])
        band = bands[max(first for first in AGE_BANDS if first <= _whole(row["age"]))]
        band[0] += _whole(row["counted"]) if row["readable"] else 0
        band[1] += _whole(row["counted"])
    failed = sum(number for (_, last), number in spans.items() if last is not None)
    by_age = {first: wilson(part, whole) for first, (part, whole) in bands.items() if whole >= LEAST}
    # In one order, so that the same record gives the same numbers to the last digit.
    told = dict(sorted(spans.items(), key=lambda each: (each[0][0], each[0][1] is None, each[0][1] or 0)))
    furthest = min(max(first for first, _ in spans), AGES[-1])
    ages = sorted({each for each in AGES if each < furthest} | {furthest} - {0})
    return MarkCell(*key, marks, failed, by_age, tuple(lasting(told, ages)) if ages else ())


def _whole(value: object) -> int:
    return int(str(value))


def _cell_plain(cell: MarkCell) -> dict[str, Plain]:
    return {
        "method": cell.method,
        "material": cell.material,
        "depth": cell.depth,
        "marks": cell.marks,
        "failed": cell.failed,
        "by_age": [
            {
                "from_year": first,
                "whole": share.part,
                "read": share.whole,
                **_interval(share.value, share.low, share.high),
            }
            for first, share in cell.by_age.items()
        ],
        "lasts": [{"years": each.years, **_interval(each.share, each.low, each.high)} for each in cell.lasts],
    }


def _interval(share: float, low: float, high: float) -> dict[str, Plain]:
    return {"share": f"{share:.4f}", "low": f"{low:.4f}", "high": f"{high:.4f}"}


@cache
def _query() -> str:
    return (files("tracemark.practices") / "durability.sql").read_text("utf-8")
