from collections import Counter
from pathlib import Path

import pytest

from tests.diversion.lives import EMBARGOES, STATE, TODAY, on_duckdb
from tests.diversion.oracles import ORACLES
from tests.diversion.worlds import world_of
from tracemark import diversion
from tracemark.diversion import Signal, patterns

SEEDS = range(24)


def found_by(signals: list[Signal], rule: str) -> Counter[tuple[frozenset[int], frozenset[int]]]:
    return Counter(
        (frozenset(map(int, each.weapons)), frozenset(each.evidence)) for each in signals if each.rule == rule
    )


def test_every_rule_has_an_oracle() -> None:
    assert set(ORACLES) == set(patterns())


@pytest.mark.parametrize("seed", SEEDS)
def test_duckdb_finds_what_the_oracle_finds(seed: int, tmp_path: Path) -> None:
    world = world_of(seed)
    with on_duckdb(world, tmp_path) as engine:
        signals = list(diversion.detect(engine, today=TODAY, state=STATE, embargoes=EMBARGOES))
    assert {rule: found_by(signals, rule) for rule in ORACLES} == {
        rule: Counter(oracle(world)) for rule, oracle in ORACLES.items()
    }


def test_every_rule_finds_something_in_one_world_or_another() -> None:
    worlds = list(map(world_of, SEEDS))
    assert [rule for rule, oracle in ORACLES.items() if not any(list(oracle(world)) for world in worlds)] == []
