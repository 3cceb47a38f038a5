from math import exp
from random import Random

import pytest

from tests.diversion.chances import poisson
from tracemark.diversion import Beyond, batches_in, batches_of, beyond_limits, looks_at, upper_tail


def test_the_chance_of_small_numbers_is_exact() -> None:
    assert upper_tail(0, 2.0) == pytest.approx(1 - exp(-2.0) / 2)
    assert upper_tail(1, 0.1) == pytest.approx(1 - exp(-0.1) - 0.1 * exp(-0.1) / 2)
    assert (upper_tail(0, 0), upper_tail(1, 0)) == (0.5, 0.0)


def test_who_loses_far_more_than_its_stock_explains_is_beyond_the_limits() -> None:
    counts = {"A": 30, "B": 9, "C": 11, "D": 1}
    [found] = beyond_limits(counts, {"A": 1000, "B": 1000, "C": 1000, "D": 0})
    assert found == Beyond("A", 30, 1000, found.expected, found.chance)
    assert found.expected == pytest.approx(50 / 3)
    assert found.chance < 0.005


def test_one_loss_of_a_small_store_is_no_alarm() -> None:
    assert beyond_limits({"small": 1, "large": 99}, {"small": 4, "large": 900}) == []
    assert beyond_limits({}, {"small": 4}) == []


def test_depots_that_lose_by_chance_are_seldom_named() -> None:
    alarms = 0
    for seed in range(200):
        random = Random(seed)
        stock = {f"depot {each}": random.choice((20, 200, 2_000)) for each in range(30)}
        counts = {name: poisson(random, amount / 100) for name, amount in stock.items()}
        alarms += bool(beyond_limits(counts, stock))
    assert alarms <= 20


def test_neighbours_in_a_long_series_are_a_batch_and_in_a_short_one_none() -> None:
    scattered = [3_000, 9_000, 20_000, 41_000, 77_000]
    [found] = batches_in([*scattered, 50_001, 50_002, 50_004], 1, 100_000)
    assert found.numbers == (50_001, 50_002, 50_004)
    assert batches_in([1, 2, 4, 7, 9], 1, 10) == []
    assert batches_in(scattered, 1, 100_000) == []


def test_two_batches_share_no_numbers() -> None:
    found = batches_in([10, 11, 12, 13, 70_000, 70_001, 70_002], 1, 100_000)
    assert [each.numbers for each in found] == [(10, 11, 12, 13), (70_000, 70_001, 70_002)]


def test_numbers_recovered_by_chance_make_few_batches() -> None:
    drawn = (sorted(Random(seed).sample(range(1, 50_001), 200)) for seed in range(60))
    assert sum(bool(batches_in(numbers, 1, 50_000)) for numbers in drawn) <= 4


def test_neighbours_of_one_month_stand_out_of_many_years() -> None:
    random = Random(5)
    scattered = [(random.randrange(9_000), random.randrange(1, 20_001)) for _ in range(600)]
    month = [(4_000 + day, 700 + day) for day in range(4)]
    looks = looks_at([*scattered, *month])
    [(since, until, numbers)] = batches_of(looks, 20_000, 0.05 / len(looks))
    assert (numbers, since <= 4_000 < until) == (frozenset({700, 701, 702, 703}), True)
    assert batches_of(looks[:1], 20_000, 0.05 / len(looks)) == []


def test_chance_makes_few_batches_in_all_the_years_together() -> None:
    def alarmed(seed: int) -> bool:
        random = Random(seed)
        looks = looks_at([(random.randrange(9_000), random.randrange(1, 20_001)) for _ in range(400)])
        return bool(batches_of(looks, 20_000, 0.05 / len(looks)))

    assert sum(map(alarmed, range(60))) <= 4
