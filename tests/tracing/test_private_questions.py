"""What a reading may stand for, bounded, and the keys under which a weapon can be asked for."""

from itertools import repeat

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracemark.marking import SERIAL_ALPHABET, Mark, MarkKind, fold_serial
from tracemark.tracing import (
    KEYS_PER_DAY,
    QUESTION_SIZES,
    QuestionRefused,
    filled_size,
    filling,
    keys_of_marks,
    keys_of_reading,
    parse_reading,
    require_share,
    serial_of,
)
from tracemark.weapons import Description


def code(reading: str) -> str:
    with pytest.raises(QuestionRefused) as refused:
        keys_of_reading(parse_reading(reading))
    return refused.value.findings[0].code


def test_a_weapon_is_asked_for_with_its_maker_and_without() -> None:
    marks = [Mark(MarkKind.MANUFACTURE, serial="ab-1", maker="FN"), Mark(MarkKind.PROOF, serial="77")]
    found = keys_of_marks(marks, Description(maker="fn-herstal"))
    assert found == {"FN:AB1", "FNHERSTAL:AB1", ":AB1"}
    assert keys_of_marks(marks[:1], Description()) == {"FN:AB1", ":AB1"}
    assert keys_of_marks([], Description()) == set()


@given(st.text(SERIAL_ALPHABET, min_size=1, max_size=8), st.data())
def test_a_number_is_among_those_that_its_damaged_reading_stands_for(serial: str, data: st.DataObject) -> None:
    hidden = data.draw(st.sets(st.integers(0, len(serial) - 1), max_size=min(2, len(serial) - 1)))
    written = "".join("?" if place in hidden else each for place, each in enumerate(serial))
    if fold_serial(written) == serial or hidden:
        keys = keys_of_reading(parse_reading(f"{written}"), "fn")
        assert len(keys) == len(set(keys)) == 36 ** len(hidden)
        assert f"FN:{serial}" in keys


def test_alternatives_are_counted_out() -> None:
    assert keys_of_reading(parse_reading("A[12][0O]")) == [":A10", ":A1O", ":A20", ":A2O"]
    assert serial_of("FN:AB1") == "AB1"


@pytest.mark.parametrize("reading", ["*", "A*", "", "??", "none"])
def test_what_leaves_all_open_is_refused(reading: str) -> None:
    assert code(reading) == "tracing.question_open"


def test_the_neighbourhood_is_bounded() -> None:
    assert len(keys_of_reading(parse_reading("A?123?5"))) == 1296
    assert code("A?12??5") == "tracing.question_large"


def test_a_question_is_filled_up_so_that_its_size_tells_little() -> None:
    assert [filled_size(each) for each in (1, 64, 65, 512, 513, 2048)] == [64, 64, 512, 512, 2048, 2048]
    with pytest.raises(QuestionRefused):
        filled_size(2049)
    assert filling(2, repeat(b"r")) == [b"\0r", b"\0r"]


@pytest.mark.parametrize(
    ("keys", "spent", "refusal"),
    [
        (64, 0, ""),
        (64, KEYS_PER_DAY - 64, ""),
        (64, KEYS_PER_DAY - 63, "tracing.question_share_spent"),
        (65, 0, "tracing.question_unfilled"),
        (0, 0, "tracing.question_unfilled"),
    ],
)
def test_each_node_has_a_share(keys: int, spent: int, refusal: str) -> None:
    assert keys in QUESTION_SIZES or refusal
    if not refusal:
        require_share("xa", keys, spent)
        return
    with pytest.raises(QuestionRefused) as refused:
        require_share("xa", keys, spent)
    assert refused.value.findings[0].code == refusal
