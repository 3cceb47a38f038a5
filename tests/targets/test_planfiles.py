"""A plan is read from TOML or a table; whatever is wrong with it is said with file, row and field."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.targets.aims import SALW
from tracemark.targets import ActivityStatus, Begun, PlanUnreadable, read_plan, read_plan_table, read_plan_toml

FRAME = {"title": "Plan", "kind": "salw", "first": "2025-01-01", "last": "2027-12-31"}
HEAD = "code,goal,title,owner,start,end,budget,depends,commitments,status\n"


def faults(text: str) -> list[tuple[object, ...]]:
    with pytest.raises(PlanUnreadable) as found:
        read_plan_toml(text, "plan.toml")
    return told(found.value)


def told(refused: PlanUnreadable) -> list[tuple[object, ...]]:
    return [(each.code.removeprefix("targets."), each.facts.get("row"), each.facts.get("field"))
            for each in refused.findings]  # fmt: skip


@pytest.mark.parametrize(
    ("instead_of", "written", "fault"),
    [
        ('kind = "salw"', 'kind = "saw"', ("field_unfit", "plan", "kind")),
        ('currency = "EUR"', 'money = "EUR"', ("field_unknown", "plan", "money")),
        ("last = 2027-12-31", "last = 2024-12-31", ("ends_before_start", "plan", "last")),
        ('owner = "XT-REG"', "", ("field_missing", "activity 3", "owner")),
        ("end = 2026-03-31", 'end = "2026-02-30"', ("field_unfit", "activity 3", "end")),
        ("end = 2026-03-31", "end = 2025-03-31", ("ends_before_start", "activity 3", "end")),
        ("budget = 1000", "budget = -5", ("field_unfit", "activity 3", "budget")),
        ("budget = 1000", "budget = true", ("field_unfit", "activity 3", "budget")),
        ("end = 2026-12-31", "end = 2028-01-01", ("outside_plan", "activity 2", "end")),
        ("start = 2025-01-01", "start = 2024-12-31", ("outside_plan", "activity 1", "start")),
        ('joint = "training"', 'gaps = ["nobody.asks"]', ("no_such_gap", "activity 2", "gaps")),
        ('["BMS7 MEAS.3"]', '["PoA II.99"]', ("field_citation", "activity 3", "commitments")),
        ('["BMS7 MEAS.3"]', "7", ("field_unfit", "activity 3", "commitments")),
        ('depends = ["A1"]', 'depends = ["A8"]', ("activity_unknown", "activity 2", "depends")),
        ('depends = ["A1"]', 'depends = ["A2"]', ("activities_in_a_ring", "activity 2", "depends")),
        ('goal = "1"\ntitle = "Publish', 'goal = "4"\ntitle = "Publish', ("goal_unknown", "activity 3", "goal")),
        ('joint = "training"', 'status = "finished"', ("field_unfit", "activity 2", "status")),
    ],
)
def test_a_fault_is_told_with_its_place(instead_of: str, written: str, fault: tuple[str, str, str]) -> None:
    assert faults(SALW.replace(instead_of, written)) == [fault]


def test_a_code_that_stands_twice_is_told_at_both() -> None:
    assert faults(SALW.replace('code = "A3"', 'code = "A1"')) == [
        ("code_twice", "activity 1", "code"),
        ("code_twice", "activity 3", "code"),
    ]


def test_what_is_no_toml_is_told_with_its_line() -> None:
    with pytest.raises(PlanUnreadable) as found:
        read_plan_toml('title = "a"\nkind = ', "plan.toml")
    assert [each.facts for each in found.value.findings] == [
        {"file": "plan.toml", "line": 2, "column": 8, "fault": "value"}
    ]


def test_an_empty_table_is_none() -> None:
    with pytest.raises(PlanUnreadable) as found:
        read_plan_table("", "plan.csv", {})
    assert [(each.code, each.facts) for each in found.value.findings] == [("targets.table_empty", {"file": "plan.csv"})]


def test_an_empty_plan_is_none() -> None:
    assert faults(SALW.partition("[[activity]]")[0]) == [("plan_empty", None, None)]


def test_indicators_are_held_to_their_members_and_years() -> None:
    wrong = """
members = ["XA", "XB"]
[[kpi]]
code = "K1"
goal = "1"
title = "Losses"
[[data]]
kpi = "K1"
year = 1066
values = { XA = "many", XC = 2 }
[[data]]
kpi = "K9"
year = 2025
"""
    text = SALW.replace('currency = "EUR"', 'currency = "EUR"' + wrong.partition("[[kpi]]")[0]) + (
        "[[kpi]]" + wrong.partition("[[kpi]]")[2]
    )
    assert faults(text) == [
        ("field_unfit", "data 1", "year"),
        ("field_unfit", "data 1", "values.XA"),
        ("member_unknown", "data 1", "values"),
        ("kpi_unknown", "data 2", "kpi"),
        ("field_missing", "data 2", "values"),
    ]


def test_a_table_is_a_plan_with_the_frame_that_is_told() -> None:
    text = HEAD + 'A1,Losses,Mark,XT-ARMY,2025-01-01,2025-12-31,"9000.50",,PoA II.17; BMS7 DEV.2,done\n'
    text += "A2,Losses,Train,XT-ARMY,2026-01-01,2026-12-31,,A1,,\n"
    draft = read_plan_table(text, "plan.csv", FRAME)
    assert [(each.code, each.budget, each.depends, len(each.commitments)) for each in draft.activities] == [
        ("A1", draft.activities[0].budget, (), 2),
        ("A2", None, ("A1",), 0),
    ]
    assert (str(draft.activities[0].budget), draft.begun) == (
        "9000.50",
        {"A1": Begun(ActivityStatus.DONE, Decimal(0), None)},
    )


def test_a_fault_in_a_table_names_its_line() -> None:
    with pytest.raises(PlanUnreadable) as found:
        read_plan_table(HEAD + "A1,Losses,Mark,XT-ARMY,soon,2025-12-31,,,,\n", "plan.csv", FRAME)
    assert [each.facts for each in found.value.findings] == [
        {"file": "plan.csv", "row": "2", "field": "start", "value": "soon", "like": "2026-05-31"}
    ]


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
NAMES = st.sampled_from(("title", "kind", "first", "goal", "activity", "kpi", "data", "members", "owner", "values"))


@given(st.dictionaries(NAMES, JSON | st.lists(st.dictionaries(NAMES, JSON, max_size=3), max_size=3), max_size=8))
def test_whatever_comes_is_read_or_explained(told: dict[str, object]) -> None:
    with pytest.raises(PlanUnreadable):
        read_plan(told, "body")
