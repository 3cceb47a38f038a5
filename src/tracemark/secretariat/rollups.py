from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum

from tracemark.kernel import Plain
from tracemark.reporting import SUM, Figure, Key, Period, PublishedTable, Share, definition_of, figures, m49_regions
from tracemark.secretariat.tables import StateTable
from tracemark.weapons import catalogue


class Why(StrEnum):
    """Why a State is not in a sum. None of it counts as zero."""

    NOT_TOLD = "not_told"
    WITHHELD = "withheld"
    TAKEN_BACK = "taken_back"
    OTHER_PERIOD = "other_period"
    OTHER_DEFINITION = "other_definition"
    OTHER_BREAKDOWN = "other_breakdown"
    NO_SUM = "no_sum"


@dataclass(frozen=True, slots=True)
class RegionalCell:
    """A number of a region: the sum over the States counted, None where none is; and why each other State is not."""

    number: int | Decimal | None
    counted: tuple[str, ...]
    missing: Mapping[str, Why]


@dataclass(frozen=True, slots=True)
class RegionalTable:
    """A figure of a region, cell by cell, as its States published it; keys as in `PublishedTable`."""

    figure: str
    unit: str
    period: Period
    by: tuple[str, ...]
    cells: Mapping[Key, RegionalCell]

    @property
    def whole(self) -> RegionalCell:
        """The sum over all breakdowns."""
        return self.cells[_whole(self.by)]

    def plain(self) -> dict[str, Plain]:
        """As JSON says it: a row for each cell, in which a breakdown that is absent is summed over."""
        rows: list[Plain] = [
            {
                **{by: each for by, each in zip(self.by, key, strict=False) if each != SUM},
                "number": str(cell.number) if isinstance(cell.number, Decimal) else cell.number,
                "counted": list(cell.counted),
                "missing": {state: why.value for state, why in cell.missing.items()},
            }
            for key, cell in self.cells.items()
        ]
        return {
            "figure": self.figure,
            "unit": self.unit,
            "first": self.period.first.isoformat(),
            "last": self.period.last.isoformat(),
            "by": list(self.by),
            "rows": rows,
        }


def roll_up(
    figure: str, period: Period, by: tuple[str, ...], tables: Iterable[StateTable], members: Collection[str]
) -> RegionalTable:
    """Add up what the members of a region published of a figure for a period; of two tables of a State the last counts.

    A share is the sum of its numerators over the sum of its denominators, as far as a State published both. A cell that
    a State's table lacks is nothing there; one that it withheld is missing, and the sum does not hold it. Without a
    breakdown the sum of a table counts whatever it is broken down by. What stands in the middle has no sum.

    Raises:
        KeyError: there is no such figure.
    """
    known, told = figures()[figure], list(tables) if by else list(map(_without_breakdown, tables))
    if known.parts:
        return _share_of(known, period, told, members)
    mine, missing = _comparable(known, period, by, told, members)
    keys = sorted({_whole(by), *(key for each in mine.values() for key in each.numbers)})
    cells = {key: _cell(key, mine, missing) for key in keys}
    return RegionalTable(figure, known.unit, period, by, cells)


def members_of(region: str) -> list[str]:
    """Return the member States of a region of the list M49.

    Raises:
        KeyError: there is no such region.
    """
    states = m49_regions()[region].states
    return sorted(each for each in states if catalogue().states[each].status == "member")


def summed_parts(
    figure: Figure, period: Period, told: Iterable[StateTable], members: Collection[str]
) -> tuple[dict[str, Share], dict[str, Why]]:
    """Return numerator and denominator of a share, by State, of those of which both are known; and why not of others.

    A numerator that is larger than its denominator was counted in another way, whatever its State says.
    """
    plain = list(map(_without_breakdown, told))
    parts = [_comparable(figures()[each], period, (), plain, members) for each in figure.parts]
    shares, missing = dict[str, Share](), dict[str, Why]()
    for state in sorted(members):
        numbers = [tables[state].value for tables, _ in parts if state in tables]
        whole = [each for each in numbers if isinstance(each, int)]
        if len(whole) == len(parts) and whole[0] <= whole[1]:
            shares[state] = Share(*whole)
        elif len(whole) == len(parts):
            missing[state] = Why.OTHER_DEFINITION
        else:
            told_not = [why[state] for _, why in parts if state in why]
            missing[state] = told_not[0] if told_not else Why.WITHHELD
    return shares, missing


def _share_of(figure: Figure, period: Period, told: list[StateTable], members: Collection[str]) -> RegionalTable:
    """Sum over sum, of the States of which both sums are known."""
    shares, missing = summed_parts(figure, period, told, members)
    above, below = (
        sum(each.numerator or 0 for each in shares.values()),
        sum(each.denominator or 0 for each in shares.values()),
    )
    cell = RegionalCell(Share(above, below).percent, tuple(shares), missing)
    return RegionalTable(figure.id, figure.unit, period, (), {_whole(()): cell})


def _comparable(
    figure: Figure, period: Period, by: tuple[str, ...], told: Iterable[StateTable], members: Collection[str]
) -> tuple[dict[str, PublishedTable], dict[str, Why]]:
    """Return each member's table that may be added to others, and why the rest have none."""
    best: dict[str, StateTable | Why] = dict.fromkeys(sorted(members), Why.NOT_TOLD)
    definition = definition_of(figure)
    for each in told:
        if each.state not in best or each.table.figure != figure.id:
            continue
        if each.table.period == period:
            best[each.state] = _unfit(each, by, figure, definition) or each
        elif best[each.state] is Why.NOT_TOLD:
            best[each.state] = Why.OTHER_PERIOD
    return (
        {state: each.table for state, each in best.items() if isinstance(each, StateTable)},
        {state: each for state, each in best.items() if isinstance(each, Why)},
    )


def _unfit(told: StateTable, by: tuple[str, ...], figure: Figure, definition: str) -> Why | None:
    if not told.stands:
        return Why.TAKEN_BACK
    if figure.of_one:
        return Why.NO_SUM
    if told.definition != definition:
        return Why.OTHER_DEFINITION
    return None if told.table.by == by else Why.OTHER_BREAKDOWN


def _cell(key: Key, tables: Mapping[str, PublishedTable], missing: Mapping[str, Why]) -> RegionalCell:
    told = {state: table.numbers.get(key, 0) for state, table in tables.items()}
    counts = {state: number for state, number in told.items() if isinstance(number, int)}
    withheld = dict.fromkeys((state for state in told if state not in counts), Why.WITHHELD)
    return RegionalCell(sum(counts.values()) if counts else None, tuple(counts), {**missing, **withheld})


def _without_breakdown(told: StateTable) -> StateTable:
    table = told.table
    return replace(told, table=replace(table, by=(), numbers={_whole(()): table.value}))


def _whole(by: tuple[str, ...]) -> Key:
    return (SUM,) * max(1, len(by))
