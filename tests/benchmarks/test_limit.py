import pytest

from benchmarks import marks
from benchmarks.damage import LIGHT, WORSE, Statements
from benchmarks.limit import Limit


@pytest.fixture(scope="module")
def limit() -> Limit:
    world = marks.world(7)
    return Limit(world, marks.register(world, 2000, 7))


@pytest.mark.parametrize("how", [LIGHT, WORSE])
def test_what_is_stated_of_maker_and_model_sums_to_one(limit: Limit, how: Statements) -> None:
    of = limit.world
    true = int(of.first_models[3])
    total = 0.0
    for maker in range(-1, len(of.relatives)):
        models = range(of.first_models[max(maker, 0)], of.first_models[max(maker, 0) + 1]) if maker >= 0 else ()
        own = range(of.first_models[3], of.first_models[4]) if maker < 0 else ()
        total += sum(limit.models(maker, model, how)[true] for model in (-1, *models, *own))
    assert total == pytest.approx(1)


def test_the_best_ranking_finds_what_is_clean_and_shares_what_is_alike(limit: Limit) -> None:
    world, registered = limit.world, marks.register(limit.world, 2000, 7)
    asked = [each for each in marks.recoveries(world, registered, 10, 7) if each.weapon >= 0]
    for recovery in asked:
        first, ten = limit.shares(recovery)
        assert 0 <= first <= ten <= 1
    clean = [limit.shares(each)[1] for each in asked if each.damage == "clean"]
    assert clean == [1.0] * len(clean)
