"""Early warnings: what several States tell of one pattern, from the least that they tell."""

import json
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracemark.secretariat import LeastNotice, WarningUnfit, early_warnings, read_least

TODAY = date(2026, 9, 1)
CODES = st.sampled_from(["XA", "XB", "XC"])
NOTICES = st.builds(
    LeastNotice,
    CODES,
    st.sampled_from(["SG-1", "SG-2", "EL-1"]),
    st.dates(date(2026, 1, 1), TODAY).map(date.isoformat),
    st.sampled_from(["a.rule", "refusal"]),
    st.just("strong"),
    st.sampled_from(["", "XD"]),
    st.dictionaries(st.sampled_from(["pistol", "rifle"]), st.integers(0, 9), max_size=2),
)


def told(state: str, on: str = "2026-08-01", pattern: str = "a.rule", reference: str = "SG-1") -> LeastNotice:
    return LeastNotice(state, reference, on, pattern, "strong", "XD", {"pistol": 2})


@given(NOTICES)
def test_what_is_sent_is_what_is_read(notice: LeastNotice) -> None:
    assert read_least(notice.state, json.loads(json.dumps(notice.plain()))) == notice


def test_two_states_or_three_times_warn_and_less_does_not() -> None:
    assert early_warnings([told("XA"), told("XA", reference="SG-2")], TODAY) == []
    [found] = early_warnings([told("XA"), told("XB", "2026-08-09")], TODAY)
    assert (found.states, found.destinations, [each.on for each in found.notices]) == (
        ["XA", "XB"], ["XD"], ["2026-08-09", "2026-08-01"],
    )  # fmt: skip
    assert [each.pattern for each in early_warnings([told("XA", reference=f"SG-{n}") for n in range(3)], TODAY)] == [
        "a.rule"
    ]


def test_what_is_old_or_told_twice_does_not_count() -> None:
    assert early_warnings([told("XA"), told("XB", "2026-01-01")], TODAY) == []
    assert early_warnings([told("XA")] * 3, TODAY) == []


@given(st.lists(NOTICES, max_size=12))
def test_a_warning_tells_of_its_pattern_only_and_of_enough(notices: list[LeastNotice]) -> None:
    for each in early_warnings(notices, TODAY):
        assert {notice.pattern for notice in each.notices} == {each.pattern}
        assert len(each.states) >= 2 or len(each.notices) >= 3


@pytest.mark.parametrize(
    "spoilt",
    [
        {"on": "soon"},
        {"sorts": {"pistol": -1}},
        {"sorts": {"pistol": True}},
        {"marks": ["A1"]},
        {"pattern": 7},
        {"sorts": []},
    ],
    ids=json.dumps,
)
def test_what_tells_more_or_is_none_is_refused(spoilt: dict[str, Any]) -> None:
    with pytest.raises(WarningUnfit):
        read_least("XA", {**told("XA").plain(), **spoilt})
