"""What is drawn of targets and plans says what their tables say."""

from tests.rooms import stores
from tests.targets.aims import AUDITOR, CLOCK, SALW, TODAY, adopted, placed
from tests.targets.test_yearly import KPIS
from tracemark.storage.memory import MemoryStores
from tracemark.targets import kpi_lines, plan_record, target_record
from tracemark.web.planned import gantt_chart, kpi_trend, way_trend

__all__ = ["stores"]


def test_the_way_has_its_values_its_straight_line_and_its_forecast(stores: MemoryStores) -> None:
    name = placed(stores, 105, 90, 76, 62)
    found = way_trend(target_record(target=name, actor=AUDITOR, stores=stores, clock=CLOCK))
    assert found.axis == tuple(f"31 Dec {year}" for year in (2021, 2022, 2023, 2024, 2025, 2029))
    assert [each.values[-2:] for each in found.series[:2]] == [(62, None), (found.series[1].values[-2], 20)]
    forecast, low, high = (each.values for each in found.series[2:])
    assert forecast[:4] == low[:4] == high[:4] == (None,) * 4
    assert forecast[4] == low[4] == high[4] == 62
    assert float(low[5] or 0) < float(forecast[5] or 0) < float(high[5] or 0)


def test_a_target_without_forecast_draws_none(stores: MemoryStores) -> None:
    name = placed(stores, 105)
    found = way_trend(target_record(target=name, actor=AUDITOR, stores=stores, clock=CLOCK))
    assert len(found.series) == 2


def test_bars_lie_in_the_order_of_the_plan_and_of_time(stores: MemoryStores) -> None:
    plan = plan_record(plan=adopted(stores), actor=AUDITOR, stores=stores)
    chart = gantt_chart(plan, TODAY, mirrored=False)
    assert [each.look for each in chart.boxes] == ["strong", "weak", "strong"]
    starts = [round(each.place[0], 1) for each in chart.boxes]
    assert (starts[0] < starts[1], starts[1] == starts[2]) == (True, True)
    assert [each.place[1] for each in chart.boxes] == sorted(each.place[1] for each in chart.boxes)
    assert [each.text for each in chart.labels if each.text.isdigit()] == ["2025", "2026", "2027"]
    titles = [f"{code} {each.activity.title}" for code, each in plan.works.items()]
    assert [each.text for each in chart.labels if not each.text.isdigit()] == titles
    assert sum(each.look == "link lawful" for each in chart.paths) == 1
    mirrored = gantt_chart(plan, TODAY, mirrored=True)
    assert [each.x + other.x for each, other in zip(chart.labels, mirrored.labels, strict=True)] == [720] * len(
        chart.labels
    )


def test_an_indicator_is_drawn_by_year(stores: MemoryStores) -> None:
    plan = plan_record(plan=adopted(stores, SALW + KPIS), actor=AUDITOR, stores=stores)
    assert [kpi_trend(each).axis for each in kpi_lines(plan)] == [(), (), ()]
