"""Which numbers of several tables may not be published beside each other, as one would be the difference of others.

A table guards itself (`suppression`). Tables that are published together are read together: the same number may stand
in two of them, weapons seized are within weapons recovered, and what is left of a whole without its parts is a part.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import islice

from tracemark.reporting.figurebook import figures
from tracemark.reporting.suppression import SUM, Key, suppressed, with_sums

Conditions = frozenset[tuple[str, str]]
Told = tuple[str, Conditions]
"""What a published number is of: a figure that lies within no other, and what was asked of the things it counts."""


UNKNOWN = -1
"""Stands for a number that was withheld when it was published."""


@dataclass(frozen=True, slots=True)
class ToldTable:
    """A table as it would be told: its cells, and for each place of a key what a part there asks of what is counted.

    One that is `withheld` as a whole is told nowhere, and is not to be reckoned from others either.
    """

    figure: str
    cells: Mapping[Key, int]
    asked: tuple[Mapping[str, Conditions], ...]
    withheld: bool = False

    def numbers(self) -> dict[Key, int]:
        """Return every cell and sum."""
        return with_sums(self.cells)

    def keys(self) -> dict[Key, Told]:
        """Return of every cell and sum what it is of."""
        return {key: told_of(self.figure, conditions_of(key, self.asked)) for key in self.numbers()}


def conditions_of(key: Key, asked: Sequence[Mapping[str, Conditions]]) -> Conditions:
    """Return what a key asks of the things counted; a sum asks nothing."""
    parts = [each.get(part, frozenset()) for each, part in zip(asked, key, strict=False) if part != SUM]
    return frozenset[tuple[str, str]]().union(*parts)


def told_of(figure: str, conditions: Conditions = frozenset()) -> Told:
    """Say what a number of a figure is of, as a part of the widest figure that it lies within."""
    known = figures().get(figure)
    if known is None or known.within is None:
        return figure, conditions
    return told_of(known.within.whole, conditions | {(known.within.by, known.within.value)})


def suppressed_together(tables: Sequence[ToldTable], least: int) -> list[frozenset[Key]]:
    """Return of each table the keys that may not be published, where all are published together.

    Beside what each withholds by itself: what another withholds, and the smallest part that guards a number which
    would be what is left of a whole. Where two tables tell different numbers of the same thing, one of them is read.
    """
    named = [each.keys() for each in tables]
    numbers = {told: table.numbers()[key]
               for table, keys in zip(tables, named, strict=True) for key, told in keys.items()}  # fmt: skip
    also: list[frozenset[Key]] = [frozenset() for _ in tables]
    while True:
        hidden = [frozenset(keys) if table.withheld else suppressed(table.cells, least, more)
                  for table, keys, more in zip(tables, named, also, strict=True)]  # fmt: skip
        beside = list(zip(named, hidden, strict=True))
        gone = {keys[key] for keys, away in beside for key in away if numbers[keys[key]]}
        shown = {told for keys, away in beside for key, told in keys.items() if key not in away}
        more = gone & shown or set(islice(betraying(numbers, gone, least), 1))
        after = [place | {key for key, told in keys.items() if told in more}
                 for keys, place in zip(named, also, strict=True)]  # fmt: skip
        if after == also:
            return hidden
        also = after


def betraying(numbers: Mapping[Told, int], hidden: Collection[Told], least: int) -> Iterator[Told]:
    """Yield numbers to be withheld too, as with them a small or a withheld one is what is left of a whole.

    A hidden one may be `UNKNOWN`: then what is left of its whole is taken to be it.
    """
    groups: dict[tuple[Told, str], list[Told]] = {}
    for figure, conditions in numbers:
        for each in conditions:
            groups.setdefault(((figure, conditions - {each}), each[0]), []).append((figure, conditions))
    for (whole, _), parts in sorted(groups.items(), key=str):
        if numbers.get(whole):
            yield from _betraying(whole, [each for each in parts if numbers[each]], numbers, hidden, least)


def _betraying(
    whole: Told, parts: Sequence[Told], numbers: Mapping[Told, int], hidden: Collection[Told], least: int
) -> Iterator[Told]:
    shown, gone = [each for each in parts if each not in hidden], [each for each in parts if each in hidden]
    left = numbers[whole] - sum(numbers[each] for each in shown)
    if whole in hidden:
        told = left == 0
    else:
        told = left > 0 and len(gone) <= 1 and (left < least or any(numbers[each] in (left, UNKNOWN) for each in gone))
    if told:
        yield min(shown, key=lambda each: (numbers[each], str(each)), default=whole)


def share_tells(whole: int, percent: Decimal, least: int) -> bool:
    """Whether a share of a number that is told tells a small number, or how few are left of it."""
    counted = round(whole * percent / 100)
    return 0 < counted < least or 0 < whole - counted < least
