"""For which periods a target's figure is drawn."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.targets.aims import TODAY, aim
from tracemark.targets import Window, periods_to_draw


@pytest.mark.parametrize(
    ("window", "since", "periods"),
    [
        (Window.YEAR, date(2023, 12, 31), ["2024-01-01/2024-12-31", "2025-01-01/2025-12-31"]),
        (Window.YEAR, date(2024, 1, 1), ["2025-01-01/2025-12-31"]),
        (Window.QUARTER, date(2025, 9, 30), ["2025-10-01/2025-12-31", "2026-01-01/2026-03-31"]),
        (Window.MONTH, date(2026, 2, 28), ["2026-03-01/2026-03-31", "2026-04-01/2026-04-30"]),
        (Window.TOTAL, date(2025, 11, 14), ["2025-11-15/2025-12-31", "2025-11-15/2026-03-31"]),
    ],
)
def test_periods_follow_the_calendar_and_are_over(window: Window, since: date, periods: list[str]) -> None:
    found = periods_to_draw(aim(window=window, baseline_on=since), TODAY)
    assert [f"{each.first}/{each.last}" for each in found] == periods


@given(st.sampled_from(Window), st.dates(date(2000, 1, 1), TODAY), st.dates(date(2000, 1, 1), TODAY))
def test_no_period_reaches_before_the_baseline_or_past_today(window: Window, since: date, today: date) -> None:
    found = periods_to_draw(aim(window=window, baseline_on=since), today)
    assert all(since < each.first and each.last <= today for each in found)
    assert [each.last for each in found] == sorted({each.last for each in found})
