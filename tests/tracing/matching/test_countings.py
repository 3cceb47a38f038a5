import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.tracing.matching.oracle import Bearer
from tests.tracing.matching.registers import segment_of
from tracemark.tracing.matching.countings import among, lot_of

NOBODY = -1


def lots(
    serials: list[str], makers: list[int] | None = None, but: int = NOBODY, weapons: list[int] | None = None
) -> int:
    """Count lots among all rows, in the order of serials whoever made them."""
    of = makers or [0] * len(serials)
    held = [
        Bearer(weapon, serial, {"maker": maker})
        for weapon, serial, maker in zip(weapons or range(len(serials)), serials, of, strict=True)
    ]
    segment = segment_of(held)
    rows = segment.trie(backward=False, by_maker=False).rows
    return among(segment.as_marks, 0, len(segment), rows, but, True, len(segment))


@pytest.mark.parametrize(
    ("serials", "count"),
    [
        (["A1234", "A1235", "A1236"], 1),
        (["A1234", "A1236"], 2),
        (["A1239", "A1240"], 1),
        (["A0999", "A1000"], 1),
        (["A1299", "A1309"], 2),
        (["12345K", "12346K", "12347K"], 1),
        (["12345K", "12346L"], 2),
        (["12399KB", "12400KB"], 1),
        (["A1234", "A1234"], 2),
        (["A1300", "A1400"], 2),
        (["1234A", "1234B"], 2),
        (["999", "1000"], 2),
        (["ABCDEFGHIJKL1", "ABCDEFGHIJKL2"], 2),
    ],
)
def test_numbers_that_follow_each_other_are_one_lot(serials: list[str], count: int) -> None:
    assert lots(serials) == count


def test_two_makers_numbers_are_no_lot() -> None:
    assert lots(["A1234", "A1235"], [0, 1]) == 2


def test_two_marks_of_a_weapon_count_once() -> None:
    assert lots(["A1234", "A1234", "B7"], weapons=[5, 5, 6]) == 2


def test_a_lot_without_one_of_its_weapons_is_two() -> None:
    assert lots(["A1234", "A1235", "A1236"], but=1) == 2


@given(st.sets(st.integers(0, 9999), min_size=1, max_size=200))
def test_lots_are_the_numbers_that_none_stands_before(numbers: set[int]) -> None:
    assert lots([f"K{each:04d}X" for each in numbers]) == len([each for each in numbers if each - 1 not in numbers])


@given(st.sets(st.integers(0, 60), min_size=1), st.data())
def test_a_lot_is_as_long_as_the_numbers_around(numbers: set[int], data: st.DataObject) -> None:
    ordered = sorted(numbers)
    place = data.draw(st.integers(0, len(ordered) - 1))
    segment = segment_of([Bearer(row, f"K{each:04d}", {"maker": 0}) for row, each in enumerate(ordered)])
    first = last = ordered[place]
    while first - 1 in numbers:
        first -= 1
    while last + 1 in numbers:
        last += 1
    assert lot_of(segment.as_marks, place, 0, len(segment)) == last - first + 1


def test_long_numbers_that_begin_alike_are_no_lot() -> None:
    segment = segment_of([Bearer(row, f"ABCDEFGHIJ{row}", {"maker": 0}) for row in range(3)])
    assert [lot_of(segment.as_marks, row, 0, 3) for row in range(3)] == [1, 1, 1]
