"""A plan's year, and its indicators over years: what is missing is not zero."""

from datetime import date
from decimal import Decimal

from tests.targets.aims import AUDITOR, CLOCK, CONTACT, SALW, TODAY, adopted
from tests.targets.test_plans import reported
from tracemark.storage.memory import MemoryStores
from tracemark.targets import Course, KpiReport, PlanYear, kpi_lines, plan_record, plan_year, report_kpi

KPIS = """
[[kpi]]
code = "K1"
goal = "1"
title = "Losses"
direction = "fall"
[[kpi]]
code = "K2"
goal = "1"
title = "States with a law"
gathers = "count"
[[kpi]]
code = "K3"
goal = "1"
title = "Share marked"
gathers = "mean"
"""


def codes(found: PlanYear) -> dict[str, list[str]]:
    names = ("due", "done", "done_late", "late", "not_begun", "dropped")
    return {name: [each.activity.code for each in getattr(found, name)] for name in names}


def test_a_year_says_what_was_due_done_late_and_spent(stores: MemoryStores) -> None:
    plan = adopted(stores)
    reported(stores, plan, "A1", "underway", 500, date(2025, 6, 1))
    reported(stores, plan, "A1", "done", 300, date(2026, 1, 15))
    known = reported(stores, plan, "A3", "dropped")
    before = plan_year(known, 2025, TODAY)
    assert codes(before) == {"due": ["A1"], "done": [], "done_late": [], "late": ["A1"], "not_begun": [], "dropped": []}
    assert (before.until, before.spent, before.budget, before.on_time) == (
        date(2025, 12, 31),
        {"A1": Decimal(500)},
        Decimal(90_000),
        0,
    )
    now = plan_year(known, 2026, TODAY)
    assert codes(now) == {
        "due": ["A2"],
        "done": ["A1"],
        "done_late": ["A1"],
        "late": [],
        "not_begun": ["A2"],
        "dropped": ["A3"],
    }
    assert (now.until, int(now.spent_in_all), int(now.budget)) == (TODAY, 300, 20_000)


def test_a_region_has_a_value_only_where_every_member_reported(stores: MemoryStores) -> None:
    plan = adopted(stores, SALW.replace('currency = "EUR"', 'members = ["XA", "XB"]') + KPIS)
    for year, ours, theirs in ((2020, 30, 9), (2021, 25, 9), (2022, 20, 8), (2023, 14, 8), (2024, 10, None)):
        values = {"XA": Decimal(ours)} | ({} if theirs is None else {"XB": Decimal(theirs)})
        for kpi in ("K1", "K2", "K3"):
            report_kpi(plan=plan, report=KpiReport(kpi, year, values), actor=CONTACT, stores=stores, clock=CLOCK)
    lines = kpi_lines(plan_record(plan=plan, actor=AUDITOR, stores=stores))
    assert [[each.value for each in line.years] for line in lines] == [
        [39, 34, 28, 22, None],
        [2, 2, 2, 2, None],
        [Decimal("19.50"), 17, 14, 11, None],
    ]
    assert [(line.years[-1].reported, line.years[-1].missing) for line in lines] == [(1, ("XB",))] * 3
    assert [line.course for line in lines] == [Course.BETTER, Course.STEADY, Course.WORSE]
    trend = lines[0].trend
    assert trend is not None
    assert (trend.on, round(trend.yearly, 1)) == (date(2024, 12, 31), -5.8)


def test_years_of_which_a_part_is_reported_grow_together(stores: MemoryStores) -> None:
    plan = adopted(stores, SALW.replace('currency = "EUR"', 'members = ["XA", "XB"]') + KPIS)
    for member in ("XB", "XA"):
        report = KpiReport("K1", 2025, {member: Decimal(3)}, "yearly letter")
        known = report_kpi(plan=plan, report=report, actor=CONTACT, stores=stores, clock=CLOCK)
    line = kpi_lines(known)[0]
    assert ([str(each.value) for each in line.years], line.course) == (["6"], Course.TOO_FEW)
