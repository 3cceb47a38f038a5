from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import exp, lgamma, log
from typing import Any

FALSE_SHARE = 0.05
"""Which share of those found beyond their limits may be there by chance."""

LEAST = 5
RATIO = 1.5
"""An excess is told of at least so many, and of so many times what is expected: what is less is no officer's day worth,
however sure it is among large numbers."""

_ASKED = frozenset({"among", "stock", "weapon", "position", "happened"})


@dataclass(frozen=True, slots=True)
class Beyond:
    """One of many (a depot, a dealer) whose count goes beyond what its stock explains.

    `chance` is how probable so many or more are at the common rate.
    """

    name: str
    count: int
    stock: float
    expected: float
    chance: float


def beyond_limits(counts: Mapping[str, int], stock: Mapping[str, float], share: float = FALSE_SHARE) -> list[Beyond]:
    """Find whose count goes beyond the funnel: more than the rate common to all explains, given each one's stock.

    The chance is exact for small numbers (Poisson, mid-point), and many are tested at once: of those found, `share` at
    most are expected to be there by chance (Benjamini and Hochberg 1995). Who has no stock is left out: a rate over
    nothing says nothing. The worst come first. Source: PoA II.17.
    """
    held = {name: amount for name, amount in stock.items() if amount > 0}
    total, whole = sum(counts.get(name, 0) for name in held), sum(held.values())
    if not total:
        return []
    tested = [
        Beyond(name, count, amount, expected, upper_tail(count, expected))
        for name, amount in held.items()
        for count, expected in [(counts.get(name, 0), total * amount / whole)]
    ]
    tested.sort(key=lambda each: (each.chance, each.name))
    within = [place for place, each in enumerate(tested, 1) if each.chance <= share * place / len(tested)]
    return tested[: max(within, default=0)]


def upper_tail(count: int, expected: float) -> float:
    """Return the chance of so many or more where `expected` are, half of exactly so many counted (mid-point)."""
    if expected <= 0:
        return 0.0 if count else 0.5
    below = sum(_chance(each, expected) for each in range(count))
    return max(0.0, 1 - below - _chance(count, expected) / 2)


def _chance(count: int, expected: float) -> float:
    return exp(count * log(expected) - expected - lgamma(count + 1))


def excesses(rows: Iterable[Mapping[str, Any]]) -> Iterator[dict[str, Any]]:
    """Make of single events who has more of them than its stock explains, the least probable first.

    A row names `among` whom it is compared (army depots among army depots), `stock`, `weapon`, `position` and
    `happened`; its one other column says whose it is, and is the fact by which the signal names it. Who has stock and
    no event has one row without a weapon: it counts for the rate that is common to those among whom it stands.
    """
    told: defaultdict[str, list[Mapping[str, Any]]] = defaultdict(list)
    stocks: defaultdict[str, dict[str, float]] = defaultdict(dict)
    named = "holder"
    for row in rows:
        [named] = row.keys() - _ASKED
        stocks[row["among"]][row[named]] = row["stock"]
        if row["weapon"] is not None:
            told[row[named]].append(row)
    counts = {name: len(events) for name, events in told.items()}
    for _, stock in sorted(stocks.items()):
        for each in beyond_limits(counts, stock):
            if each.count >= LEAST and each.count >= RATIO * each.expected:
                yield _row(each, named, told[each.name])


def _row(beyond: Beyond, named: str, events: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    return {
        "weapons": [row["weapon"] for row in events],
        "evidence": [row["position"] for row in events],
        "happened": max(row["happened"] for row in events),
        "place": "",
        named: beyond.name,
        "count": beyond.count,
        "expected": round(beyond.expected),
    }
