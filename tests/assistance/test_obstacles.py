"""A pair that cannot be says every reason."""

from datetime import date
from fractions import Fraction

import pytest

from tests.assistance.rounds import CLOSED, OPEN, TODAY, need, programme
from tracemark.assistance import Bar, Help, Merit, Need, Programme, Running, bars

A = need("R-A", 100)


def test_a_programme_that_fits_has_no_bar() -> None:
    assert bars(A, programme("P", 100), TODAY) == ()


@pytest.mark.parametrize(
    ("asked", "offered", "found"),
    [
        (A, programme("P", 100, opens=date(2026, 6, 1)), (Bar.CLOSED,)),
        (A, programme("P", 100, closes=date(2026, 4, 30)), (Bar.CLOSED,)),
        (A, programme("P", 100, states=frozenset({"XB"})), (Bar.STATE,)),
        (A, programme("P", 100, regions=frozenset({"142"})), (Bar.REGION,)),
        (A, programme("P", 100, themes="stockpiles"), (Bar.THEME,)),
        (A, programme("P", 100, helps=Help.FINANCE), (Bar.HELP,)),
        (A, programme("P", 100, needs_partner=True), (Bar.PARTNER,)),
        (A, programme("P", 100, needs_report=True), (Bar.REPORT,)),
        (A, programme("P", 500, least=200), (Bar.TOO_SMALL,)),
        (A, programme("P", 500, least=60, state_share=Fraction(1, 10)), (Bar.TOO_SMALL,)),
        (A, programme("P", 99, whole_only=True), (Bar.TOO_LARGE,)),
        (
            A,
            programme("P", 99, themes="records", helps=Help.FINANCE, needs_partner=True),
            (Bar.THEME, Bar.HELP, Bar.PARTNER),
        ),
    ],
)
def test_each_bar_is_named(asked: Need, offered: Programme, found: tuple[Bar, ...]) -> None:
    assert bars(asked, offered, TODAY) == found


def test_a_call_is_open_on_its_first_and_its_last_day() -> None:
    assert [bars(A, programme("P", 100), day) for day in (OPEN, CLOSED)] == [(), ()]


def test_conditions_that_are_met_are_no_bar() -> None:
    asked = need("R-A", 100, partner="UNIDIR", merits=frozenset({Merit.IN_REPORT}))
    assert bars(asked, programme("P", 100, needs_partner=True, needs_report=True), TODAY) == ()


def test_what_goes_on_already_is_a_double_only_where_nothing_is_left() -> None:
    both = need("R-A", 100, themes="marking stockpiles")
    running = {Running("XA", "marking", Help.TRAINING)}
    assert bars(A, programme("P", 100), TODAY, running) == (Bar.DOUBLE,)
    assert bars(both, programme("P", 100), TODAY, running) == ()


@pytest.mark.parametrize(
    "changed",
    [
        {"least": 101},
        {"most": 101},
        {"least": -1},
        {"state_share": Fraction(0)},
        {"opens": date(2027, 1, 1)},
    ],
)
def test_an_impossible_programme_is_refused(changed: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="P"):
        programme("P", 100, **changed)  # type: ignore[arg-type]
