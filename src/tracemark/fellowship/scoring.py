"""What a set of fellows is worth under a policy, in whole points, and from what each point comes."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from tracemark.fellowship.policies import Aspect, Favour, FellowshipPolicy


@dataclass(frozen=True, slots=True)
class Candidate:
    """A nominee as a selection sees one: no name, but what counts.

    `values` holds for each aspect what the nominee counts for, nothing where that is not known. `past` is how many
    fellows the State had before.
    """

    nomination: str
    state: str
    values: Mapping[Aspect, frozenset[str]]
    favours: frozenset[Favour] = frozenset()
    past: int = 0


@dataclass(frozen=True, slots=True)
class Points:
    """Points that a nominee has or loses, and for what: a code of `fellowship.point_…`."""

    code: str
    points: int


@dataclass(frozen=True, slots=True)
class Contest:
    """Who may be selected, in the order in which the nominations came, for how many seats, under which policy."""

    candidates: Sequence[Candidate]
    policy: FellowshipPolicy
    seats: int

    def named(self, names: Collection[str]) -> list[Candidate]:
        """Return the candidates of these names, in the order in which they came."""
        return [each for each in self.candidates if each.nomination in names]


def own_points(candidate: Candidate, policy: FellowshipPolicy) -> list[Points]:
    """Return the points that a nominee has whoever else is selected."""
    found = [Points("seat", policy.seat)]
    found += [Points(each.value, points) for each, points in policy.points.items() if each in candidate.favours]
    taken = policy.past * min(candidate.past, policy.past_most)
    return found + ([Points("past", -taken)] if taken else [])


def worth(chosen: Sequence[Candidate], contest: Contest) -> int:
    """Return what fellows are worth together."""
    policy = contest.policy
    total = sum(each.points for one in chosen for each in own_points(one, policy))
    for quota in policy.reach:
        most = quota.count(contest.seats)
        total += quota.points * sum(min(number, most) for number in _counted(chosen, quota.about).values())
    for quota in policy.beyond:
        most = max(1, quota.count(contest.seats))
        total -= quota.points * sum(max(0, number - most) for number in _counted(chosen, quota.about).values())
    return total


def points_beside(candidate: Candidate, others: Sequence[Candidate], contest: Contest) -> list[Points]:
    """Return the points of a nominee beside others: its own, and what it adds to the balance of all."""
    policy, found = contest.policy, own_points(candidate, contest.policy)
    for way, quotas, sign in (("reach", policy.reach, 1), ("beyond", policy.beyond, -1)):
        for quota in quotas:
            most = quota.count(contest.seats) if sign > 0 else max(1, quota.count(contest.seats))
            counted, values = _counted(others, quota.about), candidate.values.get(quota.about, frozenset())
            touched = sum((counted[value] < most) is (sign > 0) for value in values)
            if touched:
                found.append(Points(f"{way}_{quota.about.value}", sign * quota.points * touched))
    return found


def may_be_together(chosen: Sequence[Candidate], policy: FellowshipPolicy) -> bool:
    """Whether no State has more fellows than it may."""
    return all(number <= policy.state_most for number in Counter(each.state for each in chosen).values())


def _counted(chosen: Sequence[Candidate], about: Aspect) -> Counter[str]:
    return Counter(value for each in chosen for value in each.values.get(about, frozenset()))
