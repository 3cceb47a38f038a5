"""A map of the world in plain shapes, placed on the server, beside a table that says the same."""

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

SHADES = 5
_OWN = "TRACEMARK_MAP"


@dataclass(frozen=True, slots=True)
class Country:
    """A State on the map: its outline, or the place of its dot; `shade` from 1, faint, to `SHADES`, 0 for nothing."""

    state: str
    number: int
    shade: int
    outline: str = ""
    dot: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True)
class WorldMap:
    """The map: its size, the States, areas without a code, and from which number on each shade is."""

    width: int
    height: int
    countries: tuple[Country, ...]
    uncoded: tuple[str, ...]
    steps: tuple[int, ...]
    rows: tuple[tuple[str, int], ...]


def world_map(numbers: Mapping[str, int]) -> WorldMap:
    """Lay numbers by State, ISO 3166-1 alpha-2, on the map. States the map does not know stand in the table only.

    Each shade begins at a power of the largest number's root, so that a few large numbers do not hide the small.
    """
    known = _known()
    steps = _steps(max(numbers.values(), default=0))
    outlined = [
        Country(state, numbers.get(state, 0), _shade(numbers.get(state, 0), steps), outline=outline)
        for state, outline in known["outlines"].items()
    ]
    dotted = [
        Country(state, numbers.get(state, 0), _shade(numbers.get(state, 0), steps), dot=(x, y))
        for state, (x, y) in known["dots"].items()
    ]
    rows = tuple(sorted(numbers.items(), key=lambda each: (-each[1], each[0])))
    return WorldMap(known["width"], known["height"], (*outlined, *dotted), tuple(known["uncoded"]), steps, rows)


@cache
def _known() -> dict[str, Any]:
    """Read the outlines that come with the software, or a State's own in the file that TRACEMARK_MAP names."""
    own = os.environ.get(_OWN)
    text = Path(own).read_text("utf-8") if own else (files("tracemark.web") / "world.json").read_text("utf-8")
    known: dict[str, Any] = json.loads(text)
    return known


def _steps(largest: int) -> tuple[int, ...]:
    return tuple(sorted({max(1, round(largest ** (turn / SHADES))) for turn in range(SHADES)})) if largest else ()


def _shade(number: int, steps: tuple[int, ...]) -> int:
    return sum(number >= each for each in steps)
