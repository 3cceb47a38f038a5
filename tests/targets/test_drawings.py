"""For which periods a target's figure is drawn, and which number of it counts."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.diversion.lives import STATE, on_duckdb
from tests.reporting.worlds import world_of
from tests.targets.aims import TODAY, aim
from tracemark.reporting import Drawing, Period
from tracemark.targets import Window, cell_of, periods_to_draw, value_drawn


@pytest.mark.parametrize(
    ("window", "since", "periods"),
    [
        (Window.YEAR, date(2023, 12, 31), ["2024-01-01/2024-12-31", "2025-01-01/2025-12-31"]),
        (Window.YEAR, date(2024, 1, 1), ["2025-01-01/2025-12-31"]),
        (Window.QUARTER, date(2025, 9, 30), ["2025-10-01/2025-12-31", "2026-01-01/2026-03-31"]),
        (Window.MONTH, date(2026, 2, 28), ["2026-03-01/2026-03-31", "2026-04-01/2026-04-30"]),
        (Window.TOTAL, date(2025, 11, 14), ["2025-11-15/2025-12-31", "2025-11-15/2026-03-31"]),
    ],
)
def test_periods_follow_the_calendar_and_are_over(window: Window, since: date, periods: list[str]) -> None:
    found = periods_to_draw(aim(window=window, baseline_on=since), TODAY)
    assert [f"{each.first}/{each.last}" for each in found] == periods


@given(st.sampled_from(Window), st.dates(date(2000, 1, 1), TODAY), st.dates(date(2000, 1, 1), TODAY))
def test_no_period_reaches_before_the_baseline_or_past_today(window: Window, since: date, today: date) -> None:
    found = periods_to_draw(aim(window=window, baseline_on=since), today)
    assert all(since < each.first and each.last <= today for each in found)
    assert [each.last for each in found] == sorted({each.last for each in found})


@pytest.mark.parametrize(
    ("figure", "text"),
    [
        ("people.officers", "sex=female"),
        ("people.officers", "age_band=65+, sex=female"),
        ("weapons.marked", "weapon_kind=pistol"),
        ("people.licence_holders", "sex=male"),
        ("weapons.marked", "weapon_kind=cannon"),
    ],
)
def test_the_value_of_a_cell_is_that_of_its_rows(figure: str, text: str, tmp_path: Path) -> None:
    cell = cell_of(text) or ()
    with on_duckdb(world_of(4), tmp_path) as engine:
        drawing = Drawing(engine, period=Period.parse("2018", "2026"), head="7.ab", state=STATE)
        rows = list(drawing.rows(figure))
        part, share, whole = (
            value_drawn(aim(figure=figure, cell=told, share=shared), drawing)
            for told, shared in ((cell, False), (cell, True), ((), False))
        )
    amounts = [(int(str(row.get("amount", 1))), all(row[name] == value for name, value in cell)) for row in rows]
    within, every = sum(each for each, inside in amounts if inside), sum(each for each, _ in amounts)
    assert (part, whole) == (Decimal(within), Decimal(every))
    assert share == (Decimal(100 * within) / every).quantize(Decimal("0.01"))
