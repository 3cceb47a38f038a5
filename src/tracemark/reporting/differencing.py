"""Which numbers of several tables may not be published beside each other, as one would be the difference of others.

A table guards itself (`suppression`). Tables that are published together are read together: the same number may stand
in two of them, weapons seized are within weapons recovered, and what is left of a whole without its parts is a part.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
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


@dataclass(slots=True)
class Known:
    """What somebody knows who read what was published of one period: numbers, the first that was told of each thing.

    A number that is `hidden` is `UNKNOWN`, or as it is where it is known here; `shares` are percentages by figure.
    """

    numbers: dict[Told, int] = field(default_factory=dict)
    shown: set[Told] = field(default_factory=set)
    hidden: set[Told] = field(default_factory=set)
    shares: dict[str, Decimal] = field(default_factory=dict)

    def read(self, told: Told, number: int | None, withheld: int = UNKNOWN) -> None:
        """Take in what is published of a thing: None where it is withheld, though it be `withheld`."""
        (self.hidden if number is None else self.shown).add(told)
        if self.numbers.get(told, UNKNOWN) == UNKNOWN:
            self.numbers[told] = withheld if number is None else number

    def telling(self, least: int) -> set[Told]:
        """Return what tells something that is withheld, or that would be."""
        shares = {told_of(each) for each, share in self.shares.items() if self._share_tells(each, share, least)}
        return {*betraying(self.numbers, self.hidden, least), *(self.shown & self.hidden), *shares}

    def _share_tells(self, figure: str, share: Decimal, least: int) -> bool:
        whole = told_of(figures()[figure].parts[1])
        return whole in self.shown and share_tells(self.numbers[whole], share, least)


def suppressed_together(tables: Sequence[ToldTable], least: int, known: Known | None = None) -> list[frozenset[Key]]:
    """Return of each table the keys that may not be published, where all are published together.

    Beside what each withholds by itself: what another withholds, and the smallest part that guards a number which
    would be what is left of a whole. Where two tables tell different numbers of the same thing, one of them is read.
    What is `known` was published before: it is read with the tables, and only they can withhold more.
    """
    known = known or Known()
    named = [each.keys() for each in tables]
    own = {told: table.numbers()[key]
           for table, keys in zip(tables, named, strict=True) for key, told in keys.items()}  # fmt: skip
    numbers = known.numbers | own
    also: list[frozenset[Key]] = [frozenset() for _ in tables]
    while True:
        hidden = [frozenset(keys) if table.withheld else suppressed(table.cells, least, more)
                  for table, keys, more in zip(tables, named, also, strict=True)]  # fmt: skip
        beside = list(zip(named, hidden, strict=True))
        gone = {keys[key] for keys, away in beside for key in away if numbers[keys[key]]} | known.hidden
        gone -= known.shown
        shown = {told for keys, away in beside for key, told in keys.items() if key not in away} - known.shown
        more = gone & shown or set(islice(betraying(numbers, gone, least, shown), 1))
        after = [place | {key for key, told in keys.items() if told in more}
                 for keys, place in zip(named, also, strict=True)]  # fmt: skip
        if after == also:
            return hidden
        also = after


def betraying(
    numbers: Mapping[Told, int], hidden: Collection[Told], least: int, able: Collection[Told] | None = None
) -> Iterator[Told]:
    """Yield numbers to be withheld too, as with them a small or a withheld one is what is left of a whole.

    A hidden one may be `UNKNOWN`: then what is left of its whole is taken to be it. Only those are yielded that one is
    `able` to withhold, where that is told.
    """
    groups: dict[tuple[Told, str], list[Told]] = {}
    for figure, conditions in numbers:
        for each in conditions:
            groups.setdefault(((figure, conditions - {each}), each[0]), []).append((figure, conditions))
    for (whole, _), parts in sorted(groups.items(), key=str):
        if numbers.get(whole):
            guards = _guards(whole, [each for each in parts if numbers[each]], numbers, hidden, least)
            yield from [each for each in guards if able is None or each in able][:1]


def _guards(
    whole: Told, parts: Sequence[Told], numbers: Mapping[Told, int], hidden: Collection[Told], least: int
) -> list[Told]:
    """Return what may be withheld lest the rest of a whole be told, the smallest first; nothing where it is not."""
    shown, gone = [each for each in parts if each not in hidden], [each for each in parts if each in hidden]
    left = numbers[whole] - sum(numbers[each] for each in shown)
    if whole in hidden:
        told = left == 0
    else:
        told = left > 0 and len(gone) <= 1 and (left < least or any(numbers[each] in (left, UNKNOWN) for each in gone))
    return [*sorted(shown, key=lambda each: (numbers[each], str(each))), whole] if told else []


def share_tells(whole: int, percent: Decimal, least: int) -> bool:
    """Whether a share of a number that is told tells a small number, or how few are left of it."""
    counted = round(whole * percent / 100)
    return 0 < counted < least or 0 < whole - counted < least
