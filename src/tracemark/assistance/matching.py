"""Which programme should give how much to which need: the most need met, under everybody's conditions.

A need that is met in half counts half, whatever it costs, times what speaks for it under the policy and times the part
of its themes that the programme serves. It is proposed, never done: people decide. Source: PoA III.2.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from fractions import Fraction
from itertools import product

from tracemark.assistance.needs import Merit, Need, Programme, Running
from tracemark.assistance.obstacles import Bar, bars, most_granted, shared_themes
from tracemark.assistance.solving import Problem, Solved


@dataclass(frozen=True, slots=True)
class Policy:
    """What those who share money out agree on. `merits` are points that a need has beside the one it starts with.

    No need is served by more than `most_programmes`. No region gets more than `region_most` of all money there
    is; each that asks gets at least `region_least` of it, as far as needs and the programmes' conditions allow.
    """

    merits: Mapping[Merit, Fraction] = field(default_factory=dict)
    most_programmes: int = 2
    region_most: Fraction = Fraction(1)
    region_least: Fraction = Fraction(0)

    def weight(self, need: Need) -> Fraction:
        """What meeting a need whole is worth."""
        return 1 + sum((self.merits.get(each, Fraction(0)) for each in need.merits), Fraction(0))


@dataclass(frozen=True, slots=True)
class Round:
    """What is matched on a day: needs and programmes, under a policy, beside the projects that go on."""

    needs: Sequence[Need]
    programmes: Sequence[Programme]
    policy: Policy
    on: date
    running: Collection[Running] = ()

    def pairs(self) -> Iterator[tuple[Need, Programme]]:
        """Yield each need with each programme."""
        yield from product(self.needs, self.programmes)


Barred = Mapping[tuple[str, str], tuple[Bar, ...]]
"""Why a request and a programme cannot be a pair; those that can are in none."""


@dataclass(frozen=True, slots=True)
class Grant:
    """Money that a programme would give to a need, and what it adds to the need met."""

    request: str
    programme: str
    amount: int
    worth: Fraction


@dataclass(frozen=True, slots=True)
class Matched:
    """What is proposed: grants, by need and programme, and how good they are together.

    `met` is the need met, weighted; no proposal that leaves regions no shorter could have more than `bound`, and where
    it is `proven` this one is the best. `barred` says why a pair cannot be; `short` how much (a part of all money there
    is) a region lacks of its least share even so.
    """

    grants: tuple[Grant, ...]
    met: float
    bound: float
    proven: bool
    barred: Barred
    short: Mapping[str, float]

    @property
    def gap(self) -> float:
        """How far below the bound it may be, as a part of it."""
        return 0.0 if self.bound <= 0 else max(0.0, (self.bound - self.met) / self.bound)


@dataclass(frozen=True, slots=True)
class Pair:
    """A need and a programme that can serve it, with the numbers of the problem that stand for the two."""

    need: Need
    programme: Programme
    most: int
    worth: Fraction
    part: int
    chosen: int


def match_needs(
    round_: Round,
    *,
    forced: tuple[str, str] | None = None,
    barred: Barred | None = None,
    seconds: float = 60.0,
) -> Matched:
    """Propose grants that meet the most need. `forced` is a request and a programme that must serve it.

    `barred` are the pairs that cannot be, where an earlier proposal of the same round found them.

    Raises:
        NoSolution: the pair that is forced cannot be, or nothing was found in time.
    """
    policy = round_.policy
    barred = _barred(round_) if barred is None else barred
    problem = Problem()
    pairs = [
        _pair(problem, need, programme, policy)
        for need, programme in round_.pairs()
        if (need.request, programme.name) not in barred
    ]
    _limit_needs(problem, pairs, policy)
    _limit_programmes(problem, pairs)
    if forced:
        named = {each.chosen: 1.0 for each in pairs if (each.need.request, each.programme.name) == forced}
        problem.limit(named or {problem.amount(0): 1.0}, least=1)
    short = _share_among_regions(problem, pairs, policy)
    solved = problem.solve(seconds) if len(pairs) <= _FEW else _solved_nearly(problem, pairs, seconds)
    grants = _grants(pairs, solved)
    lacking = {region: solved.values[place] for region, place in short.items() if solved.values[place] > _TINY}
    met = float(sum(each.worth for each in grants))
    return Matched(grants, met, met + solved.bound - solved.objective, solved.proven, barred, lacking)


_TINY = 1e-7
_CLOSE = 1e-4
_FEW = 400
"""So many pairs are tried in every way."""
_NEAREST = 4
"""Of more pairs, so many programmes of each need are tried: those that the relaxed problem uses, or nearly would."""


def _barred(round_: Round) -> Barred:
    return {
        (need.request, programme.name): found
        for need, programme in round_.pairs()
        if (found := bars(need, programme, round_.on, round_.running))
    }


def _pair(problem: Problem, need: Need, programme: Programme, policy: Policy) -> Pair:
    """The money is a part of the need, so that all numbers of the problem are of one size."""
    worth = policy.weight(need) * Fraction(len(shared_themes(need, programme)), len(need.themes))
    most = most_granted(need, programme)
    least = need.amount if programme.whole_only else max(1, programme.least)
    part = problem.amount(most / need.amount, worth=float(worth))
    chosen = problem.choice()
    problem.limit({part: 1.0, chosen: -most / need.amount}, most=0)
    problem.limit({part: 1.0, chosen: -least / need.amount}, least=0)
    return Pair(need, programme, most, worth, part, chosen)


def _limit_needs(problem: Problem, pairs: Iterable[Pair], policy: Policy) -> None:
    """No need is met more than whole, or by too many."""
    for of_need in _grouped(pairs, lambda pair: pair.need.request).values():
        problem.limit({each.part: 1.0 for each in of_need}, most=1)
        problem.limit({each.chosen: 1.0 for each in of_need}, most=policy.most_programmes)


def _limit_programmes(problem: Problem, pairs: Iterable[Pair]) -> None:
    """No programme gives more than it has, nor to one State more than the share it set."""
    for of_programme in _grouped(pairs, lambda pair: pair.programme.name).values():
        programme = of_programme[0].programme
        problem.limit({each.part: each.need.amount / programme.budget for each in of_programme}, most=1)
        if programme.state_share < 1:
            for of_state in _grouped(of_programme, lambda pair: pair.need.state).values():
                shares = {each.part: each.need.amount / programme.budget for each in of_state}
                problem.limit(shares, most=float(programme.state_share))


def _solved_nearly(problem: Problem, pairs: Sequence[Pair], seconds: float) -> Solved:
    """Try the nearest programmes of each need only; how much better others could be at the most, the bound says."""
    relaxed = problem.relax()

    def distance(pair: Pair) -> tuple[bool, float]:
        return relaxed.values[pair.part] < _TINY, relaxed.losses[pair.part] * pair.most / pair.need.amount

    for of_need in _grouped(pairs, lambda pair: pair.need.request).values():
        for each in sorted(of_need, key=distance)[_NEAREST:]:
            problem.close(each.part)
            problem.close(each.chosen)
    solved = problem.solve(seconds, gap=_CLOSE)
    return replace(solved, bound=relaxed.objective, proven=False)


def _share_among_regions(problem: Problem, pairs: Sequence[Pair], policy: Policy) -> dict[str, int]:
    """Keep each region's share of all money there is, and return what each lacks of its least share as numbers.

    Money that a region lacks weighs twice as much as money can be worth anywhere, so that none is left to lack what
    could be given.
    """
    total = sum({pair.programme.name: pair.programme.budget for pair in pairs}.values())
    dearest = max((total * float(pair.worth) / pair.need.amount for pair in pairs), default=0.0)
    short: dict[str, int] = {}
    for region, of_region in sorted(_grouped(pairs, lambda pair: pair.need.region).items()):
        money = {each.part: each.need.amount / total for each in of_region}
        problem.limit(money, most=float(policy.region_most))
        if policy.region_least:
            short[region] = problem.amount(1, worth=-2 * dearest)
            problem.limit({**money, short[region]: 1.0}, least=float(policy.region_least))
    return short


def _grouped(pairs: Iterable[Pair], by: Callable[[Pair], str]) -> dict[str, list[Pair]]:
    found: defaultdict[str, list[Pair]] = defaultdict(list)
    for each in pairs:
        found[by(each)].append(each)
    return found


def _grants(pairs: Iterable[Pair], solved: Solved) -> tuple[Grant, ...]:
    """Whole units of money, never more than a programme has: what rounding adds is taken from its largest grants."""
    amounts = {each: round(solved.values[each.part] * each.need.amount) for each in pairs}
    for of_programme in _grouped(amounts, lambda pair: pair.programme.name).values():
        over = sum(amounts[each] for each in of_programme) - of_programme[0].programme.budget
        for each in sorted(of_programme, key=lambda pair: -amounts[pair])[: max(0, over)]:
            amounts[each] -= 1
    found = [
        Grant(each.need.request, each.programme.name, amount, each.worth * Fraction(amount, each.need.amount))
        for each, amount in amounts.items()
        if amount > 0
    ]
    return tuple(sorted(found, key=lambda grant: (grant.request, -grant.amount, grant.programme)))
