import math
from dataclasses import replace

import pytest

from tracemark.marking import SERIAL_ALPHABET
from tracemark.tracing.matching import load_weights, parse_reading, read_mark_text
from tracemark.tracing.matching.channels import NEVER, Channel, channel_of, turned

WEIGHTS = load_weights()


def cost(channel: Channel, place: int, true: str) -> int:
    return int(channel.forward.costs[place, SERIAL_ALPHABET.index(true) + 1])


def test_a_place_costs_what_its_misreading_is_improbable() -> None:
    channel = channel_of(parse_reading("0A"), replace(WEIGHTS, certainty={"plain": 1.0}))
    assert cost(channel, 0, "0") == 0
    assert cost(channel, 0, "O") == round(-1000 * math.log(WEIGHTS.misread["0O"]))
    assert cost(channel, 1, "7") == round(-1000 * math.log(WEIGHTS.channel["other"]))
    assert channel.forward.costs[:, 0].tolist() == [NEVER, NEVER]


def test_alternatives_and_unreadable_places_cost_nothing() -> None:
    channel = channel_of(parse_reading("[0O]?"), WEIGHTS)
    assert [cost(channel, 0, "0"), cost(channel, 0, "O"), cost(channel, 1, "K")] == [0, 0, 0]
    assert channel.forward.known.tolist() == [0, 0]
    assert channel.legible == 1


def test_a_sign_of_another_script_may_be_what_it_looks_like() -> None:
    three, latin = (channel_of(parse_reading(text), WEIGHTS) for text in ("З", "Z"))
    assert (cost(three, 0, "Z"), cost(three, 0, "3") < cost(latin, 0, "3")) == (0, True)


def test_a_doubtful_place_is_misread_more_easily_than_those_beside_it() -> None:
    [reading] = read_mark_text("A7(?)41").readings
    channel = channel_of(reading, WEIGHTS)
    assert [place.doubtful for place in reading.places] == [False, True, False, False]
    assert cost(channel, 1, "K") < cost(channel, 2, "K")


def test_gaps_stand_between_places() -> None:
    assert channel_of(parse_reading("*A*B"), WEIGHTS).forward.gaps.tolist() == [1, 1, 0]
    assert channel_of(parse_reading("AB*"), WEIGHTS).forward.gaps.tolist() == [0, 0, 1]


@pytest.mark.parametrize(("text", "certainty"), [("AB", "plain"), ("A?", "marked"), ("A? (?)", "doubtful")])
def test_certainty_is_a_power_of_the_error(text: str, certainty: str) -> None:
    channel = channel_of(parse_reading(text), WEIGHTS)
    assert cost(channel, 0, "7") == round(-1000 * math.log(WEIGHTS.channel["other"]) * WEIGHTS.certainty[certainty])


def test_backward_is_read_from_the_end() -> None:
    channel = channel_of(parse_reading("*AB"), WEIGHTS)
    backward = turned(channel.forward)
    assert backward.gaps.tolist() == [0, 0, 1]
    assert backward.known.tolist() == channel.forward.known.tolist()[::-1]
    assert backward.costs.tolist() == channel.forward.costs.tolist()[::-1]


def test_a_long_reading_is_shortened_as_serials_are() -> None:
    assert len(channel_of(parse_reading("A" * 25), WEIGHTS)) == 20
    assert len(channel_of(parse_reading("A" * 25 + "*"), WEIGHTS)) == 25


@pytest.mark.parametrize(
    ("text", "middle", "firmer_behind"),
    [("ABCD", 2, False), ("??CDEF", 4, True), ("AB??", 1, False), ("A?CD", 3, True), ("AB*CDE", 3, True)],
)
def test_a_reading_is_split_where_half_is_legible(text: str, middle: int, firmer_behind: bool) -> None:
    channel = channel_of(parse_reading(text), WEIGHTS)
    assert (channel.middle, channel.firmer_behind) == (middle, firmer_behind)


def test_levels_are_the_costs_in_order_with_the_characters_that_fit() -> None:
    probe = channel_of(parse_reading("0"), replace(WEIGHTS, certainty={"plain": 1.0})).forward
    assert probe.levels[0, 0] == 0
    assert probe.masks[0, 0] == 1 << 1
    known = [level for level in probe.levels[0].tolist() if level < NEVER]
    assert known == sorted(set(probe.costs[0, 1:].tolist()))
    assert probe.masks[0, len(known) - 1] == (1 << 37) - 2
