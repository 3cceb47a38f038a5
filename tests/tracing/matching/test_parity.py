"""Where all that is unknown is exactly known, no plain wildcard search does better.

A register as the benchmark draws it, with its makers' ways of numbering, lots, typing errors and wrong attributes.
"""

import re
from collections import defaultdict
from functools import cache

import numpy as np
import pytest

from benchmarks.registers import Register, register
from benchmarks.worlds import COLUMNS, world
from tests.tracing.matching.oracle import Bearer
from tests.tracing.matching.registers import Index
from tracemark.tracing.matching import Query, Ranking, find_candidates, load_weights, parse_reading

SEEDS = 15
LIMIT = 40


@cache
def held() -> Register:
    return register(world(31, 3_000_000), 20_000, 31)


@cache
def index() -> Index:
    of = held()
    known = [
        {column: int(value) for column, value in zip(COLUMNS, row, strict=True) if value >= 0} for row in of.recorded
    ]
    return Index([Bearer(row, serial, known[row]) for row, serial in enumerate(of.recorded_serials)])


@cache
def by_length() -> dict[int, list[tuple[int, str]]]:
    found: dict[int, list[tuple[int, str]]] = defaultdict(list)
    for row, serial in enumerate(held().recorded_serials):
        found[len(serial)].append((row, serial))
    return found


def wildcard(text: str) -> set[int]:
    """Return what a search with one wildcard for each unknown place finds."""
    pattern = re.compile(text.replace("?", "."))
    return {row for row, serial in by_length()[len(text)] if pattern.fullmatch(serial)}


def asked(seed: int) -> tuple[str, dict[str, int]]:
    """Return a reading with one to three unknown places, and what is recorded of a weapon, some of it wrong."""
    chance = np.random.default_rng([31, seed])
    of = held()
    row = int(chance.integers(len(of.weapons)))
    serial = of.recorded_serials[row]
    gone = chance.choice(len(serial), min(int(chance.integers(1, 4)), len(serial) - 1), replace=False)
    stated = {
        column: int(of.recorded[int(chance.integers(len(of.weapons))) if chance.random() < 0.2 else row, place])
        for place, column in enumerate(COLUMNS)
        if chance.random() < 0.5
    }
    text = "".join("?" if at in gone else sign for at, sign in enumerate(serial))
    return text, {column: value for column, value in stated.items() if value >= 0}


def answer(text: str, stated: dict[str, int], version: str = "v8") -> Ranking:
    known = {column: value if column == "year" else str(value) for column, value in stated.items()}
    return find_candidates(Query((parse_reading(text),), **known), index(), load_weights(version), LIMIT)  # type: ignore[arg-type]


def attribute_bits(ranking: Ranking) -> dict[int, float]:
    return {
        each.weapon: sum(reason.bits for reason in each.reasons if reason.code != "tracing.serial_agrees")
        for each in ranking.candidates
    }


@pytest.mark.parametrize("seed", range(SEEDS))
def test_by_the_number_alone_all_that_a_wildcard_finds_comes_first(seed: int) -> None:
    text, _ = asked(seed)
    fitting = wildcard(text)
    ranked = [each.weapon for each in answer(text, {}).candidates]
    first = set(ranked[: len(fitting)])
    assert (first <= fitting, len(first)) == (True, min(len(fitting), LIMIT))


@pytest.mark.parametrize("seed", range(SEEDS))
def test_with_attributes_none_that_fits_stands_behind_one_that_does_not_but_by_them(seed: int) -> None:
    """What fits is listed, whoever made it and whatever of the stated maker's own settles the matter."""
    text, stated = asked(seed)
    fitting = wildcard(text)
    ranking = answer(text, stated)
    bits = attribute_bits(ranking)
    ranked = [each.weapon for each in ranking.candidates]
    for place, weapon in enumerate(ranked):
        others = [other for other in ranked[:place] if other not in fitting]
        assert weapon not in fitting or all(bits[other] > bits[weapon] for other in others)
    assert len(ranked) == LIMIT or fitting <= set(ranked)


def test_versions_before_the_sixth_leave_out_what_is_of_another_maker_and_cannot_rival() -> None:
    """Seed 8 asks for what one weapon of the stated maker fits, and one of another maker."""
    text, stated = asked(8)
    listed = {
        version: wildcard(text) & {each.weapon for each in answer(text, stated, version).candidates}
        for version in ("v3", "v4", "v5", "v6", "v7", "v8")
    }
    assert (len(wildcard(text)), {version: len(found) for version, found in listed.items()}) == (
        2, {"v3": 1, "v4": 1, "v5": 1, "v6": 2, "v7": 2, "v8": 2},
    )  # fmt: skip
