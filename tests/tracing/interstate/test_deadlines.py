from datetime import date

import pytest

from tracemark.tracing import DeadlinesRefused, Due, Priority, read_deadlines, shipped_deadlines

OWN = """
escalate_after = 1
[[deadline]]
since = 2020-01-01
step = "answer"
routine = 60
urgent = 10
[[deadline]]
since = 2026-01-01
step = "answer"
routine = 20
urgent = 3
"""


def test_the_deadline_that_held_on_the_day_counts() -> None:
    own = read_deadlines(OWN, file="own.toml")
    days = [own.due(Due.ANSWER, Priority.ROUTINE, date(year, 3, 1)) for year in (2019, 2025, 2026)]
    assert days == ["", "2025-04-30", "2026-03-21"]
    assert own.due(Due.CLARIFY, Priority.URGENT, date(2026, 3, 1)) == ""


def test_every_step_has_a_deadline_where_a_state_set_none() -> None:
    shipped = shipped_deadlines()
    assert [shipped.due(each, Priority.URGENT, date(2026, 5, 6)) for each in Due] == [
        "2026-05-08",
        "2026-05-13",
        "2026-05-11",
    ]


@pytest.mark.parametrize(
    "text", ["", "escalate_after = 0\ndeadline = []", OWN.replace("60", '"many"'), OWN.replace("answer", "x")]
)
def test_a_file_that_sets_no_deadlines_is_refused(text: str) -> None:
    with pytest.raises(DeadlinesRefused) as refused:
        read_deadlines(text, file="own.toml")
    assert [each.code for each in refused.value.findings] == ["tracing.deadlines_unreadable"]
