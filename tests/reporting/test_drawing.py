from collections.abc import Iterator
from contextlib import contextmanager
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.diversion.lives import STATE, World, on_duckdb
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


def test_each_weapon_counts_once_within_the_period(tmp_path: Path) -> None:
    with drawing_of(marked_world(), tmp_path) as drawing:
        drawn = drawing.draw("weapons.marked", ("year", "weapon_kind"))
    assert (drawn.value, drawn.head) == (3, "7.ab")
    assert drawn.cells == {("2024", ""): 1, ("2025", ""): 1, ("2025", "pistol"): 1}


def test_a_number_is_drilled_down_to_its_rows(tmp_path: Path) -> None:
    with drawing_of(marked_world(), tmp_path) as drawing:
        assert [row["counted"] for row in drawing.rows("weapons.marked")] == [2, 3, 4]
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


TOLD = st.tuples(
    st.integers(1, 9),
    st.sampled_from(("seized", "found", "surrendered", "marked", "destroyed")),
    st.sampled_from(("2023", "2024", "2024-05", "2025-02-03", "2026")),
)


@settings(max_examples=10, deadline=None)
@given(st.lists(TOLD, max_size=30))
def test_every_breakdown_of_every_figure_adds_up(
    tmp_path_factory: pytest.TempPathFactory, told: list[tuple[int, str, str]]
) -> None:
    world = World()
    for weapon, kind, day in told:
        world.tell(kind, day, weapon, place="X", method="cut", **PISTOL if weapon % 3 else {})
    with drawing_of(world, tmp_path_factory.mktemp("drawn")) as drawing:
        for figure in figures().values():
            whole = drawing.draw(figure.id)
            if whole.value is None or figure.parts:
                continue
            assert sum(int(str(row.get("amount", 1))) for row in drawing.rows(figure.id)) == whole.value
            for count in (1, 2):
                for by in combinations(figure.by, count):
                    assert sum(drawing.draw(figure.id, by).cells.values()) == whole.value  # type: ignore[arg-type]
