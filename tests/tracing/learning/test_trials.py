import pytest

from tests.tracing.learning.judged import judged_case
from tracemark.tracing import Difference, Worth, held_back
from tracemark.tracing.learning.trials import Trial, difference, scored, worth


def trial(chance: float, *, first: float = 0.5, right: bool = True, absent: bool = False) -> Trial:
    return Trial(chance, first, right, 1 if right else None, absent)


def test_one_case_in_three_is_held_back_and_always_the_same() -> None:
    cases = [judged_case(number, "1", "1") for number in range(3000)]
    held = [each.id for each in cases if held_back(each)]
    assert len(held) == pytest.approx(1000, abs=100)
    assert held[:5] == ["T-4", "T-7", "T-17", "T-20", "T-22"]


def test_a_score_counts_the_weapons_here_and_those_that_are_not() -> None:
    found = scored([trial(1.0, first=1.0), trial(0.5, first=0.95, right=False, absent=True)])
    assert (found.cases, found.present, found.first, found.absent, found.absent_above) == (2, 1, 1, 1, 1)
    assert found.log_loss == pytest.approx(0.34657, abs=1e-4)
    assert found.brier == pytest.approx(0.95**2 / 2)
    assert [(each.low, each.cases, each.right) for each in found.bands] == [(0.9, 1, 0.0), (0.99, 1, 1.0)]


def test_the_interval_is_that_of_the_cases_and_always_the_same() -> None:
    before, after = [trial(0.5)] * 40, [trial(0.6)] * 40
    steady = difference(before, after)
    assert (steady.mean, steady.low, steady.high) == pytest.approx((-0.18232, -0.18232, -0.18232), abs=1e-4)
    mixed = difference(before, [trial(0.9)] * 20 + [trial(0.3)] * 20)
    assert mixed.low < mixed.mean < mixed.high
    assert mixed == difference(before, [trial(0.9)] * 20 + [trial(0.3)] * 20)


@pytest.mark.parametrize(
    ("compared", "cases", "found"),
    [
        (Difference(-0.2, -0.3, -0.1), 29, Worth.TOO_FEW),
        (Difference(-0.2, -0.3, -0.1), 30, Worth.BETTER),
        (Difference(-0.2, -0.5, 0.1), 30, Worth.UNDECIDED),
        (Difference(0.1, -0.2, 0.4), 300, Worth.WORSE),
    ],
)
def test_the_numbers_decide(compared: Difference, cases: int, found: Worth) -> None:
    assert worth(compared, cases) is found
