import csv
from collections import Counter
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from random import Random

import pytest

from tests.diversion.chances import poisson, wide
from tracemark.diversion import Change, changes_in

SERIES = 100


def steady(draw: Callable[[Random, float], int], mean: float, seed: int) -> list[int]:
    random = Random(f"{seed}/{mean}")
    return [draw(random, mean) for _ in range(120)]


@pytest.mark.parametrize("draw", [poisson, wide])
@pytest.mark.parametrize("mean", [0.3, 5, 20])
def test_few_steady_series_show_a_change(draw: Callable[[Random, float], int], mean: float) -> None:
    alarms = sum(bool(changes_in(steady(draw, mean, seed))) for seed in range(SERIES))
    assert alarms <= 0.08 * SERIES


def test_a_doubling_is_found_where_it_begins_in_nine_of_ten_series() -> None:
    found = 0
    for seed in range(SERIES):
        counts = steady(poisson, 5, seed)
        counts[60:84] = [
            count + poisson(Random(f"{seed}/more/{place}"), 5) for place, count in enumerate(counts[60:84])
        ]
        found += any(abs(each.at - 60) <= 3 and each.rises for each in changes_in(counts))
    assert found >= 0.9 * SERIES


def test_no_other_partition_explains_a_short_series_better() -> None:
    assert changes_in([2, 3, 2, 3, 2, 3, 2, 3, 20, 20, 20, 20]) == [Change(8, 12, 2.5, 20.0)]
    assert changes_in([0] * 40) == []
    assert changes_in([0] * 30 + [6] * 10) == [Change(30, 40, 0.0, 6.0)]
    assert changes_in([5, 5, 5]) == []


def test_levels_join_on() -> None:
    found = changes_in([1] * 30 + [9] * 30 + [3] * 30)
    assert [(each.at, each.end) for each in found] == [(30, 60), (60, 90)]
    assert all(one.after == other.before for one, other in pairwise(found))


def test_the_surge_of_sales_in_march_2020_is_found_in_a_real_series(delaware_traces: Path) -> None:
    with delaware_traces.open(encoding="utf-8") as file:
        sold = Counter(row["sale_date"][:7] for row in csv.DictReader(file))
    months = [f"{year}-{month:02d}" for year in range(2010, 2026) for month in range(1, 13)]
    rises = [months[each.at] for each in changes_in([sold[month] for month in months]) if each.rises]
    assert rises == ["2015-06", "2020-03"]
