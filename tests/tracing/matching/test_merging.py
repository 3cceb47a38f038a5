from collections.abc import Sequence
from itertools import accumulate, chain

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from tracemark.tracing.matching import COLUMNS, UNKNOWN, MarkColumns, Segment, build_segment, merge_segments
from tracemark.tracing.matching.keys import encode_serials

Rows = list[tuple[int, str, int]]
"""Weapon, serial and maker of each mark."""

MARKS = st.tuples(st.integers(1, 12), st.text(alphabet="01AZ", max_size=13), st.integers(-1, 3))
ROWS = st.lists(MARKS, max_size=25)


def segment_of(rows: Rows, marks: Sequence[int] | None = None) -> Segment:
    attributes = np.full((len(rows), len(COLUMNS)), UNKNOWN, np.int32)
    attributes[:, 0] = [maker for _, _, maker in rows]
    attributes[:, 1] = [len(serial) for _, serial, _ in rows]
    weapons = np.array([weapon for weapon, _, _ in rows], np.int64)
    numbers = np.arange(len(rows)) if marks is None else np.array(marks, np.int64)
    return build_segment(MarkColumns(numbers, weapons, encode_serials([each[1] for each in rows]), attributes))


def assert_same(one: Segment, other: Segment) -> None:
    for name, array in other.arrays().items():
        assert np.array_equal(one.arrays()[name], array), name


@given(st.lists(ROWS, min_size=1, max_size=5))
def test_a_merged_segment_is_the_one_built_of_all(parts: list[Rows]) -> None:
    firsts = accumulate((len(part) for part in parts), initial=0)
    segments = [segment_of(part, range(first, first + len(part))) for part, first in zip(parts, firsts, strict=False)]
    merged, built = merge_segments(segments), segment_of(list(chain(*parts)))
    assert_same(merged, built)
    assert {name: array.dtype for name, array in merged.arrays().items()} == {
        name: array.dtype for name, array in built.arrays().items()
    }


@given(st.lists(st.tuples(ROWS, st.sets(st.integers(0, 14))), min_size=1, max_size=4))
def test_what_is_superseded_is_left_out_of_all_that_is_counted_too(parts: list[tuple[Rows, set[int]]]) -> None:
    segments, kept, marks = [], [], []
    for number, (rows, gone) in enumerate(parts):
        own = range(100 * number, 100 * number + len(rows))
        segments.append(segment_of(rows, own).without(np.array(sorted(gone), np.int64)))
        left = [(row, mark) for row, mark in zip(rows, own, strict=True) if row[0] not in gone]
        assert segments[-1].standing_marks == len(left)
        assert segments[-1].standing_weapons == len({row[0] for row, _ in left})
        kept += [row for row, _ in left]
        marks += [mark for _, mark in left]
    assert_same(merge_segments(segments), segment_of(kept, marks))


def test_marks_in_any_order_make_the_same_segment() -> None:
    rows: Rows = [(1, "A1", 0), (1, "A1", 0), (2, "A1", 0), (2, "", -1)]
    columns = MarkColumns(
        np.array([3, 2, 1, 0]), np.array([2, 2, 1, 1]), ["", "A1", "A1", "A1"],
        np.array([[maker, len(serial), *[UNKNOWN] * (len(COLUMNS) - 2)] for _, serial, maker in rows[::-1]]),
    )  # fmt: skip
    assert_same(build_segment(columns), segment_of(rows))
