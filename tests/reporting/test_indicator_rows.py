"""What the record says of each recovered weapon, row by row, as the indicator asks it."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.diversion.lives import World
from tests.reporting.test_drawing import drawing_of
from tests.reporting.worlds import world_of
from tracemark.reporting import (
    ALL_WEAPONS,
    BREAKDOWN,
    Cell,
    LegalBasis,
    Manner,
    Marking,
    Result,
    Share,
    Terms,
    counts_of,
    share_of,
)

AT = "2024-05-01"
ASKED = ("manner", "legal_basis", "result", "marking")
MARK: dict[str, Any] = {"marks": [{"kind": "manufacture", "text": "A1?"}]}


def rows_of(world: World, folder: Path, *names: str) -> list[tuple[str, ...]]:
    with drawing_of(world, folder) as drawing:
        rows = drawing.rows("recoveries.for_indicator")
        return sorted(tuple(str(row[each]) for each in names or ASKED) for row in rows)


def seized(world: World, weapon: int = 1, day: str = AT, **details: Any) -> int:
    return world.tell("seized", day, weapon, place="Port", **{"breach": "criminal", **MARK, **details})


def requested(world: World, weapon: int = 1) -> str:
    return f"T-{world.tell('trace_requested', '2024-06-01', weapon, request={})}"


def answered(world: World, case: str, outcome: str, weapon: int = 1, **details: Any) -> None:
    world.tell("trace_answered", "2024-07-01", weapon, case=case, outcome=outcome, **details)


def established(world: World, weapon: int = 1, how: str = "theft", **details: Any) -> None:
    world.tell("diversion_established", "2024-08-01", weapon, diverted_at="unknown", diverted_how=how,
               grounds=["told so"], **details)  # fmt: skip


def registered(world: World, weapon: int = 1, day: str = "2019") -> None:
    world.tell("registered", day, weapon, weapon={}, holder="XT-ARMY-1")


def identified(world: World, recovered: int = 1, other: int = 9) -> None:
    """An officer finds a recovered weapon to be another, as the room of tracing seals it."""
    world.tell("seized", AT, other, place="Port", breach="criminal", recovered_as=recovered)
    world.tell("identified", "2024-06-15", recovered, case="T-1", as_=other)


def traced(world: World) -> None:
    seized(world)
    answered(world, requested(world), "traced")


def found_in_register(world: World) -> None:
    registered(world, 9)
    seized(world)
    case = requested(world)
    identified(world)
    answered(world, case, "traced", other_weapon=9)


def answer_fell(world: World) -> None:
    """The identification that the answer rests on was voided: no event tells of it any more."""
    seized(world)
    answered(world, requested(world), "traced", other_weapon=9)


def known_from_the_start(world: World) -> None:
    registered(world)
    seized(world)


def records_say_nothing(world: World) -> None:
    registered(world)
    seized(world)
    answered(world, requested(world), "records_incomplete")


def told_by_intelligence(world: World) -> None:
    seized(world, unmarked="removed", marks=[])
    established(world)


def traced_and_established(world: World) -> None:
    traced(world)
    established(world)


def established_by_the_trace(world: World) -> None:
    seized(world)
    established(world, case=requested(world))


def nothing_established(world: World) -> None:
    seized(world)
    established(world, how="unknown")


def still_asked(world: World) -> None:
    seized(world)
    answered(world, requested(world), "not_in_register")
    requested(world)


def another_is_asked(world: World) -> None:
    seized(world)
    answered(world, requested(world), "ask_another_state")


def heard_and_not_closed(world: World) -> None:
    """What another State tells is no end of a trace before an officer here judges it."""
    another_is_asked(world)
    world.tell("trace_heard", "2024-09-01", 1, matter="TR-2024-000001", case="T-1", from_state="XK", outcome="full")


def traced_abroad(world: World) -> None:
    heard_and_not_closed(world)
    answered(world, "T-1", "traced", rests_on="TR-2024-000001")


def refused_abroad(world: World) -> None:
    another_is_asked(world)
    world.tell("trace_heard", "2024-09-01", 1, matter="TR-2024-000001", case="T-1", from_state="XK", outcome="refused")
    answered(world, "T-1", "records_incomplete", rests_on="TR-2024-000001")


def found_nothing(world: World) -> None:
    seized(world)
    answered(world, requested(world), "not_in_register")


def found_unmarked(world: World) -> None:
    seized(world, marks=[])
    answered(world, requested(world), "unmarked")


def not_examined(world: World) -> None:
    world.tell("found", AT, 1, place="Port", unmarked="not_examined")


def from_lawful_holder(world: World) -> None:
    registered(world)
    world.tell("surrendered", AT, 1, place="Port", taken_from="lawful_holder")


def nothing_said(world: World) -> None:
    world.tell("seized", AT, 1, place="Port")


CASES: Mapping[Callable[[World], object], tuple[str, str, str, str]] = {
    traced: ("seized", "criminal", "traced", "marked"),
    found_in_register: ("seized", "criminal", "traced", "marked"),
    answer_fell: ("seized", "criminal", "pending", "marked"),
    known_from_the_start: ("seized", "criminal", "traced", "marked"),
    records_say_nothing: ("seized", "criminal", "insufficient", "marked"),
    told_by_intelligence: ("seized", "criminal", "established", "unmarked"),
    traced_and_established: ("seized", "criminal", "traced", "marked"),
    established_by_the_trace: ("seized", "criminal", "traced", "marked"),
    nothing_established: ("seized", "criminal", "not_attempted", "marked"),
    still_asked: ("seized", "criminal", "pending", "marked"),
    another_is_asked: ("seized", "criminal", "pending", "marked"),
    heard_and_not_closed: ("seized", "criminal", "pending", "marked"),
    traced_abroad: ("seized", "criminal", "traced", "marked"),
    refused_abroad: ("seized", "criminal", "insufficient", "marked"),
    found_nothing: ("seized", "criminal", "insufficient", "marked"),
    found_unmarked: ("seized", "criminal", "insufficient", "unmarked"),
    not_examined: ("found", "", "not_attempted", ""),
    from_lawful_holder: ("surrendered", "", "lawful_holder", "marked"),
    nothing_said: ("seized", "", "not_attempted", ""),
}


@pytest.mark.parametrize(("life", "row"), CASES.items(), ids=lambda each: getattr(each, "__name__", ""))
def test_each_recovered_weapon_says_one_thing(
    life: Callable[[World], object], row: tuple[str, str, str, str], tmp_path: Path
) -> None:
    world = World()
    life(world)
    assert rows_of(world, tmp_path) == [row]


def test_a_weapon_counts_once_a_year_as_it_came_to_hand_last(tmp_path: Path) -> None:
    world = World()
    seized(world, day="2024-02", breach="administrative")
    world.tell("released", "2024-03", 1, holder="XT-ARMY-1")
    seized(world, day="2024-09")
    seized(world, day="2025-09")
    seized(world, 2, "2023-12-31")
    assert rows_of(world, tmp_path, "counted", "year", "legal_basis", "result") == [
        ("1", "2024", "criminal", "traced"),
        ("1", "2025", "criminal", "traced"),
    ]


@pytest.mark.parametrize("ending", [lambda world: answered(world, "T-1", "traced"), identified])
def test_when_it_became_known_is_told_so_that_a_year_can_be_drawn_as_it_was_known(
    ending: Callable[[World], object], tmp_path: Path
) -> None:
    world = World(at="2024-12-31T10:00:00.000Z")
    seized(world)
    requested(world)
    registered(world, 9)
    world.at = "2026-01-02T10:00:00.000Z"
    ending(world)
    assert rows_of(world, tmp_path, "result", "known", "settled") == [("traced", "2024", "2026")]


def test_rows_become_cells(tmp_path: Path) -> None:
    world = World()
    traced(world)
    told = ("year", "manner", "legal_basis", "result", "marking", "known", "settled")
    with drawing_of(world, tmp_path) as drawing:
        drawn = drawing.draw("recoveries.for_indicator", told)
    cell = Cell(2024, Manner.SEIZED, LegalBasis.CRIMINAL, Result.TRACED, Marking.MARKED, 2026, 2026)
    assert counts_of(drawn) == {cell: 1}


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize(("name", "terms"), [("all", ALL_WEAPONS), ("traceable", Terms())])
def test_the_figures_told_to_a_region_are_the_share_under_its_terms(
    name: str, terms: Terms, seed: int, tmp_path: Path
) -> None:
    world = world_of(seed)
    for life in list(CASES)[seed::4]:
        life(world)
    with drawing_of(world, tmp_path) as drawing:
        parts = [drawing.draw(f"indicator.{name}_{part}").value for part in ("known", "counted")]
        share = share_of(counts_of(drawing.draw("recoveries.for_indicator", BREAKDOWN)), terms)
        assert Share(*parts) == share  # type: ignore[arg-type]
        assert drawing.draw(f"indicator.{name}_share").value == share.percent
