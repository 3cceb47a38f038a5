"""Real marks of traced crime guns, with places removed at random: never worse than a plain wildcard search.

Which places are unknown is exactly known, so that whoever goes through the list by hand finds every weapon whose number
fits. The real file stands apart from the project, and its numbers are not told here.
"""

import csv
import re
from collections.abc import Sequence
from pathlib import Path
from random import Random
from typing import NamedTuple

import pytest

from tests.tracing.matching.oracle import Bearer
from tests.tracing.matching.registers import Index
from tracemark.marking import fold_serial
from tracemark.tracing.matching import Candidate, Query, find_candidates, load_weights, parse_reading

WEIGHTS = load_weights()
LISTED = 10
SEEDS = range(3)


class Asked(NamedTuple):
    """A reading, the weapon it is of, those that a wildcard search finds, and all candidates, best first."""

    text: str
    weapon: int
    fitting: set[int]
    listed: tuple[Candidate, ...]


@pytest.fixture(scope="module")
def traced(delaware_traces: Path) -> list[tuple[str, str]]:
    """Serials as they are written, each once, with the maker's name, "" where none is said."""
    with delaware_traces.open(encoding="utf-8", newline="") as rows:
        read = {row["firearm_serial"]: row["manufacturer_name"] for row in csv.DictReader(rows)}
    found = [(serial, maker) for serial, maker in read.items() if serial]
    assert len(found) > 500
    return found


@pytest.fixture(scope="module")
def held(traced: Sequence[tuple[str, str]]) -> list[Bearer]:
    makers = sorted({maker for _, maker in traced if maker})
    return [
        Bearer(weapon, fold_serial(serial), {"maker": makers.index(maker)} if maker else {})
        for weapon, (serial, maker) in enumerate(traced)
    ]


def worn(serial: str, count: int, chance: Random) -> str:
    gone = chance.sample(range(len(serial)), count)
    return "".join("?" if place in gone else sign for place, sign in enumerate(serial))


@pytest.fixture(scope="module", params=["nothing", "maker"])
def asked(held: Sequence[Bearer], request: pytest.FixtureRequest) -> list[Asked]:
    """Every mark of five places or more, with one to three places gone, where nothing else or its maker is stated."""
    register = Index(held)
    found = []
    for seed in SEEDS:
        chance = Random(seed)
        for each in held:
            if len(each.serial) >= 5:
                text = worn(each.serial, chance.randint(1, 3), chance)
                pattern = re.compile(text.replace("?", "."))
                fitting = {other.weapon for other in held if pattern.fullmatch(other.serial)}
                maker = str(each.attributes.get("maker", "")) if request.param == "maker" else ""
                query = Query((parse_reading(text),), maker=maker or None)
                ranking = find_candidates(query, register, WEIGHTS, len(held))
                found.append(Asked(text, each.weapon, fitting, ranking.candidates))
    return found


def test_a_real_serial_is_read_as_it_is_written(traced: Sequence[tuple[str, str]]) -> None:
    """Whole or with a place gone: no sign is dropped and none is taken for a word."""
    for serial, _ in traced:
        folded = fold_serial(serial)
        assert [each.allowed for each in parse_reading(serial).places] == list(folded)
        for place in range(len(serial)):
            if serial[place].isalnum():
                reading = parse_reading(f"{serial[:place]}?{serial[place + 1 :]}")
                assert [each.allowed for each in reading.places] == [*folded[:place], "", *folded[place + 1 :]]


def test_what_a_wildcard_search_finds_alone_stands_first(asked: Sequence[Asked]) -> None:
    alone = [each for each in asked if len(each.fitting) == 1]
    assert len(alone) > len(asked) / 2
    assert [each.text for each in alone if each.listed[0].weapon != each.weapon] == []


def test_what_a_wildcard_search_finds_is_listed_before_all_else(asked: Sequence[Asked]) -> None:
    """Where several fit, those of the maker that is stated come first, and all of them before what does not fit."""
    few = [each for each in asked if len(each.fitting) <= LISTED]
    assert any(len(each.fitting) > 1 for each in few)
    missing = [each.text for each in few if not each.fitting <= {one.weapon for one in each.listed[:LISTED]}]
    assert missing == []


@pytest.mark.parametrize("most", [1, LISTED])
def test_recall_is_no_lower_than_that_of_a_wildcard_search(asked: Sequence[Asked], most: int) -> None:
    """Those that are equally probable stand in any order, as all do that a wildcard search lists."""
    by_hand = sum(min(most / len(each.fitting), 1.0) for each in asked)
    ours = sum(_among(most, each) for each in asked)
    assert ours >= by_hand - 1e-6


def _among(most: int, each: Asked) -> float:
    """Return how probably the right weapon is among the first so many."""
    own = next((one.posterior for one in each.listed if one.weapon == each.weapon), 0.0)
    above = sum(one.posterior > own * (1 + 1e-9) for one in each.listed)
    alike = sum(one.posterior == pytest.approx(own, rel=1e-9) for one in each.listed)
    return min(max(most - above, 0) / alike, 1.0) if own else 0.0
