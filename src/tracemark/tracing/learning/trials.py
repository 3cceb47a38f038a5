"""Weights tried on held-back judgements: what the search would say, beside what officers found."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256
from itertools import pairwise
from math import log
from random import Random

from tracemark.tracing.actions import query_of
from tracemark.tracing.learning.judgements import JudgedCase
from tracemark.tracing.matching import MarkIndex, Weights, find_candidates
from tracemark.weapons import WeaponId

LEAST_HELD_BACK = 30
"""Fewer cases tell nothing: an interval over them is as wide as the question."""

_ONE_IN = 3
_LISTED = 30
_FLOOR = 1 / 2000
"""No truth counts as less probable than this, below which a chance is shown as 0.0 %: that is not never."""

_CONFIDENT = 0.9
_EDGES = (0.0, 0.1, 0.5, 0.9, 0.99, 1.0)
_DRAWS = 2000
_TAIL = 0.025


class Worth(StrEnum):
    """What new weights are worth by the held-back judgements. Only better ones are proposed."""

    BETTER = "better"
    UNDECIDED = "undecided"
    WORSE = "worse"
    TOO_FEW = "too_few"


@dataclass(frozen=True, slots=True)
class Trial:
    """What the search says of one case: the chance it gives the truth, and its first candidate.

    `rank` is that of the right weapon, None where it is not listed or the weapon is not here.
    """

    chance: float
    first: float
    first_right: bool
    rank: int | None
    absent: bool


@dataclass(frozen=True, slots=True)
class Band:
    """First candidates by the chance stated of them: how many, the mean of that chance, the share that was right."""

    low: float
    high: float
    cases: int
    stated: float
    right: float


@dataclass(frozen=True, slots=True)
class Score:
    """How weights did over held-back cases.

    `log_loss` is the mean of -ln of the chance given to the truth; `brier` the mean square by which the chance of the
    first candidate missed; the shares are of the weapons that are here, `absent_above` counts those that are not and
    whose first candidate had a chance above 0.9.
    """

    cases: int
    log_loss: float
    brier: float
    present: int
    first: int
    in_ten: int
    absent: int
    absent_above: int
    bands: tuple[Band, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """The mean change of log loss by case, below 0 for the better, with its 95 % interval."""

    mean: float
    low: float
    high: float


def held_back(case: JudgedCase) -> bool:
    """Whether a case is kept for trials: one in three, by its identity, so that it is never learnt from in any run."""
    return int.from_bytes(sha256(case.id.encode()).digest()) % _ONE_IN == 0


def tried(case: JudgedCase, index: MarkIndex, weights: Weights) -> Trial:
    """Ask the register as it is now for a case, as if the recovered weapon's own records were not in it.

    They were written down from the recovered weapon, and would lead the search to what is to be found.
    """
    ranking = find_candidates(query_of(case.request), index, weights, limit=_LISTED)
    kept = [(each.weapon, each.posterior) for each in ranking.candidates if each.weapon not in case.provisional]
    left = 1 - sum(each.posterior for each in ranking.candidates if each.weapon in case.provisional)
    chances = {WeaponId(weapon): posterior / max(left, _FLOOR) for weapon, posterior in kept}
    order = list(chances)
    truth = chances.get(case.found, 0.0) if case.found else ranking.not_here / max(left, _FLOOR)
    return Trial(
        chance=max(truth, _FLOOR),
        first=chances[order[0]] if order else 0.0,
        first_right=bool(order) and order[0] == case.found,
        rank=order.index(case.found) + 1 if case.found in chances else None,
        absent=case.absent,
    )


def scored(trials: Sequence[Trial]) -> Score:
    """Sum up how weights did."""
    count = max(len(trials), 1)
    present = [each for each in trials if not each.absent]
    absent = [each for each in trials if each.absent]
    return Score(
        cases=len(trials),
        log_loss=sum(map(_loss, trials)) / count,
        brier=sum((each.first - each.first_right) ** 2 for each in trials) / count,
        present=len(present),
        first=sum(each.rank == 1 for each in present),
        in_ten=sum(each.rank is not None and each.rank <= 10 for each in present),  # noqa: PLR2004 - a page of them
        absent=len(absent),
        absent_above=sum(each.first > _CONFIDENT for each in absent),
        bands=tuple(_bands(trials)),
    )


def difference(before: Sequence[Trial], after: Sequence[Trial]) -> Difference:
    """Compare weights case by case; the interval is that of cases drawn again and again from those there are."""
    changes = [_loss(new) - _loss(old) for old, new in zip(before, after, strict=True)]
    if not changes:
        return Difference(0.0, 0.0, 0.0)
    # The same cases always give the same interval.
    random = Random(len(changes))  # noqa: S311 - nothing is kept secret by it
    means = sorted(sum(random.choices(changes, k=len(changes))) / len(changes) for _ in range(_DRAWS))
    return Difference(sum(changes) / len(changes), means[int(_DRAWS * _TAIL)], means[-int(_DRAWS * _TAIL) - 1])


def worth(compared: Difference, cases: int) -> Worth:
    """Say what the numbers decide."""
    if cases < LEAST_HELD_BACK:
        return Worth.TOO_FEW
    if compared.high < 0:
        return Worth.BETTER
    return Worth.WORSE if compared.mean > 0 else Worth.UNDECIDED


def _loss(trial: Trial) -> float:
    return -log(trial.chance)


def _bands(trials: Iterable[Trial]) -> Iterable[Band]:
    listed = [each for each in trials if each.first > 0]
    for low, high in pairwise(_EDGES):
        inside = [each for each in listed if low <= each.first < high or (each.first >= high == 1)]
        if inside:
            stated = sum(each.first for each in inside) / len(inside)
            yield Band(low, high, len(inside), stated, sum(each.first_right for each in inside) / len(inside))
