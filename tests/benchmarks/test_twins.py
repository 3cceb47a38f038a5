import numpy as np

from benchmarks import marks, twins


def test_planted_twins_are_found() -> None:
    of = marks.world(7)
    held, true = twins.with_twins(of, marks.register(of, 2500, 7), 7)
    assert (len(held.weapons), len(true)) == (2020, 20)
    assert all(held.weapons[one] == held.weapons[other] for one, other in true)
    assert np.bincount(held.marks, minlength=2020).min() == 1
    measured = twins.figures(twins.believed(held), true)
    assert measured["twins"] == 20
    assert float(measured["recall_above_0_5"] or 0) >= 0.5 <= float(measured["precision_above_0_5"] or 0)


def test_what_is_said_of_pairs_is_counted_once() -> None:
    found = {(1, 2): 0.95, (3, 4): 0.6, (5, 6): 0.4}
    assert twins.figures(found, {(1, 2), (5, 6)}) == {
        "twins": 2,
        "above_0_5": 2,
        "precision_above_0_5": 0.5,
        "recall_above_0_5": 0.5,
        "above_0_9": 1,
        "precision_above_0_9": 1.0,
        "recall_above_0_9": 0.5,
    }
