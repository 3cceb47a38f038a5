"""Figures that stand published of one period, read together: which of them tell what another withholds."""

from collections.abc import Iterable, Mapping
from decimal import Decimal

from tracemark.reporting.differencing import UNKNOWN, Told, betraying, conditions_of, share_tells, told_of
from tracemark.reporting.figurebook import figures
from tracemark.reporting.publications import Publication, PublishedTable
from tracemark.reporting.suppression import Key


def telling(table: PublishedTable, whole: Mapping[Key, int], least: int, standing: Iterable[Publication]) -> list[str]:
    """Return the publications beside which a table would tell what it, or they, withhold.

    `whole` is the table with what it withholds. Of those that stand published only those of the same period are read
    with it: two tables of one figure whose periods meet otherwise are refused before.
    """
    beside = [each for each in standing if each.table.period == table.period]
    before, after = _Read(), _Read()
    for each in beside:
        before.read(each.table)
        after.read(each.table)
    after.read(table, whole)
    if after.tell(least) <= before.tell(least):
        return []
    return [each.name for each in beside if _roots(each.table.figure) & _roots(table.figure)]


class _Read:
    """What somebody knows who read some published tables."""

    def __init__(self) -> None:
        self._numbers: dict[Told, int] = {}
        self._shown: set[Told] = set()
        self._hidden: set[Told] = set()
        self._shares: dict[str, Decimal] = {}

    def read(self, table: PublishedTable, whole: Mapping[Key, int] | None = None) -> None:
        asked = [
            {key[place]: frozenset({(by, key[place])}) for key in table.numbers} for place, by in enumerate(table.by)
        ]
        for key, number in table.numbers.items():
            told = told_of(table.figure, conditions_of(key, asked))
            if isinstance(number, Decimal):
                self._shares[table.figure] = number
            elif number is None:
                self._hidden.add(told)
                self._numbers[told] = whole[key] if whole else self._numbers.get(told, UNKNOWN)
            else:
                self._shown.add(told)
                self._numbers[told] = number

    def tell(self, least: int) -> set[Told]:
        """Return what tells something that is withheld, or that would be."""
        shares = {told_of(each) for each, share in self._shares.items() if self._share_tells(each, share, least)}
        return {*betraying(self._numbers, self._hidden, least), *(self._shown & self._hidden), *shares}

    def _share_tells(self, figure: str, share: Decimal, least: int) -> bool:
        whole = told_of(figures()[figure].parts[1])
        return whole in self._shown and share_tells(self._numbers[whole], share, least)


def _roots(figure: str) -> set[str]:
    """Return the widest figures that one, or each part of a share, lies within."""
    return {told_of(each)[0] for each in figures()[figure].parts or [figure]}
