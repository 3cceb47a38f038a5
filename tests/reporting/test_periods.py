from datetime import date

import pytest

from tracemark.reporting import Period, PeriodRefused


@pytest.mark.parametrize(
    ("first", "last", "period"),
    [
        ("2024", "2025", Period(date(2024, 1, 1), date(2025, 12, 31))),
        ("2024-02", "2024-02", Period(date(2024, 2, 1), date(2024, 2, 29))),
        ("2024-05-17", "2024-05-17", Period(date(2024, 5, 17), date(2024, 5, 17))),
    ],
)
def test_a_period_takes_whole_years_and_months(first: str, last: str, period: Period) -> None:
    assert Period.parse(first, last) == period


def test_a_period_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(PeriodRefused):
        Period.parse("2025", "2024")
