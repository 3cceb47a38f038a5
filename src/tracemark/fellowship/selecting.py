"""The best selection under a policy, the waiting list, and what it would have taken; people decide.

A selection is worth the points of its fellows and of their balance. Of selections that are worth the same, the one
whose nominations came first. Source: BMS7 ASSIST.4.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from tracemark.assistance import Problem
from tracemark.fellowship.policies import Aspect, Favour, Quota
from tracemark.fellowship.scoring import Candidate, Contest, Points, may_be_together, own_points, points_beside, worth

_HALF = 0.5
_SECONDS = 30.0


@dataclass(frozen=True, slots=True)
class Selection:
    """Who is selected, by nomination in the order they came, and who waits, in the order in which seats would go.

    `worth` is in points; where it is `proven`, no other selection is worth more, otherwise none more than `bound`.
    """

    selected: tuple[str, ...]
    waiting: tuple[str, ...]
    worth: int
    bound: int
    proven: bool


@dataclass(frozen=True, slots=True)
class Lack:
    """What it would have taken to select a nominee who was not: any one of these.

    `points` more than it had; or so many more `seats`, as the waiting list has it; or one of `changes` of the
    nomination: `first_choice`, or a nominee of the other `sex`. `instead_of` are those who would have waited for it.
    """

    points: int
    seats: int
    changes: tuple[str, ...]
    instead_of: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Explained:
    """What speaks for a nominee and against, beside those who are selected; `lack` is None for the selected."""

    points: tuple[Points, ...]
    lack: Lack | None = None


def select(contest: Contest, *, keeping: Collection[str] = (), seconds: float = _SECONDS) -> Selection:
    """Propose whom to select, and in which order the others wait; who is in `keeping` has a seat in any case."""
    chosen, bound, proven = _best(contest, forced=keeping, seconds=seconds)
    value = worth(contest.named(chosen), contest)
    return Selection(tuple(chosen), tuple(waiting_list(chosen, contest)), value, max(value, bound), proven)


def waiting_list(chosen: Collection[str], contest: Contest) -> Iterator[str]:
    """Yield who would get the next seat, and the next, until nobody is left who may have one."""
    inside = contest.named(chosen)
    left = [each for each in contest.candidates if each.nomination not in chosen]
    while fit := [each for each in left if may_be_together([*inside, each], contest.policy)]:
        best = max(fit, key=lambda each: worth([*inside, each], contest))
        inside.append(best)
        left.remove(best)
        yield best.nomination


def explain(selection: Selection, contest: Contest, *, seconds: float = _SECONDS) -> dict[str, Explained]:
    """Return for each nominee its points, and for each who is not selected what it would have taken."""
    inside = contest.named(selection.selected)
    found = {}
    for each in contest.candidates:
        others = [one for one in inside if one is not each]
        points = tuple(points_beside(each, others, contest))
        lack = None if each in inside else _lack(each, selection, contest, seconds)
        found[each.nomination] = Explained(points, lack)
    return found


def _lack(candidate: Candidate, selection: Selection, contest: Contest, seconds: float) -> Lack:
    name = candidate.nomination
    with_it, _, _ = _best(contest, forced=(name,), seconds=seconds)
    missing = selection.worth - worth(contest.named(with_it), contest)
    changes = tuple(code for code, other in _changes(candidate) if _is_chosen(other, contest, seconds))
    seats = selection.waiting.index(name) + 1 if name in selection.waiting else 0
    return Lack(missing + 1, seats, changes, tuple(each for each in selection.selected if each not in with_it))


def _changes(candidate: Candidate) -> Iterator[tuple[str, Candidate]]:
    """Yield what the State could have done otherwise."""
    if Favour.FIRST_CHOICE not in candidate.favours:
        yield "first_choice", replace(candidate, favours=candidate.favours | {Favour.FIRST_CHOICE})
    other = {frozenset({"male"}): "female", frozenset({"female"}): "male"}.get(candidate.values[Aspect.SEX])
    if other:
        yield other, replace(candidate, values={**candidate.values, Aspect.SEX: frozenset({other})})


def _is_chosen(other: Candidate, contest: Contest, seconds: float) -> bool:
    rivals = [other if each.nomination == other.nomination else each for each in contest.candidates]
    chosen, _, _ = _best(replace(contest, candidates=rivals), seconds=seconds)
    return other.nomination in chosen


def _best(contest: Contest, *, forced: Collection[str] = (), seconds: float = _SECONDS) -> tuple[list[str], int, bool]:
    """Return the best selection, what none can exceed, and whether it is proven."""
    problem, policy, rivals = Problem(), contest.policy, contest.candidates
    count = len(rivals)
    numbers = []
    for place, each in enumerate(rivals):
        alone = sum(one.points for one in own_points(each, policy))
        # What decides between equals: all of it together is less than one point.
        first_come = _HALF * (count - place) / (count * (count + 1))
        numbers.append(problem.choice(worth=alone + first_come))
    problem.limit(dict.fromkeys(numbers, 1.0), most=contest.seats)
    for of_state in _grouped(rivals, numbers, Aspect.STATE).values():
        problem.limit(dict.fromkeys(of_state, 1.0), most=policy.state_most)
    for quota in policy.reach:
        _reach(problem, quota, _grouped(rivals, numbers, quota.about), contest.seats)
    for quota in policy.beyond:
        _beyond(problem, quota, _grouped(rivals, numbers, quota.about), contest.seats)
    if forced:
        inside = [number for number, each in zip(numbers, rivals, strict=True) if each.nomination in forced]
        problem.limit(dict.fromkeys(inside, 1.0), least=len(forced))
    solved = problem.solve(seconds)
    chosen = [each.nomination for number, each in zip(numbers, rivals, strict=True) if solved.values[number] > _HALF]
    return chosen, int(solved.bound + 1e-6), solved.proven


def _reach(problem: Problem, quota: Quota, by_value: dict[str, list[int]], seats: int) -> None:
    """So many of each value earn points."""
    for members in by_value.values():
        earning = problem.amount(quota.count(seats), worth=quota.points)
        problem.limit({earning: 1.0, **dict.fromkeys(members, -1.0)}, most=0)


def _beyond(problem: Problem, quota: Quota, by_value: dict[str, list[int]], seats: int) -> None:
    """Each above the limit takes points away."""
    for members in by_value.values():
        above = problem.amount(len(members), worth=-quota.points)
        problem.limit({above: -1.0, **dict.fromkeys(members, 1.0)}, most=max(1, quota.count(seats)))


def _grouped(rivals: Sequence[Candidate], numbers: Sequence[int], about: Aspect) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for number, each in zip(numbers, rivals, strict=True):
        for value in sorted(each.values.get(about, ())):
            found.setdefault(value, []).append(number)
    return found
