import pytest

from tracemark.kernel import PartialDate
from tracemark.wording import chance_text, interval_text, moment_text


def day(text: str) -> PartialDate:
    return PartialDate.parse(text)


@pytest.mark.parametrize(
    ("start", "end", "said"),
    [
        ("2011-01-28", "2026-10-28", "15 years 9 months"),
        ("2011-01-28", "2026-10-27", "15 years 8 months"),
        ("2011-01-28", "2012-01-28", "1 year"),
        ("2011-01-31", "2011-02-28", "28 days"),
        ("2011-01-28", "2011-01-28", "0 days"),
        ("2016-03", "2026-08-14", "10 years 4 months to 10 years 5 months"),
        ("2010", "2012-01-01", "1 year to 2 years"),
        ("2012", "2012-05", "at most 4 months"),
    ],
)
def test_time_between_two_days_is_told_in_years_and_months(start: str, end: str, said: str) -> None:
    assert interval_text(day(start), day(end)) == said


@pytest.mark.parametrize(
    ("to", "said"),
    [
        ("fr", "15 ans et 1 mois"),
        ("es", "15 años y 1 mes"),
        ("ru", "15 лет 1 месяц"),
        ("ar", "\u206815 سنة\u2069 و\u2068شهر واحد\u2069"),
        ("zh-hans", "15年1个月"),
    ],
)
def test_years_are_told_in_the_language(to: str, said: str) -> None:
    assert interval_text(day("2011-01-28"), day("2026-02-28"), to=to) == said


@pytest.mark.parametrize(
    ("chance", "said"), [(0.9999, "over 99.9%"), (0.994, "99.4%"), (0.0004, "under 0.1%"), (0.001, "0.1%")]
)
def test_a_chance_is_never_told_as_nothing_or_everything(chance: float, said: str) -> None:
    assert chance_text(chance) == said


def test_a_moment_is_told_to_the_minute_in_utc() -> None:
    assert moment_text("2026-05-06T07:08:09.123+00:00") == "6 May 2026, 07:08 UTC"
