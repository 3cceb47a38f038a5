"""What is counted of how long marks last: the query against a reckoning in plain Python, and what it leaves out."""

from collections import Counter
from pathlib import Path
from random import Random
from typing import Any

from tests.diversion.lives import STATE, TODAY, World, on_duckdb
from tracemark.practices import Durability, Share, draw_durability, durability_of, wilson

MAKERS = {"kind": "manufacture", "part": "frame", "serial": "A1", "method": "laser", "surface": "metal"}
FRAME = {"part": "frame", "control": True, "material": "polymer"}


def drawn(world: World, folder: Path) -> Durability:
    with on_duckdb(world, folder) as engine:
        return draw_durability(engine, head="h", state=STATE, today=TODAY)


def made(world: World, weapon: int, mark: dict[str, Any], year: int, **component: Any) -> None:
    said: dict[str, Any] = {"components": [{**FRAME, **component}], "marks": [mark], "holder": "XT-ARMY-1"}
    world.tell("manufactured", f"{year}-01-01", weapon, weapon={"kind": "pistol"}, **said)


def identify(world: World, found: int, weapon: int) -> None:
    said: dict[str, Any] = {"case": "T-1", "as": weapon}
    world.tell("identified", "2016-02-01", found, **said)


def test_each_mark_falls_between_its_last_whole_and_its_first_worn_reading(tmp_path: Path) -> None:
    random, world, cells = Random(7), World(), Counter[tuple[str, str, str]]()
    spans: dict[tuple[str, str, str], Counter[tuple[int, int | None]]] = {}
    for weapon in range(1, 61):
        depth = random.choice(("0.05", "0.0762", "0.2", ""))
        surface = random.choice(("metal", "embedded_plate"))
        mark = {**MAKERS, "surface": surface, **({"depth_mm": depth} if depth else {})}
        made(world, weapon, mark, 2000)
        looks = sorted(random.sample(range(1, 25), 3))
        lasts = random.randint(1, 30)
        for look in looks:
            percent = 100 if look < lasts else 60
            world.tell("inspected", f"{2000 + look}-01-01", weapon, mark=weapon * 256 + 1, legible_percent=percent)
        band = {"0.05": "under_0_0762", "0.0762": "to_0_1524", "0.2": "over_0_1524", "": "unmeasured"}[depth]
        key = ("laser", "embedded_plate" if surface == "embedded_plate" else "polymer", band)
        whole = max((each for each in looks if each < lasts), default=0)
        worn = next((each for each in looks if each >= lasts), None)
        spans.setdefault(key, Counter())[whole, None if worn is None else worn - 1] += 1
        cells[key] += 1
    found = drawn(world, tmp_path)
    told = {(each.method, each.material, each.depth): (each.marks, each.failed) for each in found.cells}
    assert told == {
        key: (number, sum(count for (_, last), count in spans[key].items() if last is not None))
        for key, number in cells.items()
        if number >= found.least
    }
    assert found.withheld == sum(number < found.least for number in cells.values())
    again = durability_of(
        [
            {"left_out": "", "method": key[0], "material": key[1], "depth": key[2], "readable": last is None,
             "age": first, "first": first, "last": last, "counted": number}
            for key, counted in spans.items()
            for (first, last), number in counted.items()
        ],
        "h",
    )  # fmt: skip
    assert [each.lasts for each in again.cells] == [each.lasts for each in found.cells]


def test_readings_of_identified_weapons_count_and_others_are_counted_as_left_out(tmp_path: Path) -> None:
    world = World()
    for weapon in range(1, 7):
        made(world, weapon, MAKERS, 2010)
        text = "A1" if weapon < 5 else "A?"
        world.tell("trace_requested", "2016-01-01", 100 + weapon, request={"readings": [{"text": text, "part": ""}]})
        identify(world, 100 + weapon, weapon)
    world.tell("trace_requested", "2016-01-01", 200, request={"readings": [{"text": "?1"}, {"text": "A1"}]})
    made(world, 7, {key: value for key, value in MAKERS.items() if key != "method"}, 2010)
    made(world, 8, MAKERS, 2010, material="unknown")
    made(world, 9, {**MAKERS, "year": 2030}, 2010)
    for weapon in (7, 8):
        world.tell("inspected", "2016-01-01", weapon, mark=weapon * 256 + 1, legible_percent=100)
    world.tell("inspected", "2009-01-01", 9, mark=9 * 256 + 1, legible_percent=100)
    found = drawn(world, tmp_path)
    (cell,) = found.cells
    assert (cell.code, cell.marks, cell.failed) == ("laser-polymer-unmeasured", 6, 2)
    assert cell.by_age == {5: wilson(4, 6)}
    assert found.left_out == {"method": 1, "material": 1, "age": 1, "unidentified": 2}
    assert found.unread == 1


def test_a_reading_by_other_means_than_the_eye_is_not_whole_and_few_marks_are_withheld(tmp_path: Path) -> None:
    world = World()
    for weapon in range(1, 5):
        made(world, weapon, MAKERS, 2010)
        reading = {"text": "A1", "part": "frame", "method": "chemical"}
        world.tell("trace_requested", "2016-01-01", 100 + weapon, request={"readings": [reading]})
        identify(world, 100 + weapon, weapon)
    found = drawn(world, tmp_path / "few")
    assert (found.cells, found.withheld) == ((), 1)
    made(world, 5, MAKERS, 2010)
    world.tell("inspected", "2016-01-01", 5, mark=5 * 256 + 1, legible_percent=100)
    (cell,) = drawn(world, tmp_path / "more").cells
    assert cell.by_age == {5: Share(1, 5, *(getattr(wilson(1, 5), name) for name in ("low", "high")))}


def test_an_empty_record_tells_nothing(tmp_path: Path) -> None:
    found = drawn(World(), tmp_path)
    assert (found.cells, found.withheld, set(found.left_out.values())) == ((), 0, {0})
