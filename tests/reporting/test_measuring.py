"""The indicator over years, with what was left out, as it was known and as it is known now."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from tests.diversion.lives import World
from tests.reporting.test_drawing import drawing_of
from tracemark.kernel import canonical_bytes
from tracemark.reporting import (
    Measured,
    Period,
    SeveralYears,
    Share,
    Terms,
    YearsUnfit,
    asked_years,
    measure,
    measured_of,
)

PERIOD = Period.parse("2023", "2025")
MARK: dict[str, Any] = {"place": "Port", "marks": [{"kind": "manufacture", "text": "A1"}]}


def world_of_two_years() -> World:
    """In 2023 four count, of which one was traced at once and one in 2025; in 2024 none does, in 2025 one."""
    world = World(at="2023-12-01T00:00:00.000Z")
    for weapon in range(1, 5):
        world.tell("seized", "2023-05", weapon, breach="criminal", **MARK)
    world.tell("seized", "2023-05", 5, breach="administrative", **MARK)
    world.tell("seized", "2023-05", 6, **MARK)
    _trace(world, 1)
    world.at = "2025-12-01T00:00:00.000Z"
    _trace(world, 2)
    world.tell("found", "2025-05", 7, **MARK)
    return world


def _trace(world: World, weapon: int) -> None:
    case = f"T-{world.tell('trace_requested', '2023-06', weapon, request={})}"
    world.tell("trace_answered", "2025", weapon, case=case, outcome="traced")


def measured(folder: Path, terms: Terms, known_by: int | None = None) -> Measured:
    with drawing_of(world_of_two_years(), folder, PERIOD) as drawing:
        return measure(drawing, state="XT", terms=terms, known_by=known_by)


def test_each_year_has_its_share_and_what_was_left_out(tmp_path: Path) -> None:
    found = measured(tmp_path, replace(Terms(), unsaid_is_criminal=False))
    assert [(each.year, each.share) for each in found.years] == [
        (2023, Share(2, 4)),
        (2024, Share(0, 0)),
        (2025, Share(0, 1)),
    ]
    first = found.years[0]
    assert (first.administrative, first.unsaid) == (1, 1)
    assert first.facets["result"] == {"traced": 2, "not_attempted": 2}
    assert first.facets["legal_basis"] == {"criminal": 4}
    assert found.together == SeveralYears((2023, 2024, 2025), Decimal("40.00"), Decimal("25.00"), (2024,))
    assert (found.state, found.head) == ("XT", "7.ab")


def test_a_year_is_told_as_it_was_known_at_the_end_of_each_later_one(tmp_path: Path) -> None:
    found = measured(tmp_path, Terms())
    known = {2023: Decimal("20.00"), 2024: Decimal("20.00"), 2025: Decimal("40.00")}
    assert found.years[0].revisions == known
    assert found.years[2].revisions == {2025: Decimal("0.00")}
    assert measured(tmp_path / "then", Terms(), known_by=2024).years[0].share == Share(1, 5)


def test_it_has_a_plain_form_that_the_record_could_keep(tmp_path: Path) -> None:
    plain = measured(tmp_path, Terms()).plain()
    assert canonical_bytes(plain)
    assert plain["years"][1] == {  # type: ignore[index]
        "year": 2024, "numerator": 0, "denominator": 0, "percent": None, "administrative": 0, "unsaid": 0,
        "by": {"manner": {}, "legal_basis": {}, "result": {}, "marking": {}},
        "revisions": {"2024": None, "2025": None},
    }  # fmt: skip


TODAY = date(2026, 5, 6)


@pytest.mark.parametrize(
    ("asked", "years"),
    [
        ((None, None), (2021, 2025)),
        ((2010, None), (2010, 2025)),
        ((2026, None), (2026, 2026)),
        ((None, 2010), (2010, 2010)),
        ((2009, 2010), (2009, 2010)),
    ],
)
def test_the_last_five_years_that_are_over_are_shown_unless_others_are_asked_for(
    asked: tuple[int | None, int | None], years: tuple[int, int]
) -> None:
    assert asked_years(*asked, TODAY) == years


@pytest.mark.parametrize("asked", [(2025, 2024), (1900, 2024)])
def test_years_that_run_backwards_or_are_too_many_are_refused(asked: tuple[int, int]) -> None:
    with pytest.raises(YearsUnfit) as refused:
        asked_years(*asked, TODAY)
    assert refused.value.findings[0].facts == {"first": str(asked[0]), "last": "2024", "most": 60}


def test_of_an_empty_record_every_year_is_missing() -> None:
    found = measured_of({}, (2024, 2025), state="XT", head="", terms=Terms())
    assert [(each.share, each.share.percent) for each in found.years] == [(Share(0, 0), None)] * 2
    assert found.together == SeveralYears((2024, 2025), None, None, (2024, 2025))
