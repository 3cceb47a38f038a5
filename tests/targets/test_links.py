"""What a target is linked to is read as it was written, and what is written otherwise is not read."""

from datetime import date

import pytest

from tracemark.targets import DevelopmentGoal, cell_of, cell_text, development_goal


def test_a_goal_of_a_development_plan_is_read_as_it_was_written() -> None:
    told = DevelopmentGoal("National plan 2030", date(2024, 1, 15), "Goal 4: safe towns")
    assert told.text == "National plan 2030 | 2024-01-15 | Goal 4: safe towns"
    assert development_goal(told.text) == told
    assert DevelopmentGoal.of_plain(told.plain()) == told


@pytest.mark.parametrize(
    "line", ["", "Plan | 2024-01-15", "Plan | 2024-13-01 | 4", " | 2024-01-15 | 4", "a | b | c | d"]
)
def test_what_names_no_document_day_and_goal_is_none(line: str) -> None:
    assert development_goal(line) is None


def test_a_cell_is_read_as_it_was_written_in_the_order_of_its_names() -> None:
    assert cell_of("sex = female , body=police") == (("body", "police"), ("sex", "female"))
    assert cell_of(cell_text((("body", "police"), ("sex", "female")))) == (("body", "police"), ("sex", "female"))
    assert cell_of(" ") == ()


@pytest.mark.parametrize("text", ["sex", "sex=", "=female", "sex=female, sex=male"])
def test_what_names_no_value_or_one_twice_is_none(text: str) -> None:
    assert cell_of(text) is None
