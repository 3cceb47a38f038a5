"""Proposals keep every condition, and none is better: compared with trying everything on small cases."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.assistance.rounds import TODAY, need, programme
from tracemark.assistance import Grant, Help, Merit, Need, NoSolution, Policy, Programme, Round, bars, match_needs

EVEN = Policy()
POINTS = Policy({Merit.ON_TARGET: Fraction(1), Merit.IN_REPORT: Fraction(1, 2)})


def grants(needs: list[Need], programmes: list[Programme], policy: Policy = EVEN) -> list[tuple[str, str, int]]:
    found = match_needs(Round(needs, programmes, policy, TODAY))
    assert found.proven
    return [(each.request, each.programme, each.amount) for each in found.grants]


def test_more_needs_are_met_where_money_is_short() -> None:
    assert grants([need("R-A", 100), need("R-B", 60), need("R-C", 40)], [programme("P", 100)]) == [
        ("R-B", "P", 60),
        ("R-C", "P", 40),
    ]


def test_what_speaks_for_a_need_counts() -> None:
    urgent = need("R-A", 100, merits=frozenset({Merit.ON_TARGET, Merit.IN_REPORT}))
    assert grants([urgent, need("R-B", 60), need("R-C", 40)], [programme("P", 100)], POINTS) == [("R-A", "P", 100)]


def test_a_programme_that_serves_part_of_the_themes_counts_for_that_part() -> None:
    asked = need("R-A", 100, themes="marking records")
    found = match_needs(Round([asked], [programme("P", 100)], EVEN, TODAY))
    assert found.grants == (Grant("R-A", "P", 100, Fraction(1, 2)),)


def test_a_need_takes_from_no_more_programmes_than_agreed() -> None:
    programmes = [programme(name, 40) for name in ("P", "Q", "R")]
    assert sum(amount for _, _, amount in grants([need("R-A", 120)], programmes)) == 80
    assert len(grants([need("R-A", 120)], programmes, Policy(most_programmes=3))) == 3


def test_no_state_gets_more_than_a_programme_gives_to_one() -> None:
    asked = [need("R-A", 50, state="XA"), need("R-B", 50, state="XA"), need("R-C", 90, state="XC")]
    found = Counter[str]()
    for request, _, amount in grants(asked, [programme("P", 100, state_share=Fraction(1, 2))]):
        found["XC" if request == "R-C" else "XA"] += amount
    assert found == {"XA": 50, "XC": 50}


@pytest.mark.parametrize(
    ("policy", "shares"),
    [
        (EVEN, {"002": 100}),
        (Policy(region_least=Fraction(2, 5)), {"002": 60, "142": 40}),
        (Policy(region_most=Fraction(3, 4)), {"002": 75, "142": 25}),
    ],
)
def test_regions_share_as_agreed(policy: Policy, shares: dict[str, int]) -> None:
    asked = [need("R-A", 50), need("R-B", 50), need("R-C", 100, region="142")]
    by_region = Counter[str]()
    for request, _, amount in grants(asked, [programme("P", 100)], policy):
        by_region["142" if request == "R-C" else "002"] += amount
    assert by_region == shares


def test_a_share_that_cannot_be_is_said_and_costs_nobody_else() -> None:
    asked = [need("R-A", 90), need("R-C", 10, region="142")]
    found = match_needs(Round(asked, [programme("P", 100)], Policy(region_least=Fraction(1, 2)), TODAY))
    assert [(each.request, each.amount) for each in found.grants] == [("R-A", 90), ("R-C", 10)]
    assert found.short == {"142": pytest.approx(0.4)}


def test_nothing_asked_and_nothing_offered_is_nothing_given() -> None:
    assert grants([], [programme("P", 100)]) == []
    assert grants([need("R-A", 100)], []) == []


def test_a_forced_pair_is_kept_and_an_impossible_one_is_refused() -> None:
    round_ = Round([need("R-A", 100), need("R-B", 60)], [programme("P", 100)], EVEN, TODAY)
    found = match_needs(round_, forced=("R-A", "P"))
    assert ("R-A", "P") in {(each.request, each.programme) for each in found.grants}
    with pytest.raises(NoSolution):
        match_needs(round_, forced=("R-A", "Q"))


def rounds() -> st.SearchStrategy[Round]:
    """Up to three needs and two programmes with at most five units of money, so that everything can be tried."""
    needs = st.lists(
        st.builds(
            need,
            st.just("R-A"),
            st.integers(1, 4),
            region=st.sampled_from(["002", "142"]),
            helps=st.sampled_from([Help.TRAINING, Help.FINANCE]),
            themes=st.sampled_from(["marking", "stockpiles", "marking records"]),
            merits=st.sets(st.sampled_from([Merit.ON_TARGET, Merit.IN_REPORT])).map(frozenset),
        ),
        min_size=1,
        max_size=3,
    )
    programmes = st.lists(
        st.builds(
            lambda budget, least, whole: programme("P", budget, least=min(least, budget), whole_only=whole),
            st.integers(1, 5),
            st.integers(0, 3),
            st.booleans(),
        ),
        min_size=1,
        max_size=2,
    )
    return st.builds(_round, needs, programmes, st.integers(1, 2))


def _round(needs: list[Need], programmes: list[Programme], most: int) -> Round:
    named = [replace(each, request=f"R-{place}", state=f"X{place}") for place, each in enumerate(needs)]
    offered = [replace(each, name=f"P{place}") for place, each in enumerate(programmes)]
    return Round(named, offered, replace(POINTS, most_programmes=most), TODAY)


@settings(max_examples=60)
@given(rounds())
def test_no_proposal_is_better_than_the_one_found(round_: Round) -> None:
    found = match_needs(round_, seconds=4)
    given_ = {(each.request, each.programme): each.amount for each in found.grants}
    best = max(_worth(round_, each) for each in _every(round_))
    assert found.proven
    assert _kept(round_, given_)
    assert _worth(round_, given_) == best == pytest.approx(found.met)


def _every(round_: Round) -> Iterator[dict[tuple[str, str], int]]:
    """Every way to give whole units that keeps the conditions."""
    pairs = [(need.request, programme.name) for need, programme in round_.pairs()]
    limits = [min(need.amount, programme.budget) for need, programme in round_.pairs()]
    for amounts in product(*(range(limit + 1) for limit in limits)):
        tried = {pair: amount for pair, amount in zip(pairs, amounts, strict=True) if amount}
        if _kept(round_, tried):
            yield tried


def _kept(round_: Round, given_: Mapping[tuple[str, str], int]) -> bool:
    for each in round_.needs:
        mine = [amount for (request, _), amount in given_.items() if request == each.request]
        if sum(mine) > each.amount or len(mine) > round_.policy.most_programmes:
            return False
    for offered in round_.programmes:
        if sum(amount for (_, name), amount in given_.items() if name == offered.name) > offered.budget:
            return False
    known = {(need.request, programme.name): (need, programme) for need, programme in round_.pairs()}
    for pair, amount in given_.items():
        asked, offered = known[pair]
        if bars(asked, offered, round_.on) or amount < (asked.amount if offered.whole_only else offered.least):
            return False
    return True


def _worth(round_: Round, given_: Mapping[tuple[str, str], int]) -> Fraction:
    known = {(need.request, programme.name): (need, programme) for need, programme in round_.pairs()}
    total = Fraction(0)
    for pair, amount in given_.items():
        asked, offered = known[pair]
        part = Fraction(len(asked.themes & offered.themes), len(asked.themes))
        total += round_.policy.weight(asked) * part * Fraction(amount, asked.amount)
    return total


def test_a_large_round_keeps_every_condition_and_states_how_far_off_it_may_be() -> None:
    needs = [need(f"R-{place}", 40 + 17 * place % 60, region=("002", "142")[place % 2]) for place in range(30)]
    offered = [programme(f"P-{place}", 90 + 11 * place % 50, least=30) for place in range(14)]
    round_ = Round(needs, offered, EVEN, TODAY)
    found = match_needs(round_, seconds=8)
    given_ = {(each.request, each.programme): each.amount for each in found.grants}
    assert _kept(round_, given_)
    assert not found.proven
    assert found.met == pytest.approx(float(_worth(round_, given_)))
    assert 0 <= found.gap < 0.02
