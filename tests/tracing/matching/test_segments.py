import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from tests.tracing.matching.oracle import Bearer
from tests.tracing.matching.registers import bearers, segment_of
from tracemark.tracing.matching import COLUMNS, UNKNOWN, Segment
from tracemark.tracing.matching.segments import SYMBOLS, decode_serial, encode_serials

SERIALS = st.lists(st.text(alphabet="01AZ", max_size=6), max_size=30)


@given(SERIALS)
def test_serials_stand_in_both_orders(serials: list[str]) -> None:
    segment = segment_of(bearers(serials))
    assert [decode_serial(row) for row in segment.serials] == sorted(serials)
    assert [decode_serial(row) for row in segment.backward_serials] == sorted(each[::-1] for each in serials)
    assert [decode_serial(segment.serials[row])[::-1] for row in segment.backward_rows] == sorted(
        each[::-1] for each in serials
    )


@given(SERIALS)
def test_each_row_keeps_its_weapon(serials: list[str]) -> None:
    segment = segment_of([Bearer(7 * place, serial, {"maker": place}) for place, serial in enumerate(serials)])
    for row, mark in enumerate(segment.marks.tolist()):
        assert segment.weapons[row] == 7 * mark
        assert segment.attributes[row].tolist() == [mark, *[UNKNOWN] * (len(COLUMNS) - 1)]
        assert decode_serial(segment.serials[row]) == serials[mark]


def test_jumps_find_the_beginning() -> None:
    segment = segment_of(bearers(["012A", "012B", "0130", "ZZZ1"]))
    code = (1 * SYMBOLS + 2) * SYMBOLS + 3
    assert segment.forward_jumps[code : code + 3].tolist() == [0, 2, 3]
    assert segment.forward_jumps[-1] == 4


def test_long_serials_keep_both_ends() -> None:
    assert decode_serial(encode_serials(["ABCDEFGHIJ" + "00000" + "0123456789"])[0]) == "ABCDEFGHIJ0123456789"


def test_a_segment_survives_as_arrays() -> None:
    segment = segment_of(bearers(["A1", "B2"], {"maker": 3, "model": 4}))
    again = Segment.from_arrays({name: np.array(array) for name, array in segment.arrays().items()})
    assert again.arrays().keys() == segment.arrays().keys()
    for name, array in segment.arrays().items():
        assert np.array_equal(again.arrays()[name], array), name
    assert not again.serials.flags.writeable


def test_identities_beyond_four_bytes_are_kept_whole() -> None:
    segment = segment_of([Bearer(2**40, "A1", {})])
    assert segment.weapons.tolist() == [2**40]


def test_marks_of_one_weapon_count_as_one_weapon() -> None:
    assert segment_of([Bearer(5, "A1", {}), Bearer(5, "B1", {}), Bearer(6, "A1", {})]).weapon_count.tolist() == [2]
