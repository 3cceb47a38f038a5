import math

import numpy as np
import pytest

from tests.tracing.matching.oracle import Bearer
from tests.tracing.matching.registers import segment_of
from tracemark.tracing.matching import COLUMNS, Segment, load_weights
from tracemark.tracing.matching.scoring import (
    UNHEARD_OF,
    Feature,
    best_likelihood,
    features_of,
    likelihoods,
    stated_of,
    strangers_attributes,
)

WEIGHTS = load_weights()


@pytest.fixture(scope="module")
def segment() -> Segment:
    """Maker 1 is common and makes model 10, maker 2 is rare and makes model 20; years from 1990 to 1999."""
    common = [Bearer(row, f"{row:05d}", {"maker": 1, "model": 10, "year": 1990 + row % 10}) for row in range(990)]
    return segment_of([*common, *(Bearer(row, f"X{row}", {"maker": 2, "model": 20}) for row in range(990, 1000))])


def row(**known: int) -> np.ndarray[tuple[int, ...], np.dtype[np.int32]]:
    return np.array([known.get(column, -1) for column in COLUMNS], np.int32)


def feature(segment: Segment, column: str, **stated: int) -> Feature:
    return next(each for each in features_of(stated, segment.population, WEIGHTS) if each.column == column)


def test_agreement_weighs_more_the_rarer_the_value(segment: Segment) -> None:
    common = feature(segment, "maker", maker=1).bits(row(maker=1))
    rare = feature(segment, "maker", maker=2).bits(row(maker=2))
    assert 0 <= common + 0.1 < rare
    assert rare == pytest.approx(math.log2(0.94 / 0.0105), abs=0.1)


def test_difference_speaks_against(segment: Segment) -> None:
    assert feature(segment, "maker", maker=2).bits(row(maker=1)) < -3
    assert feature(segment, "model", maker=1, model=10).bits(row(maker=1, model=20)) < -2


def test_what_the_register_does_not_know_says_nothing(segment: Segment) -> None:
    assert feature(segment, "model", maker=1, model=10).bits(row(maker=1)) == pytest.approx(0)


def test_a_model_unknown_for_a_weapon_of_another_maker_speaks_against(segment: Segment) -> None:
    stated = feature(segment, "model", model=20)
    of_another, of_the_same = likelihoods(np.stack([row(maker=1), row(maker=2)]), np.arange(2), stated_of([stated]))
    assert of_another < of_the_same - 1


def test_a_model_adds_little_to_its_only_maker(segment: Segment) -> None:
    alone = feature(segment, "model", model=20).bits(row(maker=2, model=20))
    after = feature(segment, "model", maker=2, model=20).bits(row(maker=2, model=20))
    assert after < 1 < alone


def test_a_near_year_lies_between(segment: Segment) -> None:
    stated = feature(segment, "year", year=1995)
    outcomes = [stated.outcome(year) for year in (1995, 1993, 1992, -1)]
    assert outcomes == ["agrees", "near", "differs", "unknown_in_record"]
    agrees, near, differs = (stated.bits(row(year=year)) for year in (1995, 1993, 1992))
    assert agrees > near > differs


def test_a_maker_no_mark_has_differs_from_all(segment: Segment) -> None:
    stated = feature(segment, "maker", maker=UNHEARD_OF)
    assert stated.outcome(1) == "differs"
    assert stated.bits(row(maker=1)) < 0


def test_likelihoods_add_up_over_attributes(segment: Segment) -> None:
    features = features_of({"maker": 1, "year": 1995}, segment.population, WEIGHTS)
    rows = np.stack([row(maker=1, year=1995), row(maker=2, year=1995)])
    found = likelihoods(rows, np.arange(2), stated_of(features))
    assert found[0] == pytest.approx(best_likelihood(features))
    assert found[0] - found[1] == pytest.approx(features[0].agrees - features[0].differs)


def test_strangers_of_the_stated_maker_and_of_others(segment: Segment) -> None:
    of_maker, of_others = strangers_attributes(features_of({"maker": 2}, segment.population, WEIGHTS), WEIGHTS)
    assert of_maker + of_others == pytest.approx(segment.population.share(0, 2))
    assert strangers_attributes(features_of({"model": 20}, segment.population, WEIGHTS), WEIGHTS)[1] == 0
    of_maker, of_others = strangers_attributes(
        features_of({"model": 20}, segment.population, WEIGHTS), WEIGHTS, told_by="model"
    )
    assert of_others < of_maker
    assert strangers_attributes((), WEIGHTS) == (1.0, 0.0)


@pytest.mark.parametrize("known", [{}, {"maker": 1}, {"maker": 2}, {"model": 10}, {"model": 20, "year": 1994}])
def test_a_weight_in_words_is_the_weight_that_ranks(segment: Segment, known: dict[str, int]) -> None:
    features = features_of({"model": 20, "year": 1995}, segment.population, WEIGHTS)
    found = likelihoods(row(**known)[np.newaxis], np.zeros(1, np.int64), stated_of(features))[0]
    bits = sum(each.bits(row(**known)) for each in features)
    assert bits * math.log(2) == pytest.approx(found - sum(math.log(each.stranger) for each in features))


def test_a_relative_speaks_less_against_than_any_other() -> None:
    held = [Bearer(row, f"{row:05d}", {"calibre": 1 + row % 5}) for row in range(500)]
    (stated,) = features_of({"calibre": 1}, segment_of(held).population, WEIGHTS, {"calibre": (2,)})
    same, near, other = (stated.bits(row(calibre=recorded)) for recorded in (1, 2, 3))
    assert same > near > other
    assert stated.outcome(2) == "near"
    assert likelihoods(np.stack([row(calibre=2), row(calibre=3)]), np.arange(2), stated_of([stated])) == pytest.approx(
        [stated.near, stated.differs]
    )


def test_chances_of_a_statement_about_a_value_and_its_relatives_sum_to_one() -> None:
    """Whatever is recorded, something is stated: itself, a relative, or another."""
    held = [Bearer(row, f"{row:05d}", {"calibre": 1 + row % 4}) for row in range(400)]
    population = segment_of(held).population
    kin = {1: (2,), 2: (1,), 3: (4,), 4: (3,)}
    stated = [features_of({"calibre": each}, population, WEIGHTS, {"calibre": kin[each]})[0] for each in kin]
    total = sum(math.exp(getattr(each, each.outcome(1))) for each in stated)
    assert total == pytest.approx(1, abs=0.03)
