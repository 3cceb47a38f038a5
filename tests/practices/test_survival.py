"""The estimate and its intervals against formulas for the cases in which there are any, and against made-up lives."""

from math import log
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracemark.practices import Span, lasting, wilson

CHI = 3.841458820694124


def product_limit(spans: dict[Span, int], age: int) -> float:
    """Kaplan and Meier's estimate, for lives whose year of failing is known or that have not failed."""
    share = 1.0
    for year in range(age):
        at_risk = sum(number for (first, last), number in spans.items() if first >= year + (last is None))
        lost = sum(number for (first, last), number in spans.items() if last is not None and first == year)
        share *= 1 - lost / at_risk if at_risk else 1
    return share


known = st.dictionaries(
    st.tuples(st.integers(0, 6), st.booleans()).map(lambda each: (each[0], each[0] if each[1] else None)),
    st.integers(1, 30),
    min_size=1,
    max_size=10,
)


@given(known)
def test_where_the_year_is_known_it_is_the_product_limit(spans: dict[Span, int]) -> None:
    furthest = max(first for first, _ in spans)
    found = lasting(spans, range(1, furthest + 1))
    assert [each.share for each in found] == pytest.approx(
        [product_limit(spans, age) for age in range(1, furthest + 1)], abs=2e-3
    )
    assert [each.low <= each.share + 1e-9 and each.share <= each.high + 1e-9 for each in found] == [True] * len(found)


def test_one_look_at_one_age_gives_the_interval_of_a_share() -> None:
    (found,) = lasting({(0, 4): 30, (5, None): 70}, [5])
    assert found.share == pytest.approx(0.7, abs=1e-4)

    def drop(share: float) -> float:
        return 2 * (70 * log(0.7 / share) + 30 * log(0.3 / (1 - share)))

    assert [drop(found.low), drop(found.high)] == pytest.approx([CHI, CHI], abs=0.02)


def test_where_nothing_tells_when_it_failed_the_interval_covers_all_of_it() -> None:
    found = lasting({(0, 9): 40, (10, None): 40}, [5, 10])
    assert (found[0].high, found[0].low < found[1].share) == (1.0, True)


def test_wilson_agrees_with_published_values() -> None:
    """Source: Newcombe, Statistics in Medicine 17 (1998), table I, method 3: 81 of 263 and 15 of 148."""
    found = [wilson(81, 263), wilson(15, 148), wilson(0, 20), wilson(20, 20)]
    assert [(round(each.low, 4), round(each.high, 4)) for each in found] == [
        (0.2553, 0.3662),
        (0.0624, 0.1605),
        (0.0, 0.1611),
        (0.8389, 1.0),
    ]


def test_an_impossible_share_or_span_is_refused() -> None:
    for part, whole in ((1, 0), (3, 2), (-1, 2)):
        with pytest.raises(ValueError, match="of"):
            wilson(part, whole)
    impossible: tuple[dict[Span, int], ...] = ({}, {(3, 2): 1})
    for spans in impossible:
        with pytest.raises(ValueError, match="spans"):
            lasting(spans, [1])


def test_intervals_hold_what_is_true_about_as_often_as_they_say() -> None:
    """Lives with half a chance to last 8 years, looked at at two chance ages; 40 registers of 60 marks."""
    held = [_holds(Random(seed)) for seed in range(40)]
    assert sum(held) >= 35


def _holds(random: Random) -> bool:
    spans: dict[Span, int] = {}
    for _ in range(60):
        life, looks = int(random.weibullvariate(10, 2)), sorted(random.sample(range(1, 16), 2))
        whole = max((each for each in looks if each <= life), default=0)
        lost = next((each for each in looks if each > life), None)
        span = (whole, None if lost is None else lost - 1)
        spans[span] = spans.get(span, 0) + 1
    (found,) = lasting(spans, [8])
    return found.low <= _TRUE <= found.high


_TRUE = 0.5273
"""The chance to last 8 years: exp(-(8/10)²)."""
