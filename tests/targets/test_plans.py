"""A plan is adopted, reported on and closed; its activities wait for each other and never in a ring."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.targets.aims import AUDITOR, CLOCK, CONTACT, SALW, TODAY, adopted, placed
from tracemark.authorities import NotPermitted
from tracemark.kernel import Refused, cite
from tracemark.storage.memory import MemoryStores
from tracemark.targets import (
    Activity,
    ActivityStatus,
    Frame,
    Plan,
    Told,
    adopt_plan,
    cancel_activity,
    close_plan,
    cycle_in,
    next_code,
    plan_list,
    plan_record,
    read_plan_toml,
    report_activity,
    revise_activity,
    target_record,
)


def reported(stores: MemoryStores, plan: str, activity: str, status: str, spent: int = 0, on: date = TODAY) -> Plan:
    report = Told(on, ActivityStatus(status), Decimal(spent), "as told")
    return report_activity(plan=plan, activity=activity, report=report, actor=CONTACT, stores=stores, clock=CLOCK)


def activity(code: str, *depends: str) -> Activity:
    return Activity(code, "1", code, "XT-REG", date(2026, 1, 1), date(2026, 12, 31), depends=depends)


def reaches(graph: dict[str, list[str]], start: str, goal: str) -> bool:
    """Say the plain way whether one activity waits for another, over however many."""
    seen, waiting = set[str](), list(graph[start])
    while waiting:
        code = waiting.pop()
        if code == goal:
            return True
        if code not in seen:
            seen.add(code)
            waiting += graph[code]
    return False


@given(st.lists(st.tuples(st.sampled_from("abcde"), st.sampled_from("abcde")), max_size=9))
def test_a_ring_is_found_where_there_is_one(waits: list[tuple[str, str]]) -> None:
    graph = {code: [after for before, after in waits if before == code] for code in "abcde"}
    ring = cycle_in(activity(code, *after) for code, after in graph.items())
    assert bool(ring) is any(reaches(graph, code, code) for code in graph)
    assert all(later in graph[sooner] for sooner, later in pairwise(ring))
    assert ring == () or ring[0] == ring[-1]


def test_a_plan_is_read_from_the_record_as_it_was_written(stores: MemoryStores) -> None:
    draft = read_plan_toml(SALW, "plan.toml")
    known = plan_record(plan=adopted(stores), actor=AUDITOR, stores=stores)
    assert (known.frame, tuple(each.activity for each in known.works.values())) == (draft.frame, draft.activities)
    assert (known.standing, int(known.budget), int(known.spent)) == ("running", 111_000, 0)
    assert Frame.of_plain(draft.frame.plain()) == draft.frame


def test_an_activity_is_done_only_after_what_it_waits_for(stores: MemoryStores) -> None:
    plan = adopted(stores)
    with pytest.raises(Refused) as found:
        reported(stores, plan, "A2", "done")
    assert [each.code for each in found.value.findings] == ["targets.activity_waits"]
    reported(stores, plan, "A1", "underway", 500, date(2025, 6, 1))
    reported(stores, plan, "A1", "done", 300, date(2026, 1, 15))
    known = reported(stores, plan, "A2", "done", 50)
    assert [(each.status.value, int(each.spent), each.done_on) for each in known.works.values()] == [
        ("done", 800, date(2026, 1, 15)),
        ("done", 50, TODAY),
        ("planned", 0, None),
    ]
    assert [each.activity.code for each in known.late(TODAY)] == ["A3"]
    assert [each.activity.code for each in known.late(date(2026, 1, 1))] == ["A1"]


def test_reports_stand_by_their_day_and_not_by_when_they_were_made(stores: MemoryStores) -> None:
    plan = adopted(stores)
    reported(stores, plan, "A1", "done")
    known = reported(stores, plan, "A1", "underway", on=date(2025, 2, 1)).works["A1"]
    assert (known.status, known.on(date(2025, 3, 1)), known.on(date(2025, 1, 1))) == ("done", "underway", "planned")


def test_an_activity_is_revised_and_keeps_its_reports(stores: MemoryStores) -> None:
    plan = adopted(stores)
    reported(stores, plan, "A1", "underway", 500)
    by: dict[str, Any] = {"actor": CONTACT, "stores": stores, "clock": CLOCK}
    known = revise_activity(plan=plan, activity=activity("A1"), reason="late", **by).works["A1"]
    assert (known.activity.end, int(known.spent)) == (date(2026, 12, 31), 500)
    with pytest.raises(Refused) as found:
        revise_activity(plan=plan, activity=activity("A1", "A2"), reason="both first", **by)
    assert [each.facts["ring"] for each in found.value.findings] == ["A1 → A2 → A1"]


@pytest.mark.parametrize(
    ("changes", "reason", "code", "field"),
    [
        ({}, "  ", "targets.text_missing", "reason"),
        ({"depends": ("A4",)}, "new", "targets.ring", "depends"),
        ({"depends": ("A8",)}, "new", "targets.activity_not_in_plan", "depends"),
        ({"goal": "7"}, "new", "targets.activity_unfit", "goal"),
        ({"start": date(2024, 12, 31)}, "new", "targets.activity_outside", "start"),
        ({"end": date(2028, 1, 1)}, "new", "targets.activity_outside", "end"),
        ({"end": date(2025, 12, 31)}, "new", "targets.activity_unfit", "end"),
        ({"budget": Decimal(-1)}, "new", "targets.cost_unfit", "budget"),
        ({"title": " "}, "new", "targets.text_missing", "title"),
        ({"gaps": ("nobody.asks",)}, "new", "targets.gap_unknown", "gaps"),
        ({"commitments": (cite("PoA II.99"),)}, "new", "targets.commitment_unknown", "commitments"),
    ],
)
def test_an_activity_that_does_not_fit_is_refused(
    stores: MemoryStores, changes: dict[str, Any], reason: str, code: str, field: str
) -> None:
    plan, coming = adopted(stores), replace(activity("A4", "A1"), **changes)
    with pytest.raises(Refused) as found:
        revise_activity(plan=plan, activity=coming, reason=reason, actor=CONTACT, stores=stores, clock=CLOCK)
    assert [(each.code, each.facts["field"]) for each in found.value.findings] == [(code, field)]


def test_an_activity_is_added_and_what_does_not_change_it_is_refused(stores: MemoryStores) -> None:
    plan = adopted(stores)
    by: dict[str, Any] = {"actor": CONTACT, "stores": stores, "clock": CLOCK}
    known = revise_activity(plan=plan, activity=activity("A4", "A1"), reason="asked for by the army", **by)
    assert (list(known.works), next_code(known)) == (["A1", "A2", "A3", "A4"], "A5")
    with pytest.raises(Refused) as found:
        revise_activity(plan=plan, activity=activity("A4", "A1"), reason="again", **by)
    assert [each.code for each in found.value.findings] == ["targets.nothing_changes"]


def test_an_activity_is_cancelled_with_a_reason_once_none_waits_for_it(stores: MemoryStores) -> None:
    plan = adopted(stores)
    by: dict[str, Any] = {"actor": CONTACT, "stores": stores, "clock": CLOCK}
    with pytest.raises(Refused) as found:
        cancel_activity(plan=plan, activity="A1", reason="no money", **by)
    assert [(each.code, each.facts["others"]) for each in found.value.findings] == [("targets.others_wait", "A2")]
    with pytest.raises(Refused) as found:
        cancel_activity(plan=plan, activity="A2", reason="", **by)
    assert [(each.code, each.facts["field"]) for each in found.value.findings] == [("targets.text_missing", "note")]
    cancel_activity(plan=plan, activity="A2", reason="the school closed", **by)
    known = cancel_activity(plan=plan, activity="A1", reason="no money", **by).works
    assert [(each.status, each.told[-1].note) for each in known.values() if each.told] == [
        ("dropped", "no money"),
        ("dropped", "the school closed"),
    ]


@pytest.mark.parametrize(
    ("name", "status", "spent", "code"),
    [("A9", "done", 0, "targets.activity_not_in_plan"), ("A1", "done", -1, "targets.cost_unfit")],
)
def test_a_report_that_cannot_be_is_refused(
    stores: MemoryStores, name: str, status: str, spent: int, code: str
) -> None:
    plan = adopted(stores)
    with pytest.raises(Refused) as found:
        reported(stores, plan, name, status, spent)
    assert [each.code for each in found.value.findings] == [code]


def test_a_closed_plan_takes_nothing_more(stores: MemoryStores) -> None:
    plan = adopted(stores)
    close_plan(plan=plan, reason="a new one follows", actor=CONTACT, stores=stores, clock=CLOCK)
    assert [each.standing for each in plan_list(actor=AUDITOR, stores=stores)] == ["closed"]
    with pytest.raises(Refused) as found:
        reported(stores, plan, "A1", "done")
    assert [each.code for each in found.value.findings] == ["targets.dossier_over"]


def test_a_plan_serves_targets_on_record_only_and_names_no_person(stores: MemoryStores) -> None:
    target = placed(stores)
    linked = SALW.replace('joint = "training"', f'joint = "training"\ntargets = ["{target}"]')
    plan = adopted(stores, linked)
    served = target_record(target=target, actor=AUDITOR, stores=stores, clock=CLOCK).served_by
    assert served == ((plan, "A2"),)
    wrong = linked.replace(target, "TG-2026-000009").replace('owner = "XT-REG"', 'owner = "Mr Smith"')
    with pytest.raises(Refused) as found:
        adopted(stores, wrong)
    assert [(each.code, each.facts["activity"]) for each in found.value.findings] == [
        ("targets.dossier_unknown", "A2"),
        ("targets.holder_unknown", "A3"),
    ]


def test_who_may_only_see_plans_adopts_none(stores: MemoryStores) -> None:
    with pytest.raises(NotPermitted):
        adopt_plan(draft=read_plan_toml(SALW, "plan.toml"), actor=AUDITOR, stores=stores, clock=CLOCK)
