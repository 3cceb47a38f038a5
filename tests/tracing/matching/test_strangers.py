import numpy as np
import pytest

from tests.tracing.matching.registers import bearers, segment_of
from tracemark.tracing.matching import Segment, load_weights, parse_reading
from tracemark.tracing.matching.channels import Channel, channel_of
from tracemark.tracing.matching.segments import encode_serials
from tracemark.tracing.matching.strangers import (
    block_of,
    distances,
    flat_probability,
    reading_probability,
    running_places,
    serial_probabilities,
    tail_likelihoods,
)


@pytest.fixture(scope="module")
def segment() -> Segment:
    return segment_of(bearers([f"A{number:04d}" for number in range(0, 10_000, 7)]))


def channel(text: str) -> Channel:
    return channel_of(parse_reading(text), load_weights())


def test_all_serials_together_are_as_probable_as_reading_nothing_of_five_places(segment: Segment) -> None:
    serials = encode_serials([f"A{number:04d}" for number in range(10_000)])
    total = float(serial_probabilities(serials, segment.population, 0).sum())
    assert total == pytest.approx(1, abs=0.05)
    assert reading_probability(channel("?????"), segment.population, 0) == pytest.approx(1, abs=0.05)


def test_a_reading_is_as_probable_as_the_serials_that_explain_it(segment: Segment) -> None:
    fitting = encode_serials([f"A12{number:02d}" for number in range(100)])
    expected = float(serial_probabilities(fitting, segment.population, 0).sum())
    found = reading_probability(channel("A12??"), segment.population, 0)
    assert expected <= found < 1.3 * expected


def test_a_reading_in_a_way_of_numbering_never_seen_is_improbable(segment: Segment) -> None:
    usual, strange = (reading_probability(channel(text), segment.population, 0) for text in ("A1234", "7Z-XK-Q"))
    assert strange < usual / 1000


def test_flat_probability_shrinks_with_every_legible_place() -> None:
    assert flat_probability(channel("?")) > flat_probability(channel("?4")) > flat_probability(channel("?44"))


@pytest.mark.parametrize(("serial", "running"), [("A1234", (5, 0)), ("1234AB", (4, 2)), ("ABC", (3, 0))])
def test_the_running_number_ends_with_the_last_digit(serial: str, running: tuple[int, int]) -> None:
    assert running_places(encode_serials([serial])[0]) == running


@pytest.mark.parametrize(
    ("text", "serial", "freedom"),
    [
        ("A1234", "A1234", [1, 1, 1]),
        ("A12?4", "A1234", [1, 10, 10]),
        ("A12??", "A1234", [10, 100, 100]),
        ("A12*", "A1234", [10, 100, 1000]),
        ("A*4", "A1234", [1, 10, 100]),
        ("12?A", "123A", [10, 10, 10]),
    ],
)
def test_endings_that_would_be_read_alike(text: str, serial: str, freedom: list[int]) -> None:
    found, costs = tail_likelihoods(channel(text), encode_serials([serial])[0], 3, lost_tail=False)
    assert found.tolist() == pytest.approx(freedom, rel=0.2)
    assert costs.tolist() == [0, 0, 0]


def test_neighbours_are_counted_from_the_place_that_differs() -> None:
    serials = ["A1200", "A1230", "A1234", "A1235", "A12345", "A9234", "B1234"]
    segment = segment_of(bearers(serials))
    row = sorted(serials).index("A1234")
    first, last = block_of(segment.serials, row, 3, 100)
    away = dict(zip(sorted(serials)[first:last], distances(segment.serials, first, last, row, 5).tolist(), strict=True))
    assert away == {"A1200": 2, "A1230": 1, "A1234": 0, "A12345": 99, "A1235": 1}


def test_a_letter_behind_the_number_is_common_to_a_run() -> None:
    serials = sorted(["1234A", "1235A", "1234B"])
    segment = segment_of(bearers(serials))
    assert distances(segment.serials, 0, 3, 0, 4).tolist() == [0, 99, 1]
    assert np.array_equal(block_of(segment.serials, 0, 3, 100), (0, 3))
