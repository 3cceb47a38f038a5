"""What is kept beside a record answers as if it were drawn anew, and is drawn anew only where the record said more."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest

from tests.diversion.lives import AGENCIES, STATE, Bodies, World
from tests.reporting.worlds import world_of
from tracemark.recordkeeping import Checkpoint
from tracemark.reporting import Drawing, Drawn, Period, figures
from tracemark.reporting.figurebook import shared_view
from tracemark.storage import RecordToExport, SnapshotFolder, duckdb_engine, export_record
from tracemark.storage.columnar import Amended

PERIOD = Period.parse("2019", "2026")


def laid(world: World, size: int, folder: Path, amended: tuple[Amended, ...] = ()) -> SnapshotFolder:
    """Add the events of a world until `size` to a folder, with a root that tells them."""
    record = RecordToExport(
        state=STATE,
        head=Checkpoint("xt/record", size, size.to_bytes(32, "big")),
        taken_at="2026-06-30T00:00:00.000Z",
        source=Bodies(world.bodies()),
        agencies=AGENCIES,
        amended=lambda positions: [each for each in amended if each.corrected_by in positions],
    )
    return export_record(SnapshotFolder.open(folder), record, lambda _: None)[0]


def everything(kept: SnapshotFolder) -> Mapping[str, Drawn]:
    with duckdb_engine(kept, threads=1, memory="1GB", aside=kept.folder / "aside") as engine:
        drawing = Drawing(engine, period=PERIOD, head="h", state=STATE)
        return {each.id: drawing.draw(each.id, each.by) for each in figures().values()}


def in_order(rows: Iterator[Mapping[str, object]]) -> list[str]:
    return sorted(map(str, rows))


def sizes(kept: SnapshotFolder) -> set[int]:
    return {int(each.name.partition("-")[0]) for each in kept.folder.glob("kept/*/*.parquet")}


def long_world(seed: int) -> World:
    """Several worlds, one after the other; what comes last is said of weapons of the first."""
    told = World()
    rows = [
        replace(row, weapon=row.weapon and row.weapon + 100 * turn)
        for turn in range(4)
        for row in world_of(seed + turn).rows
    ]
    first = world_of(seed).rows
    Random(seed).shuffle(first)
    told.rows = [replace(row, position=position) for position, row in enumerate(rows + first[:5])]
    return told


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("more", [1, 5])
def test_a_record_that_grew_is_drawn_as_if_it_were_new(seed: int, more: int, tmp_path: Path) -> None:
    world = long_world(seed)
    size = len(world.rows)
    everything(laid(world, size - more, tmp_path / "grown"))
    grown = laid(world, size, tmp_path / "grown")
    assert everything(grown) == everything(laid(world, size, tmp_path / "new"))
    assert sizes(grown) == {size - more}
    assert everything(grown.until(size - more)) == everything(laid(world, size - more, tmp_path / "before"))


@pytest.mark.parametrize("seed", range(2))
def test_what_was_put_right_is_drawn_anew(seed: int, tmp_path: Path) -> None:
    world = long_world(seed)
    before, wrong, void = len(world.rows), seed + 1, seed + 20
    body = world.bodies()[wrong].replace('"happened":"20', '"happened":"19').replace("pistol", "rifle")
    for corrected in (wrong, void):
        world.tell("corrected", "2026-06-01", world.rows[corrected].weapon, corrects=corrected)
    amended = (Amended(wrong, before, body), Amended(void, before + 1, ""))
    everything(laid(world, before, tmp_path / "grown"))
    grown = laid(world, before + 2, tmp_path / "grown", amended)
    assert everything(grown) == everything(laid(world, before + 2, tmp_path / "new", amended))


def test_once_much_is_new_the_whole_is_kept_again_and_the_oldest_goes(tmp_path: Path) -> None:
    world = long_world(1)
    size = len(world.rows)
    for part in (size // 3, size // 2, size):
        everything(kept := laid(world, part, tmp_path))
    assert sizes(kept) == {size // 2, size}


def test_a_table_is_kept_apart_for_each_way_in_which_those_it_looks_into_are_drawn(tmp_path: Path) -> None:
    kept = laid(long_world(1), 50, tmp_path)
    for least in (0, 10):
        with duckdb_engine(kept, threads=1, memory="1GB", aside=tmp_path / "aside") as engine:
            engine.keep("late", f"SELECT weapon, position FROM events WHERE position >= {least}")
            engine.keep("told", "SELECT * FROM late", ("late",))
            assert {row["position"] for row in engine.rows("SELECT * FROM told")} == set(range(least, 50))


def test_a_query_over_a_kept_table_counts_what_it_counts_over_all_events(tmp_path: Path) -> None:
    world = long_world(2)
    kept = laid(world, len(world.rows), tmp_path)
    views = {"indicated", "letters", "statistics"}
    assert any(each.over for each in figures().values())
    assert all(shared_view(each).over for each in views)
    with duckdb_engine(kept, threads=1, memory="1GB", aside=tmp_path / "aside") as engine:
        drawing = Drawing(engine, period=PERIOD, head="h", state=STATE)
        for figure in figures().values():
            if figure.over:
                assert in_order(drawing.rows(figure.id)) == in_order(engine.rows(figure.sql)), figure.id
        for name in views:
            list(drawing.rows(next(each.id for each in figures().values() if name in each.views)))
            days = shared_view(name).sql.replace("$first", "2019-01-01").replace("$last", "2026-12-31")
            assert in_order(engine.rows(f"SELECT * FROM {name}")) == in_order(engine.rows(days)), name
