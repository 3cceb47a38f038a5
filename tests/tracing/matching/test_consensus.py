"""Two readings as one: against the sum over every number there is."""

from dataclasses import replace

import pytest

from tests.tracing.matching.registers import bearers, segment_of
from tracemark.tracing.matching import load_weights, parse_reading
from tracemark.tracing.matching.channels import Probe, channel_of
from tracemark.tracing.matching.consensus import laid_over
from tracemark.tracing.matching.layings import Laying
from tracemark.tracing.matching.parameters import Weights
from tracemark.tracing.matching.scoring import stated_of
from tracemark.tracing.matching.strangers import Around, outside

WEIGHTS = load_weights()
EXACT = replace(WEIGHTS, channel=dict.fromkeys(WEIGHTS.channel, 1e-12), misread={})
NUMBERS = [f"{number:0{size}d}" for size in (2, 3) for number in range(10**size)]
SEGMENT = segment_of(bearers([each for number, each in enumerate(NUMBERS) if number % 7 == 0]))


def chance(probe: Probe) -> float:
    around = Around(SEGMENT.attributes, stated_of(()), 1.0, 1.0, -2, 0.5, once=True)
    return outside(probe, SEGMENT, around, None).reading


def probe(text: str, weights: Weights = WEIGHTS) -> Probe:
    return channel_of(parse_reading(text), weights).forward


def fits(text: str, number: str) -> float:
    return Laying(number, parse_reading(text), probe(text), WEIGHTS).probability


@pytest.fixture(scope="module")
def usual() -> dict[str, float]:
    """How probable each number is for a stranger."""
    return {each: chance(probe(each, EXACT)) for each in NUMBERS}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("14?", "1?2"),
        ("1??", "?4?"),
        ("142", "143"),
        ("142", "124"),
        ("42", "14?"),
        ("*42", "14*"),
        ("1*", "*2"),
        ("1*2", "?4?"),
    ],
)
def test_two_readings_of_one_number_are_as_probable_as_all_numbers_make_them(
    one: str, other: str, usual: dict[str, float]
) -> None:
    expected = sum(each * fits(one, number) * fits(other, number) for number, each in usual.items())
    together = sum(map(chance, laid_over(probe(one), probe(other))))
    assert together == pytest.approx(expected, rel=0.35)
    assert together == pytest.approx(sum(map(chance, laid_over(probe(other), probe(one)))), rel=0.1)


def test_places_that_only_one_reading_has_keep_what_they_say() -> None:
    (only,) = laid_over(probe("A15?"), probe("A?57"))
    whole = probe("A157")
    assert [int(row[1:].argmin()) for row in only.costs] == [int(row[1:].argmin()) for row in whole.costs]


def test_a_reading_laid_over_itself_is_no_longer() -> None:
    assert len(laid_over(probe("A*15?"), probe("A*15?"))[0].known) == 4
