from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from tests.diversion.lives import STATE, World, on_duckdb
from tests.reporting.oracles import ORACLES
from tests.reporting.worlds import world_of
from tracemark.reporting import Drawing, NoSuchBreakdown, NoSuchFigure, Period, figures

PERIOD = Period.parse("2024", "2025")
PISTOL: dict[str, Any] = {"weapon": {"kind": "pistol", "maker": "M"}}


@contextmanager
def drawing_of(world: World, folder: Path, period: Period = PERIOD) -> Iterator[Drawing]:
    with on_duckdb(world, folder) as engine:
        yield Drawing(engine, period=period, head="7.ab", state=STATE)


def marked_world() -> World:
    world = World()
    for weapon, day in enumerate(("2023-12-31", "2024-01-01", "2025-06", "2025-12-31", "2026-01-01"), 1):
        world.tell("registered", "2020", weapon, holder="XT-POL", **PISTOL if weapon % 2 else {})
        world.tell("marked", day, weapon, marks=[{"kind": "import", "serial": f"A{weapon}"}])
    world.tell("marked", "2025-07", 2, marks=[{"kind": "import", "serial": "A2"}])
    return world


def test_each_weapon_counts_once_a_year(tmp_path: Path) -> None:
    with drawing_of(marked_world(), tmp_path) as drawing:
        drawn = drawing.draw("weapons.marked", ("year", "weapon_kind"))
    assert (drawn.value, drawn.head) == (4, "7.ab")
    assert drawn.cells == {("2024", ""): 1, ("2025", ""): 2, ("2025", "pistol"): 1}


def test_a_number_is_drilled_down_to_its_rows(tmp_path: Path) -> None:
    with drawing_of(marked_world(), tmp_path) as drawing:
        assert [row["counted"] for row in drawing.rows("weapons.marked")] == [2, 2, 3, 4]
        assert [row["counted"] for row in drawing.rows("weapons.marked", {"weapon_kind": "pistol"})] == [3]
        assert list(drawing.rows("weapons.marked", {"weapon_kind": "' OR TRUE --"})) == []


def test_what_the_record_never_holds_is_not_available_and_not_zero(tmp_path: Path) -> None:
    with drawing_of(marked_world(), tmp_path) as drawing:
        assert drawing.draw("destructions.weapons").value is None
    with drawing_of(marked_world(), tmp_path / "b", Period.parse("2001", "2001")) as drawing:
        assert drawing.draw("weapons.marked").value == 0


def test_an_unknown_figure_or_breakdown_is_an_error(tmp_path: Path) -> None:
    with drawing_of(marked_world(), tmp_path) as drawing:
        with pytest.raises(NoSuchFigure):
            drawing.draw("weapons.painted")
        with pytest.raises(NoSuchBreakdown):
            drawing.draw("weapons.marked", ("colour",))


SEEDS = range(12)
PERIODS = (Period.parse("2018", "2026"), Period.parse("2019-11", "2024-05"))


@pytest.mark.parametrize("seed", SEEDS)
def test_duckdb_counts_what_the_oracle_counts(seed: int, tmp_path: Path) -> None:
    world, period = world_of(seed), PERIODS[seed % 2]
    with drawing_of(world, tmp_path, period) as drawing:
        found = {
            name: Counter((row["counted"], int(str(row.get("amount", 1)))) for row in drawing.rows(name))
            for name in ORACLES
        }
    assert found == {name: Counter(oracle(world, period)) for name, oracle in ORACLES.items()}


def test_every_figure_has_an_oracle_and_counts_something_in_one_world_or_another() -> None:
    period = PERIODS[0]
    assert set(ORACLES) == {each.id for each in figures().values() if not each.parts}
    worlds = list(map(world_of, SEEDS))
    silent = [name for name, oracle in ORACLES.items() if not any(list(oracle(world, period)) for world in worlds)]
    assert silent == ["records.corrected"]


@pytest.mark.parametrize("seed", SEEDS[:3])
def test_a_figure_within_another_counts_some_of_what_the_other_counts(seed: int, tmp_path: Path) -> None:
    parts = {each.id: each.within for each in figures().values() if each.within}
    with drawing_of(world_of(seed), tmp_path) as drawing:
        for name, within in parts.items():
            part, whole = drawing.draw(name), drawing.draw(within.whole)
            if part.value is None or whole.value is None:
                continue
            counted = {row["counted"] for row in drawing.rows(name)}
            assert counted <= {row["counted"] for row in drawing.rows(within.whole)}
            if within.by != name:
                assert part.value == drawing.draw(within.whole, (within.by,)).cells.get((within.value,), 0)
            assert part.value <= whole.value


@pytest.mark.parametrize("seed", SEEDS[:3])
def test_every_breakdown_of_every_figure_adds_up(seed: int, tmp_path: Path) -> None:
    with drawing_of(world_of(seed), tmp_path) as drawing:
        for figure in figures().values():
            whole, *parted = drawing.every_breakdown(figure.id)
            if whole.value is not None and not figure.parts:
                assert {sum(each.cells.values()) for each in parted} <= {whole.value}  # type: ignore[arg-type]


@pytest.mark.parametrize("seed", SEEDS[:2])
def test_every_breakdown_in_one_pass_is_each_drawn_alone(seed: int, tmp_path: Path) -> None:
    with drawing_of(world_of(seed), tmp_path) as drawing:
        for name in figures():
            for drawn in drawing.every_breakdown(name):
                assert drawn == drawing.draw(name, drawn.by)


def test_years_add_up_to_their_period(tmp_path: Path) -> None:
    with drawing_of(world_of(1), tmp_path) as drawing:
        by_year = {name: drawing.draw(name, ("year",)).cells for name in ORACLES if "year" in figures()[name].by}
    for year in ("2024", "2025"):
        with drawing_of(world_of(1), tmp_path / year, Period.parse(year, year)) as drawing:
            for name, cells in by_year.items():
                if name not in {"recoveries.identified", "consignments.short"} and not figures()[name].stated:
                    assert (drawing.draw(name).value or 0) == cells.get((year,), 0)


def stating_world(*years: int, series: str = "people.trainees") -> World:
    world = World()
    for year in years:
        cells = [{"sex": "female", "number": 3}, {"sex": "male", "number": 5}, {"number": 4, "reason": "not asked"}]
        world.tell("statistics_stated", "2026", dossier=f"SX-2026-{year:06}", series=series, year=year, cells=cells)
    return world


def test_what_happened_adds_up_over_years_and_is_not_available_where_one_is_not_stated(tmp_path: Path) -> None:
    with drawing_of(stating_world(2024, 2025), tmp_path) as drawing:
        assert drawing.draw("people.trainees").value == 24
        assert drawing.draw("people.trainees", ("sex",)).cells == {("",): 8, ("female",): 6, ("male",): 10}
        assert drawing.draw("people.trainees_women_share").value == Decimal("25.00")
        assert drawing.draw("people.victims").value is None
    with drawing_of(stating_world(2025), tmp_path / "gap") as drawing:
        assert drawing.draw("people.trainees").value is None
    with drawing_of(stating_world(2025), tmp_path / "part", Period.parse("2025", "2026-06")) as drawing:
        assert drawing.draw("people.trainees").value == 12


def test_what_stands_is_as_the_newest_year_has_it(tmp_path: Path) -> None:
    with drawing_of(stating_world(2023, 2024, series="people.officers"), tmp_path) as drawing:
        assert drawing.draw("people.officers").value == 12
