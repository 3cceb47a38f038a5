from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import exp, lgamma, log
from typing import Any

from tracemark.diversion.limits import upper_tail

LEAST = 3
CHANCE = 0.002
"""How many batches chance may bring among the numbers of one series."""

OF_ALL = 0.05
"""How many it may bring among all series that are looked at together."""


@dataclass(frozen=True, slots=True)
class Batch:
    """Numbers of one series that lie so near each other that chance hardly brings them together.

    `chance` is about how many such batches chance would bring among all the numbers given.
    """

    numbers: tuple[int, ...]
    chance: float


def batches_in(numbers: Sequence[int], first: int, last: int, most: float = CHANCE) -> list[Batch]:
    """Find batches of near-consecutive numbers among those recovered, of a series that runs from `first` to `last`.

    Numbers that are recovered by chance lie anywhere in the series. A stretch of at least `LEAST` of them is a batch
    where chance would bring `most` such stretches or fewer among them all: so three neighbours are one where few of a
    long series came to hand, and none where half of it did. A gap wider than the mean one ends a stretch. Batches share
    no numbers, and stand in the order of their numbers.
    """
    known = sorted(set(numbers))
    density = len(known) / (last - first + 1)
    stretches = list(_stretches(known, density, most))
    found: list[tuple[int, int, float]] = []
    for chance, start, end in sorted(stretches, key=lambda each: (each[0], each[1] - each[2])):
        if chance > most:
            break
        if all(end < other or start > its_end for other, its_end, _ in found):
            found.append((start, end, chance))
    return [Batch(tuple(known[start : end + 1]), chance) for start, end, chance in sorted(found)]


def clusters(rows: Iterable[Mapping[str, Any]]) -> Iterator[dict[str, Any]]:
    """Make of single recoveries the batches of near numbers among them, series by series.

    A row names its series by `maker`, `stem` and `places`; the `place` is where it came to hand. `rank` is the number's
    place among all numbers of the series on record, `known` how many those are: so a lot that came with a gap before
    it is no batch for that. `running` is the number, beside `weapon`, `position` and `happened`; `day` counts from any
    day. Each series is looked at as a whole, and year by year: a few neighbours are lost among all that ever came to
    hand, and not among those of one year. All these looks together share `OF_ALL`.
    """
    series: defaultdict[tuple[Any, ...], list[Mapping[str, Any]]] = defaultdict(list)
    for row in rows:
        series[row["maker"], row["stem"], row["places"], row["known"]].append(row)
    looks = {key: looks_at([(row["day"], row["rank"]) for row in told]) for key, told in sorted(series.items())}
    most = OF_ALL / max(1, sum(map(len, looks.values())))
    for key, of_series in looks.items():
        maker, _, _, known = key
        for since, until, numbers in batches_of(of_series, known, most):
            told = [row for row in series[key] if row["rank"] in numbers and since <= row["day"] < until]
            yield {
                "weapons": [row["weapon"] for row in told],
                "evidence": [row["position"] for row in told],
                "happened": max(row["happened"] for row in told),
                "place": max(row["place"] or "" for row in told),
                "maker": maker,
                "count": len({row["weapon"] for row in told}),
                "known": known,
                "first_number": min(row["running"] for row in told),
                "last_number": max(row["running"] for row in told),
            }


Look = tuple[int, int, frozenset[int]]
"""The first day, the day after the last, and the numbers that came to hand between them."""


def looks_at(recovered: Sequence[tuple[int, int]]) -> list[Look]:
    """Return the stretches of time in which a series is looked at, given the day and the number of each recovery.

    All time comes first, then each year with `LEAST` numbers or more; years begin every half year, so that none cuts
    through what came within half a year.
    """
    years: defaultdict[int, set[int]] = defaultdict(set)
    for day, number in recovered:
        for half in (day // _HALF - 1, day // _HALF):
            years[half].add(number)
    days = [day for day, _ in recovered]
    whole = (min(days), max(days) + 1, frozenset(number for _, number in recovered))
    told = [(half * _HALF, (half + 2) * _HALF, frozenset(found)) for half, found in sorted(years.items())]
    return [whole, *(each for each in told if len(each[2]) >= LEAST and each[2] != whole[2])]


def batches_of(looks: Iterable[Look], known: int, most: float) -> list[Look]:
    """Return the batches of one series that any look at it finds, the unlikeliest first where two share numbers."""
    found = [
        (batch.chance, since, until, frozenset(batch.numbers))
        for since, until, numbers in looks
        for batch in batches_in(list(numbers), 1, known, most)
    ]
    taken, kept = set[int](), list[Look]()
    for _, since, until, numbers in sorted(found, key=lambda each: (*each[:3], sorted(each[3]))):
        if not taken & numbers:
            taken |= numbers
            kept.append((since, until, numbers))
    return sorted(kept, key=lambda each: min(each[2]))


def _stretches(known: Sequence[int], density: float, most: float) -> Iterator[tuple[float, int, int]]:
    """Yield the chance, the first and the last place of each stretch that chance seldom brings."""
    for start in range(len(known)):
        for end in range(start + 1, min(start + _LONGEST, len(known))):
            if density * (known[end] - known[end - 1]) > 1:
                break
            count, expected = end - start, density * (known[end] - known[start])
            if end - start + 1 < LEAST:
                continue
            # Stretches of every length are tried: each length has its part of what chance may bring, and all are one.
            tried = len(known) * count * (count + 1) / 2
            # Exactly so many are not likelier than so many or more: most stretches need no sum.
            alone = tried * exp(count * log(expected) - expected - lgamma(count + 1)) / 2
            if alone <= most and (chance := tried * upper_tail(count, expected)) <= most:
                yield chance, start, end


_LONGEST = 200
_HALF = 183
