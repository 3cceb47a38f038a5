import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from tracemark.tracing.matching import COLUMNS, UNKNOWN, MarkColumns, Segment, build_segment, merge_segments
from tracemark.tracing.matching.keys import encode_serials

Rows = list[tuple[int, str, int]]
"""Weapon, serial and maker of each mark."""

MARKS = st.tuples(st.integers(1, 12), st.text(alphabet="01AZ", max_size=13), st.integers(-1, 3))
ROWS = st.lists(MARKS, max_size=25)


def segment_of(rows: Rows, first: int = 0) -> Segment:
    attributes = np.full((len(rows), len(COLUMNS)), UNKNOWN, np.int32)
    attributes[:, 0] = [maker for _, _, maker in rows]
    weapons = np.array([weapon for weapon, _, _ in rows], np.int64)
    return build_segment(
        MarkColumns(first + np.arange(len(rows)), weapons, encode_serials([each[1] for each in rows]), attributes)
    )


def assert_same(one: Segment, other: Segment) -> None:
    for name, array in other.arrays().items():
        assert np.array_equal(one.arrays()[name], array), name


@given(ROWS, ROWS)
def test_a_merged_segment_is_the_one_built_of_all(one: Rows, other: Rows) -> None:
    assert_same(merge_segments(segment_of(one), segment_of(other, len(one))), segment_of(one + other))


@given(ROWS, st.sets(st.integers(0, 14)), ROWS, st.sets(st.integers(0, 14)))
def test_what_is_superseded_is_left_out(one: Rows, gone: set[int], other: Rows, gone_too: set[int]) -> None:
    first = segment_of(one).without(np.array(sorted(gone)))
    second = segment_of(other, 100).without(np.array(sorted(gone_too)))
    kept = [each for each in one if each[0] not in gone]
    kept_too = [each for each in other if each[0] not in gone_too]
    assert (first.standing_marks, second.standing_marks) == (len(kept), len(kept_too))
    assert first.standing_weapons == len({weapon for weapon, _, _ in kept})
    merged = merge_segments(first, second)
    built = segment_of(kept + kept_too)
    own, names = built.arrays(), merged.arrays()
    assert {name for name in own if name != "marks" and not np.array_equal(names[name], own[name])} == set()


def test_marks_in_any_order_make_the_same_segment() -> None:
    rows: Rows = [(1, "A1", 0), (1, "A1", 0), (2, "A1", 0), (2, "", -1)]
    columns = MarkColumns(
        np.array([3, 2, 1, 0]), np.array([2, 2, 1, 1]), ["", "A1", "A1", "A1"],
        np.array([[maker, *[UNKNOWN] * (len(COLUMNS) - 1)] for _, _, maker in rows[::-1]]),
    )  # fmt: skip
    assert_same(build_segment(columns), segment_of(rows))
