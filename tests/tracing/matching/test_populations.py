import pytest

from tests.tracing.matching.oracle import Bearer
from tests.tracing.matching.registers import segment_of
from tracemark.tracing.matching import COLUMNS
from tracemark.tracing.matching.populations import EVERYONE, Population

MAKER, MODEL, CALIBRE = (COLUMNS.index(name) for name in ("maker", "model", "calibre"))


@pytest.fixture
def population() -> Population:
    """Three hundred weapons of maker 1 and one of maker 2, which also made one weapon of model 10."""
    many = [Bearer(row, f"{row:04d}", {"maker": 1, "model": 10 + row % 2, "calibre": 5}) for row in range(300)]
    return segment_of([*many, Bearer(300, "AB", {"maker": 2, "model": 10}), Bearer(301, "", {})]).population


def test_shares_are_of_what_is_known(population: Population) -> None:
    assert population.share(MAKER, 1) == pytest.approx(300.5 / 302)
    assert population.share(CALIBRE, 5) == pytest.approx(300.5 / 301)


def test_what_was_never_seen_is_rare_not_impossible(population: Population) -> None:
    assert 0 < population.share(MAKER, 99) == population.share(MAKER, -2) < population.share(MAKER, 2)


def test_a_share_given_another_value_follows_the_pair(population: Population) -> None:
    assert population.share_given(MODEL, 11, MAKER, 1) == pytest.approx(0.5, abs=0.01)
    assert population.share_given(MODEL, 11, MAKER, 2) < population.share_given(MODEL, 11, MAKER, 1)


def test_only_makers_of_many_marks_have_a_group(population: Population) -> None:
    assert population.group_of(1) == 1
    assert [population.group_of(maker) for maker in (2, 99, -1, -2)] == [EVERYONE] * 4


def test_a_model_is_of_the_maker_it_is_most_often_seen_with(population: Population) -> None:
    assert [population.maker_of(model) for model in (10, 11, 12, -1)] == [1, 1, -1, -1]
