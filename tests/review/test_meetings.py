"""The meetings of States as dated data, and how a State corrects them."""

from datetime import date

import pytest

from tracemark import instruments
from tracemark.instruments import Confidence
from tracemark.review import MeetingKind, MeetingsUnreadable, cycle_of, read_meetings, shipped_calendar

OWN = """
[meeting.BMS10]
kind = "bms"
number = 10
first = "2028-06-12"
last = "2028-06-16"
place = "New York"
source = "Note verbale"
confidence = "read"
checked_on = 2027-01-05
"""


def test_what_is_shipped_says_where_each_day_was_seen_and_stands_in_order() -> None:
    found = list(shipped_calendar().meetings.values())
    assert [each.code for each in found if not each.source] == []
    assert found == sorted(found, key=lambda each: (each.first.first, each.kind is MeetingKind.OETEG, each.code))
    assert {each.outcome for each in found if each.outcome} <= set(instruments.shipped().instruments)


def test_a_meeting_looks_back_to_the_last_that_did() -> None:
    calendar = shipped_calendar()
    before = {code: calendar.before(calendar.meeting(code)) for code in ("CONF2001", "BMS9", "OETEG2", "MGE2")}
    assert {code: each.code if each else "" for code, each in before.items()} == {
        "CONF2001": "",
        "BMS9": "REVCON4",
        "OETEG2": "BMS9",
        "MGE2": "BMS5",
    }


@pytest.mark.parametrize(
    ("code", "today", "years"),
    [
        ("BMS9", date(2026, 5, 1), (2024, 2025, 2022, 2023)),
        ("BMS10", date(2026, 11, 1), (2026, 2026, 2025, 2025)),
        ("BMS10", date(2028, 2, 1), (2026, 2027, 2024, 2025)),
        ("CONF2001", date(2026, 1, 1), (1999, 2000, 1997, 1998)),
    ],
)
def test_a_cycle_is_of_years_that_are_over_and_as_many_before(
    code: str, today: date, years: tuple[int, int, int, int]
) -> None:
    calendar = shipped_calendar()
    meeting = calendar.meeting(code)
    period, before = cycle_of(meeting, calendar.before(meeting), today)
    assert (period.first.year, period.last.year, before.first.year, before.last.year) == years


def test_the_next_meeting_is_one_that_is_not_over() -> None:
    calendar = shipped_calendar()
    coming = [calendar.next_after(date(2026, 6, day)) for day in (5, 6)]
    assert [each.code if each else "" for each in coming] == ["BMS9", "OETEG1"]
    assert calendar.next_after(date(2031, 1, 1)) is None


def test_a_state_corrects_a_meeting_and_the_rest_stays() -> None:
    calendar = shipped_calendar().overlay(OWN, "own.toml")
    mine = calendar.meeting("BMS10")
    assert (str(mine.first), mine.confidence, mine.source) == ("2028-06-12", Confidence.READ, "Note verbale")
    others = {code: each for code, each in calendar.meetings.items() if code != "BMS10"}
    assert others == {code: each for code, each in shipped_calendar().meetings.items() if code != "BMS10"}


@pytest.mark.parametrize(
    ("written", "instead", "field", "code"),
    [
        ('first = "2028-06-12"', 'first = "June"', "first", "targets.field_unfit"),
        ('last = "2028-06-16"', 'last = "2028-06-01"', "last", "targets.ends_before_start"),
        ('source = "Note verbale"', "", "source", "targets.field_missing"),
        ('confidence = "read"', 'confidence = "sure"', "confidence", "targets.field_unfit"),
        ('place = "New York"', 'town = "New York"', "town", "targets.field_unknown"),
        ("number = 10", "number = -1", "number", "targets.field_unfit"),
        ("number = 10", 'number = 10\nlink = "javascript:alert(1)"', "link", "targets.field_unfit"),
    ],
)
def test_a_faulty_file_is_refused_by_meeting_and_field(written: str, instead: str, field: str, code: str) -> None:
    with pytest.raises(MeetingsUnreadable) as refused:
        read_meetings(OWN.replace(written, instead), "own.toml")
    told = [(each.code, each.facts["row"], each.facts["field"]) for each in refused.value.findings]
    assert told == [(code, "meeting.BMS10", field)]


def test_what_is_no_toml_is_refused() -> None:
    with pytest.raises(MeetingsUnreadable) as refused:
        read_meetings("[meeting", "own.toml")
    assert [each.code for each in refused.value.findings] == ["targets.not_toml"]
