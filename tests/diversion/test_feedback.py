"""What officers found teaches how often a rule is right."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from tests.diversion.desk import ANALYST, READINGS, confirmed, escalated, life, raised, signal
from tests.rooms import StillClock
from tracemark.diversion import Precision, dismiss_signal, precision_by_rule, wilson
from tracemark.storage.memory import MemoryStores


def test_precision_counts_what_was_judged_only(stores: MemoryStores, clock: StillClock) -> None:
    life(stores, clock)
    first, second, third, _ = raised(
        stores, clock, *(signal("one", each) for each in (0, 1)), signal("two"), signal("three")
    )
    escalated(stores, clock, first)
    confirmed(stores, clock, first)
    dismiss_signal(signal=second, readings=READINGS, note="", actor=ANALYST, stores=stores, clock=clock)
    escalated(stores, clock, third)
    assert precision_by_rule(actor=ANALYST, stores=stores) == [
        Precision("one", 1, 1, 0),
        Precision("three", 0, 0, 1),
        Precision("two", 0, 0, 1),
    ]
    assert [each.share for each in precision_by_rule(actor=ANALYST, stores=stores)] == [0.5, None, None]


def test_the_interval_is_that_of_the_literature() -> None:
    assert wilson(8, 10) == pytest.approx((0.4902, 0.9433), abs=1e-4)
    assert wilson(0, 5) == pytest.approx((0.0, 0.4345), abs=1e-4)


@given(some.integers(1, 10_000).flatmap(lambda trials: some.tuples(some.integers(0, trials), some.just(trials))))
def test_the_interval_holds_the_share_and_stays_a_share(counts: tuple[int, int]) -> None:
    successes, trials = counts
    low, high = wilson(successes, trials)
    assert 0 <= low <= successes / trials <= high <= 1
