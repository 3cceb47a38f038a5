"""The line of a forecast holds against one odd value; its interval holds what it promises."""

from datetime import date, timedelta
from decimal import Decimal
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracemark.targets import LEAST, SURENESS, Forecast, forecast

START = date(2020, 1, 1)
POINTS = st.lists(
    st.tuples(st.integers(0, 3000).map(lambda days: START + timedelta(days)), st.integers(0, 10_000).map(Decimal)),
    max_size=12,
    unique_by=lambda point: point[0],
)


def yearly(*values: float) -> list[tuple[date, Decimal]]:
    return [(date(2020 + turn, 12, 31), Decimal(str(value))) for turn, value in enumerate(values)]


def at(points: list[tuple[date, Decimal]], on: date, most: float | None = None) -> Forecast:
    found = forecast(points, on, most=most)
    assert found is not None
    return found


def test_a_straight_line_goes_on_straight() -> None:
    found = at([(START + timedelta(days), Decimal(days)) for days in (0, 100, 200, 300)], START + timedelta(400))
    assert (round(found.value, 6), round(found.low, 6), round(found.high, 6)) == (400, 400, 400)
    assert (round(found.yearly, 2), found.observations) == (365.25, 4)


def test_one_odd_value_widens_the_interval_and_hardly_bends_the_line() -> None:
    even = at(yearly(100, 90, 80, 70, 60, 50), date(2027, 12, 31))
    odd = at(yearly(100, 90, 80, 170, 60, 50), date(2027, 12, 31))
    assert abs(even.value - odd.value) < 10
    assert (odd.high - odd.low > 100, even.high - even.low < 1) == (True, True)


@pytest.mark.parametrize("count", range(LEAST))
def test_too_few_observations_forecast_nothing(count: int) -> None:
    assert forecast(yearly(*range(count)), date(2030, 1, 1)) is None


def test_what_was_never_negative_does_not_become_so_and_a_percentage_stays_one() -> None:
    down, up = at(yearly(90, 60, 30, 5), date(2030, 12, 31)), at(yearly(50, 70, 80, 95), date(2030, 12, 31), 100)
    assert (down.low, down.value, up.value, up.high) == (0, 0, 100, 100)
    assert at(yearly(5, 0, -5, -10), date(2024, 12, 31)).value < -14


@given(POINTS, st.randoms(use_true_random=False))
def test_the_order_of_observations_does_not_matter(points: list[tuple[date, Decimal]], random: Random) -> None:
    mixed = random.sample(points, len(points))
    assert forecast(points, date(2031, 1, 1)) == forecast(mixed, date(2031, 1, 1))


@given(POINTS)
def test_the_value_lies_in_its_interval(points: list[tuple[date, Decimal]]) -> None:
    found = forecast(points, date(2031, 1, 1))
    assert found is None or found.low <= found.value <= found.high


def test_the_interval_holds_as_often_as_it_says() -> None:
    random, held, tries = Random(7), 0, 1000
    for _ in range(tries):
        noisy = [1000 - 30 * turn + random.gauss(0, 40) for turn in range(9)]
        found = at(yearly(*noisy[:8]), date(2028, 12, 31))
        held += found.low <= noisy[8] <= found.high
    assert abs(100 * held / tries - SURENESS) < 4
