"""A need that nothing serves learns what that would have taken."""

from datetime import date

import pytest

from tests.assistance.rounds import TODAY, need, programme
from tracemark.assistance import Bar, Policy, Round, match_needs, what_it_takes


def test_the_nearest_comes_first_with_what_it_would_have_taken() -> None:
    asked = [need("R-A", 100), need("R-B", 60), need("R-C", 40)]
    offered = [
        programme("P", 100, least=20),
        programme("Q", 100, closes=date(2026, 4, 1), needs_partner=True),
        programme("R", 100, themes="records"),
    ]
    round_ = Round(asked, offered, Policy(), TODAY)
    found = what_it_takes("R-A", match_needs(round_), round_)
    assert [(each.programme, each.barred, each.money) for each in found] == [
        ("P", (), 20),
        ("R", (Bar.THEME,), 0),
        ("Q", (Bar.CLOSED, Bar.PARTNER), 0),
    ]
    assert found[0].loss == pytest.approx(2 - (40 / 40 + 40 / 60 + 20 / 100))


def test_what_serves_a_need_already_is_no_opening() -> None:
    round_ = Round([need("R-A", 100)], [programme("P", 100)], Policy(), TODAY)
    assert what_it_takes("R-A", match_needs(round_), round_) == []


def test_an_unknown_request_is_said() -> None:
    round_ = Round([need("R-A", 100)], [programme("P", 100)], Policy(), TODAY)
    with pytest.raises(KeyError, match="R-Z"):
        what_it_takes("R-Z", match_needs(round_), round_)
