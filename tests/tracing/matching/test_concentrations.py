import numpy as np
import pytest

from tests.tracing.matching.oracle import Bearer
from tests.tracing.matching.registers import bearers, segment_of
from tracemark.tracing.matching.concentrations import WAYS, size_class


def learnt(serials: list[str], weapons: list[int] | None = None, *, once: bool = False) -> np.ndarray:
    held = bearers(serials) if weapons is None else list(map(Bearer, weapons, serials, [{}] * len(serials)))
    found: np.ndarray = segment_of(held).population.concentrations[int(once)]
    return found


def new(found: np.ndarray, others: int, ways: int, place: int, free: float) -> float:
    """Return how probable it is that the next weapon goes on as none of some others does."""
    concentration, novelty, _ = found[:, size_class(others), min(ways, WAYS) - 1, place]
    unseen = concentration * novelty * free
    return float(unseen / (others + concentration * (1 - free) + unseen))


@pytest.mark.parametrize(("others", "size"), [(1, 0), (2, 1), (3, 1), (4, 2), (1023, 9), (1024, 10)])
def test_sizes_are_binary_logarithms(others: int, size: int) -> None:
    assert size_class(others) == size


def test_a_register_of_runs_teaches_that_the_last_digit_is_another() -> None:
    found = learnt([f"A{number:05d}" for number in range(20_000) if number % 10 != 4])
    assert new(found, 8, 8, 5, 0.2) > 0.9
    assert new(found, 8000, 2, 2, 0.01) < 0.02


def test_numbers_given_twice_teach_that_the_last_digit_is_known() -> None:
    found = learnt([f"A{number:04d}" for number in range(1000)] * 2)
    assert new(found, 19, 10, 4, 0.01) < 0.05


def test_numbers_far_apart_teach_that_every_digit_is_as_good_as_another() -> None:
    chance = np.random.default_rng(3)
    found = learnt([f"{number:07d}" for number in chance.choice(10**7, 3000, replace=False)])
    concentration, novelty, _ = found[:, size_class(3), 2, 3]
    assert concentration > 10
    assert 0.3 < novelty < 3


def test_the_share_that_was_free_is_kept() -> None:
    """To a weapon that is asked its own digit is free among the nine that occur."""
    found = learnt([f"A{number:05d}" for number in range(20_000) if number % 10 != 4])
    assert found[2, size_class(8), WAYS - 1, 5] == pytest.approx(1 / 9, abs=0.01)


def test_two_marks_of_one_weapon_teach_nothing() -> None:
    numbers = [f"A{number:05d}" for number in range(0, 30_000, 7)]
    once = learnt(numbers)
    twice = learnt(
        [number for number in numbers for _ in range(2)], [weapon for weapon in range(len(numbers)) for _ in range(2)]
    )
    assert new(twice, 1, 1, 4, 0.9) == pytest.approx(new(once, 1, 1, 4, 0.9), abs=0.1)


def test_without_anybody_to_ask_what_is_usual_in_texts_holds() -> None:
    found = learnt(["A1"])
    assert found.shape == (3, 32, WAYS, 10)
    assert found[0, 0, :, 0] == pytest.approx(np.arange(1, WAYS + 1), rel=0.1)
    assert found[1] == pytest.approx(np.ones_like(found[1]), rel=0.1)


def test_lots_do_not_teach_that_the_next_weapon_stands_beside_many() -> None:
    """Half of the weapons came in lots of ten; nine beside each other teach the same without those lots."""
    chance = np.random.default_rng(4)
    starts = chance.choice(10**5, 1000, replace=False) * 10
    alone = [f"A{number:06d}" for number in chance.choice(10**6, 10_000, replace=False)]
    serials = [*alone, *(f"A{start + each:06d}" for start in starts for each in range(10))]
    singly, every, once = (
        1 - new(found, 9, 6, 5, 0.4) for found in (learnt(alone), learnt(serials), learnt(serials, once=True))
    )
    assert once == pytest.approx(singly, abs=0.1)
    assert every > singly + 0.3


def test_a_register_of_runs_teaches_the_same_where_lots_count_once() -> None:
    found = learnt([f"A{number:05d}" for number in range(20_000) if number % 10 != 4], once=True)
    assert new(found, 8, 8, 5, 0.2) > 0.9
