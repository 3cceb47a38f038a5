import numpy as np
import pytest

from benchmarks import marks
from benchmarks.channel import Serials
from benchmarks.limit import Limit
from benchmarks.worlds import describe


@pytest.fixture(scope="module")
def limit() -> Limit:
    world = marks.world(7, 50_000)
    return Limit(world, marks.register(world, 2000, 7))


def test_absent_weapons_are_as_probable_as_they_are_drawn(limit: Limit) -> None:
    drawn = limit.outsiders._drawn(np.arange(limit.world.size))
    assert drawn.sum() == pytest.approx(marks.ABSENT, rel=0.01)
    assert np.flatnonzero(drawn == 0).tolist() == limit.outsiders.held.tolist()


def test_no_block_is_passed_over_that_holds_what_may_have_been_read(limit: Limit) -> None:
    world = limit.world
    asked = marks.recoveries(world, marks.register(world, 2000, 7), 8, 7)
    everybody = np.arange(world.size)
    codes, truth = describe(world, everybody)
    serials, drawn = Serials(codes), limit.outsiders._drawn(everybody)
    expected = []
    for recovery in asked:
        rows, light, heavy = serials.of_reading(recovery.folded)
        expected.append(float(limit.weigh(recovery, light, heavy, truth[rows]) @ drawn[rows]))
    assert sum(each > 0 for each in expected) > len(asked) / 2
    assert limit.outsiders.masses(asked, limit.weigh) == pytest.approx(expected, rel=1e-9, abs=1e-300)
