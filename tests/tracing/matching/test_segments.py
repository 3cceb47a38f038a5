import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from tests.tracing.matching.oracle import Bearer
from tests.tracing.matching.registers import bearers, segment_of
from tracemark.tracing.matching import COLUMNS, UNKNOWN, Segment
from tracemark.tracing.matching.keys import BITS, PACKED, decode_serial, encode_serials, first_at_least

SERIALS = st.lists(st.text(alphabet="01AZ", max_size=6), max_size=30)


def spelt(keys: list[int]) -> list[str]:
    """Write out the first ten places that keys hold."""
    shifts = range(BITS * (PACKED - 1), -1, -BITS)
    return [decode_serial(np.array([key >> shift & 63 for shift in shifts], np.uint8)) for key in keys]


@given(SERIALS)
def test_serials_stand_in_both_orders(serials: list[str]) -> None:
    segment = segment_of(bearers(serials))
    assert spelt(segment.forward_keys.tolist()) == sorted(serials)
    assert spelt(segment.backward_keys.tolist()) == sorted(each[::-1] for each in serials)
    for keys, rows, step in (
        (segment.forward_keys, segment.forward_rows, 1),
        (segment.backward_keys, segment.backward_rows, -1),
    ):
        assert spelt(keys.tolist()) == [decode_serial(segment.serial(row))[::step] for row in rows]


@given(st.lists(st.tuples(st.text(alphabet="01AZ", max_size=6), st.integers(-1, 3)), max_size=30))
def test_serials_stand_maker_by_maker(rows: list[tuple[str, int]]) -> None:
    segment = segment_of([Bearer(number, serial, {"maker": maker}) for number, (serial, maker) in enumerate(rows)])
    assert spelt(segment.high.tolist()) == [serial for serial, _ in sorted(rows, key=lambda row: (row[1], row[0]))]
    for maker in range(4):
        first, last = segment.of_maker(maker)
        own = [serial for serial, of in rows if of == maker]
        assert spelt(segment.high[first:last].tolist()) == sorted(own)
        assert spelt(segment.maker_backward_keys[first:last].tolist()) == sorted(each[::-1] for each in own)
        assert {int(segment.attributes[row, 0]) for row in segment.maker_backward_rows[first:last]} <= {maker}
    assert segment.of_maker(99) == segment.of_maker(-1) == (0, 0)


@given(SERIALS)
def test_each_row_keeps_its_weapon(serials: list[str]) -> None:
    segment = segment_of([Bearer(7 * place, serial, {"maker": place}) for place, serial in enumerate(serials)])
    for row, mark in enumerate(segment.marks.tolist()):
        assert segment.weapons[row] == 7 * mark
        assert segment.attributes[row].tolist() == [mark, *[UNKNOWN] * (len(COLUMNS) - 1)]
        assert decode_serial(segment.serial(row)) == serials[mark]


@given(st.lists(st.text(alphabet="09AZ", min_size=1, max_size=20), max_size=20))
def test_long_serials_are_kept_whole(serials: list[str]) -> None:
    segment = segment_of(bearers(serials))
    assert sorted(decode_serial(segment.serial(row)) for row in range(len(segment))) == sorted(serials)


def test_jumps_find_the_beginning() -> None:
    segment = segment_of(bearers(["012A", "012B", "0130", "ZZZ1"]))
    code = (1 << BITS | 2) << BITS | 3
    assert segment.forward_jumps[code : code + 3].tolist() == [0, 2, 3]
    assert segment.forward_jumps[-1] == 4


@given(st.lists(st.integers(0, 50), min_size=1), st.integers(0, 51), st.data())
def test_the_first_key_not_below_a_target_is_found(numbers: list[int], target: int, data: st.DataObject) -> None:
    keys = np.array(sorted(numbers), np.int64)
    low = data.draw(st.integers(0, len(keys)))
    assert first_at_least(keys, low, len(keys), target) == low + int(np.searchsorted(keys[low:], target))


def test_long_serials_keep_both_ends() -> None:
    assert decode_serial(encode_serials(["ABCDEFGHIJ" + "00000" + "0123456789"])[0]) == "ABCDEFGHIJ0123456789"


def test_a_segment_survives_as_arrays() -> None:
    segment = segment_of(bearers(["A1", "B2"], {"maker": 3, "model": 4}))
    again = Segment.from_arrays({name: np.array(array) for name, array in segment.arrays().items()})
    assert again.arrays().keys() == segment.arrays().keys()
    for name, array in segment.arrays().items():
        assert np.array_equal(again.arrays()[name], array), name
    assert not again.high.flags.writeable


def test_attributes_beyond_two_bytes_are_kept_whole() -> None:
    assert segment_of(bearers(["A1"], {"model": 70_000})).attributes[0, 1] == 70_000


def test_identities_beyond_four_bytes_are_kept_whole() -> None:
    segment = segment_of([Bearer(2**40, "A1", {})])
    assert segment.weapons.tolist() == [2**40]


def test_marks_of_one_weapon_count_as_one_weapon() -> None:
    assert segment_of([Bearer(5, "A1", {}), Bearer(5, "B1", {}), Bearer(6, "A1", {})]).weapon_count.tolist() == [2]
