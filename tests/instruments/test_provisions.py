from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from tracemark import instruments
from tracemark.kernel import cite

SAMPLE = instruments.paragraph(cite("ITI 12(a)"))


@given(st.dates(date(1990, 1, 1), date(2090, 1, 1)), st.integers(0, 9000), st.integers(-50, 9100))
def test_a_paragraph_holds_from_its_first_to_its_last_day(first: date, length: int, after: int) -> None:
    version = replace(SAMPLE, from_on=first, until_on=first + timedelta(days=length))
    assert version.holds(first + timedelta(days=after)) is (0 <= after <= length)


@given(st.dates())
def test_an_open_paragraph_always_holds(on: date) -> None:
    assert replace(SAMPLE, from_on=None, until_on=None).holds(on)
