import numpy as np
import pytest

from tests.tracing.matching.oracle import Bearer
from tests.tracing.matching.registers import bearers, segment_of
from tracemark.tracing.matching.escapes import WAYS, size_class


def escapes(serials: list[str], weapons: list[int] | None = None) -> np.ndarray:
    held = bearers(serials) if weapons is None else list(map(Bearer, weapons, serials, [{}] * len(serials)))
    return segment_of(held).population.escapes


@pytest.mark.parametrize(("others", "size"), [(1, 0), (2, 1), (3, 1), (4, 2), (1023, 9), (1024, 10)])
def test_sizes_are_binary_logarithms(others: int, size: int) -> None:
    assert size_class(others) == size


def test_a_register_of_runs_teaches_that_the_last_digit_is_another() -> None:
    found = escapes([f"A{number:05d}" for number in range(20_000) if number % 10 != 4])
    assert found[size_class(8), WAYS - 1, 5] > 0.9
    assert found[size_class(8000), WAYS - 1, 2] < 0.02


def test_numbers_given_twice_teach_that_the_last_digit_is_known() -> None:
    found = escapes([f"A{number:04d}" for number in range(1000)] * 2)
    assert found[size_class(19), WAYS - 1, 4] < 0.05


def test_two_marks_of_one_weapon_teach_nothing() -> None:
    numbers = [f"A{number:05d}" for number in range(0, 30_000, 7)]
    once = escapes(numbers)
    twice = escapes(
        [number for number in numbers for _ in range(2)], [weapon for weapon in range(len(numbers)) for _ in range(2)]
    )
    assert twice[0] == pytest.approx(once[0], abs=0.1)


def test_without_anybody_to_ask_what_is_usual_in_texts_holds() -> None:
    found = escapes(["A1"])
    assert found.shape == (32, WAYS, 10)
    assert ((found > 0) & (found < 1)).all()
    assert (np.diff(found, axis=0) < 0).all()
