"""The best selection is the best: held against every choice on small cases; explanations keep what they say."""

from dataclasses import replace
from datetime import date
from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from tracemark.fellowship import (
    Aspect,
    Candidate,
    Contest,
    Favour,
    FellowshipPolicy,
    Quota,
    explain,
    latest_policy,
    may_be_together,
    points_beside,
    select,
    waiting_list,
    worth,
)

STATES = ("XA", "XB", "XC")


def candidate(number: int, state: str, sex: str, region: str, favours: frozenset[Favour], past: int) -> Candidate:
    values = {
        Aspect.SEX: frozenset({sex} if sex else ()),
        Aspect.REGION: frozenset({region}),
        Aspect.AGENCY: frozenset({"police" if number % 2 else "customs"}),
        Aspect.LANGUAGE: frozenset({"en", "fr"} if number % 3 == 0 else {"en"}),
        Aspect.STATE: frozenset({state}),
    }
    return Candidate(f"FN-2026-{number:06}", state, values, favours, past)


CANDIDATES = st.lists(
    st.tuples(
        st.sampled_from(STATES),
        st.sampled_from(("female", "male", "")),
        st.sampled_from(("011", "029")),
        st.frozensets(st.sampled_from(Favour)),
        st.integers(0, 4),
    ),
    min_size=1,
    max_size=7,
).map(lambda rows: [candidate(number, *row) for number, row in enumerate(rows, 1)])
QUOTAS = st.lists(
    st.builds(Quota, st.sampled_from(Aspect), st.integers(0, 60), st.integers(0, 2), st.sampled_from((0, 34, 50))),
    max_size=3,
).map(tuple)
POLICIES = st.just(latest_policy()) | st.builds(
    FellowshipPolicy,
    st.just("other"),
    st.just(date(2026, 1, 1)),
    st.just("a test"),
    seat=st.integers(0, 120),
    state_most=st.integers(1, 2),
    points=st.dictionaries(st.sampled_from(Favour), st.integers(0, 60)),
    past=st.integers(0, 30),
    past_most=st.integers(0, 3),
    reach=QUOTAS,
    beyond=QUOTAS,
)
CONTESTS = st.builds(Contest, CANDIDATES, POLICIES, st.integers(1, 4))


def every_choice(contest: Contest) -> list[tuple[Candidate, ...]]:
    """Return every set of fellows that there are seats for and that keeps the limit of a State."""
    sizes = range(min(contest.seats, len(contest.candidates)) + 1)
    sets = (each for size in sizes for each in combinations(contest.candidates, size))
    return [each for each in sets if may_be_together(each, contest.policy)]


@given(CONTESTS)
@settings(max_examples=40)
def test_no_choice_is_worth_more(contest: Contest) -> None:
    found = select(contest)
    chosen = contest.named(found.selected)
    assert found.proven
    assert may_be_together(chosen, contest.policy)
    assert len(chosen) <= contest.seats
    assert found.worth == worth(chosen, contest) == max(worth(each, contest) for each in every_choice(contest))


@given(CONTESTS)
@settings(max_examples=15)
def test_what_it_would_have_taken_is_what_the_best_choice_with_it_lacks(contest: Contest) -> None:
    found = select(contest)
    for name, told in explain(found, contest).items():
        if told.lack is None:
            assert name in found.selected
            continue
        best = max(worth(each, contest) for each in every_choice(contest) if name in {one.nomination for one in each})
        assert told.lack.points == found.worth - best + 1
        assert told.lack.seats == (found.waiting.index(name) + 1 if name in found.waiting else 0)


@given(CONTESTS)
def test_the_points_of_the_last_are_what_a_set_is_worth_more_with_it(contest: Contest) -> None:
    *others, last = contest.candidates
    added = sum(each.points for each in points_beside(last, others, contest))
    assert worth([*others, last], contest) - worth(others, contest) == added


@given(CONTESTS)
def test_each_on_the_waiting_list_is_the_best_next(contest: Contest) -> None:
    inside: list[Candidate] = []
    order = list(waiting_list((), contest))
    for name in order:
        fit = [each for each in contest.candidates if each not in inside]
        fit = [each for each in fit if may_be_together([*inside, each], contest.policy)]
        best = max(worth([*inside, each], contest) for each in fit)
        inside += contest.named({name})
        assert worth(inside, contest) == best
    assert len(order) == len(set(order))


def test_of_equals_whose_nomination_came_first_is_selected() -> None:
    equals = [candidate(number, f"X{letter}", "", "011", frozenset(), 0) for number, letter in ((2, "A"), (4, "B"))]
    assert select(Contest(equals, latest_policy(), 1)).selected == ("FN-2026-000002",)
    assert select(Contest(equals[::-1], latest_policy(), 1)).selected == ("FN-2026-000004",)


def test_a_change_that_would_have_been_enough_is_named() -> None:
    woman = candidate(1, "XA", "female", "011", frozenset({Favour.FIRST_FELLOW}), 0)
    man = candidate(7, "XB", "male", "011", frozenset({Favour.FIRST_FELLOW}), 0)
    other = candidate(5, "XC", "male", "011", frozenset({Favour.FIRST_FELLOW}), 0)
    contest = Contest([woman, man, other], latest_policy(), 2)
    found = select(contest)
    assert (found.selected, found.waiting) == (("FN-2026-000001", "FN-2026-000007"), ("FN-2026-000005",))
    lack = explain(found, contest)["FN-2026-000005"].lack
    assert lack is not None
    assert (lack.points, lack.seats, lack.instead_of) == (1, 1, ("FN-2026-000007",))
    assert lack.changes == ("first_choice",)
    fewer = replace(contest, candidates=[man, other, replace(woman, past=1, favours=frozenset())])
    assert select(fewer).selected == ("FN-2026-000007", "FN-2026-000001")
