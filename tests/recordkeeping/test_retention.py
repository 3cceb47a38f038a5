from tracemark.kernel import PartialDate
from tracemark.recordkeeping import EventKind, below_floor, keep_until


def test_iti_12_manufacture_thirty_years_all_other_twenty() -> None:
    assert keep_until(EventKind.MANUFACTURED, PartialDate(2000, 5, 1)) == PartialDate(2030, 5, 1)
    assert keep_until(EventKind.TRANSFERRED, PartialDate(2000, 5, 1)) == PartialDate(2020, 5, 1)


def test_a_state_may_keep_longer_but_not_shorter() -> None:
    assert keep_until(EventKind.TRANSFERRED, PartialDate(2000, 5, 1), national_years=50) == PartialDate(2050, 5, 1)
    assert keep_until(EventKind.TRANSFERRED, PartialDate(2000, 5, 1), national_years=7) == PartialDate(2020, 5, 1)


def test_iti_12_a_national_rule_below_the_floor_is_told() -> None:
    assert below_floor({"other": 7, "manufacture": 30}) == {"other": 13}


def test_a_leap_day_and_a_year_alone_are_kept_to_the_end() -> None:
    assert keep_until(EventKind.TRANSFERRED, PartialDate(2004, 2, 29)) == PartialDate(2024, 2, 29)
    assert keep_until(EventKind.MANUFACTURED, PartialDate(2004, 2, 29)) == PartialDate(2034, 3, 1)
    assert keep_until(EventKind.TRANSFERRED, PartialDate(2004)) == PartialDate(2024, 12, 31)
