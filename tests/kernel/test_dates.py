from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracemark.kernel import PartialDate, interval_days

days = st.dates(date(1800, 1, 1), date(2200, 12, 31))


@given(days)
def test_a_whole_day_survives_writing_and_reading(day: date) -> None:
    known = PartialDate.of(day)
    assert PartialDate.parse(str(known)) == known
    assert (known.first, known.last) == (day, day)


def test_a_year_and_a_month_span_what_they_can_be() -> None:
    assert (PartialDate.parse("2024").first, PartialDate.parse("2024").last) == (date(2024, 1, 1), date(2024, 12, 31))
    assert PartialDate.parse("2024-02").last == date(2024, 2, 29)
    assert str(PartialDate.parse("2024-02")) == "2024-02"


@pytest.mark.parametrize("text", ["", "24", "2024-13", "2024-00", "2024-02-30", "2024-1-1", "10/21/82", "2024-02-00"])
def test_refuses_what_is_no_date(text: str) -> None:
    with pytest.raises(ValueError, match=r"date|month|day"):
        PartialDate.parse(text)


def test_an_interval_between_partial_dates_is_the_least_and_the_greatest() -> None:
    assert interval_days(PartialDate.parse("2020-01-01"), PartialDate.parse("2020-01-31")) == (30, 30)
    assert interval_days(PartialDate.parse("2020"), PartialDate.parse("2021-01-01")) == (1, 366)


def test_order_is_by_earliest_day() -> None:
    texts = ["2020-05-02", "2020", "2019-12-31", "2020-05"]
    assert [str(each) for each in sorted(map(PartialDate.parse, texts))] == [
        "2019-12-31", "2020", "2020-05", "2020-05-02",
    ]  # fmt: skip
