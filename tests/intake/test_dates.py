from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracemark.intake import DateFormat, DateReader, DateUnread, detect_dates
from tracemark.kernel import PartialDate

DAYS = st.dates(min_value=date(1931, 1, 1), max_value=date(2030, 12, 31))


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("2024-01-05", "2024-01-05"),
        ("2024-01", "2024-01"),
        ("2024", "2024"),
        ("2024/1/5", "2024-01-05"),
        ("2024-01-05 00:00:00", "2024-01-05"),
        ("2024-01-05T10:30:00Z", "2024-01-05"),
        ("05/01/2024", "2024-01-05"),
        ("21.10.1982", "1982-10-21"),
        ("21-10-82", "1982-10-21"),
        ("5.1.24", "2024-01-05"),
        ("10/2019", "2019-10"),
        ("21 Oct 1982", "1982-10-21"),
        ("5-Jan-24", "2024-01-05"),
        ("October 21, 1982", "1982-10-21"),
        ("19821021", "1982-10-21"),
        ("30245", "1982-10-21"),
        ("30245.5", "1982-10-21"),
        ("12/31/2020", "2020-12-31"),
    ],
)
def test_dates_are_read_with_the_day_first(text: str, read: str) -> None:
    assert str(DateReader().read(text)) == read


@pytest.mark.parametrize(
    ("text", "read"), [("10/21/82", "1982-10-21"), ("06/12/2024", "2024-06-12"), ("7/2/20", "2020-07-02")]
)
def test_dates_are_read_with_the_month_first(text: str, read: str) -> None:
    assert str(DateReader(DateFormat.MONTH_FIRST).read(text)) == read


def test_the_pivot_parts_the_centuries() -> None:
    assert [DateReader(pivot=pivot).read("01/02/26").year for pivot in (25, 26)] == [1926, 2026]


@pytest.mark.parametrize(
    ("text", "code", "suggestion"),
    [
        ("12/09/202", "intake.date_year_short", "202X-09-12"),
        ("31/02/2020", "intake.no_such_date", "2020-02"),
        ("2020-13-01", "intake.no_such_date", "2020"),
        ("13/14/2020", "intake.no_such_date", "2020"),
        ("00/01/2020", "intake.no_such_date", "2020-01"),
        ("about 05/01/2024?", "intake.date_unread", "2024-01-05"),
        ("last spring", "intake.date_unread", ""),
        ("21 Brumaire 1799", "intake.no_such_date", ""),
        ("", "intake.date_unread", ""),
    ],
)
def test_what_is_no_date_says_what_may_have_been_meant(text: str, code: str, suggestion: str) -> None:
    with pytest.raises(DateUnread) as refused:
        DateReader().read(text)
    assert (refused.value.code, refused.value.suggestion) == (code, suggestion)


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("12 mars 2019", "2019-03-12"),
        ("1er avril 2019", "2019-04-01"),
        ("14 févr. 2019", "2019-02-14"),
        ("mardi 12 mars 2019", "2019-03-12"),
        ("mars 2019", "2019-03"),
        ("3 de mayo de 2020", "2020-05-03"),
        ("martes, 12 de marzo de 2019", "2019-03-12"),
        ("1º de mayo de 2020", "2020-05-01"),
        ("5 мая 2018 г.", "2018-05-05"),
        ("15 сент. 2018", "2018-09-15"),
        ("май 2018 года", "2018-05"),
        ("٣ مارس ٢٠٢٠", "2020-03-03"),
        ("٣/٥/٢٠٢٠", "2020-05-03"),
        ("5 كانون الثاني 2020", "2020-01-05"),
        ("5 شباط/فبراير 2020", "2020-02-05"),
        ("الثلاثاء، 12 مارس، 2019", "2019-03-12"),
        ("2019年3月5日", "2019-03-05"),
        ("２０１９年３月", "2019-03"),
        ("二〇一九年十二月二十五日", "2019-12-25"),
        ("2019年", "2019"),
        ("Tuesday, March 12, 2019", "2019-03-12"),
        ("March 5th, 2020", "2020-03-05"),
        ("2019-Mar-12", "2019-03-12"),
        ("12 août 2019 10:30", "2019-08-12"),
        ("\u200f05/03/2020\u200f", "2020-03-05"),
    ],
)
def test_months_are_read_by_name_in_six_languages(text: str, read: str) -> None:
    assert str(DateReader().read(text)) == read
    assert detect_dates({text: 1}).unread == 0


@pytest.mark.parametrize(
    ("text", "code", "suggestion"),
    [
        ("12 jui 2019", "intake.date_ambiguous", "2019-06-12, 2019-07-12"),
        ("5 كانون 2020", "intake.date_ambiguous", "2020-01-05, 2020-12-05"),
        ("mars 19", "intake.date_ambiguous", ""),
        ("12 mars", "intake.date_ambiguous", ""),
        ("3 رمضان 1441", "intake.no_such_date", ""),
        ("31 fév. 2020", "intake.no_such_date", ""),
        ("0 mars 2019", "intake.no_such_date", ""),
        ("2019年13月5日", "intake.no_such_date", ""),
        ("1441/03/05", "intake.date_calendar", ""),
        ("١٤٤١-٠٣-٠٥", "intake.date_calendar", ""),
    ],
)
def test_a_month_or_calendar_that_is_in_doubt_is_never_guessed(text: str, code: str, suggestion: str) -> None:
    with pytest.raises(DateUnread) as refused:
        DateReader().read(text)
    assert (refused.value.code, refused.value.suggestion) == (code, suggestion)


@given(DAYS, st.sampled_from(["%Y-%m-%d", "%d/%m/%Y", "%d.%m.%Y", "%d-%m-%y", "%Y%m%d", "%d %b %Y", "%d/%m/%y"]))
def test_every_day_written_is_read_back(day: date, written: str) -> None:
    assert DateReader().read(day.strftime(written)) == PartialDate.of(day)


@given(DAYS, st.sampled_from(["%m/%d/%Y", "%m/%d/%y"]))
def test_every_day_written_month_first_is_read_back(day: date, written: str) -> None:
    assert DateReader(DateFormat.MONTH_FIRST).read(day.strftime(written)) == PartialDate.of(day)


@given(st.text(max_size=24))
def test_any_text_is_a_date_or_says_why_not(text: str) -> None:
    codes = ("unread", "ambiguous", "calendar", "year_short")
    assert code_of(text) in {"", "intake.no_such_date", *(f"intake.date_{code}" for code in codes)}


def code_of(text: str) -> str:
    try:
        DateReader().read(text)
    except DateUnread as refused:
        return refused.code
    return ""


@given(st.lists(DAYS, min_size=1, max_size=30), st.booleans())
def test_the_order_proven_by_a_column_reads_the_whole_column(days: list[date], month_first: bool) -> None:
    written = {day.strftime("%m/%d/%Y" if month_first else "%d/%m/%Y"): 1 for day in days}
    found = detect_dates(written)
    if any(day.day > 12 for day in days):
        assert (found.proven, found.contradictions) == (True, 0)
        assert [DateReader(found.order).read(text) for text in written] == list(
            dict.fromkeys(PartialDate.of(day) for day in days)
        )


def test_a_column_that_proves_nothing_says_so() -> None:
    found = detect_dates({"05/06/2020": 2, "07/07/2020": 1})
    assert (found.order, found.proven, found.ambiguous) == (DateFormat.DAY_FIRST, False, 2)


def test_a_column_in_both_orders_is_a_contradiction() -> None:
    found = detect_dates({"25/06/2020": 3, "06/25/2020": 1, "01/02/2020": 4})
    assert (found.order, found.proven, found.contradictions) == (DateFormat.DAY_FIRST, False, 1)


def test_a_stated_order_holds_for_every_date() -> None:
    reader = DateReader(DateFormat.MONTH_FIRST, stated=True)
    assert reader.read("3/4/2011") == PartialDate(2011, 3, 4)
    with pytest.raises(DateUnread) as refused:
        reader.read("13/04/2011")
    assert (refused.value.code, refused.value.suggestion) == ("intake.date_against_order", "2011-04-13")
    assert detect_dates({"13/04/2011": 2, "3/4/2011": 1}, DateFormat.MONTH_FIRST).order is DateFormat.MONTH_FIRST


def test_the_formats_of_a_column_are_counted() -> None:
    found = detect_dates({"2020-01-31": 2, "31.01.2020": 1, "44197": 1, "5-Jan-24": 1, "never": 1})
    assert found.formats == {
        DateFormat.ISO: 2,
        DateFormat.DAY_FIRST: 1,
        DateFormat.SPREADSHEET: 1,
        DateFormat.NAMED_MONTH: 1,
    }
    assert found.unread == 1
