from math import exp

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracemark.tracing.matching import Rate, expected_counts, load_weights, parse_reading, read_mark_text
from tracemark.tracing.matching.alignments import aligned, row_cost, start_row
from tracemark.tracing.matching.channels import NATS, NEVER, channel_of
from tracemark.tracing.matching.keys import encode_serials
from tracemark.tracing.matching.layings import Laying

WEIGHTS = load_weights()


def laying(text: str, serial: str) -> Laying:
    reading = parse_reading(text)
    return Laying(serial, reading, channel_of(reading, WEIGHTS).forward, WEIGHTS)


def likeliest(text: str, *serials: str) -> dict[Rate, float]:
    """The errors of which at least a tenth is to be expected."""
    found = expected_counts(parse_reading(text), serials, WEIGHTS)
    return {rate: round(count, 1) for rate, count in found.errors.items() if count > 0.1}


@pytest.mark.parametrize(
    ("text", "rate"),
    [
        ("A8123", Rate("misread", "8B", "plain")),
        ("AX123", Rate("channel", "other", "plain")),
        ("A8123(?)", Rate("misread", "8B", "doubtful")),
        ("A81?3", Rate("misread", "8B", "marked")),
        ("BA123", Rate("channel", "swapped", "")),
        ("ABX123", Rate("channel", "inserted", "plain")),
        ("AB13", Rate("channel", "missed", "plain")),
        ("AB1", Rate("channel", "lost", "")),
    ],
)
def test_each_error_is_counted_as_what_it_is(text: str, rate: Rate) -> None:
    assert likeliest(text, "AB123") == {rate: 1.0}


@pytest.mark.parametrize("text", ["AB123", "A?123", "*123", "AB*", "[A4]B123", "AВ123"])
def test_a_true_reading_has_no_errors(text: str) -> None:
    assert likeliest(text, "AB123") == {}


def test_where_two_things_may_have_happened_each_has_its_share() -> None:
    shares = likeliest("B123", "AB123")
    assert shares == {Rate("channel", "missed", "plain"): 0.3, Rate("channel", "lost", ""): 0.7}


def test_chances_are_those_of_the_places_that_were_read() -> None:
    found = expected_counts(parse_reading("3?8"), ["318"], WEIGHTS).chances
    assert found[Rate("misread", "38", "marked")] == pytest.approx(2, abs=0.01)
    assert found[Rate("misread", "17", "marked")] == pytest.approx(0, abs=0.01)
    assert found[Rate("channel", "lost", "marked")] == pytest.approx(2, abs=0.01)


def test_the_mark_that_explains_a_reading_has_it_and_what_resembles_none_counts_for_nothing() -> None:
    assert likeliest("AB123", "ZZ999", "AB123") == {}
    assert likeliest("QWXYU", "AB123") == {}
    assert expected_counts(read_mark_text("illegible").readings[0], ["AB123"], WEIGHTS).chances == {}


@given(st.text("AB018?", min_size=1, max_size=7), st.text("AB018", min_size=1, max_size=7))
def test_all_ways_together_are_at_least_the_likeliest_and_the_same_from_both_ends(text: str, serial: str) -> None:
    found = laying(text, serial)
    characters, places = len(serial), len(text)
    from_beginning = sum(found._forward[depth][places] * found._ended(depth) for depth in range(characters + 1))
    assert found.probability == pytest.approx(from_beginning)
    codes, probe = encode_serials([serial])[0], channel_of(parse_reading(text), WEIGHTS).forward
    table = np.empty((len(codes) + 1, places + 2), np.int32)
    start_row(table[0], probe.edits, -1, 0, NEVER - 1)
    likeliest_cost = row_cost(codes, probe, NEVER - 1, table)
    assert found.probability >= exp(-likeliest_cost / NATS) * (1 - 1e-9)
    assert len(aligned(codes, probe)) >= max(characters, places)
